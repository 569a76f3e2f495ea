"""GUM for the benchmarks: its texts, and the attributions among their rhetorical relations.

The corpus (CoNLL-U) lies outside the repository; its folder is `$GUM`, or `../shared/gum` beside the checkout. The
last column has the elementary discourse units (EDUs): `Discourse=attribution-positive:7->8:1:…` begins unit 7, a
satellite of unit 8. It was attached after those of a number under 1; unit 8 and all that hung on it by then is its
nucleus. Numbers of words count through the whole text.
"""

import os
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from benchmarks.polnear import ROOT

FOLDER = Path(os.environ.get("GUM", ROOT.parent / "shared" / "gum"))
RELATION = re.compile(r"(?P<name>[a-z-]+)(?:_m)?:(?P<unit>\d+)->(?P<head>\d+):(?P<order>\d+)")
MARKED = re.compile(r"lex-ind(?:wd|ph)-([\d,-]+?)-(?:_|gold)")  # the words that, to the annotators, show a relation
DISCOURSE = re.compile(r"Discourse=([^|\s]*)")
SAME = "same-unit"


@dataclass(frozen=True)
class Word:
    """A word of a text: where it stands (code points, half-open), its lemma, part of speech, and EDU."""

    start: int
    end: int
    lemma: str
    pos: str
    unit: int


@dataclass(frozen=True)
class Relation:
    """A unit and the head it is attached to, in which order, by which words (their numbers)."""

    name: str
    unit: int
    head: int
    order: int
    marked: tuple[int, ...] = ()


@dataclass
class Attribution:
    """Who says it and what is said, as words; `marked` are the words that make it an attribution."""

    relation: Relation
    satellite: list[Word]
    nucleus: list[Word]
    marked: list[Word]


@dataclass
class GumText:
    """One text of the corpus.

    Attributes:
        relations: of all units but the root; secondary ones too, behind the unit's own.
    """

    name: str
    text: str = ""
    words: list[Word] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)

    @property
    def genre(self) -> str:
        """`news` of `GUM_news_asylum`."""
        return self.name.split("_")[1]

    @cached_property
    def attached(self) -> dict[int, list[Relation]]:
        """The units that are attached to each, by their own relation."""
        own = {relation.unit: relation for relation in reversed(self.relations)}
        found = defaultdict(list)
        for relation in own.values():
            found[relation.head].append(relation)
        return found

    def attributions(self) -> Iterator[Attribution]:
        """Every relation by which something is attributed."""
        for relation in self.relations:
            if relation.name.startswith("attribution"):
                marked = [self.words[number - 1] for number in relation.marked]
                satellite = self.words_of(self.pieces(relation.unit))
                yield Attribution(relation, satellite, self.words_of(self.nucleus(relation)), marked)

    def words_of(self, units: set[int]) -> list[Word]:
        """The words of units."""
        return [word for word in self.words if word.unit in units]

    def pieces(self, unit: int) -> set[int]:
        """A unit with what goes on after an insertion."""
        return {unit, *(one.unit for one in self.attached[unit] if one.name == SAME)}

    def nucleus(self, relation: Relation) -> set[int]:
        """The head of a relation with all that was attached to it before."""
        earlier = (one for one in self.attached[relation.head] if one.order < relation.order)
        units = self.pieces(relation.head).union(*(self.subtree(one.unit) for one in earlier))
        return units - self.pieces(relation.unit)

    def subtree(self, unit: int) -> set[int]:
        """A unit and all that hangs on it."""
        return {unit}.union(*(self.subtree(one.unit) for one in self.attached[unit]))


def texts() -> list[GumText]:
    """All texts of the folder."""
    return [read(path) for path in sorted(FOLDER.glob("*.conllu"))]


def read(path: Path) -> GumText:
    """One text, its paragraphs apart by a blank line."""
    found = GumText(path.stem)
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.splitlines()
        for sentence in (line.removeprefix("# text = ") for line in lines if line.startswith("# text = ")):
            new = any(line.startswith("# newpar") for line in lines)
            found.text += ("\n\n" if new else " ") * bool(found.text) + sentence
            add(found, len(found.text) - len(sentence), [line.split("\t") for line in lines if line[0] != "#"])
    return found


def add(found: GumText, at: int, rows: list[list[str]]) -> None:
    """Add the words of a sentence that begins at `at`; parts of one written word (`don't`) stand where it stands."""
    last = 0  # the number of the last part of the written word
    for number, form, lemma, pos, *_, more in rows:
        if "-" in number or (number.isdigit() and int(number) > last):
            start = found.text.index(form, at)
            at = start + len(form)
            last = int(number.split("-")[-1])
        if number.isdigit():
            unit = unit_of(more) or found.words[-1].unit
            found.relations += opened(more)
            found.words.append(Word(start, at, lemma.lower(), pos, unit))


def discourse(more: str) -> list[str]:
    """What the last column says of the unit that begins here: its own relation, then secondary ones."""
    said = DISCOURSE.search(more)
    return said[1].split(";") if said else []


def unit_of(more: str) -> int | None:
    """The number of the unit that begins here."""
    return next((int(one.split(":")[1].split("->")[0]) for one in discourse(more)), None)


def opened(more: str) -> Iterator[Relation]:
    """The relations of the unit that begins here; the root has none."""
    for one in discourse(more):
        if told := RELATION.match(one):
            marked = [range_of(part) for signal in MARKED.findall(one) for part in signal.split(",")]
            numbers = tuple(number for numbers in marked for number in numbers)
            yield Relation(told["name"], int(told["unit"]), int(told["head"]), int(told["order"]), numbers)


def range_of(part: str) -> range:
    """The numbers of `4-6`, or of `4`."""
    first, _, last = part.partition("-")
    return range(int(first), int(last or first) + 1)

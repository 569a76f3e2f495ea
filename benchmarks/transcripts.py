"""Transcripts for the benchmarks: which paragraph is under which label, and where it stands in a document's text.

Gold comes from two collections, both outside the repository. Of the briefings (`$TRANSCRIPTS`, or
`../shared/transcripts` beside the checkout: markdown) the labels that stand in the text are the gold; of GUM's
interviews (`benchmarks/interviews.py`) its annotated speakers.

Places are told by letters and digits alone: a reader may join lines, drop marks or leave out what stands in brackets.
"""

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from benchmarks.polnear import ROOT
from claims_cli.claim import Document
from claims_cli.inputs.readers import read_one
from claims_cli.inputs.walking import inputs

FOLDER = Path(os.environ.get("TRANSCRIPTS", ROOT.parent / "shared" / "transcripts"))
HEADER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
BLANK = re.compile(r"\n\s*\n")
LABEL = re.compile(r"(?P<asker>Q)\s{2,}|(?P<name>(?:[A-Z][A-Z.’'-]*\s+)*[A-Z][A-Z.’'-]+):")
TIME = re.compile(r"(?:END)?\s*\d{1,2}:\d\d [AP]\.M\. [A-Z]{3}")
ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
KNOWN_AS = {"president": "biden"}  # labels of an office, and the name its holder may be given
Range = tuple[int, int]


@dataclass(frozen=True)
class Label:
    """What stands over a turn; `who` is the name that it stands for, None where it names nobody (`Q`)."""

    words: str
    who: str | None

    @property
    def names(self) -> set[str]:
        """The words of which a speaker's name has one: the surname, or the last word of an office."""
        last = folded_words(self.who or "")[-1:]
        return {*last, *(KNOWN_AS[word] for word in last if word in KNOWN_AS)}


@dataclass
class Paragraph:
    """A paragraph of a turn.

    Attributes:
        turn: the number of its turn in the transcript; first: whether the label stands over it.
        letters: where its letters and digits stand in the document's text (code points), those in brackets left out.
        label_letters: the same of its label, where that stands over it.
    """

    text: str
    label: Label
    turn: int
    first: bool
    letters: list[int] = field(default_factory=list)
    label_letters: list[int] = field(default_factory=list)


@dataclass
class Transcript:
    """A document whose turns are known."""

    document: Document
    paragraphs: list[Paragraph]

    def __post_init__(self) -> None:
        place(self.document.text, self.paragraphs)
        self.paragraphs = [one for one in self.paragraphs if outside_brackets(one.text)]

    @cached_property
    def labels(self) -> set[Label]:
        return {one.label for one in self.paragraphs}

    def others(self, label: Label) -> set[str]:
        """The names of all but one label's speaker."""
        return {name for other in self.labels for name in other.names} - label.names


def folded_words(text: str) -> list[str]:
    """Words of a text without case and accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.findall(r"[^\W_]+", "".join(one for one in plain if not unicodedata.combining(one)))


def letters_of(text: str, start: int = 0) -> list[int]:
    """Where letters and digits stand."""
    return [at for at, one in enumerate(text, start) if one.isalnum()]


def outside_brackets(text: str) -> list[bool]:
    """Of each letter and digit whether it is outside brackets; empty where all are inside."""
    inside = {at for aside in ASIDE.finditer(text) for at in range(*aside.span())}
    outside = [at not in inside for at in letters_of(text)]
    return outside if any(outside) else []


def place(text: str, paragraphs: list[Paragraph]) -> None:
    """Find each paragraph in a document's text, in order; one that is not there keeps no letters."""
    positions = letters_of(text)
    letters = "".join(text[at] for at in positions)
    last = 0
    for one in paragraphs:
        over = len(letters_of(one.label.words)) if one.first else 0
        sought = "".join(filter(str.isalnum, one.label.words * one.first + one.text))
        at = letters.find(sought, last)
        if at >= 0:
            last = at + len(sought)
            own = positions[at + over : last]
            one.label_letters = positions[at : at + over]
            one.letters = [place for place, told in zip(own, outside_brackets(one.text), strict=False) if told]


def briefings() -> list[Transcript]:
    """All of the folder."""
    paths = sorted(str(path) for path in FOLDER.glob("[0-9]*.md"))
    return [Transcript(read_one(item), list(labelled(Path(item.name)))) for item in inputs(paths)]


def labelled(path: Path) -> Iterator[Paragraph]:
    """Each paragraph under a label, as the file has them."""
    label, turn = None, 0
    for block in BLANK.split(HEADER.sub("", path.read_text(encoding="utf-8"))):
        text = block.strip()
        if found := LABEL.match(text):
            label, turn = Label(found[0].strip(), found["name"]), turn + 1
            text = text[found.end() :]
        if label and not TIME.fullmatch(text):
            yield Paragraph(text, label, turn, bool(found))

"""Is anybody heard less well? What is found, and with the right speaker, by who speaks and how that is written.

    python -m benchmarks.fairness             invented sentences, then text that people annotated
    python -m benchmarks.fairness --quick     every third sentence, and only texts of the repository
    python -m benchmarks.fairness --misses    and each invented sentence that is not right, to read

Probe: invented people of twelve origins (`benchmarks.names`), women and men, in the same sentences; pronouns that take
one of them up; how a speaker is called; how the statement is quoted. Annotated: the five seeds, and the 20 articles of
PolNeAR's train part where the corpus is at hand (by the rules alone there).

`found`: of the statements in invented sentences, or of what is annotated, with its source; of those, `speaker`: the
right one is given, `wrong`: another name, or a part of it, where otherwise bare words stand; `both`: found and of the
right speaker, of all; `behind`: how far that is behind the best group of its kind. Groups of fewer than 20 are not
compared.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import cycle
from pathlib import Path

import yaml

from benchmarks import names
from benchmarks.corpora import NOTHING, Marked, bare, filled, is_doubtful, read_articles, seeds
from benchmarks.polnear import FOLDER as POLNEAR
from benchmarks.table import of_claims
from claims_cli import api
from claims_cli.claim import Claim
from claims_cli.evaluation.attributions import Attribution
from claims_cli.evaluation.pairing import pairs, worded
from claims_cli.evaluation.words import Words
from claims_cli.formats import plain
from claims_cli.names import folded_name

DATA = Path(__file__).with_suffix(".yaml")
LEAST = 20
STEP = 3  # of sentences that `--quick` asks, one in so many


@dataclass(frozen=True)
class Case:
    """An invented text: which groups it counts for, who says what stands in it, and how often.

    Attributes:
        quote: how it is quoted; None where that is not asked.
    """

    groups: tuple[tuple[str, str], ...]
    text: str
    speakers: frozenset[str]
    wanted: int = 1
    quote: str | None = None


@dataclass
class Tally:
    """How many there are of a group, how many are found, and of these how many have the right speaker, or another."""

    number: int = 0
    found: int = 0
    right: int = 0
    wrong: int = 0

    def add(self, found: bool, right: bool, named: bool) -> None:
        """Count one; `named`: a name is given, right or not."""
        self.number += 1
        self.found += found
        self.right += found and right
        self.wrong += found and named and not right

    @property
    def share(self) -> float:
        """Found and with the right speaker, of all."""
        return self.right / self.number

    def cells(self) -> str:
        """As it is printed."""
        shares = (
            self.found / self.number,
            *(part / max(1, self.found) for part in (self.right, self.wrong)),
            self.share,
        )
        return f"{self.number:6}" + "".join(f"{share:8.3f}" for share in shares)


Table = dict[tuple[str, str], Tally]


@cache
def data() -> dict:
    """The invented sentences."""
    return yaml.safe_load(DATA.read_text(encoding="utf-8"))


def of_names() -> Iterator[Case]:
    """Names by origin and gender."""
    for case in names.cases():
        groups = (("origin", case.group), ("gender", "women" if case.is_woman else "men"))
        yield Case(groups, case.text, frozenset({case.name, names.TITLE + case.name}), case.wanted)


def people() -> dict[str, list[str]]:
    """The invented people: women, men, and both in turn."""
    found: dict[str, list[str]] = {"women": [], "men": []}
    for case in names.cases():
        known = found["women" if case.is_woman else "men"]
        if case.name not in known:
            known.append(case.name)
    both = [pair[number % 2] for number, pair in enumerate(zip(found["women"], found["men"], strict=True))]
    return {**found, "both": both}


def of_pronouns(asked: dict, known: dict[str, list[str]]) -> Iterator[Case]:
    """A pronoun that takes up who was named before it."""
    for group, (whose, word, more) in asked["people"].items():
        for name in known[whose][::4]:
            for text in asked["sentences"]:
                told = text.format(n=name, i=more, p=word, P=word.capitalize())
                yield Case((("pronoun", group),), told, frozenset({name}))


def of_called(asked: dict, known: dict[str, list[str]]) -> Iterator[Case]:
    """A speaker who is named, unnamed, several, an organization or a document."""
    everybody = cycle(known["both"])
    for group, speakers in {"name": ["{n}"] * 6, **asked["speakers"]}.items():
        for told in speakers:
            for text in asked["sentences"]:
                name = next(everybody)
                speaker = told.format(n=name)
                written = text.format(s=speaker, S=speaker[0].upper() + speaker[1:])
                yield Case((("called", group),), written, frozenset({name if "{n}" in told else speaker, speaker}))


def of_quotations(asked: dict, known: dict[str, list[str]]) -> Iterator[Case]:
    """A statement that is quoted in whole, in part or not at all."""
    for quote, sentences in asked.items():
        for name in known["both"][::4]:
            for text in sentences:
                yield Case((("quotation", quote),), text.format(n=name), frozenset({name}), quote=quote)


def cases() -> Iterator[Case]:
    """All invented texts."""
    known = people()
    yield from of_names()
    yield from of_pronouns(data()["pronouns"], known)
    yield from of_called(data()["called"], known)
    yield from of_quotations(data()["quotations"], known)


def is_right(case: Case, claims: list[Claim]) -> bool:
    """Whether all claims are by who says it, and quoted as it is."""
    speakers = {folded_name(bare("speaker", name)) for name in case.speakers}
    told = all(folded_name(bare("speaker", claim.speaker or "")) in speakers for claim in claims)
    return told and (case.quote is None or all(claim.quote == case.quote for claim in claims))


def probe(asked: list[Case], is_told: bool) -> Table:
    """What is found in invented texts."""
    texts = [plain.read(str(number), f"{case.text}\n".encode()) for number, case in enumerate(asked)]
    claims = defaultdict(list)
    for claim in api.extract(texts, duplicates="keep"):
        claims[claim.doc].append(claim)
    table: Table = defaultdict(Tally)
    for number, case in enumerate(asked):
        found = claims[str(number)]
        verdict = len(found) >= case.wanted, is_right(case, found)
        named = any(one.named for one in found)
        for group in case.groups:
            table[group].add(*verdict, named)
        if is_told and not all(verdict):
            print(case.groups[0][1], "|", case.text, "|", [(one.speaker, one.quote) for one in found])
    return table


def groups_of(one: Attribution, pronouns: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What an annotated claim counts for."""
    stated = one.stated
    yield "quotation", stated["quote"]
    yield "called", {True: "named", False: "unnamed"}.get(stated.get("named"), "")
    yield "who", stated.get("speaker_kind") or ""
    yield "taken up as", pronouns.get(stated.get("speaker") or "", "")


def pronouns_of(text: str, gold: Iterable[Attribution]) -> dict[str, str]:
    """Of each annotated speaker the pronoun that a source takes up, by the speaker's name."""
    found = {}
    for one in gold:
        words = " ".join(text[start:end] for start, end in one.source).lower()
        if words in data()["taken_up"] and one.stated.get("speaker"):
            found[one.stated["speaker"]] = words
    return found


def annotated(corpora: Iterable[Marked]) -> Table:
    """What is found of what people annotated."""
    table: Table = defaultdict(Tally)
    for corpus in corpora:
        found = of_claims(corpus, False)
        for document in corpus.documents:
            gold = [one for one in corpus.gold[document.path] if not is_doubtful(one)]
            words, known = Words(document.text), pronouns_of(document.text, gold)
            sides = [[worded(one, words) for one in side] for side in (gold, map(filled, found[document.path]))]
            made = {id(pair.gold.attribution): pair for pair in pairs(*sides) if pair.same_source}
            for one in gold:
                told = made[id(one)].found.attribution.stated if id(one) in made else NOTHING
                right = is_same(told["speaker"], bare("speaker", one.stated["speaker"]))
                for kind, group in groups_of(one, known):
                    if group:
                        table[kind, group].add(id(one) in made, right, bool(told["named"]))
    return table


def is_same(one: str | None, other: str | None) -> bool:
    """Whether two names are the same, or there is neither."""
    return folded_name(one or "") == folded_name(other or "")


def show(title: str, table: Table) -> tuple[float, str]:
    """Print a table; how far the group that is furthest behind is, and which."""
    print(f"{title:34}{'n':>6}{'found':>8}{'speaker':>8}{'wrong':>8}{'both':>8}{'behind':>8}")
    furthest = (0.0, "")
    for kind in dict.fromkeys(kind for kind, _ in table):
        rows = {group: one for (part, group), one in table.items() if part == kind}
        best = max((one.share for one in rows.values() if one.number >= LEAST), default=0.0)
        for group, one in rows.items():
            behind = best - one.share if one.number >= LEAST else None
            print(f"{f'{kind}: {group}'[:34]:34}{one.cells()}{'–' if behind is None else f'{behind:.3f}':>8}")
            furthest = max(furthest, (behind or 0.0, f"{kind}: {group}"))
    print(f"furthest behind: {furthest[1]}, by {furthest[0]:.3f}\n")
    return furthest


def main() -> None:
    """Run."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help="one sentence in three, and the repository's texts alone")
    options.add_argument("--misses", action="store_true", help="each invented sentence that is not right")
    arguments = options.parse_args()
    asked = list(cases())[:: STEP if arguments.quick else 1]
    show("invented sentences", probe(asked, arguments.misses))
    show("five seeds, annotated", annotated([seeds()]))
    articles = None if arguments.quick else read_articles(POLNEAR)
    if articles:
        show("20 articles, annotated", annotated([articles]))


if __name__ == "__main__":
    main()

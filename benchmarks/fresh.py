"""Articles of many kinds, annotated by reading before the tool was run on them (`benchmarks/gold/fresh/`).

    python -m benchmarks.fresh FOLDER one two             figures of two sets, and by kind of text
    python -m benchmarks.fresh FOLDER one --differences   and every difference, to read

FOLDER/SET/NN-kind.txt are the texts; `sources.jsonl` of each set tells where they stood, for they are their publishers'
and are not here. What the command shows by default is compared. *Wanted* are the claims that an editor wants who asks
who said what: not what is held, felt or planned, and nothing nested or doubtful. *same*: found, and with the right
speaker; *wrong*: with another name; *words*: with a description or a pronoun, though the article says more.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.polnear import ROOT
from claims_cli.claim import SAID, Claim, Document
from claims_cli.evaluation.attributions import Attribution
from claims_cli.evaluation.pairing import Worded, pairs, worded
from claims_cli.evaluation.words import Words
from claims_cli.extraction.analysis import Analyst
from claims_cli.extraction.results import Setup
from claims_cli.inputs.readers import read_one
from claims_cli.inputs.sources import Input
from claims_cli.models import default_model
from claims_cli.names import folded_name
from claims_cli.rulebook import RuleSources, load

GOLD = ROOT / "benchmarks" / "gold" / "fresh"
DEFAULT = 0.40
ANSWERS = ("same", "wrong", "words", "unknown")  # to the question who speaks


@dataclass(frozen=True)
class Read(Attribution):
    """A claim as its reader annotated it; `speaker` is the longest name the article has, empty where none is told."""

    core: bool = True
    doubtful: bool = False
    speaker: str = ""


def read(text: str, row: dict[str, Any]) -> Read:
    """One line of a gold file."""
    source, cue, content = (tuple(map(tuple, row[role])) for role in ("source", "cue", "content"))
    speaker = text[slice(*row["speaker"][0])] if row["speaker"] else ""
    core = row["core"] and not row["nested"] and not row["doubtful"]
    return Read(source, cue, content, {}, "", None, core, row["doubtful"], speaker)


def articles(folder: Path, name: str) -> Iterator[tuple[Document, list[Read], list[Claim]]]:
    """Each article of a set, its annotations and the claims shown by default."""
    analyst = Analyst(Setup(default_model(), RuleSources()))
    for path in sorted((GOLD / name).glob("*-*.jsonl")):
        text = folder / name / f"{path.stem}.txt"
        document = read_one(Input(str(text), text))
        (found,) = analyst.analyses([document])
        rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
        claims = [claim for claim in found.claims if claim.confidence >= DEFAULT and claim.type in SAID]
        yield document, [read(document.text, row) for row in rows], claims


class Tally:
    """Sums over articles."""

    def __init__(self) -> None:
        self.counts: Counter = Counter()
        self.differences: list[str] = []
        self.definite = load().words("reference.definite")

    def add(self, document: Document, gold: list[Read], claims: list[Claim]) -> None:
        """Count one article."""
        words, kind = Words(document.text), document.path.rsplit("-", 1)[-1].removesuffix(".txt")
        given = [worded(one, words) for one in gold]
        made = pairs(given, [worded(found_by(claim), words) for claim in claims])
        named = {id(pair.gold): pair.found.attribution.claim for pair in made}
        for one in given:
            if one.attribution.core:
                self.add_wanted(document, kind, one, named.get(id(one)))
        matched = {pair.found.attribution.claim.id for pair in made}
        for claim in claims:
            self.counts[kind, "found"] += 1
            self.counts[kind, "right"] += claim.id in matched
            if claim.id not in matched:
                self.tell(
                    document, claim.start, f"not annotated ({claim.type}, {claim.confidence:.2f})", claim.content.text
                )

    def add_wanted(self, document: Document, kind: str, one: Worded, claim: Claim | None) -> None:
        """Count a core claim, found or not, and whose it is said to be."""
        gold = one.attribution
        place, _ = gold.content[0]
        said = document.text[slice(*gold.content[0])]
        self.counts[kind, "wanted"] += 1
        if claim is None:
            self.tell(document, place, f"missed, of {gold.speaker!r}", said)
            return
        self.counts[kind, "recalled"] += 1
        own = claim.speaker or ""
        words = "words" if own and not claim.named else "wrong" if own else "unknown"
        answer = "same" if self.same(gold.speaker, own) else words
        self.counts[kind, answer] += 1
        if answer != "same":
            self.tell(document, place, f"speaker {own!r} ({claim.speaker_confidence}) for {gold.speaker!r}", said)

    def same(self, wanted: str, own: str) -> bool:
        """Whether two names are one speaker's: the same words, or all of the shorter one's in the longer one."""
        one, other = (set(self.bare(name).split()) for name in (wanted, own))
        return one == other or (bool(one and other) and (one <= other or other <= one))

    def bare(self, name: str) -> str:
        """A name without an article before it."""
        first, _, rest = name.partition(" ")
        return folded_name(rest if first.lower() in self.definite else name)

    def tell(self, document: Document, place: int, what: str, said: str) -> None:
        """Keep a difference to be read."""
        name = "/".join(Path(document.path).parts[-2:])
        self.differences.append(f"{name}:{document.line_of(place)}: {what}: {' '.join(said.split())[:90]}")

    def show(self) -> None:
        """Print the figures, all and by kind."""
        titles = ("wanted", "found", *ANSWERS, "precision")
        print(" ".join([f"{'kind':12}", *(f"{title:>9}" for title in titles)]))
        for kind in (*sorted({kind for kind, _ in self.counts}), None):
            total = Counter()
            for (one, name), count in self.counts.items():
                total[name] += count if kind in (None, one) else 0
            parts = [total[name] / max(1, total["wanted"]) for name in ("recalled", *ANSWERS)]
            figures = [*parts, total["right"] / max(1, total["found"])]
            print(" ".join([f"{kind or 'all':12}", f"{total['wanted']:9}", *(f"{figure:9.2f}" for figure in figures)]))


def found_by(claim: Claim) -> Attribution:
    """A claim as it is compared."""
    source, cue = (role.spans if role else () for role in (claim.source, claim.cue))
    return Attribution(source, cue, claim.content.spans, {}, claim=claim)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("sets", nargs="+")
    options.add_argument("--differences", action="store_true")
    arguments = options.parse_args()
    tally = Tally()
    for name in arguments.sets:
        for document, gold, claims in articles(arguments.folder, name):
            tally.add(document, gold, claims)
    tally.show()
    if arguments.differences:
        print("\n".join(tally.differences))


if __name__ == "__main__":
    main()

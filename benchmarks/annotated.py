"""What PolNeAR does not mark, on 20 articles of its train part annotated by reading (`benchmarks/gold/`).

    python -m benchmarks.annotated                   figures and fields
    python -m benchmarks.annotated --differences     and every difference, to read
    python -m benchmarks.annotated --seed 1          with the small readers of halves of train that had not seen them

Nested claims, and the further fields: speaker, role, kind, type, quote, addressee, medium, when, via, citing.
Claims of every type at the default threshold; without a seed by the rules alone, for the shipped small reader was
trained on these articles. Doubtful annotations are neither demanded nor counted wrong.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.breakdowns import measure
from benchmarks.judging import halves_of, other_half
from benchmarks.polnear import FOLDER, ROOT
from claims_cli.claim import Claim, Document
from claims_cli.evaluation.attributions import Attribution
from claims_cli.evaluation.fields import FIELDS, is_compared, values_of
from claims_cli.evaluation.pairing import Pair, pairs, worded
from claims_cli.evaluation.words import Words
from claims_cli.extraction.analysis import Analyst
from claims_cli.extraction.results import Setup
from claims_cli.inputs.readers import read_one
from claims_cli.inputs.sources import Input
from claims_cli.models import default_model
from claims_cli.names import folded_name
from claims_cli.pipeline import ArticleReader
from claims_cli.rulebook import RuleSources, load

GOLD = ROOT / "benchmarks" / "gold"
OTHER_GOLD = (
    "disputes",
    "nested_",
    "speakers_",
    "attributions_",
    "quotations_",
)  # how files begin that hold no annotated article
DEFAULT = 0.40
SPANS = ("addressee", "medium", "when")
PLAIN = {"kind": "speaker_kind", "named": "named", "type": "type", "quote": "quote", "negated": "negated"}


@dataclass(frozen=True)
class Annotated(Attribution):
    """An annotated claim: whether it is nested or doubtful, and its role and basis in words."""

    nested: bool = False
    doubtful: bool = False
    role: str = ""
    citing: tuple[str, ...] = ()


def annotated(text: str, row: dict[str, Any]) -> Annotated:
    """One line of a gold file."""

    def words(place: list[int] | None) -> str:
        return text[place[0] : place[1]] if place else ""

    def pieces(role: str) -> tuple:
        return tuple((start, end) for start, end in row[role])

    stated: dict[str, Any] = {field: row[name] for name, field in PLAIN.items()}
    stated |= {name: pieces(name) for name in SPANS}
    several = [words(one) for one in row["speakers"]] if len(row["speakers"]) > 1 else []
    joint = f"{', '.join(several[:-1])} and {several[-1]}" if several else ""
    stated |= {"speaker": joint or words(row["speaker"]) or None, "via": tuple(map(words, row["via"]))}
    return Annotated(
        pieces("source"), pieces("cue"), pieces("content"), stated, "", None,
        row["nested"], row["doubtful"], words(row["role"]), tuple(map(words, row["citing"])),
    )  # fmt: skip


def articles(halves: Sequence[Path] = ()) -> Iterator[tuple[Document, list[Annotated], list[Claim]]]:
    """Each annotated article, its annotations and the claims found; `halves`: see `other_half`."""
    train = sorted(path.stem for path in (FOLDER / "train" / "text").glob("*.txt"))
    analysts = [analyst(other_half(halves, parity)) for parity in ((0, 1) if halves else (0,))]
    for path in sorted(GOLD.glob("*.jsonl")):
        if path.stem.startswith(OTHER_GOLD):
            continue
        text = FOLDER / "train" / "text" / f"{path.stem}.txt"
        document = read_one(Input(str(text), text))
        (found,) = analysts[train.index(path.stem) % len(analysts)].analyses([document])
        gold = [annotated(document.text, json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
        yield document, gold, [claim for claim in found.claims if claim.confidence >= DEFAULT]


def analyst(small: Path | None) -> Analyst:
    """What analyses documents: by the rules alone, or with a small reader of one's own."""
    made = Analyst(Setup(default_model(), RuleSources(fast=small is None)))
    if small is not None:
        made.reader = ArticleReader(replace(made.rulebook, reader=small))
    return made


class Tally:
    """Sums over all articles."""

    def __init__(self) -> None:
        self.counts: Counter = Counter()
        self.differences: list[str] = []
        self.definite = load().words("reference.definite")

    def add(self, document: Document, gold: list[Annotated], claims: list[Claim]) -> None:
        """Count one article."""
        words = Words(document.text)
        found = [
            Attribution(
                one.source.spans if one.source else (),
                one.cue.spans if one.cue else (),
                one.content.spans,
                values_of(one),
                claim=one,
            )
            for one in claims
        ]
        made = pairs([worded(one, words) for one in gold], [worded(one, words) for one in found])
        aside = {id(pair.found.attribution) for pair in made if pair.gold.attribution.doubtful}
        for one in found:
            if id(one) not in aside:
                self.counts["found", one.claim.nested] += 1
        for one in gold:
            if not one.doubtful:
                self.counts["gold", one.nested] += 1
        for pair in made:
            if not pair.gold.attribution.doubtful:
                self.add_pair(document, words, pair)

    def add_pair(self, document: Document, words: Words, pair: Pair) -> None:
        """Count one annotated claim that was found, and its fields."""
        gold, claim = pair.gold.attribution, pair.found.attribution.claim
        self.counts["recalled", gold.nested] += pair.same_source
        self.counts["right", claim.nested] += pair.same_source
        if not pair.same_source:
            return
        for name, value in gold.stated.items():
            own = pair.found.attribution.stated[name]
            if name in ("speaker", "via"):
                value, own = self.bare(value), self.bare(own)
            if is_compared(value, own):
                self.field(document, pair, name, value, own, FIELDS[name].same(value, own, words))
        role = claim.speaker_role or ""
        if gold.role or role:
            same = folded_name(gold.role) in folded_name(role) or folded_name(role) in folded_name(gold.role)
            self.field(document, pair, "speaker_role", gold.role, role, bool(gold.role and role) and same)
        cited = tuple(basis.speaker or "" for basis in claim.citing)
        if gold.citing or cited:
            self.field(document, pair, "citing", gold.citing, cited, len(gold.citing) == len(cited))

    def bare(self, value: Any) -> Any:
        """A name, or several, without an article before it: with or without, it is the same speaker."""
        if isinstance(value, tuple):
            return tuple(map(self.bare, value))
        first, _, rest = (value or "").partition(" ")
        return rest if first.lower() in self.definite else value

    def field(self, document: Document, pair: Pair, name: str, wanted: Any, own: Any, same: bool) -> None:
        """Count one field."""
        self.counts["compared", name] += 1
        self.counts["same", name] += same
        if not same:
            gold = pair.gold.attribution
            line = document.line_of(gold.start)
            content = document.text[gold.content[0][0] : gold.content[0][1]][:60]
            self.differences.append(f"{document.path}:{line}: {name}: {wanted!r} but {own!r} ({content})")

    def show(self) -> None:
        """Print the figures."""
        for name, nested in (("outermost", False), ("nested", True)):
            gold, found = self.counts["gold", nested], self.counts["found", nested]
            precision = self.counts["right", nested] / max(1, found)
            recall = self.counts["recalled", nested] / max(1, gold)
            print(f"{name:14} P {precision:.3f}  R {recall:.3f}  annotated {gold}  found {found}")
        right = sum(self.counts["right", nested] for nested in (False, True))
        totals = [sum(self.counts[side, nested] for nested in (False, True)) for side in ("found", "gold")]
        print(f"{'all':14} {measure(right, *totals)}")
        for name in (*FIELDS, "speaker_role", "citing"):
            compared = self.counts["compared", name]
            print(f"{name:14} {self.counts['same', name] / max(1, compared):.3f} of {compared}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--differences", action="store_true")
    options.add_argument("--seed", type=int, help="of the small readers of two halves")
    arguments = options.parse_args()
    tally = Tally()
    for document, gold, claims in articles(halves_of(arguments.seed) if arguments.seed is not None else ()):
        tally.add(document, gold, claims)
    tally.show()
    if arguments.differences:
        print("\n".join(tally.differences))


if __name__ == "__main__":
    main()

"""Attributions of GUM by a verb of saying: how many are found, and how many a plain `extract` shows.

    python -m benchmarks.attributions_gum             the shares, in all and by genre
    python -m benchmarks.attributions_gum --misses    and each that is not shown, with what was found of it

GUM marks who says something and what is said as units of discourse (relations `attribution-…`: the satellite says the
nucleus), and the words that show it. One counts where a verb among those words, or, where none is marked, a verb of the
satellite, is of saying: in VerbNet's classes of saying or `said` of `verbs.yaml`, and not in its `held`.
It is found where a claim, whatever its type and confidence, has its cue in the satellite (a claim without one its
source) and its content reaches into the nucleus with all that had been attached to it.

Some of these verbs say nothing where they stand. One of us read all of them, without what was found, and
`benchmarks/gold/attributions_gum.jsonl` tells which: `held` (`you will find`), `supposed` (asked, under a condition,
only possible or wished), a `thing` that can say nothing, or `no verb` but a noun. The last line leaves them out.
`GUM` names the corpus's folder, `VERBNET` the table of VerbNet.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.attribution_verbs import is_shown
from benchmarks.gum import Attribution, GumText, Word, texts
from benchmarks.verbnet import said
from benchmarks.verdicts import GOLD, read_verdicts
from claims_cli import api
from claims_cli.claim import Claim, Document, Span


@dataclass
class Outcome:
    """One attribution of the corpus, and the claims that have it."""

    text: GumText
    attribution: Attribution
    claims: list[Claim]

    @property
    def is_found(self) -> bool:
        return bool(self.claims)

    @property
    def is_shown(self) -> bool:
        return any(map(is_shown, self.claims))

    def __str__(self) -> str:
        satellite, nucleus = (
            passage(self.text, words) for words in (self.attribution.satellite, self.attribution.nucleus)
        )
        found = [f"{one.rule}, {one.type} {one.confidence:.2f}, {one.content.text[:60]!r}" for one in self.claims]
        place = f"{self.text.name} {self.attribution.relation.unit}"
        return "\n    ".join([f"{place}: [{satellite}] {nucleus[:160]}", *(found or ["not found"])])


def passage(text: GumText, words: list[Word]) -> str:
    """From the first of the words to the last, in one line."""
    return " ".join(text.text[words[0].start : words[-1].end].split())


def is_said(attribution: Attribution) -> bool:
    """Whether something is attributed by a verb of saying."""
    words = attribution.marked or attribution.satellite
    return bool(attribution.nucleus) and any(word.pos == "VERB" and word.lemma in said() for word in words)


def claims_of(found: list[GumText]) -> dict[str, list[Claim]]:
    """All claims of every text, by its name."""
    documents = [Document(text.name, text.text) for text in found]
    claims = defaultdict(list)
    for claim in api.extract(documents, types="all", min_confidence=0, duplicates="keep", language="any"):
        claims[claim.doc].append(claim)
    return claims


def reaches(span: Span | None, words: list[Word]) -> bool:
    """Whether a span has one of the words, or a part of it."""
    return span is not None and any(
        start < word.end and word.start < end for start, end in span.spans for word in words
    )


def has(claim: Claim, attribution: Attribution) -> bool:
    """Whether a claim is of an attribution."""
    words = claim.cue or claim.source
    return reaches(words, attribution.satellite) and reaches(claim.content, attribution.nucleus)


def outcomes() -> Iterator[Outcome]:
    """Every attribution by a verb of saying, with its claims."""
    found = texts()
    claims = claims_of(found)
    for text in found:
        for attribution in filter(is_said, text.attributions()):
            yield Outcome(text, attribution, [claim for claim in claims[text.name] if has(claim, attribution)])


def line(name: str, judged: list[Outcome]) -> str:
    """How many there are, the share that is found, and that is shown."""
    shares = [
        sum(values) / len(judged) for values in zip(*((one.is_found, one.is_shown) for one in judged), strict=True)
    ]
    return f"{name:12}{len(judged):5}{shares[0]:9.3f}{shares[1]:9.3f}"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--misses", action="store_true", help="what is not shown, to read")
    arguments = options.parse_args()
    judged = list(outcomes())
    print(f"{'':12}{'said':>5}{'found':>9}{'shown':>9}")
    for genre in sorted({one.text.genre for one in judged}):
        print(line(genre, [one for one in judged if one.text.genre == genre]))
    print(line("all", judged))
    verdicts = read_verdicts(GOLD / "attributions_gum.jsonl", ("unit",), "verdict")
    print(line("as read", [one for one in judged if (one.text.name, one.attribution.relation.unit) not in verdicts]))
    if arguments.misses:
        print(*(one for one in judged if not one.is_shown), sep="\n")


if __name__ == "__main__":
    main()

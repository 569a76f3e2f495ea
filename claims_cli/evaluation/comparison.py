"""One text compared: what was missed, what is extra, and in what the pairs differ, each with its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from claims_cli.claim import SPAN_FIELDS, Document, Offsets, Span
from claims_cli.evaluation.attributions import Attribution
from claims_cli.evaluation.fields import FIELDS, is_compared
from claims_cli.evaluation.pairing import Pair
from claims_cli.evaluation.scoring import Scores
from claims_cli.evaluation.words import Words


@dataclass(frozen=True)
class Place:
    """Where something is listed: the document, its 1-based line, and the code point, those of the cue's beginning."""

    doc: str
    line: int
    start: int


@dataclass(frozen=True)
class Finding:
    """An annotated claim that was missed, or a found one that is not annotated.

    Attributes:
        source, cue, content: what they are, None where there is none.
        annotation: ``FILE:LINE`` of a missed one.
        id, rule, confidence: of an extra one.
    """

    place: Place
    source: Span | None
    cue: Span | None
    content: Span | None
    annotation: str | None = None
    id: str | None = None
    rule: str | None = None
    confidence: float | None = None


@dataclass(frozen=True)
class Difference:
    """A field in which a pair differs: its annotated and its found value, spans as `Span`."""

    place: Place
    field: str
    annotated: Any
    found: Any
    annotation: str
    id: str
    rule: str
    confidence: float


@dataclass
class Comparison:
    """What the comparison of one text yields, in the order of the text."""

    missed: list[Finding]
    extra: list[Finding]
    differences: list[Difference]


def compare(
    document: Document, gold: Sequence[Attribution], found: Sequence[Attribution], scores: Scores
) -> Comparison:
    """Compare what is annotated in a text with what was found in it, and count it in `scores`."""
    words = Words(document.text)
    made = scores.add(words, gold, found)
    paired = {id(side.attribution) for pair in made for side in (pair.gold, pair.found)}
    listed = Lister(document, words)
    return Comparison(
        in_order(listed.finding(one) for one in gold if id(one) not in paired),
        in_order(listed.finding(one) for one in found if id(one) not in paired),
        in_order(difference for pair in made for difference in listed.differences(pair)),
    )


def in_order(findings: Iterator) -> list:
    """Findings in the order of the text."""
    return sorted(findings, key=lambda finding: finding.place.start)


class Lister:
    """Gives what is listed of a document its words and its line."""

    def __init__(self, document: Document, words: Words):
        self.document = document
        self.words = words

    def span(self, pieces: Offsets) -> Span | None:
        """Offsets with their words."""
        return Span.of(self.document.text, pieces) if pieces else None

    def place(self, attribution: Attribution) -> Place:
        """Where an attribution is listed."""
        start = attribution.start
        return Place(self.document.path, self.document.line_of(start), start)

    def finding(self, one: Attribution) -> Finding:
        """A miss or an extra."""
        source, cue, content = (self.span(pieces) for pieces in (one.source, one.cue, one.content))
        if one.claim is None:
            return Finding(self.place(one), source, cue, content, annotation=one.place)
        claim = one.claim
        return Finding(self.place(one), source, cue, content, id=claim.id, rule=claim.rule, confidence=claim.confidence)

    def differences(self, pair: Pair) -> Iterator[Difference]:
        """Source and content where their words are not the same, then further fields."""
        gold, found = pair.gold.attribution, pair.found.attribution
        if pair.gold.source != pair.found.source:
            yield self.difference(pair, "source", self.span(gold.source), self.span(found.source))
        if pair.gold.bare != pair.found.bare:
            yield self.difference(pair, "content", self.span(gold.content), self.span(found.content))
        for name, annotated in gold.stated.items():
            value = found.stated[name]
            if not is_compared(annotated, value) or FIELDS[name].same(annotated, value, self.words):
                continue
            values = map(self.span, (annotated, value)) if name in SPAN_FIELDS else (annotated, value)
            yield self.difference(pair, name, *values)

    def difference(self, pair: Pair, name: str, annotated: Any, found: Any) -> Difference:
        """One field in which a pair differs, at the annotation's place."""
        gold, claim = pair.gold.attribution, pair.found.attribution.claim
        assert claim is not None
        place = self.place(gold)
        return Difference(place, name, annotated, found, gold.place, claim.id, claim.rule, claim.confidence)

"""A random sample out of a store: of the claims that are shown, and of sentences in which none of them stands."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from claims_cli.choice import Choice
from claims_cli.claim import Claim, Document, claim_id
from claims_cli.sampling.sentences import sentences_of
from claims_cli.sampling.strata import drawn
from claims_cli.store.queries import Further
from claims_cli.store.reading import Reader

CLAIM, SENTENCE = "claim", "sentence"
BANDS = (0.55, 0.7, 0.85)  # confidence from which on a stratum begins
UNTOLD = "(untold)"
KEPT_BACK, QUOTED, PLAIN = "kept back", "quotation", "plain"
QUOTATION_MARKS = frozenset('"“”„«»‘')
BY_ROOTS = 0.5  # of sentences: the few in which something may have been missed are drawn more often
BEFORE, AFTER = 500, 250  # characters of context
JOINER = " | "


@dataclass(frozen=True)
class Unit:
    """A claim, or a sentence without one, that coders judge.

    Attributes:
        id: the claim's; of a sentence 16 hex digits of its text and place.
        unit: `claim` or `sentence`.
        stratum, stratum_size: what it was drawn from, and how many units that has.
        sentence: of a sentence its words; context: the text around.
        naming: `named`, `unnamed` or `nobody`.
        also_found: what else was found in its sentence; together: how many claims that makes with it; 0 of a sentence.
    """

    id: str
    unit: str
    doc: str
    line: int | None
    outlet: str
    stratum: str
    stratum_size: int
    context: str
    sentence: str
    speaker: str = ""
    cue: str = ""
    content: str = ""
    also_found: str = ""
    together: int = 0
    rule: str = ""
    confidence: float | None = None
    found_type: str = ""
    found_quote: str = ""
    found_naming: str = ""


@dataclass(frozen=True)
class Place:
    """A sentence of a document in which no claim stands that is shown."""

    doc: str
    start: int
    end: int
    outlet: str
    hint: str


def naming_of(claim: Claim) -> str:
    """Whether a claim's speaker is named, as the statistics tell it."""
    return "named" if claim.named else "unnamed" if claim.speaker else "nobody"


def band_of(confidence: float) -> str:
    """The stretch of confidence in which a claim lies, from its lower end."""
    return f"{max((band for band in BANDS if confidence >= band), default=0.0):.2f}"


def draw(reader: Reader, choice: Choice, further: Further, claims: int, sentences: int, seed: int) -> list[Unit]:
    """Draw a sample.

    Args:
        claims, sentences: how many units of each kind; fewer where there are not so many.
        seed: the same store, options and seed give the same sample.
    """
    shown = list(reader.claims(choice, further))
    random = Random(seed)
    found = [*drawn_claims(reader, shown, claims, random)]
    if sentences:
        found += drawn_sentences(reader, shown, sentences, random)
    return found


def drawn_claims(reader: Reader, shown: Sequence[Claim], wanted: int, random: Random) -> Iterator[Unit]:
    """Claims by confidence, outlet and rule, in proportion to how many there are."""
    keys = [(band_of(claim.confidence), claim.outlet or UNTOLD, claim.rule) for claim in shown]
    beside: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in shown:
        beside[claim.doc, claim.sentence].append(claim)
    documents = Documents(reader)
    for place, key, size in drawn(keys, wanted, random):
        claim = shown[place]
        others = [other.content.text for other in beside[claim.doc, claim.sentence] if other is not claim]
        yield Unit(
            id=claim.id, unit=CLAIM, doc=claim.doc, line=claim.line, outlet=claim.outlet or "",
            stratum="; ".join((CLAIM, *key)), stratum_size=size,
            context=documents.around(claim.doc, claim.start, claim.end), sentence=claim.sentence,
            speaker=claim.speaker or "", cue=claim.cue.text if claim.cue else "", content=claim.content.text,
            also_found=JOINER.join(others), together=len(others) + 1, rule=claim.rule, confidence=claim.confidence,
            found_type=claim.type, found_quote=claim.quote, found_naming=naming_of(claim),
        )  # fmt: skip


def drawn_sentences(reader: Reader, shown: Sequence[Claim], wanted: int, random: Random) -> Iterator[Unit]:
    """Sentences by outlet and by whether something may have been missed there."""
    places = list(bare_sentences(reader, shown))
    keys = [(place.hint, place.outlet) for place in places]
    documents = Documents(reader)
    for number, key, size in drawn(keys, wanted, random, BY_ROOTS):
        place = places[number]
        document = documents.called(place.doc)
        yield Unit(
            id=claim_id(document.text_sha256, ((place.start, place.end),)), unit=SENTENCE, doc=place.doc,
            line=document.line_of(place.start), outlet=document.outlet or "",
            stratum="; ".join((SENTENCE, *key)), stratum_size=size,
            context=documents.around(place.doc, place.start, place.end),
            sentence=" ".join(document.text[place.start : place.end].split()),
        )  # fmt: skip


def bare_sentences(reader: Reader, shown: Sequence[Claim]) -> Iterator[Place]:
    """The sentences in which no shown claim stands; every document that the reader sees, in order."""
    taken: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for claim in shown:
        taken[claim.doc] += spans_of(claim)
    query = "SELECT path, id FROM documents ORDER BY id"
    for path, number in reader.connection.execute(query).fetchall():
        document = reader.document(path)
        candidates = reader.connection.execute('SELECT start, "end" FROM claims WHERE document = ?', (number,))
        held_back = candidates.fetchall()
        for start, end in sentences_of(document):
            if not touches(taken[path], start, end):
                yield Place(path, start, end, document.outlet or UNTOLD, hint_of(document, held_back, start, end))


def spans_of(claim: Claim) -> list[tuple[int, int]]:
    """Where a claim's cue and content stand."""
    return [span for part in (claim.cue, claim.content) if part is not None for span in part.spans]


def touches(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether some span stands, at least in part, in a stretch."""
    return any(first < end and start < last for first, last in spans)


def hint_of(document: Document, candidates: Sequence[tuple[int, int]], start: int, end: int) -> str:
    """Whether a claim stands in a sentence that is not shown, at least a quotation mark, or neither."""
    if touches(candidates, start, end):
        return KEPT_BACK
    return QUOTED if QUOTATION_MARKS & set(document.text[start:end]) else PLAIN


class Documents:
    """The documents of a store, of which the last one that was asked for is kept."""

    def __init__(self, reader: Reader):
        self.reader = reader
        self.last: Document | None = None

    def called(self, path: str) -> Document:
        """The document of a path."""
        if self.last is None or self.last.path != path:
            self.last = self.reader.document(path)
        return self.last

    def around(self, path: str, start: int, end: int) -> str:
        """The words around a stretch, on one line."""
        text = self.called(path).text
        return " ".join(text[max(0, start - BEFORE) : end + AFTER].split())

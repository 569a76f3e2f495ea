"""Claims that were exported as JSON Lines, back into a store; their documents come without their text."""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

from claims_cli.claim import FIELD_NAMES, JOINER, SPAN_FIELDS, Claim, Document, Span
from claims_cli.errors import InputError
from claims_cli.rulebook import load_settings
from claims_cli.store.marks import VERDICTS, Mark, put
from claims_cli.store.schema import METADATA
from claims_cli.store.writing import Writer

TELLING = frozenset({"id", "doc", "speaker", "content", "rule"})
REMEDY = "give what claims list or claims extract wrote with --format jsonl"
FIRST_LINE = 1 << 20
FIRST_LINES = 3  # one may be damaged
EXPORTED = "export"
# of claims that were exported before these fields were there nothing tells how the speaker is known
OLDER = {"speaker_basis": "words", "speaker_confidence": 0.5, "pronoun": None, "anonymity": None, "same_as": []}
JUDGED = ("mark", "note")  # beside the record, where what people made of a claim was exported too


def is_export(path: str | Path) -> bool:
    """Whether a file holds exported claims: one of its first lines is a claim record."""
    try:
        if not Path(path).is_file():
            return False
        with open(path, "rb") as stream:
            return any(is_record(stream.readline(FIRST_LINE)) for _ in range(FIRST_LINES))
    except OSError:
        return False


def is_record(line: bytes) -> bool:
    """Whether a line looks like the record of a claim."""
    try:
        first = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(first, dict) and first.keys() >= TELLING


def add_export(writer: Writer, path: str) -> Iterator[InputError]:
    """Store the claims of a file, document by document; what is none comes as its error."""
    errors: list[InputError] = []
    threshold = load_settings().threshold
    for _, members in groupby(records(path, errors), key=lambda record: record[0].doc):
        found = list(members)
        first = found[0][0]
        metadata = {name: getattr(first, name) for name in METADATA}
        document = Document(first.doc, "", first.doc_sha256, **metadata)
        writer.add(document, placed([claim for claim, _ in found], threshold))
        for claim, values in found:
            add_mark(writer, document, claim, values)
    yield from errors


def placed(claims: list[Claim], threshold: float) -> list[Claim]:
    """Claims of one document with what their records leave out: which are nested, and which stand in a headline.

    Args:
        threshold: the least confidence of a claim in which another is nested.
    """
    inner = nested(claims, threshold)
    return [replace(claim, nested=claim.id in inner, headline=is_in_headline(claim)) for claim in claims]


def nested(claims: list[Claim], threshold: float) -> set[str]:
    """The ids of the claims that have a voice before them, or whose cue stands in what another claim says.

    Of two that hold each other's cues neither is in the other. A claim whose outer one was not exported, and whose
    speaker that one is too, is not recognised.
    """
    inner = {claim.id for claim in claims if claim.via}
    cues = sorted((claim.article, *cue_of(claim), place) for place, claim in enumerate(claims))
    for outer in claims:
        for start, end in outer.content.spans if outer.confidence >= threshold else ():
            first = bisect_left(cues, (outer.article, start))
            for *_, stop, place in cues[first : bisect_right(cues, (outer.article, end))]:
                claim = claims[place]
                if stop <= end and claim is not outer and not is_inside(cue_of(outer), claim.content):
                    inner.add(claim.id)
    return inner


def cue_of(claim: Claim) -> tuple[int, int]:
    """Where the cue of a claim stands; its content, where it has none."""
    return (claim.cue or claim.content).spans[0]


def is_inside(piece: tuple[int, int], span: Span) -> bool:
    """Whether a piece of text stands in one of a span's."""
    return any(start <= piece[0] and piece[1] <= end for start, end in span.spans)


def is_in_headline(claim: Claim) -> bool:
    """Whether the sentence of a claim is the headline of its article, or stands in it."""
    return claim.title is not None and claim.sentence in " ".join(claim.title.split())


def records(path: str, errors: list[InputError]) -> Iterator[tuple[Claim, dict[str, Any]]]:
    """Each claim of a file with all that its line holds."""
    with open(path, encoding="utf-8", errors="replace", newline="\n") as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                values = json.loads(line)
                yield claim_in(values), values
            except (ValueError, RecursionError) as error:
                reason = "is no JSON" if isinstance(error, (json.JSONDecodeError, RecursionError)) else str(error)
                errors.append(InputError(f"{path}:{number}", f"is no claim record: {reason}", REMEDY, "decode"))


def claim_in(values: Any) -> Claim:
    """The claim of a line, whose speaker is yet to be found among others.

    Raises:
        ValueError: it is none, to the last field.
    """
    if not isinstance(values, dict):
        raise ValueError("an object is wanted")
    record = {name: value for name, value in values.items() if name not in JUDGED}
    if unknown := record.keys() - FIELD_NAMES:
        raise ValueError(f"no record has the field `{min(unknown)}`")
    record = {**OLDER, **record}
    claim = Claim.from_json(record)
    for name in SPAN_FIELDS:
        span = getattr(claim, name)
        if span is not None and not is_whole(span):
            raise ValueError(f"the words of `{name}` are not as long as its offsets say")
    if claim.to_json() != record:
        raise ValueError("a span or a voice has a field that none has")
    return replace(claim, speaker_id=None, same_as=())


def is_whole(span: Span) -> bool:
    """Whether a span's words are as long as its offsets say."""
    lengths = [end - start for start, end in span.spans]
    same = list(map(len, span.pieces)) == lengths and JOINER.join(span.pieces) == span.text
    return same and bool(lengths) and min(lengths) > 0


def add_mark(writer: Writer, document: Document, claim: Claim, values: dict[str, Any]) -> None:
    """What people had made of a claim, where it was exported too."""
    verdict, note = values.get("mark"), values.get("note")
    if verdict in VERDICTS or isinstance(note, str):
        given = Mark(verdict if verdict in VERDICTS else None, note if isinstance(note, str) else None, EXPORTED, "")
        put(writer.connection, claim.id, document.text_sha256, given)

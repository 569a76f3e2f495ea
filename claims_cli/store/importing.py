"""Claims that were exported as JSON Lines, back into a store; their documents come without their text."""

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from claims_cli.claim import FIELD_NAMES, Claim, Document
from claims_cli.errors import InputError
from claims_cli.store.marks import VERDICTS, Mark, put
from claims_cli.store.schema import METADATA
from claims_cli.store.writing import Writer

TELLING = frozenset({"id", "doc", "speaker", "content", "rule"})
REMEDY = "give what claims list or claims extract wrote with --format jsonl"
FIRST_LINE = 1 << 20
EXPORTED = "export"


def is_export(path: str | Path) -> bool:
    """Whether a file holds exported claims: its first line is a claim record."""
    try:
        if not Path(path).is_file():
            return False
        with open(path, "rb") as stream:
            first = json.loads(stream.readline(FIRST_LINE))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(first, dict) and first.keys() >= TELLING


def add_export(writer: Writer, path: str) -> Iterator[InputError]:
    """Store the claims of a file, document by document; what is none comes as its error."""
    errors: list[InputError] = []
    for _, members in groupby(records(path, errors), key=lambda record: record[0].doc):
        found = list(members)
        claims = [claim for claim, _ in found]
        first = claims[0]
        metadata = {name: getattr(first, name) for name in METADATA}
        document = Document(first.doc, "", first.doc_sha256, **metadata)
        writer.add(document, claims)
        for claim, values in found:
            add_mark(writer, document, claim, values)
    yield from errors


def records(path: str, errors: list[InputError]) -> Iterator[tuple[Claim, dict[str, Any]]]:
    """Each claim of a file with all that its line holds."""
    with open(path, encoding="utf-8", errors="replace", newline="\n") as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                values = json.loads(line)
                record = {name: values[name] for name in FIELD_NAMES}
                yield Claim.from_json({**record, "speaker_id": None}), values
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                errors.append(InputError(f"{path}:{number}", "is no claim record", REMEDY, "decode"))


def add_mark(writer: Writer, document: Document, claim: Claim, values: dict[str, Any]) -> None:
    """What people had made of a claim, where it was exported too."""
    verdict, note = values.get("mark"), values.get("note")
    if verdict in VERDICTS or isinstance(note, str):
        given = Mark(verdict if verdict in VERDICTS else None, note if isinstance(note, str) else None, EXPORTED, "")
        put(writer.connection, claim.id, document.text_sha256, given)

"""Annotations as JSON Lines: one claim record a line, as `claims extract --format jsonl` writes it."""

import json
from collections.abc import Iterator

from claims_cli.errors import AnnotationError
from claims_cli.evaluation.records import AnnotationRow, RecordSheet, named, sheets_of

REMEDY = "write one object a line, as claims extract --format jsonl does"


def sheets(file: str, path: str, content: str) -> tuple[list[RecordSheet], list[AnnotationError]]:
    """The records of a file by their texts, and what is no record."""
    return sheets_of(file, rows(file, content))


def rows(file: str, content: str) -> Iterator[AnnotationRow | AnnotationError]:
    """The record of each line; lines of white space are passed over."""
    for number, line in enumerate(content.split("\n"), 1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except json.JSONDecodeError as error:
            yield AnnotationError(file, number, f"is no JSON: {error.msg} at character {error.colno}", REMEDY)
        except (RecursionError, ValueError):
            yield AnnotationError(file, number, "is no JSON that can be read: too deep, or too large a number", REMEDY)
        else:
            if isinstance(values, dict):
                yield from named(file, number, values)
            else:
                yield AnnotationError(file, number, "is no JSON object", REMEDY)

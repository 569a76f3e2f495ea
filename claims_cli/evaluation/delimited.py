"""Annotations as CSV or TSV: the claim record in columns, as `claims extract --columns all` writes it."""

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

from claims_cli.claim import SPAN_FIELDS
from claims_cli.errors import AnnotationError
from claims_cli.evaluation.fields import FIELDS
from claims_cli.evaluation.records import AnnotationRow, RecordSheet, named, sheets_of
from claims_cli.outputs.tables import undelimited

NEEDED = ("doc", "content_spans")
OFFSETS = re.compile(r"\s*(\d{1,15})\s*-\s*(\d{1,15})\s*", re.ASCII)
LONGEST_CELL = 2**31 - 1
DELIMITERS = ",;\t"
COLUMNS = "name the columns doc, source_spans, cue_spans, content_spans, as claims extract --columns all does"


def sheets(file: str, path: str, content: str) -> tuple[list[RecordSheet], list[AnnotationError]]:
    """The records of a file by their texts, and what is no record."""
    csv.field_size_limit(LONGEST_CELL)
    return sheets_of(file, rows(file, content))


def rows(file: str, content: str) -> Iterator[AnnotationRow | AnnotationError]:
    """The record of each row, told by the line where it begins."""
    heading = content.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=heading.count)
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True)
    columns: list[str] | None = None
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield AnnotationError(file, line, f"is no row: {error}", "close its quotation marks, double those in it")
            continue
        if not any(map(str.strip, cells)):
            continue
        if columns is None:
            columns = [cell.strip().lower() for cell in cells]
            if not set(NEEDED) <= set(columns):
                yield AnnotationError(file, line, f"has no columns {' and '.join(NEEDED)}", COLUMNS)
                return
        elif len(cells) != len(columns):
            reason = f"is a row of {len(cells)} cells under {len(columns)} columns"
            yield AnnotationError(file, line, reason, "check its delimiters and quotation marks")
        else:
            yield from row(file, line, dict(zip(columns, cells, strict=True)))


def row(file: str, line: int, cells: dict[str, str]) -> Iterator[AnnotationRow | AnnotationError]:
    """The record of one row, its cells turned into what JSON would have."""
    values: dict[str, Any] = {"doc": undelimited(cells["doc"]).strip()}
    try:
        for name in SPAN_FIELDS:
            if f"{name}_spans" in cells:
                values[name] = span(f"{name}_spans", cells.get(name, ""), cells[f"{name}_spans"])
        for name in FIELDS:
            if name in cells and name not in SPAN_FIELDS:
                values[name] = value(name, undelimited(cells[name]).strip())
    except ValueError as problem:
        yield AnnotationError(file, line, str(problem), "write offsets as 12-40;55-80, lists as JSON")
        return
    yield from named(file, line, values)


def span(column: str, words: str, offsets: str) -> dict[str, Any]:
    """A span of its words and its offsets (`12-40;55-80`).

    Raises:
        ValueError: they are no offsets, or there are none though there are words.
    """
    places = [OFFSETS.fullmatch(part) for part in offsets.split(";")] if offsets.strip() else []
    if not places and words.strip():
        raise ValueError(f"{column} is empty though there are words")
    pieces = []
    for place in places:
        if place is None:
            raise ValueError(f"{column} is '{offsets[:40]}' (has a spreadsheet made a date of it?)")
        pieces.append([int(place[1]), int(place[2])])
    return {"text": undelimited(words) or None, "spans": pieces}


def value(name: str, cell: str) -> Any:
    """The value of a cell as JSON would have it; None for an empty one.

    Raises:
        ValueError: it is no JSON where that is wanted.
    """
    if not cell:
        return None
    if name in ("named", "negated"):
        return {"true": True, "false": False}.get(cell.lower(), cell)
    if name != "via":
        return cell
    try:
        return json.loads(cell)
    except (RecursionError, ValueError):
        raise ValueError(f"{name} is no JSON: '{cell[:40]}'") from None

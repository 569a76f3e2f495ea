"""Claims as CSV: spans flattened to their text and their offsets, lists as JSON, dangerous cells defused."""

import csv
import json
from collections.abc import Iterable
from typing import Any, TextIO

from claims_cli.claim import FIELD_NAMES, SPAN_FIELDS, Claim, Span

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def columns() -> list[str]:
    """The column names: each span has a second column with its offsets."""
    return [name for field in FIELD_NAMES for name in ([field, f"{field}_spans"] if field in SPAN_FIELDS else [field])]


def row(claim: Claim) -> list[str]:
    """A claim's cells."""
    cells = []
    for name in FIELD_NAMES:
        value = getattr(claim, name)
        if name in SPAN_FIELDS:
            cells += [defused(value.text if value else ""), offsets(value)]
        else:
            cells.append(defused(flat(value)))
    return cells


def offsets(span: Span | None) -> str:
    """`12-40;55-80`."""
    return ";".join(f"{start}-{end}" for start, end in span.spans) if span else ""


def flat(value: Any) -> str:
    """A value in one cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        parts = [item.to_json() if hasattr(item, "to_json") else item for item in value]
        return json.dumps(parts, ensure_ascii=False)
    return str(value)


def defused(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before it (OWASP, CSV injection)."""
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell


def write_csv(claims: Iterable[Claim], stream: TextIO) -> None:
    """A header, then a row a claim."""
    writer = csv.writer(stream, lineterminator="\r\n" if stream.encoding == "utf-8-sig" else "\n")
    writer.writerow(columns())
    for claim in claims:
        writer.writerow(row(claim))

"""The columns that csv, tsv, md, xlsx and parquet share: spans flattened to text and offsets, lists to JSON."""

import json
from collections.abc import Iterable
from typing import Any, get_type_hints

from claims_cli.claim import FIELD_NAMES, SPAN_FIELDS, Claim, Span
from claims_cli.filters import one_of
from claims_cli.outputs.links import link

LINK = "link"
DERIVED = (LINK, "headline")  # columns that are written only where they are asked for
Cell = str | int | float | bool | None
MARK_COLUMNS = ["mark", "note"]


def all_columns() -> list[str]:
    """The column names: each span has a second column with its offsets."""
    return [name for field in FIELD_NAMES for name in ([field, f"{field}_spans"] if field in SPAN_FIELDS else [field])]


def read_columns(names: str | None, further: Iterable[str] = ()) -> list[str]:
    """The columns of a comma-separated list, in its order; all of them and `further` ones where none is given.

    Raises:
        UsageError: there is no such column.
    """
    if names is None:
        return [*all_columns(), *further]
    found = list(dict.fromkeys(part.strip().lower() for part in names.split(",")))
    one_of("column", found, [*all_columns(), *DERIVED, *further])
    return found


def column_type(column: str) -> type:
    """What a column holds: `int`, `float`, `bool` or `str`."""
    types: dict[Any, type] = {int: int, int | None: int, float: float, bool: bool}
    return types.get(get_type_hints(Claim).get(column), str)


def row(claim: Claim, columns: Iterable[str]) -> list[Cell]:
    """A claim's cells."""
    return [cell(claim, column) for column in columns]


def cell(claim: Claim, column: str) -> Cell:
    """One cell: a number, a truth value, text, or None where there is nothing."""
    if column == LINK:
        return link(claim)
    spans = column.removesuffix("_spans")
    if spans != column and spans in SPAN_FIELDS:
        return offsets(getattr(claim, spans))
    value: Any = getattr(claim, column)
    if isinstance(value, Span):
        return value.text
    if isinstance(value, tuple):
        return json.dumps([item.to_json() if hasattr(item, "to_json") else item for item in value], ensure_ascii=False)
    return value


def offsets(span: Span | None) -> str | None:
    """`12-40;55-80`."""
    return ";".join(f"{start}-{end}" for start, end in span.spans) if span else None

"""The columns that csv, tsv, md, xlsx and parquet share: spans flattened to text and offsets, lists to JSON."""

import json
from collections.abc import Callable, Iterable
from functools import partial
from operator import attrgetter
from typing import Any, get_type_hints

from claims_cli.claim import FIELD_NAMES, LIST_FIELDS, SPAN_FIELDS, Claim
from claims_cli.filters import one_of
from claims_cli.outputs.links import link

LINK = "link"
DERIVED = (LINK, "headline")  # columns that are written only where they are asked for
Cell = str | int | float | bool | None
MARK_COLUMNS = ["mark", "note"]
ENCODE = json.JSONEncoder(ensure_ascii=False).encode


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
    """A claim's cells, each a number, a truth value, text, or None where there is nothing."""
    return [CELLS[column](claim) for column in columns]


def words(name: str, claim: Claim) -> str | None:
    """The words of a span."""
    span = getattr(claim, name)
    return None if span is None else span.text


def offsets(name: str, claim: Claim) -> str | None:
    """Where a span stands: `12-40;55-80`."""
    span = getattr(claim, name)
    return None if span is None else ";".join([f"{start}-{end}" for start, end in span.spans])


def listed(name: str, claim: Claim) -> str:
    """A list as JSON."""
    items = getattr(claim, name)
    return ENCODE([item if isinstance(item, str) else item.to_json() for item in items]) if items else "[]"


CELLS: dict[str, Callable[[Claim], Cell]] = {
    **{name: attrgetter(name) for name in (*FIELD_NAMES, "headline", *MARK_COLUMNS)},
    **{name: partial(words, name) for name in SPAN_FIELDS},
    **{f"{name}_spans": partial(offsets, name) for name in SPAN_FIELDS},
    **{name: partial(listed, name) for name in LIST_FIELDS},
    LINK: link,
}

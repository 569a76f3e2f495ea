"""A claim as a flat row and back: the columns of CSV, workbooks, Parquet, data frames and the store.

A span is two columns, its words and its offsets (`12-40;55-80`), a list is JSON. The JSON of a whole claim is
`Claim.to_json`; into the cache msgspec writes a claim as it is.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from operator import attrgetter, itemgetter
from typing import Any, get_type_hints

import msgspec

from claims_cli.claim import FIELD_NAMES, LIST_FIELDS, SPAN_FIELDS, Basis, Claim, Offsets, Span, Voice

Cell = str | int | float | bool | None
FLAGS = ("nested", "headline", "speaker_reason")  # fields beside the record that the store keeps
ENCODE = json.JSONEncoder(ensure_ascii=False).encode


def all_columns() -> list[str]:
    """The column names: each span has a second column with its offsets."""
    return [name for field in FIELD_NAMES for name in ([field, f"{field}_spans"] if field in SPAN_FIELDS else [field])]


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


def items(name: str, claim: Claim) -> str:
    """A list as JSON."""
    value = getattr(claim, name)
    return ENCODE(msgspec.to_builtins(value)) if value else "[]"


CELLS: dict[str, Callable[[Claim], Cell]] = {
    **{name: attrgetter(name) for name in (*FIELD_NAMES, *FLAGS, "mark", "note")},
    **{name: partial(words, name) for name in SPAN_FIELDS},
    **{f"{name}_spans": partial(offsets, name) for name in SPAN_FIELDS},
    **{name: partial(items, name) for name in LIST_FIELDS},
}


def claim_of(row: Sequence) -> Claim:
    """The claim of a row that has the columns `STORED`."""
    values = list(AS_THEY_ARE(row))
    for at, place, read in CONVERTED:
        values[at] = read(row, place)
    return Claim(*values)


def span_at(row: Sequence, place: int) -> Span | None:
    """The span whose words and offsets stand at a place and behind it."""
    offsets = row[place + 1]
    return None if offsets is None else Span(row[place], pieces(offsets))


def truth_at(row: Sequence, place: int) -> bool:
    """True or false."""
    return bool(row[place])


def items_at(kind: Any) -> Callable[[Sequence, int], tuple]:
    """What reads a list of JSON, whose items are of a kind."""

    @lru_cache(maxsize=10_000)  # of one speaker the same few come again and again
    def items(cell: str) -> tuple:
        return msgspec.convert(json.loads(cell), tuple[kind, ...])

    def at(row: Sequence, place: int) -> tuple:
        cell = row[place]
        return () if cell == "[]" else items(cell)

    return at


def pieces(offsets: str) -> Offsets:
    """`12-40;55-80` as numbers."""
    if ";" in offsets:
        return tuple(piece for part in offsets.split(";") for piece in pieces(part))
    start, _, end = offsets.partition("-")
    return ((int(start), int(end)),)


STORED = (*all_columns(), *FLAGS)
FIELDS = (*FIELD_NAMES, *FLAGS)
READERS: dict[str, Callable[[Sequence, int], Any]] = {
    **dict.fromkeys(SPAN_FIELDS, span_at),
    **dict.fromkeys(("named", "negated", "nested", "headline"), truth_at),
    **{name: items_at(kind) for name, kind in zip(LIST_FIELDS, (str, Voice, Basis, str), strict=True)},
}
PLACES = {name: place for place, name in enumerate(STORED)}
AS_THEY_ARE = itemgetter(*(PLACES[name] for name in FIELDS))
CONVERTED = [(at, PLACES[name], READERS[name]) for at, name in enumerate(FIELDS) if name in READERS]

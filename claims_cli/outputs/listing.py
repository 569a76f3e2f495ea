"""Small tables of other things than claims: drawn on a terminal, tab-separated when piped."""

import sys
from collections.abc import Iterable, Sequence
from typing import IO, TYPE_CHECKING

from claims_cli.outputs.drawn import GAP, Column, broken, cell_lengths, widths
from claims_cli.outputs.escapes import clean

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

SHORT, LONG = 14, 40  # characters of cells


def print_rows(headings: tuple[str, ...], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under headings to standard output."""
    write_rows(headings, rows, sys.stdout)


def write_rows(headings: tuple[str, ...], rows: Iterable[Sequence[str]], stream: IO[str]) -> None:
    """Write rows under headings to a stream."""
    cleaned = [tuple(map(clean, row)) for row in rows]
    if not stream.isatty():
        for row in [headings, *cleaned]:
            stream.write("\t".join(row) + "\n")
        return
    from rich.console import Console
    from rich.text import Text

    filled = [place for place in range(len(headings)) if not cleaned or any(row[place] for row in cleaned)]
    columns = [
        Column(headings[place], [Text(row[place]) for row in cleaned], share(cleaned, place)) for place in filled
    ]
    console = Console(file=stream, highlight=False)
    if least(columns) <= console.width:
        console.print(drawn(columns, console.width))
        return
    for number in range(len(cleaned)):
        console.print(card(columns, number))


def least(columns: Sequence[Column]) -> int:
    """The width in which no word of some columns is cut."""
    needs = (max(cell_lengths(column, None if column.share else "\n")) for column in columns)
    return sum(needs) + GAP * (len(columns) - 1)


def drawn(columns: Sequence[Column], width: int) -> "Table":
    """A table for a terminal of a width."""
    from rich import box
    from rich.table import Table

    measures = widths(list(columns), width) if any(column.share for column in columns) else [None] * len(columns)
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))  # and one of the box
    for column, measure in zip(columns, measures, strict=True):
        table.add_column(column.heading, width=measure, overflow="fold")
    for number in range(max((len(column.cells) for column in columns), default=0)):
        cells = zip((column.cells[number] for column in columns), measures, strict=True)
        table.add_row(*(broken(cell, measure) if measure else cell for cell, measure in cells))
    return table


def card(columns: Sequence[Column], number: int) -> "Text":
    """A row where columns have no room: its first cell, and below the others with their headings."""
    from rich.text import Text

    first, *others = ((column.heading, column.cells[number].plain) for column in columns)
    told = " · ".join(f"{heading}: {cell}" for heading, cell in others if cell)
    return Text.assemble((first[1], "bold"), "\n", (told, "dim"), "\n")


def share(rows: Sequence[Sequence[str]], place: int) -> int:
    """The share of the width of a column: none of one with short cells, which has the width that they need."""
    longest = max((len(row[place]) for row in rows), default=0)
    return 0 if longest <= SHORT else min(longest, LONG)

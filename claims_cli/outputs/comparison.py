"""Counts side by side, a column an outlet or a month: tables, CSV, TSV, Markdown, JSON or JSON Lines."""

from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any, TextIO

from claims_cli.codec import Cell
from claims_cli.outputs.escapes import clean
from claims_cli.outputs.layout import Layout
from claims_cli.outputs.statistics import ALL, TITLES, found_right, named, title
from claims_cli.outputs.tables import Rows, text_of, writers

if TYPE_CHECKING:
    from rich.table import Table

MEASURES = ("claims", "words", "documents", "marked", "right", "right_from", "right_to")  # of a whole column
SHARES = ("share", "words_share")
FIRST, COLUMN = 18, 11  # characters on a terminal
LEFT_OUT = ("section", "name", "kind")


def columns_of(found: Any) -> list[str]:
    """The names of the columns."""
    return ["section", "name", *(whole.name for whole in found.columns)]


def cells_of(found: Any) -> Iterator[list[Cell]]:
    """The rows of a file: what each column has in all, then of each group its share of the column."""
    for measure in MEASURES:
        yield [ALL, measure, *(getattr(whole, measure) for whole in found.columns)]
    for row in found.rows:
        yield [row.section, row.name, *(share(found, row, whole.name) for whole in found.columns)]


def share(found: Any, row: Any, column: str) -> float:
    """A group's share of a column: of its claims, or of their words."""
    return getattr(row.counts[column], found.measure) if column in row.counts else 0.0


def records_of(found: Any) -> Iterator[dict[str, Any]]:
    """The rows as objects, with every count of each column that has any."""
    yield {"section": ALL, "name": ALL, found.by: {whole.name: counts_of(whole) for whole in found.columns}}
    for row in found.rows:
        counts = {column: counts_of(count) for column, count in row.counts.items()}
        yield {"section": row.section, "name": row.name, found.by: counts}


def counts_of(count: Any) -> dict[str, Any]:
    """The numbers of one cell."""
    return {name: value for name, value in asdict(count).items() if name not in LEFT_OUT}


def rows_of(found: Any, layout: Layout) -> Rows:
    """A comparison as rows and as objects."""
    return Rows(columns_of(found) if found.columns else (), cells_of(found) if found.columns else (), records_of(found))


def write_table(found: Any, stream: TextIO, layout: Layout) -> None:
    """For reading: as many of the largest columns as there is room for on a terminal, all with tabs when piped."""
    if not found.columns:
        return
    if not stream.isatty():
        rows: list[list[Cell]] = [list(columns_of(found)), *cells_of(found)]
        for row in rows:
            stream.write("\t".join(clean(text_of(cell)) for cell in row) + "\n")
        return
    from rich.console import Console

    console = Console(file=stream, highlight=False)
    room = max(1, (console.width - FIRST) // (COLUMN + 1))
    console.print(drawn(found, found.columns[:room]))
    if len(found.columns) > room:
        rest = len(found.columns) - room
        console.print(f"{rest} more column{'s' * (rest > 1)}; -o FILE.csv has all", style="dim")


def drawn(found: Any, shown: list[Any]) -> "Table":
    """The comparison with rich."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(title(found.by), overflow="fold", min_width=FIRST - 1)
    for whole in shown:
        table.add_column(Text(clean(whole.name)), justify="right", overflow="fold", min_width=5, max_width=COLUMN)
    for measure in ("claims", "words", "documents"):
        table.add_row(measure.capitalize(), *(f"{getattr(whole, measure):,}" for whole in shown))
    if any(whole.right is not None for whole in shown):
        table.add_row("Right, of marked", *(found_right(whole) or "–" for whole in shown))
    for section, rows in groupby(found.rows, key=lambda row: row.section):
        table.add_section()
        table.add_row(Text(TITLES.get(section) or title(section), "dim"))
        for row in rows:
            table.add_row(Text(f" {named(row)}"), *(f"{share(found, row, whole.name):.0%}" for whole in shown))
    return table


WRITERS = {"table": write_table, **writers(rows_of)}

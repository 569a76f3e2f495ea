"""Counts of claims as tables with bars, CSV, TSV, Markdown, JSON or JSON Lines."""

from dataclasses import asdict, astuple, fields
from itertools import groupby
from typing import IO, TYPE_CHECKING, Any

from claims_cli.outputs.escapes import clean
from claims_cli.outputs.layout import Layout
from claims_cli.outputs.tables import Rows, text_of, writers

if TYPE_CHECKING:
    from rich.table import Table

EIGHTHS = " ▏▎▍▌▋▊▉█"
BAR = 16
NARROW_BAR = 8
NARROW = 100
NAME = 17
TITLES = {
    "speaker": "Who speaks most",
    "quotation": "In whose words",
    "naming": "Named and unnamed",
    "kind of speaker": "Who they are",
    "type": "What is done",
    "outlet": "By outlet",
    "month": "Over time",
}


def bar(share: float, width: int) -> str:
    """A bar of eighths of characters, for a share of the longest."""
    eighths = max(1, round(share * width * 8)) if share > 0 else 0
    return "█" * (eighths // 8) + (EIGHTHS[eighths % 8] if eighths % 8 else "")


def cells(row: Any) -> list[str]:
    """A row's cells, in the order of its fields."""
    return [text_of(value) for value in astuple(row)]


def names(rows: list) -> list[str]:
    """The names of the columns; none where there are no rows."""
    return [field.name for field in fields(rows[0])] if rows else []


def write_table(rows: list, stream: IO[str], layout: Layout) -> None:
    """For reading: a table with bars for each section on a terminal, one of all rows with tabs when piped."""
    if not stream.isatty():
        for row in [names(rows), *map(cells, rows)] if rows else []:
            stream.write("\t".join(map(clean, row)) + "\n")
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, highlight=False)
    width = BAR if console.width >= NARROW else NARROW_BAR
    for section, members in groupby(rows, key=lambda row: row.section):
        if section in TITLES:
            console.print(drawn(TITLES[section], list(members), width))
        else:
            console.print(Text(summary(next(members))))


def summary(row: Any) -> str:
    """All claims in one line."""
    return f"{row.claims:,} claims of {row.words:,} words in {row.documents:,} documents"


def drawn(title: str, rows: list, width: int) -> "Table":
    """One section with rich."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    has_kinds = any(row.kind for row in rows)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(title, overflow="fold", style="bold" if has_kinds else "", min_width=NAME)
    if has_kinds:
        table.add_column("Kind", style="dim", no_wrap=True)
    table.add_column("Claims", justify="right")
    table.add_column("", style="cyan", no_wrap=True, min_width=width)
    for heading in ("Words", "Docs", "Quoted"):
        table.add_column(heading, justify="right", no_wrap=True)
    most = max(row.claims for row in rows)
    for row in rows:
        kind = [row.kind] if has_kinds else []
        quoted = f"{(row.direct + row.mixed) / row.claims:.0%}"
        counts = [f"{row.claims:,}", bar(row.claims / most, width), f"{row.words:,}", f"{row.documents:,}", quoted]
        table.add_row(*map(Text, [clean(row.name), *kind, *counts]))
    return table


def rows_of(rows: list, layout: Layout) -> Rows:
    """Counts as rows and as objects."""
    return Rows(names(rows), map(astuple, rows), map(asdict, rows))


WRITERS = {"table": write_table, **writers(rows_of)}

"""Small tables of other things than claims: drawn on a terminal, tab-separated when piped."""

import sys
from collections.abc import Iterable, Sequence
from typing import IO

from claims_cli.outputs.escapes import clean


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
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in headings:
        drawn.add_column(heading, overflow="fold")
    for row in cleaned:
        drawn.add_row(*map(Text, row))
    Console(file=stream, highlight=False).print(drawn)

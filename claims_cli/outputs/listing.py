"""Small tables of other things than claims: drawn on a terminal, tab-separated when piped."""

import sys
from collections.abc import Iterable, Sequence

from claims_cli.outputs.escapes import clean


def print_rows(headings: tuple[str, ...], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under headings to standard output."""
    cleaned = [tuple(map(clean, row)) for row in rows]
    if not sys.stdout.isatty():
        for row in [headings, *cleaned]:
            sys.stdout.write("\t".join(row) + "\n")
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
    Console(highlight=False).print(drawn)

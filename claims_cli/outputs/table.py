"""Claims as a table for reading: rich on a terminal, plain and complete when piped."""

from collections.abc import Iterable
from typing import TextIO

from claims_cli.claim import Claim
from claims_cli.outputs.escapes import clean, spelled
from claims_cli.outputs.layout import Layout

HEADINGS = ("Speaker", "Cue", "Statement", "Via / citing", "Where")
LOOKS = {
    "ID": ("dim", None),
    "Speaker": ("bold", 3),
    "Cue": ("cyan", 2),
    "Statement": ("", 8),
    "Via / citing": ("magenta", 3),
    "Where": ("dim", None),
    "Mark": ("yellow", 2),
}
SPARSE = ("Via / citing", "Mark")
LONGEST_NAME = 16
SHORT_ID = 8


def cells(claim: Claim) -> tuple[str, ...]:
    """A claim's cells."""
    relayed = [f"via {clean(voice.speaker) or '?'}" for voice in claim.via]
    relayed += [f"citing {clean(basis.speaker)}" for basis in claim.citing]
    speaker = clean(claim.speaker) or "(nobody named)"
    cue = clean(claim.cue.text if claim.cue else "") + (" (negated)" if claim.negated else "")
    return speaker, cue, clean(claim.content.text), "; ".join(relayed), f"{spelled(claim.doc)}:{claim.line}"


def marked_cells(claim: Claim) -> tuple[str, ...]:
    """The cells of a claim from a store: its id goes first, and what people made of it last."""
    judged = ": ".join(part for part in (claim.mark, clean(claim.note)) if part)
    return (claim.id, *cells(claim), judged)


def write(claims: Iterable[Claim], stream: TextIO, layout: Layout) -> None:
    """The table; columns are drawn on a terminal, tab-separated and never cut when piped."""
    headings = ("ID", *HEADINGS, "Mark") if layout.kept else HEADINGS
    rows = map(marked_cells if layout.kept else cells, claims)
    if stream.isatty():
        draw(headings, list(rows), stream)
        return
    stream.write("\t".join(headings) + "\n")
    for row in rows:
        stream.write("\t".join(row) + "\n")


def draw(headings: tuple[str, ...], rows: list[tuple[str, ...]], stream: TextIO) -> None:
    """The table with rich, statements wrapped and whole; columns that may be empty are left out where they are."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=stream, highlight=False)
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_lines=False, expand=True)
    shown = [place for place, name in enumerate(headings) if name not in SPARSE or any(row[place] for row in rows)]
    for place in shown:
        style, ratio = LOOKS[headings[place]]
        drawn.add_column(headings[place], style=style, ratio=ratio, overflow="fold", no_wrap=ratio is None)
    for row in rows:
        drawn.add_row(*(Text(SHORT.get(headings[place], str)(row[place])) for place in shown))
    if rows:
        console.print(drawn)


def short_place(place: str) -> str:
    """A file and line, the file's middle left out where it is long."""
    name, _, line = place.rpartition("/")[2].rpartition(":")
    return f"{name if len(name) <= LONGEST_NAME else name[:8] + '…' + name[-7:]}:{line}"


SHORT = {"Where": short_place, "ID": lambda claim: claim[:SHORT_ID]}

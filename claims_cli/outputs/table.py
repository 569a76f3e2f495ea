"""Claims as a table for reading: rich on a terminal, plain and complete when piped."""

from collections.abc import Iterable
from typing import TextIO

from claims_cli.claim import Claim
from claims_cli.outputs.escapes import clean, spelled
from claims_cli.outputs.layout import Layout

HEADINGS = ("Speaker", "Cue", "Statement", "Via / citing", "Where")
LONGEST_NAME = 16


def cells(claim: Claim) -> tuple[str, ...]:
    """A claim's cells."""
    relayed = [f"via {clean(voice.speaker) or '?'}" for voice in claim.via]
    relayed += [f"citing {clean(basis.speaker)}" for basis in claim.citing]
    speaker = clean(claim.speaker) or "(nobody named)"
    cue = clean(claim.cue.text if claim.cue else "") + (" (negated)" if claim.negated else "")
    return speaker, cue, clean(claim.content.text), "; ".join(relayed), place_of(claim)


def place_of(claim: Claim) -> str:
    """File and line, and the page where there are pages."""
    return f"{spelled(claim.doc)}:{claim.line}" + (f" p. {claim.page}" if claim.page is not None else "")


def write(claims: Iterable[Claim], stream: TextIO, layout: Layout) -> None:
    """The table; columns are drawn on a terminal, tab-separated and never cut when piped."""
    if stream.isatty():
        draw(claims, stream)
        return
    stream.write("\t".join(HEADINGS) + "\n")
    for claim in claims:
        stream.write("\t".join(cells(claim)) + "\n")


def draw(claims: Iterable[Claim], stream: TextIO) -> None:
    """The table with rich, statements wrapped and whole, the speaker written once where it stays the same."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=stream, highlight=False)
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_lines=False, expand=True)
    rows = [cells(claim) for claim in claims]
    relayed = any(row[3] for row in rows)
    styles = ("bold", "cyan", "", "magenta", "dim")
    ratios = (3, 2, 8, 3, None)
    for heading, style, ratio in zip(HEADINGS, styles, ratios, strict=True):
        if relayed or heading != HEADINGS[3]:
            drawn.add_column(heading, style=style, ratio=ratio, overflow="fold", no_wrap=ratio is None)
    for row in rows:
        shown = [short_place(cell) if place == 4 else cell for place, cell in enumerate(row)]
        drawn.add_row(*(Text(cell) for place, cell in enumerate(shown) if relayed or place != 3))
    if rows:
        console.print(drawn)


def short_place(place: str) -> str:
    """A file and line, the file's middle left out where it is long."""
    name, _, line = place.rpartition("/")[2].rpartition(":")
    return f"{name if len(name) <= LONGEST_NAME else name[:8] + '…' + name[-7:]}:{line}"

"""Claims as a table for reading: rich on a terminal, plain and complete when piped."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from claims_cli.claim import INFERRED, Claim
from claims_cli.outputs.doubt import briefly
from claims_cli.outputs.escapes import clean, spelled
from claims_cli.outputs.layout import Layout

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

HEADINGS = ("Speaker", "Cue", "Statement", "Via / citing", "Where", "How known")
KNOWN = 5  # the place of how the speaker is known
LONGEST_NAME = 16
SHORT_ID = 8


def cells(claim: Claim) -> tuple[str, ...]:
    """A claim's cells."""
    relayed = [f"via {clean(voice.speaker) or '?'}" for voice in claim.via]
    relayed += [f"citing {clean(basis.speaker)}" for basis in claim.citing]
    speaker = clean(claim.speaker) or "(nobody named)"
    cue = clean(claim.cue.text if claim.cue else "") + (" (negated)" if claim.negated else "")
    return speaker, cue, clean(claim.content.text), "; ".join(relayed), place_of(claim), clean(briefly(claim))


def place_of(claim: Claim) -> str:
    """File and line, and the page where there are pages."""
    return f"{spelled(claim.doc)}:{claim.line}" + (f" p. {claim.page}" if claim.page is not None else "")


def marked_cells(claim: Claim) -> tuple[str, ...]:
    """The cells of a claim from a store: its id goes first, and what people made of it last."""
    judged = ": ".join(part for part in (claim.mark, clean(claim.note)) if part)
    return (claim.id, *cells(claim), judged)


def write(claims: Iterable[Claim], stream: TextIO, layout: Layout) -> None:
    """The table; columns are drawn on a terminal, tab-separated and never cut when piped."""
    if stream.isatty():
        rows = list(map(marked_cells if layout.kept else cells, claims))
        if rows:
            from rich.console import Console

            Console(file=stream, highlight=False).print(drawn_kept(rows) if layout.kept else drawn(rows))
        return
    stream.write("\t".join(("ID", *HEADINGS, "Mark") if layout.kept else HEADINGS) + "\n")
    for row in map(marked_cells if layout.kept else cells, claims):
        stream.write("\t".join(row) + "\n")


def drawn(rows: list[tuple[str, ...]]) -> "Table":
    """The table with rich, statements wrapped and whole; the voices have a column where there are any."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_lines=False, expand=True)
    relayed = any(row[3] for row in rows)
    styles = ("bold", "cyan", "", "magenta", "dim")
    ratios = (3, 2, 8, 3, None)
    for heading, style, ratio in zip(HEADINGS[:KNOWN], styles, ratios, strict=True):
        if relayed or heading != HEADINGS[3]:
            table.add_column(heading, style=style, ratio=ratio, overflow="fold", no_wrap=ratio is None)
    for row in rows:
        shown = [Text(short_place(cell) if place == 4 else cell) for place, cell in enumerate(row[:KNOWN])]
        shown[0] = with_basis(row[0], row[KNOWN])
        table.add_row(*(cell for place, cell in enumerate(shown) if relayed or place != 3))
    return table


def drawn_kept(rows: list[tuple[str, ...]]) -> "Table":
    """Claims from a store: under each statement its cue, the voices and the place, and what people made of it."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column("ID", style="dim", no_wrap=True)
    table.add_column("Speaker", style="bold", ratio=2)
    table.add_column("Statement", ratio=7, overflow="fold")
    for claim, speaker, cue, statement, relayed, place, known, judged in rows:
        under = [(cue, "cyan"), (relayed, "magenta"), (short_place(place), "dim")]
        about = Text(" · ", "dim").join(Text(words, style) for words, style in under if words)
        lines = [Text(statement), about, *([Text(judged, "yellow")] if judged else [])]
        table.add_row(claim[:SHORT_ID], with_basis(speaker, known), Text("\n").join(lines))
    return table


def with_basis(speaker: str, known: str) -> "Text":
    """A speaker, and below how he or she was found where the text does not name them beside the cue."""
    from rich.text import Text

    basis, _, _ = known.partition(" ")
    return Text.assemble(speaker, (f"\n{known}", "not bold dim")) if basis in INFERRED else Text(speaker)


def short_place(place: str) -> str:
    """A file and line, the file's middle left out where it is long."""
    name, _, line = place.rpartition("/")[2].rpartition(":")
    return f"{name if len(name) <= LONGEST_NAME else name[:8] + '…' + name[-7:]}:{line}"

"""Claims as a table for reading: rich on a terminal, plain and complete when piped."""

from collections.abc import Iterable
from typing import TextIO

from claims_cli.claim import Claim
from claims_cli.outputs.doubt import briefly
from claims_cli.outputs.drawn import Row, draw
from claims_cli.outputs.escapes import clean, spelled
from claims_cli.outputs.layout import Layout

HEADINGS = ("Speaker", "Cue", "Statement", "Via / citing", "Where", "How known")


def cells(claim: Claim) -> tuple[str, ...]:
    """A claim's cells."""
    relayed = [f"via {clean(voice.speaker) or '?'}" for voice in claim.via]
    relayed += [f"citing {clean(basis.speaker)}" for basis in claim.citing]
    speaker = clean(claim.speaker) or "(nobody named)"
    cue = clean(claim.cue.text if claim.cue else "") + (" (negated)" if claim.negated else "")
    return speaker, cue, clean(claim.content.text), "; ".join(relayed), place_of(claim), clean(briefly(claim))


def place_of(claim: Claim) -> str:
    """File and line, and the page where there are pages."""
    return f"{spelled(claim.doc)}:{line_of(claim)}"


def line_of(claim: Claim) -> str:
    """The line, and the page where there are pages."""
    return f"{claim.line}" + (f" p. {claim.page}" if claim.page is not None else "")


def marked_cells(claim: Claim) -> tuple[str, ...]:
    """The cells of a claim from a store: its id goes first, and what people made of it last."""
    return (claim.id, *cells(claim), judged(claim))


def judged(claim: Claim) -> str:
    """What people made of a claim."""
    return ": ".join(part for part in (claim.mark, clean(claim.note)) if part)


def row(claim: Claim, kept: bool) -> Row:
    """What is drawn of a claim."""
    speaker, cue, statement, relayed, _, known = cells(claim)
    of_store = (claim.id, judged(claim)) if kept else ()
    return Row(spelled(claim.doc), line_of(claim), speaker, cue, statement, relayed, known, *of_store)


def write(claims: Iterable[Claim], stream: TextIO, layout: Layout) -> None:
    """The table; drawn on a terminal, tab-separated and never cut when piped."""
    if stream.isatty():
        rows = [row(claim, layout.kept) for claim in claims]
        if rows:
            draw(rows, stream, layout.kept)
        return
    stream.write("\t".join(("ID", *HEADINGS, "Mark") if layout.kept else HEADINGS) + "\n")
    for line in map(marked_cells if layout.kept else cells, claims):
        stream.write("\t".join(line) + "\n")

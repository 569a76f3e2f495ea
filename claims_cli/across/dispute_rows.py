"""Disputes as a table, CSV, TSV, Markdown, JSON, JSON Lines or a page."""

from collections.abc import Callable, Sequence
from typing import Any, TextIO

from claims_cli.across.disputes import Dispute
from claims_cli.across.places import place_of
from claims_cli.across.sheets import side, write_sheet
from claims_cli.across.statements import Statement
from claims_cli.codec import Cell
from claims_cli.inputs.own import COMMENT
from claims_cli.outputs.escapes import clean
from claims_cli.outputs.layout import Layout
from claims_cli.outputs.listing import write_rows
from claims_cli.outputs.tables import Rows, escaped, writers

SURE, DOUBTFUL = "sure", "doubtful"
HEADINGS = {SURE: "Sure", DOUBTFUL: "Doubtful"}
SIDE = ("speaker", "statement", "cue", "date", "outlet", "title", "doc", "line", "page", "url", "id")
COLUMNS = ("kind", "certainty", "why", *SIDE, *(f"other_{name}" for name in SIDE), "days", "again")


def certainty(dispute: Dispute) -> str:
    """Whether the words leave little doubt."""
    return SURE if dispute.contrast.sure else DOUBTFUL


def values_of(one: Statement) -> list[Cell]:
    """What is told of one statement."""
    claim = one.claim
    cue = claim.cue.text if claim.cue else None
    return [
        one.name or claim.speaker, claim.content.text, cue, one.day, claim.outlet, claim.title, claim.doc, claim.line,
        claim.page, claim.url, claim.id,
    ]  # fmt: skip


def cells(dispute: Dispute) -> list[Cell]:
    """A dispute's cells for a spreadsheet."""
    contrast = dispute.contrast
    both = [*values_of(dispute.one), *values_of(dispute.other)]
    return [contrast.kind, certainty(dispute), contrast.why, *both, dispute.days, len(dispute.again)]


def record(dispute: Dispute) -> dict[str, Any]:
    """A dispute as an object, with every further place of the same words."""
    contrast = dispute.contrast
    again = [[dict(zip(SIDE, values_of(one), strict=True)) for one in pair] for pair in dispute.again]
    sides = [dict(zip(SIDE, values_of(one), strict=True)) for one in (dispute.one, dispute.other)]
    return {
        "kind": contrast.kind, "certainty": certainty(dispute), "why": contrast.why, "one": sides[0],
        "other": sides[1], "days": dispute.days, "again": again,
    }  # fmt: skip


def rows_of(found: Sequence[Dispute], layout: Layout) -> Rows:
    """Disputes as rows, and as objects."""
    return Rows(COLUMNS, map(cells, found), map(record, found))


def by_certainty(found: Sequence[Dispute]) -> list[tuple[str, list[Dispute]]]:
    """The sure ones, then the doubtful ones, each under a heading."""
    return [(heading, [one for one in found if certainty(one) == name]) for name, heading in HEADINGS.items()]


def write_table(found: Sequence[Dispute], stream: TextIO, layout: Layout) -> None:
    """For reading: pairs under one another on a terminal, a table with tabs when piped."""
    if not stream.isatty():
        headings = ("certainty", "kind", "why", "one", "statement", "place", "other", "other statement", "other place")
        rows = [
            (certainty(one), one.contrast.kind, one.contrast.why, *brief(one.one), *brief(one.other)) for one in found
        ]
        write_rows(headings, rows, stream)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, highlight=False)
    for heading, pairs in by_certainty(found):
        if pairs:
            console.print(Text(f"{heading} ({len(pairs):,})\n", "bold underline"))
        for dispute in pairs:
            console.print(drawn(dispute))


def brief(one: Statement) -> tuple[str, str, str]:
    """Who, what and where."""
    return one.name or one.claim.speaker or "", one.claim.content.text, place(one)


def place(one: Statement) -> str:
    """The day, the outlet, and the place in the document."""
    return ", ".join(text for text in (one.day or "no date", one.claim.outlet, place_of(one.claim)) if text)


def drawn(dispute: Dispute):
    """A pair for a terminal of any width."""
    from rich.padding import Padding
    from rich.text import Text

    parts = [Text.assemble((dispute.contrast.kind, "yellow"), ": ", clean(dispute.contrast.why))]
    for one in (dispute.one, dispute.other):
        who, what, at = map(clean, brief(one))
        cue = clean(one.claim.cue.text) if one.claim.cue else ""
        opening = [(who, "bold"), " " * bool(cue), (cue, "cyan")]
        told = reversed(opening) if cue[:1].isupper() else opening  # `According to the minister`
        parts.append(Text.assemble(*told, "\n", what, "\n", (at, "dim")))
    if dispute.again:
        places = "1 other place" if len(dispute.again) == 1 else f"{len(dispute.again)} other places"
        parts.append(Text(f"also in {places}", "dim"))
    return Padding(Text("\n").join(parts), (0, 0, 1, 0))


def write_markdown(found: Sequence[Dispute], stream: TextIO, layout: Layout) -> None:
    """To print: each pair with both places, sure and doubtful ones apart."""
    stream.write(f"{COMMENT}# Disputes\n")
    for heading, pairs in by_certainty(found):
        if pairs:
            stream.write(f"\n## {heading}\n")
        for dispute in pairs:
            stream.write(f"\n**{dispute.contrast.kind}**: {escaped(dispute.contrast.why, layout.raw)}\n\n")
            for one in (dispute.one, dispute.other):
                who, what, at = (escaped(text, layout.raw) for text in brief(one))
                stream.write(f"- {who}: {what} ({at})\n")


def write_page(found: Sequence[Dispute], stream: TextIO, layout: Layout) -> None:
    """A page for a browser."""
    groups = [(heading, list(map(on_page, pairs))) for heading, pairs in by_certainty(found)]
    write_sheet("disputes.html", {"groups": groups, "total": len(found)}, stream)


def on_page(dispute: Dispute) -> dict[str, Any]:
    """A pair as the template is given it."""
    from claims_cli.outputs.page.safe import on_one_line

    contrast = dispute.contrast
    sides = [side(dispute.one), side(dispute.other)]
    return {"kind": contrast.kind, "why": on_one_line(contrast.why), "sides": sides, "again": len(dispute.again)}


WRITERS: dict[str, Callable[..., None]] = {
    **writers(rows_of), "table": write_table, "md": write_markdown, "html": write_page,
}  # fmt: skip

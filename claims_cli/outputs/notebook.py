"""Claims as the table that a notebook shows under a cell."""

from collections.abc import Sequence
from itertools import islice

from claims_cli.claim import Claim
from claims_cli.outputs.page.safe import on_one_line

MOST = 50
LONGEST = 300
HEADINGS = ("Speaker", "Cue", "What was said", "Type", "Where", "Confidence")


def table(claims: Sequence[Claim]) -> str:
    """The first claims as HTML; nothing of a document is markup in it."""
    from markupsafe import Markup

    head = Markup("").join(Markup("<th>{}</th>").format(name) for name in HEADINGS)
    rows = Markup("\n").join(map(row, islice(claims, MOST)))
    further = len(claims) - MOST
    left = f"; the first {MOST} are shown" if further > 0 else ""
    count = f"{len(claims):,} claim{'' if len(claims) == 1 else 's'}{left}"
    return str(
        Markup("<table>\n<caption>{}</caption>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table>").format(
            count, head, rows
        )
    )


def row(claim: Claim) -> str:
    """One claim."""
    from markupsafe import Markup

    speaker = claim.speaker or "(nobody named)"
    place = f"{claim.doc}:{claim.line}" if claim.line else claim.doc
    cue = claim.cue.text if claim.cue else ""
    values = (speaker, cue, claim.content.text, claim.type, place, f"{claim.confidence:.2f}")
    cells = Markup("").join(Markup('<td style="text-align:left">{}</td>').format(shortened(value)) for value in values)
    return Markup("<tr>{}</tr>").format(cells)


def shortened(text: str) -> str:
    """A text on one line, a long one cut."""
    line = on_one_line(text)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"

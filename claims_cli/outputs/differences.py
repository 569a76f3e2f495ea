"""What two runs differ in, as a table, CSV, TSV, Markdown, JSON or JSON Lines."""

from collections.abc import Iterable
from dataclasses import asdict, astuple, fields
from itertools import groupby
from typing import TYPE_CHECKING, Any, TextIO

from claims_cli.claim import Claim
from claims_cli.codec import Cell
from claims_cli.outputs.escapes import clean
from claims_cli.outputs.layout import Layout
from claims_cli.outputs.listing import write_rows
from claims_cli.outputs.tables import Rows, writers

if TYPE_CHECKING:
    from rich.table import Table

    from claims_cli.across.differences import Count, Difference

HEADINGS = ("Change", "Speaker", "What was said", "What changed", "Where")
SIGNS = {"new": ("+", "green"), "gone": ("-", "red"), "changed": ("~", "yellow")}
LINE, LONGEST = 5, 160
COLUMNS = (
    "change", "doc", "line", "speaker", "speaker_before", "content", "fields", "before", "after", "rule", "rule_before",
    "id", "id_before",
)  # fmt: skip


def write_table(found: Iterable["Difference"], stream: TextIO, layout: Layout) -> None:
    """For reading: under the name of each document on a terminal, tab-separated when piped."""
    if not stream.isatty():
        rows = ((one.kind, name_of(one.claim), one.claim.content.text, told(one), place(one.claim)) for one in found)
        write_rows(HEADINGS, rows, stream)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, highlight=False)
    for document, members in groupby(found, key=lambda one: one.claim.doc):
        console.print(Text(clean(document), style="bold"))
        console.print(drawn(members))


def drawn(found: Iterable["Difference"]) -> "Table":
    """Differences of one document: line, sign, speaker and words, below them each field before and after."""
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(justify="right", style="dim", min_width=LINE)
    for _ in range(2):
        table.add_column(overflow="fold")
    for one in found:
        sign, style = SIGNS[one.kind]
        said = Text.assemble((clean(name_of(one.claim)), "bold"), ": ", short(one.claim.content.text))
        table.add_row(str(one.claim.line or ""), Text(sign, style=f"bold {style}"), said)
        for field in one.fields:
            before, after = (short(value) or "(none)" for value in one.told(field))
            table.add_row("", "", Text.assemble((f"  {field} ", "dim"), before, (" → ", style), after))
    return table


def short(text: str) -> str:
    """Words on one line, long ones cut in the middle, so that both their ends can be compared."""
    line = clean(text)
    return line if len(line) <= LONGEST else f"{line[: LONGEST // 2]} … {line[-LONGEST // 2 :]}"


def name_of(claim: Claim) -> str:
    """Who said it."""
    return claim.speaker or "(nobody named)"


def told(one: "Difference") -> str:
    """What changed, each field with its value before and after; of what is new or gone the rule."""
    if one.kind != "changed":
        return f"rule {one.claim.rule}"
    values = ((field, *one.told(field)) for field in one.fields)
    return "; ".join(f"{field}: {before or '(none)'} → {after or '(none)'}" for field, before, after in values)


def place(claim: Claim) -> str:
    """The document and the line."""
    return f"{claim.doc}:{claim.line}" if claim.line else claim.doc


def record(one: "Difference") -> dict[str, Any]:
    """A difference as an object."""
    before, after = one.before, one.after
    values = {field: one.told(field) for field in one.fields}
    return {
        "change": one.kind,
        "doc": one.claim.doc,
        "line": one.claim.line,
        "speaker": after.speaker if after else None,
        "speaker_before": before.speaker if before else None,
        "content": one.claim.content.text,
        "fields": list(one.fields),
        "before": {field: value[0] for field, value in values.items()},
        "after": {field: value[1] for field, value in values.items()},
        "rule": after.rule if after else None,
        "rule_before": before.rule if before else None,
        "id": after.id if after else None,
        "id_before": before.id if before else None,
    }


def cells(one: "Difference") -> list[Cell]:
    """Its cells for a spreadsheet: lists joined by semicolons."""
    values = record(one)
    values["fields"] = "; ".join(values["fields"])
    for name in ("before", "after"):
        values[name] = "; ".join(f"{field}: {value}" for field, value in values[name].items())
    return [values[column] for column in COLUMNS]


def rows_of(found: list["Difference"], layout: Layout) -> Rows:
    """Differences as rows and as objects."""
    return Rows(COLUMNS, map(cells, found), map(record, found))


def write_counts(found: list["Count"], stream: TextIO, layout: Layout) -> None:
    """Totals for reading."""
    headings = ("Name", "Before", "After", "New", "Gone", "Changed")
    write_rows(headings, [tuple(map(str, (row.name or "(none)", *astuple(row)[1:]))) for row in found], stream)


def count_rows(found: list["Count"], layout: Layout) -> Rows:
    """Totals as rows and as objects."""
    columns = [field.name for field in fields(found[0])] if found else []
    return Rows(columns, map(astuple, found), map(asdict, found))


WRITERS = {"table": write_table, **writers(rows_of)}
COUNT_WRITERS = {"table": write_counts, **writers(count_rows)}

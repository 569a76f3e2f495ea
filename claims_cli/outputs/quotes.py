"""Statements that recur across documents, their versions side by side: a table, CSV, TSV, Markdown or JSON."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TextIO

from claims_cli.codec import Cell
from claims_cli.outputs.drawn import NARROW, SHORT_ID, Column, broken, widths
from claims_cli.outputs.escapes import clean, spelled
from claims_cli.outputs.layout import Layout
from claims_cli.outputs.table import line_of
from claims_cli.outputs.tables import Rows, writers

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from claims_cli.across.changes import Change
    from claims_cli.across.quotes import Quotation, Version

NOBODY = "(nobody named)"
UNDATED = "no date"
DOT = " · "
ARROW = " → "
HEADINGS = ("Statement", "Kind", "Changed", "Speaker", "Version", "Outlet", "Date", "First", "Wire", "Where", "ID")
COLUMNS = (
    *("statement", "kind", "alters", "added", "cut", "altered", "speaker", "named", "speaker_id", "content", "quote"),
    *("outlet", "date", "first", "wire", "copy_of", "doc", "line", "id"),
    *("versions", "outlets", "first_date", "speakers"),  # of the statement, on each of its rows
)
STYLES = {"verbatim": "green", "altered": "bold red"}


def to_json(number: int, one: "Quotation") -> dict[str, Any]:
    """A statement as an object, its versions in a list."""
    return {
        "statement": number,
        "speakers": list(one.names),
        "outlets": list(one.outlets),
        "documents": len(one.documents),
        "first_date": one.first_date,
        "undated": one.undated,
        "unnamed": one.nobody,
        "alters": list(one.alters),
        "wire_copies": one.copied,
        "versions": [version_to_json(version) for version in one.versions],
    }


def version_to_json(version: "Version") -> dict[str, Any]:
    """A version as an object."""
    claim, difference = version.claim, version.difference
    return {
        "kind": difference.kind,
        "alters": list(difference.alters),
        "added": list(difference.added),
        "cut": list(difference.cut),
        "altered": [{"before": before, "now": now} for before, now in difference.altered],
        "speaker": claim.speaker,
        "named": claim.named,
        "speaker_id": claim.speaker_id,
        "content": claim.content.text,
        "quote": claim.quote,
        "outlet": claim.outlet,
        "date": claim.date,
        "first": version.is_first,
        "wire": version.wire,
        "copy_of": version.copy_of,
        "doc": claim.doc,
        "line": claim.line,
        "id": claim.id,
    }


def cells(number: int, one: "Quotation", version: "Version") -> list[Cell]:
    """A version's cells for a spreadsheet: lists joined by semicolons, what holds for the statement behind them."""
    told = {
        **version_to_json(version),
        "statement": number,
        "versions": len(one.versions),
        "first_date": one.first_date,
    }
    told |= {"outlets": len(one.outlets), "speakers": "; ".join(one.names)}
    told |= {name: "; ".join(told[name]) for name in ("alters", "added", "cut")}
    told["altered"] = "; ".join(f"{before}{ARROW}{now}" for before, now in version.difference.altered)
    return [told[name] for name in COLUMNS]


def rows_of(found: Iterable["Quotation"], layout: Layout) -> Rows:
    """Statements: a row each version, an object each statement."""
    numbered = list(enumerate(found, 1))
    rows = (cells(number, one, version) for number, one in numbered for version in one.versions)
    return Rows(COLUMNS, rows, (to_json(number, one) for number, one in numbered))


def write_table(found: Iterable["Quotation"], stream: TextIO, layout: Layout) -> None:
    """For reading: each statement with its versions on a terminal, a row each version with tabs when piped."""
    if not stream.isatty():
        stream.write("\t".join(HEADINGS) + "\n")
        for number, one in enumerate(found, 1):
            for version in one.versions:
                stream.write("\t".join(map(clean, piped(number, version))) + "\n")
        return
    from rich.console import Console

    console = Console(file=stream, highlight=False)
    for number, one in enumerate(found, 1):
        for part in drawn(number, one, console.width):
            console.print(part)


def piped(number: int, version: "Version") -> tuple[str, ...]:
    """A version on one line."""
    claim = version.claim
    return (
        str(number), version.difference.kind, changed(version), claim.speaker or NOBODY, claim.content.text,
        claim.outlet or "", claim.date or "", "first" if version.is_first else "", wired(version), place(version),
        claim.id,
    )  # fmt: skip


def changed(version: "Version") -> str:
    """What was changed against the first version, in words; nothing where nothing was."""
    parts = [worded(change) for change in version.difference.changes]
    if "speaker" in version.difference.alters:
        parts.append("said by another speaker than the first")
    return "; ".join(parts)


def worded(change: "Change") -> str:
    """One change in words."""
    if change.spelled:
        return f"spelled “{change.before}”{ARROW}“{change.now}”"
    if not change.before:
        what = f"added “{change.now}”"
    elif not change.now:
        what = f"cut “{change.before}”"
    else:
        what = f"“{change.before}”{ARROW}“{change.now}”"
    return f"{what} ({', '.join(change.alters)})" if change.alters else what


def wired(version: "Version") -> str:
    """Whether a version came with wire copy, in words."""
    parts = [f"wire: {version.wire}"] if version.wire else []
    parts += [f"nearly the same article as {spelled(version.copy_of)}"] if version.copy_of else []
    return "; ".join(parts)


def place(version: "Version") -> str:
    """File and line."""
    return f"{spelled(version.claim.doc)}:{line_of(version.claim)}"


def summary(one: "Quotation") -> list[str]:
    """What is told of a statement in one line: how often, where first, and what is doubtful."""
    parts = [f"{len(one.versions)} versions in {counted(len(one.documents), 'document')}"]
    parts += [counted(len(one.outlets), "outlet")] if one.outlets else []
    if one.first_date:
        same_day = sum(version.is_first for version in one.versions)
        where = f" in {clean(one.first.claim.outlet)}" if one.first.claim.outlet and same_day == 1 else ""
        parts.append(f"first {clean(one.first_date)}{where}{f' ({same_day} that day)' if same_day > 1 else ''}")
    parts += [f"{one.undated} without a date, listed last"] if one.undated and one.first_date else []
    parts += ["no dates: which is first is not known"] if not one.first_date else []
    parts += [f"{one.copied} with wire copy"] if one.copied else []
    parts += [f"{one.nobody} without a name"] if one.nobody and one.names else []
    return parts


def counted(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number} {noun}{'s' * (number != 1)}"


def drawn(number: int, one: "Quotation", width: int) -> Iterator["RenderableType"]:
    """A statement on a terminal: a heading, then its versions in columns, or one below the other."""
    from rich.text import Text

    who = clean(" / ".join(one.names)) or NOBODY
    alters = f"{DOT}altered: {', '.join(one.alters)}" if one.alters else ""
    yield Text.assemble((f"{number}  {who}", "bold"), (alters, STYLES["altered"]))
    yield Text(DOT.join(summary(one)), "dim")
    yield from columns(one, width) if width >= NARROW else cards(one)
    yield Text()


def columns(one: "Quotation", width: int) -> Iterator["RenderableType"]:
    """The versions of a statement side by side with when, where and by whom."""
    from rich.table import Table
    from rich.text import Text

    made = [
        Column("", [Text(when(version), "dim") for version in one.versions]),
        Column("", [Text(clean(version.claim.outlet)) for version in one.versions], 2),
        Column("", [Text(speaker(version), "bold") for version in one.versions], 2),
        Column("", [statement(version, version is one.first) for version in one.versions], 7),
    ]
    made = [column for column in made if any(cell.plain for cell in column.cells)]
    measures = widths(made, width)
    table = Table.grid(padding=(0, 2, 0, 0))
    for measure in measures:
        table.add_column(width=measure, overflow="fold")
    for row in zip(*(column.cells for column in made), strict=True):
        table.add_row(*map(broken, row, measures))
    yield table


def cards(one: "Quotation") -> Iterator["RenderableType"]:
    """The versions of a statement one below the other."""
    from rich.text import Text

    for version in one.versions:
        told = [when(version), clean(version.claim.outlet), speaker(version)]
        yield Text("\n").join([Text(DOT.join(filter(None, told)), "bold"), statement(version, version is one.first)])


def when(version: "Version") -> str:
    """The day of a version, in ten characters."""
    return clean(version.claim.date)[:10] if version.claim.date else UNDATED


def speaker(version: "Version") -> str:
    """Who a version says it is by."""
    claim = version.claim
    return clean(claim.speaker) + ("" if claim.named else " (unnamed)") if claim.speaker else NOBODY


def kind(version: "Version", is_compared: bool) -> str:
    """How a version differs, or that it is the one that others are compared with."""
    if is_compared:
        return "first" if version.is_first else "compared with this"
    return f"first that day too, {version.difference.kind}" if version.is_first else version.difference.kind


def statement(version: "Version", is_compared: bool) -> "Text":
    """The words of a version, and below what was changed and where it stands."""
    from rich.text import Text

    about = [Text(kind(version, is_compared), STYLES.get(version.difference.kind, "yellow"))]
    about += [Text(clean(changed(version)))] if changed(version) else []
    about += [Text(wired(version), "magenta")] if wired(version) else []
    about += [Text(place(version), "dim"), Text(version.claim.id[:SHORT_ID], "dim")]
    return Text("\n").join([Text(clean(version.claim.content.text)), Text(DOT).join(about)])


WRITERS = {"table": write_table, **writers(rows_of)}

"""Counts of claims as tables with bars, CSV, TSV, Markdown, JSON or JSON Lines."""

from collections.abc import Callable
from dataclasses import asdict, astuple, fields
from itertools import groupby
from typing import IO, TYPE_CHECKING, Any

from claims_cli.outputs.escapes import clean
from claims_cli.outputs.layout import Layout
from claims_cli.outputs.people import PREFIX
from claims_cli.outputs.tables import Rows, text_of, writers

if TYPE_CHECKING:
    from rich.console import JustifyMethod
    from rich.table import Table

EIGHTHS = " ▏▎▍▌▋▊▉█"
BAR = 16
NARROW_BAR = 8
NARROW = 100
NAME = 17
ALL = "all"
NAMING_TOLD = ("naming", "together")  # sections in which all are named, or are told apart by that
TITLES = {
    "speaker": "Who speaks most",
    "quotation": "In whose words",
    "naming": "Named and unnamed",
    "kind of speaker": "Who they are",
    "type": "What is done",
    "role": "In what role",
    "pronoun": "Taken up as",
    "outlet": "By outlet",
    "author": "By author",
    "section": "By section",
    "month": "Over time",
    "together": "Quoted together",
}


def bar(share: float, width: int) -> str:
    """A bar of eighths of characters, for a share of the longest."""
    eighths = max(1, round(share * width * 8)) if share > 0 else 0
    return "█" * (eighths // 8) + (EIGHTHS[eighths % 8] if eighths % 8 else "")


def cells(row: Any) -> list[str]:
    """A row's cells, in the order of its fields."""
    return [text_of(value) for value in astuple(row)]


def names(rows: list) -> list[str]:
    """The names of the columns; none where there are no rows."""
    return [field.name for field in fields(rows[0])] if rows else []


def write_table(rows: list, stream: IO[str], layout: Layout) -> None:
    """For reading: a table with bars for each section on a terminal, one of all rows with tabs when piped."""
    if not stream.isatty():
        for row in [names(rows), *map(cells, rows)] if rows else []:
            stream.write("\t".join(map(clean, row)) + "\n")
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, highlight=False)
    width = BAR if console.width >= NARROW else NARROW_BAR
    for section, members in groupby(rows, key=lambda row: row.section):
        if section == ALL:
            console.print(Text(summary(next(members))))
        else:
            console.print(drawn(title(section), list(members), width))


def title(section: str) -> str:
    """What stands above a section; above one by a column of the sheet of people the name of that."""
    return TITLES.get(section) or f"By {clean(section.removeprefix(PREFIX))}"


def summary(row: Any) -> str:
    """All claims in one line."""
    told = f"{row.claims:,} claims of {row.words:,} words in {row.documents:,} documents"
    return f"{told}; right: {found_right(row)}" if row.right is not None else told


def found_right(row: Any) -> str:
    """The share of right ones among the claims that were marked, with its interval; nothing where too few were."""
    if row.right is None:
        return ""
    return f"{row.right:.0%} ({100 * row.right_from:.0f}–{100 * row.right_to:.0f}) of {row.marked:,}"


def drawn(title: str, rows: list, width: int) -> "Table":
    """One section with rich."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    has_kinds = any(row.kind for row in rows)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(title, overflow="fold", style="bold" if has_kinds else "", min_width=NAME)
    if has_kinds:
        table.add_column("Kind", style="dim", no_wrap=True)
    shown = numbers(rows, width, has_kinds)
    for heading in shown:
        style, least = ("", None) if heading else ("cyan", width)
        justify: JustifyMethod = "right" if heading else "left"
        table.add_column(heading, style=style, justify=justify, no_wrap=True, min_width=least)
    for row in rows:
        kind = [row.kind] if has_kinds else []
        table.add_row(*map(Text, [named(row), *kind, *(cell(row) for cell in shown.values())]))
    return table


def numbers(rows: list, width: int, has_kinds: bool) -> dict[str, Callable[[Any], str]]:
    """By their headings the columns behind a name, each with what makes a cell; that of the bar has none.

    Where there is no room for what was found right, it goes before the bar and how much is quoted.
    """
    most = max(row.claims for row in rows)
    found: dict[str, Callable[[Any], str]] = {
        "Claims": lambda row: f"{row.claims:,}",
        "": lambda row: bar(row.claims / most, width),
        "Words": lambda row: f"{row.words:,}",
        "Docs": lambda row: f"{row.documents:,}",
        "Quoted": lambda row: f"{(row.direct + row.mixed) / row.claims:.0%}",
        "Unnamed": lambda row: f"{row.unnamed / row.claims:.0%}",
        "Right": found_right,
    }
    is_judged = any(row.right is not None for row in rows)
    left_out = {"Unnamed": has_kinds or rows[0].section in NAMING_TOLD, "Right": not is_judged}
    if is_judged and width < BAR:
        left_out |= {"": True, "Quoted": True}
    return {heading: cell for heading, cell in found.items() if not left_out.get(heading)}


def named(row: Any) -> str:
    """A row's name on a terminal: classes of roles in words."""
    return clean(row.name).replace("_", " ") if row.section == "role" else clean(row.name)


def rows_of(rows: list, layout: Layout) -> Rows:
    """Counts as rows and as objects."""
    return Rows(names(rows), map(astuple, rows), map(asdict, rows))


WRITERS = {"table": write_table, **writers(rows_of)}

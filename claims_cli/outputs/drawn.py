"""Claims drawn for a terminal: a table under the name of each file, and cards where there is no room for columns."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, TextIO

from claims_cli.claim import INFERRED

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

NARROW = 72  # below that cards
GAP = 2
WORD = re.compile(r"\S+")
PIECE = re.compile(r"[^-/]+[-/]*|[-/]+")
SHORT_ID = 8


class Row(NamedTuple):
    """What is shown of a claim, each part of one line.

    Attributes:
        doc: the document; place: the line in it, and the page.
        relayed: the voices between; known: how the speaker is known.
        id, judged: of a claim from a store, and what people made of it; nothing otherwise.
    """

    doc: str
    place: str
    speaker: str
    cue: str
    statement: str
    relayed: str
    known: str
    id: str = ""
    judged: str = ""


class Column(NamedTuple):
    """A column: its cells, and its share of the width, none where it has the width of its longest cell."""

    heading: str
    cells: Sequence["Text"]
    share: int = 0


def draw(rows: list[Row], stream: TextIO, kept: bool) -> None:
    """Draw claims on a terminal, those of a store otherwise than those of a run."""
    from rich.console import Console

    console = Console(file=stream, highlight=False)
    if console.width < NARROW:
        parts = cards(rows)
    else:
        parts = table(rows, kept_columns(rows) if kept else columns(rows), console.width)
    for part in parts:
        console.print(part)


def columns(rows: list[Row]) -> list[Column]:
    """The columns of claims that were extracted; voices have one where there are any."""
    from rich.text import Text

    def styled(words: list[str], style: str) -> list[Text]:
        return [Text(cell, style) for cell in words]

    made = [
        Column("Speaker", list(map(speaker, rows)), 3),
        Column("Cue", styled([row.cue for row in rows], "cyan"), 2),
        Column("Statement", styled([row.statement for row in rows], ""), 8),
        Column("Via / citing", styled([row.relayed for row in rows], "magenta"), 3),
        Column("Line", styled([row.place for row in rows], "dim")),
    ]
    return [column for column in made if any(cell.plain for cell in column.cells)]


def kept_columns(rows: list[Row]) -> list[Column]:
    """Those of claims from a store: under each statement its cue, voices and line, and what people made of it."""
    from rich.text import Text

    statements = [Text("\n").join([Text(row.statement), *about(row)]) for row in rows]
    return [
        Column("ID", [Text(row.id[:SHORT_ID], "dim") for row in rows]),
        Column("Speaker", list(map(speaker, rows)), 2),
        Column("Statement", statements, 7),
    ]


def cards(rows: list[Row]) -> Iterator["RenderableType"]:
    """A card a claim: the speaker, the statement, and below the rest."""
    from rich.text import Text

    for doc, group in groupby(rows, lambda row: row.doc):
        yield heading(doc)
        for row in group:
            above = Text.assemble((row.speaker, "bold"), (f"  {row.id[:SHORT_ID]}" if row.id else "", "dim"))
            yield Text("\n").join([above, Text(row.statement), *about(row, basis(row)), Text()])


def about(row: Row, basis: str = "") -> list["Text"]:
    """What stands under a statement: cue, voices, line and how the speaker is known, then what people made of it."""
    from rich.text import Text

    under = [(row.cue, "cyan"), (row.relayed, "magenta"), (f"line {row.place}", "dim"), (basis, "dim")]
    told = Text(" · ", "dim").join(Text(words, style) for words, style in under if words)
    return [told, *([Text(row.judged, "yellow")] if row.judged else [])]


def speaker(row: Row) -> "Text":
    """A speaker, and below how he or she was found where the text does not name them beside the cue."""
    from rich.text import Text

    known = basis(row)
    return Text.assemble((row.speaker, "bold"), (f"\n{known}" if known else "", "dim"))


def basis(row: Row) -> str:
    """How the speaker was found, where the text does not name him or her beside the cue."""
    return row.known if row.known.partition(" ")[0] in INFERRED else ""


def heading(doc: str) -> "Text":
    """The name of a file above its claims."""
    from rich.text import Text

    return Text(doc, "dim underline")


def table(rows: list[Row], columns: list[Column], width: int) -> Iterator["RenderableType"]:
    """The headings, then under each file's name its claims; every part has the same widths."""
    from rich.table import Table
    from rich.text import Text

    measures = widths(columns, width)

    def grid(lines: Sequence[Sequence[Text]]) -> Table:
        made = Table.grid(padding=(0, GAP, 0, 0))
        for measure in measures:
            made.add_column(width=measure, overflow="fold")
        for line in lines:
            made.add_row(*map(broken, line, measures))
        return made

    yield grid([[Text(column.heading, "bold") for column in columns]])
    yield Text("─" * (sum(measures) + GAP * (len(measures) - 1)))
    for doc, group in groupby(range(len(rows)), lambda place: rows[place].doc):
        yield heading(doc)
        yield grid([[column.cells[place] for column in columns] for place in group])
        yield Text()


def broken(text: "Text", width: int) -> "Text":
    """A cell whose words that are longer than the column go on behind their hyphens and slashes."""
    from rich.text import Text

    cuts: list[int] = []
    for word in WORD.finditer(text.plain):
        begin, last = word.start(), 0
        for piece in PIECE.finditer(text.plain, word.start(), word.end()):
            if piece.end() - begin > width and last > begin:
                cuts.append(last)
                begin = last
            last = piece.end()
    return Text("\n").join(text.divide(cuts)) if cuts else text


def widths(columns: list[Column], width: int) -> list[int]:
    """The widths of columns in a terminal: their shares, room for their longest word, no more than they need."""
    needs = [max(cell_lengths(column, "\n")) for column in columns]
    free = width - GAP * (len(columns) - 1)
    free -= sum(need for need, column in zip(needs, columns, strict=True) if not column.share)
    shares = sum(column.share for column in columns)
    main = max(range(len(columns)), key=lambda place: columns[place].share)
    longest = free // 4  # a longer word may be cut, so that statements have room
    found = []
    for need, column in zip(needs, columns, strict=True):
        word = min(longest, max(cell_lengths(column, None)))
        found.append(min(need, max(word, free * column.share // shares)) if column.share else need)
    found[main] = free - sum(measure for place, measure in enumerate(found) if columns[place].share and place != main)
    return found


def cell_lengths(column: Column, separator: str | None) -> Iterator[int]:
    """The widths of the parts of a column's cells, its heading among them; None parts them into words."""
    from rich.cells import cell_len

    for text in (column.heading, *(cell.plain for cell in column.cells)):
        yield from (cell_len(part) for part in text.split(separator))

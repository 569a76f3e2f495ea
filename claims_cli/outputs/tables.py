"""Rows as CSV, TSV, Markdown, JSON Lines and one JSON list: a writer a format, whatever the rows are of."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import IO, Any, TextIO

from claims_cli.codec import ENCODE, Cell
from claims_cli.inputs.own import COMMENT
from claims_cli.outputs.columns import LINK
from claims_cli.outputs.escapes import ESCAPED, restored, visible
from claims_cli.outputs.layout import Layout

EMPTY = '""'  # a row of one cell with nothing in it is no empty line
DANGEROUS = frozenset("=+-@\t\r\n＝＋－＠")
# where semicolons part cells, those and line ends inside a cell begin a new one (OWASP, CSV injection)
WITHIN = re.compile(r"[;\r\n](?=[=+\-@＝＋－＠])")
DEFUSED = re.compile(r"(?:(?<=[;\r\n])|^)'(?=[=+\-@＝＋－＠\t\r\n])")
MARK_UP = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_{}[]<>|~&#$@"})
WWW = re.compile(r"(www)\.", re.IGNORECASE)


@dataclass(frozen=True)
class Rows:
    """What is to be written: cells for formats with columns, objects for JSON; only one of the two is read.

    Attributes:
        columns: the names of the columns; where there are none, nothing is written.
        cells: those of each row, in the order of the columns.
        records: each row as an object.
    """

    columns: Sequence[str]
    cells: Iterable[Sequence[Cell]]
    records: Iterable[dict[str, Any]]


def writers(rows_of: Callable[[Any, Layout], Rows]) -> dict[str, Callable[..., None]]:
    """By the name of each format, what writes things to a stream in some layout; `rows_of` makes rows of them."""

    def write(writer: Callable[[Rows, TextIO, Layout], None], things: Any, stream: TextIO, layout: Layout) -> None:
        writer(rows_of(things, layout), stream, layout)

    return {name: partial(write, writer) for name, writer in WRITERS.items()}


def text_of(value: Cell) -> str:
    """A cell as text: nothing for None, `true` and `false`."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def write_delimited(delimiter: str, rows: Rows, stream: IO[str], layout: Layout) -> None:
    """A header, then a row each, as RFC 4180 has them but for its line ends; dangerous cells are defused."""
    if rows.columns:
        stream.write(line([delimited(column, layout.raw) for column in rows.columns], delimiter))
    for row in rows.cells:
        stream.write(line([delimited(value, layout.raw) for value in row], delimiter))


def delimited(value: Cell, raw: bool) -> str:
    """A cell's text, an apostrophe before what a spreadsheet took for a formula, escapes for what a terminal obeys."""
    if not isinstance(value, str):
        return text_of(value)
    if raw:
        return value
    text = f"'{value}" if value[:1] in DANGEROUS else value
    return WITHIN.sub(r"\g<0>'", visible(text))


def undelimited(cell: str) -> str:
    """The text of which `delimited` made a cell."""
    return restored(DEFUSED.sub("", cell))


def line(cells: Iterable[str], delimiter: str) -> str:
    """One row, its end a plain line feed.

    Python's own writer takes 1.3 times as long for claims, and before 3.13 quotes no carriage return where rows end so.
    """
    return (delimiter.join([quoted(cell, delimiter) for cell in cells]) or EMPTY) + "\n"


def quoted(cell: str, delimiter: str) -> str:
    """A cell in quotation marks, those in it doubled, where it would not be read as it is."""
    if delimiter in cell or '"' in cell or "\n" in cell or "\r" in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def write_markdown(rows: Rows, stream: TextIO, layout: Layout) -> None:
    """A table in GitHub's flavour: white space collapsed, every mark-up character escaped."""
    stream.write(COMMENT)
    if rows.columns:
        stream.write(markdown_line([escaped(column, layout.raw) for column in rows.columns]))
        stream.write(markdown_line(["---"] * len(rows.columns)))
    for row in rows.cells:
        cells = zip(rows.columns, map(text_of, row), strict=True)
        stream.write(markdown_line([markdown_cell(column, text, layout.raw) for column, text in cells]))


def markdown_cell(column: str, text: str, raw: bool = False) -> str:
    """A cell; the link to the words is made to be followed, and holds no character that means something here."""
    return f"<{text}>" if column == LINK and text else escaped(text, raw)


def escaped(text: str, raw: bool = False) -> str:
    """Text that Markdown shows as it is; what would become a link of itself stays text."""
    words = " ".join(text.split())
    shown = (words if raw else visible(words)).translate(MARK_UP).replace("://", "\\://")
    return WWW.sub(r"\1\\.", shown) if "www." in shown.lower() else shown


def markdown_line(cells: list[str]) -> str:
    """One row."""
    return f"| {' | '.join(cells)} |\n"


def write_json_lines(rows: Rows, stream: TextIO, layout: Layout) -> None:
    """One object a line."""
    for record in rows.records:
        stream.write(encoded(record) + "\n")


def write_json(rows: Rows, stream: TextIO, layout: Layout) -> None:
    """One list, an object a line."""
    opening = "[\n"
    for record in rows.records:
        stream.write(opening + encoded(record))
        opening = ",\n"
    stream.write("[]\n" if opening == "[\n" else "\n]\n")


def encoded(record: dict[str, Any]) -> str:
    """An object as JSON: control characters and marks of direction as escapes, which a reader of JSON turns back."""
    text = ENCODE(record)
    return text if text.isprintable() else text.translate(ESCAPED)


WRITERS: dict[str, Callable[[Rows, TextIO, Layout], None]] = {
    "csv": partial(write_delimited, ","),
    "tsv": partial(write_delimited, "\t"),
    "md": write_markdown,
    "json": write_json,
    "jsonl": write_json_lines,
}

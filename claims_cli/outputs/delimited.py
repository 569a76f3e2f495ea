"""Claims as CSV and TSV: dangerous cells defused, every other cell what it was."""

from collections.abc import Iterable
from typing import TextIO

from claims_cli.claim import Claim
from claims_cli.outputs.columns import Cell, row
from claims_cli.outputs.layout import Layout

EMPTY = '""'  # a row of one cell with nothing in it is no empty line
DANGEROUS = frozenset("=+-@\t\r")


def text_of(value: Cell) -> str:
    """A cell as text: nothing for None, `true` and `false`."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def defused(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before it (OWASP, CSV injection)."""
    return f"'{cell}" if cell[:1] in DANGEROUS else cell


def write_csv(claims: Iterable[Claim], stream: TextIO, layout: Layout) -> None:
    """Commas between the cells (RFC 4180, but for its line ends)."""
    write(claims, stream, layout, ",")


def write_tsv(claims: Iterable[Claim], stream: TextIO, layout: Layout) -> None:
    """Tabs between the cells, quoted as in CSV."""
    write(claims, stream, layout, "\t")


def write(claims: Iterable[Claim], stream: TextIO, layout: Layout, delimiter: str) -> None:
    """A header, then a row a claim."""
    stream.write(line(layout.columns, delimiter))
    for claim in claims:
        cells = [cell(value, delimiter, layout.raw) for value in row(claim, layout.columns)]
        stream.write((delimiter.join(cells) or EMPTY) + "\n")


def cell(value: Cell, delimiter: str, raw: bool) -> str:
    """A cell as it is written; one function, for it is what writing many claims does most."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return text_of(value)
    return quoted(value if raw else defused(value), delimiter)


def line(cells: Iterable[str], delimiter: str) -> str:
    """One row, its end a plain line feed. Python's own writer looks for its line end at every character, for longer."""
    text = delimiter.join([quoted(cell, delimiter) for cell in cells])
    return (text or EMPTY) + "\n"


def quoted(cell: str, delimiter: str) -> str:
    """A cell in quotation marks, those in it doubled, where it would not be read as it is."""
    if delimiter in cell or '"' in cell or "\n" in cell or "\r" in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell

"""Sheets of a sample as CSV, TSV or Excel: the key with all that is known, and blind ones for coders to fill in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from claims_cli.codec import Cell
from claims_cli.errors import InputError, UsageError
from claims_cli.formats import packages, plain
from claims_cli.formats.delimited import delimiter_of, records
from claims_cli.formats.workbook import rows_of
from claims_cli.inputs.sources import Input, data_of
from claims_cli.outputs.files import whole_file
from claims_cli.outputs.layout import Layout
from claims_cli.outputs.tables import Rows, undelimited, write_delimited
from claims_cli.outputs.workbook import Sheet
from claims_cli.sampling.draw import Unit

DELIMITERS = {".csv": ",", ".tsv": "\t"}
WORKBOOK = ".xlsx"
SUFFIXES = (*DELIMITERS, WORKBOOK)
FILLED = ("claim", "speaker_right", "content_right", "type", "missed", "quote", "naming", "note")  # by coders
SHOWN = ("id", "unit", "context", "sentence", "speaker", "cue", "content", "also_found")  # what coders see
DECIDED = "decided"
REMEDY = "claims sample STORE -o FILE.csv writes one"
Record = dict[str, str]


@dataclass(frozen=True)
class Table:
    """Rows of a sheet: the names of its columns, and each row by them, with its number as a spreadsheet counts."""

    path: Path
    columns: tuple[str, ...]
    rows: tuple[tuple[int, Record], ...]


def checked(path: Path) -> Path:
    """A path whose suffix is that of a sheet.

    Raises:
        UsageError: it is not.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(f"{path} is no name for a sheet", f"one of {', '.join(SUFFIXES)} is its suffix")
    return path


def write_key(path: Path, units: Sequence[Unit]) -> None:
    """Write all that is known of a sample, with empty columns for verdicts.

    Raises:
        OutputError: it cannot be written.
    """
    known = [field.name for field in fields(Unit)]
    write(path, (*known, *FILLED), ([*(getattr(unit, name) for name in known), *blanks()] for unit in units))


def write_blind(path: Path, units: Sequence[Unit], order: str) -> None:
    """Write what a coder sees, in an order of its own: neither how sure the tool is, nor by which rule it found it.

    Raises:
        OutputError: it cannot be written.
    """
    shuffled = list(units)
    Random(order).shuffle(shuffled)
    write(path, (*SHOWN, *FILLED), ([*(getattr(unit, name) for name in SHOWN), *blanks()] for unit in shuffled))


def blanks() -> list[str]:
    """Empty cells for verdicts."""
    return [""] * len(FILLED)


def coder_path(key: Path, coder: str) -> Path:
    """The file of a coder's sheet: beside the key, its letter behind the name."""
    return key.with_name(f"{key.stem}-{coder}{key.suffix}")


def write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a sheet whole or not at all; cells that a spreadsheet took for formulas are defused.

    Raises:
        OutputError: it cannot be written.
    """
    if path.suffix.lower() == WORKBOOK:
        with whole_file(path, "wb") as stream:
            stream.write(workbook(columns, rows))
        return
    with whole_file(path, encoding="utf-8-sig", newline="") as stream:
        write_delimited(DELIMITERS[path.suffix.lower()], Rows(columns, rows, ()), stream, Layout())


def workbook(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A workbook of one sheet."""
    import xlsxwriter

    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True})
    sheet = Sheet(book, list(columns))
    for row in rows:
        sheet.add(list(row))
    sheet.end()
    book.close()
    return buffer.getvalue()


def read(path: Path, needed: Iterable[str] = ("id",)) -> Table:
    """Read a sheet.

    Raises:
        UsageError: it cannot be read, or lacks columns that are needed.
    """
    checked(path)
    try:
        lines = list(cells_of(path))
    except InputError as error:
        raise UsageError(str(error), REMEDY) from None
    filled = [(number, cells) for number, cells in lines if any(cell.strip() for cell in cells)]
    columns = tuple(cell.strip() for cell in filled[0][1]) if filled else ()
    if lacking := [name for name in needed if name not in columns]:
        raise UsageError(f"{path} has no column '{lacking[0]}'", REMEDY)
    rows = tuple((number, dict(zip(columns, cells, strict=False))) for number, cells in filled[1:])
    return Table(path, columns, rows)


def cells_of(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of a file, numbered as a spreadsheet counts.

    Raises:
        InputError: it cannot be read.
    """
    data = data_of(Input(str(path), path))
    if path.suffix.lower() == WORKBOOK:
        yield from enumerate(of_workbook(str(path), data), 1)
        return
    text = plain.decoded(str(path), data).text
    delimiter = "\t" if path.suffix.lower() == ".tsv" else delimiter_of(text)
    for item in records(str(path), text, delimiter):
        if isinstance(item, InputError):
            raise item
        yield item[0], [undelimited(cell) for cell in item[1]]


def of_workbook(name: str, data: bytes) -> Iterator[list[str]]:
    """The rows of the first sheet of a workbook.

    Raises:
        InputError: it is none.
    """
    import openpyxl

    packages.check(name, data)
    try:
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except Exception:  # openpyxl raises whatever a broken part of a file makes it
        raise InputError(name, "is no workbook that can be read", "save it again as .xlsx or .csv") from None
    for cells in rows_of(book.worksheets[0]):
        yield [cell_text(value) for value in cells]


def cell_text(value: Any) -> str:
    """What stands in a cell of a workbook; a whole number without the point that Excel gives it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)

"""Excel workbooks (.xlsx): the first row names the columns, each further one is a document."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats import packages, rows
from claims_cli.formats.delimited import table
from claims_cli.formats.options import FormatOptions


def read(name: str, data: bytes, options: FormatOptions) -> Iterator[Document | InputError]:
    """The documents of the first sheet that holds anything; the number of one is its row.

    Raises:
        InputError: it is no workbook that is safe to open.
    """
    import openpyxl

    packages.check(name, data)
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    filled = [sheet for sheet in book.worksheets if any(any(map(text_of, cells)) for cells in rows_of(sheet))]
    if not filled:
        raise InputError(name, "holds no rows", "check that it was saved")
    numbered = ((number, list(map(text_of, cells))) for number, cells in enumerate(rows_of(filled[0]), 1))
    note = f"only the sheet '{filled[0].title}' of {len(filled)} that hold something was read" if filled[1:] else ""
    file = Document(name, "", notes=(note,) if note else ())
    return rows.documents(file, table(name, numbered), options)


def rows_of(sheet: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of a sheet, from its first."""
    sheet.reset_dimensions()  # what the file says of its size is often wrong
    return sheet.iter_rows(min_row=1, values_only=True)


def text_of(value: Any) -> str:
    """A cell as text; dates as ISO writes them, whole numbers without a point."""
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)

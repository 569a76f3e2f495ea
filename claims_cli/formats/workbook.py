"""Excel workbooks (.xlsx): the first row names the columns, each further one is a document."""

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from functools import partial
from typing import Any

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats import packages, rows
from claims_cli.formats.delimited import table
from claims_cli.formats.notes import with_last_note
from claims_cli.formats.options import FormatOptions


def read(name: str, data: bytes, options: FormatOptions) -> Iterator[Document | InputError]:
    """The documents of all sheets that have a column of texts; a note tells which have none.

    A document is called by its row (`x.xlsx#12`), from the second sheet on by sheet and row (`x.xlsx#Sheet2#12`).

    Raises:
        InputError: it is no workbook that is safe to open, or none of its sheets can be read.
    """
    import openpyxl

    packages.check(name, data)
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    filled = [sheet for sheet in book.worksheets if any(any(map(text_of, cells)) for cells in rows_of(sheet))]
    if not filled:
        raise InputError(name, "holds no rows", "check that it was saved")
    left_out: list[InputError] = []
    told = partial(without_texts, left_out, len(filled))
    count = yield from with_last_note(of_sheets(name, filled, options, left_out), told)
    if not count:
        raise left_out[0]


def of_sheets(
    name: str, sheets: list[Any], options: FormatOptions, left_out: list[InputError]
) -> Iterator[Document | InputError]:
    """The documents of sheets; why one has none is kept in `left_out`."""
    for sheet in sheets:
        path = name if sheet is sheets[0] else f"{name}#{sheet.title}"
        numbered = ((number, list(map(text_of, cells))) for number, cells in enumerate(rows_of(sheet), 1))
        try:
            yield from rows.documents(Document(path, ""), table(path, numbered), options)
        except InputError as error:
            left_out.append(error)


def without_texts(left_out: Sequence[InputError], sheets: int) -> list[str]:
    """The note on the sheets that have no column of texts."""
    reasons = [f"{error.path}: {error.reason}" for error in left_out]
    return [f"{len(reasons)} of {sheets} sheets were not read ({'; '.join(reasons)})"] if reasons else []


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

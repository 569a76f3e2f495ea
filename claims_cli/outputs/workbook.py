"""Claims as an Excel workbook. Text is always written as text, so that no cell is a formula or a link."""

import io
from collections.abc import Iterable
from typing import BinaryIO

from claims_cli.claim import Claim
from claims_cli.codec import Cell
from claims_cli.outputs.columns import cells
from claims_cli.outputs.layout import Layout

MOST_ROWS = 1_048_576
LONGEST_CELL = 32_767
WIDE = {"sentence": 60, "content": 60, "speaker": 28, "source": 28, "doc": 28, "cue": 16}
NARROW = 12
CUT = " […]"


def write(claims: Iterable[Claim], stream: BinaryIO, layout: Layout) -> None:
    """One sheet, and a further one for each million rows; the header stays in view and filters."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True})
    sheet, number = None, MOST_ROWS
    for claim in claims:
        if number >= MOST_ROWS:
            sheet, number = new_sheet(book, layout.columns), 1
        for place, value in enumerate(cells(claim, layout.columns)):
            put(sheet, number, place, value)
        number += 1
    if sheet is None:
        new_sheet(book, layout.columns)
    book.close()
    stream.write(buffer.getvalue())


def new_sheet(book, columns: list[str]):
    """A sheet with its header."""
    count = len(book.worksheets())
    sheet = book.add_worksheet("claims" if not count else f"claims {count + 1}")
    wrapped, bold = book.add_format({"valign": "top", "text_wrap": True}), book.add_format({"bold": True})
    for place, column in enumerate(columns):
        sheet.set_column(place, place, WIDE.get(column, NARROW), wrapped)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, MOST_ROWS - 1, len(columns) - 1)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column, bold)
    return sheet


def put(sheet, number: int, place: int, value: Cell) -> None:
    """Write one cell by its type; text that is too long for Excel is cut, and the cut shown."""
    if isinstance(value, bool):
        sheet.write_boolean(number, place, value)
    elif isinstance(value, int | float):
        sheet.write_number(number, place, value)
    elif value is not None:
        sheet.write_string(number, place, fitting(value))


def fitting(text: str) -> str:
    """Text within Excel's longest cell, which counts in UTF-16 units."""
    if len(text) <= LONGEST_CELL // 2 or len(text.encode("utf-16-le")) // 2 <= LONGEST_CELL:
        return text
    units = text.encode("utf-16-le")[: 2 * (LONGEST_CELL - len(CUT))]
    return units.decode("utf-16-le", errors="ignore") + CUT

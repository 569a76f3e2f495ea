"""Claims as an Excel workbook. Text is always written as text, so that no cell is a formula; only `link` is a link."""

import io
from collections.abc import Iterable
from typing import Any, BinaryIO

from claims_cli.claim import Claim
from claims_cli.codec import Cell
from claims_cli.inputs.own import MARK
from claims_cli.outputs.columns import LINK, cells
from claims_cli.outputs.layout import Layout

MOST_ROWS = 1_048_576
MOST_LINKS = 65_530
LONGEST_LINK = 2_000
LONGEST_CELL = 32_767
WIDEST = {"sentence": 60, "content": 60, "cue": 20, LINK: 24}
WIDE = 32
NARROW = 6
BUTTON = 3  # that filters, beside the heading
CUT = " […]"


def write(claims: Iterable[Claim], stream: BinaryIO, layout: Layout) -> None:
    """One sheet, and a further one for each million rows; the header stays in view and filters."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True})
    book.set_properties({"comments": MARK})
    sheet, further = Sheet(book, layout.columns), layout.people.cells
    for claim in claims:
        if sheet.rows + 1 >= MOST_ROWS:
            sheet.end()
            sheet = Sheet(book, layout.columns)
        sheet.add(cells(claim, layout.columns, layout.in_words, further))
    sheet.end()
    book.close()
    stream.write(buffer.getvalue())


class Sheet:
    """A sheet whose columns become as wide as what stands in them.

    Attributes:
        rows: how many stand under the header.
    """

    def __init__(self, book: Any, columns: list[str]):
        """Begin a sheet with its header."""
        count = len(book.worksheets())
        self.sheet = book.add_worksheet("claims" if not count else f"claims {count + 1}")
        self.columns, self.rows = columns, 0
        self.wrapped = book.add_format({"valign": "top", "text_wrap": True})
        self.linked = book.add_format({"valign": "top", "font_color": "#0563C1", "underline": 1})
        self.widths = [max(NARROW, len(column) + BUTTON) for column in columns]
        bold = book.add_format({"bold": True, "valign": "top"})
        self.set_columns()  # rows are written as they come, and take the format of their column
        self.sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            self.sheet.write_string(0, place, column, bold)

    def add(self, row: list[Cell]) -> None:
        """Write a row."""
        self.rows += 1
        for place, (column, value) in enumerate(zip(self.columns, row, strict=True)):
            if isinstance(value, str) and column == LINK:
                self.put_link(place, value)
            else:
                put(self.sheet, self.rows, place, value)
            wide = WIDEST.get(column, WIDE)
            if value is not None and self.widths[place] < wide:
                self.widths[place] = max(self.widths[place], min(wide, longest_line(value) + 1))

    def put_link(self, place: int, address: str) -> None:
        """Write an address to be followed, as far as Excel can have it; otherwise as text."""
        if self.rows > MOST_LINKS or len(address) > LONGEST_LINK:
            put(self.sheet, self.rows, place, address)
        else:
            self.sheet.write_url(self.rows, place, address, self.linked, address)

    def set_columns(self) -> None:
        """Set the width of each column."""
        for place, width in enumerate(self.widths):
            self.sheet.set_column(place, place, width, self.wrapped)

    def end(self) -> None:
        """Set the widths and the filters, when all rows are known."""
        self.set_columns()
        self.sheet.autofilter(0, 0, self.rows, len(self.columns) - 1)


def longest_line(value: Cell) -> int:
    """How many characters the longest line of a cell has."""
    return max(map(len, value.splitlines()), default=0) if isinstance(value, str) else len(str(value))


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

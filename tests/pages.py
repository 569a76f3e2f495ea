"""PDFs with text at places of their pages, and with pictures."""

from typing import NamedTuple

from fpdf import FPDF

WIDTH, HEIGHT = 600, 800


class Shown(NamedTuple):
    """Text at a place of a page, in points from its upper left corner."""

    x: float
    y: float
    text: str
    size: float = 10


def pdf_of(*pages: list[Shown], invisible: bool = False, pictures: frozenset[int] = frozenset()) -> bytes:
    """A PDF of these pages.

    Args:
        invisible: whether the text is drawn as OCR draws it under pictures.
        pictures: the pages that show a picture, from 1.
    """
    document = FPDF(unit="pt", format=(WIDTH, HEIGHT))
    document.core_fonts_encoding = "cp1252"
    document.set_auto_page_break(False)
    document.set_compression(False)
    for page in pages:
        document.add_page()
        if document.page_no() in pictures:
            document.image(picture(), 0, 0, WIDTH, HEIGHT)
        for x, y, text, size in page:
            document.set_font("Times", size=size)
            if invisible:
                document.text_mode = 3
            document.text(x, y, text)
    return bytes(document.output())


def picture():
    """A small grey picture."""
    from PIL import Image

    return Image.new("L", (20, 20), 200)


def lines_at(x: float, y: float, lines: list[str], size: float = 10, step: float = 1.3) -> list[Shown]:
    """Lines below each other."""
    return [Shown(x, y + number * size * step, line, size) for number, line in enumerate(lines)]


def row_by_row(*columns: list[Shown]) -> list[Shown]:
    """Columns in the order of their rows."""
    return sorted((one for column in columns for one in column), key=lambda one: (one.y, one.x))


def letters(x: float, y: float, text: str, step: float, size: float = 10) -> list[Shown]:
    """Text letter by letter."""
    return [Shown(x + number * step, y, letter, size) for number, letter in enumerate(text)]


def width_of(text: str, size: float = 10) -> float:
    """How wide text is, in points."""
    document = FPDF(unit="pt")
    document.core_fonts_encoding = "cp1252"
    document.set_font("Times", size=size)
    return document.get_string_width(text)

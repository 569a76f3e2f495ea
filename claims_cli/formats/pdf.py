"""PDFs, by PDFium: text in the order of the file, paragraphs put together, heads and feet of pages set aside."""

import ctypes
import re
from collections.abc import Iterator

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats.dates import iso_date
from claims_cli.formats.options import FormatOptions
from claims_cli.formats.page_lines import PageLine, composed, running

MOST_PAGES = 5_000
MOST_CHARACTERS = 20_000_000
LINE_HYPHEN = "\x02"  # PDFium's mark of a hyphen at the end of a line, the next line joined to it
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)")
FILE_NAME = re.compile(r"^Microsoft \w+ - |\.\w{2,5}$|^untitled", re.IGNORECASE)


def read(name: str, data: bytes, options: FormatOptions) -> Document:
    """The document of a PDF.

    Raises:
        InputError: it is locked, broken, or has too many pages.
    """
    file = opened(name, data)
    if len(file) > MOST_PAGES:
        raise InputError(name, f"has more than {MOST_PAGES:,} pages", "split it")
    pages, characters = [], 0
    for number in range(len(file)):
        lines = list(lines_of(file, number))
        characters += sum(len(line.text) for line in lines)
        if characters > MOST_CHARACTERS:
            raise InputError(name, f"has more than {MOST_CHARACTERS:,} characters", "split it")
        pages.append(lines)
    text, starts, furniture = composed(pages, running(pages))
    properties = file.get_metadata_dict()
    title, date = properties.get("Title", "").strip(), DATE.match(properties.get("CreationDate", ""))
    return Document(
        name,
        text,
        furniture=furniture,
        pages=starts,
        title=None if FILE_NAME.search(title) else title or None,
        author=properties.get("Author", "").strip() or None,
        date=iso_date("-".join(date.groups())) if date else None,
    )


def opened(name: str, data: bytes):
    """A PDF.

    Raises:
        InputError: it is locked or broken.
    """
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            reason, remedy = "is locked with a password", "unlock it, for instance with: qpdf --decrypt"
        else:
            reason, remedy = "is no PDF, or broken beyond repair", "check that it was saved whole"
        raise InputError(name, reason, remedy) from None


def lines_of(file, number: int) -> Iterator[PageLine]:
    """The lines of one page, in the order of the file; nothing of a page that is broken."""
    import pypdfium2

    try:
        page = file[number]
    except pypdfium2.PdfiumError:
        return
    text, height = page.get_textpage(), page.get_height()
    start = 0
    letters = characters(text)
    for place, letter in enumerate([*letters, "\n"]):
        if letter not in ("\n", LINE_HYPHEN):
            continue
        line = line_at(text, letters, start, place, number, height)
        if line is not None:
            yield line
        start = place + 1
    text.close()
    page.close()


def characters(text) -> list[str]:
    """The characters of a page, each at PDFium's own index of it."""
    from pypdfium2 import raw

    return [chr(raw.FPDFText_GetUnicode(text, index)) for index in range(text.count_chars())]


def line_at(text, letters: list[str], start: int, end: int, number: int, height: float) -> PageLine | None:
    """A line of a page with its place; None where it holds nothing."""
    from pypdfium2 import raw

    while start < end and letters[start].isspace():
        start += 1
    last = end
    while last > start and letters[last - 1].isspace():
        last -= 1
    words = " ".join("".join(letters[start:last]).replace("\0", "").translate(LIGATURES).split())
    if not words:
        return None
    left, bottom, _, top = text.get_charbox(start, loose=True)
    _, _, right, _ = text.get_charbox(last - 1, loose=True)
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, start, x, y)
    is_broken = end < len(letters) and letters[end] == LINE_HYPHEN
    return PageLine(
        words + ("-" if is_broken else ""),
        number,
        left,
        right,
        y.value,
        abs(top - bottom) or 1.0,
        y.value / (height or 1),
    )

"""PDFs, by PDFium: text in the order of the file, paragraphs put together, heads and feet of pages set aside."""

import ctypes
import re
from collections.abc import Iterator

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats.dates import iso_date
from claims_cli.formats.notes import counted
from claims_cli.formats.options import FormatOptions
from claims_cli.formats.page_columns import in_order
from claims_cli.formats.page_letters import BESIDE, Letter, Piece, rows
from claims_cli.formats.page_lines import PageLine, composed, footnotes, running

MOST_PAGES = 5_000
MOST_CHARACTERS = 20_000_000
LINE_HYPHEN = "\x02"  # PDFium's mark of a hyphen at the end of a line, the next line joined to it
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
SOFT_HYPHEN = re.compile("\u00ad(?!$)")
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
    pages, pictures, characters = [], [], 0
    for number in range(len(file)):
        lines, is_picture = lines_of(file, number)
        pictures += [number + 1] if is_picture else []
        characters += sum(len(line.text) for line in lines)
        if characters > MOST_CHARACTERS:
            raise InputError(name, f"has more than {MOST_CHARACTERS:,} characters", "split it")
        pages.append(lines)
    heads = running(pages)
    text, starts, furniture = composed(pages, heads | footnotes(pages, heads), options.page_words)
    properties = file.get_metadata_dict()
    title, date = properties.get("Title", "").strip(), DATE.match(properties.get("CreationDate", ""))
    return Document(
        name,
        text,
        furniture=furniture,
        notes=(f"pages that are pictures without text, which OCR can give them: {counted(pictures)}",)
        if pictures
        else (),
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


def lines_of(file, number: int) -> tuple[list[PageLine], bool]:
    """The lines of one page in the order of reading, and whether it is a picture; nothing of a page that is broken."""
    import pypdfium2

    try:
        page = file[number]
    except pypdfium2.PdfiumError:
        return [], False
    text, height = page.get_textpage(), page.get_height() or 1.0
    pieces = in_order(rows(letters_of(text), "\n" + LINE_HYPHEN, LINE_HYPHEN))
    lines = [line for one in pieces if (line := line_of(text, one, number, height)) is not None]
    is_picture = not lines and any(page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    text.close()
    page.close()
    return lines, is_picture


def letters_of(text) -> Iterator[Letter]:
    """The characters of a page with their boxes."""
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    handle, pointer = text.raw, ctypes.byref(box)
    letter_at, box_at = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    for index in range(text.count_chars()):
        letter = chr(letter_at(handle, index))
        found = box_at(handle, index, pointer)
        left, bottom, right, top = (box.left, box.bottom, box.right, box.top) if found else (0.0, 0.0, 0.0, 0.0)
        height = round(top - bottom, 1)
        yield Letter(letter, left, bottom, right, top, height, index, height > 0 and not letter.isspace())


def line_of(text, piece: Piece, number: int, height: float) -> PageLine | None:
    """A line of a page with its place; None where it holds nothing."""
    from pypdfium2 import raw

    words = " ".join("".join(one.text for one in piece.letters).replace("\0", "").translate(LIGATURES).split())
    words = SOFT_HYPHEN.sub("", words)
    if not words:
        return None
    first = next((one for one in piece.letters if one.is_shown), piece.letters[0])
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, first.number, x, y)
    is_broken = piece.row.is_broken and piece.letters[-1] is piece.row.letters[-1]
    ends = piece.row.capital_ends
    return PageLine(
        words + ("-" if is_broken else ""),
        number,
        piece.left,
        piece.right,
        y.value,
        piece.size,
        y.value / height,
        ends is not None and abs(piece.left - ends) <= BESIDE * piece.size,
    )

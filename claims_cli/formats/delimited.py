"""CSV and TSV: the first row names the columns, each further one is a document."""

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats import plain
from claims_cli.formats.limits import LARGEST
from claims_cli.formats.options import FormatOptions
from claims_cli.formats.rows import TableRow, documents

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")
DELIMITERS = ",;\t|"
TRIED = 50
TRIED_WIDTH = 10_000
LONGEST_HEADING = 200
DECLARED = re.compile(r"sep=(.)\s*$", re.IGNORECASE)
END = "\ufdd0 the last line ends here \ufdd0"


def read(name: str, data: bytes, options: FormatOptions) -> Iterator[Document | InputError]:
    """The documents of a CSV file; the number of one is its row in a spreadsheet, the header being row 1.

    Raises:
        InputError: it is no text, or has no header.
    """
    return of_file(plain.decoded(name, data, options.encoding), None, options)


def read_tabs(name: str, data: bytes, options: FormatOptions) -> Iterator[Document | InputError]:
    """The documents of a TSV file.

    Raises:
        InputError: it is no text, or has no header.
    """
    return of_file(plain.decoded(name, data, options.encoding), "\t", options)


def of_file(file: Document, delimiter: str | None, options: FormatOptions) -> Iterator[Document | InputError]:
    """The documents of a table; its delimiter is found where it is not known."""
    return documents(file, table(file.path, records(file.path, file.text, delimiter)), options)


def records(name: str, text: str, delimiter: str | None) -> Iterator[tuple[int, list[str]] | InputError]:
    """Each row with its number; an error where a quotation mark is opened and never closed.

    The line `sep=;`, which Excel reads, is no row of the table.
    """
    csv.field_size_limit(LARGEST)
    declared = DECLARED.match(next(lines(text), ""))
    delimiter = declared[1] if declared else delimiter or delimiter_of(text)
    for number, cells in enumerate(csv.reader(chain(lines(text), [END]), delimiter=delimiter), 1):
        if cells and cells[-1].endswith(END) and cells != [END]:
            reason = f"a quotation mark that opens in row {number} is never closed"
            yield InputError(f"{name}#{number}", reason, "close it, or double it where it is meant")
        elif cells != [END] and not (number == 1 and declared):
            yield number, cells


def lines(text: str) -> Iterator[str]:
    """The lines of a text with their ends."""
    return (match.group() for match in LINE.finditer(text))


def delimiter_of(text: str) -> str:
    """The character that divides the first rows into the most columns, the same number in nearly all."""
    sample = [line[:TRIED_WIDTH] for line in islice(lines(text), TRIED)]
    return max(DELIMITERS, key=lambda delimiter: regularity(sample, delimiter))


def regularity(sample: Iterable[str], delimiter: str) -> tuple[float, int]:
    """How many rows have as many cells as the header, and how many cells that are; no rows for one cell."""
    counts = [len(cells) for cells in csv.reader(sample, delimiter=delimiter) if cells]
    if not counts or counts[0] < 2:
        return 0.0, 1
    return sum(count == counts[0] for count in counts) / len(counts), counts[0]


def table(name: str, rows: Iterator[tuple[int, list[str]] | InputError]) -> Iterator[TableRow | InputError]:
    """The rows under their header; empty ones are left out, errors pass through.

    Raises:
        InputError: the first row is no header.
    """
    header: list[str] = []
    while not any(map(str.strip, header)):
        item = next(rows, None)
        if item is None or isinstance(item, InputError):
            yield from [item] if item else []
            return
        header = item[1]
    if any(len(cell) > LONGEST_HEADING for cell in header):
        raise InputError(name, "its first row is text and no names of columns", "put a first row with names before it")
    for item in rows:
        if isinstance(item, InputError):
            yield item
            continue
        number, cells = item
        if any(map(str.strip, cells)):
            yield TableRow(number, tuple((heading(header, place), cell) for place, cell in enumerate(cells)))


def heading(header: list[str], place: int) -> str:
    """The name of a column, by its number where the header has none."""
    return (header[place].strip() if place < len(header) else "") or f"column {place + 1}"

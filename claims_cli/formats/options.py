"""What a user may choose of how the bytes of files are read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

FIELDS = ("title", "outlet", "author", "date", "url")
SECTION = "section"  # of an outlet; it is kept beside the fields
COLUMNS = (*FIELDS, SECTION, "text", "path", "holder", "lead")
PAGE_WORDS = ("compound_first", "compounds", "endings", "capital_begins")
SPACES = str.maketrans("_-.", "   ")
Columns = Mapping[str, frozenset[str]]


def folded_column(name: str) -> str:
    """A column's name as it is compared: small letters, and one space for each of `_`, `-`, `.` and white space."""
    return " ".join(name.casefold().translate(SPACES).split())


def columns_of(lexicons: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """The names that columns have in the wild, by what they hold (`columns.*` of the lexicons)."""
    return {group: frozenset(map(folded_column, lexicons.get(f"columns.{group}", ()))) for group in COLUMNS}


@cache
def shipped_columns() -> dict[str, frozenset[str]]:
    """The names of columns that the shipped lexicons give."""
    from claims_cli.rulebook import load_lexicon  # the process that opens files does without it

    return columns_of(load_lexicon("columns"))


def page_words_of(lexicons: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """The words by which lines of pages are put together (`pages.*` of the lexicons)."""
    return {group: lexicons.get(f"pages.{group}", frozenset()) for group in PAGE_WORDS}


@cache
def shipped_page_words() -> dict[str, frozenset[str]]:
    """Those words of the shipped lexicons."""
    from claims_cli.rulebook import load_lexicon  # the process that opens files does without it

    return page_words_of(load_lexicon("pages"))


@dataclass(frozen=True)
class Mark:
    """Where a file may be cut.

    Attributes:
        start: the byte of a web archive at which a record begins, or the number of a row group of Parquet, from 0.
        before: how many pages, or rows, stand before it; place: how many bytes.
    """

    start: int
    before: int
    place: int


@dataclass(frozen=True)
class Piece:
    """A stretch of a file that is read by itself, and gives what the whole file gives there.

    Attributes:
        start, end: from where to where, as `Mark` has it.
        before: how many pages, or rows, stand before it.
        sha256: of the whole file; size: of the whole file, in bytes.
    """

    start: int
    end: int
    before: int
    sha256: str
    size: int


@dataclass(frozen=True)
class FormatOptions:
    """How files are read, whatever their format.

    Attributes:
        columns: what columns of collections are called, by what they hold.
        text_column: the column of collections that holds the text; None to guess it.
        whole_page: all visible text of a web page instead of its main text.
        encoding: what text files are in, as Python calls it; None to find out.
        page_words: the words by which lines of pages are put together, by `PAGE_WORDS`.
        piece: the stretch of the file that is read; None for the whole.
    """

    columns: Columns = field(default_factory=shipped_columns)
    text_column: str | None = None
    whole_page: bool = False
    encoding: str | None = None
    page_words: Mapping[str, frozenset[str]] = field(default_factory=shipped_page_words)
    piece: Piece | None = None

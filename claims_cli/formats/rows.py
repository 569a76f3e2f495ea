"""Collections: a row is a document. Which column holds its text, and what the others tell of it."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Any

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats import markup
from claims_cli.formats.notes import counted, with_last_note
from claims_cli.formats.options import FIELDS, Columns, FormatOptions, folded_column

SAMPLE = 100
LONG_TEXT = 200
COMPARED = 100  # letters and digits
MOST_LISTED = 20
LONGEST_NAME = 60
NO_TEXT = "no row has text in the column"
OWN_COLUMNS = ({"doc_sha256", "speaker_kind", "cue_lemma"}, {"speaker_role", "speaker_confidence", "quote"})


@dataclass(frozen=True)
class TableRow:
    """One row: its number as a user counts, and its cells with the names of their columns."""

    number: int
    cells: tuple[tuple[str, str], ...]


Rows = Iterable[TableRow | InputError]


def documents(
    file: Document, rows: Rows, options: FormatOptions, column: str | None = None
) -> Iterator[Document | InputError]:
    """A document for each row that has a text; rows that could not be read come as their errors.

    Args:
        file: what is the same for all of them; the first gets its notes.
        column: that holds the text, where that is settled; None to find it by the first rows.

    Raises:
        InputError: it cannot be told which column holds the text, or no row has any.
    """
    left = iter(rows)
    first = list(islice(left, SAMPLE))
    sample = [row for row in first if isinstance(row, TableRow)]
    if not sample:
        yield from (row for row in first if isinstance(row, InputError))
        if not first:
            raise InputError(file.path, "holds no rows", "check that it was saved")
        return
    column, note = (column, "") if column is not None else text_column(file.path, sample, options)
    file = replace(file, notes=(*file.notes, note) if note else file.notes)
    empty: list[int] = []
    items = made(file, chain(first, left), column, options, empty)
    yield from with_last_note(items, lambda: [f"rows without text in this file: {counted(empty)}"] if empty else [])


def made(
    file: Document, rows: Rows, column: str, options: FormatOptions, empty: list[int]
) -> Iterator[Document | InputError]:
    """The document of each row, the first with the notes on the file; the number of a row without text is kept.

    Raises:
        InputError: no row has a text.
    """
    notes, is_first = file.notes, True
    for row in rows:
        item = row if isinstance(row, InputError) else document(file, row, column, options.columns)
        if isinstance(item, Document):
            yield replace(item, notes=notes)
            notes, is_first = (), False
        elif item is not None:
            yield item
        elif isinstance(row, TableRow):
            empty.append(row.number)
    if is_first and options.piece is None:
        raise InputError(file.path, f"{NO_TEXT} '{shown(column)}'", "--text-column takes another")


def document(file: Document, row: TableRow, column: str, columns: Columns) -> Document | None:
    """The document of a row; None where it has no text."""
    text, fields, metadata = "", dict.fromkeys(FIELDS, ""), []
    for key, value in row.cells:
        if key == column and not text:
            text = value
            continue
        name = known_as(key, columns)
        field = next((field for field in FIELDS if name in columns[field] and not fields[field]), None)
        if field is not None:
            fields[field] = markup.on_one_line(value.strip())
        elif value.strip():
            metadata.append((key, value))
    text, blocks = markup.of_cell(text)
    if not text.strip():
        return None
    filled: dict[str, Any] = {field: value or None for field, value in fields.items()}
    path = f"{file.path}#{row.number}"
    return replace(file, path=path, text=text, row=row.number, metadata=tuple(metadata), blocks=blocks, **filled)


def text_column(name: str, sample: list[TableRow], options: FormatOptions) -> tuple[str, str]:
    """The column that holds the text, and a note where it was guessed.

    Raises:
        InputError: there is no such column, or more than one may be it, or none.
    """
    names = list(dict.fromkeys(key for row in sample for key, _ in row.cells))
    if options.text_column is not None:
        return chosen(name, names, options.text_column), ""
    if any(own.issubset(names) for own in OWN_COLUMNS):
        remedy = "keep what is written apart from what is read; --text-column reads it all the same"
        raise InputError(name, "is what claims extract writes, and no collection of documents", remedy)
    likely = called(names, "text", options.columns) or called(names, "lead", options.columns) or names
    if len(likely) > 1:
        long = long_columns(sample)
        likely = [key for key in likely if key in long]
    if len(likely) > 1:
        likely = without_repeats(likely, sample)
    if len(likely) != 1:
        raise InputError(name, f"has no one column that must be the text: {listed(names)}", "--text-column names it")
    return likely[0], f"the text is taken from the column '{shown(likely[0])}' (--text-column takes another)"


def called(names: list[str], group: str, columns: Columns) -> list[str]:
    """The columns that have a name of a group."""
    return [key for key in names if known_as(key, columns) in columns.get(group, ())]


def known_as(key: str, columns: Columns) -> str:
    """The name of a column as it is compared, without the objects that only hold the document (`response.fields`)."""
    holders, parts = columns.get("holder", frozenset()), key.split(".")
    while len(parts) > 1 and folded_column(parts[0]) in holders:
        parts = parts[1:]
    return folded_column(".".join(parts))


def without_repeats(likely: list[str], sample: list[TableRow]) -> list[str]:
    """The one column that holds HTML, where the others hold its words without it; otherwise all of them."""
    cells = [dict(row.cells) for row in sample]
    filled = next((row for row in cells if all(row.get(key, "").strip() for key in likely)), None)
    if filled is None:
        return likely
    texts = {key: markup.of_cell(filled[key])[0] for key in likely}
    begins = {"".join(filter(str.isalnum, text))[:COMPARED] for text in texts.values()}
    marked_up = [key for key in likely if texts[key] != filled[key]]
    return marked_up if len(begins) == 1 and len(marked_up) == 1 else likely


def chosen(name: str, names: list[str], wanted: str) -> str:
    """The column that the user named, capitals aside.

    Raises:
        InputError: there is none.
    """
    if wanted in names:
        return wanted
    for key in names:
        if folded_column(key) == folded_column(wanted):
            return key
    raise InputError(name, f"has no column '{wanted}': {listed(names)}", "--text-column takes one of these")


def long_columns(sample: list[TableRow]) -> set[str]:
    """The columns that hold texts and no names or numbers: by the mean length of their cells that are filled."""
    lengths: dict[str, list[int]] = {}
    for row in sample:
        for key, value in row.cells:
            if value.strip():
                lengths.setdefault(key, []).append(len(value))
    return {key for key, found in lengths.items() if sum(found) >= LONG_TEXT * len(found)}


def listed(names: list[str]) -> str:
    """The columns, for a message."""
    return ", ".join(map(shown, names[:MOST_LISTED])) + (", …" if len(names) > MOST_LISTED else "")


def shown(column: str) -> str:
    """The name of a column, for a message."""
    return column if len(column) <= LONGEST_NAME else column[:LONGEST_NAME] + "…"


def text_of(value: Any) -> str:
    """A value of JSON or of a spreadsheet as the text of a cell."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and isinstance(value.get("name"), str):  # {"source": {"id": …, "name": …}}
        return value["name"]
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False)

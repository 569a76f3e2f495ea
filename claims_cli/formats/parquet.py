"""Parquet: a row is a document, its columns are those of a table; read batch by batch, whatever its size."""

import io
import os
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats import rows
from claims_cli.formats.json_lines import row
from claims_cli.formats.options import FormatOptions, Mark
from claims_cli.formats.rows import SAMPLE, TableRow

BATCH = 64  # rows
BUFFER = 1 << 20  # bytes of a column that are read at once
LARGEST_FOOTER = 64_000_000  # bytes of a description of columns and row groups; a thrift string in it no more either
MOST_ITEMS = 1_000_000
WANTED = "pip install 'source-claims[parquet]'"


def read(name: str, data: bytes, options: FormatOptions) -> Iterator[Document | InputError]:
    """The documents of a Parquet file; the number of one is its row, from 1.

    Raises:
        InputError: it cannot be read, or no one column must be the text.
    """
    return documents(name, io.BytesIO(data), options)


def read_path(name: str, path: bytes, options: FormatOptions) -> Iterator[Document | InputError]:
    """The same of a file at a path, which is never in memory whole; of some of its row groups where options say so."""
    return documents(name, os.fsdecode(path), options)


def survey_path(name: str, path: bytes, options: FormatOptions) -> Iterator[Mark]:
    """Where each row group begins, with the rows and the bytes before it; last where the file ends.

    Raises:
        InputError: it cannot be read, or no one column must be the text.
    """
    file = opened(name, os.fsdecode(path))
    settled(name, file, options)
    before = place = 0
    for group in range(file.metadata.num_row_groups):
        yield Mark(group, before, place)
        found = file.metadata.row_group(group)
        before += found.num_rows
        place += sum(found.column(column).total_compressed_size for column in range(found.num_columns))
    yield Mark(file.metadata.num_row_groups, before, place)


def documents(name: str, source: Any, options: FormatOptions) -> Iterator[Document | InputError]:
    """The documents of a file, or of a piece of it, whose text stands in the column that the file's first rows tell."""
    file = opened(name, source)
    column = settled(name, file, options) if options.piece else None
    return rows.documents(Document(name, ""), table(name, file, options), options, column)


def settled(name: str, file: Any, options: FormatOptions) -> str:
    """The column that holds the text, by the first rows of a file.

    Raises:
        InputError: there is none, or more than one may be it.
    """
    sample = [one for one in islice(table(name, file, options, whole=True), SAMPLE) if isinstance(one, TableRow)]
    return rows.text_column(name, sample, options)[0]


def table(name: str, file: Any, options: FormatOptions, whole: bool = False) -> Iterator[TableRow | InputError]:
    """The rows of the piece, or of the whole file; a row group that is broken comes as its error."""
    piece = None if whole else options.piece
    first, end = (piece.start, piece.end) if piece else (0, file.metadata.num_row_groups)
    number = piece.before if piece else 0
    for group in range(first, end):
        after = number + file.metadata.row_group(group).num_rows
        try:
            for value in values(file, group):
                number += 1
                yield row(number, value, options)
        except MemoryError:
            raise
        except Exception as error:  # whatever the library raises
            yield InputError(
                name, f"its row group {group + 1} is broken ({told(error)})", "check that it was saved whole"
            )
        number = after


def values(file: Any, group: int) -> Iterator[dict[str, Any]]:
    """The rows of a row group, each as an object of JSON."""
    for batch in file.iter_batches(BATCH, row_groups=[group], use_threads=False):
        for value in batch.to_pylist(maps_as_pydicts="lossy"):
            yield {key: json_value(part) for key, part in value.items()}


def json_value(value: Any) -> Any:
    """A cell as JSON has it: dates as ISO writes them, bytes as the text that they are, if any."""
    if isinstance(value, dict):
        return {str(key): json_value(part) for key, part in value.items()}
    if isinstance(value, list):
        return [json_value(part) for part in value]
    if isinstance(value, bytes):
        return text_of(value)
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | float) else str(value)


def text_of(value: bytes) -> str:
    """Bytes as text, which writers without a type for text leave; nothing of others."""
    try:
        text = value.decode()
    except UnicodeDecodeError:
        return ""
    return "" if "\0" in text else text


def opened(name: str, source: Any) -> Any:
    """A Parquet file of a path or of a stream.

    Raises:
        InputError: pyarrow is not installed, or it is no Parquet file that can be read.
    """
    try:
        import pyarrow
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise InputError(name, "is Parquet, and what reads it (pyarrow) is not installed", WANTED) from None
    pyarrow.set_memory_pool(pyarrow.system_memory_pool())  # the others reserve more than a reader is given
    try:
        return ParquetFile(
            source,
            buffer_size=BUFFER,
            pre_buffer=False,
            page_checksum_verification=True,
            thrift_string_size_limit=LARGEST_FOOTER,
            thrift_container_size_limit=MOST_ITEMS,
        )
    except MemoryError:
        raise
    except Exception as error:  # whatever the library raises
        raise InputError(
            name, f"is no Parquet file, or broken ({told(error)})", "check that it was saved whole"
        ) from None


def told(error: Exception) -> str:
    """What a library says, on one line."""
    return " ".join(str(error).split())[:150]

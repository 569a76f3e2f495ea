"""JSON and JSON Lines: an object is a document, its keys are the columns."""

import json
import re
from collections.abc import Iterator
from typing import Any

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats import plain, recordings, rows
from claims_cli.formats.options import FormatOptions
from claims_cli.formats.rows import TableRow

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")


def read_lines(name: str, data: bytes, options: FormatOptions) -> Iterator[Document | InputError]:
    """The documents of a JSON Lines file; the number of one is its line."""
    file = plain.decoded(name, data, options.encoding)
    return rows.documents(file, parsed_lines(name, file.text), options)


def parsed_lines(name: str, text: str) -> Iterator[TableRow | InputError]:
    """Each line that is not empty, parsed."""
    for number, match in enumerate(LINE.finditer(text), 1):
        line = match.group().strip()
        if not line:
            continue
        try:
            value = parsed(f"{name}#{number}", line)
        except InputError as error:
            yield error
            continue
        yield row(number, value) if isinstance(value, dict) else not_an_object(f"{name}#{number}")


def read(name: str, data: bytes, options: FormatOptions) -> Iterator[Document | InputError]:
    """The documents of a JSON file; the number of one is its place in the list, from 1."""
    file = plain.decoded(name, data, options.encoding)
    value = parsed(name, file.text)
    if recordings.is_recording(value):
        return iter([recordings.of_segments(file, value)])
    objects = items(value)
    if not all(isinstance(item, dict) for item in objects):
        raise not_an_object(name)
    return rows.documents(file, (row(number, item) for number, item in enumerate(objects, 1)), options)


def items(value: Any) -> list[Any]:
    """The documents in a value: the list itself, the one list in an object, or the object alone."""
    if isinstance(value, dict):
        lists = [part for part in value.values() if isinstance(part, list) and part and isinstance(part[0], dict)]
        return lists[0] if len(lists) == 1 else [value]
    return value if isinstance(value, list) else [value]


def parsed(name: str, text: str) -> Any:
    """A JSON value.

    Raises:
        InputError: it is none, or nested too deep.
    """
    try:
        return json.loads(text)
    except RecursionError:
        raise InputError(name, "is nested too deep", "give a list of plain objects") from None
    except ValueError as error:
        raise InputError(name, f"is no JSON: {error}", "check how it was written") from None


def not_an_object(name: str) -> InputError:
    """That something else stands where a document was expected."""
    return InputError(name, "is no JSON object", 'a document is an object: {"title": "…", "text": "…"}')


def row(number: int, value: dict[str, Any]) -> TableRow:
    """The row of an object."""
    return TableRow(number, tuple((str(key), rows.text_of(part)) for key, part in value.items()))

"""JSON and JSON Lines: an object is a document, its keys are the columns."""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats import plain, recognition, rows
from claims_cli.formats.options import FIELDS, Columns, FormatOptions, folded_column
from claims_cli.formats.rows import TableRow

MOST_CELLS = 500
DEEPEST = 6
LONG_ITEM = 60
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")


def read_lines(name: str, data: bytes, options: FormatOptions) -> Iterator[Document | InputError]:
    """The documents of a JSON Lines file; the number of one is its line."""
    file = plain.decoded(name, data, options.encoding)
    return rows.documents(file, parsed_lines(name, file.text, options), options)


def parsed_lines(name: str, text: str, options: FormatOptions) -> Iterator[TableRow | InputError]:
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
        yield row(number, value, options) if isinstance(value, dict) else not_an_object(f"{name}#{number}")


def read(name: str, data: bytes, options: FormatOptions) -> Iterator[Document | InputError]:
    """The documents of a JSON file; the number of one is its place in the list, from 1."""
    file = plain.decoded(name, data, options.encoding)
    value = parsed(name, file.text)
    if cues := recognition.cues_of(value):
        return iter([recognition.document(file, value, cues)])
    objects = items(value, options.columns)
    if not all(isinstance(item, dict) for item in objects):
        raise not_an_object(name)
    return rows.documents(file, (row(number, item, options) for number, item in enumerate(objects, 1)), options)


def items(value: Any, columns: Columns) -> list[Any]:
    """The documents in a value: the list itself, the one list in an object, or the object alone."""
    if isinstance(value, dict):
        return inner_list(value, columns, DEEPEST) or [value]
    return value if isinstance(value, list) else [value]


def inner_list(value: dict[str, Any], columns: Columns, depth: int) -> list[Any]:
    """The one list of objects in an object, or in those that it holds where it has no text itself; else nothing."""
    named = [
        (key, part) for key, part in value.items() if isinstance(part, list) and part and isinstance(part[0], dict)
    ]
    lists = [part for key, part in named if not is_text(str(key), part, columns)]
    if lists or not depth or any(folded_column(str(key)) in columns["text"] for key in value):
        return lists[0] if len(lists) == 1 else []
    inner = [inner_list(part, columns, depth - 1) for part in value.values() if isinstance(part, dict)]
    found = [one for one in inner if one]
    return found[0] if len(found) == 1 else []


def is_text(key: str, part: list[Any], columns: Columns) -> bool:
    """Whether a list of objects is one text, by its name and by what they hold."""
    return folded_column(key) in columns["text"] and all(is_paragraph(item, columns) for item in part)


def is_paragraph(item: Any, columns: Columns) -> bool:
    """Whether an object holds a text and nothing that documents tell of themselves: a paragraph of one."""
    if not isinstance(item, dict) or text_in(item, columns) is None:
        return False
    return not any(folded_column(str(key)) in columns[field] for key in item for field in FIELDS)


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


def row(number: int, value: dict[str, Any], options: FormatOptions) -> TableRow:
    """The row of an object; what stands in objects inside it has their names before its own: `fields.body`."""
    return TableRow(number, tuple(islice(cells(value, "", options, DEEPEST), MOST_CELLS)))


def cells(value: dict[str, Any], before: str, options: FormatOptions, depth: int) -> Iterator[tuple[str, str]]:
    """The cells of an object, each with its name behind the names before."""
    for key, part in value.items():
        name = f"{before}{key}"
        if isinstance(part, dict) and part and depth and not isinstance(part.get("name"), str):
            yield from cells(part, f"{name}.", options, depth - 1)
        else:
            paragraphs = paragraphs_of(part, options.columns)
            is_text = name == options.text_column or rows.known_as(name, options.columns) in options.columns["text"]
            is_text = is_text or all(len(paragraph) >= LONG_ITEM for paragraph in paragraphs)
            yield name, "\n\n".join(paragraphs) if paragraphs and is_text else rows.text_of(part)


def paragraphs_of(value: Any, columns: Columns) -> list[str]:
    """The paragraphs in a list of texts, or of objects that hold one text each; nothing where it is something else."""
    if not isinstance(value, list):
        return []
    found = [text_in(item, columns) if isinstance(item, dict) else item for item in value]
    texts = [text for text in found if isinstance(text, str)]
    return texts if len(texts) == len(found) else []


def text_in(item: dict[str, Any], columns: Columns) -> str | None:
    """The one text in an object; None where it has none or several."""
    texts = [part for key, part in item.items() if folded_column(str(key)) in columns["text"]]
    return texts[0] if len(texts) == 1 and isinstance(texts[0], str) else None

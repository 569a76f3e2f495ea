"""What a browser's tools recorded of a visit (.har): each page that was answered well is a document."""

import base64
from collections.abc import Iterator
from functools import partial
from typing import Any

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats import captures, json_lines, plain
from claims_cli.formats.captures import LARGEST_PAGE, Capture
from claims_cli.formats.options import FormatOptions


def read(name: str, data: bytes, options: FormatOptions) -> Iterator[Document | InputError]:
    """The documents of a HAR file.

    Raises:
        InputError: it is none, or no page in it holds text.
    """
    value = json_lines.parsed(name, plain.decoded(name, data, options.encoding).text)
    entries = part_of(part_of(value, "log"), "entries")
    if not isinstance(entries, list):
        raise InputError(name, "is no HAR file: it has no entries", "give it the suffix .json")
    return captures.documents(name, map(capture_of, entries), options)


def part_of(value: Any, key: str) -> Any:
    """A part of an object; None where it has none."""
    return value.get(key) if isinstance(value, dict) else None


def text_of(value: Any, key: str) -> str:
    """A part of an object that is text; nothing where it has none."""
    part = part_of(value, key)
    return part if isinstance(part, str) else ""


def capture_of(entry: Any) -> Capture | str:
    """The answer in an entry, or as what it is left out."""
    response, status = part_of(entry, "response"), part_of(part_of(entry, "response"), "status")
    content = part_of(response, "content")
    if not isinstance(status, int) or not isinstance(content, dict):
        return "other records"
    content_type, is_packed = text_of(content, "mimeType"), text_of(content, "encoding") == "base64"
    if not is_packed:  # its text was decoded already
        content_type = f"{captures.media_type_of(content_type)}; charset=utf-8"
    body = partial(body_of, text_of(content, "text"), is_packed)
    return Capture(
        text_of(part_of(entry, "request"), "url"), text_of(entry, "startedDateTime"), status, content_type, body
    )


def body_of(text: str, is_packed: bool) -> bytes:
    """The bytes of an answer.

    Raises:
        ValueError: they are not packed as they are said to be.
    """
    if len(text) > 2 * LARGEST_PAGE:
        return b" " * (LARGEST_PAGE + 1)
    return base64.b64decode(text) if is_packed else text.encode("utf-8", "replace")

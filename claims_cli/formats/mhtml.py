"""Pages saved whole by a browser (.mhtml, .mht): the main page; frames, pictures and styles are left out."""

import email
from email.message import EmailMessage
from email.policy import default
from typing import Any

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats import captures
from claims_cli.formats.options import FormatOptions


def read(name: str, data: bytes, options: FormatOptions) -> Document:
    """The document of the main page, with the address and the date of its saving.

    Raises:
        InputError: there is no page in it.
    """
    message: EmailMessage = email.message_from_bytes(data.lstrip(), policy=default)
    url = header(message, "snapshot-content-location")
    part = main_page(message, url)
    if part is None:
        raise InputError(name, "holds no web page", "save the page anew")
    body = part.get_payload(decode=True) or b""
    document = captures.read_page(name, body, header(part, "content-type"), options)
    return captures.captured(document, url or header(part, "content-location"), saved(message))


def main_page(message: Any, url: str) -> Any:
    """The part that is the page: of the address, or named as the start, or the first; None without any."""
    found = [part for part in message.walk() if part.get_content_type() in captures.PAGES]
    start = message.get_param("start") if message.is_multipart() else None
    for part in found:
        if url and header(part, "content-location") == url:
            return part
        if start and header(part, "content-id") == str(start):
            return part
    return found[0] if found else None


def header(part: Any, name: str) -> str:
    """A header on one line; nothing where there is none that can be read."""
    try:
        return " ".join(str(part.get(name, "")).split())
    except (ValueError, IndexError, AttributeError, TypeError):  # of the parser of headers
        return ""


def saved(message: Any) -> str:
    """When the page was saved, as ISO 8601; nothing where that is not told."""
    try:
        moment = getattr(message.get("date"), "datetime", None)
    except (ValueError, IndexError, TypeError):
        return ""
    return moment.isoformat() if moment else ""

"""E-mails (.eml): the text of the message; its subject is the title, its sender the author. Attachments are counted."""

import email
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Any

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats import html, plain, threads
from claims_cli.formats.dates import iso_date
from claims_cli.formats.options import FormatOptions

LONGEST_HEADER = 2_000  # characters: to decode one takes time that grows with the square of its length


class BoundedPolicy(EmailPolicy):
    """The standard library's way to read headers, of which only the beginning is decoded."""

    def header_fetch_parse(self, name: str, value: Any) -> Any:
        """The decoded header, of no more than its first characters; None where the library breaks down over it.

        Raises:
            RecursionError: parts are nested too deep, of which each reads its own header of what it holds.
        """
        try:
            return super().header_fetch_parse(name, value[:LONGEST_HEADER])
        except Exception as error:  # IndexError, AttributeError, RecursionError: whatever a header is made to do
            if isinstance(error, RecursionError) and name.lower() == "content-type":
                raise
            return None


POLICY: Any = BoundedPolicy()


def read(name: str, data: bytes, options: FormatOptions) -> Document:
    """The document of an e-mail: its plain text, or the text of its page where it has no other.

    Raises:
        InputError: it is none.
    """
    return document(name, message_of(name, data), set())


def message_of(name: str, data: bytes) -> EmailMessage:
    """An e-mail whose parts are told apart.

    Raises:
        InputError: it has no header.
    """
    message: EmailMessage = email.message_from_bytes(data, policy=POLICY)
    if not message.keys():
        raise InputError(name, "is no e-mail: it has no header", "give it the suffix of what it is")
    return message


def document(name: str, message: EmailMessage, seen: set[str]) -> Document:
    """The document of an e-mail, its parts told by their writers.

    Args:
        seen: the paragraphs that were read in other messages, to which this one's are added.

    Raises:
        InputError: its page cannot be read.
    """
    body = message.get_body(("plain", "html"))
    text, notes = text_of(name, body)
    attached = sum(1 for _ in message.iter_attachments()) if message.is_multipart() else 0
    if attached:
        notes = (*notes, f"attachments that were not read: {attached}")
    if any(len(value) > LONGEST_HEADER for _, value in message.raw_items()):
        notes = (*notes, f"headers longer than {LONGEST_HEADER:,} characters were cut")
    told = Document(name, text, notes=notes, title=subject(message), author=sender(message), date=sent(message))
    return threads.parted(told, seen)


def text_of(name: str, body: Any) -> tuple[str, tuple[str, ...]]:
    """The text of a part, and notes on how it was read; nothing of none."""
    if body is None:
        return "", ()
    data = body.get_payload(decode=True) or b""
    charset = body.get_content_charset()
    notes: tuple[str, ...] = ()
    try:
        text = data.decode(charset or "utf-8")
    except (LookupError, ValueError):
        text, _, notes = plain.decode(name, data)
    if body.get_content_type() == "text/html":
        tree = html.parsed(name, text)
        text = "" if tree is None else "\n\n".join(html.blocks(tree, html.UNSEEN))
    return text.replace("\r\n", "\n"), notes


def subject(message: EmailMessage) -> str | None:
    """The subject on one line."""
    return " ".join(str(message.get("subject") or "").split()) or None


def sender(message: EmailMessage) -> str | None:
    """The name of whoever sent it, or the address where there is no name."""
    addresses = getattr(message.get("from"), "addresses", ())
    names = [address.display_name or address.addr_spec for address in addresses]
    return ", ".join(filter(None, names)) or None


def sent(message: EmailMessage) -> str | None:
    """The day on which it was sent, in the sender's own time zone."""
    header = message.get("date")
    moment = getattr(header, "datetime", None)
    return moment.date().isoformat() if moment else iso_date(str(header or ""))

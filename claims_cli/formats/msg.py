"""Messages of Outlook (.msg): the same of them as of e-mail files, from the streams of the OLE file that they are."""

import email
import io
from collections.abc import Callable
from functools import partial
from typing import Any

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats import eml, html, threads
from claims_cli.formats.limits import LARGEST, megabytes
from claims_cli.formats.options import FormatOptions

MOST_STREAMS = 20_000
SMALL = 1_000_000  # bytes that streams may have, whatever the size of the file
HIGHEST_RATIO = 4
BROKEN = (LookupError, ValueError, OverflowError, AttributeError, TypeError)


def read(name: str, data: bytes, options: FormatOptions) -> Document:
    """The document of a message: its plain text, or the text of its page where it has no other.

    Raises:
        InputError: it is no message of Outlook, or broken, or its streams are larger than the file.
    """
    message = loaded(name, data)
    headers = email.message_from_string(told(lambda: text_property(message, "HEADERS")) or "", policy=eml.POLICY)
    text = told(lambda: message.body) or ""
    if not text.strip():
        page = page_of(name, message)
        tree = html.parsed(name, page) if page.strip("\0 \r\n") else None
        text = "" if tree is None else "\n\n".join(html.blocks(tree, html.UNSEEN))
    attached = told(lambda: len(message.attachments)) or 0
    moment = told(lambda: message.sent_date)
    document = Document(
        name,
        text.rstrip("\0").replace("\r\n", "\n"),
        notes=(f"attachments that were not read: {attached}",) if attached else (),
        title=" ".join((told(lambda: message.subject) or "").split()) or None,
        author=sender(message, headers),
        date=eml.sent(headers) or (moment.date().isoformat() if moment else None),
    )
    return threads.parted(document, set())


def loaded(name: str, data: bytes) -> Any:
    """The message of an OLE file.

    Raises:
        InputError: it is none, or broken, or its streams are larger than the file.
    """
    import olefile  # type: ignore[import-untyped]
    import oxmsg

    if not data.startswith(olefile.MAGIC):
        raise InputError(name, "is no message of Outlook", "give it the suffix of what it is")
    try:
        check(name, data, olefile)
        message = oxmsg.Message.load(io.BytesIO(data))
        is_message = bool(list(message.properties))
    except (InputError, MemoryError, RecursionError):
        raise
    except Exception as error:  # whatever the library meets in a file that is broken
        reason = f"is no message of Outlook, or broken ({type(error).__name__})"
        raise InputError(name, reason, "save it as .eml or plain text") from None
    if not is_message:
        raise InputError(name, "is no message of Outlook: it has no properties", "save it as .eml or plain text")
    return message


def check(name: str, data: bytes, olefile: Any) -> None:
    """See that the streams of an OLE file are no larger than the file has room for: they may be one and the same.

    Raises:
        InputError: they are, or there are too many.
    """
    with olefile.OleFileIO(io.BytesIO(data)) as file:
        sizes = [file.get_size(path) for path in file.listdir(streams=True, storages=False)]
    if len(sizes) > MOST_STREAMS:
        raise InputError(name, f"holds more than {MOST_STREAMS:,} streams", "save it as .eml or plain text")
    if sum(sizes) > min(LARGEST, SMALL + HIGHEST_RATIO * len(data)):
        raise InputError(name, f"its streams are larger than the file, or than {megabytes(LARGEST)}", "do not trust it")


def told(value: Callable[[], Any]) -> Any:
    """What a message tells; None where it does not, or its stream is missing or cannot be decoded."""
    try:
        return value()
    except BROKEN:
        return None


def text_property(message: Any, named: str) -> str | None:
    """The text of a property by the end of its name in the format's own words."""
    from oxmsg.domain import constants

    identifiers = {
        "HEADERS": constants.PID_TRANSPORT_MESSAGE_HEADERS,
        "NAME": constants.PID_SENDER_NAME,
        "ADDRESS": constants.PID_SENDER_SMTP_ADDRESS,
        "OTHER ADDRESS": constants.PID_SENDER_EMAIL_ADDRESS,
    }
    return message.properties.str_prop_value(identifiers[named])


def page_of(name: str, message: Any) -> str:
    """The source of the message's page, in the encoding that the message tells, or else the page; nothing of none."""
    from oxmsg.domain import constants

    properties = message.properties
    page = told(lambda: properties.binary_prop_value(constants.PID_HTML))
    tells = told(lambda: properties.int_prop_value(constants.PID_INTERNET_CODEPAGE))
    source = told(lambda: message.html_body) if tells or not page else None
    return source or (html.decoded(name, page, None)[0] if page else "")


def sender(message: Any, headers: Any) -> str | None:
    """The name of whoever sent it, or the address where there is no name."""
    parts = ("NAME", "ADDRESS", "OTHER ADDRESS")
    names = (told(partial(text_property, message, part)) for part in parts)
    name = next((" ".join(name.split()) for name in names if name and name.strip("\0 \r\n")), None)
    return eml.sender(headers) or name

"""Mailboxes (.mbox): each message is a document, read as an e-mail file is; a broken one costs only itself."""

import re
from collections.abc import Iterator
from dataclasses import replace

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats import eml
from claims_cli.formats.notes import counted, with_last_note
from claims_cli.formats.options import FormatOptions

LINE = re.compile(rb"^From [^\r\n]*\r?\n", re.MULTILINE)
STAMPED = re.compile(rb"\d\d?:\d\d[^\r\n]{0,40}\d{4}|\d{4}[^\r\n]{0,40}\d\d?:\d\d")
HEADER = re.compile(rb"[\w-]{1,80}:")
ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
EMPTY_LINES = (b"\n\n", b"\n\r\n")
LONGEST_LINE = 300  # bytes of a line that begins a message


def read(name: str, data: bytes, options: FormatOptions) -> Iterator[Document | InputError]:
    """A document for each message that has a text, once; the last tells how many others there were.

    Raises:
        InputError: it is no mailbox, or none of its messages has a text.
    """
    starts = list(beginnings(data))
    if not starts:
        raise InputError(name, "is no mailbox: no line 'From ' begins a message", "give it the suffix of what it is")
    left_out: dict[str, list[int]] = {}
    count = yield from with_last_note(messages(name, data, starts, left_out), lambda: notes_of(left_out))
    if not count:
        raise InputError(name, "none of its messages has a text", "they may hold attachments only", "decode")


def messages(
    name: str, data: bytes, starts: list[tuple[int, int]], left_out: dict[str, list[int]]
) -> Iterator[Document | InputError]:
    """The messages that are read; the numbers of the others are kept by why they are not."""
    ends = [start for start, _ in starts[1:]] + [len(data)]
    seen, paragraphs = set[str](), set[str]()
    for number, ((_, start), end) in enumerate(zip(starts, ends, strict=True), 1):
        item = message(f"{name}#{number}", number, data[start:end], seen, paragraphs)
        if isinstance(item, str):
            left_out.setdefault(item, []).append(number)
        else:
            yield item


def notes_of(left_out: dict[str, list[int]]) -> list[str]:
    """How many messages were left out, by why."""
    return [f"{why} in this file: {counted(numbers)}" for why, numbers in left_out.items()]


def beginnings(data: bytes) -> Iterator[tuple[int, int]]:
    """Where the line that begins a message starts, and where the message does, in bytes.

    Such a line tells a time and a year, or it stands behind an empty line and a header follows.
    """
    for match in LINE.finditer(data):
        start, end = match.span()
        is_stamped = bool(STAMPED.search(data, start, min(end, start + LONGEST_LINE)))
        is_apart = start == 0 or data[max(0, start - 3) : start].endswith(EMPTY_LINES)
        if is_stamped or (is_apart and HEADER.match(data, end)):
            yield start, end


def message(name: str, number: int, data: bytes, seen: set[str], paragraphs: set[str]) -> Document | InputError | str:
    """The document of a message or why it cannot be read; words for a note where there is nothing to be read.

    Args:
        seen: the identifiers of messages that were read, to which this one's is added; paragraphs: the same of these.
    """
    try:
        mail = eml.message_of(name, ESCAPED.sub(rb"\1", data))
        identifier = str(mail.get("message-id") or "").strip()
        if identifier and identifier in seen:
            return "messages that were read before"
        seen.add(identifier)
        document = eml.document(name, mail, paragraphs)
    except InputError as error:
        return error
    except RecursionError:
        return InputError(name, "is nested too deep", "save it as plain text", "read")
    except Exception as error:  # whatever the library meets in one message, the others are read
        what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        return InputError(name, f"could not be read as an e-mail ({what})", "save it as plain text", "read")
    return replace(document, row=number) if document.text.strip() else "messages without text"

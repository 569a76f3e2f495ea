"""Plain text files: decoding."""

import hashlib

from claims_cli.claim import Document
from claims_cli.documents import articles
from claims_cli.errors import InputError

BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
CONTROL = frozenset(range(32)) - {9, 10, 12, 13}
MOST_CONTROL = 0.02


def decode(path: str, data: bytes) -> str:
    """The text of a file's bytes, without a leading byte-order mark.

    UTF-8 is tried first, then what the byte-order mark says, then Windows-1252.

    Raises:
        InputError: the bytes are no text.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                raise InputError(path, f"is no valid {encoding.upper()}", "save it as UTF-8") from None
    if is_binary(data):
        raise InputError(path, "is a binary file and no text", "give a text file")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def is_binary(data: bytes) -> bool:
    """Whether bytes hold more control characters than a text does."""
    sample = data[:65536]
    return b"\0" in sample or sum(byte in CONTROL for byte in sample) > MOST_CONTROL * max(1, len(sample))


def read(path: str, data: bytes) -> Document:
    """The document of a plain text file.

    Raises:
        InputError: the bytes are no text, or there is nothing in them.
    """
    text = decode(path, data)
    if not text.strip():
        raise InputError(path, "is empty", "nothing was read from it")
    return Document(
        path=path,
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        articles=articles.split(text),
        furniture=articles.furniture(text),
    )

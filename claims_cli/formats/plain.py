"""Plain text files: decoding."""

import hashlib

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats import encodings, mojibake

BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
SIGNATURES = (
    (b"%PDF", "a PDF", "give it the suffix .pdf"),
    (b"PK\x03\x04", "a ZIP archive or an Office document", "give it its suffix: .docx, .odt, .xlsx or .zip"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "save it as plain text"),
    (b"{\\rtf", "an RTF document", "give it the suffix .rtf"),
    (b"\x1f\x8b", "a gzip archive", "give it the suffix .gz"),
    (b"SQLite format 3\0", "a database", "export its text"),
)
SAMPLE = 65_536
CONTROL = bytes(set(range(32)) - {9, 10, 12, 13})
MOST_CONTROL = 0.05
FEW = 4
ALL_BUT_NULL = 0.9
REPLACEMENT = "\ufffd"
BYTE_ORDER_MARK = "\ufeff"


def decode(
    path: str, data: bytes, encoding: str | None = None, *, mend: bool = True
) -> tuple[str, str, tuple[str, ...]]:
    """The text of a file's bytes without a leading byte-order mark, its encoding, and notes on what is doubtful.

    Args:
        encoding: what the bytes are in, where that is known.
        mend: whether letters that somebody read in the wrong encoding before are put back.

    Raises:
        InputError: the bytes are no text.
    """
    text, read_as, notes = decode_bytes(path, data, encoding)
    return with_letters_put_back(text, read_as, notes) if mend else (text, read_as, notes)


def with_letters_put_back(text: str, encoding: str, notes: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]]:
    """A text with the letters that were meant where it was once read in the wrong encoding, and a note of it."""
    text, count = mojibake.mended(text)
    return text, encoding, (*notes, mojibake.note(count)) if count else notes


def decode_bytes(path: str, data: bytes, encoding: str | None) -> tuple[str, str, tuple[str, ...]]:
    """The same, as the bytes stand.

    What the byte-order mark says is believed; otherwise UTF-8 is tried, then UTF-16 where every other byte is null,
    then UTF-8 with some broken bytes where most letters beyond ASCII are whole, then what the bytes look like most.

    Args:
        encoding: what the bytes are in, where that is known; nothing is tried then.

    Raises:
        InputError: the bytes are no text.
    """
    if encoding:
        return decode_as(path, data, encoding)
    for mark, marked in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return with_notes(data[len(mark) :].decode(marked, errors="replace"), marked)
    refuse_known(path, data)
    half = utf_16(data[:SAMPLE])
    if half:
        return with_notes(data.decode(half, errors="replace"), half, "looks like UTF-16 and was read so")
    if is_binary(data[:SAMPLE]):
        raise InputError(path, "is binary data and no text", "give a text file", "decode")
    try:
        return data.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError:
        return decode_broken(data)


def decode_as(path: str, data: bytes, encoding: str) -> tuple[str, str, tuple[str, ...]]:
    """The same for bytes whose encoding was given.

    Raises:
        InputError: the bytes are no text in that encoding.
    """
    refuse_known(path, data)
    try:
        text = data.decode(encoding, errors="replace").removeprefix(BYTE_ORDER_MARK)
    except UnicodeError:
        raise InputError(path, f"cannot be read as {encoding.upper()}", "leave out --encoding", "decode") from None
    sample = text[:SAMPLE]
    if sample.count(REPLACEMENT) > len(sample) / 2 or is_binary(sample.encode("utf-8", "replace")):
        raise InputError(path, f"is no text in {encoding.upper()}", "leave out --encoding", "decode")
    return with_notes(text, encoding)


def decode_broken(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    """Text that is no valid UTF-8: either UTF-8 with some broken bytes, or what it looks like most."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count(REPLACEMENT)
    whole = len(text) - len(text.encode("ascii", "ignore")) - broken
    if whole > broken:
        return with_notes(text, "utf-8")
    codec = encodings.guess(data)
    name = encodings.NAMES[codec]
    note = f"is no UTF-8; read as {name} (if letters look wrong, give its --encoding)"
    return with_notes(data.decode(codec, errors="replace"), name.lower(), note)


def with_notes(text: str, encoding: str, *notes: str) -> tuple[str, str, tuple[str, ...]]:
    """A text with its encoding, and a note where some of it could not be read."""
    broken = text.count(REPLACEMENT)
    if broken:
        places = "1 character" if broken == 1 else f"{broken} characters"
        notes = (*notes, f"{places} could not be read as {encoding.upper()}; in their place stands {REPLACEMENT}")
    return text, encoding, notes


def refuse_known(path: str, data: bytes) -> None:
    """Refuse what begins like a file of a known kind that is no plain text.

    Raises:
        InputError: it does.
    """
    for signature, kind, remedy in SIGNATURES:
        if data.startswith(signature):
            raise InputError(path, f"is {kind} and no plain text", remedy, "decode")


def utf_16(sample: bytes) -> str | None:
    """The byte order of UTF-16 without a mark: nearly every other byte is null."""
    for encoding, nulls, others in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        if len(nulls) > 1 and nulls.count(0) >= ALL_BUT_NULL * len(nulls) and others.count(0) < len(others) / 10:
            return encoding
    return None


def is_binary(sample: bytes) -> bool:
    """Whether bytes hold more control characters than a text with a few stray ones does."""
    control = len(sample) - len(sample.translate(None, CONTROL))
    return control > max(FEW, MOST_CONTROL * len(sample))


def decoded(path: str, data: bytes, encoding: str | None = None, *, mend: bool = True) -> Document:
    """A file's bytes as text, read as `encoding` where one is given; as they stand where nothing is to be mended.

    Raises:
        InputError: the bytes are no text.
    """
    text, read_as, notes = decode(path, data, encoding, mend=mend)
    return Document(path, text, hashlib.sha256(data).hexdigest(), encoding=read_as, notes=notes)


def read(path: str, data: bytes, encoding: str | None = None, *, mend: bool = True) -> Document:
    """The document of a plain text file, read as `encoding` where one is given; as it stands, or mended.

    Raises:
        InputError: the bytes are no text, or there is nothing in them.
    """
    if not data:
        raise InputError(path, "is empty", "check that it was saved", "decode")
    document = decoded(path, data, encoding, mend=mend)
    if not document.text.strip():
        raise InputError(path, "holds nothing but white space", "check that it was saved", "decode")
    return document

"""Web archives larger than what is read at once: piece by piece, each of whole records; memory stays bounded."""

import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats.isolation import isolated
from claims_cli.formats.limits import LARGEST, megabytes
from claims_cli.formats.options import FormatOptions
from claims_cli.formats.table import BY_SUFFIX, WARC, suffix_of
from claims_cli.formats.warc import BEGINS, ENDS, GZIP

PIECE = 64_000_000  # bytes of a file; packed some three to five times as many unpacked
LOOKED_AT = 1_024
NUMBERED = re.compile(r"#(\d{1,12})$")


def is_large(path: Path) -> bool:
    """Whether a file is a web archive of more than one piece."""
    try:
        return BY_SUFFIX.get(suffix_of(path.name)) is WARC and path.stat().st_size > PIECE
    except OSError:  # whoever reads it tells why
        return False


def documents(name: str, path: Path, options: FormatOptions) -> Iterator[Document | InputError]:
    """The documents of the archive, counted through over its pieces, with the hash of the whole file.

    Raises:
        InputError: it is no archive, or no page in it holds text.
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    last, why = 0, None
    for piece in pieces(name, path):
        before = last
        try:
            for item in isolated(name, piece, WARC, options):
                if isinstance(item, InputError):
                    yield renumbered(item, before)
                    continue
                last = before + (item.row or 0)
                yield replace(item, path=f"{name}#{last}", row=last, sha256=digest)
        except InputError as error:
            why = why or error
    if why is not None and not last:
        raise why


def renumbered(error: InputError, before: int) -> InputError:
    """The error of a page, counted through."""
    path = NUMBERED.sub(lambda match: f"#{int(match[1]) + before}", error.path)
    return InputError(path, error.reason, error.remedy, error.stage)


def pieces(name: str, path: Path) -> Iterator[bytes]:
    """The bytes of an archive, cut where a record begins.

    Raises:
        InputError: a record is larger than an input may be, or it is no archive.
        OSError: it cannot be read.
    """
    data = b""
    with path.open("rb") as stream:
        while more := stream.read(PIECE):
            data += more
            cut = last_record(data)
            if cut:
                yield data[:cut]
                data = data[cut:]
            elif len(data) > LARGEST:
                reason = f"has a record larger than {megabytes(LARGEST)}, or is no WARC file packed record by record"
                raise InputError(name, reason, "split it, or pack it with warcio recompress")
    if data:
        yield data


def last_record(data: bytes) -> int:
    """Where the last record begins, packed or not; 0 where no other begins than the first."""
    if not data.startswith(GZIP):
        place = data.rfind(ENDS + BEGINS)
        return place + len(ENDS) if place > 0 else 0
    place = data.rfind(GZIP)
    while place > 0 and not begins_record(data[place : place + LOOKED_AT]):
        place = data.rfind(GZIP, 0, place + len(GZIP) - 1)
    return max(place, 0)


def begins_record(packed: bytes) -> bool:
    """Whether bytes are the beginning of a packed record, and do not only look like it."""
    try:
        return zlib.decompressobj(31).decompress(packed, len(BEGINS)) == BEGINS
    except zlib.error:
        return False

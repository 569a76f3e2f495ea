"""What is packed: bounds on how far it is unpacked, by what comes out and never by what the file says of itself."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Protocol

from claims_cli.errors import InputError
from claims_cli.formats.limits import CHUNK, LARGEST, megabytes

MOST_PARTS = 10_000
MOST_UNPACKED = 1_000_000_000
HIGHEST_RATIO = 250
SMALL = 10_000_000
ENTRY = b"PK\x01\x02"
DECLARATION = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)")
OVERLAP = 32
ENCRYPTED = 0x1


class Readable(Protocol):
    """What bytes come out of."""

    def read(self, size: int, /) -> bytes: ...


def opened(name: str, data: bytes, most: int = MOST_PARTS) -> zipfile.ZipFile:
    """A zip file.

    Raises:
        InputError: it is none, or has too many parts.
    """
    if data.count(ENTRY) > most:
        raise InputError(name, f"holds more than {most:,} files", "unpack it")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise InputError(name, f"is broken ({error})", "check that it was saved whole") from None


def pieces(name: str, stream: Readable, packed: int) -> Iterator[bytes]:
    """What comes out of a packed stream, piece by piece.

    Raises:
        InputError: it is more than is read, or far more than text packs to.
    """
    size = 0
    while piece := stream.read(CHUNK):
        size += len(piece)
        if size > LARGEST:
            raise InputError(name, f"unpacks to more than {megabytes(LARGEST)}", "split it")
        if size > SMALL and size > HIGHEST_RATIO * packed:
            raise InputError(name, f"unpacks to more than {HIGHEST_RATIO} times its size", "no text packs so small")
        yield piece


def check(name: str, data: bytes) -> zipfile.ZipFile:
    """An Office document that is safe to open: unpacked within bounds, and its XML declares no entities.

    Raises:
        InputError: it is not.
    """
    package, unpacked = opened(name, data), 0
    for part in package.infolist():
        if part.flag_bits & ENCRYPTED:
            raise InputError(name, "is locked with a password", "save it without one")
        before = b""
        for piece in part_pieces(name, package, part):
            unpacked += len(piece)
            if unpacked > MOST_UNPACKED:
                raise InputError(name, f"unpacks to more than {megabytes(MOST_UNPACKED)}", "split it")
            if DECLARATION.search(before + piece) and part.filename.lower().endswith((".xml", ".rels")):
                raise InputError(name, "its XML declares entities, which no Office document does", "do not trust it")
            before = piece[-OVERLAP:]
    return package


def part_pieces(name: str, package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of one part of a package.

    Raises:
        InputError: it is broken, or unpacks too far.
    """
    try:
        with package.open(part) as stream:
            yield from pieces(name, stream, part.compress_size)
    except InputError:
        raise
    except Exception as error:
        raise InputError(name, f"is broken ({error})", "check that it was saved whole") from None


def part_of(name: str, package: zipfile.ZipFile, path: str) -> bytes:
    """One part of a package; nothing where it has none of that path.

    Raises:
        InputError: it is broken, or unpacks too far.
    """
    if path not in package.namelist():
        return b""
    return b"".join(part_pieces(name, package, package.getinfo(path)))

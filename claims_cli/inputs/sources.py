"""The bytes of one input: a file, a pipe, or standard input; never more than `LARGEST`."""

import os
import select
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

from claims_cli.errors import InputError
from claims_cli.formats.limits import CHUNK, LARGEST, megabytes
from claims_cli.formats.options import Piece

SPECIAL = {
    stat.S_ISFIFO: ("is a pipe and no file", "pipe its text into: claims extract -"),
    stat.S_ISCHR: ("is a device and no file", "give a file, or - for standard input"),
    stat.S_ISBLK: ("is a device and no file", "give a file"),
    stat.S_ISSOCK: ("is a socket and no file", "give a file"),
}


@dataclass(frozen=True)
class Input:
    """One thing to read: the name to show, and where it is.

    Attributes:
        path: of a file; None for standard input, and for what lies elsewhere.
        place: where it lies on the web, or on another file system (`s3://…`).
        piece: what of the file is read; None for all of it.
    """

    name: str
    path: Path | None
    place: str | None = None
    piece: Piece | None = None


def shown_name(path: str | os.PathLike[str]) -> str:
    """A path as text: bytes of a file name that are no UTF-8 become escapes (`\\xff`)."""
    return os.fsencode(path).decode("utf-8", errors="backslashreplace")


def why(error: OSError) -> str:
    """What went wrong, in plain words."""
    if isinstance(error, FileNotFoundError):
        return "is not there"
    return f"cannot be read: {(error.strerror or str(error)).lower()}"


def too_large(name: str) -> InputError:
    """That an input has more bytes than are read."""
    return InputError(name, f"is larger than {megabytes(LARGEST)}", "split it")


def data_of(item: Input) -> bytes:
    """The bytes of one input.

    Raises:
        InputError: it cannot be read, or is too large.
    """
    try:
        if item.path is not None:
            return contents(item.name, item.path)
        return limited(item.name, sys.stdin.buffer.read(LARGEST + 1))
    except OSError as error:
        raise InputError(item.name, why(error), "check the file and its permissions") from None
    except MemoryError:
        raise InputError(item.name, "is larger than the memory of this machine", "split it") from None


def limited(name: str, data: bytes) -> bytes:
    """The bytes themselves.

    Raises:
        InputError: they are too many.
    """
    if len(data) > LARGEST:
        raise too_large(name)
    return data


def contents(name: str, path: Path) -> bytes:
    """The bytes of a file, or of a pipe that somebody is writing to; never waits for a writer.

    Raises:
        InputError: it is a device, a socket, a pipe without a writer, or too large.
        OSError: it cannot be read.
    """
    status = path.stat()
    if stat.S_ISFIFO(status.st_mode):
        data = piped(path)
        if data:
            return limited(name, data)
    for is_special, (reason, remedy) in SPECIAL.items():
        if is_special(status.st_mode):
            raise InputError(name, reason, remedy)
    if status.st_size > LARGEST:
        raise too_large(name)
    with path.open("rb") as stream:  # a file that grows is read no further either
        return limited(name, stream.read(LARGEST + 1))


def piped(path: Path) -> bytes:
    """What is written to a named pipe (`<(command)` of a shell), until its writer is done; nothing without a writer."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        data = bytearray()
        while len(data) <= LARGEST:
            try:
                chunk = os.read(handle, CHUNK)
            except BlockingIOError:  # the writer is there and has nothing to say yet
                select.select([handle], [], [])
                continue
            if not chunk:
                break
            data += chunk
        return bytes(data)
    finally:
        os.close(handle)

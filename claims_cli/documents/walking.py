"""Which files a run reads: files as given, folders recursively in sorted order, `-` for standard input."""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from claims_cli.claim import Document
from claims_cli.documents import plain
from claims_cli.errors import InputError

READERS = {".txt": plain.read, ".text": plain.read, ".md": plain.read, "": plain.read}
STDIN = "-"


@dataclass(frozen=True)
class Input:
    """One thing to read: the name to show, and where it is (None for standard input)."""

    name: str
    path: Path | None


def inputs(arguments: list[str]) -> Iterator[Input | InputError]:
    """Every input of a run, in a stable order; what cannot be read comes as its error.

    Hidden files and folders, and files of a kind that no reader knows, are left out of folders; a file that is named
    is always read.
    """
    for argument in arguments:
        if argument == STDIN:
            yield Input(STDIN, None)
            continue
        path = Path(argument)
        if path.is_dir():
            yield from folder(argument, path)
        elif path.exists():
            yield Input(argument, path)
        else:
            yield InputError(argument, "no such file or folder", "check the path")


def folder(argument: str, path: Path) -> Iterator[Input | InputError]:
    """The files under a folder, sorted by their path."""
    found: list[Path] = []
    for base, folders, files in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and Path(name).suffix.lower() in READERS and Path(name).suffix:
                found.append(Path(base) / name)
    for file in sorted(found, key=lambda file: file.relative_to(path).parts):
        yield Input("/".join([argument.rstrip("/") or "/", *file.relative_to(path).parts]), file)


def read(item: Input) -> Document:
    """The document of one input.

    Raises:
        InputError: it cannot be read.
    """
    try:
        data = sys.stdin.buffer.read() if item.path is None else item.path.read_bytes()
    except OSError as error:
        raise InputError(item.name, f"cannot be read: {error.strerror or error}", "check its permissions") from None
    suffix = item.path.suffix.lower() if item.path else ""
    return READERS.get(suffix, plain.read)(item.name, data)

"""Claims → files and tables: one table of format name → writer, from which the command line takes its choices."""

import os
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from claims_cli.claim import Claim
from claims_cli.errors import UsageError
from claims_cli.outputs import delimited, json_lines, table

WRITERS = {
    "table": table.write,
    "jsonl": json_lines.write_lines,
    "json": json_lines.write_list,
    "csv": delimited.write_csv,
}
SUFFIXES = {".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv", ".txt": "table"}


def format_of(path: Path) -> str:
    """The format that a file's suffix names.

    Raises:
        UsageError: no format has that suffix.
    """
    found = SUFFIXES.get(path.suffix.lower())
    if found is None:
        raise UsageError(f"no format has the suffix of {path}", f"use one of {', '.join(SUFFIXES)} or give --format")
    return found


def write_file(path: Path, name: str, claims: Iterable[Claim]) -> None:
    """Write claims to a file that appears whole or not at all.

    Raises:
        UsageError: the file cannot be written.
    """
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}", "check the folder") from None
    encoding = "utf-8-sig" if name == "csv" else "utf-8"
    try:
        with open(handle, "w", encoding=encoding, newline="") as stream:
            WRITERS[name](claims, stream)
        os.chmod(temporary, 0o666 & ~current_umask())
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def current_umask() -> int:
    """The umask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def write_stream(name: str, claims: Iterable[Claim], stream: TextIO | None = None) -> None:
    """Write claims to standard output, or to another stream."""
    WRITERS[name](claims, stream or sys.stdout)

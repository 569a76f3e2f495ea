"""Standard streams: data leaves as UTF-8; one that is closed or full ends in a message where one can be told.

An error of standard output is told from any other, for only here it is known on which stream it came.
"""

import errno
import os
import sys
from typing import Any, TextIO

from claims_cli.errors import EXIT_OK, OutputError
from claims_cli.outputs.escapes import BYTES_ESCAPED

CLOSED = (errno.EBADF, errno.EINVAL)


class Stream:
    """A standard stream as it is, but for what becomes of its errors."""

    def __init__(self, stream: TextIO):
        self.stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)

    def write(self, text: str) -> int:
        """Write text; how many characters."""
        if text == "":  # libraries ask by it what stream this is, and hide what comes of it
            return 0
        try:
            return self.stream.write(text)
        except OSError as error:
            self.failed(error)
        return len(text)

    def writelines(self, lines: list[str]) -> None:
        """Write several texts."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Write what was kept back."""
        try:
            self.stream.flush()
        except OSError as error:
            self.failed(error)

    def failed(self, error: OSError) -> None:
        """Nothing: what cannot be told is not told, and the run ends as it would have."""
        self.drop()

    def drop(self) -> None:
        """Let what is kept back, and all that comes, go nowhere."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.stream.fileno())
        os.close(nowhere)


class Output(Stream):
    """Standard output."""

    def failed(self, error: OSError) -> None:
        """Say that it cannot be written; a reader that has seen enough (`| head`) ends the run quietly.

        Raises:
            OutputError: it cannot be written.
            SystemExit: nobody reads on.
        """
        self.drop()
        if isinstance(error, BrokenPipeError):
            raise SystemExit(EXIT_OK) from None
        if error.errno in CLOSED:
            raise OutputError("standard output cannot be written: it is closed", "name a file: -o FILE") from None
        raise OutputError(f"standard output cannot be written: {error.strerror}", "check the disk") from None


def set_streams() -> None:
    """Data leaves as UTF-8 whatever the locale; what a terminal or the locale cannot show becomes a question mark."""
    sys.stdin = sys.stdin or standing_in(0, "r", os.O_RDONLY)
    sys.stdout = sys.stdout or standing_in(1, "w", os.O_RDONLY)  # on which writing fails, when somebody writes
    sys.stderr = sys.stderr or standing_in(2, "w", os.O_WRONLY)
    if sys.stdout.isatty():
        sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    else:
        sys.stdout.reconfigure(encoding="utf-8", errors=BYTES_ESCAPED, newline="\n")  # type: ignore[union-attr]
    sys.stderr.reconfigure(errors=BYTES_ESCAPED)  # type: ignore[union-attr]
    sys.stdout, sys.stderr = Output(sys.stdout), Stream(sys.stderr)


def standing_in(number: int, mode: str, flags: int) -> Any:
    """A stream in the place of one that was closed, so that no other file comes to have its number."""
    handle = os.open(os.devnull, flags)
    try:
        os.fstat(number)
    except OSError:
        os.dup2(handle, number)
        os.close(handle)
        handle = number
    if handle == number:
        os.set_inheritable(number, True)
    return open(handle, mode, encoding="utf-8", closefd=False)

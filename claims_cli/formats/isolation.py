"""Readers of foreign formats run in a process of their own, so that no file can take this one's time or memory.

A file may be made to keep a library busy for hours, to take all memory, or to crash it. The process is started with
the first such file, reads one file after the other, and is ended and started anew where one goes wrong.
"""

import atexit
import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats.options import FormatOptions
from claims_cli.formats.table import Format
from claims_cli.programs import started

SECONDS = 120
WATCH = 0.1
MEMORY = 2 << 30


def isolated(name: str, data: bytes, reader: Format, options: FormatOptions) -> Iterator[Document | InputError]:
    """The documents in the bytes of a file, read in the other process.

    Raises:
        InputError: they cannot be read, or not within the time and memory that a file is given.
    """
    helper = Helper.running()
    helper.is_busy = True
    try:
        helper.send(name, data, reader, options)
        while (answer := helper.answer()) != {"end": True}:
            if answer is None:
                raise InputError(name, *helper.ending(reader.called))
            yield from_json(answer)
        helper.is_busy = False
    except BrokenPipeError:
        raise InputError(name, *helper.ending(reader.called)) from None
    finally:
        if helper.is_busy:
            helper.stop()


class Helper:
    """The process that reads."""

    current: "Helper | None" = None

    def __init__(self):
        self.process = started("claims_cli.formats.worker", str(MEMORY), str(SECONDS))
        self.is_late = self.is_busy = False
        self.deadline: float | None = None
        self.is_done = threading.Event()
        threading.Thread(target=self.watch, daemon=True).start()
        atexit.register(self.stop)

    @classmethod
    def running(cls) -> "Helper":
        """A process that waits for a file; a new one where there is none."""
        if cls.current is None or cls.current.is_busy or cls.current.process.poll() is not None:
            cls.current = cls()
        return cls.current

    def send(self, name: str, data: bytes, reader: Format, options: FormatOptions) -> None:
        """Hand over a file."""
        request = {
            "name": name,
            "size": len(data),
            "reader": [reader.module, reader.function, reader.called],
            "options": {
                "text_column": options.text_column,
                "whole_page": options.whole_page,
                "encoding": options.encoding,
                "columns": {group: sorted(names) for group, names in options.columns.items()},
            },
        }
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def answer(self) -> dict[str, Any] | None:
        """What it says next; None where it ended or took too long."""
        assert self.process.stdout is not None
        self.deadline = time.monotonic() + SECONDS
        line = self.process.stdout.readline()
        self.deadline = None
        return json.loads(line) if line.endswith(b"\n") else None

    def watch(self) -> None:
        """End it when a file takes too long."""
        while not self.is_done.wait(WATCH):
            deadline = self.deadline
            if deadline is not None and time.monotonic() > deadline:
                self.is_late = True
                self.process.kill()
                return

    def ending(self, called: str) -> tuple[str, str]:
        """Why it ended, and what to do."""
        if self.is_late:
            return f"takes more than {SECONDS} seconds to read as {called}", "save it as plain text"
        return f"could not be read as {called} (its reader ran out of memory, or broke down)", "save it as plain text"

    def stop(self) -> None:
        """End it."""
        atexit.unregister(self.stop)
        self.is_done.set()
        self.process.kill()
        self.process.wait()
        for stream in filter(None, (self.process.stdin, self.process.stdout)):
            with suppress(OSError):
                stream.close()
        if Helper.current is self:
            Helper.current = None


def from_json(answer: dict[str, Any]) -> Document | InputError:
    """A document or an error, as `worker` wrote it.

    Raises:
        InputError: the whole file failed.
    """
    if "failed" in answer:
        raise InputError(*answer["failed"])
    if "error" in answer:
        return InputError(*answer["error"])
    fields = answer["document"]
    for key in ("pages", "notes", "articles", "duplicates"):
        fields[key] = tuple(fields[key])
    for key in ("furniture", "metadata", "foreign", "skipped"):
        fields[key] = tuple(map(tuple, fields[key]))
    return Document(**fields)

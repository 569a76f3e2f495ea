"""Readers of foreign formats run in a process of their own, so that no file can take this one's time or memory.

A file may be made to keep a library busy for hours, to take all memory, or to crash it. The process is started with
the first such file, reads one file after the other, and is ended and started anew where one goes wrong. Every fault of
a library ends there, as the error of the file. What it answers is read as JSON: a process that a file has taken over
may say anything.
"""

import importlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, ClassVar

import msgspec

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats.options import FormatOptions, Mark, Piece
from claims_cli.formats.table import Format
from claims_cli.processes import Process, ProcessDied

SECONDS = 120
MEMORY = 2 << 30
Answer = dict[str, Any]


def isolated(name: str, data: bytes, reader: Format, options: FormatOptions) -> Iterator[Document | InputError]:
    """The documents in the bytes of a file, read in the other process.

    Raises:
        InputError: they cannot be read, or not within the time and memory that a file is given.
    """
    return (from_json(answer) for answer in asked(name, data, reader, options))


def surveyed(name: str, data: bytes, reader: Format, options: FormatOptions) -> list[Mark]:
    """Where a file may be cut, its beginning and end among it, found in the other process.

    Args:
        reader: whose function gives marks.

    Raises:
        InputError: as of `isolated`.
    """
    marks = [msgspec.convert(answer["mark"], Mark) for answer in asked(name, data, reader, options)]
    if len(marks) < 2:  # no reader gives less, but a process that a file has taken over may
        raise InputError(name, f"could not be read as {reader.called}", "check that it was saved whole")
    return marks


def asked(name: str, data: bytes, reader: Format, options: FormatOptions) -> Iterator[Answer]:
    """What the other process answers.

    Raises:
        InputError: the whole file failed.
    """
    process = opener()
    try:
        for line in process.ask(request(name, reader, options), data):
            answer = json.loads(line)
            if "failed" in answer:
                raise InputError(*answer["failed"])
            yield answer
    except ProcessDied as death:
        raise InputError(name, ending(death, reader.called), "save it as plain text") from None
    finally:
        if process.is_busy:
            process.end()
        else:
            Openers.waiting.append(process)


class Openers:
    """The processes that wait for a file; as many are started as files are read at once."""

    waiting: ClassVar[list[Process]] = []


def opener() -> Process:
    """A process that waits for a file; a new one where there is none."""
    while Openers.waiting:
        process = Openers.waiting.pop()  # one at a time, whatever threads ask
        if process.is_free():
            return process
        process.end()
    return Process(__name__, MEMORY, SECONDS)


def request(name: str, reader: Format, options: FormatOptions) -> bytes:
    """What the process is told about the bytes of a file."""
    fields = {
        "name": name,
        "reader": [reader.module, reader.function, reader.called],
        "options": {
            "text_column": options.text_column,
            "whole_page": options.whole_page,
            "encoding": options.encoding,
            "columns": {group: sorted(names) for group, names in options.columns.items()},
            "page_words": {group: sorted(words) for group, words in options.page_words.items()},
            "piece": asdict(options.piece) if options.piece else None,
        },
    }
    return json.dumps(fields).encode()


def ending(death: ProcessDied, called: str) -> str:
    """Why the process ended."""
    if death.is_late:
        return f"takes more than {SECONDS} seconds to read as {called}"
    return f"could not be read as {called} (its reader ran out of memory, or broke down)"


def from_json(answer: Answer) -> Document | InputError:
    """A document or an error, as `answers` wrote it."""
    if "error" in answer:
        return InputError(*answer["error"])
    return msgspec.convert(answer["document"], Document)


def answers(described: bytes, data: bytes) -> Iterator[bytes]:
    """What the process answers: a line of JSON for each document of a file."""
    return (json.dumps(answer).encode() for answer in answered(json.loads(described), data))


def answered(request: Answer, data: bytes) -> Iterator[Answer]:
    """The documents in the bytes of a file, or why they cannot be read."""
    module, function, called = request["reader"]
    name = request["name"]
    try:
        read = getattr(importlib.import_module(f"claims_cli.formats.{module}"), function)
        documents = read(name, data, options_of(request["options"]))
        for item in [documents] if isinstance(documents, Document) else documents:
            yield told(item)
    except InputError as failed:
        yield {"failed": error(failed)}
    except MemoryError:
        yield {"failed": [name, "needs more memory to read than a file is given", "split it", "read"]}
    except RecursionError:
        yield {"failed": [name, "is nested too deep", "save it as plain text", "read"]}
    except Exception as failed:
        what = " ".join(f"{type(failed).__name__}: {failed}".split())[:200]
        yield {"failed": [name, f"could not be read as {called} ({what})", "save it as plain text", "read"]}


def told(item: Document | InputError | Mark) -> Answer:
    """What a reader gives, as it is answered."""
    if isinstance(item, InputError):
        return {"error": error(item)}
    return {"mark" if isinstance(item, Mark) else "document": asdict(item)}


def error(failed: InputError) -> list[str]:
    """The parts of an error."""
    return [failed.path, failed.reason, failed.remedy, failed.stage]


def options_of(value: Answer) -> FormatOptions:
    """The options of a request."""
    columns = {group: frozenset(names) for group, names in value["columns"].items()}
    page_words = {group: frozenset(words) for group, words in value["page_words"].items()}
    piece = Piece(**value["piece"]) if value["piece"] else None
    return FormatOptions(columns, value["text_column"], value["whole_page"], value["encoding"], page_words, piece)

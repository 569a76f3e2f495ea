"""The process that opens files of foreign formats: a request and the bytes come in, a line of JSON a document goes out.

Every fault of a library ends here, as the error of the file.
"""

import importlib
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import IO, Any

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats.options import FormatOptions
from claims_cli.programs import answers

Answer = dict[str, Any]


def main() -> None:
    """Answer requests until there are no more."""
    memory, seconds = map(int, sys.argv[1:])
    stream = answers()
    bound(memory=memory)
    while line := sys.stdin.buffer.readline():
        bound(seconds=seconds)
        request = json.loads(line)
        data = sys.stdin.buffer.read(request["size"])
        for answer in answered(request, data):
            send(stream, answer)
        send(stream, {"end": True})


def send(stream: IO[bytes], answer: Answer) -> None:
    """Write one answer."""
    stream.write(json.dumps(answer).encode() + b"\n")
    stream.flush()


def bound(memory: int = 0, seconds: int = 0) -> None:
    """Bound the memory of this process, or its time from now on, where the system can."""
    try:
        import resource
    except ImportError:
        return
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    if seconds:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, most))


def answered(request: Answer, data: bytes) -> Iterator[Answer]:
    """The documents in the bytes of a file, or why they cannot be read."""
    module, function, called = request["reader"]
    name = request["name"]
    try:
        read = getattr(importlib.import_module(f"claims_cli.formats.{module}"), function)
        found = read(name, data, options(request["options"]))
        for item in [found] if isinstance(found, Document) else found:
            yield {"error": error(item)} if isinstance(item, InputError) else {"document": asdict(item)}
    except InputError as failed:
        yield {"failed": error(failed)}
    except MemoryError:
        yield {"failed": [name, "needs more memory to read than a file is given", "split it", "read"]}
    except RecursionError:
        yield {"failed": [name, "is nested too deep", "save it as plain text", "read"]}
    except Exception as failed:
        what = " ".join(f"{type(failed).__name__}: {failed}".split())[:200]
        yield {"failed": [name, f"could not be read as {called} ({what})", "save it as plain text", "read"]}


def error(failed: InputError) -> list[str]:
    """The parts of an error."""
    return [failed.path, failed.reason, failed.remedy, failed.stage]


def options(value: Answer) -> FormatOptions:
    """The options of a request."""
    columns = {group: frozenset(names) for group, names in value["columns"].items()}
    return FormatOptions(columns, value["text_column"], value["whole_page"], value["encoding"])


if __name__ == "__main__":
    main()

"""How long and how much memory `claims extract` takes over hostile and huge files, each in a process of its own.

    python -m benchmarks.bounds            the small ones (under 1 MB: 10 s and 1.5 GB are allowed)
    python -m benchmarks.bounds all        also one 5 MB line and files of 50 MB (10 minutes and 1.5 GB); an hour

The 50 MB of prose are the articles of PolNeAR train again and again, with a number in each line so that none is
repeated; the other 50 MB are one article again and again.
"""

import itertools
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.polnear import FOLDER

MEGABYTE = 1_000_000
PATIENCE = 7200


def hostile(part: int = 1) -> dict[str, str]:
    """Texts that hold nothing and ask for much; `part` of 3 makes each a third as long."""
    return {
        "quotation marks with spaces": '" ' * (100_000 // part),
        "quotation marks without spaces": '"' * (100_000 // part),
        "curly quotation marks": "“ ” ‘" * (30_000 // part),
        "quoted letters": '"a' * (100_000 // part),
        "opening brackets": "(" * (50_000 // part),
        "opening brackets with spaces": "( [ { " * (16_000 // part),
        "combining characters": "e" + "\u0301" * (1_000_000 // part),
        "one word": "a" * (900_000 // part),
        "one address": "http://a.example/" + "b.c/" * (200_000 // part),
        "hyphens": "a-" * (400_000 // part),
        "full stops": "a." * (400_000 // part),
        "white space": " " * (900_000 // part) + "." + "\t" * (90_000 // part),
        "emoji": "👨‍👩‍👧" * (50_000 // part),
        "nulls and words": ("word " * 100 + "\0") * 20,
        "lines of a letter": "a\n" * (450_000 // part),
        "lines of two letters": "a b\n" * (225_000 // part),
        "lines of a quotation mark": '"\n' * (450_000 // part),
        "lines of a figure": "12\n" * (300_000 // part),
        "lines of a word": "lorem\nipsum\n" * (75_000 // part),
        "letters and empty lines": "a\n\n" * (300_000 // part),
        "empty lines": "\n" * (900_000 // part) + ".",
    }


def articles() -> list[str]:
    """The articles of PolNeAR train."""
    return [path.read_text(encoding="utf-8") for path in sorted((FOLDER / "train" / "text").iterdir())]


def one_line(size: int) -> str:
    """Prose without a line end."""
    return " ".join(" ".join(itertools.chain.from_iterable([articles()] * 2)).split())[:size]


def prose(size: int) -> str:
    """Prose in which no line comes twice."""
    found, length = [], 0
    for number, text in enumerate(itertools.cycle(articles())):
        lines = [f"{line} It was number {number}." if len(line) > 40 else line for line in text.split("\n")]
        found.append("\n".join(lines) + "\n\n")
        length += len(found[-1])
        if length >= size:
            return "".join(found)
    raise AssertionError("a cycle has no end")


def repeated(size: int) -> str:
    """One article again and again."""
    text = articles()[0] + "\n\n"
    return text * (size // len(text))


HUGE: dict[str, Callable[[], str]] = {
    "one line of 5 MB": lambda: one_line(5 * MEGABYTE),
    "50 MB, one article repeated": lambda: repeated(50 * MEGABYTE),
    "50 MB of prose": lambda: prose(50 * MEGABYTE),
    "50 MB of lines of a letter": lambda: "a\n" * (25 * MEGABYTE),
    "50 MB of one word": lambda: "a" * (50 * MEGABYTE),
    "50 MB of spaces": lambda: " " * (50 * MEGABYTE),
    "50 MB of quotation marks": lambda: '"' * (50 * MEGABYTE),
}


def measure(name: str, text: str, folder: Path) -> None:
    """Run the command over one text, and print what it took."""
    path = folder / "text.txt"
    path.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "claims_cli", "extract", str(path), "-q", "-o", str(folder / "out.jsonl")]
    began = time.perf_counter()
    process = subprocess.Popen(command)
    timer = threading.Timer(PATIENCE, process.kill)
    timer.start()
    _, status, usage = os.wait4(process.pid, 0)
    timer.cancel()
    took, memory = time.perf_counter() - began, usage.ru_maxrss / 1024
    size = path.stat().st_size / MEGABYTE
    print(
        f"{name:32} {size:6.2f} MB {took:8.1f} s {memory:7.0f} MB   exit {os.waitstatus_to_exitcode(status)}",
        flush=True,
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in hostile().items():
            measure(name, text, Path(folder))
        for name, make in HUGE.items() if sys.argv[1:] == ["all"] else ():
            measure(name, make(), Path(folder))


if __name__ == "__main__":
    main()

"""Fill in the figures of the documentation: what stands between two marks of a page is what a command prints.

    python -m benchmarks.card                        run every command of the pages, and write what they print
    python -m benchmarks.card docs/model-card.md     of some pages
    python -m benchmarks.card --only fairness        of the commands in which this stands
    python -m benchmarks.card --check                write nothing; what differs is told, and the exit code is 1
    python -m benchmarks.card --list                 the commands, and where they stand

A block begins with `<!-- printed: python -m benchmarks.… -->` and ends with `<!-- end -->`. The commands run in the
repository, with this Python; `POLNEAR`, `GUM` and `VERBNET` name the folders of the corpora, in a command too (`$GUM`).
Where one fails its block stays as it is, and the exit code is 1.
"""

import argparse
import difflib
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from benchmarks.polnear import ROOT

PAGES = tuple(ROOT / "docs" / name for name in ("accuracy.md", "model-card.md", "datasheet.md", "paper.md"))
BLOCK = re.compile(r"(<!-- printed: (?P<command>[^\n]+?) -->\n)(?P<inside>.*?)(?=<!-- end -->)", re.S)


class CommandFailed(Exception):
    """A command of a block failed, or is none that may run."""


@cache
def printed(command: str) -> str:
    """What a command prints, run once however many blocks it fills.

    Raises:
        CommandFailed: as its name says.
    """
    program, *arguments = (os.path.expandvars(word) for word in shlex.split(command))
    if program != "python" or arguments[:1] != ["-m"] or not arguments[1].startswith("benchmarks."):
        raise CommandFailed(f"{command}: a block runs `python -m benchmarks.…` only")
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise CommandFailed(f"{command}: {done.stderr.strip()[-300:]}")
    return done.stdout.strip("\n")


class Filler:
    """Fills in blocks; `failed` says what could not be."""

    def __init__(self, only: str = ""):
        self.only = only
        self.failed: list[str] = []

    def page(self, text: str) -> str:
        """A page with its blocks filled in."""
        return BLOCK.sub(self.block, text)

    def block(self, block: re.Match) -> str:
        """One block; as it is where its command fails or is not asked for."""
        if self.only not in block["command"]:
            return block[0]
        try:
            command = block["command"]
            return f"{block[1]}```text\n$ {command}\n{printed(command)}\n```\n"
        except CommandFailed as error:
            self.failed.append(str(error))
            return block[0]


def commands(pages: list[Path]) -> Iterator[str]:
    """The commands of pages, and where they stand."""
    for page in pages:
        yield from (f"{page.name}: {block['command']}" for block in BLOCK.finditer(page.read_text(encoding="utf-8")))


def differences(page: Path, text: str, new: str) -> str:
    """What differs between a page and what it should be."""
    lines = difflib.unified_diff(text.splitlines(), new.splitlines(), page.name, "printed", lineterm="", n=0)
    return "\n".join(lines)


def options() -> argparse.ArgumentParser:
    """What can be asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", type=Path, metavar="PAGE", help="those of docs/ where none is given")
    parser.add_argument("--only", default="", metavar="WORDS", help="commands in which these words stand")
    parser.add_argument("--check", action="store_true", help="write nothing, and tell what differs")
    parser.add_argument("--list", action="store_true", help="the commands, and where they stand")
    return parser


def main() -> None:
    """Run."""
    arguments = options().parse_args()
    pages = arguments.pages or [page for page in PAGES if page.exists()]
    if arguments.list:
        print(*commands(pages), sep="\n")
        return
    filler, differs = Filler(arguments.only), False
    for page in pages:
        text = page.read_text(encoding="utf-8")
        new = filler.page(text)
        if new == text:
            continue
        print(differences(page, text, new))
        differs = True
        if not arguments.check:
            page.write_text(new, encoding="utf-8", newline="\n")
    for reason in filler.failed:
        print(reason, file=sys.stderr)
    sys.exit(int(bool(filler.failed) or (arguments.check and differs)))


if __name__ == "__main__":
    main()

"""Damaged stores and altered exports: whether each command that reads them ends as it should.

    python -m benchmarks.fuzz files [FLIPS [CUTS [ALTERED [SEED]]]]        by default 300 300 500 0

Bytes of a store are changed, it is cut, lines of an export are altered; each command then runs in a process of its own,
split off from one that has loaded everything. Wrong is an exit code other than 0, 1 and 2, a traceback, and a damaged
store whose remedy fails: `claims merge` must save what can be read, and the saved store must be read. Every failure is
printed with the seed that makes it again.
"""

import gc
import io
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from claims_cli.commands.app import main as claims
from claims_cli.pipeline.parse import model
from claims_cli.store import opening

NUMBERS = {"flips": 300, "cuts": 300, "altered": 500}
STORY = (
    "“The bridge is unsafe,” said Ann Roe on Monday.\n\nJohn Lee said that the ferry was late, according to Ann Roe. "
    "He thinks it will sink. Mr Lee denied that the bridge is unsafe.\n\nThe ministry told Reuters it would pay.\n"
) * 4
READ = (
    ["list"], ["list", "--sort", "quote,date"], ["list", "--search", "bridge"], ["list", "--format", "html"],
    ["list", "--speaker", "Roe", "--format", "csv"], ["stats"], ["speakers"], ["network"], ["quotes"], ["disputes"],
)  # fmt: skip
VALUES = [
    None, 0, -1, 1.5, 1e400, 2**70, True, "", "x", "\ud800", "\x00", [], {}, [1], ["a", None], [[]], {"text": "a"},
    {"text": "ab", "spans": [[0, 1]]}, {"text": "a", "spans": [[1, 0]]}, {"text": "a", "spans": [[0, 2**65]]},
    [{"speaker": 1}], "2024-13-45", "9" * 5000,
]  # fmt: skip
ENDINGS = (0, 1, 2)
PER_FILE = 3
TOLD_EVERY = 20
LIMIT = 60  # seconds that a command may take


def flipped(data: bytes, chance: random.Random) -> bytes:
    """Bytes of which some are changed: now and then in the head, one, several, or a page."""
    bad = bytearray(data)
    begin = chance.randrange(100) if chance.random() < 0.2 else chance.randrange(len(bad))
    for place in range(begin, min(len(bad), begin + chance.choice((1, 1, 3, 20, 4096)))):
        bad[place] = chance.choice((0, 255, bad[place] ^ (1 << chance.randrange(8)), chance.randrange(256)))
    return bytes(bad)


def cut(data: bytes, chance: random.Random) -> bytes:
    """Bytes without their end, their beginning, or a stretch between."""
    first, second = sorted((chance.randrange(len(data)), chance.randrange(len(data))))
    return chance.choice((data[:first], data[:first] + data[second:], data[:first], data[first:]))


def altered(data: bytes, chance: random.Random) -> bytes:
    """An export of which one line is changed: a value, a field less or more, a byte, the end."""
    lines = data.splitlines()
    place = chance.randrange(len(lines))
    record = json.loads(lines[place])
    name = chance.choice(list(record))
    raw = bytearray(lines[place])
    raw[chance.randrange(len(raw))] = chance.randrange(256)
    lines[place] = chance.choice(
        (
            json.dumps({**record, name: chance.choice(VALUES)}).encode(),
            json.dumps({**record, name: chance.choice(VALUES)}).encode(),
            json.dumps({key: value for key, value in record.items() if key != name}).encode(),
            json.dumps({**record, "x": chance.choice(VALUES)}).encode(),
            bytes(raw).replace(b"\n", b" "),
            lines[place][: chance.randrange(len(lines[place]))],
            b"[" * 100_000,
        )
    )
    return b"\n".join([*lines, b""])


def ran(arguments: list[str], errors: Path) -> tuple[int, str]:
    """Run the command in a split-off process: its exit code, and what it said on standard error."""
    child = os.fork()
    if not child:
        os._exit(within(arguments, errors))
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return code, errors.read_text(encoding="utf-8", errors="replace")


def within(arguments: list[str], errors: Path) -> int:
    """The command in this process, which ends after it."""
    signal.alarm(LIMIT)
    sys.argv = ["claims", *arguments]
    sys.stdin, sys.stdout = open(os.devnull), io.TextIOWrapper(open(os.devnull, "wb"), encoding="utf-8")  # noqa: SIM115
    sys.stderr = io.TextIOWrapper(errors.open("wb"), encoding="utf-8", errors="backslashreplace")
    code = 0
    try:
        claims()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(bool(end.code))
    except BaseException:
        traceback.print_exc()
        code = 99
    sys.stdout.flush()
    sys.stderr.flush()
    return code


class Fuzz:
    """What came of a damaged file, in a folder of its own."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.counts: Counter = Counter()
        self.wrong: list[str] = []
        self.seed = ""
        (folder / "story.txt").write_text(STORY, encoding="utf-8")
        (folder / "other.txt").write_text(STORY.replace("Roe", "Berg").replace("bridge", "port"), encoding="utf-8")
        self.sure("extract", "story.txt", "other.txt", "--db", "sound.db", "--no-cache", "--quiet")
        self.sure("list", "sound.db", "--type", "all", "-o", "sound.jsonl", "--quiet")
        self.store = (folder / "sound.db").read_bytes()
        self.export = (folder / "sound.jsonl").read_bytes()
        self.id = json.loads(self.export.splitlines()[0])["id"]
        self.sure("mark", self.id, "right", "--by", "Ann", "sound.db")
        self.warm()

    def warm(self) -> None:
        """Load in this process what the commands need, which those that are split off then need not."""
        model.parser = cache(model.parser)
        before = sys.stdin, sys.stdout, sys.stderr
        shutil.copyfile(self.folder / "sound.db", self.folder / "copy.db")
        for one in (*READ, ["show", self.id], ["line", "Roe"], ["extract", "story.txt", "--db"]):
            within([*one, "copy.db"], self.folder / "errors")
        signal.alarm(0)
        gc.freeze()  # or each would copy all of it
        sys.stdin, sys.stdout, sys.stderr = before

    def sure(self, *arguments: str) -> None:
        """Run what must end well."""
        code, told = ran(list(arguments), self.folder / "errors")
        assert code == 0, told

    def run(self, kind: str, *arguments: str) -> int:
        """Run a command and keep how it ended."""
        code, told = ran(list(arguments), self.folder / "errors")
        self.counts[kind, arguments[0], code] += 1
        if code not in ENDINGS or "Traceback" in told or "fault of this program" in told:
            self.wrong.append(f"{self.seed}: claims {' '.join(arguments)}: exit {code}: {told.strip()[-300:]}")
        return code

    def of_store(self, kind: str, data: bytes, chance: random.Random) -> None:
        """Read a damaged store, and save what can be read of it."""
        name = "bad.db"
        for path in self.folder.glob("bad*"):
            path.unlink()
        (self.folder / name).write_bytes(data)
        others = (["show", self.id, name], ["line", "Roe", name], ["merge", name, "sound.db", "-o", "bad-both.db"])
        writing = (["mark", self.id, "wrong", name], ["extract", "story.txt", "--db", name], ["merge", "copy.db", name])
        shutil.copyfile(self.folder / "sound.db", self.folder / "copy.db")
        for one in chance.sample([*([*words, name] for words in READ), *others], PER_FILE):
            self.run(kind, *one)
        if opening.is_damaged(self.folder / name):
            self.saved(kind, name)
        self.run(kind, *chance.choice(writing))

    def saved(self, kind: str, name: str) -> None:
        """Save a store, and read what was saved."""
        code = self.run(f"{kind}: saved", "merge", name, "-o", "bad-saved.db")
        made = (self.folder / "bad-saved.db").exists()
        if made != (code in (0, 1)):
            self.wrong.append(f"{self.seed}: exit {code}, and a saved store is {'' if made else 'not '}there")
        if made and self.run(f"{kind}: read again", "list", "bad-saved.db", "--format", "html"):
            self.wrong.append(f"{self.seed}: what was saved is not read")

    def of_export(self, kind: str, data: bytes, chance: random.Random) -> None:
        """Read an altered export, alone and beside a store."""
        (self.folder / "bad.jsonl").write_bytes(data)
        for words in chance.sample(READ, PER_FILE - 1):
            self.run(kind, *words, "bad.jsonl")
        self.run(kind, *chance.choice(READ), "bad.jsonl", "sound.db")


def table(counts: Counter) -> Iterator[str]:
    """How often each command ended how, of each kind of damage."""
    yield f"{'damage':24}{'command':12}" + "".join(f"{f'exit {code}':>9}" for code in (*ENDINGS, "else"))
    for kind, command in sorted({key[:2] for key in counts}):
        ends = {code: number for (one, other, code), number in counts.items() if (one, other) == (kind, command)}
        told = [ends.pop(code, 0) for code in ENDINGS]
        yield f"{kind:24}{command:12}" + "".join(f"{number:>9}" for number in (*told, sum(ends.values())))


def main(arguments: list[str]) -> None:
    given = list(map(int, arguments))
    numbers = dict(zip(NUMBERS, [*given[:3], *list(NUMBERS.values())[len(given) :]], strict=True))
    first = given[3] if len(given) > 3 else 0
    began = time.perf_counter()
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        fuzz = Fuzz(Path(folder))
        kinds: dict[str, tuple[Callable, Callable, bytes]] = {
            "flips": (flipped, fuzz.of_store, fuzz.store),
            "cuts": (cut, fuzz.of_store, fuzz.store),
            "altered": (altered, fuzz.of_export, fuzz.export),
        }
        for kind, (damage, read, data) in kinds.items():
            for number in range(numbers[kind]):
                fuzz.seed = f"{kind} seed {first + number}"
                chance = random.Random(f"{kind} {first + number}")
                read(kind, damage(data, chance), chance)
                if number % TOLD_EVERY == TOLD_EVERY - 1:
                    print(f"{fuzz.seed}: {sum(fuzz.counts.values())} commands, {len(fuzz.wrong)} wrong", flush=True)
        os.chdir(before)
    print("\n".join(table(fuzz.counts)))
    print("\n".join(fuzz.wrong))
    total = ", ".join(f"{number} {kind}" for kind, number in numbers.items())
    took = time.perf_counter() - began
    print(f"{total}: {sum(fuzz.counts.values())} commands, {len(fuzz.wrong)} ended wrong, {took:.0f} s")
    sys.exit(bool(fuzz.wrong))

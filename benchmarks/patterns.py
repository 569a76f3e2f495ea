"""No pattern that reads a document runs away: the time it takes grows as the text does, and never as its square.

    python -m benchmarks.patterns [PART OF A NAME …]

Held to it are all patterns of the program: those of modules, also in tables, those made of the rulebook's words when it
is loaded, and those that are written where they are used. Each is asked as the program asks it (`match` begins
in one place, `finditer` in all), on the texts that `adversaries` makes of it. One that is not done in time is stopped.

Last result (2026-11-29): 251 patterns, 0 run away, 9 s of the processor; of those of the day before, 18 ran away.
"""

import ast
import gc
import importlib
import pkgutil
import re
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import claims_cli
from benchmarks import adversaries

ALL_PLACES = {"finditer", "findall", "search", "sub", "subn", "split"}
ONE_PLACE = {"match", "fullmatch"}
ASKED = re.compile(rf"\b(\w+)(?:\[[^\]\n]{{0,80}}\])?\.({'|'.join(sorted(ALL_PLACES | ONE_PLACE))})\b")
OTHER_NAMES = {"LabelReader.patterns", "clashes.SHARDS", "clashes.GOLD"}  # asked at one place, by another name
ARTICLE = "“No,” said Ann Roe.\n\nANN ROE: It is.\n\nJOHN LEE: Why?\n"
SIZE, TIMES = 2_000, 4
LEAST = 0.01  # seconds that no growth is looked for below
MOST = 1  # seconds after which one is stopped
GROWTH = 9  # times as long for four times as much: a line is 4, a square 16, a cube 64
TRIES = (2, 12)  # of which the fewest seconds count: what else the machine does is not counted; where in doubt, more


def modules() -> Iterator:
    """The modules of the program, but for what only a terminal's own library runs."""
    for found in pkgutil.walk_packages(claims_cli.__path__, "claims_cli."):
        if not found.name.startswith(("claims_cli.browse", "claims_cli.__main__")):
            yield importlib.import_module(found.name)


def within(value: object) -> Iterator[re.Pattern]:
    """The patterns of a value, also in tables."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from (pattern for one in value.values() for pattern in within(one))
    elif isinstance(value, (list, tuple)):
        yield from (pattern for one in value for pattern in within(one))


@cache
def asked(file: str) -> dict[str, set[str]]:
    """By which methods a module asks what has a name."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, way in ASKED.findall(Path(file).read_text(encoding="utf-8")):
        found[name].add(way)
    return found


@cache
def asked_anywhere() -> dict[str, set[str]]:
    """By which methods the program asks what has a name."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in Path(claims_cli.__file__).parent.rglob("*.py"):
        for name, ways in asked(str(path)).items():
            found[name] |= ways
    return found


def holders() -> Iterator[tuple[dict, str, str]]:
    """What may hold patterns: modules, and objects of ours that are there; the values, the name and the file."""
    for module in modules():
        yield vars(module), module.__name__.removeprefix("claims_cli."), str(module.__file__)
    for one in gc.get_objects():
        if str(type(one).__module__).startswith("claims_cli.") and hasattr(one, "__dict__"):
            file = str(sys.modules[type(one).__module__].__file__)
            yield vars(one), f"{type(one).__module__}.{type(one).__qualname__}".removeprefix("claims_cli."), file


def written() -> Iterator[tuple[re.Pattern, str, bool]]:
    """The patterns that are written where they are used (`re.sub("…", …)`)."""
    for path in sorted(Path(claims_cli.__file__).parent.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or not call.args:
                continue
            of_re = isinstance(call.func.value, ast.Name) and call.func.value.id == "re"
            if of_re and call.func.attr in ALL_PLACES | ONE_PLACE and isinstance(call.args[0], ast.Constant):
                pattern = re.compile(call.args[0].value)
                yield pattern, f"{path.stem}:{call.lineno}", call.func.attr in ALL_PLACES


def patterns() -> list[tuple[re.Pattern, str, bool]]:
    """Every pattern with the name by which the program has it, and whether it is asked in all places of a text."""
    loaded()
    found = {(pattern.pattern, pattern.flags): (pattern, name, ways) for pattern, name, ways in written()}
    for values, place, file in holders():
        for name, value in list(values.items()):
            for pattern in within(value):
                whole = f"{place}.{name}"
                ways = asked(file).get(name) or asked_anywhere().get(name, set())
                is_one = whole.endswith(tuple(OTHER_NAMES)) or bool(ways and ways <= ONE_PLACE)
                key = (pattern.pattern, pattern.flags)
                told = found.get(key, (pattern, whole, False))
                found[key] = (pattern, told[1], told[2] or not is_one)
    return sorted(found.values(), key=lambda one: one[1])


@cache
def loaded() -> Any:
    """An extractor that has read something, so that what is made of the rulebook's words is made."""
    from claims_cli.extraction import Extractor
    from claims_cli.formats import plain

    extractor = Extractor()
    list(extractor.extract([plain.read("a.txt", ARTICLE.encode())]))
    return extractor


def asking(pattern: re.Pattern, text: Any, everywhere: bool) -> float:
    """The seconds of the processor that a pattern takes for a text."""
    began = time.process_time()
    if everywhere:
        for _ in pattern.finditer(text):
            pass
    else:
        pattern.match(text)
        pattern.fullmatch(text)
    return time.process_time() - began


def least(pattern: re.Pattern, text: Any, everywhere: bool, doubt: int = 0) -> float:
    """The fewest seconds of some tries."""
    return min(asking(pattern, text, everywhere) for _ in range(TRIES[doubt]))


class Stopped(Exception):
    """A pattern was not done in time."""


@contextmanager
def stopped() -> Iterator[None]:
    """Stop what takes too long."""

    def stop(*_: object) -> None:
        raise Stopped

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, MOST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def problems(pattern: re.Pattern, everywhere: bool) -> Iterator[str]:
    """For which texts a pattern takes too long."""
    for first, again, end in adversaries.texts(pattern):

        def text(size: int, first: str = first, again: str = again, end: str = end) -> Any:
            whole = first + (again * size)[:size] + end
            return whole.encode("utf-8") if isinstance(pattern.pattern, bytes) else whole

        told = f"{first!r}, then {again!r} again and again, then {end!r}"
        try:
            with stopped():
                if asking(pattern, text(SIZE * TIMES), everywhere) < LEAST:
                    continue
                longer, taken = (least(pattern, text(size), everywhere) for size in (SIZE * TIMES, SIZE))
                if longer > GROWTH * taken:
                    longer, taken = (least(pattern, text(size), everywhere, 1) for size in (SIZE * TIMES, SIZE))
        except Stopped:
            yield f"{told}: more than {MOST} s for {SIZE * TIMES} characters"
            return
        if longer > max(LEAST, GROWTH * taken):
            yield f"{told}: {taken:.3f} s for {SIZE} characters, {longer:.3f} s for {TIMES} times as many"


def main() -> None:
    began, number, failed = time.perf_counter(), 0, 0
    wanted = sys.argv[1:]
    for pattern, name, everywhere in patterns():
        if wanted and not any(part in name for part in wanted):
            continue
        number += 1
        found = list(problems(pattern, everywhere))
        failed += bool(found)
        for problem in found[:3]:
            print(f"{name} {pattern.pattern[:100]!r}: {problem}", flush=True)
    print(f"{number} patterns, {failed} run away, {time.perf_counter() - began:.0f} s")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()

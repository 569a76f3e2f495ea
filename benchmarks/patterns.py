"""No pattern that reads a document runs away: the time it takes grows as the text does, and never as its square.

    python -m benchmarks.patterns        takes minutes; tests/test_patterns.py, which holds fewer, takes seconds

Held to it are all patterns of the program: those of modules, also in tables, and those that are made of the rulebook's
words when it is loaded. Each is asked as the program asks it (`match` begins in one place, `finditer` in all).
"""

import gc
import importlib
import pkgutil
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import regex

import claims_cli
from claims_cli.formats import plain

KINDS = (re.Pattern, regex.Pattern)
ALL_PLACES = {"finditer", "findall", "search", "sub", "subn", "split"}
ONE_PLACE = {"match", "fullmatch"}
PIECES = (
    "a", "A", " ", "\t", "\n", "<", ">", "(", "[", '"', "“", "-", "—", ".", ":", "=", "&", "\\", "{", "}", "0", "'",
    "*", "a ", "A ", "A. ", "a\n", "\\u1047?", "\\'c9", "{\\title ", "\\endash ", "<a ", "<!--", "> ", ">> ", "&#8220;",
    "[1] ", "Ann Roe ", "Ann Roe: ", "1:02 ", "a-\n", "=\n", "- ", "http://a", "Mr. ", "data:a,", "(a) ", "A, ", '"A" ',
    "\n\n", "\r\n", "| ", "/", "_", "#", "@a ", "a@a.", "1-2;", "0, ", "<a>", "</a>", "é", "\u200b", "—\n", "a, ", ";",
)  # fmt: skip
ARTICLE = "“No,” said Ann Roe.\n\nANN ROE: It is.\n\nJOHN LEE: Why?\n"
SHORT, SIZE, TIMES = 1_000, 4_000, 4
LEAST = 0.06  # seconds that no growth is looked for below
GROWTH = 9  # times as long for four times as much: a line is 4, a square 16, a cube 64


def modules() -> Iterator:
    """The modules of the program, but for what only a terminal's own library runs."""
    for found in pkgutil.walk_packages(claims_cli.__path__, "claims_cli."):
        if not found.name.startswith(("claims_cli.browse", "claims_cli.__main__")):
            yield importlib.import_module(found.name)


def within(value: object) -> Iterator:
    """The patterns of a value, also in tables."""
    if isinstance(value, KINDS):
        yield value
    elif isinstance(value, dict):
        yield from (pattern for one in value.values() for pattern in within(one))
    elif isinstance(value, (list, tuple)):
        yield from (pattern for one in value for pattern in within(one))


@cache
def asked() -> dict[str, set[str]]:
    """By which methods the program asks what has a name."""
    found: dict[str, set[str]] = defaultdict(set)
    ways = "|".join(sorted(ALL_PLACES | ONE_PLACE))
    for path in Path(claims_cli.__file__).parent.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for name, way in re.findall(rf"(\w+)(?:\[[^\]\n]{{0,80}}\])?\.({ways})\b", text):
            found[name].add(way)
    return found


@cache
def patterns() -> dict:
    """Every pattern with the name by which the program has it, and whether it is asked in all places of a text."""
    found = {}
    holders = [(vars(module), module.__name__) for module in modules()]
    for one in gc.get_objects():
        if str(type(one).__module__).startswith("claims_cli.") and hasattr(one, "__dict__"):
            holders.append((vars(one), f"{type(one).__module__}.{type(one).__qualname__}"))
    for values, place in holders:
        for name, value in list(values.items()):
            for pattern in within(value):
                ways = asked().get(name, set())
                everywhere = bool(ways & ALL_PLACES) or not ways & ONE_PLACE
                key = (pattern.pattern, pattern.flags)
                told = found.get(key, (pattern, f"{place}.{name}", False))
                found[key] = (pattern, told[1], told[2] or everywhere)
    return found


def literals(pattern) -> set[str]:
    """The words and signs of a pattern itself, which the text then is full of."""
    words = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    found = re.findall(r"[A-Za-z]{2,}|[^\w\s\\()?:|{}^$+*.\[\]]", re.sub(r"\\.", " ", words))
    return {piece for word in found[:12] for piece in (word, f"{word} ")}


def once(pattern, text, everywhere) -> float:
    began = time.process_time()
    if everywhere:
        for _ in pattern.finditer(text):
            pass
    else:
        pattern.match(text)
        pattern.fullmatch(text)
    return time.process_time() - began


def grows(pattern, everywhere) -> Iterator[str]:
    """For which texts it takes too long."""
    for piece in (*PIECES, *sorted(literals(pattern))):
        for end in ("", "\x00"):

            def text(size, piece=piece, end=end):
                whole = (piece * size)[:size] + end
                return whole.encode("utf-8") if isinstance(pattern.pattern, bytes) else whole

            taken = once(pattern, text(SHORT), everywhere)
            if taken > 1:
                yield f"{piece!r}: {taken:.1f} s for {SHORT} characters"
                continue
            if once(pattern, text(SIZE * TIMES), everywhere) < LEAST:
                continue
            # the fewest of some tries: what else the machine does is not counted
            longer = min(once(pattern, text(SIZE * TIMES), everywhere) for _ in range(3))
            taken = min(once(pattern, text(SIZE), everywhere) for _ in range(3))
            if longer > LEAST and longer > GROWTH * taken:
                yield f"{piece!r}: {taken:.3f} s, {longer:.3f} s for {TIMES} times as much"


def main() -> None:
    number = 0
    from claims_cli.extraction import Extractor  # what is made of the rulebook's words is made with it

    extractor = Extractor()
    list(extractor.extract([plain.read("a.txt", ARTICLE.encode())]))
    for pattern, name, everywhere in patterns().values():
        for problem in list(grows(pattern, everywhere))[:2]:
            number += 1
            print(f"{name}: {problem}", flush=True)
    print(f"{len(patterns())} patterns, {number} texts on which one runs away")
    sys.exit(bool(number))


if __name__ == "__main__":
    main()

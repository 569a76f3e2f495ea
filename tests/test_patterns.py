"""No pattern that reads a document runs away: four times as much text takes no more than so many times as long."""

import importlib
import pkgutil
import re
import time

import pytest

import claims_cli.articles
import claims_cli.formats
import claims_cli.inputs
import claims_cli.pipeline.parse

ROOMS = (claims_cli.articles, claims_cli.formats, claims_cli.inputs, claims_cli.pipeline.parse)
PIECES = (
    "a", "A", " ", "\t", "\n", "<", ">", "(", "[", '"', "“", "-", "—", ".", ":", "=", "&", "\\", "{", "}", "0", "'",
    "*", "a ", "A ", "A. ", "a\n", "\\u1047?", "\\'c9", "{\\title ", "\\endash ", "<a ", "<!--", "> ", ">> ", "&#8220;",
    "[1] ", "Ann Roe ", "Ann Roe: ", "1:02 ", "a-\n", "=\n", "- ", "http://a", "Mr. ", "data:a,", "(a) ", "A, ", '"A" ',
)  # fmt: skip
SIZE = 1_000
LEAST = 0.1  # seconds that no growth is looked for below
GROWTH = 40  # times as long for four times as much: a square is 16, a cube 64


def patterns():
    """Every pattern of a module that reads documents, by its place."""
    for room in ROOMS:
        for module in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, re.Pattern):
                    yield pytest.param(value, id=f"{module.name.removeprefix('claims_cli.')}.{name}")


def seconds(pattern, text, tries=1):
    """Seconds of the processor, the fewest of some tries: what else the machine does is not counted."""
    return min(once(pattern, text) for _ in range(tries))


def once(pattern, text):
    began = time.process_time()
    for _ in pattern.finditer(text.encode() if isinstance(pattern.pattern, bytes) else text):
        pass
    return time.process_time() - began


@pytest.mark.parametrize("pattern", list(patterns()))
def test_no_pattern_runs_away(pattern):
    for piece in PIECES:
        for end in ("", "\x00"):
            text = (piece * SIZE)[:SIZE]
            taken = seconds(pattern, text + end)
            assert taken < 1, f"{piece!r}: {taken:.1f} s for {SIZE} characters"
            longer = seconds(pattern, text * 4 + end)
            if longer >= max(LEAST, GROWTH * taken):
                taken, longer = seconds(pattern, text + end, 3), seconds(pattern, text * 4 + end, 3)
            assert longer < max(LEAST, GROWTH * taken), (
                f"{piece!r}: {taken:.3f} s, {longer:.3f} s for four times as much"
            )

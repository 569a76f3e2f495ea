"""No pattern that reads a document runs away: on no text that is made of it, it takes the square of the time."""

import re

import pytest

from benchmarks import patterns

RUN_AWAY = (
    r"(\w+)-$",
    r"\s*[(\[]",
    r"(?:a+)+b",
    r"\s*,\s*\s*x",
    r"\[[^\]]+\]",
    r"(?:A\.|[A-Z.]+)(?: (?:A|[A-Z]+))*:",
)
LINEAR = (r"(?<!\w)(\w++)-$", r"(?<!\s)\s*+[(\[]", r"(?<!a)a+b{3}", r"[^\n]{15,160}$", r"\w+")


def told() -> list[str]:
    """What runs away."""
    return [
        f"{name} {pattern.pattern[:80]!r}: {problem}"
        for pattern, name, everywhere in patterns.patterns()
        for problem in patterns.problems(pattern, everywhere)
    ]


def test_no_pattern_runs_away():
    """Of those of every module, those made of a rulebook's words, and those that are written where they are used."""
    assert len(patterns.patterns()) > 200
    assert not told()


@pytest.mark.parametrize("pattern", RUN_AWAY)
def test_one_that_runs_away_is_found(pattern):
    assert list(patterns.problems(re.compile(pattern), everywhere=True))


@pytest.mark.parametrize("pattern", LINEAR)
def test_one_that_does_not_is_let_be(pattern):
    assert not list(patterns.problems(re.compile(pattern), everywhere=True))


@pytest.mark.parametrize("line", [">" * 390 + " x", "Mr" + " A." * 130, "ROE" + " (a)" * 98, "A," + " " * 390 + "x"])
def test_a_line_that_may_be_a_label_takes_no_time(claims, tmp_path, line):
    """One of them once took minutes."""
    (tmp_path / "a.txt").write_text(f'ANN ROE: It is.\n\n{line}\n\nJOHN LEE: Why?\n\n"No," said Ann Roe.\n\n' * 9)
    done = claims("extract", "a.txt", "--format", "jsonl", cwd=tmp_path, timeout=60)
    assert done.returncode == 0
    assert b"It is" in done.stdout

"""No pattern that reads a document runs away: on no text that is made of it, it takes the square of the time."""

import re
import subprocess
import sys

import pytest

from benchmarks import patterns
from tests.conftest import ROOT

RUN_AWAY = (
    r"(\w+)-$",
    r"\s*[(\[]",
    r"(?:a+)+b",
    r"\s*,\s*\s*x",
    r"\[[^\]]+\]",
    r"(?:A\.|[A-Z.]+)(?: (?:A|[A-Z]+))*:",
)
LINEAR = (r"(?<!\w)(\w++)-$", r"(?<!\s)\s*+[(\[]", r"(?<!a)a+b{3}", r"[^\n]{15,160}$", r"\w+")


def test_no_pattern_runs_away():
    """Of those of every module, those made of a rulebook's words, and those that are written where they are used.

    In a process of its own: patterns that users gave in other tests may still be about in this one, and may run away.
    """
    command = [sys.executable, "-m", "benchmarks.patterns"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.split()[0]) > 200


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

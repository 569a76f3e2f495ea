"""A run into a store that is killed again and again ends with the same store as one that nobody disturbs."""

import random
import subprocess
import sys
import time

import pytest

from benchmarks.kills import contents, differing, killed
from tests.conftest import ROOT

KILLS = 6
PROGRAM = """
import sys, time
from benchmarks import store

class Extractor:  # reads invented articles without a model, one every few milliseconds
    model = "none"

    cache = None

    def __init__(self, *_, **__):
        pass

    def extract(self, documents, seen):
        for document in documents:
            time.sleep(0.01)
            lines = document.text.splitlines()
            speakers = [" ".join(line.split()[:2]) for line in lines]
            yield document, list(store.claims_of(document, lines, speakers, store.random.Random(document.path)))

import claims_cli.extraction
claims_cli.extraction.Extractor = Extractor
from claims_cli.commands.app import main
main()
"""


@pytest.fixture
def folder(tmp_path):
    from benchmarks.store import documents

    (tmp_path / "in").mkdir()
    for number, (document, _) in enumerate(documents(800)):
        (tmp_path / "in" / f"{number}.txt").write_text(document.text, encoding="utf-8")
    return tmp_path


def test_a_run_that_is_killed_goes_on(folder, monkeypatch):
    monkeypatch.chdir(ROOT)

    def command(name):
        return [sys.executable, "-c", PROGRAM, "extract", str(folder / "in"), "--db", str(folder / name)]

    begin = time.perf_counter()
    done = subprocess.run(command("whole.db"), capture_output=True, timeout=60)
    lasts = time.perf_counter() - begin
    assert done.returncode == 0, done.stderr
    wanted = contents(folder / "whole.db")
    assert len(wanted["documents"]) == 40
    going_on = sum(killed(command("killed.db"), random.uniform(0.1, 0.9) * lasts) for _ in range(KILLS))
    assert going_on, "no run was going on any more"
    assert subprocess.run(command("killed.db"), capture_output=True, timeout=60).returncode == 0
    assert not differing(wanted, contents(folder / "killed.db"))

"""Runs that are killed again and again lose nothing: a store, an output file, a merged store, marks.

CLAIMS_TEST_KILLS=50 kills so many of each.
"""

import csv
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace

import pytest

from benchmarks.kills import contents, differing, killed
from tests.conftest import ROOT

KILLS = int(os.environ.get("CLAIMS_TEST_KILLS", "2"))  # of each kind; 50 in a long run
PROGRAM = """
import os, sys, time
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
    going_on = sum(killed(command("killed.db"), random.uniform(0.1, 0.9) * lasts) for _ in range(max(6, KILLS)))
    assert going_on, "no run was going on any more"
    assert subprocess.run(command("killed.db"), capture_output=True, timeout=60).returncode == 0
    assert not differing(wanted, contents(folder / "killed.db"))


def claims(*arguments):
    return [sys.executable, "-c", PROGRAM, *map(str, arguments)]


def done(*arguments):
    """How long a command takes that nobody kills."""
    begin = time.perf_counter()
    result = subprocess.run(claims(*arguments), capture_output=True, timeout=120)
    assert result.returncode == 0, result.stderr
    return time.perf_counter() - begin


@pytest.fixture(scope="module")
def stores(tmp_path_factory):
    """Two stores, of which one is large enough that a kill meets what is written of it."""
    folder = tmp_path_factory.mktemp("stores")
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(ROOT)
        for name, count in (("ann", 1000), ("bob", 200)):
            made(folder / f"{name}.db", count, name)
    return folder


def made(path, count, reader):
    """A store of invented documents, each reader's with a place of their own."""
    from benchmarks.store import documents
    from claims_cli.manifest import now, versions
    from claims_cli.store import opening
    from claims_cli.store.writing import Writer

    with opening.writable(path) as connection:
        writer = Writer(connection)
        writer.begin(versions("none", "none"), {}, now())
        for document, found in documents(count):
            place = f"{reader}/{document.path}"
            writer.put(replace(document, path=place), [replace(claim, doc=place) for claim in found])
        writer.end(now(), 0, 0)


def test_an_output_file_is_the_old_one_or_the_new_one(stores, tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    out = tmp_path / "out.csv"
    lasts = done("list", stores / "ann.db", "-o", out)
    whole = out.read_bytes()
    assert len(list(csv.reader(whole.decode("utf-8-sig").splitlines()))) > 100
    out.write_bytes(b"the old one")
    met = 0
    while met < KILLS:
        met += killed(claims("list", stores / "ann.db", "-o", out), random.uniform(0.2, 1.0) * lasts)
        assert out.read_bytes() in (b"the old one", whole)
        out.write_bytes(b"the old one")
    done("list", stores / "ann.db", "-o", out)
    assert out.read_bytes() == whole


@pytest.mark.parametrize("into", ["the first", "a new one"])
def test_a_merge_that_is_killed_is_done_or_not_begun(stores, tmp_path, monkeypatch, into):
    monkeypatch.chdir(ROOT)
    first, second, new = tmp_path / "ann.db", tmp_path / "bob.db", tmp_path / "new.db"

    def fresh():
        for path in (first, second):
            shutil.copyfile(stores / path.name, path)

    words = ["merge", first, second, *(["-o", new] if into == "a new one" else [])]
    target = new if into == "a new one" else first
    fresh()
    before = [contents(path)["documents"] for path in (first, second)]
    lasts = done(*words)
    wanted = contents(target)
    met = 0
    while met < KILLS:
        new.unlink(missing_ok=True)
        for path in tmp_path.glob("*-wal"):
            path.unlink()
        fresh()
        met += killed(claims(*words), random.uniform(0.2, 1.0) * lasts)
        if into == "a new one":
            assert [contents(path)["documents"] for path in (first, second)] == before
            assert not new.exists() or not differing(wanted, contents(new))
        else:
            assert contents(first)["documents"] in (before[0], wanted["documents"])
            assert contents(second)["documents"] == before[1]
        done(*words) if target == first or not new.exists() else None
        assert not differing(wanted, contents(target))


def test_a_mark_that_is_killed_is_there_or_not_and_loses_none(stores, tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    db = tmp_path / "ann.db"
    shutil.copyfile(stores / "ann.db", db)
    with closing(sqlite3.connect(db)) as connection:
        ids = [row[0] for row in connection.execute("SELECT DISTINCT id FROM claims ORDER BY id LIMIT 200")]
    lasts = done("mark", ids[0], "right", "--by", "Ann", db)
    wanted, before, met = {ids[0]}, contents(stores / "ann.db"), 0
    for number in ids[1:]:
        was_met = killed(claims("mark", number, "right", "--by", "Ann", db), random.uniform(0.2, 1.0) * lasts)
        marked = marked_in(db)
        assert wanted <= marked <= wanted | {number}
        assert was_met or number in marked
        wanted, met = marked, met + was_met
        if met == KILLS:
            break
    assert met == KILLS
    done("mark", ids[-1], "wrong", "--by", "Ann", db)
    assert marked_in(db) == wanted | {ids[-1]}
    assert not differing(before, contents(db))


def marked_in(db):
    """The claims of a store that have a mark."""
    with closing(sqlite3.connect(db)) as connection:
        return {row[0] for row in connection.execute("SELECT claim FROM marks")}

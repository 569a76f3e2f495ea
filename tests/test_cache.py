"""What is kept of a run: results by text, model and rulebook; parses by text and model."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import claims_cli
from benchmarks.speed import RULE
from claims_cli.claim import Document
from claims_cli.extraction.cache import PARSES, RESULTS
from claims_cli.extraction.lru_file import LruFile
from tests import command
from tests.conftest import ROOT

STORY = "Ann Roe, the mayor of Springfield, said on Monday that the bridge was safe. “It will open soon,” she added.\n"
WITHOUT_SPACY = """
import sys
from claims_cli.commands.app import main
sys.argv = ["claims", *sys.argv[1:]]
try:
    main()
finally:
    print("spacy" in sys.modules or "numpy" in sys.modules, file=sys.stderr)
"""


@pytest.fixture
def kept(tmp_path, monkeypatch) -> Path:
    """The folder of the cache of this test."""
    monkeypatch.setenv("CLAIMS_CACHE_DIR", str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.fixture
def story(tmp_path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


def run(*arguments: object, program: list[str] | None = None) -> subprocess.CompletedProcess:
    if program is None:
        return command.run(*arguments, timeout=120)
    line = [sys.executable, *program, *map(str, arguments)]
    return subprocess.run(line, cwd=ROOT, capture_output=True, timeout=120)


def entries(kept: Path) -> tuple[int, int]:
    """How many results and parses are kept."""
    return LruFile(kept / RESULTS).entries(), LruFile(kept / PARSES).entries()


def test_a_second_run_prints_the_same_and_loads_no_model(kept, story):
    first = run("extract", story, "--format", "jsonl", "--type", "all", "--min-confidence", 0)
    again = run(
        "extract", story, "--format", "jsonl", "--type", "all", "--min-confidence", 0, program=["-c", WITHOUT_SPACY]
    )
    assert first.stdout.count(b"\n") >= 2
    assert again.stdout == first.stdout
    assert again.stderr.decode().splitlines() == [*first.stderr.decode().splitlines(), "False"]
    assert entries(kept) == (1, 1)
    assert oct(kept.stat().st_mode)[-3:] == "700"


def test_the_same_text_elsewhere_keeps_its_own_name_and_author(kept, story, tmp_path):
    run("extract", story)
    other = tmp_path / "other.txt"
    other.write_text(STORY, encoding="utf-8")
    rows = [json.loads(line) for line in run("extract", other, "--format", "jsonl").stdout.splitlines()]
    assert {row["doc"] for row in rows} == {str(other)}
    assert entries(kept) == (1, 1)
    table = tmp_path / "posts.csv"
    table.write_text("text,author\n“I think that the bridge was safe. I said so on Monday to all of you.,Kim Poe\n")
    authors = [json.loads(line)["author"] for line in run("extract", table, "--format", "jsonl").stdout.splitlines()]
    assert set(authors) <= {"Kim Poe"}


def test_a_text_with_half_a_character_is_analysed_each_time(kept):
    text = "Ann \ud800 Roe said that the bridge was safe."
    for _ in range(2):
        (claim,) = claims_cli.extract(Document("a.txt", text), cache=True)
        assert claim.content.text == "that the bridge was safe"
    assert entries(kept)[0] == 0


def test_a_changed_rule_is_matched_over_the_kept_parse_and_a_changed_text_is_parsed(kept, tmp_path):
    story, rules = tmp_path / "story.txt", tmp_path / "mine.yaml"
    story.write_text("The mayor opined that the bridge would be closed.\n", encoding="utf-8")
    rules.write_text(RULE, encoding="utf-8")
    run("extract", story)
    assert entries(kept) == (1, 1)
    with_rule = run("extract", story, "--rules", rules, "--format", "jsonl")
    assert [json.loads(line)["rule"] for line in with_rule.stdout.splitlines()] == ["opined-in-passing"]
    assert entries(kept) == (2, 1)
    fresh = run("extract", story, "--rules", rules, "--format", "jsonl", "--no-cache")
    assert fresh.stdout == with_rule.stdout
    story.write_text("The mayor opined that the road would be closed.\n", encoding="utf-8")
    changed = run("extract", story, "--rules", rules, "--format", "jsonl")
    assert json.loads(changed.stdout)["content"]["text"] == "that the road would be closed"
    assert entries(kept) == (3, 2)


def test_kept_parses_give_the_claims_of_new_ones(kept, tmp_path):
    run("extract", "seeds/", "--jobs", 1)
    for path in kept.glob(f"{RESULTS}*"):
        path.unlink()
    again, anew = (
        run("extract", "seeds/", "--format", "jsonl", "--type", "all", *more) for more in ((), ("--no-cache",))
    )
    assert again.stdout == anew.stdout
    assert anew.stdout.count(b"\n") > 100


def test_nothing_is_kept_where_that_is_not_wanted(kept, story):
    assert run("extract", story, "--no-cache").stdout
    assert not kept.exists()


@pytest.mark.parametrize("damage", [b"no database at all" * 500, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_cache_costs_nothing_and_is_thrown_away(kept, story, damage):
    wanted = run("extract", story, "--no-cache", "--format", "jsonl").stdout
    kept.mkdir()
    for name in (RESULTS, PARSES):
        (kept / name).write_bytes(damage)
    damaged, mended = (run("extract", story, "--format", "jsonl") for _ in range(2))
    assert damaged.stdout == mended.stdout == wanted
    assert damaged.returncode == mended.returncode == 0
    assert entries(kept) == (1, 1)


def test_a_damaged_result_is_found_anew(kept, story):
    wanted = run("extract", story, "--format", "jsonl").stdout
    shelf = LruFile(kept / RESULTS)
    shelf.connected().execute("UPDATE shelf SET value = substr(value, 1, 40)")
    shelf.close()
    assert run("extract", story, "--format", "jsonl").stdout == wanted


def test_a_folder_that_cannot_be_used_is_told_and_costs_nothing(story, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("CLAIMS_CACHE_DIR", str(tmp_path / "file" / "kept"))
    done = run("extract", story, "--format", "jsonl")
    assert done.returncode == 0
    assert done.stdout.count(b"\n") == 2
    assert f"nothing is kept in {tmp_path / 'file' / 'kept'}" in done.stderr.decode()


def test_the_cache_tells_of_itself_and_is_cleared(kept, story):
    run("extract", story)
    told = run("cache", "info").stdout.decode().splitlines()
    assert told[0] == str(kept)
    assert [line.split("\t")[:2] for line in told[2:]] == [["claims of texts", "1"], ["parses of articles", "1"]]
    assert str(kept) in run("cache", "clear").stdout.decode()
    assert list(kept.iterdir()) == []
    assert "claims of texts\t0" in run("cache", "info").stdout.decode()


def test_a_shelf_stays_within_its_bounds_and_drops_what_was_not_used(tmp_path, monkeypatch):
    shelf = LruFile(tmp_path / "shelf", most=1 << 20)
    days = iter(range(1, 10_000))
    monkeypatch.setattr("claims_cli.extraction.lru_file.time.time", lambda: 86_400.0 * next(days))
    loved = b"loved"
    shelf.put({loved: b"x" * 10_000})
    for number in range(300):
        shelf.put({str(number).encode(): os.urandom(10_000)})
        assert shelf.get([loved])
    assert shelf.path.stat().st_size < 2 << 20
    assert shelf.get([b"299"])
    assert not shelf.get([b"0"])
    assert 50 < shelf.entries() < 110


def test_an_entry_of_a_live_blog_keeps_its_own_time_when_it_is_taken_from_the_cache(kept, tmp_path):
    page = tmp_path / "live.html"
    entries_of_blog = "".join(
        f'<article><time datetime="2024-03-05T{hour}:05:00Z">{hour}:05</time><p>{name} said that the bridge '
        f"over the harbour would stay shut until the engineers had seen the piers.</p></article>"
        for hour, name in (("11", "Ann Roe"), ("10", "Jim Hall"), ("09", "Kim Poe"))
    )
    page.write_text(f"<html><body><main><h1>Bridge shut</h1>{entries_of_blog}</main></body></html>", encoding="utf-8")
    first, second = (run("extract", page, "--format", "csv", "--columns", "date,speaker").stdout for _ in range(2))
    assert b"2024-03-05T11:05,Ann Roe" in first
    assert first == second

"""Runs in shards: whatever does them, however often they are interrupted, together they are a run in one piece."""

import gzip
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from claims_cli.articles.duplicates import Duplicates
from claims_cli.claim import ArticleSpan, Document
from claims_cli.sharding.duplicates_on_disk import DuplicatesOnDisk
from tests.command import run
from tests.conftest import ROOT
from tests.formats import write_all

NAMES = ("Ann Rowe", "Luis Prado", "Irene Moss", "Eva Brandt", "Paul Teller")
CHANCE = random.Random(3)
INTERRUPTIONS = int(os.environ.get("CLAIMS_INTERRUPTIONS", "5"))  # 20 in a long run, as docs/cluster.md says


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> Path:
    """A folder of texts and of a file of each format, one broken among them."""
    folder = tmp_path_factory.mktemp("corpus") / "in"
    (folder / "formats").mkdir(parents=True)
    write_all(folder / "formats")
    (folder / "formats" / "broken.pdf").write_bytes(b"%PDF-1.4 nothing follows")
    for number in range(24):
        said = " ".join(
            f"{CHANCE.choice(NAMES)} said that pier {number} would be closed in {1900 + line} for good."
            for line in range(CHANCE.randrange(2, 20))
        )
        (folder / f"{number:02}.txt").write_text(f"{said}\n", encoding="utf-8")
    return folder.parent


@pytest.fixture(scope="module")
def whole(corpus) -> bytes:
    """The claims of a run in one piece."""
    return run("extract", "in", "--jobs", 1, "--format", "jsonl", cwd=corpus).stdout


def planned(corpus: Path, out: Path, shards: int, *options: object) -> Path:
    """A plan over the folder."""
    done = run("extract", "in", "-o", out, "--shards", shards, *options, cwd=corpus)
    assert done.returncode == 0, done.stderr
    return out / "plan.json"


def collected(out: Path, *options: object) -> subprocess.CompletedProcess:
    """What is collected, as JSON Lines."""
    return run("collect", out, *(options or ("--format", "jsonl")))


@pytest.mark.parametrize("shards", [1, 2, 7, 1_000])
def test_shards_in_any_number_and_order_give_a_run_in_one_piece(corpus, whole, tmp_path, shards):
    plan = planned(corpus, tmp_path / "out", shards)
    numbers = list(range(len(json.loads(plan.read_text())["shards"])))
    assert len(numbers) == min(shards, len(list((corpus / "in").rglob("*.*"))))
    CHANCE.shuffle(numbers)
    for number in numbers[:5]:  # each where it happens to be, then the rest
        assert run("extract", "--plan", plan, "--shard", number, cwd=tmp_path).returncode in (0, 1)
    assert run("extract", "--plan", plan).returncode in (0, 1)
    done = collected(tmp_path / "out")
    assert done.stdout == whole
    assert done.returncode == 1
    assert b"broken.pdf" in done.stderr


def test_shards_are_of_about_the_same_size_and_in_order(corpus, tmp_path):
    plan = json.loads(planned(corpus, tmp_path / "out", 5).read_text())
    names = [part["name"] for shard in plan["shards"] for part in shard]
    assert names == sorted(names)
    sizes = [sum(max(part["size"], 4096) for part in shard) for shard in plan["shards"]]
    assert max(sizes) < 2 * min(sizes)


def test_a_shard_that_is_done_is_not_done_again_unless_it_is_named(corpus, tmp_path):
    plan = planned(corpus, tmp_path / "out", 3)
    assert run("extract", "--plan", plan).returncode == 1
    kept = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()}
    assert run("extract", "--plan", plan).returncode == 0
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()} == kept
    before = (tmp_path / "out" / "claims-00001.jsonl.gz").read_bytes()
    run("extract", "--plan", plan, "--shard", 1)
    after = tmp_path / "out" / "claims-00001.jsonl.gz"
    assert after.stat().st_mtime_ns != kept[after]
    assert after.read_bytes() == before


def test_a_plan_that_is_killed_again_and_again_is_completed_with_the_same_bytes(corpus, whole, tmp_path):
    plan = planned(corpus, tmp_path / "out", 8)
    line = [sys.executable, "-m", "claims_cli", "extract", "--plan", str(plan), "--jobs", "1", "-q"]
    for _ in range(INTERRUPTIONS):
        process = subprocess.Popen(line, cwd=ROOT, stderr=subprocess.DEVNULL)
        time.sleep(CHANCE.uniform(1.0, 4.0))
        process.send_signal(CHANCE.choice([signal.SIGKILL, signal.SIGINT, signal.SIGTERM]))
        process.wait()
    assert run("extract", "--plan", plan).returncode in (0, 1)
    assert collected(tmp_path / "out").stdout == whole


def test_a_shard_that_finds_no_room_is_named_and_the_rest_is_done(tmp_path):
    (tmp_path / "in").mkdir()
    for number in range(3):
        lines = 2 + 400 * (number == 1)
        said = (
            f"Ann Rowe said that pier {CHANCE.randrange(10**9)} was {CHANCE.randrange(10**9)}." for _ in range(lines)
        )
        (tmp_path / "in" / f"{number}.txt").write_text("\n".join(said))
    plan = planned(tmp_path, tmp_path / "out", 3)
    # no file may grow larger than 16 KiB, as on a disk that is full
    line = f"ulimit -f 16; exec {sys.executable} -m claims_cli extract --plan {plan} --jobs 1 --no-cache"
    done = subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True)
    assert done.returncode == 1, done.stderr
    assert b"shard 1: " in done.stderr
    assert b"cannot be written" in done.stderr
    assert [(tmp_path / "out" / f"done-{number:05}.json").exists() for number in range(3)] == [True, False, True]
    assert "cannot be written" in (tmp_path / "out" / "failures-00001.jsonl").read_text()
    done = collected(tmp_path / "out", "--partial", "--format", "jsonl")
    assert done.returncode == 1
    assert b"shard 1: " in done.stderr
    assert len(done.stdout.splitlines()) == 4
    assert run("extract", "--plan", plan).returncode == 0
    assert (tmp_path / "out" / "failures-00001.jsonl").read_text() == ""


def test_two_machines_on_one_plan_do_no_harm(corpus, whole, tmp_path):
    plan = planned(corpus, tmp_path / "out", 4)
    line = [sys.executable, "-m", "claims_cli", "extract", "--plan", str(plan), "--jobs", "1", "-q"]
    both = [subprocess.Popen(line, cwd=ROOT, stderr=subprocess.DEVNULL) for _ in range(2)]
    assert {process.wait() for process in both} <= {0, 1}
    assert collected(tmp_path / "out").stdout == whole


def test_filters_are_given_where_shards_are_collected(corpus, tmp_path):
    done = run("extract", "in", "-o", tmp_path / "out", "--shards", 3, "--speaker", "Moss", cwd=corpus)
    assert done.returncode == 2
    assert b"claims collect" in done.stderr
    run("extract", "--plan", planned(corpus, tmp_path / "out", 3))
    found = collected(tmp_path / "out", "--speaker", "Moss", "--format", "csv").stdout
    assert found == run("extract", "in", "--speaker", "Moss", "--format", "csv", cwd=corpus).stdout


def test_a_store_of_shards_is_the_store_of_a_run(corpus, tmp_path):
    run("extract", "--plan", planned(corpus, tmp_path / "out", 5))
    assert collected(tmp_path / "out", "--db", tmp_path / "a.db").returncode == 1
    run("extract", "in", "--db", tmp_path / "b.db", cwd=corpus)
    one, other = (run("list", tmp_path / name, "--format", "jsonl").stdout for name in ("a.db", "b.db"))
    assert one == other
    one, other = (run("speakers", tmp_path / name, "--format", "csv").stdout for name in ("a.db", "b.db"))
    assert one == other
    again = collected(tmp_path / "out", "--db", tmp_path / "a.db")
    assert again.returncode == 2
    assert b"exists" in again.stderr


def test_a_store_that_cannot_be_made_whole_leaves_no_trace(corpus, tmp_path):
    run("extract", "--plan", planned(corpus, tmp_path / "out", 4))
    path = tmp_path / "out" / "claims-00003.jsonl.gz"
    path.write_bytes(path.read_bytes()[:-100])
    done = collected(tmp_path / "out", "--partial", "--db", tmp_path / "a.db")
    assert done.returncode == 2
    assert b"damaged" in done.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


def test_articles_that_come_again_are_told_across_shards(tmp_path):
    (tmp_path / "in").mkdir()
    for name in ("a", "b"):
        text = "The dispute over the harbour levy has gone on for three years and has cost the town four lawyers. " * 2
        (tmp_path / "in" / f"{name}.txt").write_text(f"{text}Ann Rowe said that it was void.\n")
    plan = planned(tmp_path, tmp_path / "out", 2)
    run("extract", "--plan", plan)
    assert len(collected(tmp_path / "out").stdout.splitlines()) == 2
    assert len(collected(tmp_path / "out", "--duplicates", "skip", "--format", "jsonl").stdout.splitlines()) == 1


def test_what_is_remembered_of_articles_on_disk_tells_the_same_as_in_memory():
    words = [f"word{number}" for number in range(400)]
    stories = [CHANCE.choices(words, k=CHANCE.randrange(5, 200)) for _ in range(40)]
    documents = []
    for number in range(200):
        story = list(CHANCE.choice(stories))
        for _ in range(CHANCE.choice([0, 0, 3, 30])):
            story[CHANCE.randrange(len(story))] = CHANCE.choice(words)
        text = " ".join(story[: CHANCE.choice([1_000, 60])])
        documents.append(Document(f"{number}", text, articles=(ArticleSpan(1, 0, len(text)),)))
    for skips in (False, True):
        in_memory = Duplicates(skips)
        with DuplicatesOnDisk(skips) as on_disk:
            assert [on_disk.marked(one) for one in documents] == (told := [in_memory.marked(one) for one in documents])
        assert 20 < sum(bool(one.duplicates) for one in told) < 180


@pytest.mark.parametrize("by", ["outlet", "month"])
def test_a_dataset_in_parts_holds_every_claim(tmp_path, by):
    pytest.importorskip("pyarrow")
    from pyarrow import dataset

    told = [("Courier", "2024-03-05"), ("Tribune: north/south", "2024-04-01"), ("", ""), ("Courier", "2024-04-02")]
    rows = (f"Ann Rowe said that pier {number} was shut.,{','.join(row)}\n" for number, row in enumerate(told))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv").write_text("".join(["text,outlet,date\n", *rows]))
    run("extract", "--plan", planned(tmp_path, tmp_path / "out", 1))
    done = collected(tmp_path / "out", "-o", tmp_path / "parts", "--by", by)
    assert done.returncode == 0, done.stderr
    found = dataset.dataset(tmp_path / "parts", partitioning="hive").to_table().to_pylist()
    parts = [outlet if by == "outlet" else date[:7] for outlet, date in told]
    assert {row[by] for row in found} == {part or "unknown" for part in parts}
    assert sorted(row["content"] for row in found) == [f"that pier {number} was shut" for number in range(4)]
    assert collected(tmp_path / "out", "-o", tmp_path / "parts", "--by", by).returncode == 2
    assert b"--by" in collected(tmp_path / "out", "--by", by).stderr


def test_what_is_missing_or_damaged_is_named(corpus, tmp_path):
    out = tmp_path / "out"
    plan = planned(corpus, out, 4)
    run("extract", "--plan", plan, "--shard", 0)
    done = collected(out)
    assert done.returncode == 2
    assert b"3 of 4 shards are not done: 1, 2, 3" in done.stderr
    assert len(collected(out, "--partial", "--format", "jsonl").stdout.splitlines()) > 0
    run("extract", "--plan", plan)
    path = out / "claims-00002.jsonl.gz"
    records = gzip.decompress(path.read_bytes())
    path.write_bytes(gzip.compress(records[: len(records) // 2]))
    done = collected(out)
    assert done.returncode == 2
    assert b"shard 2" in done.stderr
    (out / "done-00002.json").unlink()
    run("extract", "--plan", plan)
    assert collected(out).returncode == 1


def test_a_machine_that_differs_does_nothing(corpus, tmp_path):
    plan = planned(corpus, tmp_path / "out", 2)
    value = json.loads(plan.read_text())
    value["versions"]["rulebook"] = "another"
    plan.write_text(json.dumps(value))
    done = run("extract", "--plan", plan)
    assert done.returncode == 2
    assert b"rulebook" in done.stderr
    assert b"another in the plan" in done.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["plan.json"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("in", "--shards", "2"), "folder"),
        (("in", "-o", "a.csv", "--shards", "2"), "folder"),
        (("-", "-o", "out", "--shards", "2"), "no file"),
        (("--shard", "2"), "--plan"),
        (("--plan", "nowhere.json"), "no such file"),
        (("--plan", "."), "is no file"),
        (("--plan", "in/00.txt"), "is no plan"),
        (("in", "--plan", "x.json"), "a plan names its inputs"),
    ],
)
def test_what_cannot_be_done_is_said(corpus, arguments, told):
    done = run("extract", *arguments, cwd=corpus)
    assert done.returncode == 2
    assert told in done.stderr.decode()


def test_another_plan_is_not_mixed_with_results_that_are_there(corpus, tmp_path):
    planned(corpus, tmp_path / "out", 2)
    planned(corpus, tmp_path / "out", 2)
    done = run("extract", "in", "-o", tmp_path / "out", "--shards", 3, cwd=corpus)
    assert done.returncode == 2
    assert b"another plan" in done.stderr


def scripts() -> dict[str, str]:
    """The examples of the documentation, by their first word of comment."""
    text = (ROOT / "docs" / "cluster.md").read_text(encoding="utf-8")
    blocks = [block.partition("```")[0] for block in text.split("```sh\n# ")[1:]]
    return {block.partition("\n")[0].split(":")[0]: block.partition("\n")[2] for block in blocks}


def in_shell(script: str, folder: Path, **env: str) -> subprocess.CompletedProcess:
    """Run a script of the documentation, `claims` being this one."""
    (folder / "bin").mkdir(exist_ok=True)
    program = folder / "bin" / "claims"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m claims_cli "$@"\n')
    program.chmod(0o755)
    path = f"{folder / 'bin'}:{os.environ['PATH']}"
    env = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), **env}
    return subprocess.run(["bash", "-c", script], cwd=folder, env=env, capture_output=True, timeout=300)


def test_the_array_job_of_the_documentation_does_its_shard(corpus, whole, tmp_path):
    planned(corpus, tmp_path / "OUT", 3)
    for number in range(3):
        done = in_shell(scripts()["Slurm"], tmp_path, SLURM_ARRAY_TASK_ID=str(number), SLURM_CPUS_PER_TASK="1")
        assert done.returncode in (0, 1), done.stderr
    assert collected(tmp_path / "OUT").stdout == whole


@pytest.mark.skipif(shutil.which("parallel") is None, reason="GNU parallel is not installed")
def test_gnu_parallel_as_documented_does_all_shards(corpus, whole, tmp_path):
    planned(corpus, tmp_path / "OUT", 3)
    in_shell(scripts()["GNU parallel"], tmp_path)
    assert collected(tmp_path / "OUT").stdout == whole


def test_xargs_as_documented_does_all_shards(corpus, whole, tmp_path):
    planned(corpus, tmp_path / "OUT", 3)
    in_shell(scripts()["xargs"], tmp_path)
    assert collected(tmp_path / "OUT").stdout == whole

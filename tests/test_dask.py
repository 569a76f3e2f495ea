"""Shards on a Dask cluster: workers that die, a scheduler that is restarted, machines that differ."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.command import run
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(find_spec("distributed") is None, reason="Dask is not installed")
CHANCE = random.Random(5)
DOCUMENTS = int(os.environ.get("CLAIMS_DOCUMENTS", "40"))  # 20,000 in a long run, as docs/cluster.md says
IS_LONG = DOCUMENTS >= 4_000
LONGEST = max(300, DOCUMENTS)  # seconds that a command may take
AT_ONCE = 4  # workers
SETTLED, MOST_MORE = 500, 50_000_000  # after so many documents a worker takes at most so many bytes more
PARTS = ("ba", "de", "ko", "lin", "mar", "no", "ra", "sten", "ti", "vor")
# what a worker's Python reads first: its process ends when the claims of shard 2 are to appear
DEADLY = """
import os

replace = os.replace

def deadly(source, target, **options):
    if "claims-00002" in str(target):
        os._exit(9)
    replace(source, target, **options)

os.replace = deadly
"""
DIFFERING = """
from importlib import metadata

version = metadata.version
metadata.version = lambda name: "0.1" if name == "spacy" else version(name)
"""
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}


class Cluster:
    """A scheduler and workers, each a process of its own."""

    def __init__(self, folder: Path, port: int):
        self.folder, self.port = folder, port
        self.address = f"tcp://127.0.0.1:{port}"
        self.scheduler = self.started("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
        self.workers: list[subprocess.Popen] = []
        self.is_over = False

    def started(self, kind: str, *arguments: str) -> subprocess.Popen:
        env = {**ENVIRONMENT, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "2"}
        line = [sys.executable, "-m", "distributed.cli.dask_" + kind, *arguments]
        return subprocess.Popen(line, env=env, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def add_worker(self, **env: str) -> None:
        arguments = (self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--death-timeout", "60")
        before = dict(ENVIRONMENT)
        ENVIRONMENT.update(env)
        self.workers.append(self.started("worker", *arguments))
        ENVIRONMENT.clear()
        ENVIRONMENT.update(before)

    def kill_worker(self) -> None:
        victim = self.workers.pop(CHANCE.randrange(len(self.workers)))
        victim.kill()
        victim.wait()

    def restart_scheduler(self) -> None:
        self.scheduler.kill()
        self.scheduler.wait()
        self.scheduler = self.started("scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard")

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path) -> Iterator[Cluster]:
    found = Cluster(tmp_path, CHANCE.randrange(20_000, 30_000))
    yield found
    found.end()


@pytest.fixture
def corpus(tmp_path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(40):
        said = " ".join(f"Ann Rowe said that pier {number} would be closed in {1900 + line}." for line in range(30))
        (folder / f"{number:02}.txt").write_text(f"{said}\n", encoding="utf-8")
    (folder / "empty.txt").write_text("")
    return folder


def name() -> str:
    """A name that hardly comes again."""
    return " ".join("".join(CHANCE.choices(PARTS, k=3)).capitalize() for _ in range(2))


@pytest.fixture
def many(tmp_path) -> Path:
    """Documents as `DOCUMENTS` says, each of other people."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(DOCUMENTS):
        said = " ".join(
            f"{name()} said that pier {number} would be closed in {1900 + line}."
            for line in range(CHANCE.choice([3, 30]))
        )
        (folder / f"{number:05}.txt").write_text(f"{said}\n", encoding="utf-8")
    return folder


class Memory(threading.Thread):
    """Watches how much memory the workers of a cluster take, beside how many documents are done."""

    def __init__(self, cluster: Cluster, results: Path):
        super().__init__(daemon=True)
        self.cluster, self.results = cluster, results
        self.taken: dict[int, list[tuple[int, int]]] = {}

    def run(self) -> None:
        import psutil

        while not self.cluster.is_over:
            done = sum(json.loads(path.read_text())["documents"] for path in self.results.glob("done-*.json"))
            for worker in list(self.cluster.workers):
                with suppress(psutil.Error):
                    taken = psutil.Process(worker.pid).memory_info().rss
                    self.taken.setdefault(worker.pid, []).append((done, taken))
            time.sleep(1)

    def growth(self) -> dict[int, int]:
        """By how much each worker grew after it had done some `SETTLED` documents, in bytes."""
        grown = {}
        for worker, samples in self.taken.items():
            began = samples[0][0]
            settled = [taken for done, taken in samples if done - began <= AT_ONCE * SETTLED]
            later = [taken for done, taken in samples if done - began > AT_ONCE * SETTLED]
            if later:
                grown[worker] = max(later) - max(settled)
        return grown


def planned(tmp_path: Path, shards: int) -> Path:
    run("extract", "in", "-o", tmp_path / "out", "--shards", shards, cwd=tmp_path)
    return tmp_path / "out" / "plan.json"


def begun(plan: Path, *options: str) -> subprocess.Popen:
    """The command, at work."""
    line = [sys.executable, "-m", "claims_cli", "extract", "--plan", str(plan), "--engine", "dask", *options]
    return subprocess.Popen(line, env=ENVIRONMENT, cwd=plan.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def ended(process: subprocess.Popen) -> tuple[int, str]:
    _, told = process.communicate(timeout=LONGEST)
    return process.returncode, told.decode()


def is_begun(folder: Path, shards: int) -> None:
    """Wait until so many shards are done."""
    until = time.monotonic() + LONGEST
    while len(list(folder.glob("done-*.json"))) < shards:
        assert time.monotonic() < until, "nothing is done"
        time.sleep(0.05)


def test_a_cluster_of_its_own_gives_a_run_in_one_piece(corpus, tmp_path):
    plan = planned(tmp_path, 6)
    code, told = ended(begun(plan, "--jobs", "2"))
    assert code == 1, told
    assert "6 shards done by Dask, 1 failed" in told
    whole = run("extract", "in", "--jobs", 1, "--format", "jsonl", cwd=tmp_path).stdout
    done = run("collect", tmp_path / "out", "--format", "jsonl")
    assert done.stdout == whole
    assert b"empty.txt" in done.stderr


def test_workers_that_die_and_a_scheduler_that_is_restarted_lose_nothing(many, tmp_path, cluster):
    shards = max(20, DOCUMENTS // 100)
    plan = planned(tmp_path, shards)
    for _ in range(AT_ONCE):
        cluster.add_worker()
    memory = Memory(cluster, plan.parent)
    memory.start()
    process = begun(plan, "--scheduler", cluster.address)
    first, second = sorted(CHANCE.sample(range(1, shards // 2), 2))
    is_begun(plan.parent, first)
    cluster.kill_worker()
    is_begun(plan.parent, second)
    cluster.kill_worker()
    cluster.restart_scheduler()
    for _ in range(2):
        cluster.add_worker()
    code, told = ended(process)
    cluster.is_over = True
    assert code == 0, told
    if IS_LONG:
        assert memory.growth()
        print("memory more, in MB:", [round(more / 1e6, 1) for more in memory.growth().values()])
        assert max(memory.growth().values()) <= MOST_MORE
    whole = run("extract", "in", "--jobs", 1, "--format", "jsonl", cwd=tmp_path, timeout=LONGEST)
    found = run("collect", tmp_path / "out", "--format", "jsonl", timeout=LONGEST)
    assert (whole.returncode, found.returncode) == (0, 0)
    assert found.stdout == whole.stdout


def test_a_worker_that_differs_is_named_before_anything_is_done(corpus, tmp_path, cluster):
    plan = planned(tmp_path, 4)
    value = json.loads(plan.read_text())
    value["versions"]["spacy"] = "0.1"
    plan.write_text(json.dumps(value))
    cluster.add_worker()
    code, told = ended(begun(plan, "--scheduler", cluster.address))
    assert code == 2
    assert re.search(r"worker tcp://127\.0\.0\.1:\d+ differs from the plan: spacy", told)
    assert not list(plan.parent.glob("done-*"))


def test_a_worker_that_joins_later_and_differs_does_nothing(many, tmp_path, cluster):
    plan = planned(tmp_path, 20)
    cluster.add_worker()
    process = begun(plan, "--scheduler", cluster.address)
    is_begun(plan.parent, 1)
    differing = tmp_path / "site" / "sitecustomize.py"
    differing.parent.mkdir()
    differing.write_text(DIFFERING)
    cluster.add_worker(PYTHONPATH=f"{differing.parent}:{ENVIRONMENT['PYTHONPATH']}")
    code, told = ended(process)
    assert code == 0, told
    assert "20 shards done by Dask, 0 failed" in told


def test_a_shard_that_kills_its_workers_is_set_aside_and_named(corpus, tmp_path, cluster):
    plan = planned(tmp_path, 4)
    deadly = tmp_path / "site" / "sitecustomize.py"
    deadly.parent.mkdir()
    deadly.write_text(DEADLY)
    for _ in range(4):
        cluster.add_worker(PYTHONPATH=f"{deadly.parent}:{ENVIRONMENT['PYTHONPATH']}")
    code, told = ended(begun(plan, "--scheduler", cluster.address))
    assert code == 1
    assert "shard 2: took 3 workers with it and was set aside" in told
    assert sorted(path.name for path in plan.parent.glob("done-*")) == [f"done-{n:05}.json" for n in (0, 1, 3)]


def test_an_interrupted_run_goes_on(corpus, tmp_path):
    plan = planned(tmp_path, 12)
    process = begun(plan, "--jobs", "2")
    is_begun(plan.parent, 2)
    process.send_signal(signal.SIGINT)
    assert ended(process)[0] == 130
    assert ended(begun(plan, "--jobs", "2"))[0] in (0, 1)
    whole = run("extract", "in", "--jobs", 1, "--format", "jsonl", cwd=tmp_path).stdout
    assert run("collect", tmp_path / "out", "--format", "jsonl").stdout == whole

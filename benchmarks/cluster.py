"""What shards cost beside one run, and a simulation of an archive on many machines that are slow or get lost.

python -m benchmarks.cluster FOLDER              the same texts in one run and in shards: time, memory, bytes on disk
python -m benchmarks.cluster --plan 50e6         a simulation: hours, cores lost, for several sizes of shards
"""

import argparse
import heapq
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

PROGRAM = [sys.executable, "-m", "claims_cli"]
WORDS_AN_HOUR = 15e6  # of one core; see docs/speed.md
WORDS = 600  # of an article
START = 3.0  # seconds in which a process loads the model
SPREAD = 0.15  # of the times of shards
STRAGGLERS, SLOWNESS = 0.02, 3.0  # that share of machines takes so many times as long
LOST_AN_HOUR = 0.01  # of machines
ROUNDS = 5


@dataclass(frozen=True)
class Outcome:
    """What became of a simulated run: hours until all is done, hours of cores that were lost, shards done twice."""

    hours: float
    lost: float
    again: int


def simulated(articles: float, cores: int, shards: int, chance: random.Random) -> Outcome:
    """One run: each core takes the next shard; one that gets lost gives its shard back and is replaced."""
    work = articles * WORDS / WORDS_AN_HOUR / shards  # hours of a shard on a usual core
    free = [(0.0, core) for core in range(cores)]
    heapq.heapify(free)
    left, again, lost, end = shards, 0, 0.0, 0.0
    slow = {core for core in range(cores) if chance.random() < STRAGGLERS}
    while left:
        at, core = heapq.heappop(free)
        took = START / 3600 + work * max(0.2, chance.gauss(1, SPREAD)) * (SLOWNESS if core in slow else 1)
        dies = chance.expovariate(LOST_AN_HOUR)
        if dies < took:
            again, lost = again + 1, lost + dies
            heapq.heappush(free, (at + dies + 0.05, core))
            continue
        left -= 1
        end = max(end, at + took)
        heapq.heappush(free, (at + took, core))
    return Outcome(end, lost, again)


def simulate(articles: float) -> None:
    """Print what several numbers of cores and shards come to."""
    print(f"{articles:,.0f} articles of {WORDS} words, {WORDS_AN_HOUR:,.0f} words an hour and core")
    headings = ("cores", "shards", "minutes each", "hours", "best", "core hours lost", "done again")
    print("  ".join(f"{heading:>{len(heading)}}" for heading in headings))
    for cores in (100, 400, 1000):
        for shards in (cores, 4 * cores, 20 * cores):
            outcomes = [simulated(articles, cores, shards, random.Random(seed)) for seed in range(ROUNDS)]
            hours, lost, again = (mean(getattr(one, name) for one in outcomes) for name in ("hours", "lost", "again"))
            total = articles * WORDS / WORDS_AN_HOUR
            values = (cores, shards, 60 * total / shards, hours, total / cores, lost, again)
            cells = zip(headings, values, strict=True)
            print("  ".join(f"{value:>{len(name)},.{0 if value == int(value) else 1}f}" for name, value in cells))


def measured(*arguments: object) -> float:
    """Seconds that a command takes."""
    began = time.perf_counter()
    done = subprocess.run([*PROGRAM, *map(str, arguments)], capture_output=True)
    assert done.returncode in (0, 1), done.stderr.decode()
    return time.perf_counter() - began


def compare(folder: Path, shards: int) -> None:
    """Print times of one run and of shards over the same texts, in turns, and what lies on disk then."""
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch)
        whole, parts, collecting, both, on_dask = [], [], [], [], []
        for turn in range(3):
            whole.append(measured("extract", folder, "--no-cache", "--jobs", 1, "-q", "-o", out / "one.jsonl"))
            place = out / f"OUT{turn}"
            measured("extract", folder, "--shards", shards, "-o", place)
            parts.append(measured("extract", "--plan", place / "plan.json", "--no-cache", "--jobs", 1, "-q"))
            collecting.append(measured("collect", place, "-q", "-o", out / "all.jsonl"))
            for times, options in ((both, ()), (on_dask, ("--engine", "dask"))):
                for path in place.glob("done-*"):
                    path.unlink()
                times.append(measured("extract", "--plan", place / "plan.json", "--no-cache", "--jobs", 2, *options))
        same = (out / "one.jsonl").read_bytes() == (out / "all.jsonl").read_bytes()
        size = sum(path.stat().st_size for path in place.iterdir())
        read = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        print(f"the same bytes: {same}")
        print(f"shards beside one run: {min(parts) / min(whole):.2f} of its time ({min(whole):.1f} s)")
        print(f"Dask with two workers beside --jobs 2: {min(on_dask) / min(both):.2f} of its time")
        print(f"start of a worker, the model loaded: {min(starts(place / 'plan.json')):.1f} s")
        print(f"collecting: {min(collecting) / min(whole):.2f}; results on disk: {size / read:.2f} of the texts")


def starts(plan: Path) -> list[float]:
    """Seconds in which a process can do its first shard."""
    code = "from benchmarks.cluster import first_shard; import sys; first_shard(sys.argv[1])"
    found = []
    for _ in range(3):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", code, str(plan)], check=True)
        found.append(time.perf_counter() - began)
    return found


def first_shard(plan: str) -> None:
    """Do what a worker does before its first shard is under way."""
    from claims_cli.claim import Document
    from claims_cli.sharding import plan as plans
    from claims_cli.sharding.shard import ShardRunner

    made = plans.load(Path(plan))
    plans.check(made)
    runner = ShardRunner(made, Path(plan).parent)
    list(runner.extractor.extract([Document("a", "Ann Rowe said that it was so.")]))


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--plan", type=float, metavar="ARTICLES")
    parser.add_argument("--shards", type=int, default=8)
    asked = parser.parse_args()
    if asked.folder:
        compare(asked.folder, asked.shards)
    if asked.plan:
        simulate(asked.plan)


if __name__ == "__main__":
    main()

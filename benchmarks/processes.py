"""Commands run as a user runs them: their time, the time to their first line, and the memory they and theirs take."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

ROUNDS = 5
WATCH = 0.25  # seconds between two looks at memory
MEGABYTE = 1024  # of the kibibytes in which the system counts


@dataclass
class Memory:
    """The most resident memory of a command's own process and of the processes it started, in MB, so far."""

    own: float = 0.0
    others: dict[int, float] = field(default_factory=dict)

    def look(self, process: int) -> None:
        """Look again."""
        self.own = max(self.own, peak(process))
        for child in children(process):
            self.others[child] = max(self.others.get(child, 0.0), peak(child))

    @property
    def largest(self) -> float:
        """The most that one of the started processes took."""
        return max(self.others.values(), default=0.0)


def peak(process: int) -> float:
    """The most resident memory of a process so far, in MB; 0 for one that is gone."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / MEGABYTE for line in lines if line.startswith("VmHWM")), 0.0)


def children(process: int) -> list[int]:
    """The processes that a process has started and that still run."""
    try:
        threads = list(Path(f"/proc/{process}/task").iterdir())
        return [int(child) for thread in threads for child in (thread / "children").read_text().split()]
    except OSError:
        return []


def command(*arguments: object) -> list[str]:
    """`claims` with arguments."""
    return [sys.executable, "-m", "claims_cli", *map(str, arguments)]


def seconds(work: Callable[[], object]) -> float:
    """The wall time of one call."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def run(arguments: list[str], **environment: str) -> float:
    """The wall time of a command.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    surroundings = {**os.environ, **environment}
    return seconds(lambda: subprocess.run(arguments, check=True, capture_output=True, env=surroundings))


def together(*several: list[str]) -> float:
    """The wall time until all of some commands, begun at once, are done."""

    def work() -> None:
        begun = [subprocess.Popen(one, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for one in several]
        for process in begun:
            process.wait()

    return seconds(work)


def first_line(arguments: list[str]) -> float:
    """The wall time until a command prints its first line; it is then ended."""
    begin = time.perf_counter()
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    process.stdout.readline()
    taken = time.perf_counter() - begin
    process.kill()
    process.communicate()
    return taken


def watched(arguments: list[str], seen: Callable[[bytes, Memory], None]) -> tuple[float, Memory]:
    """The wall time and memory of a command; each line that it prints is shown, with its memory until then."""
    memory, done = Memory(), Event()
    begin = time.perf_counter()
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

    def watch() -> None:
        while not done.wait(WATCH):
            memory.look(process.pid)

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    assert process.stdout is not None
    for line in process.stdout:
        seen(line, memory)
    process.wait()
    done.set()
    watcher.join()
    return time.perf_counter() - begin, memory


def compared(works: dict[str, Callable[[], float]], rounds: int = ROUNDS) -> dict[str, float]:
    """Works done in turn, round by round: prints the median and the spread of each, and gives the medians."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            times[name].append(work())
    medians = {name: statistics.median(found) for name, found in times.items()}
    for name, found in times.items():
        print(f"  {name:58} {medians[name]:8.2f} s   ({min(found):.2f} to {max(found):.2f})", flush=True)
    return medians

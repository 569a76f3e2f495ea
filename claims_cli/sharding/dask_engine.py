"""Shards done by the workers of a Dask cluster: a task is a shard, and lays its results where the plan is.

Dask's scheduler does the rest: a worker that dies costs its shard once more, and a shard that takes three workers with
it is set aside. Nothing but numbers and counts goes over the wire; inputs and results lie on disks that all see.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from claims_cli.claim import Document
from claims_cli.errors import InputError, OutputError, UsageError
from claims_cli.sharding import plan as plans
from claims_cli.sharding.plan import Plan
from claims_cli.sharding.results import Done, undone
from claims_cli.sharding.shard import ShardRunner

MOST_DEATHS = 3  # workers that one shard may take with it
TRIES = 10  # times that a scheduler is looked for anew
PAUSE = 3.0  # seconds between two
Finished = Callable[[Done], None]


def run(path: Path, plan: Plan, scheduler: str | None, workers: int, finished: Finished) -> Iterator[InputError]:
    """Do all shards that are not done; gives those that are set aside.

    Args:
        scheduler: its address; None for a cluster on this machine with so many `workers`.
        finished: is called for each shard that is done.

    Raises:
        UsageError: a worker differs from the plan, or no scheduler answers.
    """
    from distributed.client import FutureCancelledError
    from distributed.comm.core import CommClosedError

    given_up: set[int] = set()
    tries = TRIES
    while left := [number for number in undone(path.parent, len(plan.shards)) if number not in given_up]:
        try:
            with connected(scheduler, workers) as client:
                compare(client, plan)
                tries = TRIES
                for number, done in results(client, path, left):
                    if isinstance(done, InputError):
                        given_up.add(number)
                        yield done
                    else:
                        finished(done)
        except (CommClosedError, FutureCancelledError, OSError, TimeoutError) as error:  # a new scheduler may come
            tries -= 1
            if scheduler is None or not tries:
                reason = f"no scheduler answers at {scheduler} ({error})"
                raise UsageError(reason, "start it, and run this again") from None
            time.sleep(PAUSE)


def set_aside(path: Path, number: int) -> InputError:
    """That a shard took too many workers with it."""
    reason = f"shard {number} took {MOST_DEATHS} workers with it and was set aside"
    return InputError(str(path), reason, f"see what is in it, or do it alone: --shard {number}", "extract")


@contextmanager
def connected(scheduler: str | None, workers: int) -> Iterator[Any]:
    """A client of the scheduler, or of a cluster of our own."""
    import dask
    from distributed import Client, LocalCluster

    for name in ("distributed", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what goes wrong is told by our own messages
    with dask.config.set({"distributed.scheduler.allowed-failures": MOST_DEATHS - 1}):
        if scheduler is not None:
            with Client(scheduler, timeout=30) as client:
                yield client
            return
        with (
            LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster,
            Client(cluster) as client,
        ):
            yield client


def compare(client: Any, plan: Plan) -> None:
    """Let no task begin where a worker's results would rest on something else than the plan says.

    Raises:
        UsageError: something differs, told with the worker.
    """
    found = client.run(plans.resting_on, plan.options)
    for worker, versions in sorted(found.items()):
        if told := plans.differing(plan, versions):
            raise UsageError(f"worker {worker} differs from the plan: {told}", "install the same everywhere")


def results(client: Any, path: Path, numbers: list[int]) -> Iterator[tuple[int, Done | InputError]]:
    """Each shard as it is done; why it is set aside, where it killed its workers or its results cannot be written."""
    from distributed import KilledWorker, as_completed

    futures = {
        client.submit(task, str(path), number, key=f"claims-shard-{number}-{time.time_ns()}", pure=False): number
        for number in numbers
    }
    for future in as_completed(futures):
        try:
            yield futures[future], Done(**future.result())
        except KilledWorker:
            yield futures[future], set_aside(path, futures[future])
        except OutputError as error:
            yield futures[future], InputError(str(path), f"shard {futures[future]}: {error.reason}", error.remedy)
        future.release()


RUNNERS: dict[str, ShardRunner] = {}  # of this worker: the model is loaded once


def task(path: str, number: int) -> dict[str, Any]:
    """Do a shard on a worker."""
    if path not in RUNNERS:
        RUNNERS.clear()
        RUNNERS[path] = ShardRunner(plans.load(Path(path)), Path(path).parent)
    return asdict(RUNNERS[path].do(number, Silent()))


class Silent:
    """Nobody listens on a worker: what failed is in the shard's failures."""

    def failed(self, error: InputError) -> None:
        """An input failed."""

    def extracted(self, document: Document, claims: int) -> None:
        """A document was read."""

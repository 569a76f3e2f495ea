"""Shards done by the workers of a Dask cluster: a task is a shard, and lays its results where the plan is.

Dask's scheduler does the rest: a worker that dies costs its shard once more, and a shard that takes three workers with
it is set aside. Nothing but numbers and counts goes over the wire; inputs and results lie on disks, or in buckets, that
all see.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

from claims_cli.claim import Document
from claims_cli.errors import ClaimsError, InputError, OutputError, UsageError
from claims_cli.inputs import remote
from claims_cli.sharding import plan as plans
from claims_cli.sharding.plan import Plan
from claims_cli.sharding.results import Done, keep_failure, undone
from claims_cli.sharding.shard import WRITE, ShardRunner, unwritten

MOST_DEATHS = 3  # workers that one shard may take with it
TRIES = 10  # times that a scheduler is looked for anew
PAUSE = 3.0  # seconds between two
SECONDS = 2.0  # between two words of a worker on how far it is
PROFILERS = ("profile", "profile-cycle")  # what they remember of our calls grows by 20 kB with every document
TOPIC, PLUGIN = "claims", "claims-model"


class Listener(Protocol):
    """Who is told how a run on a cluster goes on."""

    def begun(self, left: int) -> None:
        """So many shards are left to do."""

    def at(self, shard: int, documents: int) -> None:
        """A shard has come so far."""

    def finished(self, done: Done) -> None:
        """A shard is done."""


def run(path: Path, plan: Plan, scheduler: str | None, workers: int, listener: Listener) -> Iterator[InputError]:
    """Do all shards that are not done; gives those that are set aside.

    Args:
        scheduler: its address; None for a cluster on this machine with so many `workers`.

    Raises:
        OutputError: the folder of the plan cannot be read.
        UsageError: a worker differs from the plan, or no scheduler answers.
    """
    from distributed.client import FutureCancelledError
    from distributed.comm.core import CommClosedError

    given_up: set[int] = set()
    tries = TRIES
    while left := [number for number in undone(path.parent, len(plan.shards)) if number not in given_up]:
        listener.begun(len(left))
        try:
            with connected(scheduler, workers) as client:
                prepare(client, path, plan)
                client.subscribe_topic(TOPIC, lambda event: listener.at(*event[1]))
                tries = TRIES
                for number, done in results(client, left):
                    if isinstance(done, InputError):
                        given_up.add(number)
                        if done.stage != WRITE:  # that is kept by the worker
                            keep_failure(path.parent, number, done)
                        yield done
                    else:
                        listener.finished(done)
        except (CommClosedError, FutureCancelledError, OSError, TimeoutError) as error:  # a new scheduler may come
            tries -= 1
            if scheduler is None or not tries:
                reason = f"no scheduler answers at {scheduler} ({error})"
                raise UsageError(reason, "start it, and run this again") from None
            time.sleep(PAUSE)


def set_aside(number: int) -> InputError:
    """That a shard took too many workers with it."""
    reason = f"took {MOST_DEATHS} workers with it and was set aside"
    return InputError(f"shard {number}", reason, f"see what is in it, or do it alone: --shard {number}", "extract")


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


def prepare(client: Any, path: Path, plan: Plan) -> None:
    """Compare each worker with the plan, then let it load the model, as those do that join later.

    Raises:
        UsageError: something differs, told with the worker.
    """
    found = client.run(plans.resting_on, plan.options, on_error="return")
    for worker, versions in sorted(found.items()):
        if isinstance(versions, Exception):
            reason = f"worker {worker} cannot do this: {type(versions).__name__}: {versions}"
            raise UsageError(reason, "install the same everywhere")
        if told := plans.differing(plan, versions):
            raise UsageError(f"worker {worker} differs from the plan: {told}", "install the same everywhere")
    client.register_plugin(model_plugin(str(path)), name=PLUGIN)


def model_plugin(path: str) -> Any:
    """What a worker holds: the model and the rules, loaded once; one that differs from the plan leaves again."""
    from distributed import WorkerPlugin

    class Model(WorkerPlugin):
        """The runner of a plan's shards."""

        def setup(self, worker: Any) -> None:
            """Load it."""
            for name in PROFILERS:
                if callback := worker.periodic_callbacks.pop(name, None):
                    callback.stop()
            place = remote.placed(path)
            try:
                plan = plans.load(place)
                plans.check(plan)
                self.runner: ShardRunner | None = ShardRunner(plan, place.parent)
            except ClaimsError:
                self.runner = None
                worker.loop.add_callback(worker.close, reason="differs from the plan")

    return Model()


def results(client: Any, numbers: list[int]) -> Iterator[tuple[int, Done | InputError]]:
    """Each shard as it is done; why it is set aside, where it killed its workers or its results cannot be written."""
    from distributed import KilledWorker, as_completed

    futures = {
        client.submit(task, number, key=f"claims-shard-{number}-{time.time_ns()}", pure=False): number
        for number in numbers
    }
    for future in as_completed(futures):
        number = futures[future]
        try:
            yield number, Done(**future.result())
        except KilledWorker:
            yield number, set_aside(number)
        except OutputError as error:
            yield number, unwritten(number, error)
        except ClaimsError as error:
            yield number, InputError(f"shard {number}", error.reason, error.remedy, "extract")
        future.release()


def task(number: int) -> dict[str, Any]:
    """Do a shard on a worker."""
    from distributed import Reschedule, get_worker

    worker = get_worker()
    runner = worker.plugins[PLUGIN].runner
    if runner is None:  # this worker is about to leave
        raise Reschedule
    return asdict(runner.do(number, Reporter(worker, number)))


class Reporter:
    """Says now and then, as an event of the scheduler, how far a shard is; what failed is in its failures."""

    def __init__(self, worker: Any, shard: int):
        self.worker, self.shard = worker, shard
        self.documents, self.last = 0, time.monotonic()

    def failed(self, error: InputError) -> None:
        """An input failed."""

    def extracted(self, document: Document, claims: int) -> None:
        """A document was read."""
        self.documents += 1
        if time.monotonic() - self.last > SECONDS:
            self.last = time.monotonic()
            self.worker.log_event(TOPIC, (self.shard, self.documents))

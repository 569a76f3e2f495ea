"""Processes that analyse: they load the model once, receive texts and give back finished claims.

What one that dies was at is for the caller to try again.
"""

import pickle
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

from claims_cli.errors import ClaimsError
from claims_cli.processes import Pool, Process


class Workers:
    """So many processes, each started with its first task."""

    def __init__(self, number: int):
        self.pool = Pool(__name__, number, exchange)
        self.stop = self.pool.stop

    def submit(self, function: str, *arguments: Any) -> Future:
        """What a function of `analysis` gives, later; `ProcessDied` where a process died of it.

        Its result is None where model or rules cannot be loaded.
        """
        return self.pool.submit((function, arguments))


def exchange(process: Process, task: tuple[str, tuple[Any, ...]]) -> Any:
    """What a process answers to a task.

    Raises:
        Exception: the process is gone, of whatever kind half an answer makes it.
    """
    (answer,) = process.ask(pickle.dumps(task, pickle.HIGHEST_PROTOCOL))
    return pickle.loads(answer)


def answers(task: bytes) -> Iterator[bytes]:
    """What the process answers."""
    from claims_cli.extraction import analysis

    function, arguments = pickle.loads(task)
    try:
        result = getattr(analysis, function)(*arguments)
    except ClaimsError:  # the caller finds out why, when it loads model and rules itself
        result = None
    yield pickle.dumps(result, pickle.HIGHEST_PROTOCOL)

"""Processes that analyse: they load the model once, receive texts and give back finished claims.

Each is a program of its own, started anew (never forked), with a thread of this process that hands it one task after
the other. One that dies is replaced with the next task; what it was at is for the caller to try again.
"""

import pickle
import subprocess
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Thread
from typing import Any

from claims_cli.programs import started


class WorkerDied(Exception):
    """The process that had a task is gone: killed, or out of memory."""


class Workers:
    """Some processes, each started with its first task."""

    def __init__(self, number: int):
        self.tasks: SimpleQueue[tuple[Future, Any] | None] = SimpleQueue()
        self.processes: set[subprocess.Popen] = set()
        self.is_stopped = False
        self.threads = [Thread(target=self.serve, daemon=True) for _ in range(number)]
        for thread in self.threads:
            thread.start()

    def submit(self, function: str, *arguments: Any) -> Future:
        """What a function of `analysis` gives, later; `WorkerDied` where a process died of it.

        Its result is None where model or rules cannot be loaded.
        """
        future: Future = Future()
        self.tasks.put((future, (function, arguments)))
        return future

    def serve(self) -> None:
        """Hand tasks to one process, and to another where it dies."""
        process: subprocess.Popen | None = None
        while (task := self.tasks.get()) is not None:
            if self.is_stopped:
                break
            future, request = task
            try:
                if process is None:
                    process = self.begun()
                future.set_result(exchange(process, request))
            except Exception:  # whatever half an answer is read as
                self.end(process)
                process = None
                future.set_exception(WorkerDied())
        self.end(process)

    def begun(self) -> subprocess.Popen:
        """A new process."""
        # a session of its own: Ctrl-C is for this process, which ends the others
        process = started("claims_cli.extraction.worker", start_new_session=True)
        self.processes.add(process)
        if self.is_stopped:
            process.kill()
        return process

    def end(self, process: subprocess.Popen | None) -> None:
        """End a process."""
        if process is not None:
            process.kill()
            process.communicate()
            self.processes.discard(process)

    def stop(self) -> None:
        """End all processes at once, whatever they are at."""
        self.is_stopped = True
        for process in list(self.processes):
            process.kill()
        for _ in self.threads:
            self.tasks.put(None)


def exchange(process: subprocess.Popen, request: Any) -> Any:
    """The answer of a process to a request.

    Raises:
        Exception: the process is gone, of whatever kind half an answer makes it.
    """
    assert process.stdin is not None
    assert process.stdout is not None
    pickle.dump(request, process.stdin, pickle.HIGHEST_PROTOCOL)
    process.stdin.flush()
    return pickle.load(process.stdout)

"""Work in processes of their own: they take a module of this package each, and answer requests with its `answers`.

Each is a program, started anew (never forked, so that a script needs no guard around its main part), in a session of
its own: Ctrl-C is for this process, which ends the others. It ends with the process that started it, at the latest
after what it is at. What libraries print there is lost. A message is a line with the lengths of its parts, then the
parts: bytes, which both ends of a module read in their own way.

`pebble` wants such a guard, `loky` loses every worker's task with one that dies and bounds no task's time, and neither
gives answers as they come; both let a busy worker live on when this process is killed, and then print warnings.
"""

import atexit
import gc
import importlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any

PACKAGES = str(Path(__file__).resolve().parents[1])
WATCH = 0.1


class ProcessDied(Exception):
    """The process that had a request is gone: killed, out of memory, or out of time (`is_late`)."""

    def __init__(self, is_late: bool = False):
        super().__init__()
        self.is_late = is_late


class Process:
    """A process that answers requests, one after the other.

    Args:
        module: of this package, with a function `answers(*parts) -> Iterator[bytes]`.
        memory: the most bytes that it may take, where the system can bound them; 0 for no bound.
        seconds: the most that it may take for one answer; 0 for no bound.
    """

    def __init__(self, module: str, memory: int = 0, seconds: int = 0):
        search = os.pathsep.join(filter(None, [PACKAGES, os.environ.get("PYTHONPATH")]))
        self.program = subprocess.Popen(
            # -P: a module of that name in the folder of the documents is not run
            [sys.executable, "-P", "-m", "claims_cli.processes", module, str(memory), str(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": search},
            start_new_session=True,
        )
        self.seconds = seconds
        self.deadline: float | None = None
        self.is_busy = self.is_late = False
        self.is_ended = threading.Event()
        if seconds:
            threading.Thread(target=self.watch, daemon=True).start()
        atexit.register(self.end)

    def is_free(self) -> bool:
        """Whether it lives and has answered all that it was asked."""
        return not self.is_busy and self.program.poll() is None

    def ask(self, *parts: bytes) -> Iterator[bytes]:
        """The answers to a request, as they come. Whoever does not take all of them must `end` the process.

        Raises:
            ProcessDied: the process is gone, or took too long and was ended.
        """
        self.is_busy = True
        try:
            send(self.program.stdin, *parts)
            while answer := self.answer():
                yield answer[0]
        except (OSError, ValueError):  # half a message, or a pipe that nobody reads
            raise ProcessDied(self.is_late) from None
        self.is_busy = False

    def answer(self) -> list[bytes]:
        """Its next answer, in one part; nothing where there are no more."""
        self.deadline = time.monotonic() + self.seconds
        try:
            message = received(self.program.stdout)
        finally:
            self.deadline = None
        if message is None:
            raise ProcessDied(self.is_late)
        return message

    def watch(self) -> None:
        """Kill it when it takes too long."""
        while not self.is_ended.wait(WATCH):
            deadline = self.deadline
            if deadline is not None and time.monotonic() > deadline:
                self.is_late = True
                self.program.kill()
                return

    def end(self) -> None:
        """End it at once, whatever it is at."""
        atexit.unregister(self.end)
        self.is_ended.set()
        self.program.kill()
        self.program.wait()
        for stream in filter(None, (self.program.stdin, self.program.stdout)):
            with suppress(OSError):
                stream.close()


class Pool:
    """Some processes that share requests: each is started with its first one, and anew with the next one if it died.

    Args:
        exchange: asks a process for what `submit` was given, and reads its answer; it raises where the process died.
    """

    def __init__(self, module: str, number: int, exchange: Callable[[Process, Any], Any]):
        self.module = module
        self.exchange = exchange
        self.requests: SimpleQueue[tuple[Future, Any] | None] = SimpleQueue()
        self.processes: set[Process] = set()
        self.is_stopped = False
        self.threads = [threading.Thread(target=self.serve, daemon=True) for _ in range(number)]
        for thread in self.threads:
            thread.start()

    def submit(self, request: Any) -> Future:
        """The answer to a request, later; `ProcessDied` where a process died of it."""
        future: Future = Future()
        self.requests.put((future, request))
        return future

    def serve(self) -> None:
        """Hand requests to one process, and to another where it dies."""
        process: Process | None = None
        while (task := self.requests.get()) is not None:
            if self.is_stopped:
                break
            future, request = task
            try:
                process = process or self.begun()
                future.set_result(self.exchange(process, request))
            except Exception:  # whatever half an answer is read as
                self.end(process)
                process = None
                future.set_exception(ProcessDied())
        self.end(process)

    def begun(self) -> Process:
        """A new process."""
        process = Process(self.module)
        self.processes.add(process)
        if self.is_stopped:
            process.program.kill()
        return process

    def end(self, process: Process | None) -> None:
        """End a process."""
        if process is not None:
            process.end()
            self.processes.discard(process)

    def stop(self) -> None:
        """End all processes at once, whatever they are at."""
        self.is_stopped = True
        for process in list(self.processes):
            process.program.kill()
        for _ in self.threads:
            self.requests.put(None)


def send(stream: IO[bytes] | None, *parts: bytes) -> None:
    """Write a message; one without parts ends the answers to a request."""
    assert stream is not None
    stream.write(" ".join(str(len(part)) for part in parts).encode() + b"\n")
    for part in parts:
        stream.write(part)
    stream.flush()


def received(stream: IO[bytes] | None) -> list[bytes] | None:
    """The parts of the next message; None where the other end is gone.

    Raises:
        ValueError: it went in the midst of a message.
    """
    assert stream is not None
    if not (line := stream.readline()):
        return None
    sizes = [int(size) for size in line.split()]
    parts = [stream.read(size) for size in sizes]
    if not line.endswith(b"\n") or [len(part) for part in parts] != sizes:
        raise ValueError("half a message")
    return parts


def main() -> None:
    """Be such a process: answer requests until there are no more."""
    module, memory, seconds = sys.argv[1], *map(int, sys.argv[2:])
    answers = answers_of(module)
    stream = own_output()
    bound(memory=memory)
    is_new = True
    while (parts := received(sys.stdin.buffer)) is not None:
        bound(seconds=seconds)
        for answer in answers(*parts):
            send(stream, answer)
            bound(seconds=seconds)  # for the next answer: a file may hold any number of documents
        send(stream)
        if is_new:  # what is loaded now stays: it need not be looked through for what can go
            gc.collect()
            gc.freeze()
            is_new = False


def answers_of(module: str) -> Callable[..., Iterator[bytes]]:
    """The function of a module that answers."""
    return importlib.import_module(module).answers


def own_output() -> IO[bytes]:
    """Where answers go; what a library prints from now on is lost, for it is no answer."""
    stream = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return stream


def bound(memory: int = 0, seconds: int = 0) -> None:
    """Bound the memory of this process in bytes, or its processor's time from now on, where the system can."""
    try:
        import resource
    except ImportError:
        return
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    if seconds:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, most))


if __name__ == "__main__":
    main()

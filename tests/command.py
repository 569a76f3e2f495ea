"""The command, run in this process, which has loaded the model already: what it prints and how it ends is the same.

Tests of the process itself (its signals, streams, memory, locale, start) run it in one of its own.
"""

import io
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from unittest.mock import patch

from claims_cli import rulebook
from claims_cli.commands.app import main
from claims_cli.extraction import analysis
from claims_cli.extraction import cache as results_cache

ROOT = Path(__file__).resolve().parent.parent
# what is read of files once a process, and must be read again where a new process would have
READ_ONCE = [
    rulebook.load,
    rulebook.load_settings,
    rulebook.load_lexicon,
    results_cache.fingerprint_of,
    analysis.analyst_of,
    analysis.stored,
]
analysis.parser = cache(analysis.parser)


def run(
    *arguments: object,
    stdin: bytes = b"",
    cwd: Path | str = ROOT,
    env: dict[str, str] | None = None,
    timeout: int = 300,
) -> subprocess.CompletedProcess:
    """What a process of its own would print, with its exit code.

    Args:
        stdin: what stands on its standard input, which is no terminal.
        cwd: the folder it runs in.
        env: its environment, in place of this one's.
        timeout: after how many seconds it is interrupted.
    """
    given = ["claims", *map(str, arguments)]
    streams = [io.TextIOWrapper(io.BytesIO(data), encoding="utf-8") for data in (stdin, b"", b"")]
    for function in READ_ONCE:
        function.cache_clear()
    with surroundings(given, streams, cwd, env), interrupted_after(timeout):
        code = ending()
    for stream in streams[1:]:
        stream.flush()
    stdout, stderr = (stream.buffer.getvalue() for stream in streams[1:])
    return subprocess.CompletedProcess(given, code, stdout, stderr)


def shell(line: str, cwd: Path | str) -> subprocess.CompletedProcess:
    """What a line of the documentation prints; a shell runs it where it is more than a command."""
    words = shlex.split(line, comments=True)
    if words[0] == "claims" and not set("|<>;&$`*\n") & set(line.strip()):
        return run(*words[1:], cwd=cwd)
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    line = line.replace("claims ", f"{sys.executable} -m claims_cli ", 1)
    return subprocess.run(line, shell=True, capture_output=True, cwd=cwd, env=env, timeout=120)


@contextmanager
def surroundings(
    arguments: list[str], streams: list[io.TextIOWrapper], cwd: Path | str, env: dict[str, str] | None
) -> Iterator[None]:
    """Arguments, standard streams, folder and environment of a process."""
    before = Path.cwd()
    stdin, stdout, stderr = streams
    with (
        patch.object(sys, "argv", arguments),
        patch.multiple(sys, stdin=stdin, stdout=stdout, stderr=stderr),
        patch.dict(os.environ, env or {}, clear=env is not None),
    ):
        os.chdir(cwd)
        try:
            yield
        finally:
            os.chdir(before)


@contextmanager
def interrupted_after(seconds: int) -> Iterator[None]:
    """As if somebody pressed Ctrl-C when it takes longer."""
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def ending() -> int:
    """The exit code of the command."""
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0

"""Modules of this package run as programs of their own, which talk over their standard streams."""

import os
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

PACKAGES = str(Path(__file__).resolve().parents[1])


def started(module: str, *arguments: str, **options: Any) -> subprocess.Popen:
    """A module as a new process, whose standard input and output are pipes.

    Args:
        options: further ones of `subprocess.Popen`.
    """
    search = os.pathsep.join(filter(None, [PACKAGES, os.environ.get("PYTHONPATH")]))
    return subprocess.Popen(
        # -P: a module of that name in the folder of the documents is not run
        [sys.executable, "-P", "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": search},
        **options,
    )


def answers() -> IO[bytes]:
    """Where such a program writes what it answers; what a library prints from now on is lost, for it is no answer."""
    found = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return found

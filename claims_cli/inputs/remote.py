"""Files that lie elsewhere (`s3://`, `gs://`, `az://`, `hdfs://`): found, read and written by fsspec's file systems.

Who may read them is found where those libraries find it (environment, profiles, machine roles); nothing of it is asked,
kept or told here.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claims_cli.errors import InputError, UsageError
from claims_cli.formats.limits import LARGEST, megabytes
from claims_cli.formats.table import is_read, suffix_of
from claims_cli.inputs.sources import Input

PLACE = re.compile(r"(?!https?:|file:)[a-z][a-z0-9+.-]{1,20}://[^\s]", re.I)
GLOB = re.compile(r"[*?]|\[[^\[\]]*[^\]]\]")
EXTRAS = {"s3": "s3", "s3a": "s3", "gs": "gs", "gcs": "gs", "az": "az", "abfs": "az", "abfss": "az"}


def is_remote(name: str) -> bool:
    """Whether a name is that of a file or folder that lies elsewhere."""
    return PLACE.match(name) is not None


def placed(name: str) -> Path:
    """A path as it is named; of a place elsewhere, what behaves as one does.

    Raises:
        UsageError: what reaches it is not installed, or nothing is known of such names.
    """
    if not is_remote(name):
        return Path(name)
    try:
        from upath import UPath

        found = UPath(name)
        found.fs  # noqa: B018  where its file system is missing, that is told now
    except Exception as error:  # each file system has its own
        raise UsageError(f"{name} {(told := why(name, error))[0]}", told[1]) from None
    return found


def is_elsewhere(path: Path) -> bool:
    """Whether `placed` made it of a place elsewhere."""
    return not isinstance(path, Path)


def inputs(name: str, left_out: Counter) -> Iterator[Input | InputError]:
    """The files that a name stands for: a file, those under a folder, or those that a glob matches, sorted."""
    scheme = name.partition("://")[0]
    try:
        system, path = opened(name)
        if GLOB.search(path):
            found, is_named = sorted(system.glob(path)), False
        elif system.isdir(path):
            found, is_named = sorted(system.find(path)), False
        else:
            system.info(path)
            found, is_named = [path], True
    except Exception as error:  # each file system has its own
        yield failed(name, error, "find")
        return
    known = [one for one in found if is_named or is_read(one.rpartition("/")[2])]
    for one in set(found) - set(known):
        left_out[suffix_of(one.rpartition("/")[2]) or "no suffix"] += 1
    if not known:
        yield InputError(
            name, "holds no file of a kind that is read", "name a file to read it whatever its suffix", "find"
        )
    for one in known:
        yield Input(f"{scheme}://{one.removeprefix('/')}", None, place=f"{scheme}://{one}")


def data_of(item: Input) -> bytes:
    """The bytes of a file that lies elsewhere.

    Raises:
        InputError: it cannot be read, or is too large.
    """
    assert item.place is not None
    try:
        system, path = opened(item.place)
        with system.open(path, "rb") as stream:
            data = stream.read(LARGEST + 1)
    except Exception as error:
        raise failed(item.name, error, "read") from None
    if len(data) > LARGEST:
        raise InputError(item.name, f"is larger than {megabytes(LARGEST)}", "split it")
    return data


def size_of(item: Input) -> int:
    """How many bytes it has; none where that is not told."""
    assert item.place is not None
    try:
        system, path = opened(item.place)
        return int(system.size(path) or 0)
    except Exception:
        return 0


def opened(name: str) -> tuple[Any, str]:
    """The file system of a name, and the path in it.

    Raises:
        ImportError: what reads it is not installed.
        ValueError: nothing is known of such names.
    """
    from fsspec.core import url_to_fs

    return url_to_fs(name)


def failed(name: str, error: Exception, stage: str) -> InputError:
    """That something that lies elsewhere cannot be read."""
    return InputError(name, *why(name, error), stage)


def why(name: str, error: Exception) -> tuple[str, str]:
    """Why something cannot be had, here or elsewhere, and the remedy."""
    scheme = name.partition("://")[0].lower()
    if isinstance(error, ImportError):
        extra = EXTRAS.get(scheme)
        remedy = f"pip install 'source-claims[{extra}]'" if extra else "pip install fsspec and what it wants for it"
        return f"lies where nothing installed reads ({scheme}://)", remedy
    if isinstance(error, FileNotFoundError):
        return "no such file or folder", "check the name"
    if isinstance(error, PermissionError):
        return "is closed to you", "check the credentials of this machine for it"
    if isinstance(error, OSError) and error.strerror and not is_remote(name):
        return error.strerror.lower(), "check the path"
    if isinstance(error, ValueError) and "rotocol" in str(error):
        return f"nothing is known of {scheme}://", "give files, s3://, gs://, az:// or hdfs://"
    what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return f"cannot be reached ({what})", "check the name, the network and your credentials"

"""Files that appear whole or not at all."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from claims_cli.errors import OutputError


@contextmanager
def whole_file(path: Path, mode: str = "w", **options: Any) -> Iterator[IO]:
    """Open a file for writing that takes the place of `path` when all was written, and otherwise leaves no trace.

    A link is written through; a pipe or a device is written to directly.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        if path.is_dir():
            raise OutputError(f"{path} is a folder", "name a file in it")
        if path.exists() and not path.is_file():
            with open(path, mode, **options) as stream:
                yield stream
            return
        with replacing(Path(os.path.realpath(path)), mode, options) as stream:
            yield stream
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written: {error.strerror or error}", "check the folder and the disk"
        ) from None


@contextmanager
def replacing(target: Path, mode: str, options: dict[str, Any]) -> Iterator[IO]:
    """A temporary file beside the target that is renamed to it."""
    handle, temporary = tempfile.mkstemp(prefix=".claims-", suffix=".part", dir=target.parent)
    try:
        with open(handle, mode, **options) as stream:
            yield stream
        os.chmod(temporary, permissions(target))
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """Make a folder that takes the place of `path` when all was written, and otherwise leaves no trace.

    Raises:
        OutputError: it cannot be written, or there is a file or a folder that is not empty.
    """
    try:
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise OutputError(f"{path} is there and not empty", "name a new folder")
        temporary = Path(tempfile.mkdtemp(prefix=".claims-", suffix=".part", dir=Path(os.path.realpath(path)).parent))
        try:
            yield temporary
            os.chmod(temporary, 0o777 & ~umask())
            os.replace(temporary, os.path.realpath(path))
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written: {error.strerror or error}", "check the folder and the disk"
        ) from None


def permissions(target: Path) -> int:
    """Those of the file that is replaced, otherwise those of a new file."""
    return stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~umask()


def umask() -> int:
    """The permissions that new files do not get; it is read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask

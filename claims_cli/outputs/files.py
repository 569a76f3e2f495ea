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
from claims_cli.inputs import remote


@contextmanager
def whole_file(path: Path, mode: str = "w", **options: Any) -> Iterator[IO]:
    """Open a file for writing that takes the place of `path` when all was written, and otherwise leaves no trace.

    A link is written through; a pipe or a device is written to directly; what lies elsewhere is uploaded when whole.

    Raises:
        OutputError: it cannot be written.
    """
    if remote.is_elsewhere(path):
        with uploaded(path, mode, options) as stream:
            yield stream
        return
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
def uploaded(path: Any, mode: str, options: dict[str, Any]) -> Iterator[IO]:
    """A file on this machine that is uploaded when all was written; the services show an object when it is whole.

    Raises:
        OutputError: it cannot be written here, or not be uploaded.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="claims-") as folder:
            part = Path(folder) / "part"
            with open(part, mode, **options) as stream:
                yield stream
            with sending(path):
                path.fs.put_file(str(part), path.path)
    except OSError as error:
        reason = f"{path} cannot be written: {tempfile.gettempdir()}: {error.strerror or error}"
        raise OutputError(reason, "make room there, or set TMPDIR to another folder") from None


@contextmanager
def sending(path: Any) -> Iterator[None]:
    """What a file system elsewhere says against it, as an error of the output.

    Raises:
        OutputError: it said so.
    """
    try:
        yield
    except Exception as error:  # each file system has its own
        reason, remedy = remote.why(str(path), error)
        raise OutputError(f"{path} cannot be written: {reason}", remedy) from None


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
    if remote.is_elsewhere(path):
        with uploaded_folder(path) as temporary:
            yield temporary
        return
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


@contextmanager
def uploaded_folder(path: Any) -> Iterator[Path]:
    """A folder on this machine that is uploaded when all was written.

    Raises:
        OutputError: it cannot be uploaded, or something is there.
    """
    with sending(path):
        is_there = path.exists() and any(path.iterdir())
    if is_there:
        raise OutputError(f"{path} is there and not empty", "name a new folder")
    with tempfile.TemporaryDirectory(prefix="claims-") as folder:
        yield Path(folder)
        with sending(path):
            path.fs.put(f"{folder}/", f"{path.path.rstrip('/')}/", recursive=True)


def permissions(target: Path) -> int:
    """Those of the file that is replaced, otherwise those of a new file."""
    return stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~umask()


def umask() -> int:
    """The permissions that new files do not get; it is read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask

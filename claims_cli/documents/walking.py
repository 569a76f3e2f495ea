"""Which files a run reads: files as given, folders recursively in sorted order, `-` for standard input."""

import os
import stat
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from claims_cli.documents.readers import READERS, is_read, suffix_of
from claims_cli.documents.sources import Input, why
from claims_cli.errors import InputError

STDIN = "-"


def shown_name(path: str | Path) -> str:
    """A path as text: bytes of a file name that are no UTF-8 become escapes (`\\xff`)."""
    return os.fsencode(path).decode("utf-8", errors="backslashreplace")


def inputs(arguments: list[str], left_out: Counter | None = None) -> Iterator[Input | InputError]:
    """Every input of a run once, in a stable order; what cannot be read comes as its error.

    Hidden files and folders, links to folders, and files of a kind that no reader knows are left out of folders, the
    last two counted in `left_out`; a file that is named is always read.
    """
    seen = set()
    for argument in arguments:
        for item in named(argument, Counter() if left_out is None else left_out):
            if isinstance(item, InputError) or item.name not in seen:
                yield item
            if isinstance(item, Input):
                seen.add(item.name)


def named(argument: str, left_out: Counter) -> Iterator[Input | InputError]:
    """The inputs that one argument of the command line stands for."""
    path, name = Path(argument), shown_name(argument)
    if argument == STDIN:
        yield Input(STDIN, None)
        return
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except OSError as error:
        yield missing(name, path, error)
        return
    if is_folder:
        yield from folder(argument, path, left_out)
    else:
        yield Input(name, path)


def missing(name: str, path: Path, error: OSError) -> InputError:
    """Why a path that was named leads nowhere."""
    if os.path.islink(path):
        return InputError(name, "is a link that leads nowhere", "check where it points", "find")
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return InputError(name, "no such file or folder", "check the path", "find")
    return InputError(name, why(error), "check the path and the permissions of its folders", "find")


def folder(argument: str, path: Path, left_out: Counter) -> Iterator[Input | InputError]:
    """The files under a folder that a reader knows, sorted by their path."""
    errors: list[InputError] = []
    found: list[tuple[str, ...]] = []
    for parts in files_under(path, errors, left_out):
        if is_read(parts[-1]):
            found.append(parts)
        else:
            left_out[suffix_of(parts[-1]) or "no suffix"] += 1
    yield from errors
    if not found and not errors:
        kinds = ", ".join(READERS)
        yield InputError(
            shown_name(argument),
            f"no file in this folder is of a kind that is read ({kinds})",
            "name a file to read it whatever its suffix",
            "find",
        )
    for parts in found:
        yield inside(argument, path, parts)


def inside(argument: str, path: Path, parts: tuple[str, ...]) -> Input:
    """A file of a folder, shown as the folder was given with the path in it."""
    return Input(shown_name("/".join([argument.rstrip("/") or "/", *parts])), path.joinpath(*parts))


def files_under(path: Path, errors: list[InputError], left_out: Counter) -> list[tuple[str, ...]]:
    """The paths of the files under a folder, in their parts, sorted; hidden files and folders are left out.

    Folders that cannot be read join `errors`; links to folders are counted in `left_out`.
    """

    def unreadable(error: OSError) -> None:
        errors.append(
            InputError(shown_name(error.filename), f"the folder {why(error)}", "check its permissions", "find")
        )

    found: list[tuple[str, ...]] = []
    for base, folders, files in os.walk(path, onerror=unreadable):
        visible = [name for name in folders if not name.startswith(".")]
        left_out["link to a folder"] += sum((Path(base) / name).is_symlink() for name in visible)
        folders[:] = visible
        found += [(Path(base) / name).relative_to(path).parts for name in files if not name.startswith(".")]
    return sorted(found)

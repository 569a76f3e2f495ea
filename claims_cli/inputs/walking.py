"""Which files a run reads: files as given, folders recursively in sorted order, `-` for standard input."""

import os
import re
import stat
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from claims_cli.errors import InputError
from claims_cli.formats.table import BY_SUFFIX, is_read, suffix_of
from claims_cli.inputs import remote
from claims_cli.inputs.fetching import is_address
from claims_cli.inputs.ignoring import EVERYTHING, IGNORED, FolderFilter, Selection
from claims_cli.inputs.own import is_output
from claims_cli.inputs.sources import Input, shown_name, why

STDIN = "-"
OUTPUTS = "outputs of claims"
GLOB = re.compile(r"[*?]|\[[^\[\]]*[^\]]\]")


def inputs(
    arguments: list[str], left_out: Counter | None = None, selection: Selection = EVERYTHING
) -> Iterator[Input | InputError]:
    """Every input of a run once, in a stable order; what cannot be read comes as its error.

    Files of a kind that no reader knows, outputs of this program, links to folders, and what the selection does not
    hold are left out of folders, all but hidden files and those of the user's own globs counted in `left_out`; a file
    that is named is always read. A glob that is no file's name stands for what it matches, sorted.
    """
    seen = set()
    for argument in arguments:
        for item in inputs_of(argument, Counter() if left_out is None else left_out, selection):
            if isinstance(item, InputError) or item.name not in seen:
                yield item
            if isinstance(item, Input):
                seen.add(item.name)


def inputs_of(argument: str, left_out: Counter, selection: Selection) -> Iterator[Input | InputError]:
    """The inputs that one argument of the command line stands for."""
    path, name = Path(argument), shown_name(argument)
    if argument == STDIN:
        yield Input(STDIN, None)
        return
    if remote.is_remote(argument):
        yield from remote.inputs(argument, left_out)
        return
    if is_address(argument):
        yield Input(name, None, place=argument)
        return
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except OSError as error:
        matches = matching(argument, selection.hidden)
        if matches is None:
            yield missing(name, path, error)
        elif not matches:
            yield InputError(name, "no such file or folder, nor any that it is a pattern of", "check it", "find")
        else:
            for match in matches:
                yield from inputs_of(match, left_out, selection)
        return
    if is_folder:
        yield from folder(argument, path, left_out, selection)
    else:
        yield Input(name, path)


def matching(argument: str, hidden: bool) -> list[str] | None:
    """The files and folders that a glob matches as a shell would, sorted; None where it is none.

    Links to folders are not followed on the way and stand for nothing.
    """
    parts = argument.rstrip("/").split("/")
    first = next((place for place, part in enumerate(parts) if GLOB.search(part)), None)
    if first is None:
        return None
    base, pattern = parts[:first], parts[first:]
    if pattern[-1] == "**":
        pattern[-1] = "*"
    folder = Path("/".join(base) or ("/" if base else "."))
    try:
        matches = sorted(path.relative_to(folder).parts for path in folder.glob("/".join(pattern)) if not is_link(path))
    except (OSError, ValueError, re.error):
        return None
    shows = hidden or any(part.startswith(".") for part in pattern)
    return ["/".join([*base, *path]) for path in matches if shows or not any(part.startswith(".") for part in path)]


def is_link(path: Path) -> bool:
    """Whether a path is a link to a folder."""
    return path.is_symlink() and path.is_dir()


def missing(name: str, path: Path, error: OSError) -> InputError:
    """Why a path that was named leads nowhere."""
    if os.path.islink(path):
        return InputError(name, "is a link that leads nowhere", "check where it points", "find")
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return InputError(name, "no such file or folder", "check the path", "find")
    return InputError(name, why(error), "check the path and the permissions of its folders", "find")


def folder(argument: str, path: Path, left_out: Counter, selection: Selection) -> Iterator[Input | InputError]:
    """The files under a folder that a reader knows, sorted by their path."""
    errors: list[InputError] = []
    files: list[tuple[str, ...]] = []
    ignored, own = left_out[IGNORED], left_out[OUTPUTS]
    for parts in files_under(path, errors, left_out, selection):
        if not is_read(parts[-1]):
            left_out[suffix_of(parts[-1]) or "no suffix"] += 1
        elif is_output(path.joinpath(*parts)):
            left_out[OUTPUTS] += 1
        else:
            files.append(parts)
    yield from errors
    if not files and not errors:
        yield nothing_in(shown_name(argument), selection, left_out[IGNORED] - ignored, left_out[OUTPUTS] - own)
    for parts in files:
        yield inside(argument, path, parts)


def nothing_in(name: str, selection: Selection, ignored: int, own: int) -> InputError:
    """That a folder holds nothing to read, and the likeliest reason."""
    if selection.include or selection.exclude:
        return InputError(name, "no file in this folder is left to read", "check --include and --exclude", "find")
    if ignored:
        return InputError(name, "what is in this folder is ignored", "--no-ignore reads it all the same", "find")
    if own:
        reason = "what is in this folder was written by claims, and is no document"
        return InputError(name, reason, "name a file to read it all the same", "find")
    kinds = ", ".join(BY_SUFFIX)
    reason = f"no file in this folder is of a kind that is read ({kinds})"
    return InputError(name, reason, "name a file to read it whatever its suffix", "find")


def inside(argument: str, path: Path, parts: tuple[str, ...]) -> Input:
    """A file of a folder, shown as the folder was given with the path in it."""
    return Input(shown_name("/".join([argument.rstrip("/") or "/", *parts])), path.joinpath(*parts))


def files_under(
    path: Path, errors: list[InputError], left_out: Counter, selection: Selection = EVERYTHING
) -> list[tuple[str, ...]]:
    """The paths of the files under a folder that a selection holds, in their parts, sorted.

    Folders that cannot be read join `errors`; links to folders, and what ignore files name, are counted in `left_out`.
    """

    def unreadable(error: OSError) -> None:
        errors.append(
            InputError(shown_name(error.filename), f"the folder {why(error)}", "check its permissions", "find")
        )

    folder_filter = FolderFilter(path, selection, errors)
    paths: list[tuple[str, ...]] = []
    for base, folders, files in os.walk(path, onerror=unreadable):
        parts = Path(base).relative_to(path).parts
        folder_filter.enter(parts)
        folders[:] = [name for name in folders if folder_filter.keeps((*parts, name), True, left_out)]
        left_out["link to a folder"] += sum((Path(base) / name).is_symlink() for name in folders)
        paths += [(*parts, name) for name in files if folder_filter.keeps((*parts, name), False, left_out)]
    return sorted(paths)

"""What of a folder is left out: by ignore files as ripgrep reads them, as hidden, and by globs of the user."""

import os
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from claims_cli.errors import InputError, UsageError
from claims_cli.inputs.sources import shown_name

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

GIT = ".gitignore"
STRONGEST_FIRST = (".claimsignore", ".ignore", GIT)
EXCLUDE = Path(".git", "info", "exclude")
IGNORED = "ignored"
LARGEST = 1_000_000
MOST_STARS = 3
MOST_DOUBLE_STARS = 2
AS_FOLDER = "ps_d"
Rules = list


@dataclass(frozen=True)
class Selection:
    """Which files of folders are read, beside what readers know.

    Attributes:
        hidden: files and folders whose names begin with a dot too.
        ignore_files: leave out what `.gitignore`, `.ignore` and `.claimsignore` say.
        include: globs of the files to read, none for all; exclude: globs of what to leave out. As in a `.gitignore`
            of the folder that was named.
    """

    hidden: bool = False
    ignore_files: bool = True
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    @cached_property
    def included(self) -> "GitIgnoreSpec":
        return spec_of(self.include, "--include")

    @cached_property
    def excluded(self) -> "GitIgnoreSpec":
        return spec_of(self.exclude, "--exclude")

    def chooses(self, parts: tuple[str, ...], is_folder: bool) -> bool:
        """Whether the user's globs leave a path of a folder in."""
        path = "/".join(parts) + "/" * is_folder
        if self.exclude and self.excluded.match_file(path):
            return False
        return is_folder or not self.include or self.included.match_file(path)

    def check(self) -> None:
        """Read the globs.

        Raises:
            UsageError: one is none.
        """
        assert self.included is not None
        assert self.excluded is not None


EVERYTHING = Selection(ignore_files=False)


def spec_of(globs: Iterable[str], option: str) -> "GitIgnoreSpec":
    """The globs of an option.

    Raises:
        UsageError: one is none.
    """
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(globs)
    except (ValueError, re.error) as error:
        raise UsageError(f"{option} {' '.join(globs)} is no glob: {error}", "write it as in a .gitignore") from None


class FolderRules:
    """The ignore files of a folder and of those above it.

    Args:
        folder: absolute.
        above: of the folder above, none at the root.
        errors: is given what cannot be read.
    """

    def __init__(self, folder: Path, above: "FolderRules | None", errors: list[InputError]):
        self.folder = folder
        self.above = above
        self.is_repository = os.path.lexists(folder / ".git")
        self.in_repository: bool = self.is_repository or bool(above and above.in_repository)
        self.files = {name: read_rules(folder / name, errors) for name in STRONGEST_FIRST}
        self.exclude = read_rules(folder / EXCLUDE, errors) if self.is_repository else []

    def verdict(self, path: Path, is_folder: bool) -> bool | None:
        """Whether a path in the folder is ignored; False where a rule takes it back, None where there is none."""
        for name in STRONGEST_FIRST:
            verdict = self.by_files_called(name, path, is_folder)
            if verdict is not None:
                return verdict
        return None

    def by_files_called(self, name: str, path: Path, is_folder: bool) -> bool | None:
        """The verdict of the nearest ignore file of a name that has one; git's only up to the repository's root."""
        rules: FolderRules | None = self
        while rules is not None and (name != GIT or rules.in_repository):
            for lines in filter(None, [rules.files[name], rules.exclude if name == GIT else None]):
                verdict = decision(lines, path.relative_to(rules.folder).as_posix() + "/" * is_folder)
                if verdict is not None:
                    return verdict
            if name == GIT and rules.is_repository:
                return None
            rules = rules.above
        return None


def decision(rules: Rules, path: str) -> bool | None:
    """What the last rule that matches a path says: True to ignore it, False to take it back, None where none does.

    A rule that matches a folder above says nothing here: that folder was decided on when it was met.
    """
    for rule in reversed(rules):
        result = rule.match_file(path)
        if result is not None and is_of_itself(result.match, path):
            return rule.include
    return None


def is_of_itself(match: re.Match, path: str) -> bool:
    """Whether a rule matched a path and not a folder above it (`a/**` matches what is in `a`, not `a`)."""
    ends = match.end() == len(path)
    if AS_FOLDER in match.re.groupindex:
        return ends or match[AS_FOLDER] is None
    return not (ends and path.endswith("/"))


class FolderFilter:
    """What of one folder is read.

    Args:
        folder: as it was named; its own name and place leave nothing out.
        errors: is given what cannot be read of ignore files.
    """

    def __init__(self, folder: Path, selection: Selection, errors: list[InputError]):
        self.selection = selection
        self.errors = errors
        self.folder = Path(os.path.realpath(folder))
        self.rules: dict[tuple[str, ...], FolderRules] = {}

    def enter(self, parts: tuple[str, ...]) -> None:
        """Read the ignore files of a folder, after those of the one it lies in."""
        if self.selection.ignore_files:
            above = self.rules[parts[:-1]] if parts else self.above()
            self.rules[parts] = FolderRules(self.folder.joinpath(*parts), above, self.errors)

    def above(self) -> FolderRules | None:
        """The rules of the folders above the one that was named."""
        rules: FolderRules | None = None
        for folder in reversed(self.folder.parents):
            rules = FolderRules(folder, rules, [])
        return rules

    def keeps(self, parts: tuple[str, ...], is_folder: bool, left_out: Counter) -> bool:
        """Whether a path of the folder is read; what ignore files name is counted.

        A rule that takes a path back (`!.notes.txt`) does so for a hidden one too.
        """
        if not self.selection.chooses(parts, is_folder):
            return False
        rules = self.rules.get(parts[:-1])
        ignored = rules.verdict(self.folder.joinpath(*parts), is_folder) if rules else None
        if ignored is None and parts[-1].startswith(".") and not self.selection.hidden:
            return False
        left_out[IGNORED] += bool(ignored)
        return not ignored


def read_rules(path: Path, errors: list[InputError]) -> Rules:
    """The rules of an ignore file, if there is one; what cannot be read or would take too long joins the errors."""
    try:
        if not path.is_file():
            return []
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError:
        errors.append(unusable(path, "the ignore file cannot be read", "check its permissions"))
        return []
    if len(data) > LARGEST:
        errors.append(unusable(path, "the ignore file is too long and is not used", "shorten it"))
        return []
    rules: Rules = []
    for number, line in enumerate(os.fsdecode(data.replace(b"\r\n", b"\n")).split("\n"), start=1):
        if is_slow(line):
            reason = f"its rule on line {number} has too many wildcards and is not used"
            errors.append(unusable(path, reason, "write it with fewer *"))
        else:
            rules += rule_of(line)
    return rules


def unusable(path: Path, reason: str, remedy: str) -> InputError:
    """What is wrong with an ignore file."""
    return InputError(shown_name(path), reason, remedy, "find")


def is_slow(line: str) -> bool:
    """Whether matching a rule can take very long: the time grows with the power of its stars."""
    rule = line.strip().rstrip("/*")
    doubles = rule.split("/").count("**")
    return doubles > MOST_DOUBLE_STARS or rule.count("*") - 2 * doubles > MOST_STARS


def rule_of(line: str) -> Rules:
    """The rule on a line of an ignore file; none where there is none, or git would not understand it."""
    from pathspec import GitIgnoreSpec

    try:
        return [rule for rule in GitIgnoreSpec.from_lines([line]).patterns if rule.include is not None]
    except (ValueError, re.error):
        return []

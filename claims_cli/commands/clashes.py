"""An output that is an input would destroy it: refused before anything is read, on every command, by what files are.

Files are compared as the system does it, so that a link, a second name and another spelling of the case are found too.
"""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from claims_cli.commands import help
from claims_cli.commands.extract import ending
from claims_cli.commands.messages import Messages
from claims_cli.config import settle
from claims_cli.errors import InputError, UsageError
from claims_cli.inputs import remote
from claims_cli.inputs.ignoring import Selection
from claims_cli.inputs.walking import STDIN, inputs

WRITTEN = ("output", "manifest", "sheet")
ARGUMENTS = ("paths", "sources", "stores", "folder")
NAMED = (*ARGUMENTS, "db", "meta", "rules", "people", "plan", "marks", "file")
PLAN = "plan.json"
SHARDS = re.compile(r"plan\.json|[a-z]+-\d{5,}\.jsonl?(?:\.gz)?")
GOLD = re.compile(r".+\.(?:txt|ann|jsonl|csv)", re.I)
RULES = re.compile(r".+\.yaml")
SAME = {("sheet", "people")}  # a sheet is brought up to date
REMEDY = "name another file; nothing was read or written"


class Command(help.Command):
    """A command that begins only where none of its outputs is an input."""

    def invoke(self, ctx: Any) -> Any:
        """Run it.

        Raises:
            typer.Exit: an output is an input, which was told.
        """
        with ending(Messages(as_json=ctx.params.get("errors") == "json")):
            refuse(ctx.params)
        return super().invoke(ctx)


def refuse(given: Mapping[str, Any]) -> None:
    """Refuse outputs that are inputs, or one another.

    Args:
        given: the values of a command's parameters, by their names.

    Raises:
        RulebookError: `claims.yaml` is broken.
        UsageError: an output is an input.
    """
    outputs = {name: str(given[name]) for name in WRITTEN if given.get(name) and str(given[name]) != STDIN}
    kept = {**outputs, **({"db": str(given["db"])} if given.get("db") else {})}
    for (name, path), (other, second) in combinations(kept.items(), 2):
        if is_same(path, second):
            raise UsageError(f"--{name} {path} and --{other} {second} are one file", REMEDY)
    there = {name: path for name, path in outputs.items() if remote.is_remote(path) or os.path.isfile(path)}
    for what, source in read(given) if there else ():
        for name, path in there.items():
            if (name, what) not in SAME and is_same(path, source):
                which = f"{path} is an input" if path == source else f"{path} is the input {source}"
                raise UsageError(f"{which}, which --{name} would destroy", REMEDY)


def is_same(one: str, other: str) -> bool:
    """Whether two names are of one file, or will be."""
    if remote.is_remote(one) or remote.is_remote(other):
        return one == other
    try:
        return os.path.samefile(one, other)
    except (OSError, ValueError):
        return os.path.realpath(one) == os.path.realpath(other)


def read(given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What a command reads: what it is, and its name."""
    for name in NAMED:
        value = given.get(name)
        for one in value if isinstance(value, list | tuple) else [value]:
            if one is not None and str(one) != STDIN:
                yield name, str(one)
                yield from members(name, str(one), given)
    yield from standard_input(given)
    yield from of_config(given)


def members(name: str, path: str, given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The files of a folder, or those that a glob matches, as far as they are read."""
    if name in ("paths", "sources") and not os.path.isfile(path):
        globs = (tuple(given.get(way) or ()) for way in ("include", "exclude"))
        selection = Selection(bool(given.get("hidden")), not given.get("no_ignore"), *globs)
        for item in inputs([path], selection=selection):
            if not isinstance(item, InputError):
                yield "member", str(item.path or item.place or item.name)
    elif name in ("folder", "rules") and os.path.isdir(path):
        wanted = RULES if name == "rules" else SHARDS if os.path.isfile(os.path.join(path, PLAN)) else GOLD
        for base, _, files in os.walk(path):
            yield from (("member", os.path.join(base, file)) for file in files if wanted.fullmatch(file))


def standard_input(given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The file that standard input is, where it is read."""
    if STDIN not in (given.get("paths") or [STDIN]):
        return
    try:
        place = os.path.realpath(f"/dev/fd/{sys.stdin.fileno()}")
    except (OSError, ValueError, AttributeError):
        return
    if os.path.isfile(place):
        yield "paths", place


def of_config(given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """`claims.yaml`, what lies beside it and the files that it names; the store that the environment names."""
    if store := os.environ.get("CLAIMS_DB"):
        yield "db", store
    if "no_config" not in given or given["no_config"]:
        return
    config = settle()
    if config.path is not None:
        yield "rules", str(config.path)
    if config.sources.calibration is not None:
        yield "rules", config.sources.calibration
    for path in config.sources.added:
        yield "rules", path
        yield from members("rules", path, given)
    if config.people is not None:
        yield "people", str(config.people)

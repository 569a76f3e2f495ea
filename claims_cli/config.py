"""`claims.yaml` and the command line in one settled object that says where each value came from.

The file is looked for in the working directory and the folders above it, never in a folder that is scanned: whoever
sends a folder of texts does not set the rules by which it is read.
"""

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from claims_cli.errors import RulebookError
from claims_cli.rulebook.calibration import CALIBRATION
from claims_cli.rulebook.lexicons import unknown_setting
from claims_cli.rulebook.model import Settings
from claims_cli.rulebook.origins import RuleSources
from claims_cli.rulebook.yaml_nodes import SourceFile, compose, entries, items, number_of, text_of, texts_of, truth_of

FILE = "claims.yaml"
KEYS = ("rules", "disable", "lexicons", "thresholds", "aliases", "fast", "people")
NAMED_LISTS = {"lexicons": "words of", "aliases": "aliases of"}
THRESHOLDS = tuple(Settings.__dataclass_fields__)
COMMAND_LINE = "command line"


@dataclass(frozen=True)
class Value:
    """One settled value, and where it came from: a file with its line, or the command line."""

    name: str
    value: Any
    origin: str


@dataclass(frozen=True)
class Config:
    """What a user has set.

    Attributes:
        path: the `claims.yaml` that is used, None for none.
        values: every value with its origin, in order.
        aliases: further names of a speaker, by the name that stands for all.
        people: the user's sheet of people, None for none.
    """

    path: Path | None = None
    values: tuple[Value, ...] = ()
    sources: RuleSources = field(default_factory=RuleSources)
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    people: Path | None = None

    @property
    def calibration(self) -> Path:
        """The file of what the user's marks say of the confidence, whether it is there or not: beside `claims.yaml`."""
        known = self.sources.calibration
        folder = self.path.parent if self.path else working_folder()
        return Path(known) if known else folder / CALIBRATION

    def summary(self) -> str:
        """What the file sets, in a few words."""
        counted = {
            name: sum(value.name == name for value in self.values if value.origin != COMMAND_LINE) for name in KEYS
        }
        parts = [f"{name} {number}" for name, number in counted.items() if number]
        return ", ".join(parts) or "nothing set"


def find(start: Path, name: str = FILE) -> Path | None:
    """The nearest file of that name in a folder or above it; a folder that cannot be read has none."""
    return next(filter(None, (file_in(folder, name) for folder in (start, *start.parents))), None)


def file_in(folder: Path, name: str) -> Path | None:
    """The file of that name in a folder; what is neither file nor folder is refused by its reader."""
    path = folder / name
    return path if os.path.exists(path) and not os.path.isdir(path) else None


def calibration_for(path: Path | None, start: Path) -> str | None:
    """The calibration beside a `claims.yaml`; without one the nearest in a folder or above it."""
    found = file_in(path.parent, CALIBRATION) if path else find(start, CALIBRATION)
    return str(found) if found else None


def working_folder() -> Path:
    """The working directory; the root where it is gone."""
    try:
        return Path.cwd()
    except OSError:
        return Path("/")


def settle(
    rules: tuple[str, ...] = (), use_file: bool = True, start: Path | None = None, fast: bool | None = None
) -> Config:
    """The configuration of a run: the file's values first, then those of the command line.

    `fast`: whether the rules read alone; None leaves it to the file.

    Raises:
        RulebookError: the file is broken; it carries all its problems.
    """
    start = start or working_folder()
    path = find(start) if use_file else None
    reader = ConfigReader(path)
    if path is not None:
        reader.read()
    reader.values += [Value("rules", name, COMMAND_LINE) for name in rules]
    if fast is not None:
        reader.values.append(Value("fast", fast, COMMAND_LINE))
    config = reader.config()
    calibration = calibration_for(path, start) if use_file else None
    return replace(config, sources=replace(config.sources, calibration=calibration))


class ConfigReader:
    """Reads one `claims.yaml`."""

    def __init__(self, path: Path | None):
        self.path = path
        self.values: list[Value] = []
        self.source = SourceFile(str(path), "")

    def read(self) -> None:
        """Every value of the file.

        Raises:
            RulebookError: something in it is wrong.
        """
        assert self.path is not None
        self.source, node = compose(self.path)
        for key, key_node, value in entries(self.source, node, FILE):
            if key not in KEYS:
                self.source.unknown(key_node, KEYS)
            elif key == "thresholds":
                self.read_thresholds(value)
            elif key == "fast":
                self.add(key, truth_of(self.source, value, key), key_node)
            elif key == "people":
                word = text_of(self.source, value, key)
                if word is not None:
                    self.add(key, str(self.path.parent / word), value)
            elif key in NAMED_LISTS:
                for name, name_node, names in entries(self.source, value, key):
                    self.add(
                        key, (name, tuple(texts_of(self.source, names, f"{NAMED_LISTS[key]} '{name}'"))), name_node
                    )
            else:
                for item in items(self.source, value, key):
                    word = text_of(self.source, item, key)
                    if word is not None:
                        self.add(key, str(self.path.parent / word) if key == "rules" else word, item)
        if self.source.problems:
            raise RulebookError(self.source.problems)

    def read_thresholds(self, node: Any) -> None:
        """`threshold`, `strict`, …: a number each."""
        for name, name_node, value in entries(self.source, node, "thresholds"):
            if name not in THRESHOLDS:
                unknown_setting(self.source, name_node)
                continue
            number = number_of(self.source, value, name)
            if number is not None:
                self.add("thresholds", (name, number), name_node)

    def add(self, name: str, value: Any, node: Any) -> None:
        """Keep a value with its place in the file."""
        self.values.append(Value(name, value, f"{self.path}:{node.start_mark.line + 1}"))

    def config(self) -> Config:
        """All of it."""
        by_name = {name: [value.value for value in self.values if value.name == name] for name in KEYS}
        sources = RuleSources(
            disabled=tuple(by_name["disable"]),
            words=tuple(sorted(by_name["lexicons"])),
            settings=tuple(sorted(dict(by_name["thresholds"]).items())),
            fast=bool(by_name["fast"] and by_name["fast"][-1]),
        )
        people = Path(by_name["people"][-1]) if by_name["people"] else None
        added = sources.adding(by_name["rules"])
        return Config(self.path, tuple(self.values), added, dict(by_name["aliases"]), people)

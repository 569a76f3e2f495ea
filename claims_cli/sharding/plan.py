"""A plan: which inputs each shard reads, by what they are read, and on what the results rest.

It is one file, `plan.json`, beside which the shards lay what they find. A shard holds inputs that stand beside each
other, so that the results of all shards, one behind the other, are those of a run in one piece.
"""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from itertools import compress
from pathlib import Path
from typing import Any

import msgspec

from claims_cli.articles.languages import ENGLISH
from claims_cli.errors import InputError, OutputError, UsageError
from claims_cli.extraction.cache import fingerprint_of, program
from claims_cli.formats.options import FormatOptions, Piece
from claims_cli.inputs import pieces, remote
from claims_cli.inputs.options import ReadOptions, lexicons_of
from claims_cli.inputs.sources import Input
from claims_cli.manifest import versions
from claims_cli.models import default_model
from claims_cli.outputs.files import whole_file
from claims_cli.rulebook import RuleSources
from claims_cli.sharding import results

FILE = "plan.json"
FORMAT = 1
LEAST = 4096  # bytes that an input counts at least: opening it takes time too
SMALLEST_CUT = 1_000_000  # bytes of a file that is cut into pieces
AT_ONCE = min(8, os.cpu_count() or 1)  # files that are looked through for where they may be cut
REMEDY = "make it anew: claims extract IN -o OUT/ --shards N"


@dataclass(frozen=True)
class Options:
    """How every shard reads and analyses its inputs.

    Attributes:
        sources: the rules; their files are read where the shard runs.
        model: name of the spaCy pipeline.
        language, transcript: as `Extractor` takes them.
        text_column, whole_page, encoding: as `FormatOptions` takes them; meta: the file of `--meta`.
    """

    sources: RuleSources = field(default_factory=RuleSources)
    model: str = ""
    language: str = ENGLISH
    transcript: bool | None = None
    text_column: str | None = None
    whole_page: bool = False
    encoding: str | None = None
    meta: str | None = None

    def reading(self) -> ReadOptions:
        """How inputs are read.

        Raises:
            UsageError: the table cannot be read, or there is no such encoding.
            RulebookError: something in the words by which they are read is wrong.
        """
        return ReadOptions.settled(
            lexicons_of(self.sources),
            text_column=self.text_column,
            whole_page=self.whole_page,
            encoding=self.encoding,
            meta=Path(self.meta) if self.meta else None,
        )


@dataclass(frozen=True)
class Part:
    """An input of a shard.

    Attributes:
        name: as claims call it; path: where it is; size: in bytes.
        error: why it cannot be read (path, reason, remedy, stage), where that was known before.
        piece: what of it is read, where it is divided among shards; `size` is that of the piece.
    """

    name: str
    path: str
    size: int
    error: tuple[str, str, str, str] | None = None
    piece: Piece | None = None

    def item(self) -> Input | InputError:
        """What is read of it."""
        if self.error:
            return InputError(*self.error)
        return (
            Input(self.name, None, place=self.path)
            if remote.is_remote(self.path)
            else Input(self.name, Path(self.path), piece=self.piece)
        )


@dataclass(frozen=True)
class Plan:
    """A run in shards.

    Attributes:
        versions: on what the results rest: of tool, model, rulebook with the reader's weights, and this program.
        shards: the inputs of each, by its number.
    """

    versions: dict[str, str]
    options: Options
    shards: tuple[tuple[Part, ...], ...]
    plan: int = FORMAT

    @property
    def size(self) -> int:
        """How many bytes its inputs have."""
        return sum(part.size for shard in self.shards for part in shard)

    @property
    def inputs(self) -> int:
        """How many inputs it has, each counted once."""
        return sum(part.piece is None or not part.piece.start for shard in self.shards for part in shard)


def made(items: Iterable[Input | InputError], options: Options, number: int) -> Plan:
    """The plan of a run over inputs in so many shards, or fewer where there are fewer inputs.

    Raises:
        UsageError: an input is no file; there is none, or no shard.
    """
    if number < 1:
        raise UsageError(f"{number} shards are none", "--shards takes 1 or more")
    parts = [part_of(item) for item in items]
    if not parts:
        raise UsageError("there is nothing to read", "name files or folders")
    versions = resting_on(options)
    return Plan(versions, options, tuple(map(tuple, balanced(divided(parts, options, number), number))))


def divided(parts: Sequence[Part], options: Options, number: int) -> list[Part]:
    """Parts, those cut into pieces that are larger than a shard should be and can be cut."""
    share = max(sum(part.size for part in parts) // number, SMALLEST_CUT)
    is_large = [part.size > share and not remote.is_remote(part.path) for part in parts]
    if not any(is_large):
        return list(parts)
    reading = options.reading().format
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = pool.map(lambda part: pieces_of(part, share // 2, reading), compress(parts, is_large))
        return [piece for part, cut in zip(parts, is_large, strict=True) for piece in (next(found) if cut else [part])]


def pieces_of(part: Part, size: int, reading: FormatOptions) -> list[Part]:
    """The pieces of a part, of about so many bytes each; itself alone where it cannot be cut."""
    found = pieces.cut(part.name, Path(part.path), size, reading)
    return [replace(part, piece=piece, size=size) for piece, size in found] or [part]


def part_of(item: Input | InputError) -> Part:
    """An input as a part of a shard; its path is absolute, for a shard may run in another folder.

    Raises:
        UsageError: it is standard input or an address.
    """
    if isinstance(item, InputError):
        return Part(item.path, "", 0, (item.path, item.reason, item.remedy, item.stage))
    if item.place is not None:
        return Part(item.name, item.place, remote.size_of(item))
    if item.path is None:
        raise UsageError(f"{item.name} is no file, and a shard reads files", "save it, or leave out --shards")
    path = item.path.absolute()
    try:
        return Part(item.name, str(path), path.stat().st_size)
    except OSError:
        return Part(item.name, str(path), 0)


def balanced(parts: Sequence[Part], number: int) -> list[list[Part]]:
    """Parts in shards of about the same size, in their order; no shard is empty."""
    number = min(number, len(parts))
    left = sum(max(part.size, LEAST) for part in parts)
    shards: list[list[Part]] = []
    current: list[Part] = []
    filled = 0
    for place, part in enumerate(parts):
        current.append(part)
        filled += max(part.size, LEAST)
        missing = number - len(shards)
        if missing > 1 and (filled >= left / missing or len(parts) - place - 1 == missing - 1):
            shards.append(current)
            left -= filled
            current, filled = [], 0
    return [*shards, current]


def resting_on(options: Options) -> dict[str, str]:
    """On what results rest that are made here and now.

    Raises:
        RulebookError: the rulebook is broken.
        ModelMissing: the model is not installed.
    """
    model = options.model or default_model()
    found = versions(model, fingerprint_of(options.sources, False))
    return {**found, "program": program().partition(" ")[0]}


def differing(plan: Plan, here: Mapping[str, str]) -> str:
    """What differs between a plan and the versions of a machine, in words; nothing where nothing does."""
    return "; ".join(
        f"{name} {here.get(name)} there, {value} in the plan"
        for name, value in plan.versions.items()
        if here.get(name) != value
    )


def check(plan: Plan) -> None:
    """Let a shard begin only where its results would rest on what the plan says.

    Raises:
        UsageError: something differs, told by name.
    """
    if told := differing(plan, resting_on(plan.options)):
        raise UsageError(f"this machine differs from the plan: {told}", "install the same everywhere")


def save(plan: Plan, folder: Path) -> Path:
    """Write a plan into a new or empty folder, or over the same plan.

    Raises:
        OutputError: it cannot be written.
        UsageError: another plan is there, whose results would be mixed with these.
    """
    path = folder / FILE
    if not remote.is_elsewhere(folder):  # in a bucket there are no folders
        made_folder(folder)
    if FILE in results.names_in(folder) and load(path) != plan:
        raise UsageError(f"{folder} holds the results of another plan", "name a new folder")
    with whole_file(path, encoding="utf-8") as stream:
        json.dump(asdict(plan), stream, ensure_ascii=False, indent=1)
        stream.write("\n")
    return path


def made_folder(folder: Path) -> None:
    """Make a folder, unless it is there.

    Raises:
        OutputError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder} cannot be made: {error.strerror or error}", "name another folder") from None


def load(path: Path) -> Plan:
    """The plan in a file.

    Raises:
        UsageError: it cannot be read, or is none.
    """
    try:
        if not remote.is_elsewhere(path) and path.exists() and not path.is_file():
            raise UsageError(f"{path} is no file", REMEDY)
        value: Any = json.loads(path.read_bytes())
    except UsageError:
        raise
    except ValueError:
        raise UsageError(f"{path} is no plan", REMEDY) from None
    except Exception as error:  # each file system elsewhere has its own
        reason, remedy = remote.why(str(path), error)
        raise UsageError(f"{path} cannot be read: {reason}", remedy) from None
    try:
        plan = msgspec.convert(value, Plan)
    except msgspec.ValidationError as error:
        raise UsageError(f"{path} is no plan: {error}", REMEDY) from None
    if plan.plan != FORMAT:
        raise UsageError(f"{path} was made by another version of this program", REMEDY)
    return plan

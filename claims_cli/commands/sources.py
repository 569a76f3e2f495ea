"""Where reading commands find claims: a store, exported JSON Lines, or texts, told apart by what they hold."""

import importlib.util
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claims_cli.choice import Choice
from claims_cli.commands.messages import Messages
from claims_cli.commands.options import FilterOptions, ReadingOptions, completing, listed
from claims_cli.config import Config
from claims_cli.errors import UsageError
from claims_cli.names import one_of
from claims_cli.rulebook import load_settings
from claims_cli.rulebook.model import Settings
from claims_cli.store import opening
from claims_cli.store.people import attach
from claims_cli.store.people_file import Sheet, read_sheet
from claims_cli.store.queries import MARKED, Further
from claims_cli.store.reading import Reader

if TYPE_CHECKING:
    from claims_cli.commands.inputs import InputOptions

ENVIRONMENT = "CLAIMS_DB"
Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SOURCE]...",
        help=f"A store, exported JSON Lines, texts or folders; by default the store that {ENVIRONMENT} names.",
    ),
]
Db = Annotated[
    Path | None, typer.Option("--db", metavar="FILE", help=f"The store; by default that which {ENVIRONMENT} names.")
]


@dataclass(frozen=True)
class FurtherOptions:
    """What a store can be asked beside the query: the same options on every command that reads claims."""

    search: Annotated[
        str | None,
        typer.Option(
            metavar="QUERY", help='Full text of statement, speaker and sentence: words, "a phrase", begin*, OR, NOT.'
        ),
    ] = None
    doc: Annotated[
        str | None, typer.Option(metavar="PATH", help="Only documents whose path holds this, or fits it (2023/*).")
    ] = None
    via: Annotated[str | None, typer.Option(metavar="NAME", help="Only what this voice passes on.")] = None
    citing: Annotated[str | None, typer.Option(metavar="NAME", help="Only what rests on this basis.")] = None
    addressee: Annotated[str | None, typer.Option(metavar="NAME", help="Only what was said to this one.")] = None
    medium: Annotated[str | None, typer.Option(metavar="WORDS", help="Only what was said through this.")] = None
    role: Annotated[str | None, typer.Option(metavar="WORDS", help="Only speakers of this title.")] = None
    new: Annotated[bool, typer.Option("--new", help="Only what the last run brought into the store.")] = False
    marked: Annotated[
        str | None,
        typer.Option(
            metavar="VERDICT",
            help=f"Only claims that were marked: {listed(MARKED)}.",
            autocompletion=completing(MARKED),
        ),
    ] = None

    where: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COLUMN=VALUE",
            help="Only speakers of whom the sheet of people tells this: party=Labour. Repeatable.",
        ),
    ] = None
    people: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The sheet of people; by default that which claims.yaml names."),
    ] = None

    def settle(self) -> Further:
        """What is asked.

        Raises:
            UsageError: there is no such verdict.
        """
        if self.marked is not None:
            one_of("verdict", [self.marked], MARKED)
        asked = {name: value for name, value in vars(self).items() if name != "people"}
        return Further(**{**asked, "where": tuple(self.where or ())})

    def sheet(self, config: Config) -> Sheet | None:
        """The sheet of people that is meant; None where none is, or where the one of `claims.yaml` is not made yet.

        Raises:
            UsageError: it cannot be read.
        """
        if self.people is None and (config.people is None or not config.people.exists()):
            return None
        return read_sheet(self.people or config.people)  # type: ignore[arg-type]


@dataclass
class Opened:
    """Claims that can be asked for.

    Attributes:
        choice: what the options ask, with the numbers of the rulebook's settings.
        failed: how many inputs could not be read.
        name: the store's, for messages; None where there are only texts or exports.
    """

    reader: Reader
    choice: Choice
    settings: Settings
    name: str | None
    failed: int = 0


def needing(library: str, extra: str) -> None:
    """Refuse to begin where a library is missing.

    Raises:
        UsageError: it is.
    """
    if importlib.util.find_spec(library) is None:
        remedy = f"pip install 'source-claims[{extra}]'"
        raise UsageError(f"claims {extra} needs {library}, which is not installed", remedy)


def store_if_named(db: Path | None) -> Path | None:
    """The store that is meant, None where none is named."""
    named = db or os.environ.get(ENVIRONMENT)
    return Path(named) if named else None


def store_named(db: Path | None) -> Path:
    """The store that is meant.

    Raises:
        UsageError: none is named.
    """
    named = store_if_named(db)
    if named is None:
        raise UsageError("no store is named", f"name one with --db FILE, or for good: export {ENVIRONMENT}=FILE")
    return named


@contextmanager
def opened(
    sources: list[str] | None,
    db: Path | None,
    wanted: FilterOptions,
    config: Config,
    messages: Messages,
    model: str | None = None,
    chosen: "InputOptions | None" = None,
    reading: ReadingOptions | None = None,
    asked: FurtherOptions | None = None,
) -> Iterator[Opened]:
    """The claims of the sources: of one store as it is, of everything else brought together in memory.

    Raises:
        ModelMissing, OutputError, RulebookError, UsageError: as their names say.
    """
    settings = load_settings(config.sources)
    named = [*(sources or []), *([str(db)] if db else [])] or [str(store_named(None))]
    choice = Choice(wanted.settle(settings))
    sheet = asked.sheet(config) if asked is not None else None
    if len(named) == 1 and (not sources or opening.is_like_store(named[0])):
        with opening.readable(Path(named[0])) as connection:
            attach_people(connection, sheet, messages)
            yield Opened(Reader(connection), choice, settings, named[0])
        return
    with opening.told("what is read"), closing(opening.in_memory()) as connection:
        from claims_cli.commands.combine import gather
        from claims_cli.commands.inputs import InputOptions
        from claims_cli.commands.run import CommandRun

        texts = partial(
            CommandRun, chosen=chosen or InputOptions(), reading=reading or ReadingOptions(), wanted=FilterOptions(),
            config=config, model=model, messages=messages,
        )  # fmt: skip
        failed = gather(connection, named, texts)
        attach_people(connection, sheet, messages)
        yield Opened(Reader(connection), choice, settings, None, failed)


def attach_people(connection: sqlite3.Connection, sheet: Sheet | None, messages: Messages) -> None:
    """Let a sheet of people be asked for, and tell which of its entries count for nothing."""
    for problem in attach(connection, sheet) if sheet is not None else ():
        messages.tell(problem)

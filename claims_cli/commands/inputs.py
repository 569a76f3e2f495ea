"""Options that say what is read, of all that lies where the command is pointed at."""

import os
from dataclasses import dataclass
from typing import Annotated, ClassVar

import typer

from claims_cli.articles.duplicates import MARK, SKIP, WAYS, Duplicates
from claims_cli.articles.languages import ENGLISH, LANGUAGES
from claims_cli.commands.help import READ
from claims_cli.commands.options import completing
from claims_cli.inputs.ignoring import Selection
from claims_cli.names import one_of

WHETHER = ("yes", "no")
Way = Annotated[
    str,
    typer.Option(
        metavar="WAY",
        help="Articles that come again: mark says so, skip takes only the first, keep does not look.",
        autocompletion=completing(WAYS),
    ),
]


@dataclass(frozen=True)
class Inputs:
    """What is read.

    Attributes:
        selection: which files of folders.
        language: what is parsed, one of `LANGUAGES`.
        transcript: whether texts are transcripts; None where their shape tells.
        seen: the articles of the run, None where those that come again are not looked for.
        jobs: how many processes analyse.
        caches: whether results are kept on disk, and taken from there.
    """

    selection: Selection
    language: str
    seen: Duplicates | None
    jobs: int = 1
    caches: bool = False
    transcript: bool | None = None

    @property
    def skips(self) -> bool:
        """Whether articles that were read before are left out."""
        return self.seen is not None and self.seen.skips


@dataclass(frozen=True)
class InputOptions:
    """What is read: the same options on every command that reads files and folders."""

    heading: ClassVar[str] = READ
    include: Annotated[
        list[str] | None,
        typer.Option(metavar="GLOB", help="In folders, only files like this: '*.md', 'news/**'. Repeatable."),
    ] = None
    exclude: Annotated[
        list[str] | None, typer.Option(metavar="GLOB", help="In folders, nothing like this. Repeatable.")
    ] = None
    hidden: Annotated[bool, typer.Option("--hidden", help="In folders, hidden files too.")] = False
    no_ignore: Annotated[
        bool, typer.Option("--no-ignore", help="In folders, also what .gitignore, .ignore and .claimsignore leave out.")
    ] = False
    language: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="en sets aside what is not English, any parses it as if it were.",
            autocompletion=completing(LANGUAGES),
        ),
    ] = ENGLISH
    transcript: Annotated[
        str | None,
        typer.Option(
            metavar="WHETHER",
            help="yes reads labels (MR. LEE:) as turns of a transcript, no never does; by default the shape tells.",
            autocompletion=completing(WHETHER),
            show_default=False,
        ),
    ] = None
    duplicates: Way = MARK
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", metavar="N", min=1, help="Processes that analyse; by default one a core."),
    ] = None
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Analyse anew what is known from a run before, and keep nothing.")
    ] = False

    def settle(self) -> Inputs:
        """What is read in this run.

        Raises:
            UsageError: an option names what does not exist.
        """
        one_of("language", [self.language], LANGUAGES)
        if self.transcript is not None:
            one_of("answer to --transcript", [self.transcript], WHETHER)
        transcript = None if self.transcript is None else self.transcript == WHETHER[0]
        one_of("way with duplicates", [self.duplicates], WAYS)
        selection = Selection(self.hidden, not self.no_ignore, tuple(self.include or ()), tuple(self.exclude or ()))
        selection.check()
        seen = Duplicates(self.duplicates == SKIP) if self.duplicates in (MARK, SKIP) else None
        return Inputs(selection, self.language, seen, self.jobs or cores(), not self.no_cache, transcript)


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1

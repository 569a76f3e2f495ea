"""Options that several commands share, each group a dataclass that a command takes as one parameter."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import MISSING, dataclass, fields
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, ClassVar, get_args, get_type_hints

import typer

from claims_cli import outputs
from claims_cli.claim import BASES, HELD, KINDS, QUOTES, SAID, TYPES
from claims_cli.commands.help import COMPARED, READ, RULES, SHOWN, WRITTEN
from claims_cli.commands.messages import Messages
from claims_cli.config import Config
from claims_cli.config import settle as settle_config
from claims_cli.errors import UsageError
from claims_cli.inputs.options import ReadOptions
from claims_cli.inputs.remote import placed
from claims_cli.outputs.columns import MARK_COLUMNS, read_columns
from claims_cli.outputs.layout import Layout
from claims_cli.outputs.people import PREFIX
from claims_cli.query import BASIS_GROUPS, SORTS, TYPE_GROUPS, Query, settle
from claims_cli.rulebook.model import Settings

STANDARD_OUTPUT = Path("-")


def completing(names: Iterable[str]) -> Callable[[str], list[str]]:
    """What a shell offers for an option that takes a comma-separated list of names."""

    def offers(incomplete: str) -> list[str]:
        before, comma, last = incomplete.rpartition(",")
        return [before + comma + name for name in names if name.startswith(last)]

    return offers


def listed(names: Iterable[str]) -> str:
    """Names for a help text."""
    return ", ".join(names)


def type_option(default: str) -> Any:
    """The option that takes claim types."""
    return typer.Option(
        help=f"Claim types, comma-separated: said ({listed(SAID)}), as in 'Lang denied it'; "
        f"held ({listed(HELD)}), as in 'Lang hopes so'; all ({default} is the default).",
        autocompletion=completing((*TYPES, *TYPE_GROUPS)),
        metavar="TYPES",
        show_default=False,
    )


LeastConfidence = Annotated[
    float | None, typer.Option(metavar="X", min=0, max=1, help="Lowest confidence to show, from 0 to 1.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Only what is very likely right, and whose speaker is.")]
Model = Annotated[
    str | None, typer.Option(metavar="NAME", help="Another installed spaCy pipeline.", rich_help_panel=RULES)
]


@dataclass(frozen=True)
class ReadingOptions:
    """How files are read: the same options on every command that reads documents."""

    heading: ClassVar[str] = READ
    text_column: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The column of CSV, TSV, JSON, JSON Lines and Excel files that is the text."),
    ] = None
    whole_page: Annotated[
        bool, typer.Option("--whole-page", help="Of web pages all visible text, not only the main text.")
    ] = False
    encoding: Annotated[str | None, typer.Option(metavar="NAME", help="Read every file in this encoding.")] = None
    fetch: Annotated[
        bool,
        typer.Option(
            "--fetch", help="Fetch addresses of the web, and those in lists and sitemaps, slowly, as robots.txt allows."
        ),
    ] = False
    meta: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="A CSV with title, outlet, author, date, url, section of documents (column path)."
        ),
    ] = None

    def settle(self, lexicons: Mapping[str, frozenset[str]]) -> ReadOptions:
        """How files are read in this run; the names of columns stand in lexicons.

        Raises:
            UsageError: the file of `--meta` cannot be read, or there is no such encoding.
        """
        return ReadOptions.settled(lexicons, **vars(self))


@dataclass(frozen=True)
class FilterOptions:
    """Which claims are shown: the same options on every command that shows claims."""

    heading: ClassVar[str] = SHOWN
    speaker: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Only this speaker: whole words of the name; capitals and accents do not matter. Repeatable.",
        ),
    ] = None
    speaker_kind: Annotated[
        str | None,
        typer.Option(
            help=f"Speaker kinds, comma-separated: {listed(KINDS)}.", autocompletion=completing(KINDS), metavar="KINDS"
        ),
    ] = None
    unnamed: Annotated[bool, typer.Option("--unnamed", help="Only speakers whom no name identifies.")] = False
    speaker_basis: Annotated[
        str | None,
        typer.Option(
            help=f"How the speaker is known, comma-separated: {listed((*BASES, *BASIS_GROUPS))}.",
            autocompletion=completing((*BASES, *BASIS_GROUPS)),
            metavar="BASES",
        ),
    ] = None
    sure_speakers: Annotated[
        bool, typer.Option("--sure-speakers", help="Only claims whose speaker is very likely the right one.")
    ] = False
    type: Annotated[str | None, type_option("said")] = None
    quote: Annotated[
        str | None,
        typer.Option(
            help=f"How it is quoted, comma-separated: {listed(QUOTES)}.",
            autocompletion=completing(QUOTES),
            metavar="QUOTES",
        ),
    ] = None
    cue: Annotated[
        list[str] | None,
        typer.Option(metavar="WORDS", help="Only this cue: a lemma (deny) or words of it (according to). Repeatable."),
    ] = None
    grep: Annotated[
        str | None,
        typer.Option(
            metavar="REGEX", help="Only statements that hold this regular expression; small letters find capitals too."
        ),
    ] = None
    outlet: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Only documents of this outlet: whole words of its name. Repeatable."),
    ] = None
    after: Annotated[
        str | None, typer.Option(metavar="DATE", help="Only documents of this day (2024-03-01) or later.")
    ] = None
    before: Annotated[str | None, typer.Option(metavar="DATE", help="Only documents of this day or earlier.")] = None
    negated: Annotated[
        bool, typer.Option("--negated", help="Only what was not said: did not tell, did not specify.")
    ] = False
    min_confidence: LeastConfidence = None
    strict: Strict = False
    limit: Annotated[int | None, typer.Option(metavar="N", min=0, help="Show at most this many claims.")] = None
    sort: Annotated[
        str | None,
        typer.Option(
            help=f"Sort by {listed(SORTS)}; several with commas, a minus before one turns it round.",
            autocompletion=completing(SORTS),
            metavar="KEYS",
        ),
    ] = None

    def settle(self, settings: Settings) -> Query:
        """What is asked for.

        Raises:
            UsageError: the options contradict each other, or name what does not exist.
        """
        return settle(
            settings,
            speakers=self.speaker or (),
            kinds=self.speaker_kind,
            unnamed=self.unnamed,
            bases=self.speaker_basis,
            sure_speakers=self.sure_speakers,
            types=self.type,
            quotes=self.quote,
            cues=self.cue or (),
            grep=self.grep,
            outlets=self.outlet or (),
            after=self.after,
            before=self.before,
            negated=self.negated,
            min_confidence=self.min_confidence,
            strict=self.strict,
            limit=self.limit,
            sort=self.sort,
        )


@dataclass(frozen=True)
class MeasureOptions:
    """Which claims are compared with annotations: by type and confidence only, since annotations tell no more."""

    heading: ClassVar[str] = COMPARED
    type: Annotated[str, type_option("all")] = "all"
    min_confidence: LeastConfidence = None
    strict: Strict = False

    def settle(self, settings: Settings) -> Query:
        """What is asked for.

        Raises:
            UsageError: the options contradict each other, or name what does not exist.
        """
        return settle(settings, types=self.type, min_confidence=self.min_confidence, strict=self.strict)


@dataclass(frozen=True)
class Output:
    """Where claims are written to (None for standard output), and how."""

    path: Path | None
    format: str
    layout: Layout


@dataclass(frozen=True)
class OutputOptions:
    """How claims are written: the same options on every command that writes claims."""

    heading: ClassVar[str] = WRITTEN
    format: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help=f"One of {listed(outputs.FORMATS)}.",
            autocompletion=completing(outputs.FORMATS),
        ),
    ] = None
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write to this file, whose suffix names the format, or a folder (brat, inception …); s3://… too.",
            parser=placed,
        ),
    ] = None
    columns: Annotated[
        str | None,
        typer.Option(
            metavar="NAMES",
            help="Columns of csv, tsv, md, xlsx and parquet, comma-separated, in this order; all is the whole record.",
        ),
    ] = None
    raw: Annotated[bool, typer.Option("--raw", help="Leave cells as they are: formulas, control characters.")] = False
    excerpts: Annotated[
        bool,
        typer.Option("--excerpts", help="In an html page only the sentences around claims, and no folders: to share."),
    ] = False
    no_bom: Annotated[bool, typer.Option("--no-bom", help="No byte-order mark in a csv or tsv file.")] = False
    csvw: Annotated[
        bool, typer.Option("--csvw", help="Beside a csv or tsv file its FILE-metadata.json (CSV on the Web).")
    ] = False

    @property
    def is_given(self) -> bool:
        """Whether an output was asked for in so many words."""
        return self.format is not None or self.output is not None

    def settle(self, kept: bool = False, marks: bool = False, people: Iterable[str] = ()) -> Output:
        """The output that is asked for, of claims from a store where they are `kept`; `people`: columns of the sheet.

        Raises:
            UsageError: there is no such format or column, or the format has none, or no excerpts.
        """
        path = None if self.output == STANDARD_OUTPUT else self.output
        name = outputs.choose_format(self.format, path)
        if self.columns is not None and not outputs.FORMATS[name].has_columns:
            having = listed(name for name, format in outputs.FORMATS.items() if format.has_columns)
            raise UsageError(f"{name} has no columns to choose", f"--columns goes with --format {having}")
        if self.excerpts and name != "html":
            raise UsageError(f"{name} has no excerpts", "--excerpts goes with --format html")
        if self.csvw and (name not in outputs.DELIMITERS or path is None):
            raise UsageError("--csvw describes a csv or tsv file", "name one: -o claims.csv --csvw")
        further = MARK_COLUMNS if kept else []
        if self.columns:
            columns, in_words = read_columns(self.columns, [*further, *(f"{PREFIX}{name}" for name in people)]), False
        else:
            columns, in_words = [*outputs.FORMATS[name].columns(), *further], not outputs.FORMATS[name].is_whole
        bom = not self.no_bom
        layout = Layout(columns, in_words, self.raw, bom, self.excerpts, kept, marks, csvw=self.csvw)
        return Output(path, name, layout)


@dataclass(frozen=True)
class RuleOptions:
    """Which rules are used: the same options on every command that reads the rulebook."""

    heading: ClassVar[str] = RULES
    rules: Annotated[
        list[str] | None,
        typer.Option(metavar="PATH", help="A file or folder of your own rules, beside the shipped ones. Repeatable."),
    ] = None
    no_config: Annotated[bool, typer.Option("--no-config", help="Do not use claims.yaml.")] = False
    fast: Annotated[
        bool | None,
        typer.Option(
            "--fast/--no-fast",
            help="The rules alone, without the small reader beside them: half the time, somewhat less right.",
            show_default=False,
        ),
    ] = None

    def settle(self) -> Config:
        """The configuration of the run.

        Raises:
            RulebookError: `claims.yaml` is broken.
        """
        return settle_config(tuple(self.rules or ()), use_file=not self.no_config, fast=self.fast)

    def settle_aloud(self) -> Config:
        """The same, and on standard error that a `claims.yaml` is used."""
        config = self.settle()
        Messages().configured(config)
        return config


def under(heading: str | None, hint: Any) -> Any:
    """The annotation of an option, which then stands under a heading of the help."""
    kind, option = get_args(hint)
    option = copy(option)  # groups may share one
    option.rich_help_panel = heading
    return Annotated[kind, option]


def sharing(parameter: str, group: type) -> Callable:
    """Give a command the options of a group; it receives them as one object named `parameter`.

    The group is a dataclass whose `heading`, if any, is what its options stand under in the help.
    """

    def decorate(command: Callable) -> Callable:
        @wraps(command)
        def run(**values: Any) -> Any:
            taken = {field.name: values.pop(field.name) for field in fields(group)}
            return command(**values, **{parameter: group(**taken)})

        hints = get_type_hints(group, include_extras=True)
        shared = [
            inspect.Parameter(
                field.name,
                inspect.Parameter.KEYWORD_ONLY,
                default=None if field.default is MISSING else field.default,
                annotation=under(getattr(group, "heading", None), hints[field.name]),
            )
            for field in fields(group)
        ]
        own = [
            value.replace(kind=inspect.Parameter.KEYWORD_ONLY)
            for name, value in inspect.signature(command).parameters.items()
            if name != parameter
        ]
        leading = sum(value.default is inspect.Parameter.empty for value in own)
        parameters = [*own[:leading], *shared, *own[leading:]]
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {item.name: item.annotation for item in parameters}
        del run.__wrapped__
        return run

    return decorate

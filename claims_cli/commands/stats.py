"""`claims stats`: who speaks most, in which role and form, when and where; outlets side by side."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from claims_cli import outputs
from claims_cli.across.voices import COMPARABLE, NAMED, Comparison, compare, voices
from claims_cli.commands.extract import ending
from claims_cli.commands.help import WRITTEN
from claims_cli.commands.listing import is_read
from claims_cli.commands.messages import Messages, kept_back
from claims_cli.commands.options import STANDARD_OUTPUT, FilterOptions, RuleOptions, completing, listed, sharing
from claims_cli.commands.sources import Db, FurtherOptions, Opened, Sources, opened
from claims_cli.commands.speakers import FORMATS, write_rows
from claims_cli.commands.writing import OutputFile, Quiet, RawCells, TextModel, format_option
from claims_cli.config import Config
from claims_cli.errors import EXIT_INPUT, EXIT_OK, UsageError
from claims_cli.names import one_of
from claims_cli.outputs import comparison, statistics
from claims_cli.outputs.layout import Layout
from claims_cli.store.queries import Further
from claims_cli.store.stats import Count

MOST_SPEAKERS = 15


@sharing("wanted", FilterOptions)
@sharing("asked", FurtherOptions)
@sharing("ruled", RuleOptions)
def stats(
    sources: Sources = None,
    *,
    wanted: FilterOptions,
    asked: FurtherOptions,
    ruled: RuleOptions,
    db: Db = None,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="NAMES",
            help=f"Count by these only, comma-separated: {listed(NAMED)}, or people.COLUMN of the sheet of people.",
            autocompletion=completing(NAMED),
        ),
    ] = None,
    compare_by: Annotated[
        str | None,
        typer.Option(
            "--compare",
            metavar="NAME",
            help=f"Shares side by side, a column an {listed(COMPARABLE[:-1])} or {COMPARABLE[-1]}, or people.COLUMN.",
            autocompletion=completing(COMPARABLE),
        ),
    ] = None,
    of_words: Annotated[
        bool, typer.Option("--of-words", help="With --compare: shares of words, not of claims.")
    ] = False,
    corrected: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Shares of types, quotations and naming (--by; outlet too), corrected by this judged sample.",
        ),
    ] = None,
    for_r: Annotated[
        Path | None,
        typer.Option(
            "--for-r",
            metavar="FILE",
            help="With --corrected: a CSV for R's misclassificationmodels.",
            rich_help_panel=WRITTEN,
        ),
    ] = None,
    format: Annotated[str | None, format_option(FORMATS)] = None,
    output: OutputFile = None,
    raw: RawCells = False,
    model: TextModel = None,
    quiet: Quiet = False,
) -> None:
    """Count who speaks most, in which role, quoted or named or not.

    \b
    Examples:
      claims stats claims.db
      claims stats claims.db --compare outlet      outlets side by side
      claims stats claims.db --by role,together    by role, and who beside whom
      claims stats claims.db --unnamed --limit 5   what rests on the unnamed
      claims stats claims.db -o stats.csv          every count
      claims stats claims.db --corrected sample.csv --by type

    --limit says how many speakers, authors, sections and pairs are listed (15). Where ten claims or more were marked,
    the share of right ones stands with its 95 % interval.
    """
    messages = Messages(quiet)
    with ending(messages):
        path = None if output == STANDARD_OUTPUT else output
        name = outputs.choose_format(format, path)
        one_of("format for statistics", [name], FORMATS)
        if of_words and compare_by is None:
            raise UsageError("--of-words goes with --compare", "without it both shares are counted")
        if for_r is not None and corrected is None:
            raise UsageError("--for-r goes with --corrected", "give the judged sample: --corrected sample.csv")
        config = ruled.settle()
        with opened(sources, db, wanted, config, messages, model, asked=asked) as found:
            names = [part.strip() for part in by.split(",")] if by else []
            if corrected is not None:
                settled = asked.settle(), config, names, compare_by is not None
                line = correct(found, corrected, settled, for_r, messages, (name, path, Layout([], raw=raw)))
            elif compare_by is None:
                rows = list(counted(found, asked.settle(), config, names))
                write_rows(statistics.WRITERS[name], rows, name, path, Layout([], raw=raw))
                line = totals(found, path)
            else:
                compared = side_by_side(found, asked.settle(), config, names, compare_by, of_words)
                write_rows(comparison.WRITERS[name], compared, name, path, Layout([], raw=raw))
                line = totals(found, path, compared)
            messages.totals(line, found.choice, to_terminal=is_read(path))
    raise typer.Exit(EXIT_INPUT if found.failed else EXIT_OK)


def correct(
    found: Opened,
    sample: Path,
    settled: tuple[Further, Config, list[str], bool],
    for_r: Path | None,
    messages: Messages,
    written: tuple[str, Path | None, Layout],
) -> str:
    """Write shares that a judged sample corrects, and what R needs to do so; what is told at the end.

    Raises:
        OutputError, RulebookError, UsageError: as their names say.
    """
    from claims_cli.commands.judged_samples import corrected_shares, shown, write_for_r
    from claims_cli.sampling.corrected import WRITERS

    further, config, names, compares = settled
    if compares:
        raise UsageError("--corrected goes without --compare", "correct one outlet at a time: --outlet NAME")
    claims = shown(found.reader, found.choice, further)
    shares = corrected_shares(sample, claims, names, config.sources, messages)
    format, path, layout = written
    write_rows(WRITERS[format], shares, format, path, layout)
    if for_r is not None:
        write_for_r(for_r, sample, claims, config.sources)
    return totals(found, path)


def most_of(found: Opened) -> int:
    """How many speakers, and other groups of long sections, are listed."""
    limit = found.choice.query.limit
    return MOST_SPEAKERS if limit is None else limit


def counted(found: Opened, further: Further, config: Config, names: list[str]) -> Iterator[Count]:
    """The counts that are asked for.

    Raises:
        RulebookError, UsageError: as their names say.
    """
    return voices(found.reader, found.choice, further, most_of(found), config.sources, names)


def side_by_side(
    found: Opened, further: Further, config: Config, names: list[str], columns: str, of_words: bool
) -> Comparison:
    """The comparison that is asked for.

    Raises:
        RulebookError, UsageError: as their names say.
    """
    made = compare(found.reader, found.choice, further, most_of(found), config.sources, columns, names)
    return replace(made, measure="words_share" if of_words else "share")


def totals(found: Opened, path: Path | None, compared: Comparison | None = None) -> str:
    """One line: how many claims were counted, and what was not with the option that counts it."""
    shown = str(found.choice.tally)
    where = f" written to {path}" if path else ""
    parts = [f"{shown} claim{'s' * (shown.split()[-1] != '1')} counted{where}", *kept_back(found.choice)]
    if compared is not None and compared.untold:
        parts.append(f"{compared.untold:,} in no column, since no {compared.by} is told")
    return "; ".join(parts) + "."

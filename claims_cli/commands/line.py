"""`claims line`: what one speaker said over time, by what it is about."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from claims_cli import outputs
from claims_cli.commands.extract import ending
from claims_cli.commands.inputs import InputOptions
from claims_cli.commands.listing import is_read
from claims_cli.commands.messages import Messages, count, kept_back
from claims_cli.commands.options import (
    STANDARD_OUTPUT,
    FilterOptions,
    Model,
    ReadingOptions,
    RuleOptions,
    sharing,
)
from claims_cli.commands.sources import Db, FurtherOptions, Sources, opened
from claims_cli.commands.speakers import write_rows
from claims_cli.commands.writing import OutputFile, Quiet, RawCells, format_option
from claims_cli.errors import EXIT_INPUT, EXIT_OK, UsageError
from claims_cli.names import one_of
from claims_cli.outputs.layout import Layout

FORMATS = ("table", "csv", "tsv", "md", "json", "jsonl", "html")


@sharing("reading", ReadingOptions)
@sharing("wanted", FilterOptions)
@sharing("chosen", InputOptions)
@sharing("asked", FurtherOptions)
@sharing("ruled", RuleOptions)
def line(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Who speaks: whole words of the name.")],
    sources: Sources = None,
    *,
    topic: Annotated[
        str | None, typer.Option(metavar="WORDS", help="Only statements about this, in any form of the words.")
    ] = None,
    reading: ReadingOptions,
    chosen: InputOptions,
    wanted: FilterOptions,
    asked: FurtherOptions,
    ruled: RuleOptions,
    db: Db = None,
    format: Annotated[str | None, format_option(FORMATS)] = None,
    output: OutputFile = None,
    raw: RawCells = False,
    model: Model = None,
    quiet: Quiet = False,
) -> None:
    """Follow what one speaker said over time, by what it is about.

    \b
    Examples:
      claims line "David Lang" claims.db
      claims line Lang claims.db --topic levy      only about the levy
      claims line Lang claims.db -o lang.html      a page for a browser
      claims line Lang claims.db -o lang.md        to print

    Denials and refusals are marked, "again" what was said before, "altered" what another paper prints otherwise, and
    "changed?" stands where the same thing is said otherwise on a later day, with the words that differ. The days are
    those of the articles; what has none comes last.
    """
    from claims_cli.across.asking import line_of, with_stances
    from claims_cli.across.line_rows import WRITERS

    messages = Messages(quiet)
    with ending(messages):
        path = None if output == STANDARD_OUTPUT else output
        style = outputs.choose_format(format, path)
        one_of("format for a line", [style], FORMATS)
        if wanted.speaker or wanted.sort or wanted.limit is not None:
            raise UsageError("a line is of one speaker, whole and by date", "leave out --speaker, --sort and --limit")
        config = ruled.settle()
        messages.configured(config)
        named = FilterOptions(**{**vars(wanted), "speaker": [name]})
        with opened(sources, db, named, config, messages, model, chosen, reading) as found:
            choice = with_stances(found.choice, wanted.type)
            told = line_of(found.reader, choice, asked.settle(), config.sources, name, topic, model)
            write_rows(WRITERS[style], told, style, path, Layout([], raw=raw))
            messages.totals(totals(told, path, kept_back(choice)), choice, to_terminal=is_read(path))
    raise typer.Exit(EXIT_INPUT if found.failed else EXIT_OK)


def totals(told, output: Path | None, held: list[str]) -> str:
    """One line: how many statements on how many matters, what is marked, and what was not shown."""
    marks = Counter(mark for entry in told.entries for mark in entry.marks)
    undated = sum(entry.statement.day is None for entry in told.entries)
    where = f" written to {output}" if output else ""
    matters = count(len(dict(told.by_topic())), "matter")
    parts = [f"{count(len(told.entries), 'statement')} of {told.speaker} on {matters}{where}"]
    parts += [f"{number} marked {mark}" for mark, number in marks.items()]
    parts += [f"{len(told.perhaps)} more of whom an article only describes, perhaps the same"] if told.perhaps else []
    parts += [f"{undated} of articles without a date stand last"] if undated else []
    return "; ".join([*parts, *held]) + "."

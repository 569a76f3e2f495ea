"""`claims speakers`: who speaks in a store or folder, full and short names and spellings brought together."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from claims_cli import outputs
from claims_cli.commands.extract import ending, standard_output
from claims_cli.commands.help import WRITTEN
from claims_cli.commands.inputs import InputOptions
from claims_cli.commands.messages import Messages, count, kept_back
from claims_cli.commands.options import (
    STANDARD_OUTPUT,
    FilterOptions,
    Model,
    ReadingOptions,
    RuleOptions,
    completing,
    listed,
    sharing,
)
from claims_cli.commands.sources import Db, FurtherOptions, Opened, Sources, opened
from claims_cli.errors import EXIT_INPUT, EXIT_OK
from claims_cli.names import one_of
from claims_cli.outputs.escapes import Screen
from claims_cli.outputs.files import whole_file
from claims_cli.outputs.layout import Layout
from claims_cli.outputs.speakers import WRITERS

FORMATS = ("table", "csv", "tsv", "md", "json", "jsonl")


@sharing("reading", ReadingOptions)
@sharing("wanted", FilterOptions)
@sharing("chosen", InputOptions)
@sharing("asked", FurtherOptions)
@sharing("ruled", RuleOptions)
def speakers(
    sources: Sources = None,
    *,
    reading: ReadingOptions,
    chosen: InputOptions,
    wanted: FilterOptions,
    asked: FurtherOptions,
    ruled: RuleOptions,
    db: Db = None,
    format: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help=f"One of {listed(FORMATS)}.",
            autocompletion=completing(FORMATS),
            rich_help_panel=WRITTEN,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write to this file; its suffix names the format.",
            rich_help_panel=WRITTEN,
        ),
    ] = None,
    raw: Annotated[
        bool,
        typer.Option("--raw", help="Leave cells as they are: formulas, control characters.", rich_help_panel=WRITTEN),
    ] = False,
    model: Model = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, notes and totals.")] = False,
) -> None:
    """List who speaks, by which names, and how often.

    \b
    Examples:
      claims speakers seeds/                        everybody, most claims first
      claims speakers claims.db --role minister     in a store, by title
      claims speakers seeds/ --unnamed              the unnamed, one by one
      claims speakers seeds/ --type all -o all.csv  for a spreadsheet

    Names that differ only in how they are written into Latin letters, and a surname that only one full name has, are
    one speaker; `aliases` in claims.yaml join more. What may be the same is listed, not joined.
    """
    messages = Messages(quiet, False)
    with ending(messages):
        path = None if output == STANDARD_OUTPUT else output
        name = outputs.choose_format(format, path)
        one_of("format for speakers", [name], FORMATS)
        config = ruled.settle()
        messages.configured(config)
        with opened(sources, db, wanted, config, messages, model, chosen, reading) as source:
            speaking = source.reader.speakers(source.choice, asked.settle())
            found = [one for one in speaking if source.choice.asks_for(one.spellings)][: source.choice.query.limit]
            write_rows(WRITERS[name], found, name, path, Layout([], raw=raw))
            line = totals(source, len(found), len(set().union(*(one.documents for one in found))), path)
            messages.totals(line, source.choice, to_terminal=path is None and sys.stdout.isatty())
    raise typer.Exit(EXIT_INPUT if source.failed else EXIT_OK)


def totals(source: Opened, speakers: int, documents: int, output: Path | None) -> str:
    """One line: speakers, claims and documents, and what was not counted with the option that counts it."""
    where = f" written to {output}" if output else ""
    shown = str(source.choice.tally)
    claims = f"{shown} claim{'s' * (shown.split()[-1] != '1')}"
    parts = [f"{count(speakers, 'speaker')} of {claims} in {count(documents, 'document')}{where}"]
    if source.failed:
        parts.append(f"{source.failed} failed")
    return "; ".join([*parts, *kept_back(source.choice)]) + "."


def write_rows(writer: Callable, found: list, name: str, path: Path | None, layout: Layout) -> None:
    """Write speakers, or other rows that have writers of their own, to a file or to standard output.

    Raises:
        OutputError: it cannot be written to.
    """
    if path is not None:
        with whole_file(path, encoding="utf-8-sig" if name in ("csv", "tsv") else "utf-8", newline="") as stream:
            writer(found, stream, layout)
        return
    with standard_output():
        on_screen = sys.stdout.isatty() and name != "table"
        writer(found, Screen(sys.stdout) if on_screen else sys.stdout, layout)

"""`claims speakers`: who speaks in a store or folder, full and short names and spellings brought together."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

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
    sharing,
)
from claims_cli.commands.sources import Db, FurtherOptions, Opened, Sources, opened
from claims_cli.commands.writing import OutputFile, Quiet, RawCells, format_option
from claims_cli.corpus import Identity
from claims_cli.errors import EXIT_INPUT, EXIT_OK, UsageError
from claims_cli.names import one_of
from claims_cli.outputs.escapes import Screen
from claims_cli.outputs.files import whole_file
from claims_cli.outputs.layout import Layout
from claims_cli.outputs.speakers import WRITERS
from claims_cli.store.people import fit, holding, people_of
from claims_cli.store.people_file import new_sheet, read_sheet
from claims_cli.store.queries import Further

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
    format: Annotated[str | None, format_option(FORMATS)] = None,
    output: OutputFile = None,
    raw: RawCells = False,
    sheet: Annotated[
        Path | None,
        typer.Option(
            "--sheet",
            metavar="FILE",
            help="Write a sheet of people to fill in, a row a named speaker; one that is there keeps your entries.",
            rich_help_panel=WRITTEN,
        ),
    ] = None,
    model: Model = None,
    quiet: Quiet = False,
) -> None:
    """List who speaks, by which names, and how often.

    \b
    Examples:
      claims speakers seeds/                        everybody, most claims first
      claims speakers claims.db --role minister     in a store, by title
      claims speakers seeds/ --unnamed              the unnamed, one by one
      claims speakers seeds/ --type all -o all.csv  for a spreadsheet
      claims speakers claims.db --sheet people.csv  to say of each what you know
      claims speakers claims.db --people people.csv --where party=Labour

    Names that differ only in how they are written into Latin letters, and a surname that only one full name has, are
    one speaker; `aliases` in claims.yaml join more. What may be the same is listed, not joined.
    """
    messages = Messages(quiet, False)
    with ending(messages):
        path = None if output == STANDARD_OUTPUT else output
        if sheet is not None and (format or output):
            raise UsageError("--sheet writes a sheet and nothing else", "run the command again for another output")
        name = outputs.choose_format(format, path)
        one_of("format for speakers", [name], FORMATS)
        config = ruled.settle()
        messages.configured(config)
        with opened(sources, db, wanted, config, messages, model, chosen, reading, asked) as source:
            found = speaking(source, asked.settle())
            if sheet is not None:
                found = [one for one in found if one.named or wanted.unnamed]
                bring_up_to_date(sheet, source, found, messages)
            else:
                people = people_of(source.reader.connection)
                write_rows(WRITERS[name], found, name, path, Layout([], raw=raw, people=people))
            line = totals(source, len(found), len(set().union(*(one.documents for one in found))), sheet or path)
            messages.totals(line, source.choice, to_terminal=path is None and sys.stdout.isatty())
    raise typer.Exit(EXIT_INPUT if source.failed else EXIT_OK)


def speaking(source: Opened, further: Further) -> list[Identity]:
    """The speakers who are asked for; of those who speak together only the ones that are.

    Raises:
        UsageError: a sheet of people is asked, and there is none.
    """
    told = holding(source.reader.connection, further.where)
    found = (one for one in source.reader.speakers(source.choice, further) if told is None or one.id in told)
    return [one for one in found if source.choice.asks_for(one.spellings)][: source.choice.query.limit]


def bring_up_to_date(path: Path, source: Opened, found: list[Identity], messages: Messages) -> None:
    """Write a sheet of people: what is known of the speakers now, beside what the user has filled in.

    Rows of nobody stay as they are, and are told.

    Raises:
        OutputError: it cannot be written.
        UsageError: what is there cannot be read.
    """
    sheet = read_sheet(path) if path.exists() else new_sheet(path)
    known = fit(source.reader.connection, sheet)
    sheet.updated(found, known.rows).write()
    for problem in known.problems(sheet):
        messages.tell(problem)


def totals(source: Opened, speakers: int, documents: int, output: Path | None) -> str:
    """One line: speakers, claims and documents, and what was not counted with the option that counts it."""
    where = f" written to {output}" if output else ""
    shown = str(source.choice.tally)
    claims = f"{shown} claim{'s' * (shown.split()[-1] != '1')}"
    parts = [f"{count(speakers, 'speaker')} of {claims} in {count(documents, 'document')}{where}"]
    if source.failed:
        parts.append(f"{source.failed} failed")
    return "; ".join([*parts, *kept_back(source.choice)]) + "."


def write_rows(writer: Callable, found: Any, name: str, path: Path | None, layout: Layout) -> None:
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

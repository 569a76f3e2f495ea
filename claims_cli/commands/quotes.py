"""`claims quotes`: statements that recur across documents, and what was changed in them."""

from pathlib import Path
from typing import Annotated

import typer

from claims_cli import outputs
from claims_cli.choice import Choice
from claims_cli.commands.extract import ending
from claims_cli.commands.help import SHOWN
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
from claims_cli.commands.speakers import FORMATS, write_rows
from claims_cli.commands.writing import OutputFile, Quiet, RawCells, format_option
from claims_cli.errors import EXIT_INPUT, EXIT_OK
from claims_cli.names import one_of
from claims_cli.outputs.layout import Layout
from claims_cli.outputs.quotes import WRITERS


@sharing("reading", ReadingOptions)
@sharing("wanted", FilterOptions)
@sharing("chosen", InputOptions)
@sharing("asked", FurtherOptions)
@sharing("ruled", RuleOptions)
def quotes(
    sources: Sources = None,
    *,
    reading: ReadingOptions,
    chosen: InputOptions,
    wanted: FilterOptions,
    asked: FurtherOptions,
    ruled: RuleOptions,
    db: Db = None,
    min_outlets: Annotated[
        int,
        typer.Option(metavar="N", min=0, help="Only what so many outlets have.", rich_help_panel=SHOWN),
    ] = 0,
    altered: Annotated[
        bool,
        typer.Option(
            "--altered",
            help="Only where a version has another number, negation, name, modal or speaker than the first.",
            rich_help_panel=SHOWN,
        ),
    ] = False,
    format: Annotated[str | None, format_option(FORMATS)] = None,
    output: OutputFile = None,
    raw: RawCells = False,
    model: Model = None,
    quiet: Quiet = False,
) -> None:
    """List what recurs across documents, and what was changed.

    \b
    Examples:
      claims quotes claims.db                  what most outlets have, first
      claims quotes claims.db --altered        another number, name, speaker
      claims quotes claims.db --min-outlets 3 --speaker Nasrallah
      claims quotes claims.db -o quotes.csv    a row each version

    Versions are compared with the first by date. Options choose statements by any of their versions; all are shown.
    """
    messages = Messages(quiet)
    with ending(messages):
        path = None if output == STANDARD_OUTPUT else output
        name = outputs.choose_format(format, path)
        one_of("format for quotes", [name], FORMATS)
        config = ruled.settle()
        with opened(sources, db, wanted, config, messages, model, chosen, reading) as source:
            from claims_cli.across.quotes import Quotations

            recurring = Quotations(source.reader, config.sources)
            found = recurring.found(source.choice, asked.settle(), min_outlets, altered)
            write_rows(WRITERS[name], found, name, path, Layout([], raw=raw))
            messages.totals(totals(found, path, source.choice), source.choice, to_terminal=is_read(path))
    raise typer.Exit(EXIT_INPUT if source.failed else EXIT_OK)


def totals(found: list, output: Path | None, choice: Choice) -> str:
    """One line: statements, versions, how many are altered, and what was kept back with the option that shows it."""
    where = f" written to {output}" if output else ""
    versions = sum(len(one.versions) for one in found)
    documents = len({document for one in found for document in one.documents})
    parts = [
        f"{count(len(found), 'statement')} in {count(versions, 'version')} of {count(documents, 'document')}{where}"
    ]
    altered = sum(bool(one.alters) for one in found)
    parts += [f"{altered} with an altered version"] if altered else []
    return "; ".join([*parts, *kept_back(choice)]) + "."

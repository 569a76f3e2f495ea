"""`claims list`: the claims of a store, found again."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from claims_cli.commands.extract import ending, write
from claims_cli.commands.inputs import InputOptions
from claims_cli.commands.messages import Messages, count, kept_back
from claims_cli.commands.options import FilterOptions, OutputOptions, ReadingOptions, RuleOptions, sharing
from claims_cli.commands.sources import Db, FurtherOptions, Opened, Sources, opened
from claims_cli.errors import EXIT_INPUT, EXIT_OK
from claims_cli.serving.page_data import behind
from claims_cli.store.people import people_of


@sharing("reading", ReadingOptions)
@sharing("chosen", InputOptions)
@sharing("wanted", FilterOptions)
@sharing("asked", FurtherOptions)
@sharing("written", OutputOptions)
@sharing("ruled", RuleOptions)
def list_claims(
    context: typer.Context,
    sources: Sources = None,
    *,
    reading: ReadingOptions,
    chosen: InputOptions,
    wanted: FilterOptions,
    asked: FurtherOptions,
    written: OutputOptions,
    ruled: RuleOptions,
    db: Db = None,
    marks: Annotated[
        bool, typer.Option("--marks", help="In json and jsonl: mark and note beside the fields of the record.")
    ] = False,
    model: Annotated[str | None, typer.Option(metavar="NAME", help="Another spaCy pipeline, for texts.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, notes and totals.")] = False,
) -> None:
    """List the claims of a store, of exported JSON Lines, or of texts.

    \b
    Examples:
      claims list claims.db --speaker Nasrallah
      claims list claims.db --search 'rocket* NOT hospital'   full-text search
      claims list claims.db --new                 what the last run brought
      claims list claims.db --marked wrong -o wrong.csv
      claims list claims.db --unnamed -o report.html
    """
    messages = Messages(quiet)
    with ending(messages):
        config = ruled.settle()
        sheet = asked.sheet(config)
        output = written.settle(kept=True, marks=marks, people=sheet.free if sheet else ())
        further = asked.settle()
        with opened(sources, db, wanted, config, messages, model, chosen, reading, asked) as found:
            claims = found.reader.claims(found.choice, further)
            output = replace(output, layout=replace(output.layout, people=people_of(found.reader.connection)))
            write(output, *behind(claims, output.format, found.reader, found.choice, config))
            messages.totals(totals(found, output.path), found.choice, to_terminal=is_read(output.path))
    raise typer.Exit(EXIT_INPUT if found.failed else EXIT_OK)


def is_read(output: Path | None) -> bool:
    """Whether a person reads standard output."""
    return output is None and sys.stdout.isatty()


def totals(found: Opened, output: Path | None) -> str:
    """One line: claims and documents, and what was not shown with the option that shows it."""
    choice, documents = found.choice, len(found.reader.shown_documents)
    shown = str(choice.tally)
    where = f" written to {output}" if output else ""
    held = found.reader.connection.execute("SELECT count(*) FROM documents").fetchone()[0]
    parts = [f"{shown} claim{'s' * (shown.split()[-1] != '1')} in {documents} of {count(held, 'document')}{where}"]
    if found.failed:
        parts.append(f"{found.failed} failed")
    return "; ".join([*parts, *kept_back(choice)]) + "."

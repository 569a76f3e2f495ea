"""`claims stats`: who speaks most, in which form, when and where."""

from pathlib import Path
from typing import Annotated

import typer

from claims_cli import outputs
from claims_cli.commands.extract import ending
from claims_cli.commands.listing import is_read
from claims_cli.commands.messages import Messages, kept_back
from claims_cli.commands.options import STANDARD_OUTPUT, FilterOptions, RuleOptions, completing, listed, sharing
from claims_cli.commands.sources import Db, FurtherOptions, Sources, opened
from claims_cli.commands.speakers import FORMATS, write_rows
from claims_cli.errors import EXIT_INPUT, EXIT_OK
from claims_cli.names import one_of
from claims_cli.outputs.layout import Layout
from claims_cli.outputs.statistics import WRITERS
from claims_cli.store.stats import stats as count_claims

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
    format: Annotated[
        str | None,
        typer.Option(metavar="NAME", help=f"One of {listed(FORMATS)}.", autocompletion=completing(FORMATS)),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to this file; its suffix names the format."),
    ] = None,
    raw: Annotated[bool, typer.Option("--raw", help="Leave cells as they are: formulas, control characters.")] = False,
    model: Annotated[str | None, typer.Option(metavar="NAME", help="Another spaCy pipeline, for texts.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, notes and totals.")] = False,
) -> None:
    """Count who speaks most, quoted or not, named or not, by month.

    \b
    Examples:
      claims stats claims.db
      claims stats claims.db --unnamed --limit 5   what rests on the unnamed
      claims stats claims.db -o stats.csv          every count

    --limit says how many speakers are listed (15).
    """
    messages = Messages(quiet)
    with ending(messages):
        path = None if output == STANDARD_OUTPUT else output
        name = outputs.choose_format(format, path)
        one_of("format for statistics", [name], FORMATS)
        config = ruled.settle()
        with opened(sources, db, wanted, config, messages, model) as found:
            most = MOST_SPEAKERS if found.choice.query.limit is None else found.choice.query.limit
            rows = list(count_claims(found.reader, found.choice, asked.settle(), most))
            write_rows(WRITERS[name], rows, name, path, Layout([], raw=raw))
            shown = str(found.choice.tally)
            where = f" written to {path}" if path else ""
            parts = [f"{shown} claim{'s' * (shown.split()[-1] != '1')} counted{where}", *kept_back(found.choice)]
            messages.totals("; ".join(parts) + ".", found.choice, to_terminal=is_read(path))
    raise typer.Exit(EXIT_INPUT if found.failed else EXIT_OK)

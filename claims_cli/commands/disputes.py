"""`claims disputes`: who denies, contradicts or questions whom."""

from typing import Annotated

import typer

from claims_cli import outputs
from claims_cli.across import DAYS
from claims_cli.commands.extract import ending
from claims_cli.commands.inputs import InputOptions
from claims_cli.commands.line import FORMATS
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


@sharing("reading", ReadingOptions)
@sharing("wanted", FilterOptions)
@sharing("chosen", InputOptions)
@sharing("asked", FurtherOptions)
@sharing("ruled", RuleOptions)
def disputes(
    sources: Sources = None,
    *,
    sure: Annotated[bool, typer.Option("--sure", help="Only pairs whose words leave little doubt.")] = False,
    days: Annotated[int, typer.Option(metavar="N", min=0, help="How many days may lie between two documents.")] = DAYS,
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
    """Find who denies, contradicts or questions whom.

    \b
    Examples:
      claims disputes claims.db
      claims disputes claims.db --sure             only with little doubt
      claims disputes claims.db --speaker Lang     in which Lang has a part
      claims disputes claims.db -o disputes.html   a page for a browser

    Both stand with their places and the words by which the pair was found, sure and doubtful pairs apart. Compared are
    statements of one document, and of documents of days near by.
    """
    from claims_cli.across.asking import disputes_of, with_stances
    from claims_cli.across.dispute_rows import WRITERS
    from claims_cli.across.vocabulary import Vocabulary

    messages = Messages(quiet)
    with ending(messages):
        path = None if output == STANDARD_OUTPUT else output
        style = outputs.choose_format(format, path)
        one_of("format for disputes", [style], FORMATS)
        if wanted.sort:
            raise UsageError("disputes have an order of their own", "leave out --sort")
        config = ruled.settle()
        messages.configured(config)
        with opened(sources, db, wanted, config, messages, model, chosen, reading) as found:
            choice, vocabulary = with_stances(found.choice, wanted.type), Vocabulary.load(config.sources)
            pairs = disputes_of(found.reader, choice, asked.settle(), vocabulary, days, model)
            fitting = [pair for pair in pairs if pair.contrast.sure or not sure]
            shown = fitting[: wanted.limit]
            write_rows(WRITERS[style], shown, style, path, Layout([], raw=raw))
            certain = sum(pair.contrast.sure for pair in shown)
            where = f" written to {path}" if path else ""
            parts = [f"{count(certain, 'sure pair')}, {len(shown) - certain} doubtful{where}"]
            parts += [f"{len(pairs) - len(fitting)} doubtful kept back (--sure)"] if len(pairs) > len(fitting) else []
            parts += [f"{len(fitting) - len(shown)} over the limit"] if len(fitting) > len(shown) else []
            parts.append(f"among {choice.tally} statements")
            messages.totals("; ".join([*parts, *kept_back(choice)]) + ".", choice, to_terminal=is_read(path))
    raise typer.Exit(EXIT_INPUT if found.failed else EXIT_OK)

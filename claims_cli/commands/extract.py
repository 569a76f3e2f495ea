"""`claims extract`: files in, claims out."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from claims_cli import outputs
from claims_cli.claim import Claim
from claims_cli.commands.messages import Messages
from claims_cli.commands.options import FilterOptions, completing, sharing
from claims_cli.commands.run import Run
from claims_cli.errors import EXIT_INPUT, EXIT_INTERRUPTED, EXIT_OK, ClaimsError, OutputError, UsageError
from claims_cli.filters import one_of
from claims_cli.outputs.columns import read_columns
from claims_cli.outputs.layout import Layout

STANDARD_OUTPUT = Path("-")
ERROR_STYLES = ("text", "json")


@sharing("wanted", FilterOptions)
def extract(
    context: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, or - for standard input.")],
    wanted: FilterOptions,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="NAME",
            help=f"One of {', '.join(outputs.FORMATS)}.",
            autocompletion=completing(outputs.FORMATS),
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to this file; its suffix names the format."),
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(
            metavar="NAMES", help="Columns of csv, tsv, md, xlsx and parquet, comma-separated, in this order."
        ),
    ] = None,
    raw: Annotated[bool, typer.Option("--raw", help="Leave cells that a spreadsheet takes for formulas.")] = False,
    no_bom: Annotated[bool, typer.Option("--no-bom", help="No byte-order mark in a csv or tsv file.")] = False,
    manifest: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write versions, options, inputs and counts of this run to this file."),
    ] = None,
    errors: Annotated[
        str,
        typer.Option(
            metavar="STYLE", help="text, or json: one object a failed input.", autocompletion=completing(ERROR_STYLES)
        ),
    ] = "text",
    model: Annotated[str | None, typer.Option(metavar="NAME", help="Another installed spaCy pipeline.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, notes and totals.")] = False,
) -> None:
    """Print every attributed statement in text files.

    \b
    Examples:
      claims extract seeds/ --speaker Nasrallah --grep Lebanon     what Nasrallah said of Lebanon
      claims extract seeds/ --unnamed --sort speaker               what unnamed sources said, source by source
      claims extract seeds/ -o claims.xlsx --manifest run.json     for a spreadsheet, and how to repeat it
    """
    messages = Messages(quiet, errors == "json")
    with ending(messages):
        one_of("style of errors", [errors], ERROR_STYLES)
        target = None if output == STANDARD_OUTPUT else output
        name = outputs.choose_format(format, target)
        layout = chosen_layout(name, columns, raw, no_bom)
        run = Run(paths, wanted, model, messages)
        if target is None:
            print_claims(name, run.claims(), layout)
        else:
            outputs.write_file(target, name, run.claims(), layout)
        if manifest is not None:
            run.manifest.write(manifest, run.filters, given(context))
        run.report(target)
    raise typer.Exit(EXIT_INPUT if run.manifest.failed else EXIT_OK)


@contextmanager
def ending(messages: Messages) -> Iterator[None]:
    """Turn what ends a run early into one message and an exit code."""
    try:
        yield
    except KeyboardInterrupt:
        messages.tell("interrupted; no output file was changed")
        raise typer.Exit(EXIT_INTERRUPTED) from None
    except ClaimsError as error:
        messages.failed(error)
        raise typer.Exit(error.exit_code) from None


def chosen_layout(name: str, columns: str | None, raw: bool, no_bom: bool) -> Layout:
    """The layout that is asked for.

    Raises:
        UsageError: there is no such column, or the format has none.
    """
    if columns is not None and not outputs.FORMATS[name].has_columns:
        having = ", ".join(name for name, format in outputs.FORMATS.items() if format.has_columns)
        raise UsageError(f"{name} has no columns to choose", f"--columns goes with --format {having}")
    return Layout(read_columns(columns), raw, mark=not no_bom)


def given(context: typer.Context) -> dict[str, Any]:
    """The options as they were given."""
    values = {name: value for name, value in context.params.items() if value not in (None, False, [], ())}
    return {name: str(value) if isinstance(value, Path) else value for name, value in values.items()}


def print_claims(name: str, claims: Iterable[Claim], layout: Layout) -> None:
    """Write to standard output; a reader that has seen enough (`| head`) ends the run quietly.

    Raises:
        OutputError: standard output cannot be written to.
    """
    try:
        outputs.write_stream(name, claims, layout)
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise typer.Exit(EXIT_OK) from None
        raise OutputError(f"standard output cannot be written: {error.strerror}", "check the disk") from None

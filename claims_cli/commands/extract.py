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
from claims_cli.commands.help import WRITTEN
from claims_cli.commands.inputs import InputOptions
from claims_cli.commands.messages import Messages
from claims_cli.commands.options import (
    FilterOptions,
    Model,
    Output,
    OutputOptions,
    ReadingOptions,
    RuleOptions,
    completing,
    sharing,
)
from claims_cli.commands.run import Run
from claims_cli.errors import EXIT_INPUT, EXIT_INTERRUPTED, EXIT_OK, ClaimsError, OutputError
from claims_cli.filters import one_of
from claims_cli.outputs.background import Background

ERROR_STYLES = ("text", "json")


@sharing("reading", ReadingOptions)
@sharing("wanted", FilterOptions)
@sharing("written", OutputOptions)
@sharing("chosen", InputOptions)
@sharing("ruled", RuleOptions)
def extract(
    context: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, or - for standard input.")],
    reading: ReadingOptions,
    chosen: InputOptions,
    wanted: FilterOptions,
    written: OutputOptions,
    ruled: RuleOptions,
    manifest: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write versions, options, inputs and counts of this run to this file.",
            rich_help_panel=WRITTEN,
        ),
    ] = None,
    errors: Annotated[
        str,
        typer.Option(
            metavar="STYLE", help="text, or json: one object a failed input.", autocompletion=completing(ERROR_STYLES)
        ),
    ] = "text",
    model: Model = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, notes and totals.")] = False,
) -> None:
    """Print every attributed statement in documents.

    \b
    Examples:
      claims extract page.html report.pdf         the statements in two documents
      claims extract seeds/ --speaker Nasrallah --grep Lebanon
      claims extract seeds/ --unnamed --sort speaker
      claims extract seeds/ -o report.html        each claim where it stands
      claims extract seeds/ -o claims.xlsx --manifest run.json

    Files are read by their suffix: web pages, PDFs, Word, OpenDocument and RTF files, e-mails, plain text; tables
    (CSV, TSV, Excel, JSON, JSON Lines), whose rows are documents; zip archives of all that. In folders, files of
    other kinds are left out and counted; a file that is named is read whatever its suffix.
    """
    messages = Messages(quiet, errors == "json")
    with ending(messages):
        one_of("style of errors", [errors], ERROR_STYLES)
        output = written.settle()
        config = ruled.settle()
        messages.configured(config)
        run = Run(paths, chosen, reading, wanted, config, model, messages)
        background = run.background() if outputs.FORMATS[output.format].shows_texts else None
        if output.path is None:
            print_claims(output, run.claims(), background)
        else:
            outputs.write_file(output.path, output.format, run.claims(), output.layout, background)
        if manifest is not None:
            run.manifest.write(manifest, run.filters, given(context))
        run.report(output.path)
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
        messages.ended(error)
        raise typer.Exit(error.exit_code) from None


def given(context: typer.Context) -> dict[str, Any]:
    """The options as they were given."""
    values = {name: value for name, value in context.params.items() if value not in (None, False, [], ())}
    return {name: str(value) if isinstance(value, Path) else value for name, value in values.items()}


def print_claims(output: Output, claims: Iterable[Claim], background: Background | None) -> None:
    """Write claims to standard output.

    Raises:
        OutputError: it cannot be written to.
    """
    with standard_output():
        outputs.write_stream(output.format, claims, output.layout, background)


@contextmanager
def standard_output() -> Iterator[None]:
    """Write to standard output; a reader that has seen enough (`| head`) ends the run quietly.

    Raises:
        OutputError: standard output cannot be written to.
    """
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise typer.Exit(EXIT_OK) from None
        raise OutputError(f"standard output cannot be written: {error.strerror}", "check the disk") from None

"""`claims extract`: files in, claims out."""

import errno
import sys
import tempfile
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
from claims_cli.commands.run import CommandRun
from claims_cli.commands.shards import ShardOptions
from claims_cli.commands.shards import run as in_shards
from claims_cli.errors import EXIT_INPUT, EXIT_INTERRUPTED, EXIT_OK, EXIT_USAGE, ClaimsError, OutputError, UsageError
from claims_cli.inputs.sources import shown_name
from claims_cli.names import one_of
from claims_cli.outputs.background import Background

STREAMED = ("jsonl", "csv", "tsv")
FULL = (errno.ENOSPC, errno.EDQUOT)
ERROR_STYLES = ("text", "json")


@sharing("reading", ReadingOptions)
@sharing("wanted", FilterOptions)
@sharing("written", OutputOptions)
@sharing("chosen", InputOptions)
@sharing("ruled", RuleOptions)
@sharing("sharded", ShardOptions)
def extract(
    context: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH...", help="Files, folders, or - for standard input, which is read without any."),
    ] = None,
    *,
    sharded: ShardOptions,
    reading: ReadingOptions,
    chosen: InputOptions,
    wanted: FilterOptions,
    written: OutputOptions,
    ruled: RuleOptions,
    db: Annotated[
        Path | None,
        typer.Option(
            "--db", metavar="FILE", help="Keep every claim in this store; only what is new or changed is read."
        ),
    ] = None,
    prune: Annotated[
        bool, typer.Option("--prune", help="With --db: drop documents that are no longer where they were.")
    ] = False,
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
      claims extract seeds/ --db claims.db        to keep; then: claims list

    Files are read by their suffix: web pages, PDFs, Word, OpenDocument and RTF files, e-mails, plain text; tables
    (CSV, TSV, Excel, JSON, JSON Lines), whose rows are documents; zip archives of all that. In folders, files of
    other kinds are left out and counted; a file that is named is read whatever its suffix.
    """
    messages = Messages(quiet, errors == "json")
    with ending(messages):
        one_of("style of errors", [errors], ERROR_STYLES)
        config = ruled.settle()
        messages.configured(config)
        if sharded.is_given:
            code = in_shards(paths or [], sharded, chosen, reading, wanted, config, model, written.output, messages)
            raise typer.Exit(code)
        paths = paths or piped(context)
        output = written.settle()
        if output.path is None and db is None and sys.stdout.isatty() and output.format in STREAMED:
            messages.shows_progress = False  # the claims themselves come as they are found
        run = CommandRun(paths, chosen, reading, wanted, config, model, messages)
        run.manifest.lists_inputs = manifest is not None
        if db is not None:
            store(run, db, prune, given(context), output if written.is_given else None, wanted)
        elif prune:
            raise UsageError("--prune drops documents from a store", "name the store: --db FILE")
        else:
            background = run.background() if outputs.FORMATS[output.format].shows_texts else None
            write(output, run.claims(), background)
        if manifest is not None:
            run.manifest.write(manifest, run.choice, given(context))
        if db is None or written.is_given:
            run.report(output.path)
    raise typer.Exit(EXIT_INPUT if run.manifest.failed else EXIT_OK)


def store(
    run: CommandRun, db: Path, prune: bool, options: dict[str, Any], output: Output | None, wanted: FilterOptions
) -> None:
    """Store the claims of a run's inputs; where an output is asked for, write those of them that are asked for.

    Raises:
        OutputError: the store or the output cannot be written to.
        UsageError: the options do not go with a store.
    """
    from claims_cli.commands.storing import check_storing, stored
    from claims_cli.serving.page_data import behind

    check_storing(run.paths, wanted, prints=output is not None, skips=run.chosen.skips)
    with stored(run, db, options, prune) as reader:
        if output is not None:
            write(output, *behind(reader.claims(run.choice), output.format, reader, run.choice, run.config))


def write(output: Output, claims: Iterable[Claim], background: Background | None = None) -> None:
    """Write claims to the file that was asked for, or to standard output.

    Raises:
        OutputError: it cannot be written to.
    """
    if output.path is None:
        print_claims(output, claims, background)
    else:
        outputs.write_file(output.path, output.format, claims, output.layout, background)


@contextmanager
def ending(messages: Messages) -> Iterator[None]:
    """Turn what ends a run early into one message and an exit code."""
    try:
        yield
    except KeyboardInterrupt:
        going_on = "; what was analysed is kept, and the same command goes on from there" if messages.goes_on else ""
        messages.tell(f"interrupted; no output file was changed{going_on}")
        raise typer.Exit(EXIT_INTERRUPTED) from None
    except ClaimsError as error:
        messages.ended(error)
        raise typer.Exit(error.exit_code) from None
    except OSError as error:
        if error.errno not in FULL:
            raise
        full = OutputError(f"there is no room for files on the way: {error.strerror}", remedy_of_temporary())
        messages.ended(full)
        raise typer.Exit(full.exit_code) from None


def remedy_of_temporary() -> str:
    """Where files on the way go, and how they go elsewhere."""
    try:
        place = tempfile.gettempdir()
    except OSError:
        place = "the folder for temporary files"
    return f"make room in {place}, or set TMPDIR to another folder"


def piped(context: typer.Context) -> list[str]:
    """Standard input, where it is no terminal, as the path that was not given.

    Raises:
        typer.Exit: it is a terminal, and how the command is used was told.
    """
    if not sys.stdin.isatty():
        return ["-"]
    typer.echo(f"{context.get_usage()}\nTry '{context.command_path} --help', or pipe a text into it.", err=True)
    raise typer.Exit(EXIT_USAGE)


def given(context: typer.Context) -> dict[str, Any]:
    """The options as they were given."""
    values = {name: value for name, value in context.params.items() if value not in (None, False, [], ())}
    return {name: as_text(value) for name, value in values.items()}


def as_text(value: Any) -> Any:
    """What an option was given, as JSON has it; a path or words whose bytes are no UTF-8 with escapes."""
    if isinstance(value, (list, tuple)):
        return [as_text(one) for one in value]
    is_path = hasattr(value, "suffix")  # one elsewhere, too, which is no `Path`
    return shown_name(str(value)) if is_path or isinstance(value, str) else value


def print_claims(output: Output, claims: Iterable[Claim], background: Background | None) -> None:
    """Write claims to standard output.

    Raises:
        OutputError: it cannot be written to.
    """
    with standard_output():
        outputs.write_stream(output.format, claims, output.layout, background)


@contextmanager
def standard_output() -> Iterator[None]:
    """Write to standard output all that is to be written there.

    Raises:
        OutputError: standard output cannot be written to.
    """
    yield
    sys.stdout.flush()

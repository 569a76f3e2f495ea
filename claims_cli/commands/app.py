"""The `claims` command: its options that stand alone, and its sub-commands. Nothing here imports spaCy."""

import os
import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from claims_cli import __version__
from claims_cli.commands import (
    agreement,
    browse,
    cache,
    calibrate,
    clashes,
    collect,
    config,
    diff,
    disputes,
    doctor,
    evaluate,
    explain,
    extract,
    line,
    listing,
    mark,
    mcp,
    merge,
    network,
    quotes,
    rules,
    sample,
    serve,
    show,
    speakers,
    stats,
    text,
)
from claims_cli.commands.help import lay_out, show_help
from claims_cli.commands.messages import calibration_in_words
from claims_cli.commands.streams import set_streams
from claims_cli.config import settle
from claims_cli.errors import EXIT_CODES, EXIT_FAULT, EXIT_INTERRUPTED, ClaimsError
from claims_cli.outputs.escapes import spelled

HELP = """Find who said what, citing whom, in documents.

\b
Examples:
  claims extract seeds/                       every statement, as a table
  claims extract seeds/ --speaker Nasrallah   only what Nasrallah said
  claims extract page.html report.pdf         from documents of many kinds
  claims extract seeds/ -o claims.csv         for a spreadsheet
  claims extract seeds/ --db claims.db        to keep, and find again

\b
Exit codes:
""" + "".join(f"  {code:>3}  {meaning}\n" for code, meaning in EXIT_CODES.items())

app = typer.Typer(
    help=HELP,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("extract")(extract.extract)
app.command("text")(text.text)
app.command("list")(listing.list_claims)
app.command("show")(show.show)
app.command("speakers")(speakers.speakers)
app.command("stats")(stats.stats)
app.command("quotes")(quotes.quotes)
app.command("line")(line.line)
app.command("disputes")(disputes.disputes)
app.command("network")(network.network)
app.command("browse")(browse.browse)
app.command("mark")(mark.mark)
app.command("diff")(diff.diff)
app.command("merge")(merge.merge)
app.command("collect")(collect.collect)
app.add_typer(rules.app, name="rules")
app.command("explain")(explain.explain)
app.command("evaluate")(evaluate.evaluate)
app.command("sample")(sample.sample)
app.command("agreement")(agreement.agreement)
app.command("calibrate")(calibrate.calibrate)
app.command("serve")(serve.serve)
app.command("mcp")(mcp.mcp)
app.command("config")(config.config)
app.add_typer(cache.app, name="cache")
app.command("doctor")(doctor.doctor)
app.command("help")(show_help)
lay_out(app, clashes.Command)


def show_version(wanted: bool) -> None:
    """Print the versions that a paper needs to name."""
    if not wanted:
        return
    from claims_cli.models import default_model, model_version
    from claims_cli.rulebook import load

    name = default_model()
    typer.echo(f"claims {__version__}\nmodel {name} {model_version(name)}\nrulebook {load().fingerprint}")
    for told in calibration_lines():
        typer.echo(spelled(told))
    raise typer.Exit


def calibration_lines() -> Iterator[str]:
    """What the user's own marks say of the confidence here, where they say anything."""
    try:
        config = settle()
        if config.sources.calibration is not None:
            yield f"calibration {calibration_in_words(config)}"
    except ClaimsError as error:
        yield f"calibration not known: {error.reason.splitlines()[0]}"


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=show_version, is_eager=True, help="Versions of tool, model and rulebook, and exit."
        ),
    ] = False,
) -> None:
    """Options that stand alone."""


def main() -> None:
    """Run the command line; every error a user can meet ends as one message and an exit code."""
    set_streams()
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except ClaimsError as error:
        sys.exit(ending(str(error), error.exit_code))
    except KeyboardInterrupt:
        sys.exit(ending("interrupted", EXIT_INTERRUPTED))
    except Exception as error:
        if os.environ.get("CLAIMS_DEBUG"):
            raise
        fault = (
            f"a fault of this program: {type(error).__name__}: {error}; please report it with what CLAIMS_DEBUG=1 shows"
        )
        sys.exit(ending(fault, EXIT_FAULT))


def ending(message: str, code: int) -> int:
    """Say a last message, and give the exit code."""
    lines = [spelled(line) for line in f"claims: {message}".split("\n")]
    typer.echo("\n".join(lines), err=True)
    return code

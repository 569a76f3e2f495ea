"""The `claims` command: its options that stand alone, and its sub-commands. Nothing here imports spaCy."""

import sys
from typing import Annotated

import typer

from claims_cli import __version__
from claims_cli.commands import extract
from claims_cli.errors import ClaimsError

HELP = """Find who said what, citing whom, in text files.

\b
Examples:
  claims extract seeds/                              every statement in a folder, as a table
  claims extract seeds/ --speaker Nasrallah          only what Nasrallah said
  claims extract seeds/ -o claims.csv                all of it, for a spreadsheet

\b
Exit codes: 0 done, 1 some input failed and the rest is done, 2 wrong usage, 3 a rule is broken, 130 interrupted.
"""

app = typer.Typer(help=HELP, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)
app.command("extract")(extract.extract)


def show_version(wanted: bool) -> None:
    """Print the versions that a paper needs to name."""
    if not wanted:
        return
    from claims_cli.pipeline.models import default_model, model_version
    from claims_cli.rulebook import load

    name = default_model()
    typer.echo(f"claims {__version__}\nmodel {name} {model_version(name)}\nrulebook {load().fingerprint}")
    raise typer.Exit


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
    try:
        app()
    except ClaimsError as error:
        typer.echo(f"claims: {error}", err=True)
        sys.exit(error.exit_code)

"""`claims cache`: what is kept of earlier runs, and its end."""

import typer

from claims_cli.errors import OutputError

HELP = """Show or clear what is kept of earlier runs.

\b
Examples:
  claims cache info     where it is, and how large
  claims cache clear    delete all of it

Texts that were analysed before are not analysed again: their claims are kept with
the model and the rulebook that found them. Changed rules are matched anew over
kept parses. What was not used for longest goes when there is no room.
CLAIMS_CACHE_DIR names another folder; --no-cache leaves it out.
"""
app = typer.Typer(help=HELP, no_args_is_help=True, rich_markup_mode=None)
MEGABYTE = 1 << 20


@app.command("info")
def info() -> None:
    """Show where the cache is, what is in it, and how large it may grow.

    \b
    Examples:
      claims cache info
    """
    from claims_cli.extraction.cache import PARSES, RESULTS, folder
    from claims_cli.extraction.lru_file import MOST_BYTES, LruFile
    from claims_cli.outputs.listing import print_rows

    rows = []
    for name, what in ((RESULTS, "claims of texts"), (PARSES, "parses of articles")):
        shelf = LruFile(folder() / name)
        entries = shelf.entries() if shelf.path.exists() else 0
        rows.append((what, str(entries), size(name), f"{MOST_BYTES / MEGABYTE:,.0f} MB"))
    typer.echo(str(folder()))
    print_rows(("Kept", "Number", "Size", "At most"), rows)


@app.command("clear")
def clear() -> None:
    """Delete all that is kept of earlier runs.

    \b
    Examples:
      claims cache clear

    Claims that were written to files and stores stay.
    """
    from claims_cli.extraction.cache import files, folder

    before = size()
    try:
        for path in files(folder()):
            path.unlink()
    except OSError as error:
        raise OutputError(f"{folder()} cannot be cleared: {error.strerror}", "check whose it is") from None
    typer.echo(f"{before} deleted from {folder()}")


def size(name: str = "") -> str:
    """How much room a file, with what goes with it, or the whole cache takes."""
    from claims_cli.extraction.cache import files, folder

    taken = sum(path.stat().st_size for path in files(folder()) if path.name.startswith(name))
    return f"{taken / MEGABYTE:,.1f} MB"

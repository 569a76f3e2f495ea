"""`claims network`: who speaks to whom, passes on whom, prints whom and speaks of whom."""

from pathlib import Path
from typing import Annotated

import typer

from claims_cli import outputs
from claims_cli.commands import speakers
from claims_cli.commands.extract import ending
from claims_cli.commands.listing import is_read
from claims_cli.commands.messages import Messages, count, kept_back
from claims_cli.commands.options import STANDARD_OUTPUT, FilterOptions, RuleOptions, completing, listed, sharing
from claims_cli.commands.sources import Db, FurtherOptions, Opened, Sources, needing, opened
from claims_cli.commands.writing import OutputFile, Quiet, RawCells, TextModel, format_option
from claims_cli.config import Config
from claims_cli.errors import EXIT_INPUT, EXIT_OK
from claims_cli.names import one_of
from claims_cli.outputs.layout import Layout
from claims_cli.store.queries import Further

DRAWN = ("gexf", "graphml", "html")
FORMATS = (*speakers.FORMATS, *DRAWN)
RELATIONS = ("addressee", "via", "outlet", "about")


@sharing("wanted", FilterOptions)
@sharing("asked", FurtherOptions)
@sharing("ruled", RuleOptions)
def network(
    sources: Sources = None,
    *,
    wanted: FilterOptions,
    asked: FurtherOptions,
    ruled: RuleOptions,
    db: Db = None,
    relations: Annotated[
        str | None,
        typer.Option(
            metavar="NAMES",
            help=f"Only these relations, comma-separated: {listed(RELATIONS)}.",
            autocompletion=completing(RELATIONS),
        ),
    ] = None,
    least: Annotated[
        int, typer.Option("--least", metavar="N", min=1, help="Only relations that N claims or more tell of.")
    ] = 1,
    format: Annotated[str | None, format_option(FORMATS)] = None,
    output: OutputFile = None,
    raw: RawCells = False,
    model: TextModel = None,
    quiet: Quiet = False,
) -> None:
    """Make a network of who speaks to, of and through whom.

    \b
    Examples:
      claims network claims.db               most claims first
      claims network claims.db -o net.gexf   for Gephi, with dates and weights
      claims network claims.db -o net.html   a page that shows it
      claims network claims.db --relations via,about --least 3 -o net.graphml

    An edge leads from a speaker to the addressee, from a voice to the speaker whom it passes on, from an outlet to the
    speaker, or from a speaker to a person whose whole name stands in the statement. --limit keeps the N heaviest.
    """
    messages = Messages(quiet)
    with ending(messages):
        path = None if output == STANDARD_OUTPUT else output
        name = format_of(format, path)
        config = ruled.settle()
        with opened(sources, db, wanted, config, messages, model, asked=asked) as found:
            names = [part.strip() for part in relations.split(",")] if relations else []
            write(found, asked.settle(), config, names, least, name, path, Layout([], raw=raw), messages)
    raise typer.Exit(EXIT_INPUT if found.failed else EXIT_OK)


def format_of(name: str | None, path: Path | None) -> str:
    """The format: as asked for, by the file's suffix, or a table.

    Raises:
        UsageError: there is no such format, or what makes it is not installed.
    """
    suffix = path.suffix.lower().removeprefix(".") if path is not None else ""
    if name is None and suffix in DRAWN:
        name = suffix
    name = name or outputs.choose_format(None, path)
    one_of("format for networks", [name], FORMATS)
    if name in DRAWN:
        needing("networkx", "network")
    return name


def write(
    found: Opened,
    further: Further,
    config: Config,
    relations: list[str],
    least: int,
    format: str,
    path: Path | None,
    layout: Layout,
    messages: Messages,
) -> None:
    """Make the network, write it, and tell how large it is.

    Raises:
        OutputError, RulebookError, UsageError: as their names say.
    """
    from claims_cli.across.mentions import Names
    from claims_cli.across.network import network
    from claims_cli.across.network_files import WRITERS

    names = Names.of_store(found.reader.connection, config.sources)
    whole = network(found.reader, found.choice, further, names, relations)
    kept = whole.heaviest(found.choice.query.limit, least)
    speakers.write_rows(WRITERS[format], kept, format, path, layout)
    where = f" written to {path}" if path else ""
    parts = [f"{count(len(kept.nodes), 'voice')}, {count(len(kept.edges), 'relation')}{where}"]
    if len(kept.edges) < len(whole.edges):
        parts.append(f"{len(whole.edges) - len(kept.edges):,} lighter ones left out (--least, --limit)")
    messages.totals("; ".join([*parts, *kept_back(found.choice)]) + ".", found.choice, to_terminal=is_read(path))

"""`claims browse`: a full-screen reader in the terminal."""

import getpass
import sys
from pathlib import Path
from typing import Annotated

import typer

from claims_cli.choice import Choice
from claims_cli.commands.extract import ending
from claims_cli.commands.inputs import InputOptions
from claims_cli.commands.messages import Messages
from claims_cli.commands.options import FilterOptions, ReadingOptions, RuleOptions, sharing
from claims_cli.commands.sources import Db, FurtherOptions, Opened, Sources, needing, opened
from claims_cli.errors import EXIT_INPUT, EXIT_OK, UsageError
from claims_cli.store.queries import Further

EMPTY = "There are no claims here. claims extract PATH --db FILE finds some."


@sharing("reading", ReadingOptions)
@sharing("chosen", InputOptions)
@sharing("wanted", FilterOptions)
@sharing("asked", FurtherOptions)
@sharing("ruled", RuleOptions)
def browse(
    sources: Sources = None,
    *,
    reading: ReadingOptions,
    chosen: InputOptions,
    wanted: FilterOptions,
    asked: FurtherOptions,
    ruled: RuleOptions,
    db: Db = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who judges; by default your login name.")] = None,
    model: Annotated[str | None, typer.Option(metavar="NAME", help="Another spaCy pipeline, for texts.")] = None,
) -> None:
    """Read claims full-screen, each where it stands in its article.

    \b
    Examples:
      claims browse claims.db                  everything in a store
      claims browse claims.db --new --by Ann   what the last run brought
      claims browse seeds/ --type denial       a folder, without a store

    The keys are in the last line: / finds as one types, r and w mark a claim right or wrong, u undoes, ? helps.
    Marks are kept in a store; of texts and exports none are. --type all and --min-confidence 0 show every claim.
    """
    messages = Messages()
    with ending(messages):
        refuse_without_screen()
        further = asked.settle()
        config = ruled.settle()
        with opened(sources, db, wanted, config, messages, model, chosen, reading, asked) as found:
            show(found, further, (by or getpass.getuser()).strip())
    raise typer.Exit(EXIT_INPUT if found.failed else EXIT_OK)


def refuse_without_screen() -> None:
    """Refuse to begin where nothing could be shown.

    Raises:
        UsageError: a library is missing, or there is no terminal.
    """
    needing("textual", "browse")
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("claims browse needs a terminal", "claims list prints claims into a pipe or file")


def show(found: Opened, further: Further, name: str) -> None:
    """Show claims until the reader is left."""
    from claims_cli.browse.app import Browser, read
    from claims_cli.browse.claim_list import ClaimList
    from claims_cli.browse.marking import Judge

    shelf = ClaimList(found.reader, found.choice, further)
    judge = Judge(Path(found.name), name) if found.name is not None else None
    read(Browser(shelf, judge, EMPTY, left_out(found.choice)))


def left_out(choice: Choice) -> str:
    """How many claims are not shown for their type or confidence, in few words."""
    tally = choice.tally
    counts = ((tally.kept_back.total(), "of other types"), (tally.uncertain + tally.neither, "unsure"))
    parts = [f"{number} {why}" for number, why in counts if number]
    return f" + {', '.join(parts)}" if parts else ""

"""`claims mcp`: claims for language models, over the Model Context Protocol."""

import os
import signal
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from claims_cli.commands.extract import ending
from claims_cli.commands.messages import Messages
from claims_cli.commands.options import RuleOptions, sharing
from claims_cli.commands.sources import ENVIRONMENT, needing, store_if_named
from claims_cli.config import Config
from claims_cli.errors import EXIT_INTERRUPTED

WHERE = f"The store to search; by default that which {ENVIRONMENT} names; without one only texts are read."


@sharing("ruled", RuleOptions)
def mcp(
    store: Annotated[Path | None, typer.Argument(metavar="[STORE]", help=WHERE)] = None,
    *,
    ruled: RuleOptions,
    root: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FOLDER", help="Read files below this folder only; by default the working directory. Repeatable."
        ),
    ] = None,
) -> None:
    """Serve claims to a language model, over standard streams (MCP).

    \b
    Examples:
      claims mcp                                  texts, and files below here
      claims mcp claims.db --root ~/articles      and what a store holds

    A program that talks to models starts it (docs/agents.md shows how) and speaks the Model Context Protocol with it.
    Tools: extract_text, extract_files, explain; with a store search, show, speakers. Nothing is written.
    """
    with ending(Messages()):
        needing("mcp", "mcp")
        config = ruled.settle_aloud()
        run(store_if_named(store), root or [], ruled, config)


def run(store: Path | None, root: list[Path], ruled: RuleOptions, config: Config) -> None:
    """Serve until standard input ends.

    Raises:
        UsageError: the store or a folder is none.
    """
    from claims_cli.serving.agents import server
    from claims_cli.serving.queries import Store
    from claims_cli.serving.texts import Roots, Texts

    asked = Texts(Roots.of(root), tuple(ruled.rules or ()), not ruled.no_config, ruled.fast)
    known = None if store is None else Store(store, config)
    if known is not None:
        with known.reader():  # what is none is refused at once, an older one brought up to date
            pass
    signal.signal(signal.SIGINT, interrupted)
    server(asked, known).run()


def interrupted(number: int, frame: Any) -> None:
    """End at once: what waits for the next line of standard input is not to be woken otherwise; nothing is written."""
    sys.stderr.write("claims: interrupted\n")
    sys.stderr.flush()
    os._exit(EXIT_INTERRUPTED)

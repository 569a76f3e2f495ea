"""`claims merge`: two people's stores into one."""

import os
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from claims_cli.commands.extract import ending
from claims_cli.commands.messages import Messages
from claims_cli.commands.options import RuleOptions, sharing
from claims_cli.config import Config
from claims_cli.errors import UsageError
from claims_cli.rulebook import load
from claims_cli.store import opening
from claims_cli.store.identities import identify
from claims_cli.store.merging import merge as bring_together


@sharing("ruled", RuleOptions)
def merge(
    stores: Annotated[list[Path], typer.Argument(metavar="STORE STORE...", help="The stores; two or more.")],
    ruled: RuleOptions,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Leave the stores as they are and write a new one."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No totals.")] = False,
) -> None:
    """Bring stores together: documents, claims and marks.

    \b
    Examples:
      claims merge ann.db bob.db -o both.db
      claims merge ann.db bob.db   into ann.db

    Without -o the others go into the first. Of a document that two have with the same path and text one is kept, with
    the marks of both; where the texts differ both are kept. Who speaks is found out again over all of them.
    """
    messages = Messages(quiet)
    with ending(messages):
        check(stores, output)
        config = ruled.settle_aloud()
        counts = merge_into(stores[0], stores[1:], config) if output is None else merge_new(output, stores, config)
        documents = ", ".join(f"{number} {name}" for name, number in counts.items()) or "none"
        messages.say(f"Documents: {documents}. Written to {output or stores[0]}.")


def check(stores: list[Path], output: Path | None) -> None:
    """Refuse what cannot be merged.

    Raises:
        UsageError: one is no store, comes twice, or the output is there already.
    """
    for path in stores:
        if not opening.is_store(path):
            raise UsageError(f"{path} is no store of claims", "claims extract PATH --db FILE makes one")
    if len({os.path.realpath(path) for path in stores}) < max(2, len(stores)):
        raise UsageError("merging takes two stores or more, each once", "claims merge ann.db bob.db -o both.db")
    if output is not None and output.exists():
        raise UsageError(f"{output} exists", "name a new file, or leave -o out to merge into the first store")


def merge_into(path: Path, others: list[Path], config: Config) -> Counter:
    """Merge stores into one that is there.

    Raises:
        OutputError: it cannot be written to.
    """
    counts: Counter = Counter()
    rulebook = load(config.sources)
    with opening.writable(path) as connection:
        for other in others:
            with opening.readable(other) as source:
                counts += bring_together(connection, source, other.name)
        identify(connection, rulebook, config.aliases)
    return counts


def merge_new(output: Path, stores: list[Path], config: Config) -> Counter:
    """Merge stores into a new one, which appears whole or not at all.

    Raises:
        OutputError: it cannot be written.
    """
    with opening.beginning(output) as part:
        return merge_into(part, stores, config)

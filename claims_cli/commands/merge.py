"""`claims merge`: two people's stores into one."""

import os
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from claims_cli.across.same_as import bring_claims_together
from claims_cli.commands.extract import ending
from claims_cli.commands.messages import Messages, count
from claims_cli.commands.options import RuleOptions, sharing
from claims_cli.config import Config
from claims_cli.errors import EXIT_INPUT, UsageError
from claims_cli.rulebook import load
from claims_cli.store import opening
from claims_cli.store.merging import merge as bring_together
from claims_cli.store.rescue import rescue

SAVED = ("documents", "claims", "marks")


@sharing("ruled", RuleOptions)
def merge(
    stores: Annotated[
        list[Path], typer.Argument(metavar="STORE...", help="The stores; two or more, or a damaged one.")
    ],
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
      claims merge damaged.db -o saved.db   what can be read of a damaged store

    Without -o the others go into the first. Of a document that two have with the same path and text one is kept, with
    the marks of both; where the texts differ both are kept. Who speaks is found out again over all of them.

    Of a damaged store, given alone with -o, each document, claim and mark that is whole goes into the new one; what is
    lost is told, and the next claims extract with --db reads the documents again.
    """
    messages = Messages(quiet)
    with ending(messages):
        if output is not None and len(stores) == 1 and opening.is_damaged(stores[0]):
            refuse_existing(output)
            save(stores[0], output, ruled.settle_aloud(), messages)
            return
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
    if output is not None:
        refuse_existing(output)


def refuse_existing(output: Path) -> None:
    """Refuse to write over a file.

    Raises:
        UsageError: it is there.
    """
    if output.exists():
        raise UsageError(f"{output} exists", "name a new file, or leave -o out to merge into the first store")


def save(path: Path, output: Path, config: Config, messages: Messages) -> None:
    """Save what can be read of a damaged store, and tell what cannot.

    Raises:
        Exit: something is lost.
        OutputError: nothing can be read, or the new store not be written.
    """
    with opening.beginning(output) as part, opening.writable(part) as connection:
        lost = rescue(path, connection)
        bring_claims_together(connection, load(config.sources), config.aliases)
        held = [connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in SAVED]
    for what in lost:
        messages.tell(f"{path}: lost: {what}")
    saved = ", ".join(count(number, name.removesuffix("s")) for number, name in zip(held, SAVED, strict=True))
    again = "; claims extract with --db reads the documents again" if lost else ""
    messages.say(f"Saved: {saved}. Written to {output}{again}.")
    if lost:
        raise typer.Exit(EXIT_INPUT)


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
        bring_claims_together(connection, rulebook, config.aliases)
    return counts


def merge_new(output: Path, stores: list[Path], config: Config) -> Counter:
    """Merge stores into a new one, which appears whole or not at all.

    Raises:
        OutputError: it cannot be written.
    """
    with opening.beginning(output) as part:
        return merge_into(part, stores, config)

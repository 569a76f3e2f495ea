"""Claims of several sources brought together in a store in memory."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from claims_cli.commands.run import CommandRun
from claims_cli.commands.storing import Storing
from claims_cli.store import opening
from claims_cli.store.importing import add_export, is_export
from claims_cli.store.merging import merge


def gather(connection: sqlite3.Connection, named: list[str], run_over: Callable[[list[str]], CommandRun]) -> int:
    """Bring the claims of stores, exports and texts into one store.

    Args:
        run_over: makes the run that reads texts.

    Returns:
        How many inputs could not be read.

    Raises:
        ModelMissing, OutputError, RulebookError, UsageError: as their names say.
    """
    stores = [name for name in named if opening.is_like_store(name)]
    exports = [name for name in named if name not in stores and is_export(name)]
    texts = [name for name in named if name not in stores and name not in exports]
    for name in stores:
        with opening.readable(Path(name)) as other:
            merge(connection, other, Path(name).name)
    storing = Storing(run_over(texts), connection, Path("memory"))
    storing.begin({})
    for name in exports:
        for error in add_export(storing.writer, name):
            storing.failed(error)
    if texts:
        storing.read()
    storing.end()
    storing.run.messages.wipe()
    return len(storing.failures)

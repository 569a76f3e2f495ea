"""`claims collect`: what the shards of a plan found, as one output or one store."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from claims_cli import outputs
from claims_cli.across.same_as import bring_claims_together
from claims_cli.articles.duplicates import MARK, SKIP, WAYS
from claims_cli.choice import Choice
from claims_cli.claim import Claim, Document
from claims_cli.commands.extract import ending, write
from claims_cli.commands.inputs import Way
from claims_cli.commands.messages import Messages, count
from claims_cli.commands.options import FilterOptions, OutputOptions, RuleOptions, completing, sharing
from claims_cli.config import Config
from claims_cli.errors import EXIT_INPUT, EXIT_OK, UsageError
from claims_cli.inputs import remote
from claims_cli.manifest import now
from claims_cli.names import one_of
from claims_cli.outputs import dataset
from claims_cli.outputs.dataset import PARTED_BY
from claims_cli.rulebook import load, load_settings
from claims_cli.sharding import collected, plan
from claims_cli.sharding.duplicates_on_disk import DuplicatesOnDisk
from claims_cli.store import opening
from claims_cli.store.writing import Writer

Found = Iterator[tuple[Document, list[Claim]]]


@sharing("wanted", FilterOptions)
@sharing("written", OutputOptions)
@sharing("ruled", RuleOptions)
def collect(
    folder: Annotated[
        Path, typer.Argument(metavar="OUT", help="The folder of a plan and its shards.", parser=remote.placed)
    ],
    wanted: FilterOptions,
    written: OutputOptions,
    ruled: RuleOptions,
    db: Annotated[
        Path | None, typer.Option("--db", metavar="FILE", help="Make this store of them, which is not there yet.")
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="WHAT",
            help="With -o FOLDER: a Parquet dataset in parts by outlet, or by month.",
            autocompletion=completing(PARTED_BY),
        ),
    ] = None,
    duplicates: Way = MARK,
    partial: Annotated[bool, typer.Option("--partial", help="Collect what is done; shards may be missing.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No totals.")] = False,
) -> None:
    """Bring together what the shards of a plan found.

    \b
    Examples:
      claims collect OUT/ --db claims.db     a store of all shards
      claims collect OUT/ -o claims.parquet  every statement, in order
      claims collect OUT/ -o parts/ --by month
      claims collect OUT/ --type denial -o denials.csv

    All shards must be done, and their files be those that were written; --partial goes without. What failed in any
    of them is told, and the exit code is 1 then.
    """
    messages = Messages(quiet)
    with ending(messages), ExitStack() as stack:
        one_of("way with duplicates", [duplicates], WAYS)
        config = ruled.settle_aloud()
        made = plan.load(folder / plan.FILE)
        if not partial:
            collected.check_complete(made, folder)
        seen = stack.enter_context(DuplicatesOnDisk(duplicates == SKIP)) if duplicates in (MARK, SKIP) else None
        found = collected.documents(made, folder, seen)
        if db is not None:
            if written.is_given or wanted != FilterOptions():
                raise UsageError("--db keeps every claim", "filter and write from the store: claims list")
            documents, claims = into_store(made, found, db, config)
            messages.say(f"{count(documents, 'document')} with {count(claims, 'claim')} written to {db}.")
        else:
            choice = Choice(wanted.settle(load_settings(config.sources)))
            claims_found = choice.choose(claims_of(found))
            if by is not None:
                into_dataset(claims_found, written.output, by)
            else:
                write(written.settle(), claims_found)
            messages.say(f"{count(int(choice.tally.shown), 'claim')} from {count(len(made.shards), 'shard')}.")
        failed = list(collected.failures(made, folder))
        for error in failed:
            messages.failed(error)
    raise typer.Exit(EXIT_INPUT if failed else EXIT_OK)


def claims_of(found: Found) -> Iterator[Claim]:
    """The claims of all documents, in order."""
    for _, claims in found:
        yield from claims


def into_dataset(claims: Iterable[Claim], folder: Path | None, by: str) -> None:
    """Write a Parquet dataset into a new folder.

    Raises:
        OutputError: it cannot be written.
        UsageError: no folder is named, or what writes it is not installed.
    """
    one_of("part of a dataset", [by], PARTED_BY)
    outputs.choose_format("parquet", Path("x.parquet"))
    if folder is None:
        raise UsageError("a dataset is a folder of files", "name it: -o FOLDER --by outlet")
    dataset.write(claims, folder, by)


def into_store(made: plan.Plan, found: Found, path: Path, config: Config) -> tuple[int, int]:
    """Write a new store, which appears whole or not at all; how many documents and claims it holds.

    Raises:
        OutputError: it cannot be written.
        UsageError: it is there already.
    """
    if path.exists():
        raise UsageError(f"{path} exists", "name a new file; claims merge brings stores together")
    documents = claims = 0
    with opening.beginning(path) as part, opening.writable(part) as connection:
        writer = Writer(connection)
        writer.begin(made.versions, {"shards": len(made.shards)}, now())
        for document, own in found:
            writer.put(document, own)
            documents, claims = documents + 1, claims + len(own)
        bring_claims_together(connection, load(config.sources), config.aliases)
        writer.end(now(), 0, 0)
    return documents, claims

"""The results of all shards of a plan, in the order of its inputs: what a run in one piece would have given."""

from collections.abc import Iterator
from pathlib import Path

from claims_cli.articles.duplicates import Duplicates
from claims_cli.claim import Claim, Document
from claims_cli.errors import InputError, OutputError
from claims_cli.extraction.stream import left_out
from claims_cli.sharding import results
from claims_cli.sharding.plan import Plan

MOST_NAMED = 20


def check_complete(plan: Plan, folder: Path) -> None:
    """Refuse to collect what is not all there, or was changed since.

    Raises:
        OutputError: shards are missing, or a file is not the one that was written.
    """
    left = results.undone(folder, len(plan.shards))
    if left:
        named = ", ".join(map(str, left[:MOST_NAMED])) + (", …" if len(left) > MOST_NAMED else "")
        reason = f"{len(left)} of {len(plan.shards)} shards are not done: {named}"
        raise OutputError(reason, f"claims extract --plan {folder}/plan.json does them; --partial collects the others")
    for number in range(len(plan.shards)):
        done = results.done_of(folder, number)
        if done is None or results.hashes(folder, number) != done.files:
            raise results.damaged(folder, number)


def documents(plan: Plan, folder: Path, seen: Duplicates | None) -> Iterator[tuple[Document, list[Claim]]]:
    """Every document with its claims, shard by shard; articles that come again are told over all of them.

    Raises:
        OutputError: a file is damaged.
    """
    for number in range(len(plan.shards)):
        if results.done_of(folder, number) is None:
            continue
        for document, sketches, claims in results.read(folder, number):
            if seen is None:
                yield document, claims
                continue
            marked = seen.marked(document, sketches)
            again = left_out(marked)
            yield marked, [claim for claim in claims if claim.article not in again]


def failures(plan: Plan, folder: Path) -> Iterator[InputError]:
    """What failed, in order; of shards that are not done too, where that was kept."""
    there = results.names_in(folder)
    for number in range(len(plan.shards)):
        if results.FAILURES.format(number) in there:
            yield from results.failures(folder, number)

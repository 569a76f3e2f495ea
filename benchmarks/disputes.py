"""Prints a sample of disputes to be read, and how many there are of each kind: `python -m benchmarks.disputes DB`.

A person reads each pair and writes beside its number whether the one statement denies, contradicts or questions the
other; the same seed gives the same sample.
"""

import argparse
import random
from collections import Counter
from pathlib import Path
from time import perf_counter

from claims_cli.across.asking import disputes_of, with_stances
from claims_cli.across.disputes import Dispute
from claims_cli.across.vocabulary import Vocabulary
from claims_cli.choice import Choice
from claims_cli.query import settle
from claims_cli.rulebook import load_settings
from claims_cli.store import opening
from claims_cli.store.queries import Further
from claims_cli.store.reading import Reader


def found_in(path: Path, days: int, least: float | None) -> list[Dispute]:
    """The disputes of a store."""
    query = settle(load_settings(), min_confidence=least)
    with opening.readable(path) as connection:
        choice = with_stances(Choice(query), None)
        return disputes_of(Reader(connection), choice, Further(), Vocabulary.load(), days)


def show(number: int, dispute: Dispute) -> None:
    """Print a pair to be read."""
    contrast = dispute.contrast
    print(f"\n{number}. {'sure' if contrast.sure else 'doubtful'}, {contrast.kind}: {contrast.why}")
    for one in (dispute.one, dispute.other):
        claim = one.claim
        cue = claim.cue.text if claim.cue else ""
        print(f"   {one.name} [{cue}] {claim.content.text}\n      ({claim.doc}, {one.day})")


def main() -> None:
    """Count, and print the sample."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("db", type=Path)
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--min-confidence", type=float)
    asked = parser.parse_args()
    began = perf_counter()
    found = found_in(asked.db, asked.days, asked.min_confidence)
    print(f"{len(found)} disputes in {perf_counter() - began:.0f} s")
    for (kind, sure), number in sorted(Counter((one.contrast.kind, one.contrast.sure) for one in found).items()):
        print(f"{kind:14} {'sure' if sure else 'doubtful':9} {number:5}")
    sample = random.Random(asked.seed).sample(found, min(asked.sample, len(found)))
    for number, dispute in enumerate(sorted(sample, key=lambda one: not one.contrast.sure), 1):
        show(number, dispute)


if __name__ == "__main__":
    main()

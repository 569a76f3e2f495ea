"""Prints disputes to be read, how many there are, and how many were right: `python -m benchmarks.disputes DB`.

`gold/disputes.jsonl` has the verdict of a reader on pairs that were found in PolNeAR's articles, by where they stand.
Of what it does not have a person reads each pair; the same seed gives the same sample.
"""

import argparse
import json
import random
from collections import Counter
from pathlib import Path
from time import perf_counter

from benchmarks.verdicts import GOLD, pieces
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


def verdicts() -> dict[frozenset, str]:
    """What a reader said of each pair: `dispute` or `none`."""
    found = {}
    for line in (GOLD / "disputes.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        sides = ((row["doc"], row["one"]), (row["other_doc"], row["other"]))
        found[frozenset((doc, tuple(map(tuple, spans))) for doc, spans in sides)] = row["verdict"]
    return found


def place(dispute: Dispute) -> frozenset:
    """Where the two statements of a pair stand."""
    claims = (dispute.one.claim, dispute.other.claim)
    return frozenset((Path(claim.doc).stem, pieces(claim.content)) for claim in claims)


def told(found: list[Dispute], known: dict[frozenset, str]) -> None:
    """Print how many of those that a reader has seen are disputes, sure and doubtful ones apart."""
    for sure in (True, False):
        read = [known[place(one)] for one in found if one.contrast.sure == sure and place(one) in known]
        right = sum(verdict == "dispute" for verdict in read)
        print(f"{'sure' if sure else 'doubtful':9} {right} of {len(read)} that were read are disputes")


def show(number: int, dispute: Dispute, verdict: str) -> None:
    """Print a pair to be read."""
    contrast = dispute.contrast
    print(f"\n{number}. {'sure' if contrast.sure else 'doubtful'}, {contrast.kind}: {contrast.why} [{verdict}]")
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
    known = verdicts()
    told(found, known)
    for number, dispute in enumerate(sorted(sample, key=lambda one: not one.contrast.sure), 1):
        show(number, dispute, known.get(place(dispute), "not read"))


if __name__ == "__main__":
    main()

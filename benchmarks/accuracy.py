"""How close the claims come to PolNeAR's gold attributions: all types, at the default threshold, outermost claims.

    python -m benchmarks.accuracy                     the four figures: train, train in five folds, dev
    python -m benchmarks.accuracy folds --details     and by construction, type of cue, quote kind and rule
    python -m benchmarks.accuracy folds --errors 50   the costliest kinds of error, with examples to read
    python -m benchmarks.accuracy dev --save dev.json          keep what was found ...
    python -m benchmarks.accuracy dev --compare dev.json       ... and see later what a change won and lost

In five folds each article is judged by precisions and weights that were learned on the other four fifths of train.
The corpus marks only the outermost of nested attributions, so claims that the tool nests in another are left out.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.breakdowns import Outcome, compare, costliest, details
from benchmarks.calibrate import calibrated, of_tagged, with_tagged
from benchmarks.judging import SHIPPED_SEED, Split, halves_of, other_half, reader_of
from benchmarks.outcomes import Components, outcome_of
from benchmarks.polnear import scorer
from claims_cli.rulebook import RuleSources, load
from claims_cli.rulebook.model import Rulebook

FOLDS = 5


def in_folds(split: Split, halves: Sequence[Path] = ()) -> list[Rulebook]:
    """For each fold the rulebook learned on all others; with small readers, each for articles it was not trained on."""
    rulebook = load(RuleSources(fast=True))
    rows = split.rows(rulebook, halves)
    folds = [calibrated(rulebook, [row for row in rows if row.article % FOLDS != fold]) for fold in range(FOLDS)]
    if not halves:
        return folds
    reading = [replace(folds[number % FOLDS], reader=other_half(halves, number)) for number in range(2 * FOLDS)]
    tagged = of_tagged(split, reading)
    parts = [[row for row in tagged if row[0] % FOLDS != fold] for fold in range(FOLDS)]
    return [with_tagged(rulebook, parts[number % FOLDS]) for number, rulebook in enumerate(reading)]


def outcomes(split: Split, rulebooks: list[Rulebook], details: bool = False) -> list[Outcome]:
    """What is found in each article, judged; the rulebooks take turns."""
    return split.map(outcome_of, [Components(rulebook) for rulebook in rulebooks], details)


def figures(found: list[Outcome]):
    """The scorer's sums over all articles."""
    score = scorer().Score()
    score.n = sum((Counter(one.sums) for one in found), Counter(dict.fromkeys(score.n, 0)))
    return score


def shipped(fast: bool, seed: int) -> Rulebook:
    """The rules as they are, with the small reader of a seed in the place of their own."""
    rulebook = load(RuleSources(fast=fast))
    return rulebook if fast or seed == SHIPPED_SEED else replace(rulebook, reader=reader_of(seed))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("what", nargs="?", default="all", choices=("all", "train", "folds", "dev"))
    options.add_argument("--fast", action="store_true", help="the rules alone, without the small reader")
    options.add_argument("--seed", type=int, default=1, help="of the small readers (in folds: of halves)")
    options.add_argument("--details", action="store_true", help="by construction, type of cue, quote kind, rule")
    options.add_argument("--errors", type=int, default=0, metavar="N", help="the N costliest kinds of error")
    options.add_argument("--save", type=Path, metavar="FILE", help="keep what was found")
    options.add_argument("--compare", type=Path, metavar="FILE", help="what was won and lost since it was kept")
    arguments = options.parse_args()
    wants = ("train", "folds", "dev") if arguments.what == "all" else (arguments.what,)
    splits: dict[str, Split] = {}
    for want in wants:
        name = "dev" if want == "dev" else "train"
        split = splits[name] = splits.get(name) or Split(name)
        halves = halves_of(arguments.seed) if want == "folds" and not arguments.fast else ()
        rulebooks = in_folds(split, halves) if want == "folds" else [shipped(arguments.fast, arguments.seed)]
        deep = bool(arguments.details or arguments.errors or arguments.save or arguments.compare)
        found = outcomes(split, rulebooks, deep)
        figures(found).show(f"PolNeAR {'train, five folds' if want == 'folds' else want}")
        if arguments.details:
            print("\n".join(details(found)))
        if arguments.errors:
            print("\n".join(costliest(found, arguments.errors)))
        if arguments.compare:
            print("\n".join(compare(json.loads(arguments.compare.read_text()), found)))
        if arguments.save:
            arguments.save.write_text(json.dumps([one.to_json() for one in found]))


if __name__ == "__main__":
    main()

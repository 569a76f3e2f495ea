"""Nested claims of PolNeAR, judged by reading: how many are right.

    python -m benchmarks.nested                        the share of right ones, of those that were judged
    python -m benchmarks.nested --sample FILE train    200 nested claims (fixed seed) with their sentences, to be judged

PolNeAR marks only the outermost of nested attributions. The verdicts stand in `benchmarks/gold/nested_SPLIT.jsonl`: the
article, the offsets of cue and content, and whether a reader found the claim right, without text. A claim is right when
its sentence says that this speaker (as `source` names it) said or held this content. Those of dev were read while rules
were chosen; those of train, from 140 of its articles, only after.
"""

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

from benchmarks.polnear import FOLDER
from benchmarks.verdicts import DEFAULT, GOLD, SIZE, chosen, pieces, read_verdicts, words, write_sample
from claims_cli.claim import SAID, Claim
from claims_cli.extraction import Extractor
from claims_cli.inputs.readers import read_one
from claims_cli.inputs.walking import inputs

SEED, ARTICLES = 2026, 140
SPLITS = ("dev", "train")


def nested_claims(split: str) -> Iterator[tuple[str, Claim]]:
    """(article, claim): the nested claims that plain `extract` prints on a split, or on some of its articles."""
    items = list(inputs([str(FOLDER / split / "text")]))
    chosen = sorted(random.Random(SEED).sample(range(len(items)), min(ARTICLES, len(items))))
    documents = [read_one(items[place]) for place in chosen]
    for document, claims in Extractor().extract(documents):
        for claim in claims:
            if claim.nested and claim.type in SAID and claim.confidence >= DEFAULT:
                yield Path(document.path).stem, claim


def key(name: str, claim: Claim) -> tuple:
    """What a verdict is kept under."""
    return name, pieces(claim.cue), pieces(claim.content)


def sample(path: Path, split: str) -> None:
    """Write claims to be judged."""
    found = list(nested_claims(split))
    rows = (
        {"doc": name, "cue": pieces(claim.cue), "content": pieces(claim.content), "right": None, "words": words(claim)}
        for name, claim in chosen(found, SEED)
    )
    write_sample(path, rows)
    print(f"{min(SIZE, len(found))} of {len(found)} nested claims")


def show(split: str) -> None:
    """Print the share of right ones among those that were judged and are found."""
    verdicts = read_verdicts(GOLD / f"nested_{split}.jsonl", ("cue", "content"), "right")
    found = {key(name, claim) for name, claim in nested_claims(split)}
    judged = [verdicts[one] for one in found if one in verdicts]
    print(
        f"nested claims on {split}: {len(found)} found; of {len(judged)} that were judged {sum(judged)} are right",
        end="",
    )
    print(f" ({sum(judged) / max(1, len(judged)):.3f}); {len(verdicts) - len(judged)} judged are no longer found")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sample", type=Path, metavar="FILE")
    options.add_argument("split", nargs="?", choices=SPLITS)
    arguments = options.parse_args()
    if arguments.sample:
        sample(arguments.sample, arguments.split or SPLITS[0])
        return
    for split in [arguments.split] if arguments.split else SPLITS:
        show(split)


if __name__ == "__main__":
    main()

"""Speakers of PolNeAR dev whose words are a pronoun or a description, judged by reading: how many are right.

    python -m benchmarks.speakers                  the shares, of those that were judged
    python -m benchmarks.speakers --sample FILE    200 such claims with their sentences, to be judged

Two samples, of different claims. The rules were changed after each was read, so both flatter; read first, before any
change, the second had 0.750 right and 0.165 wrong. The verdicts stand in `benchmarks/gold/`: the article, the
offsets of source and content, the first digits of the SHA-256 of the speaker that was judged, and the verdict, without
text. `right`: the speaker is who it is, by a name or description that the article gives, or the words themselves where
it gives none; `wrong`: somebody else; `words`: only the words themselves, though the article names or describes who it
is.
"""

import argparse
import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.polnear import FOLDER
from benchmarks.verdicts import DEFAULT, GOLD, chosen, pieces, read_verdicts, words, write_sample
from claims_cli.claim import Claim
from claims_cli.extraction import Extractor
from claims_cli.inputs.readers import read_one
from claims_cli.inputs.walking import inputs
from claims_cli.rulebook import load

SAMPLES = {"first": "speakers_dev.jsonl", "second": "speakers_dev_second.jsonl"}
PLACES = ("source", "content", "speaker")
VERDICTS = ("right", "wrong", "words")
SEED = 2027
PRONOUNS = ("people.male", "people.female", "people.plural", "people.thing", "people.self", "reference.relative")


def referring_claims() -> Iterator[tuple[str, Claim]]:
    """(article, claim): the claims from the default threshold whose source is a pronoun or a definite description."""
    rulebook = load()
    pronouns = frozenset().union(*map(rulebook.words, PRONOUNS))
    definite = rulebook.words("reference.definite")
    documents = [read_one(item) for item in inputs([str(FOLDER / "dev" / "text")])]
    for document, claims in Extractor().extract(documents):
        for claim in claims:
            if claim.source is None or claim.confidence < DEFAULT:
                continue
            words = claim.source.text.lower().split()
            described = words[0] in definite and claim.source.text.split()[-1].islower()
            if (len(words) == 1 and words[0] in pronouns) or described:
                yield Path(document.path).stem, claim


def key(name: str, claim: Claim) -> tuple:
    """What a verdict is kept under: the article, the places, and who was named."""
    return name, pieces(claim.source), pieces(claim.content), digest(claim)


def digest(claim: Claim) -> str:
    """The speaker that is judged, without its words."""
    return hashlib.sha256((claim.speaker or "").encode()).hexdigest()[:12]


def sample() -> list[tuple[str, Claim]]:
    """Claims to be judged, whose source no claim of the first sample has."""
    known = {place[:2] for place in read_verdicts(GOLD / SAMPLES["first"], PLACES, "verdict")}
    found = [pair for pair in referring_claims() if key(*pair)[:2] not in known]
    found.sort(key=lambda pair: (pair[0], pair[1].content.spans, pair[1].id))
    return chosen(found, SEED)


def row(name: str, claim: Claim) -> dict:
    """One claim to be judged."""
    places = {"doc": name, "source": pieces(claim.source), "content": pieces(claim.content)}
    return {**places, "speaker": digest(claim), "verdict": None, "words": words(claim)}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sample", type=Path, metavar="FILE")
    arguments = options.parse_args()
    if arguments.sample:
        write_sample(arguments.sample, (row(*pair) for pair in sample()))
        return
    places = [key(*pair) for pair in referring_claims()]
    for name, file in SAMPLES.items():
        known = read_verdicts(GOLD / file, PLACES, "verdict")
        judged = [known[place] for place in places if place in known]
        counts = Counter(judged)
        shares = "  ".join(f"{verdict} {counts[verdict] / max(1, len(judged)):.3f}" for verdict in VERDICTS)
        print(f"{name} sample: {len(judged)} of {len(known)} answers as they were judged; {shares}")


if __name__ == "__main__":
    main()

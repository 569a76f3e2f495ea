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
import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.polnear import FOLDER, ROOT
from claims_cli.claim import Claim
from claims_cli.documents.walking import inputs, read
from claims_cli.extraction import Extractor
from claims_cli.rulebook import load

FIRST = ROOT / "benchmarks" / "gold" / "speakers_dev.jsonl"
SECOND = ROOT / "benchmarks" / "gold" / "speakers_dev_second.jsonl"
SEED, SIZE = 2027, 200
DEFAULT = 0.40
VERDICTS = ("right", "wrong", "words")
PRONOUNS = ("people.male", "people.female", "people.plural", "people.thing", "people.self", "reference.relative")


def referring_claims() -> Iterator[tuple[str, Claim]]:
    """(article, claim): the claims from the default threshold whose source is a pronoun or a definite description."""
    rulebook = load()
    pronouns = frozenset().union(*map(rulebook.words, PRONOUNS))
    definite = rulebook.words("reference.definite")
    documents = [read(item) for item in inputs([str(FOLDER / "dev" / "text")])]
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
    speaker = hashlib.sha256((claim.speaker or "").encode()).hexdigest()[:12]
    source = claim.source.spans if claim.source else ()
    return name, tuple(map(tuple, source)), tuple(map(tuple, claim.content.spans)), speaker


def verdicts(path: Path) -> dict[tuple, str]:
    """The verdict on each claim of a sample."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        source, content = (tuple(map(tuple, row[name])) for name in ("source", "content"))
        found[row["doc"], source, content, row["speaker"]] = row["verdict"]
    return found


def fresh() -> list[tuple[str, Claim]]:
    """The second sample: claims whose source no claim of the first has."""
    known = {place[:2] for place in verdicts(FIRST)}
    found = [pair for pair in referring_claims() if key(*pair)[:2] not in known]
    found.sort(key=lambda pair: (pair[0], pair[1].content.spans, pair[1].id))
    return sorted(random.Random(SEED).sample(found, min(SIZE, len(found))), key=lambda pair: key(*pair))


def write(path: Path) -> None:
    """Write claims to be judged."""
    with path.open("w", encoding="utf-8") as file:
        for name, claim in fresh():
            _, source, content, speaker = key(name, claim)
            words = {
                "source": claim.source.text if claim.source else None, "speaker": claim.speaker,
                "cue": claim.cue.text if claim.cue else None, "content": claim.content.text,
                "line": claim.line, "sentence": claim.sentence,
            }  # fmt: skip
            row = {"doc": name, "source": source, "content": content, "speaker": speaker, "verdict": None}
            file.write(json.dumps(row | {"words": words}, ensure_ascii=False) + "\n")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sample", type=Path, metavar="FILE")
    arguments = options.parse_args()
    if arguments.sample:
        write(arguments.sample)
        return
    places = [key(*pair) for pair in referring_claims()]
    for name, path in (("first", FIRST), ("second", SECOND)):
        known = verdicts(path)
        judged = [known[place] for place in places if place in known]
        counts = Counter(judged)
        shares = "  ".join(f"{verdict} {counts[verdict] / max(1, len(judged)):.3f}" for verdict in VERDICTS)
        print(f"{name} sample: {len(judged)} of {len(known)} answers as they were judged; {shares}")


if __name__ == "__main__":
    main()

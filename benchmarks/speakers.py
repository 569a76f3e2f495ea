"""Speakers of PolNeAR dev whose words are a pronoun or a description, judged by reading: how many are right.

    python -m benchmarks.speakers                  the shares, of those that were judged
    python -m benchmarks.speakers --sample FILE    200 such claims (fixed seed) with their paragraphs, to be judged

The verdicts stand in `benchmarks/gold/speakers_dev.jsonl`: the article, the offsets of source and content, the first
digits of the SHA-256 of the speaker that was judged, and the verdict, without text. `right`: the speaker is who it is,
by a name or description that the article gives, or the words themselves where it gives none; `wrong`: somebody else;
`words`: only the words themselves, though the article names or describes who it is.
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
from claims_cli.documents.readers import read_one
from claims_cli.documents.walking import inputs
from claims_cli.extraction import Extractor
from claims_cli.rulebook import load

VERDICTS = ROOT / "benchmarks" / "gold" / "speakers_dev.jsonl"
SEED, SIZE = 2026, 200
DEFAULT = 0.40
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
    speaker = hashlib.sha256((claim.speaker or "").encode()).hexdigest()[:12]
    source = claim.source.spans if claim.source else ()
    return name, tuple(map(tuple, source)), tuple(map(tuple, claim.content.spans)), speaker


def sample() -> list[tuple[str, Claim]]:
    """The claims that are judged."""
    found = list(referring_claims())
    found.sort(key=lambda pair: (pair[0], pair[1].content.spans, pair[1].id))
    return sorted(random.Random(SEED).sample(found, min(SIZE, len(found))), key=lambda pair: key(*pair))


def write(path: Path) -> None:
    """Write claims to be judged."""
    with path.open("w", encoding="utf-8") as file:
        for name, claim in sample():
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
    verdicts = {}
    for line in VERDICTS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        source, content = (tuple(map(tuple, row[name])) for name in ("source", "content"))
        verdicts[row["doc"], source, content, row["speaker"]] = row["verdict"]
    judged = [verdicts[one] for one in (key(*pair) for pair in sample()) if one in verdicts]
    counts = Counter(judged)
    shares = "  ".join(f"{name} {counts[name] / max(1, len(judged)):.3f}" for name in ("right", "wrong", "words"))
    print(f"speakers on dev behind pronouns and descriptions: {len(judged)} of {SIZE} judged; {shares}")


if __name__ == "__main__":
    main()

"""How long extraction takes beside the same model's bare `nlp.pipe` over the same texts.

    python -m benchmarks.speed [FOLDER]        a folder of texts, by default PolNeAR dev

Both are run in turn in one process, five times; the medians and their ratio are printed. At most 1.3 is allowed.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import spacy
from spacy.tokens import Doc

from benchmarks.polnear import FOLDER
from claims_cli.documents.readers import read_one
from claims_cli.documents.walking import inputs
from claims_cli.extraction import Extractor
from claims_cli.models import default_model
from claims_cli.pipeline.speakers import SpeakerResolver

RUNS = 5


def seconds(work: Callable[[], object]) -> float:
    """The wall time of one call."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def resolution(extractor: Extractor, documents: list) -> float:
    """The share of extraction's time that finding out who the sources are takes, entity recognition aside."""
    taken = 0.0
    resolve = SpeakerResolver.__call__

    def timed(self: SpeakerResolver, doc: Doc) -> Doc:
        nonlocal taken
        begin = time.perf_counter()
        resolve(self, doc)
        taken += time.perf_counter() - begin
        return doc

    with patch.object(SpeakerResolver, "__call__", timed):
        whole = seconds(lambda: sum(len(claims) for _, claims in extractor.extract(documents)))
    return taken / whole


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER / "dev" / "text"
    documents = [read_one(item) for item in inputs([str(folder)])]
    texts = [document.text for document in documents]
    bare, extractor = spacy.load(default_model()), Extractor()
    work = {
        "bare nlp.pipe": lambda: sum(1 for _ in bare.pipe(texts)),
        "extraction": lambda: sum(len(claims) for _, claims in extractor.extract(documents)),
    }
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(RUNS):
        for name, call in work.items():
            times[name].append(seconds(call))
    medians = {name: statistics.median(found) for name, found in times.items()}
    for name, found in times.items():
        print(f"{name:15} median {medians[name]:6.2f} s   ({min(found):.2f} to {max(found):.2f})")
    print(f"share of the resolution of speakers in extraction {resolution(extractor, documents):.3f}")
    print(f"ratio {medians['extraction'] / medians['bare nlp.pipe']:.3f} over {len(texts)} texts")


if __name__ == "__main__":
    main()

"""The small reader itself: its weights loaded once, its graphs run by ONNX Runtime on one thread.

The graphs and the word pieces lie in `rules/model/reader`, made by `benchmarks/train_reader.py`: `encoder.onnx` gives
each word piece a vector and the tags of three roles, `candidates.onnx` tells a right candidate of the rules from a
wrong one, `antecedents.onnx` what a pronoun or a description takes up.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy

from claims_cli.errors import ModelMissing
from claims_cli.pipeline.encoded import OUTSIDE, Encoded
from claims_cli.pipeline.encoder.windows import Window, windows
from claims_cli.pipeline.parse.quotation_index import QuotationIndex
from claims_cli.pipeline.parse.syntax import Syntax

ENCODER, CANDIDATES, ANTECEDENTS = "encoder.onnx", "candidates.onnx", "antecedents.onnx"
PIECES = "pieces.json"
ROLES, TAGS = 3, 3
FURTHEST = 7  # sentences: the last range of distance


@lru_cache(maxsize=2)
def small_reader(folder: Path) -> "SmallReader":
    """The reader whose graphs lie in a folder, loaded once a process.

    Raises:
        ModelMissing: a library that runs it does not load.
        OSError: a file is missing.
    """
    try:
        return SmallReader(folder)
    except ImportError as error:
        remedy = "--fast reads without it; or install onnxruntime and tokenizers anew"
        raise ModelMissing(f"the small reader cannot be loaded ({error})", remedy) from None


class SmallReader:
    """The three graphs and the tokenizer."""

    def __init__(self, folder: Path):
        """Load them; see `small_reader`."""
        from tokenizers import Tokenizer

        self.tokenizer = Tokenizer.from_file(str(folder / PIECES))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.encoder, self.candidates, self.antecedents = (
            session(folder / name) for name in (ENCODER, CANDIDATES, ANTECEDENTS)
        )

    def read(self, syntax: Syntax, quotations: QuotationIndex, paragraphs: Iterable[int]) -> Encoded:
        """Some paragraphs of an article."""
        vectors: numpy.ndarray | None = None
        tags = numpy.zeros((syntax.length, ROLES, TAGS), dtype=numpy.float32)
        tags[:, :, OUTSIDE] = 1.0
        for group in of_like_length(windows(syntax, quotations, paragraphs, self.tokenizer)):
            hidden, scores = self.encoder.run(None, padded(group))
            if vectors is None:
                vectors = numpy.zeros((syntax.length + 1, hidden.shape[-1]), dtype=numpy.float32)
            for row, window in enumerate(group):
                places = (window.tokens >= 0).nonzero()[0]
                tokens = window.tokens[places]
                vectors[tokens] = hidden[row, places]
                tags[tokens] = shares(scores[row, places].reshape(-1, ROLES, TAGS))
        if vectors is None:
            vectors = numpy.zeros((syntax.length + 1, 1), dtype=numpy.float32)
        return Encoded(vectors, tags, partial(self.take_up, vectors))

    def judge(self, encoded: Encoded, places: numpy.ndarray) -> numpy.ndarray:
        """Log odds that each candidate is right, and right to the word; `places` as `places_of` gives them."""
        vectors, first, last = encoded.vectors, places[:, 4], places[:, 5]
        sums = numpy.concatenate([numpy.zeros((1, vectors.shape[1]), dtype=numpy.float32), vectors.cumsum(0)])
        mean = (sums[last + 1] - sums[first]) / (last + 1 - first)[:, None]
        chosen = vectors[places].reshape(len(places), -1)
        return self.candidates.run(None, {"places": chosen, "mean": mean.astype(numpy.float32)})[0]

    def take_up(self, vectors: numpy.ndarray, head: int, before: Sequence[int], apart: Sequence[int]) -> numpy.ndarray:
        """How well each of some earlier words fits a pronoun or description; `apart` counts sentences between."""
        taken = vectors[list(before)]
        taking = numpy.repeat(vectors[head][None], len(taken), 0)
        ranges = numpy.minimum(numpy.array(apart, dtype=numpy.int64), FURTHEST)
        return self.antecedents.run(None, {"taking": taking, "taken": taken, "apart": ranges})[0]


def session(path: Path) -> Any:
    """One graph, to be run on one thread.

    Raises:
        OSError: the file is missing.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # memory goes back after each text
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(path.read_bytes(), options, providers=["CPUExecutionProvider"])


def of_like_length(found: list[Window]) -> Iterable[list[Window]]:
    """Windows in batches, those of like length together; on one thread larger ones gain nothing."""
    return ([window] for window in sorted(found, key=lambda window: len(window.pieces)))


def padded(group: list[Window]) -> dict[str, numpy.ndarray]:
    """A batch as the encoder takes it."""
    longest = max(len(window.pieces) for window in group)
    pieces, shapes, mask = (numpy.zeros((len(group), longest), dtype=numpy.int64) for _ in range(3))
    for row, window in enumerate(group):
        size = len(window.pieces)
        pieces[row, :size], shapes[row, :size], mask[row, :size] = window.pieces, window.shapes, 1
    return {"pieces": pieces, "shapes": shapes, "mask": mask}


def shares(scores: numpy.ndarray) -> numpy.ndarray:
    """Scores of tags as probabilities."""
    raised = numpy.exp(scores - scores.max(-1, keepdims=True))
    return raised / raised.sum(-1, keepdims=True)

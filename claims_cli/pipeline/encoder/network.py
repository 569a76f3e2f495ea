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
        self.width: int = self.encoder.get_outputs()[0].shape[-1]

    def read(self, syntax: Syntax, quotations: QuotationIndex, paragraphs: Iterable[int]) -> Encoded:
        """Some paragraphs of an article."""
        vectors = numpy.zeros((syntax.length + 1, self.width), dtype=numpy.float32)
        tags = numpy.zeros((syntax.length, ROLES, TAGS), dtype=numpy.float32)
        tags[:, :, OUTSIDE] = 1.0
        for window in windows(syntax, quotations, paragraphs, self.tokenizer):
            hidden, scores = self.encoder.run(None, taken(window))
            places = (window.tokens >= 0).nonzero()[0]
            tokens = window.tokens[places]
            vectors[tokens] = hidden[0, places]
            tags[tokens] = shares(scores[0, places].reshape(-1, ROLES, TAGS))
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


def taken(window: Window) -> dict[str, numpy.ndarray]:
    """A window as the encoder takes it: a batch of one, for on one thread larger ones gain nothing."""
    return {"pieces": window.pieces[None], "shapes": window.shapes[None], "mask": numpy.ones_like(window.pieces)[None]}


def shares(scores: numpy.ndarray) -> numpy.ndarray:
    """Scores of tags as probabilities."""
    raised = numpy.exp(scores - scores.max(-1, keepdims=True))
    return raised / raised.sum(-1, keepdims=True)

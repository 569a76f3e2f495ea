"""The networks of a spaCy model made quicker without a change of what they compute."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from typing import Any

import numpy
from spacy.language import Language
from thinc.api import Model, NumpyOps, get_current_ops, use_ops
from thinc.types import Ragged
from threadpoolctl import ThreadpoolController

READ = ["extract_features", "list2ragged"]
EMBEDDED = "with_array"
WRITTEN = ["ragged2list"]


@contextmanager
def quick_arithmetic() -> Iterator[None]:
    """Models loaded inside multiply by numpy's own library, which knows more processors than thinc's (blis) does.

    On processors that blis has no code for, it takes three times as long. Other ways to compute (a graphics card, a
    Mac's own library) are left as they are.
    """
    if type(get_current_ops()) is not NumpyOps:
        yield
        return
    with use_ops("numpy", use_blis=False):
        yield


@cache
def libraries() -> ThreadpoolController:
    """The numeric libraries of this process."""
    return ThreadpoolController()


def one_thread() -> AbstractContextManager[Any]:
    """Let numeric libraries keep to one core: more of them gain little, and take from other processes."""
    return libraries().limit(limits=1, user_api="blas")


def share_words(nlp: Language) -> None:
    """Let the networks of a pipeline embed each distinct word of a batch once: most words stand there many times."""
    for name, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for part in model.walk() if isinstance(model, Model) and name in ("tok2vec", "ner") else ():
            names = [layer.name for layer in part.layers]
            is_embedding = names[:2] == READ and names[4:] == WRITTEN
            if is_embedding and all(name.startswith(EMBEDDED) for name in names[2:4]):
                part.layers[2:4] = [once_a_word([layer.layers[0] for layer in part.layers[2:4]])]


def once_a_word(layers: list[Model]) -> Model:
    """Layers that see one row of features at a time, run over the distinct rows only."""

    def forward(model: Model, features: Ragged, is_train: bool) -> tuple[Ragged, Any]:
        rows = numpy.ascontiguousarray(features.dataXd)
        if not len(rows):
            return Ragged(run(rows), features.lengths), None
        whole = rows.view(numpy.dtype((numpy.void, rows.dtype.itemsize * rows.shape[1]))).ravel()
        _, first, place = numpy.unique(whole, return_index=True, return_inverse=True)
        return Ragged(run(rows[first])[place], features.lengths), None

    def run(rows: Any) -> Any:
        for layer in layers:
            rows = layer.predict(rows)
        return rows

    return Model("once_a_word", forward, layers=layers)

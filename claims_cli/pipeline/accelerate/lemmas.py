"""The model's lemmatizer by rules, asked once for each kind of token: a word, its part of speech and its form.

spaCy's component asks again at every token, and keeps only what its rules changed.
"""

from typing import Any

import numpy
from spacy.attrs import LEMMA, MORPH, ORTH, POS
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language
from spacy.tokens import Doc

MOST_KNOWN = 20_000
Kind = tuple[int, int, int]


def can_remember(lemmatizer: Any) -> bool:
    """Whether a component is spaCy's own for English, which looks at what tells kinds apart and at nothing else."""
    is_known = type(lemmatizer) is EnglishLemmatizer and lemmatizer.mode == "rule"
    return is_known and not lemmatizer.overwrite


class LemmaSetter:
    """Pipeline component: sets what the lemmatizer would.

    Attributes:
        lemmatizer: which it stands in for; known: the lemma of each kind that was met, as its words.
    """

    def __init__(self) -> None:
        self.lemmatizer: Any = None
        self.known: dict[Kind, str] = {}

    def __call__(self, doc: Doc) -> Doc:
        rows = doc.to_array([ORTH, POS, MORPH, LEMMA])
        kinds = [(orth, pos, morph) for orth, pos, morph, _ in rows.tolist()]
        found: dict[Kind, int] = {}
        for index, kind in enumerate(kinds):
            if kind not in found:  # a word's number is known to a memory zone only once its string was added there
                found[kind] = doc.vocab.strings.add(self.lemma(doc, index, kind))
        lemmas = numpy.array([found[kind] for kind in kinds], dtype="uint64")
        return doc.from_array([LEMMA], numpy.where(rows[:, 3] == 0, lemmas, rows[:, 3])) if kinds else doc

    def lemma(self, doc: Doc, index: int, kind: Kind) -> str:
        """The lemma of one kind of token."""
        if kind not in self.known:
            if len(self.known) > MOST_KNOWN:
                self.known.clear()
                self.lemmatizer.cache.clear()
            self.known[kind] = self.lemmatizer.lemmatize(doc[index])[0]
        return self.known[kind]


@Language.factory("claims_lemmas")
def make_lemmas(nlp: Language, name: str) -> LemmaSetter:
    """The component for `nlp.add_pipe`."""
    return LemmaSetter()

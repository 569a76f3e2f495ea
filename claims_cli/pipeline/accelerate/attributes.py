"""The model's attribute ruler (parts of speech from tags), asked once for each kind of token.

Nearly all of its patterns look at one token, and there at little: what they say of a token is kept for the next that is
like it. spaCy's component matches all of them at every token.
"""

from collections import defaultdict
from typing import Any

import numpy
from spacy.attrs import DEP, IS_SPACE, LEMMA, LOWER, MORPH, POS, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

READ = {"TAG": TAG, "LOWER": LOWER, "DEP": DEP, "IS_SPACE": IS_SPACE}
SET = (TAG, POS, MORPH, LEMMA, DEP)
MOST_KNOWN = 20_000
Kind = tuple[int, ...]


def can_remember(ruler: Any) -> bool:
    """Whether a component is a ruler whose patterns for one token look at what tells kinds apart, and set as much."""
    if type(ruler) is not AttributeRuler:
        return False
    looks = {key for entry in ruler.patterns if is_single(entry) for pattern in entry["patterns"] for key in pattern[0]}
    return looks <= READ.keys() and {name for attributes in ruler.attrs for name in attributes} <= set(SET)


def is_single(entry: dict[str, Any]) -> bool:
    """Whether an entry's patterns look at one token each."""
    return all(len(pattern) == 1 for pattern in entry["patterns"])


class AttributeSetter:
    """Pipeline component: sets what the ruler would.

    Attributes:
        known: what is set at tokens of a kind, by (tag, word, dependency, white space): row of `values` and `is_set`.
    """

    def __init__(self, nlp: Language):
        self.vocab = nlp.vocab
        self.take(AttributeRuler(nlp.vocab))

    def take(self, ruler: AttributeRuler) -> None:
        """Stand in for a ruler."""
        self.attributes, self.indices = ruler.attrs, ruler.indices
        self.single, self.several = Matcher(self.vocab), Matcher(self.vocab)
        for number, entry in enumerate(ruler.patterns):
            (self.single if is_single(entry) else self.several).add(str(number), entry["patterns"])
        self.forget()

    def forget(self) -> None:
        """Begin anew, so that memory does not grow with the words there are."""
        self.known: dict[Kind, int] = {}
        self.numbers: list[list[int]] = []
        self.values = numpy.zeros((MOST_KNOWN, len(SET)), dtype="uint64")
        self.is_set = numpy.zeros((MOST_KNOWN, len(SET)), dtype=bool)

    def __call__(self, doc: Doc) -> Doc:
        kinds = [tuple(kind) for kind in doc.to_array(list(READ.values())).tolist()]
        if len(self.known) + len(set(kinds) - self.known.keys()) > MOST_KNOWN:
            self.forget()
        for index, kind in enumerate(kinds):
            if kind not in self.known:
                self.learn(doc, index, kind)
        rows = [self.known[kind] for kind in kinds]
        before = doc.to_array(list(SET))
        after = numpy.where(self.is_set[rows], self.values[rows], before)
        for index, numbers in self.by_several(doc).items():
            for number in sorted([*numbers, *self.numbers[rows[index]]]):
                for name, value in self.attributes[number].items():
                    after[index, SET.index(name)] = value
        return doc.from_array(list(SET), after)

    def learn(self, doc: Doc, index: int, kind: Kind) -> None:
        """Ask the patterns for one token about a kind; later ones have precedence."""
        found = self.single(doc[index : index + 1], allow_missing=True)
        row = self.known[kind] = len(self.known)
        self.numbers.append(sorted({int(self.vocab.strings[match]) for match, _, _ in found}))
        for number in self.numbers[row]:
            for name, value in self.attributes[number].items():
                self.values[row, SET.index(name)] = value
                self.is_set[row, SET.index(name)] = True

    def by_several(self, doc: Doc) -> dict[int, list[int]]:
        """The patterns for several tokens that match, by the token that they set."""
        found: dict[int, list[int]] = defaultdict(list)
        for match, start, end in self.several(doc, allow_missing=True):
            number = int(self.vocab.strings[match])
            index = self.indices[number]
            found[end + index if index < 0 else start + index].append(number)
        return found


@Language.factory("claims_attributes")
def make_attributes(nlp: Language, name: str) -> AttributeSetter:
    """The component for `nlp.add_pipe`."""
    return AttributeSetter(nlp)

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
    looks = {key for entry in ruler.patterns for pattern in entry["patterns"] for key in pattern[0]}
    return looks <= READ.keys() and {name for attributes in ruler.attrs for name in attributes} <= set(SET)


def is_single(entry: dict[str, Any]) -> bool:
    """Whether an entry's patterns look at one token each."""
    return all(len(pattern) == 1 for pattern in entry["patterns"])


class AttributeSetter:
    """Pipeline component: sets what the ruler would.

    Attributes:
        known: what is set at tokens of a kind, by (tag, word, dependency, white space): row of `values` and `is_set`.
        may_begin: whether a pattern for several tokens may begin with a token of a kind, by the same row.
    """

    def __init__(self, nlp: Language):
        self.vocab = nlp.vocab
        self.take(AttributeRuler(nlp.vocab))

    def take(self, ruler: AttributeRuler) -> None:
        """Stand in for a ruler."""
        self.attributes, self.indices = ruler.attrs, ruler.indices
        self.single, self.several, self.first = (Matcher(self.vocab) for _ in range(3))
        for number, entry in enumerate(ruler.patterns):
            (self.single if is_single(entry) else self.several).add(str(number), entry["patterns"])
            if not is_single(entry):
                self.first.add(str(number), [pattern[:1] for pattern in entry["patterns"]])
        self.longest = max((len(one) for entry in ruler.patterns for one in entry["patterns"]), default=0)
        self.forget()

    def forget(self) -> None:
        """Begin anew, so that memory does not grow with the words there are."""
        self.known: dict[Kind, int] = {}
        self.numbers: list[list[int]] = []
        self.may_begin: list[bool] = []
        self.values = numpy.zeros((MOST_KNOWN, len(SET)), dtype="uint64")
        self.is_set = numpy.zeros((MOST_KNOWN, len(SET)), dtype=bool)

    def __call__(self, doc: Doc) -> Doc:
        kinds = [tuple(kind) for kind in doc.to_array(list(READ.values())).tolist()]
        if len(self.known) + sum(kind not in self.known for kind in set(kinds)) > MOST_KNOWN:
            self.forget()
        for index, kind in enumerate(kinds):
            if kind not in self.known:
                self.learn(doc, index, kind)
        rows = [self.known[kind] for kind in kinds]
        before = doc.to_array(list(SET))
        after = numpy.where(self.is_set[rows], self.values[rows], before)
        starts = [index for index, row in enumerate(rows) if self.may_begin[row]]
        for index, numbers in self.by_several(doc, starts).items():
            for number in sorted([*numbers, *self.numbers[rows[index]]]):
                for name, value in self.attributes[number].items():
                    after[index, SET.index(name)] = value
        return doc.from_array(list(SET), after)

    def learn(self, doc: Doc, index: int, kind: Kind) -> None:
        """Ask the patterns for one token about a kind; later ones have precedence."""
        found = self.single(doc[index : index + 1], allow_missing=True)
        row = self.known[kind] = len(self.known)
        self.numbers.append(sorted({int(self.vocab.strings[match]) for match, _, _ in found}))
        self.may_begin.append(bool(self.first(doc[index : index + 1], allow_missing=True)))
        for number in self.numbers[row]:
            for name, value in self.attributes[number].items():
                self.values[row, SET.index(name)] = value
                self.is_set[row, SET.index(name)] = True

    def by_several(self, doc: Doc, starts: list[int]) -> dict[int, list[int]]:
        """The patterns for several tokens that match where they may begin, by the token that they set."""
        found: dict[int, list[int]] = defaultdict(list)
        for begin in starts:
            for match, start, end in self.several(doc[begin : begin + self.longest], allow_missing=True):
                number = int(self.vocab.strings[match])
                index = self.indices[number]
                if start == 0:
                    found[begin + (end + index if index < 0 else index)].append(number)
        return found


@Language.factory("claims_attributes")
def make_attributes(nlp: Language, name: str) -> AttributeSetter:
    """The component for `nlp.add_pipe`."""
    return AttributeSetter(nlp)

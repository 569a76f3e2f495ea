"""The model's entity recognizer, decoded for many words at once.

What spaCy's decoder (`TransitionBasedParser`, BILUO moves) does at a word depends on three words at most: the word,
and inside an entity its first and its last one. So outside of entities all words of a batch are scored together, and
entities are followed all at once, a word a step. Moves, scores and constraints are spaCy's, and so are the entities; it
decides word by word, which takes several times as long.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy
from spacy.attrs import ENT_IOB, IS_SPACE, SENT_START
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span
from spacy.util import minibatch

MOVES = ("B", "I", "L", "U")
STATE_WORDS = 3
Entity = tuple[int, int, str]


def can_decode(recognizer: Any) -> bool:
    """Whether a component is a recognizer as spaCy's small and middle models have it."""
    if type(recognizer) is not EntityRecognizer or recognizer.cfg.get("beam_width", 1) != 1:
        return False
    model = recognizer.model
    plain = model.name == "parser_model" and model.attrs.get("has_upper") and not model.attrs.get("unseen_classes")
    lower = model.get_ref("lower") if plain else None
    names = set(moves_of(recognizer))
    complete = all(f"{move}-{label}" in names for label in recognizer.labels for move in MOVES)
    return lower is not None and lower.get_dim("nF") == STATE_WORDS and "O" in names and complete


def moves_of(recognizer: EntityRecognizer) -> list[str]:
    """The names of the moves that are scored (`B-ORG`, `O`), in their order."""
    return [recognizer.moves.get_class_name(number) for number in range(recognizer.moves.n_moves)]


class EntityDecoder:
    """Pipeline component: sets the entities of documents, as the recognizer would.

    Attributes:
        recognizer: the component of the model, which is disabled; set before the first document.
    """

    recognizer: EntityRecognizer

    def __call__(self, doc: Doc) -> Doc:
        self.recognize([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], batch_size: int = 128) -> Iterator[Doc]:
        """Set the entities of documents in batches."""
        for batch in minibatch(stream, size=batch_size):
            self.recognize(batch)
            yield from batch

    def recognize(self, docs: list[Doc]) -> None:
        """Set the entities of a batch; documents that hold entities already are left to the recognizer."""
        empty = [doc for doc in docs if len(doc) and not doc.to_array(ENT_IOB).any()]
        others = [doc for doc in docs if len(doc) and doc.to_array(ENT_IOB).any()]
        if others:
            self.recognizer.set_annotations(others, self.recognizer.predict(others))
        if empty:
            decoding = Decoding(self.recognizer, empty)
            for doc, entities in zip(empty, decoding.entities(), strict=True):
                doc.set_ents([Span(doc, *entity) for entity in entities], default="outside")


class Decoding:
    """One batch of documents, their words in one row."""

    def __init__(self, recognizer: EntityRecognizer, docs: list[Doc]):
        model = recognizer.model
        self.lower, self.upper = model.get_ref("lower"), model.get_ref("upper")
        words = model.get_ref("tok2vec").predict(docs)
        parts = self.lower.predict(words)  # one row a word, the first for no word: what it adds in each of its places
        self.parts = parts.reshape(parts.shape[0], STATE_WORDS, -1)
        self.lengths = [len(doc) for doc in docs]
        self.names = moves_of(recognizer)
        self.place = {name: number for number, name in enumerate(self.names)}
        self.labels = recognizer.labels
        self.read_words(docs)

    def read_words(self, docs: list[Doc]) -> None:
        """What bounds entities: white space does not begin one, the end of a sentence ends one."""
        self.is_space = numpy.concatenate([doc.to_array(IS_SPACE) for doc in docs]).astype(bool)
        self.is_last = numpy.zeros(len(self.is_space), dtype=bool)
        end = 0
        for doc in docs:
            starts = doc.to_array(SENT_START).astype("int64") == 1
            self.is_last[end : end + len(doc) - 1] = starts[1:]
            end += len(doc)
            self.is_last[end - 1] = True

    def scores(self, word: Any, first: Any = None, before: Any = None) -> Any:
        """The score of each move at words, inside entities that begin at `first` or outside of any (None)."""
        summed = self.parts[word + 1, 0]
        summed += self.parts[0 if first is None else first + 1, 1]  # in spaCy's order, so that sums are the same
        summed += self.parts[0 if before is None else before + 1, 2]
        summed += self.lower.get_param("b").ravel()
        hidden, pieces = self.lower.get_dim("nO"), self.lower.get_dim("nP")
        return self.upper.predict(summed.reshape(len(word), hidden, pieces).max(axis=2))

    def entities(self) -> Iterator[list[Entity]]:
        """The entities of each document: first token, end, label."""
        moves = self.moves_outside()
        ends = self.ends_of(numpy.flatnonzero([self.names[move][0] == "B" for move in moves]), moves)
        offset = 0
        for length in self.lengths:
            found, index = [], offset
            while index < offset + length:
                end = ends.get(index, index + 1)
                if self.names[moves[index]] != "O":
                    found.append((index - offset, end - offset, self.names[moves[index]][2:]))
                index = end
            yield found
            offset += length

    def moves_outside(self) -> Any:
        """The best move at each word, if no entity is open there."""
        scores = self.scores(numpy.arange(len(self.is_space)))
        begins = numpy.array([self.place[f"B-{label}"] for label in self.labels])
        allowed = numpy.zeros(scores.shape[1], dtype=bool)
        allowed[[self.place["O"], *begins, *(self.place[f"U-{label}"] for label in self.labels)]] = True
        scores[:, ~allowed] = -numpy.inf
        scores[numpy.ix_(self.is_last, begins)] = -numpy.inf
        scores[self.is_space] = -numpy.inf
        scores[self.is_space, self.place["O"]] = 0
        return scores.argmax(axis=1)

    def ends_of(self, starts: Any, moves: Any) -> dict[int, int]:
        """Where the entities end (exclusive) that begin at words of several, by their first word."""
        inside = numpy.array([self.place.get(f"I-{name[2:]}", 0) for name in self.names])
        last = numpy.array([self.place.get(f"L-{name[2:]}", 0) for name in self.names])
        found: dict[int, int] = {}
        at = starts + 1
        while len(starts):
            scores = self.scores(at, starts, at - 1)
            rows, move = numpy.arange(len(at)), moves[starts]
            stay, leave = scores[rows, inside[move]], scores[rows, last[move]]
            first_wins = inside[move] < last[move]  # of equal moves spaCy takes the first
            goes_on = ((stay > leave) | ((stay == leave) & first_wins)) & ~self.is_last[at]
            found.update(zip(starts[~goes_on].tolist(), (at[~goes_on] + 1).tolist(), strict=True))
            starts, at = starts[goes_on], at[goes_on] + 1
        return found


@Language.factory("claims_entities")
def make_entities(nlp: Language, name: str) -> EntityDecoder:
    """The component for `nlp.add_pipe`."""
    return EntityDecoder()

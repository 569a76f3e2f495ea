"""A parsed `Doc` as plain Python lists, which pattern matching reads some hundred times a token."""

from bisect import bisect_left
from functools import cached_property
from itertools import pairwise

import numpy
from spacy.attrs import DEP, ENT_TYPE, HEAD, IDX, LEMMA, LENGTH, LOWER, POS, SENT_START, TAG
from spacy.tokens import Doc

from claims_cli.pipeline.parse.paragraphs import paragraph_starts
from claims_cli.pipeline.parse.reading import Reading
from claims_cli.rulebook.spellings import Spellings

MOST_DEPTH = 200


class Syntax:
    """Attributes, heads, children and subtree edges of every token of a `Doc`, indexed by token.

    Attributes:
        text: the text that was parsed; surface: the same with the capitals that its headlines have on the page.
        start, end: places of each token in it; `span` gives those in the text as it is.
        lemma, lower, pos, tag, dep, ent_type: strings, one a token; `lemma` in lower case.
        head: index of the head; a root is its own.
        children: indices of the children, in order.
        left, right: indices of the first and last token of the subtree.
        sentence: index of the sentence's first token; sentence_end is exclusive; sentence_number counts from 0.
        paragraph: number of the paragraph, counted from 0; paragraph_starts: its first tokens.
        roots: index of each sentence's first root by the sentence's first token.
        subjects: what `subjects_of` found, by token.
    """

    def __init__(self, doc: Doc, reading: Reading | None = None, spellings: Spellings | None = None):
        """`spellings`: the lemmas of words of which the model makes others."""
        self.doc = doc
        self.length = len(doc)
        self.text = doc.text
        self.reading = reading or Reading(self.text, range(len(self.text)))
        self.surface = self.reading.text
        strings = doc.vocab.strings

        def words(attribute: int, in_lower_case: bool = False) -> list[str]:
            keys = doc.to_array(attribute).tolist()
            known = {key: strings[key] if key else "" for key in set(keys)}
            if in_lower_case:
                known = {key: word.lower() for key, word in known.items()}
            return [known[key] for key in keys]

        self.lemma = words(LEMMA, in_lower_case=True)
        self.lower = words(LOWER)
        self.pos = words(POS)
        if spellings is not None:
            read = zip(self.lower, self.lemma, self.pos, strict=True)
            self.lemma = [spellings.lemma(word, lemma, pos == "VERB") for word, lemma, pos in read]
        self.tag = words(TAG)
        self.dep = words(DEP)
        self.ent_type = words(ENT_TYPE)
        self.start = doc.to_array(IDX).tolist()
        lengths = doc.to_array(LENGTH).tolist()
        self.end = [start + length for start, length in zip(self.start, lengths, strict=True)]
        self.subjects: dict[int, list[int]] = {}
        self._read_tree()
        self._read_sentences()

    def _read_tree(self) -> None:
        # spaCy stores heads as offsets in unsigned numbers, in which a sum runs over as it should
        self.head: list[int] = (self.doc.to_array(HEAD) + numpy.arange(self.length, dtype="uint64")).tolist()
        self._read_days()
        self.children: list[list[int]] = [[] for _ in range(self.length)]
        for index, head in enumerate(self.head):
            if head != index:
                self.children[head].append(index)
        self.left, self.right = list(range(self.length)), list(range(self.length))
        for index in range(self.length):
            above = self.head[index]
            steps = 0
            while steps < MOST_DEPTH:
                if self.left[above] > index:
                    self.left[above] = index
                if self.right[above] < index:
                    self.right[above] = index
                if self.head[above] == above:
                    break
                above, steps = self.head[above], steps + 1

    def _read_days(self) -> None:
        """Take a day behind a preposition off the name right behind it (`On Friday Eva Brandt denied`)."""
        for index in range(1, self.length - 1):
            name, before = self.head[index], index - 1
            if self.ent_type[index] != "DATE" or self.dep[index] != "compound" or self.dep[before] != "prep":
                continue
            if not index < name or any(self.pos[at] != "PROPN" for at in range(index + 1, name + 1)):
                continue
            verb = self.head[before]
            if (self.dep[name], self.head[name]) == ("pobj", before) and name < verb:
                self._make_subject(name, verb)
            if self.dep[name] == "nsubj":
                self.dep[index], self.head[index] = "pobj", before

    def _make_subject(self, name: int, verb: int) -> None:
        """Make a name the subject of a verb, and what the parser took for that the next of its list behind an `and`."""
        own = [at for at in range(name + 1, verb) if self.head[at] == verb and self.dep[at] == "nsubj"]
        joined = [at for at in range(name + 1, own[0]) if self.head[at] == name and self.dep[at] == "cc"] if own else []
        if joined:
            self.dep[own[0]], self.head[own[0]] = "conj", name
        self.dep[name], self.head[name] = "nsubj", verb

    def _read_sentences(self) -> None:
        starts = (self.doc.to_array(SENT_START) == 1).nonzero()[0].tolist()
        if not starts or starts[0] != 0:
            starts.insert(0, 0)
        self.sentence = [0] * self.length
        self.sentence_end = [0] * self.length
        self.sentence_number = [0] * self.length
        for number, (first, end) in enumerate(zip(starts, [*starts[1:], self.length], strict=True)):
            self.sentence_number[first:end] = [number] * (end - first)
            self.sentence[first:end] = [first] * (end - first)
            self.sentence_end[first:end] = [end] * (end - first)
        self.roots: dict[int, int] = {}
        for index, head in enumerate(self.head):
            if head == index:
                self.roots.setdefault(self.sentence[index], index)
        self.paragraph_starts = paragraph_starts(self.doc) or ([0] if self.length else [])
        self.paragraph = paragraph_numbers(self.paragraph_starts, self.length)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of tokens as code points of the text as it is."""
        return self.reading.span(self.start[start], self.end[end - 1])

    def is_heading(self, index: int) -> bool:
        """Whether a token's sentence ends without punctuation, as a headline or a caption does."""
        last = self.sentence_end[index] - 1
        while last > index and self.pos[last] == "SPACE":
            last -= 1
        return self.pos[last] != "PUNCT"

    @cached_property
    def shape(self) -> list[str]:
        """How each token is written, as spaCy has it."""
        return [token.shape_ for token in self.doc]

    @cached_property
    def known_as(self) -> list[str]:
        """The entity type of each token; PERSON for a word with a capital that is part of a person's name anywhere."""
        named = [kind == "PERSON" and pos == "PROPN" for kind, pos in zip(self.ent_type, self.pos, strict=True)]
        persons = {self.lower[index] for index in range(self.length) if named[index] and self.is_capital(index)}
        return [
            "PERSON" if self.lower[index] in persons and self.is_capital(index) else self.ent_type[index]
            for index in range(self.length)
        ]

    def is_capital(self, index: int) -> bool:
        """Whether a token begins with a capital on the page."""
        return self.surface[self.start[index]].isupper()

    @cached_property
    def brackets(self) -> list[tuple[int, int]]:
        """The tokens of each pair of round brackets that opens and closes in one paragraph, in the order they open."""
        opened: list[int] = []
        pairs: list[tuple[int, int]] = []
        for index, word in enumerate(self.lower):
            if word == "(":
                opened.append(index)
            elif word == ")" and opened:
                first = opened.pop()
                if self.paragraph[first] == self.paragraph[index]:
                    pairs.append((first, index))
        return sorted(pairs)

    def child(self, index: int, *deps: str) -> int | None:
        """The first child with one of the dependency labels, or None."""
        for child in self.children[index]:
            if self.dep[child] in deps:
                return child
        return None

    def post_start(self, index: int) -> int:
        """The first token of the post, in a live blog, in which a token stands; 0 where it stands in none."""
        post = self.reading.block_at(self.start[index], "post")
        if post is None:
            return 0
        return bisect_left(self.start, bisect_left(self.reading.places, post.start))

    def subtree(self, index: int) -> list[int]:
        """The tokens under and including `index`, in order."""
        found, waiting = [], [index]
        while waiting:
            at = waiting.pop()
            found.append(at)
            waiting.extend(self.children[at])
        return sorted(found)

    def is_under(self, index: int, ancestor: int) -> bool:
        """Whether `ancestor` is `index` or stands above it."""
        while index != ancestor:
            if self.head[index] == index:
                return False
            index = self.head[index]
        return True


def paragraph_numbers(starts: list[int], length: int) -> list[int]:
    """For each token the number of its paragraph; white space before the first one belongs to it."""
    numbers: list[int] = []
    for number, (first, end) in enumerate(pairwise([0, *(start for start in starts if start), length])):
        numbers += [number] * (end - first)
    return numbers

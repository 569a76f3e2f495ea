"""The figures: how many claims were found, and how many of those that were found are right.

They are those of PolNeAR's scorer (the corpus: Newell, Margolin and Ruths, "An Attribution Relations Corpus for
Political News", LREC 2018), counted over all texts together:

- detection: a found content is that of an annotated one, paired one to one, where Dice's coefficient of their word
  tokens is 0.5 or more;
- attribution: so paired, and the sources are the same: their words overlap by 0.5 or more, or the words of one hold
  those of the other, or neither has a source;
- exact: an attribution whose contents have the same word tokens, quotation marks, punctuation and a leading "that" set
  aside;
- tokens: the word tokens that stand in some content, annotated against found.

Beside them stand, not in that scorer:

- strict source, cue and content: spans of that role that are the same to the character, white space at their edges and
  between their pieces set aside, whichever claim they belong to; a span of several pieces counts as one;
- the share of further fields that are right, over the pairs whose annotation states the field and one of which at least
  has a value.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from claims_cli.claim import Offsets
from claims_cli.evaluation.attributions import Attribution
from claims_cli.evaluation.fields import FIELDS, is_compared
from claims_cli.evaluation.pairing import Pair, pairs, worded
from claims_cli.evaluation.words import Words

ROLES = ("source", "cue", "content")


@dataclass
class Figure:
    """One figure over all texts; numbers of claims, word tokens or spans.

    Attributes:
        right: how many are both annotated and found.
        found: how many were found.
        gold: how many are annotated.
    """

    right: int = 0
    found: int = 0
    gold: int = 0

    def add(self, right: int, found: int, gold: int) -> None:
        """Count those of one more text."""
        self.right += right
        self.found += found
        self.gold += gold

    @property
    def precision(self) -> float:
        """The share of what was found that is annotated, from 0 to 1; 0 where nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of what is annotated that was found, from 0 to 1; 0 where nothing is annotated."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, from 0 to 1."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass
class Share:
    """How often a further field is right: `right` of the `compared` pairs."""

    right: int = 0
    compared: int = 0

    @property
    def share(self) -> float:
        """From 0 to 1; 0 where nothing was compared."""
        return self.right / self.compared if self.compared else 0.0


@dataclass
class Scores:
    """All figures of an evaluation; each text adds to them.

    Attributes:
        figures: detection, attribution, exact and tokens, by name.
        strict: source, cue and content to the character, by role.
        fields: the further fields that annotations state, by name.
    """

    figures: dict[str, Figure] = field(
        default_factory=lambda: {name: Figure() for name in ("detection", "attribution", "exact", "tokens")}
    )
    strict: dict[str, Figure] = field(default_factory=lambda: {role: Figure() for role in ROLES})
    fields: dict[str, Share] = field(default_factory=lambda: {name: Share() for name in FIELDS})

    def add(self, words: Words, gold: Sequence[Attribution], found: Sequence[Attribution]) -> list[Pair]:
        """Count one text, of its words, what is annotated and what was found; the pairs that the two make."""
        ours, theirs = ([worded(one, words) for one in side] for side in (gold, found))
        made = pairs(ours, theirs)
        right = {
            "detection": len(made),
            "attribution": sum(pair.same_source for pair in made),
            "exact": sum(pair.exact for pair in made),
        }
        for name, number in right.items():
            self.figures[name].add(number, len(found), len(gold))
        in_gold = frozenset().union(*(one.content for one in ours))
        in_found = frozenset().union(*(one.content for one in theirs))
        self.figures["tokens"].add(len(in_gold & in_found), len(in_found), len(in_gold))
        for role in ROLES:
            marked, extracted = spans(role, gold, words), spans(role, found, words)
            self.strict[role].add((marked & extracted).total(), extracted.total(), marked.total())
        for pair in made:
            self.add_fields(words, pair)
        return made

    def add_fields(self, words: Words, pair: Pair) -> None:
        """Count the fields of one pair that its annotation states."""
        found = pair.found.attribution.stated
        for name, annotated in pair.gold.attribution.stated.items():
            if is_compared(annotated, found[name]):
                self.fields[name].compared += 1
                self.fields[name].right += FIELDS[name].same(annotated, found[name], words)


def spans(role: str, attributions: Sequence[Attribution], words: Words) -> Counter[Offsets]:
    """The spans of one role, each as often as it is there."""
    found = (words.strict(getattr(one, role)) for one in attributions)
    return Counter(pieces for pieces in found if pieces)

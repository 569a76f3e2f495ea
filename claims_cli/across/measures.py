"""Numbers of a statement, and of what they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

from spacy.tokens import Token

from claims_cli.across.vocabulary import Vocabulary

TIMES = ("DATE", "TIME", "ORDINAL")
MONEY, SHARE = "money", "percent"
BEFORE = 4  # words before a number that may make it a bound


@dataclass(frozen=True)
class Measure:
    """A number of something.

    Attributes:
        low, high: between which it lies, both the number itself where nothing makes it a bound.
        of: the key of what is counted, `MONEY` or `SHARE`.
        told: the keys of the words that tell more of it.
        words: the number as it stands, and of what it is.
    """

    low: float
    high: float
    of: str
    told: frozenset[str]
    words: str

    def excludes(self, other: "Measure") -> bool:
        """Whether two numbers cannot both be right."""
        return self.high < other.low or other.high < self.low


def measures_of(tokens: Iterable[Token], vocabulary: Vocabulary) -> tuple[Measure, ...]:
    """The numbers among the words of a clause: no dates, no times, and none that is only near."""
    found = []
    for token in tokens:
        if token.pos_ == "NUM" and token.head.pos_ != "NUM" and token.ent_type_ not in TIMES:
            bounds = bounds_of(token, vocabulary)
            if bounds is not None:
                found.append(measure_of(token, bounds, vocabulary))
    return tuple(one for one in found if one is not None)


def value_of(token: Token, vocabulary: Vocabulary) -> float | None:
    """A number with those before it that multiply it (`2 million`)."""
    value = vocabulary.number(token.text)
    for child in token.lefts:
        if child.pos_ == "NUM" and value is not None:
            factor = vocabulary.number(child.text)
            value = None if factor is None else value * factor if value >= 100 else value + factor
    return value


def bounds_of(token: Token, vocabulary: Vocabulary) -> tuple[float, float] | None:
    """Between what a number lies (`at least 12`, `no more than 15`); None where it is only near, or none."""
    value = value_of(token, vocabulary)
    if value is None:
        return None
    first = min(token.left_edge.i, token.head.left_edge.i if token.dep_ == "nummod" else token.i)
    words = [word.lower_ for word in token.doc[max(0, first - BEFORE) : token.i]]
    before = f" {' '.join(words)} "
    for group, bounds in (("at_most", (-inf, value)), ("at_least", (value, inf))):
        if any(f" {words} " in before for words in vocabulary.words(group)):
            return bounds
    return None if vocabulary.words("bounds") & set(words[-2:]) else (value, value)


def measure_of(token: Token, bounds: tuple[float, float], vocabulary: Vocabulary) -> Measure | None:
    """A number with what is counted; None where no word tells that."""
    signs = {child.text for child in token.lefts} | {token.head.text, token.head.lemma_}
    beside = [child.text for child in token.lefts if child.pos_ in ("NUM", "SYM")]
    figures = "".join(beside) + token.text if "$" in beside[:1] else " ".join([*beside, token.text])
    if signs & vocabulary.words("money"):
        behind = f" {token.head.text}" if token.dep_ == "nummod" else ""
        return Measure(*bounds, MONEY, frozenset(), figures + behind)
    if signs & vocabulary.words("shares"):
        return Measure(*bounds, SHARE, frozenset(), f"{figures} {token.head.text}")
    counted = token.head
    if token.dep_ != "nummod" or counted.pos_ not in ("NOUN", "PROPN") or counted.ent_type_ in TIMES:
        return None
    around = (word for word in counted.subtree if word is not counted and word.is_alpha and not word.like_num)
    told = frozenset(vocabulary.key(word.lemma_) for word in around if vocabulary.tells(word.lower_))
    return Measure(*bounds, vocabulary.key(counted.lemma_.casefold()), told - {""}, f"{figures} {counted.text}")

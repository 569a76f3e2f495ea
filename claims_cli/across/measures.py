"""Numbers of a statement, and of what they are."""

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from claims_cli.across.vocabulary import Vocabulary

TIMES = ("DATE", "TIME", "ORDINAL")
MONEY, SHARE = "money", "percent"


@dataclass(frozen=True)
class Measure:
    """A number of something.

    Attributes:
        value: the number; of: the key of what is counted, `MONEY` or `SHARE`.
        told: the keys of the words that tell more of it.
        words: the number as it stands, and of what it is.
    """

    value: float
    of: str
    told: frozenset[str]
    words: str


def measures_of(tokens: Iterable[Token], vocabulary: Vocabulary) -> tuple[Measure, ...]:
    """The numbers among the words of a clause: no dates, no times, and none that is only a bound."""
    found = []
    for token in tokens:
        if token.pos_ == "NUM" and token.head.pos_ != "NUM" and token.ent_type_ not in TIMES:
            value = value_of(token, vocabulary)
            if value is not None and not is_bound(token, vocabulary):
                found.append(measure_of(token, value, vocabulary))
    return tuple(one for one in found if one is not None)


def value_of(token: Token, vocabulary: Vocabulary) -> float | None:
    """A number with those before it that multiply it (`2 million`)."""
    value = vocabulary.number(token.text)
    for child in token.lefts:
        if child.pos_ == "NUM" and value is not None:
            factor = vocabulary.number(child.text)
            value = None if factor is None else value * factor if value >= 100 else value + factor
    return value


def is_bound(token: Token, vocabulary: Vocabulary) -> bool:
    """Whether a word before a number makes it a bound (`at least 12`)."""
    first = min(token.left_edge.i, token.head.left_edge.i if token.dep_ == "nummod" else token.i)
    before = token.doc[max(0, first - 2) : token.i]
    return any(word.lower_ in vocabulary.words("bounds") for word in before)


def measure_of(token: Token, value: float, vocabulary: Vocabulary) -> Measure | None:
    """A number with what is counted; None where no word tells that."""
    signs = {child.text for child in token.lefts} | {token.head.text, token.head.lemma_}
    beside = [child.text for child in token.lefts if child.pos_ in ("NUM", "SYM")]
    figures = "".join(beside) + token.text if "$" in beside[:1] else " ".join([*beside, token.text])
    if signs & vocabulary.words("money"):
        return Measure(value, MONEY, frozenset(), figures)
    if signs & vocabulary.words("shares"):
        return Measure(value, SHARE, frozenset(), f"{figures} {token.head.text}")
    counted = token.head
    if token.dep_ != "nummod" or counted.pos_ not in ("NOUN", "PROPN") or counted.ent_type_ in TIMES:
        return None
    around = (word for word in counted.subtree if word is not counted and word.is_alpha)
    told = frozenset(vocabulary.key(word.lemma_) for word in around if vocabulary.tells(word.lower_))
    return Measure(value, vocabulary.key(counted.lemma_.casefold()), told - {""}, f"{figures} {counted.text}")

"""The words by which statements are compared, from the lexicons `disputes`, `opposites`, `synonyms` and `numbers`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product

from claims_cli.across.wording import LEAST_FOR_ENDING
from claims_cli.rulebook import load_lexicon
from claims_cli.rulebook.origins import SHIPPED, RuleSources

OWN = ("disputes", "opposites", "synonyms", "suppositions")  # lexicons that only serve to compare
LEXICONS = (*OWN, "numbers", "reference", "people", "same_endings")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d[\d.,]*")
POSSESSIVE = re.compile(r"['’]s?$")
FEWEST_LETTERS = 2


@lru_cache(maxsize=1)
def stemmer():
    """Porter's second stemmer for English."""
    from snowballstemmer import stemmer as named  # seldom needed, and takes a moment

    return named("english")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """What the forms of a word have in common: `dump` of `dumping`."""
    return stemmer().stemWord(POSSESSIVE.sub("", word.casefold()))


@dataclass(frozen=True)
class Vocabulary:
    """The groups of words, by `lexicon.group`.

    Attributes:
        groups: the words as they stand in the lexicons.
    """

    groups: Mapping[str, frozenset[str]]

    @classmethod
    def load(cls, sources: RuleSources = SHIPPED) -> "Vocabulary":
        """The words of a rulebook.

        Raises:
            RulebookError: something in its lexicons is wrong.
        """
        return cls({group: words for name in LEXICONS for group, words in load_lexicon(name, sources).items()})

    def words(self, group: str) -> frozenset[str]:
        """The words of a group of the lexicon `disputes`, or of another where its name is given too."""
        return self.groups[group if "." in group else f"disputes.{group}"]

    @cached_property
    def negators(self) -> frozenset[str]:
        """Words that negate what they stand beside."""
        return self.words("reference.negation") | self.words("negators")

    @cached_property
    def turning(self) -> frozenset[str]:
        """Keys of words that deny what stands below them, or say that it is not so or was not done."""
        return frozenset(self.key(word) for group in ("denying", "failing", "untrue") for word in self.words(group))

    @cached_property
    def endings(self) -> list[tuple[str, str]]:
        """Endings that are written in two ways, each with the standing one, the longest first."""
        pairs = [(word, name) for name, words in self.named("same_endings") for word in words]
        return sorted(pairs, key=lambda pair: (-len(pair[0]), pair))

    @cached_property
    def common(self) -> frozenset[str]:
        """Words that no statement is about."""
        return self.words("common")

    @cached_property
    def same(self) -> dict[str, str]:
        """By the stem of a word the stem of the one that stands for all that say the same."""
        return {
            stem(self.spelled(word)): stem(self.spelled(name))
            for name, words in self.named("synonyms") for word in words
        }  # fmt: skip

    @cached_property
    def opposites(self) -> frozenset[tuple[str, str]]:
        """Keys that cannot both be said of one thing, each pair in both directions."""
        pairs = {(self.key(name), self.key(word)) for name, words in self.named("opposites") for word in words}
        return frozenset(pairs | {(other, one) for one, other in pairs})

    @cached_property
    def appraisals(self) -> frozenset[tuple[str, str]]:
        """Keys of words of praise and of blame, each pair in both directions: who says one does not mean the other."""
        praise, blame = (set(map(self.key, self.words(group))) for group in ("praising", "faulting"))
        pairs = set(product(praise, blame))
        return frozenset(pairs | {(other, one) for one, other in pairs})

    @cached_property
    def opposed(self) -> frozenset[str]:
        """Keys that have an opposite."""
        return frozenset(one for one, _ in self.opposites | self.appraisals)

    def are_appraisals(self, one: str, other: str) -> bool:
        """Whether two words are against each other only as praise and blame."""
        return (one, other) in self.appraisals and (one, other) not in self.opposites

    def are_opposed(self, one: str, other: str) -> bool:
        """Whether two words are against each other."""
        return (one, other) in self.opposites or (one, other) in self.appraisals

    @cached_property
    def values(self) -> dict[str, float]:
        """Numbers by the words for them."""
        return {word: float(value) for value, words in self.named("numbers") for word in words}

    def named(self, lexicon: str) -> list[tuple[str, frozenset[str]]]:
        """The groups of a lexicon by their bare names."""
        start = f"{lexicon}."
        return sorted(
            (name.removeprefix(start), words) for name, words in self.groups.items() if name.startswith(start)
        )

    def key(self, word: str) -> str:
        """What a word is compared by: its stem, or that of the word that stands for it."""
        found = stem(self.spelled(word))
        return self.same.get(found, found)

    def spelled(self, word: str) -> str:
        """A word with the ending that stands for the ways of writing it (`harbour`, `harbor`)."""
        if len(word) >= LEAST_FOR_ENDING:
            for ending, standing in self.endings:
                if word.endswith(ending):
                    return word.removesuffix(ending) + standing
        return word

    def keys(self, text: str) -> frozenset[str]:
        """What the words of a text are compared by, those left out that no statement is about."""
        words = (POSSESSIVE.sub("", word) for word in WORD.findall(text.casefold()))
        return frozenset(self.key(word) for word in words if self.tells(word))

    def tells(self, word: str) -> bool:
        """Whether a word, in small letters, can be what a statement is about."""
        return len(word) >= FEWEST_LETTERS and word not in self.common and not word[0].isdigit()

    def number(self, word: str) -> float | None:
        """The number that a word or figures stand for."""
        bare = word.casefold().replace(",", "").rstrip(".")
        if bare in self.values:
            return self.values[bare]
        try:
            return float(bare)
        except ValueError:
            return None

"""Hyphens at line ends: whether a word was broken there (`com-` / `pany`) or has one anyway (`well-` / `known`)."""

import re
from collections.abc import Callable, Collection
from itertools import chain

from spacy.language import Language

BEFORE = re.compile(r"(?<![^\W_])([^\W_]+)-$")
BEHIND = re.compile(r"[^\W_]+")
MOST = 40  # characters of a word that is looked at
Knows = Callable[[str], bool]


class Dictionary:
    """Whether words are English, as the tables of a model's lemmatizer tell.

    Args:
        lemmas: words in small letters, and forms that no rule makes; endings: (of a form, of its lemma).
    """

    def __init__(self, lemmas: Collection[str], endings: Collection[tuple[str, str]]):
        self.lemmas = lemmas
        self.endings = endings

    @classmethod
    def of(cls, nlp: Language) -> "Dictionary":
        """That of a model; of one without such tables one that knows no word."""
        lemmatizer = nlp.get_pipe("lemmatizer") if "lemmatizer" in nlp.component_names else None
        lookups = getattr(lemmatizer, "lookups", None)

        def table(name: str) -> list:
            return list(lookups.get_table(name).values()) if lookups and lookups.has_table(name) else []

        lemmas = frozenset(chain.from_iterable([*table("lemma_index"), *table("lemma_exc")]))
        return cls(lemmas, {(old, new) for rules in table("lemma_rules") for old, new in rules if old.isalpha()})

    def knows(self, word: str) -> bool:
        """Whether a word in small letters is one of them, or a form of one."""
        return word in self.lemmas or any(
            word.endswith(old) and word[: -len(old)] + new in self.lemmas for old, new in self.endings
        )


class Hyphens:
    """Tells of the hyphens at the line ends of a page whether a word was broken there.

    Args:
        knows: whether a word in small letters is English.
    """

    def __init__(self, page: str, knows: Knows):
        self.page = page.lower()
        self.knows = knows

    def kept(self, end: int, first: int) -> bool | None:
        """Whether the hyphen before `end`, a line's end, is part of a word that goes on at `first`; None for no hyphen.

        The page itself tells where it has the word once more; then the dictionary.
        """
        before = BEFORE.search(self.page[max(0, end - MOST) : end])
        behind = BEHIND.match(self.page, first, first + MOST)
        if before is None or behind is None:
            return None
        stem, rest = before[1], behind[0]
        for word, is_kept in ((stem + rest, False), (f"{stem}-{rest}", True)):
            if re.search(rf"\b{re.escape(word)}\b", self.page):
                return is_kept
        if self.knows(stem + rest):
            return False
        return not stem.isalpha() or (self.knows(stem) and self.knows(rest))

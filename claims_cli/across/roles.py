"""What kind of voice a speaker is: official, expert, business, … by the noun of a title or description.

The classes and their nouns stand in `rules/lexicons/role_classes.yaml`, which users change. Nothing is guessed: a
speaker of whom nothing but a name is known is `unknown`, and one whose title is in no class is `other`.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from claims_cli.names import folded_name
from claims_cli.rulebook import SHIPPED, RuleSources, load_lexicon

CLASSES, WORDS = "role_classes", "role_words"
OTHER, UNKNOWN = "other", "unknown"
NAMED_BY_NOUN = frozenset({"organization", "group"})  # whose names tell what they are: `Ministry of Health`
GOVERNMENT = "government"  # of whose class a state is that speaks
PARTS = re.compile(r"[,;:()\[\]–—]")
ENDINGS = (("ies", "y"), ("men", "man"), ("women", "woman"), ("es", ""), ("s", ""))


@dataclass(frozen=True)
class RoleTable:
    """Nouns by class, and the words by which the noun of a title is found.

    Attributes:
        classes: the class of each noun, both folded as names are; nouns may have several words.
        words: the groups of `role_words.yaml`.
    """

    classes: Mapping[str, str]
    words: Mapping[str, frozenset[str]]

    @classmethod
    def load(cls, sources: RuleSources = SHIPPED) -> "RoleTable":
        """That of a rulebook; a word that users put into a class leaves the one that it had.

        Raises:
            RulebookError: a file is broken.
            UsageError: a path that was given does not exist.
        """
        shipped = load_lexicon(CLASSES, RuleSources(sources.base))
        classes = dict(pairs(shipped))
        classes |= pairs({group: words - shipped.get(group, set()) for group, words in theirs(CLASSES, sources)})
        words = {group.partition(".")[2]: frozenset(map(folded_name, own)) for group, own in theirs(WORDS, sources)}
        pronouns = (group.partition(".")[2] for group, _ in theirs("pronouns", sources))
        return cls(classes, {**words, "pronouns": frozenset(pronouns)})

    @property
    def names(self) -> list[str]:
        """Every class that there is, without doubles."""
        return [*dict.fromkeys(self.classes.values()), OTHER, UNKNOWN]

    @cached_property
    def longest(self) -> int:
        """The number of words of the longest noun."""
        return max((len(noun.split()) for noun in self.classes), default=1)

    def of_speaker(self, role: str | None, name: str | None, kind: str, named: bool, roles: str) -> str:
        """The class of a speaker.

        Args:
            role: his title, as the claim's document gives it.
            name: by which the claim calls him.
            kind: of speaker.
            named: whether that is a proper name.
            roles: his titles in all documents with how often each was met, as JSON.
        """
        titles = sorted([*filter(None, [role]), *ranked(roles)], key=self.is_address)
        found = next(filter(None, map(self.of_words, titles)), None)
        if found or titles:
            return found or OTHER
        if name is None or folded_name(name) in self.words["pronouns"]:
            return UNKNOWN
        if named and kind not in NAMED_BY_NOUN:
            return UNKNOWN if kind in ("person", "unknown") else OTHER
        is_state = kind == "organization" and folded_name(name).removeprefix("the ") in self.words["states"]
        return (self.of_words(GOVERNMENT if is_state else name) if kind != "media" else None) or OTHER

    def is_address(self, title: str) -> bool:
        """Whether a title says least of what somebody is: `Dr`."""
        return folded_name(title) in self.words["address"]

    def of_words(self, phrase: str) -> str | None:
        """The class of a title or description, by its noun; None where that is in no class."""
        words = folded_name(PARTS.split(phrase.strip())[0]).split()
        if self.words["knowing"].intersection(words) and self.words["anybody"].intersection(self.parted(words)[0][-1:]):
            return None
        whole = self.classes.get(" ".join(words))
        return whole or next(filter(None, (self.of_noun(*self.parted(one)) for one in self.joined(words))), None)

    def joined(self, words: list[str]) -> Iterator[list[str]]:
        """Words one after the other where they are joined: `doctor | mother of two`."""
        for is_and, own in groupby(words, lambda word: word in self.words["and"]):
            if not is_and:
                yield list(own)

    def parted(self, words: list[str]) -> tuple[list[str], list[str]]:
        """What ends with the noun, and to whom or what that belongs, nothing where neither is told."""
        place = next((number for number, word in enumerate(words) if number and word in self.words["behind"]), None)
        if place is None:
            return words, []
        return words[:place], words[place + 1 :] if words[place] in self.words["joining"] else []

    def of_noun(self, words: list[str], behind: list[str]) -> str | None:
        """The class of the noun that some words end with; `behind` stands to whom or what it belongs."""
        if words and words[-1] in self.words["counting"]:
            return self.of_words(" ".join(behind)) if behind else None
        named, told = self.ending(words, self.classes), self.ending(words, self.words["belonging"])
        if told >= max(named, 1):
            found = self.of_words(" ".join(words[:-told])) or self.of_words(" ".join(behind))
            if found:
                return found
        return self.classes[singular(words[-named:], self.classes)] if named else None

    def ending(self, words: list[str], known: Iterable[str]) -> int:
        """How many words the longest known noun has that some words end with; 0 for none."""
        sizes = range(min(self.longest, len(words)), 0, -1)
        return next((size for size in sizes if singular(words[-size:], known)), 0)


def theirs(name: str, sources: RuleSources) -> Iterable[tuple[str, frozenset[str]]]:
    """The groups of a lexicon with the words of users."""
    return load_lexicon(name, sources).items()


def pairs(groups: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Each word of some groups, folded, with the class that its group is."""
    return {folded_name(word): group.partition(".")[2] for group, words in sorted(groups.items()) for word in words}


def singular(words: list[str], known: Iterable[str]) -> str:
    """A noun as it is known, in the plural too; nothing where it is not."""
    *first, last = words
    return next((noun for form in forms(last) if (noun := " ".join([*first, form])) in known), "")


def forms(word: str) -> Iterator[str]:
    """A word, and of which it may be the plural."""
    yield word
    yield from (word.removesuffix(ending) + single for ending, single in ENDINGS if word.endswith(ending))


def ranked(roles: str) -> list[str]:
    """Titles, the commonest first."""
    counts = json.loads(roles or "{}")
    return sorted(counts, key=lambda role: (-counts[role], role))

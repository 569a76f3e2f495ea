"""The names of a store's speakers found in words: a name counts only where one speaker alone has it."""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from claims_cli.names import folded_name
from claims_cli.rulebook import SHIPPED, RuleSources, load_lexicon

LEAST_WORDS = 2  # of a whole name
OWNING = re.compile(r"['’ʼ]s?$")
OUTSIDE = re.compile(r"^\W+|\W+$")
BREAKS = frozenset(',;:!?()[]“”"«»')
INITIAL = re.compile(r"^\w\.$")


@dataclass(frozen=True)
class Names:
    """Names by which speakers are found.

    Attributes:
        whose: the id of the only speaker who has a folded name, or of the only person whose whole name ends with it.
        people: of these the whole names of persons, by their first two words.
        pronouns: words that name nobody.
    """

    whose: dict[str, str]
    people: dict[tuple[str, ...], list[tuple[str, ...]]]
    pronouns: frozenset[str]

    @classmethod
    def of_store(cls, connection: sqlite3.Connection, sources: RuleSources = SHIPPED) -> "Names":
        """Those of the named speakers of a store.

        Raises:
            RulebookError: the lexicon of pronouns is broken.
        """
        owners: dict[str, set[str]] = defaultdict(set)
        for name, speaker in connection.execute("SELECT name, speaker FROM speaker_names"):
            owners[name].add(speaker)
        whose = {name: next(iter(own)) for name, own in owners.items() if len(own) == 1}
        persons = {one for (one,) in connection.execute("SELECT id FROM speakers WHERE kind = 'person'")}
        people: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
        for name in sorted(whose):
            words = tuple(name.split())
            if len(words) >= LEAST_WORDS and whose[name] in persons:
                people[words[:LEAST_WORDS]].append(words)
        whose |= surnames(people, owners, whose)
        for own in people.values():
            own.sort(key=len, reverse=True)
        pronouns = (group.partition(".")[2] for group in load_lexicon("pronouns", sources))
        return cls(whose, dict(people), frozenset(pronouns))

    def of_whole(self, folded: str) -> str | None:
        """The speaker of a folded name, also behind a title (`mayor john lee`); None where several or nobody has it."""
        words = folded.split()
        ends = (" ".join(words[start:]) for start in range(1, len(words) - LEAST_WORDS + 1))
        return self.whose.get(folded) or next(filter(None, map(self.whose.get, ends)), None)

    def within(self, text: str) -> list[str]:
        """The persons whose whole names stand in a text, in order, each once."""
        words = list(words_of(text))
        found, place = [], 0
        while place < len(words):
            name = self.at(words, place)
            if name:
                found.append(self.whose[" ".join(name)])
            place += len(name) or 1
        return list(dict.fromkeys(found))

    def at(self, words: list[tuple[str, bool]], place: int) -> tuple[str, ...]:
        """The longest whole name that begins at a word; its first and last word have a capital."""
        if not words[place][1]:
            return ()
        begin = tuple(word for word, _ in words[place : place + LEAST_WORDS])
        for name in self.people.get(begin, ()):
            found = words[place : place + len(name)]
            if tuple(word for word, _ in found) == name and found[0][1] and found[-1][1]:
                return name
        return ()


def surnames(
    people: Mapping[tuple[str, ...], Iterable[tuple[str, ...]]], taken: Container[str], whose: Mapping[str, str]
) -> dict[str, str]:
    """The last words of whole names that only one person has, and nobody as a name of their own."""
    owners: dict[str, set[str]] = defaultdict(set)
    for words in chain.from_iterable(people.values()):
        owners[words[-1]].add(whose[" ".join(words)])
    return {name: next(iter(own)) for name, own in owners.items() if len(own) == 1 and name not in taken}


def words_of(text: str) -> Iterator[tuple[str, bool]]:
    """The folded words of a text, each with whether it has a capital; an empty one where a name cannot go on."""
    for token in text.split():
        if token[0] in BREAKS:
            yield "", False
        bare = OWNING.sub("", OUTSIDE.sub("", token))
        yield from parts(bare)
        if token[-1] in BREAKS or (token[-1] == "." and not INITIAL.search(token)):
            yield "", False


@lru_cache(1 << 16)
def parts(token: str) -> tuple[tuple[str, bool], ...]:
    """The words of a token that hyphens join, folded, each with whether the token has a capital."""
    is_capital = any(map(str.isupper, token))
    return tuple((word, is_capital) for word in folded_name(token).split())

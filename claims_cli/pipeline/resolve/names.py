"""The names of an article, and which of them is the full form of which."""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field

from claims_cli.pipeline.article import Name
from claims_cli.pipeline.parse.syntax import Syntax

NEAR = 20  # tokens between two names that are told of together
ACRONYM = re.compile(r"[A-Z](?=[A-Za-z.&]*[A-Z])[A-Za-z.&]{1,7}")
BRACKETED = re.compile(rf"\w\s*\(\s*(?:the\s+)?({ACRONYM.pattern})\s*\)")
LEAST_LETTERS = 3  # of an acronym that only the initials of a name explain
BESIDE = 6  # tokens between two names that stand side by side


@dataclass
class Registry:
    """Every name of an article, in order, and what short names stand for."""

    names: list[Name] = field(default_factory=list)
    counts: Counter = field(default_factory=Counter)
    by_token: dict[int, Name] = field(default_factory=dict)
    by_last_word: dict[str, list[Name]] = field(default_factory=dict)
    by_ending: dict[tuple[str, ...], list[Name]] = field(default_factory=dict)
    by_first_word: dict[str, list[Name]] = field(default_factory=dict)
    full_forms: dict[tuple[str, tuple[str, ...]], Name] = field(default_factory=dict)
    nearest_forms: dict[Name, Name] = field(default_factory=dict)

    def settle(self, names: list[Name]) -> None:
        """Take the names and index them by token and by the words that they end with."""
        self.names = names
        self.by_token = {index: name for name in names for index in range(name.start, name.end)}
        self.by_last_word, self.by_ending, self.by_first_word = {}, {}, {}
        self.full_forms, self.nearest_forms = {}, {}
        for name in names:
            self.by_last_word.setdefault(name.parts[-1], []).append(name)
            for begin in range(1, len(name.parts)):
                self.by_ending.setdefault(name.parts[begin:], []).append(name)
            if len(name.parts) > 1 and name.kind == "person" and not (name.heading and self.counts[name.text] == 1):
                self.by_first_word.setdefault(name.parts[0], []).append(name)

    def at(self, index: int) -> Name | None:
        """The name that holds a token."""
        return self.by_token.get(index)

    def alike(self, name: Name) -> list[Name]:
        """Names that end with the same word."""
        return self.by_last_word.get(name.parts[-1], [])

    def fullest(self, name: Name) -> Name:
        """The fullest form of a name: the one that ends alike and says more; the nearest before it where several do.

        Two persons with one surname stay two: a name with a first name of its own is never made another's.
        """
        key = name.kind, name.parts
        if key in self.full_forms:
            return self.full_forms[key]
        if name not in self.nearest_forms:
            self.nearest_forms[name] = self.found_fullest(name)
        return self.nearest_forms[name]

    def found_fullest(self, name: Name) -> Name:
        """What `fullest` remembers: for all names that are alike where there is only one form, otherwise for each."""
        forms = [other for other in self.by_ending.get(name.parts, ()) if other.kind == name.kind]
        if not forms:
            return self.by_first_name(name) or name
        several = len({other.parts for other in forms}) > 1
        if several:
            fitting = [other for other in forms if None in (name.female, other.female) or name.female == other.female]
            forms = [other for other in fitting if share_title(name, other)] or fitting or forms
            earlier = [other for other in forms if other.start <= name.start]
            if self.are_joined(earlier):
                return name  # `Bernard Hart and Sarah Hart …. Hart said`: it may be either
            nearest = earlier[-1] if earlier else forms[0]
            forms = [other for other in forms if extends(other.parts, nearest.parts) or other.parts == nearest.parts]
        fullest = max(forms, key=lambda other: (self.counts[other.text], len(other.parts), -other.start))
        if not several:
            self.full_forms[name.kind, name.parts] = fullest
        return fullest

    def are_joined(self, earlier: list[Name]) -> bool:
        """Whether the last two forms met are of two persons named side by side, or told of alike and together."""
        if len(earlier) < 2:
            return False
        first, second = earlier[-2:]
        are_two = not (extends(first.parts, second.parts) or extends(second.parts, first.parts))
        is_even = self.counts[first.text] == self.counts[second.text]  # neither is whom the article is about
        near = NEAR if is_even else BESIDE
        return are_two and first.parts != second.parts and second.start - first.end <= near

    def by_first_name(self, name: Name) -> Name | None:
        """The one person whose name begins with a single word (`Hillary`; `Ms. Gao` for Gao Junlan)."""
        if len(name.parts) != 1 or name.kind != "person":
            return None
        forms = self.by_first_word.get(name.parts[0], [])
        forms = [other for other in forms if share_title(name, other)] or forms
        return forms[0] if len({other.parts for other in forms}) == 1 else None

    def plainest(self, name: Name) -> Name:
        """An organization's name without an adjective before it, where it stands alone too (`Lebanese Hizbullah`)."""
        shorter = [other for other in self.alike(name) if other.kind == name.kind and extends(name.parts, other.parts)]
        return max(shorter, key=lambda other: self.counts[other.text], default=name)


def spelt_out(registry: Registry, syntax: Syntax) -> dict[str, Name]:
    """By each acronym of a text the one name that has its initials, or behind which it stands in brackets."""
    bodies = [name for name in registry.names if name.kind != "person" and len(name.text.split()) > 1]
    alike: dict[str, dict[str, Name]] = {}
    for name in bodies:
        for letters in initials(name.text):
            if len(letters) >= LEAST_LETTERS and ACRONYM.fullmatch(letters):
                alike.setdefault(letters, {}).setdefault(name.text, name)
    found = {letters: next(iter(names.values())) for letters, names in alike.items() if len(names) == 1}
    for match in BRACKETED.finditer(syntax.text):
        last = bisect_right(syntax.start, match.start()) - 1
        own, whole = registry.at(last), whole_name(syntax, last, match.group(1))
        if whole is not None and (own is None or own.start > whole.start or own.kind == "person"):
            found[match.group(1)] = whole
        elif own is not None and own.kind != "person" and len(own.parts) > 1 and explains(own.text, match.group(1)):
            found[match.group(1)] = own
    return found


def whole_name(syntax: Syntax, last: int, acronym: str) -> Name | None:
    """The words before a bracket, as a body's name, that begin one by one with an acronym's letters."""
    first = last + 1 - len(acronym)
    letters = [syntax.surface[syntax.start[index]] for index in range(max(0, first), last + 1)]
    if first < 0 or letters != list(acronym):
        return None
    text = syntax.surface[syntax.start[first] : syntax.end[last]]
    return Name(first, last + 1, text, tuple(text.lower().split()), "organization")


def explains(name: str, acronym: str) -> bool:
    """Whether an acronym begins as the words of a name do, its small words perhaps left out."""
    capitals = iter(letter for letter in name if letter.isupper())
    letters = [letter for letter in acronym if letter.isupper()]
    return all(any(letter == capital for capital in capitals) for letter in letters)


def initials(name: str) -> tuple[str, str]:
    """The first letters of the words of a name as they stand, and of those with a capital alone."""
    words = [word for word in name.replace("-", " ").split() if word.lower() != "the" and word[0].isalpha()]
    return "".join(word[0] for word in words), "".join(word[0] for word in words if word[0].isupper())


def share_title(name: Name, other: Name) -> bool:
    """Whether two names have a word of their titles in common (`Dr. Vik`, `Dr. Marit Vik`)."""
    return bool(set((name.role or "").lower().split()) & set((other.role or "").lower().split()))


def extends(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    """Whether a name says more than another that it ends with (`naim qassem`, `qassem`)."""
    return len(longer) > len(shorter) > 0 and longer[-len(shorter) :] == shorter

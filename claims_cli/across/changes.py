"""What was changed between two versions of a statement: words added, cut, altered, and whether it says the same.

A number, a negation, a name or a modal that is another one alters a statement; so does another speaker. What a reporter
does to words that are not quoted (`we will` becomes `they would`) does not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from claims_cli.across.wording import Word, Wording

VERBATIM, CUT, FULLER, EDITED, ALTERED = KINDS = ("verbatim", "cut", "fuller", "edited", "altered")
NUMBER, NEGATION, NAME, MODAL, SPEAKER = REASONS = ("number", "negation", "name", "modal", "speaker")
ELLIPSIS = re.compile(r"…|\.\s?\.\s?\.")
ALIKE = 80.0  # of 100, by rapidfuzz: two spellings of a name that may be one


@dataclass(frozen=True, slots=True)
class Change:
    """One place at which a version differs: the words there before and now, either may be empty.

    Attributes:
        inside: whether words that both have stand on either side.
        spelled: whether it is the same words in other letters.
        elided: whether an ellipsis stands in place of what was cut.
        alters: which of `REASONS` make it another statement.
    """

    before: str
    now: str
    inside: bool = True
    spelled: bool = False
    alters: tuple[str, ...] = ()
    elided: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """How one version of a statement differs from another.

    Attributes:
        kind: one of `KINDS`.
        changes: in the order of the words.
        shared: how many words both have.
        alters: which of `REASONS` make it another statement, each once.
    """

    kind: str
    changes: tuple[Change, ...]
    shared: int
    alters: tuple[str, ...] = ()

    @property
    def added(self) -> tuple[str, ...]:
        """Words that only the later version has."""
        return tuple(change.now for change in self.changes if not change.before)

    @property
    def cut(self) -> tuple[str, ...]:
        """Words that only the earlier version has."""
        return tuple(change.before for change in self.changes if not change.now)

    @property
    def altered(self) -> tuple[tuple[str, str], ...]:
        """Words in place of others, in another spelling those too."""
        return tuple((change.before, change.now) for change in self.changes if change.before and change.now)


class Comparing:
    """Compares versions of statements by what the lexicons say of words."""

    def __init__(self, wording: Wording):
        self.wording = wording

    def difference(self, before: str, now: str, quoted: bool = True, other_speaker: bool = False) -> Difference:
        """How a version differs from an earlier one.

        Args:
            quoted: whether both are quoted; what is reported has tense and person of its own.
            other_speaker: whether it is said by somebody else.
        """
        old, new = self.wording.words(before), self.wording.words(now)
        changes: list[Change] = []
        shared = 0
        for kind, a, b in self.blocks(old, new):
            gone, come = old[a.start : a.stop], new[b.start : b.stop]
            if kind and self.is_date(gone, come):
                shared += len(a)
                changes.append(Change(stretch(before, gone), stretch(now, come), spelled=True))
            elif kind:
                shared += len(a)
                changes += self.respelled(gone, come)
            else:
                inside = bool(shared) and a.stop < len(old) and b.stop < len(new)
                following = (old[a.stop : a.stop + 1], new[b.stop : b.stop + 1])
                elided = not come and is_elided(now, new, b.start)
                changes.append(self.change(before, now, gone, come, following, inside, quoted, bool(shared), elided))
        alters = [reason for reason in REASONS if any(reason in change.alters for change in changes)]
        alters += [SPEAKER] if other_speaker else []
        return Difference(kind_of(changes, alters), tuple(changes), shared, tuple(alters))

    def respelled(self, old: Sequence[Word], new: Sequence[Word]) -> Iterator[Change]:
        """Words of one key that are written in two ways, capitals aside."""
        for one, other in zip(old, new, strict=True):
            if one.text.casefold() != other.text.casefold() and is_whole(one) and is_whole(other):
                yield Change(one.text, other.text, spelled=True)

    def change(
        self, before: str, now: str, gone: list[Word], come: list[Word], following: tuple[list[Word], list[Word]],
        inside: bool, quoted: bool, is_behind: bool, elided: bool,
    ) -> Change:  # fmt: skip
        """One place at which two versions differ."""
        words = stretch(before, gone), stretch(now, come)
        if gone and come and self.is_one_name(gone, come):
            return Change(*words, inside, spelled=True)
        edges = [self.touching(*part, inside, is_behind) for part in zip((gone, come), following, strict=True)]
        if elided and not inside:
            edges = [[], []]
        alters = tuple(self.reasons(gone, come, edges, inside, quoted))
        return Change(*words, inside, alters=alters, elided=elided)

    def reasons(
        self, gone: list[Word], come: list[Word], edges: list[list[Word]], inside: bool, quoted: bool
    ) -> Iterator[str]:
        """Why a change makes it another statement."""
        both = bool(gone) and bool(come)
        numbers = [{word.key for word in part if word.is_number} for part in (gone, come)]
        if both and ((all(numbers) and numbers[0] != numbers[1]) or self.is_other_range(gone, come)):
            yield NUMBER
        is_weaker = both and any(word.key in self.wording.groups["nearly_negation"] for word in (*gone, *come))
        if self.turns(edges[0]) != self.turns(edges[1]) and not is_weaker:
            yield NEGATION
        names = [{self.wording.sound(word.key) for word in part if word.is_name} for part in (gone, come)]
        if both and all(names) and not names[0] & names[1]:
            yield NAME
        modals = [self.modals(part, quoted) for part in (gone, come)]
        if modals[0] != modals[1] and (inside or both):
            yield MODAL

    def is_other_range(self, gone: list[Word], come: list[Word]) -> bool:
        """Whether one word that leaves nothing out gave way to one that does (`any price`, `this price`)."""
        every = self.wording.groups["every"]
        return len(gone) == len(come) == 1 and (gone[0].key in every) != (come[0].key in every)

    def modals(self, words: list[Word], quoted: bool) -> list[str]:
        """The words of some that say how sure or binding it is; what is reported has its own tense."""
        found = [word.key for word in words if word.key in self.wording.groups["modal"]]
        if quoted:
            return sorted(found)
        told = (self.wording.reported.get(key, key) for key in found)
        return sorted(key for key in told if key not in self.wording.groups["future"])

    def turns(self, words: list[Word]) -> bool:
        """Whether some words turn round what stands with them: two negations do not, nor does `not hesitate to`."""
        negation, cancelling = self.wording.groups["negation"], self.wording.groups["cancelling"]
        behind = [word.key for word in words[1:]]
        found = [word.key in negation and after not in cancelling for word, after in zip_longest(words, behind)]
        return sum(found) % 2 == 1

    def blocks(self, old: list[Word], new: list[Word]) -> Iterator[tuple[bool, range, range]]:
        """The stretches that both have, and those that differ; a date with its day before or behind is one stretch."""
        found = list(blocks([word.key for word in old], [word.key for word in new]))
        while found:
            if len(found) > 2 and self.is_date(*dated(found, old, new)):
                (_, a, b), (_, c, d) = found[0], found[2]
                found[:3] = [(True, range(a.start, c.stop), range(b.start, d.stop))]
            yield found.pop(0)

    def is_date(self, gone: Sequence[Word], come: Sequence[Word]) -> bool:
        """Whether some words are a day and its month, and others the month and its day."""
        keys = [word.key for word in gone]
        if len(keys) != 2 or keys != [word.key for word in come][::-1] or keys[0] == keys[1]:
            return False
        return any(word.is_number for word in gone) and not self.wording.groups["months"].isdisjoint(keys)

    def touching(self, words: list[Word], following: list[Word], inside: bool, is_behind: bool) -> list[Word]:
        """Those of some words that belong to the clause of what both versions have.

        What stands before or behind it, parted from it by a mark or by the word with which a clause begins, is a
        clause of its own, which may go with its `not`.
        """
        if inside or not words:
            return words
        opens = [word.follows_break or (is_behind and word.key in self.wording.groups["clause"]) for word in words]
        if is_behind:
            return words[: opens.index(True)] if True in opens else words
        if following and following[0].follows_break:
            return []
        return words[max((place for place, begins in enumerate(opens) if begins), default=0) :]

    def is_one_name(self, gone: list[Word], come: list[Word]) -> bool:
        """Whether some words are others in other letters: a name that was written by ear, or by another hyphen."""
        from rapidfuzz import fuzz

        one, other = ("".join(word.key for word in part) for part in (gone, come))
        if any(word.is_number for word in (*gone, *come)):
            return False
        if one == other:
            return True
        if not (gone[0].text[:1].isupper() and come[0].text[:1].isupper()):
            return False
        sounds = self.wording.sound(one), self.wording.sound(other)
        return sounds[0] == sounds[1] or (sounds[0][:1] == sounds[1][:1] and fuzz.ratio(*sounds) >= ALIKE)


def blocks(old: list[str], new: list[str]) -> Iterator[tuple[bool, range, range]]:
    """The stretches of two lists of words in order: those that both have, and those that differ."""
    from difflib import SequenceMatcher

    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield kind == "equal", range(a, b), range(c, d)


def kind_of(changes: Sequence[Change], alters: Sequence[str]) -> str:
    """The kind of a version by what was changed."""
    changes = [change for change in changes if not change.spelled]
    if alters:
        return ALTERED
    if not changes:
        return VERBATIM
    if all(not change.now and (change.elided or not change.inside) for change in changes):
        return CUT
    if all(not change.before and not change.inside for change in changes):
        return FULLER
    return EDITED


def dated(
    found: Sequence[tuple[bool, range, range]], old: list[Word], new: list[Word]
) -> tuple[list[Word], list[Word]]:
    """The words of the first three stretches, of either list."""
    (_, a, b), _, (_, c, d) = found[:3]
    return old[a.start : c.stop], new[b.start : d.stop]


def is_elided(statement: str, words: Sequence[Word], place: int) -> bool:
    """Whether an ellipsis stands before the word at a place, or at the end behind the last one."""
    start = words[place - 1].start if place else 0
    end = words[place].start if place < len(words) else len(statement)
    return bool(ELLIPSIS.search(statement, start, end))


def stretch(statement: str, words: Sequence[Word]) -> str:
    """Some neighbouring words as they stand in their statement."""
    if not words:
        return ""
    last = words[-1]
    end = statement.find(last.text, last.start)
    end = end + len(last.text) if end >= 0 else last.start + len(last.text)
    return " ".join(statement[words[0].start : end].split())


def is_whole(word: Word) -> bool:
    """Whether a word is not a part of what is written together."""
    return "'" not in word.text and "’" not in word.text

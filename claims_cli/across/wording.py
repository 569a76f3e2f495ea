"""A statement as words that can be compared: one word has one key, however it is written.

Which ways of writing are one, and which words decide what a statement says, stands in the lexicons `same_words`,
`same_endings`, `reported` and `statements`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from claims_cli.query import STRAIGHT_MARKS

LEXICONS = ("statements", "same_words", "same_endings", "reported", "transliteration")
TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*|[%$€£&]"  # `U.S.`, `1,200`, `don’t`, `%`
)
BREAK = re.compile(r"[.,;:!?…—–()]|\.\.\.")
SENTENCE_END = re.compile(r"[.!?…:]|[“”\"]")
POSSESSIVE = re.compile(r"['’ʼ]s?$")
LEAST_FOR_ENDING = 6
TENS = range(20, 100, 10)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a statement.

    Attributes:
        text: as it is written.
        key: as it is compared; the parts of what is written together are words of their own (`don’t` is two).
        start: where it begins in the statement.
        is_name: whether a capital inside a sentence says that it is a name.
        follows_break: whether a comma, a full stop or another mark stands before it.
    """

    text: str
    key: str
    start: int
    is_name: bool
    follows_break: bool

    @property
    def is_number(self) -> bool:
        """Whether it is a number, in figures or in words."""
        return self.key[:1].isdigit()


class Wording:
    """What the lexicons say of words.

    Args:
        lexicons: word groups by `lexicon.group`, of the lexicons `LEXICONS` at least.
    """

    def __init__(self, lexicons: Mapping[str, frozenset[str]]):
        self.groups = {group.partition(".")[2]: words for group, words in lexicons.items() if is_own(group)}
        self.function, self.opening, self.no_name = (self.groups[name] for name in ("function", "opening", "no_name"))
        self.same_words = turned(lexicons, "same_words")
        self.endings = sorted(turned(lexicons, "same_endings").items(), key=lambda pair: (-len(pair[0]), pair))
        self.reported = turned(lexicons, "reported")
        self.sounds = sorted(turned(lexicons, "transliteration").items(), key=lambda pair: (-len(pair[0]), pair))
        self.known: dict[str, tuple[str, ...]] = {}
        self.known_told: dict[str, tuple[str, ...]] = {}

    def keys(self, statement: str) -> tuple[str, ...]:
        """The keys of a statement's words, tense and person as a reporter's words have them undone."""
        known = self.known_told
        return tuple(key for token in TOKEN.findall(statement) for key in known.get(token) or self.told_keys(token))

    def told_keys(self, token: str) -> tuple[str, ...]:
        """The keys of what is written as one word, as a reporter's words have it undone."""
        keys = self.known_told[token] = tuple(self.reported.get(key, key) for key in self.keys_of(token))
        return keys

    def keys_of(self, token: str) -> tuple[str, ...]:
        """The keys of what is written as one word."""
        if token not in self.known:
            self.known[token] = tuple(self.made_keys(token))
        return self.known[token]

    def made_keys(self, token: str) -> Iterator[str]:
        """The same, made anew."""
        word = plain(token)
        written = self.same_words.get(word)
        if written is None:
            word = POSSESSIVE.sub("", word).replace("'", "").replace(".", "" if not word[:1].isdigit() else ".")
            written = self.same_words.get(word.replace(",", "")) or self.spelled(word.replace(",", ""))
        yield from written.split()

    def spelled(self, word: str) -> str:
        """A word with the ending that stands for the ways of writing it."""
        if len(word) >= LEAST_FOR_ENDING:
            for ending, standard in self.endings:
                if word.endswith(ending):
                    return word.removesuffix(ending) + standard
        return word

    def words(self, statement: str) -> list[Word]:
        """The words of a statement in order."""
        found: list[Word] = []
        done = 0
        for match in TOKEN.finditer(statement):
            token, between = match.group(), statement[done : match.start()]
            begins = not done or bool(SENTENCE_END.search(between))
            is_name = token[:1].isupper() and not begins and plain(token) not in self.no_name
            breaks = bool(found) and bool(BREAK.search(between))
            for key in self.keys_of(token):
                if key in self.function:
                    is_name = False
                found.append(Word(token, key, match.start(), is_name, breaks))
            done = match.end()
            self.join_number(found)
        return found[1:] if found and not found[0].start and found[0].text in self.opening else found

    def join_number(self, found: list[Word]) -> None:
        """Make one number of the last two words (`twenty-five`)."""
        if len(found) < 2 or found[-1].text.isdigit() or found[-2].text.isdigit():
            return
        tens, unit = found[-2].key, "1" if found[-1].key in self.groups["unit"] else found[-1].key
        if tens.isdigit() and unit.isdigit() and int(tens) in TENS and int(unit) < min(TENS):
            first = found[-2]
            found[-2:] = [Word(f"{first.text}-{found[-1].text}", str(int(tens) + int(unit)), first.start, False,
                               first.follows_break)]  # fmt: skip

    def sound(self, word: str) -> str:
        """A name as it sounds: spellings of one sound alike, letters not doubled."""
        word = plain(word)
        for spelling, read in self.sounds:
            word = word.replace(spelling, read)
        return "".join(letter for place, letter in enumerate(word) if not place or word[place - 1] != letter)

    def telling(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Those of some keys that tell what is said."""
        return tuple(key for key in keys if key not in self.function)


def is_own(group: str) -> bool:
    """Whether a group of words is of the lexicon that is about statements."""
    return group.startswith("statements.")


def turned(lexicons: Mapping[str, frozenset[str]], name: str) -> dict[str, str]:
    """The key of each spelling of a lexicon whose groups are named by what stands for their words."""
    groups = sorted(group for group in lexicons if group.startswith(f"{name}."))
    return {word: group.partition(".")[2] for group in groups for word in sorted(lexicons[group])}


def plain(word: str) -> str:
    """Small letters without accents, apostrophes straight."""
    word = word.casefold().translate(STRAIGHT_MARKS).replace("ʼ", "'")
    if word.isascii():
        return word
    return "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))

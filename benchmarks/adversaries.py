"""Texts on which a pattern may run away, made of the pattern itself.

Wherever a pattern repeats something without bound, what leads there is sampled, and what is repeated stands again and
again: behind it once, behind each, and with an end on which the match fails. Runs of each character that it knows come
besides, for two repeats beside each other divide a run in as many ways as it is long.
"""

import re
import re._constants as codes
import re._parser as parser
from collections.abc import Iterator
from typing import Any

FEW = 300  # a repeat of so many at the most is bounded by a constant
SAMPLES = 3  # of what a class of characters may be
ENDS = ("", "\0", "\n \0")  # with nothing, with a word, and with a line
ORDINARY = "aA0 \n\t.-“\"'"
CATEGORIES = {
    codes.CATEGORY_DIGIT: "07",
    codes.CATEGORY_SPACE: " \n\t",
    codes.CATEGORY_WORD: "aA0",
    codes.CATEGORY_NOT_DIGIT: "a A",
    codes.CATEGORY_NOT_SPACE: "aA-",
    codes.CATEGORY_NOT_WORD: " -\n",
}
UNBOUNDED = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
LOOKS = (codes.ASSERT, codes.ASSERT_NOT)


def texts(pattern: re.Pattern) -> Iterator[tuple[str, str, str]]:
    """Texts in three parts: what begins them, what is repeated, and what ends them."""
    source = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    parsed = parser.parse(source, pattern.flags & ~re.DEBUG)
    letters = dict.fromkeys([*ORDINARY, *literals(parsed)])
    found = {("", letter, end): None for letter in letters for end in ENDS[:2]}
    for before, body in repeats(list(parsed), []):
        for number in range(SAMPLES):
            first, again = sampled(before, number), sampled(body, number)
            found |= {(first, again, end): None for end in ENDS}
            found |= {("", first + again, "\0"): None, ("", first, "\0"): None}
    yield from (one for one in found if one[1])


def literals(items: Any) -> Iterator[str]:
    """The characters that a pattern names, a few of each class."""
    for code, value in items:
        if code in (codes.LITERAL, codes.NOT_LITERAL):
            yield chr(value)
        elif code is codes.IN:
            yield from members(value)
        for inner in parts(code, value):
            yield from literals(inner)


def parts(code: Any, value: Any) -> list:
    """The patterns within a piece of one."""
    if code is codes.BRANCH:
        return value[1][:12]  # of a long list of words the first are enough
    if code in UNBOUNDED:
        return [value[2]]
    if code in LOOKS:
        return [value[1]]
    if code is codes.SUBPATTERN:
        return [value[3]]
    if code is codes.ATOMIC_GROUP:
        return [value]
    return []


def members(of_class: Any) -> list[str]:
    """Some characters of a class."""
    negated = of_class[0][0] is codes.NEGATE
    named = [letter for code, value in of_class for letter in listed(code, value)]
    if not negated:
        return named
    return [letter for letter in "a A0-\n(<" if letter not in named] or ["§"]


def listed(code: Any, value: Any) -> list[str]:
    """Some characters of a part of a class."""
    if code is codes.LITERAL:
        return [chr(value)]
    if code is codes.RANGE:
        return [chr(value[0]), chr(value[1])]
    if code is codes.CATEGORY:
        return list(CATEGORIES[value])
    return []


def repeats(items: list, before: list) -> Iterator[tuple[list, list]]:
    """Every repeat without bound: what leads to it, and what is repeated."""
    for place, (code, value) in enumerate(items):
        lead = [*before, *items[:place]]
        if code in UNBOUNDED and value[1] > FEW:
            yield lead, list(value[2])
        for inner in parts(code, value):
            yield from repeats(list(inner), lead)


def sampled(items: list, number: int) -> str:
    """A text that a pattern fits, the first, second or third that comes to mind."""
    return "".join(sample(*item, number) for item in items if item)


def sample(code: Any, value: Any, number: int) -> str:
    """A text that one piece of a pattern fits."""
    if code is codes.LITERAL:
        return chr(value)
    if code is codes.NOT_LITERAL or code is codes.ANY:
        return "a A"[number % 3]
    if code is codes.IN:
        choice = members(value)
        return choice[number * 5 % len(choice)]
    if code in UNBOUNDED:
        return sampled(list(value[2]), number) * max(value[0], min(value[1], number and 1))
    if code is codes.BRANCH:
        return sampled(list(value[1][number % len(value[1])]), number)
    if code in (codes.SUBPATTERN, codes.ATOMIC_GROUP):
        return sampled(list(parts(code, value)[0]), number)
    if code is codes.ASSERT and value[0] < 0:  # what stands before
        return sampled(list(value[1]), number)
    return ""  # places, references, what must not follow

"""Curly quotation marks and apostrophes that a program could not write and made question marks of (`?We don?t know,?`).

Only where a text has several apostrophes of that kind, inside words where no question ends, is anything read otherwise.
A mark is read for a mark, so that every character keeps its place.
"""

import re
from collections.abc import Iterator

APOSTROPHE = re.compile(r"(?<=[^\W\d_])\?(?=(?:s|t|re|ve|ll|m|d)(?:[\s.,;:!?)]|$))")
LEAST_APOSTROPHES = 2
QUESTION_MARK = re.compile(r"\?|\n")


def with_marks_put_back(text: str) -> str:
    """A text with the marks that were meant, one character for each, or the same text where none were lost."""
    lost = {match.start() for match in APOSTROPHE.finditer(text)} if "?" in text else set()
    if len(lost) < LEAST_APOSTROPHES:
        return text
    letters = list(text)
    for place, mark in marks_meant(text, lost):
        letters[place] = mark
    return "".join(letters)


def marks_meant(text: str, apostrophes: set[int]) -> Iterator[tuple[int, str]]:
    """The place of each lost mark and what it was; no quotation goes on behind its line."""
    is_open = False
    for match in QUESTION_MARK.finditer(text):
        place = match.start()
        if match.group() == "\n":
            is_open = False
        elif place in apostrophes:
            yield place, "'"
        elif is_open and ends_quotation(text, place):
            is_open = False
            yield place, "”"
        elif not is_open and begins_quotation(text, place):
            is_open = True
            yield place, "“"
        elif not is_open and is_of_plural(text, place):
            yield place, "'"


def ends_quotation(text: str, place: int) -> bool:
    """Whether a closing mark may stand there: behind a word or the end of a sentence, and not before another one."""
    return not text[place - 1].isspace() and text[place + 1 : place + 2] != "?"


def begins_quotation(text: str, place: int) -> bool:
    """Whether an opening mark may stand there: right before a word and not right behind one."""
    return text[place + 1 : place + 2].isalnum() and not text[place - 1 : place].isalnum()


def is_of_plural(text: str, place: int) -> bool:
    """Whether the apostrophe of a plural may stand there (`two days? work`): the sentence goes on behind it."""
    return (
        text[place - 1 : place] == "s" and text[place + 1 : place + 2] == " " and text[place + 2 : place + 3].islower()
    )

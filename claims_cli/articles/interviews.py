"""Interviews without labels: questions in paragraphs of their own, each with the answer under it.

A text is told to be one where its title or introduction says so (`interview`, `talked to us`), or names who is asked in
a headline, and questions alternate with answers. Who answers is the person whom these name first.
"""

import re
from collections.abc import Sequence

from claims_cli.claim import Document, Turn
from claims_cli.rulebook import Rulebook

PARAGRAPH = re.compile(r"[^\r\n]+(?:\r?\n(?![ \t]*\r?\n)[^\r\n]+)*")
MARKED = re.compile(r"\s*(?:\*{1,2}|__?|[—–-]\s|#{1,6}\s|\d{1,2}[.)]\s)*")
CLOSING = re.compile(r"(?:\*{1,2}|__?)?\s*$")
QUESTION = re.compile(r"[^\n]{3,300}\?(?:\*{1,2}|__?)?\s*$")
FEWEST = 2
MOST_INTRODUCTION = 12  # paragraphs


class InterviewFinder:
    """Tells interviews by the words of a rulebook."""

    def __init__(self, rulebook: Rulebook):
        self.words = rulebook.words("turns.interviews")

    def turns(self, document: Document, start: int, end: int, answers: str | None) -> tuple[Turn, ...]:
        """The questions and answers of an interview; `answers` is who is asked, where the text tells."""
        paragraphs = [match.span() for match in PARAGRAPH.finditer(document.text, start, end) if match.group().strip()]
        asked = [place for place, span in enumerate(paragraphs) if is_question(document.text, span)]
        if (
            answers is None
            or len(asked) < FEWEST
            or asked[0] > MOST_INTRODUCTION
            or not self.alternate(asked, paragraphs)
        ):
            return ()
        introduction = f"{document.title or ''} {document.text[start : paragraphs[asked[0]][0]]}".casefold()
        is_announced = any(word in introduction for word in self.words)
        if not is_announced and not all(is_marked(document.text, paragraphs[place]) for place in asked):
            return ()
        turns = []
        for place, following in zip(asked, [*asked[1:], len(paragraphs)], strict=True):
            turns.append(turn(document.text, paragraphs[place : place + 1], None))
            if place + 1 < following:
                turns.append(turn(document.text, paragraphs[place + 1 : following], answers))
        return tuple(turns)

    def alternate(self, asked: Sequence[int], paragraphs: Sequence[tuple[int, int]]) -> bool:
        """Whether each question has an answer, and answers are not much longer than interviews have them."""
        gaps = [after - before for before, after in zip(asked, [*asked[1:], len(paragraphs)], strict=True)]
        return all(gap > 1 for gap in gaps) and sum(gaps) / len(gaps) <= 6


def is_question(text: str, span: tuple[int, int]) -> bool:
    """Whether a paragraph is a question and nothing else, quotation marks apart."""
    words = text[slice(*span)]
    return QUESTION.fullmatch(words.strip()) is not None and not any(mark in words for mark in '“”"')


def is_marked(text: str, span: tuple[int, int]) -> bool:
    """Whether a paragraph is set apart by marks at its head: bold, a heading, a dash, a number."""
    begun = MARKED.match(text[slice(*span)])
    return begun is not None and bool(begun.group().strip())


def turn(text: str, spans: Sequence[tuple[int, int]], speaker: str | None) -> Turn:
    """Some paragraphs as a turn; its marks (`**`, a dash) left out."""
    pieces = []
    for start, end in spans:
        begun, closed = MARKED.match(text[start:end]), CLOSING.search(text[start:end])
        if begun is not None and closed is not None:
            pieces.append((start + begun.end(), start + closed.start()))
    return Turn(None, spans[0][0], tuple(pieces), speaker, named=speaker is not None)

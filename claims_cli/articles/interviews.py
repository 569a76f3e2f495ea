"""Interviews without labels: questions in paragraphs of their own, each with the answer under it.

A text is told to be one where its title or introduction says so (`interview`, `talked to us`), or its questions are set
apart (bold, headings), and questions alternate with answers. Who answers `LabelSpeakers.named_first` tells.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from claims_cli.articles.label_speakers import LabelSpeakers
from claims_cli.articles.wrapping import blocks_of
from claims_cli.claim import Document, Turn
from claims_cli.rulebook import Rulebook

MARKED = re.compile(r"\s*+(?:\*{1,2}|__?|[—–-]\s|#{1,6}\s|\d{1,2}[.)]\s)*+")
CLOSING = re.compile(r"(?:\*{1,2}|__?|(?<!\s))\s*$")
QUESTION = re.compile(r"[^\n]{3,300}\?(?:\*{1,2}|__?)?\s*$")
FEWEST = 2
MOST_INTRODUCTION = 12  # paragraphs
MOST_ANSWERED = 6  # paragraphs from one question to the next, on average


class InterviewFinder:
    """Tells interviews by the words of a rulebook; `speakers` tells who is asked."""

    def __init__(self, rulebook: Rulebook, speakers: LabelSpeakers):
        self.words = rulebook.words("turns.interviews")
        self.speakers = speakers

    def turns(self, document: Document, start: int, end: int) -> tuple[Turn, ...]:
        """The questions and answers of an article that is an interview; none where it does not tell who is asked."""
        text, title = document.text, document.title or ""
        bold = {block.start: block.end for block in document.blocks_in(start, end, "label", "heading")}
        whole = ((block[0].start, block[-1].end) for block in blocks_of(text, start, end))
        paragraphs = list(divided(whole, text, bold))
        asked = [place for place, span in enumerate(paragraphs) if is_question(text, span)]
        if len(asked) < FEWEST or asked[0] > MOST_INTRODUCTION or not alternate(asked, len(paragraphs)):
            return ()
        introduction = text[start : paragraphs[asked[0]][0]]
        announced = f"{title} {introduction}".casefold()
        is_announced = any(word in announced for word in self.words)
        marked = (is_marked(text, paragraphs[place]) or paragraphs[place][0] in bold for place in asked)
        if not is_announced and not all(marked):
            return ()
        answers = self.speakers.named_first(title, introduction)
        return tuple(turns_of(text, paragraphs, asked, answers, document.outlet)) if answers else ()


def divided(paragraphs: Iterable[tuple[int, int]], text: str, bold: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """The paragraphs, those in two that a bold question opens which has a line of its own."""
    for start, end in paragraphs:
        middle = bold.get(start, end)
        if start < middle < end and text[middle - 1] == "?" and text[middle:end].lstrip(" ")[:1] in "\r\n":
            yield start, middle
            start = end - len(text[middle:end].lstrip())
        yield start, end


def turns_of(
    text: str, paragraphs: Sequence[tuple[int, int]], asked: Sequence[int], answers: str, outlet: str | None
) -> Iterator[Turn]:
    """Each question, the outlet's where the document tells one, and what is answered to it."""
    for place, following in pairwise((*asked, len(paragraphs))):
        yield replace(turn(text, paragraphs[place : place + 1], outlet), kind="media" if outlet else "person")
        yield turn(text, paragraphs[place + 1 : following], answers)


def alternate(asked: Sequence[int], paragraphs: int) -> bool:
    """Whether each question has an answer, and answers are no longer than interviews have them."""
    gaps = [after - before for before, after in pairwise((*asked, paragraphs))]
    return all(gap > 1 for gap in gaps) and sum(gaps) / len(gaps) <= MOST_ANSWERED


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

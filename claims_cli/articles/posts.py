"""Posts as their plain text stands in an article: `@handle: …`, `RT @x: …`, `… — Name (@handle) date`, name over words.

In comes a document; out come its posts as turns. A post ends with its paragraph; what stands under another one's handle
is another voice. Read line by line, so that no text takes long.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims_cli.articles.labels import either
from claims_cli.articles.wrapping import blocks_of
from claims_cli.claim import Document, Turn
from claims_cli.rulebook import Rulebook

LONGEST = 2000  # characters of a post's paragraph
HANDLE = r"@\w{2,30}"
NAME = r"[A-Z][\w.'’-]{0,30}(?: [A-Z][\w.'’-]{0,30}){0,4}"
LABELLED = re.compile(rf"[ \t]{{0,8}}(?:RT )?(?P<name>{HANDLE}):[ \t]{{1,4}}(?=\S)")
WHERE = r"[\w.@-]{0,60}"  # of a handle that tells its server (`@roe.bsky.social`, `@roe@port.social`)
SIGNED = re.compile(
    rf"[ \t]{{0,8}}[—–-]{{1,2}}[ \t]{{0,4}}(?P<name>{NAME})[ \t]{{0,4}}\({HANDLE}{WHERE}\)[^\n]{{0,40}}$"
)
BESIDE = re.compile(rf"(?<!\w)(?!RT\b)(?P<name>{NAME})[ \t]{{0,4}}(?:[^\w\s@(][ \t]{{0,4}})?\(?(?P<handle>{HANDLE})")
HEADED = re.compile(rf"[ \t]{{0,8}}(?P<name>{NAME})[ \t]{{1,4}}(?:[^\w\s@][ \t]{{0,4}})?{HANDLE}[^\n]{{0,40}}$")
WORD = re.compile(r"\S+")
LINK = re.compile(r"https?://\S+|[\w-]+(?:\.[\w-]+)+/\S+")
MARKS = frozenset('“”"')

Paragraph = list[tuple[int, int]]


class PostFinder:
    """Tells posts by the words of a rulebook."""

    def __init__(self, rulebook: Rulebook):
        answering = either(rulebook.words("turns.answering"))
        self.answered = re.compile(rf"[ \t]{{0,8}}(?:(?:{answering}) )?{HANDLE}[^\n]{{0,80}}$", re.IGNORECASE)

    def turns(self, document: Document, start: int, end: int) -> Iterator[Turn]:
        """The posts of an article, a stretch of a document, in order; what has none of the shapes is left to rules."""
        if document.text.find("@", start, end) < 0:
            return
        named = {match["handle"]: match["name"] for match in BESIDE.finditer(document.text, start, end)}
        before: Paragraph = []
        for block in blocks_of(document.text, start, end):
            paragraph = [(line.start, line.end) for line in block]
            for turn in self.within(document.text, paragraph, before):
                yield replace(turn, speaker=named.get(turn.speaker or "", turn.speaker))
            before = paragraph

    def within(self, text: str, lines: Paragraph, before: Paragraph) -> Iterator[Turn]:
        """The posts of one paragraph; a signature alone in it stands under the paragraph before."""
        for place, (start, end) in enumerate(lines):
            labelled, headed = LABELLED.match(text, start, end), HEADED.match(text, start, end)
            signed = SIGNED.match(text, start, end)
            if labelled is not None:
                yield post(labelled, text, [(labelled.end(), end), *unlabelled(text, lines[place + 1 :])])
            elif headed is not None:
                words = [line for line in lines[place + 1 :] if not self.answered.match(text, *line)]
                if words:
                    yield post(headed, text, words)
            elif signed is not None and (lines[:place] or before):
                words = lines[:place] or before
                if not MARKS.intersection(text[words[0][0] : words[-1][1]]):  # a quotation that is signed has its rule
                    yield post(signed, text, words)


def unlabelled(text: str, lines: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The lines up to the next post."""
    for line in lines:
        if LABELLED.match(text, *line):
            return
        yield line


def post(match: re.Match, text: str, lines: Sequence[tuple[int, int]]) -> Turn:
    """Some lines as the words of whom a label, a head or a signature names."""
    start, end = lines[0][0], min(lines[-1][1], lines[0][0] + LONGEST)
    end = end_without_links(text, start, end)
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return Turn(match.span("name"), min(match.start(), start), ((start, end),), match["name"])


def end_without_links(text: str, start: int, end: int) -> int:
    """Where words end before the links behind them."""
    words = [match.span() for match in WORD.finditer(text, start, end)]
    last = len(words)
    while last and words[last - 1][0] > start and LINK.fullmatch(text, *words[last - 1]):
        last -= 1
    if last == len(words):
        return end
    return words[last - 1][1] if last else start

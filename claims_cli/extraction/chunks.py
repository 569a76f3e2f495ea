"""What is parsed at once: articles, long ones in parts, short ones together."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count

from claims_cli.claim import LINE_END, ArticleSpan, Block, Document

LONGEST = 100_000
MOST_TOKENS = 25_000
FURNITURE = "\0"
GAP = re.compile(rf"[\s{FURNITURE}]{{2,}}")
TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True)
class Chunk:
    """What is parsed at once: a stretch of an article, from `offset` to `end` in the document's text."""

    article: ArticleSpan
    offset: int
    end: int


PlacedChunk = tuple[Document, Chunk]


def groups(pieces: Iterable[PlacedChunk]) -> Iterator[list[PlacedChunk]]:
    """Parts in groups that are small enough for memory; the model holds one group at once."""
    group: list[PlacedChunk] = []
    size = 0
    for piece in pieces:
        length = piece[1].end - piece[1].offset
        if group and size + length > LONGEST:
            yield group
            group, size = [], 0
        group.append(piece)
        size += length
    if group:
        yield group


def chunks_of(document: Document) -> Iterator[Chunk]:
    """What is parsed at once: each article, a long one in parts at paragraph ends."""
    for article in document.articles:
        start = article.start
        while start < article.end:
            end = part_end(document.text, start, article.end)
            yield Chunk(article, start, end)
            start = end


def prose(document: Document, part: Chunk) -> str:
    """The text of a part with what is not read blanked, every offset kept: no claim stands there.

    Of the line ends around it as many stay as stood at once, so that the lines beside it are as far apart as before.
    """
    blanked = document.blanked(part.offset, part.end, FURNITURE)
    return GAP.sub(without_line_ends, blanked).replace(FURNITURE, " ")


def blocks_in(document: Document, part: Chunk) -> tuple[Block, ...]:
    """The blocks of a part, their places counted from where it begins."""
    begun = document.blocks_in(part.article.start, part.end)
    inside = (block for block in begun if part.offset < block.end)
    return tuple(replace(block, start=block.start - part.offset, end=block.end - part.offset) for block in inside)


def without_line_ends(gap: re.Match) -> str:
    """White space with furniture in it, without the line ends behind the first that stand together."""
    text = gap.group()
    if FURNITURE not in text:
        return text
    left = min(2, max(len(LINE_END.findall(run)) for run in text.split(FURNITURE)))
    number = count()
    return LINE_END.sub(lambda end: end.group() if next(number) < left else " " * len(end.group()), text)


def longest_part(text: str, start: int, end: int) -> int:
    """How many characters a part may have: fewer where the text is all marks and single letters."""
    sample = text[start : min(end, start + LONGEST)]
    tokens = sum(1 for _ in TOKEN.finditer(sample))
    return LONGEST if tokens <= MOST_TOKENS else max(1, LONGEST * MOST_TOKENS // tokens)


def part_end(text: str, start: int, end: int) -> int:
    """Where a part ends: at a paragraph's end near the greatest length, or at that length."""
    if end - start <= MOST_TOKENS:
        return end
    longest = longest_part(text, start, end)
    if end - start <= longest:
        return end
    for mark in ("\n\n", "\n", " "):
        found = text.rfind(mark, start + longest // 2, start + longest)
        if found >= 0:
            return found + len(mark)
    return start + longest

"""Documents of many megabytes, arranged stretch by stretch, so that memory does not grow with them.

A stretch ends where a paragraph does. What the last article of one says goes on in the next up to where that begins a
new one.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from claims_cli.claim import ArticleSpan, Block, Document, Offsets, Turn

LONGEST = 4_000_000  # characters
PARAGRAPH_END = re.compile(r"(?:\r\n|\n|\r){2}")


def stretches_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """(start, end) of the stretches of a part of a text, in order; together they cover it."""
    while end - start > LONGEST:
        found = PARAGRAPH_END.search(text, start + LONGEST, end)
        if found is None:
            break
        yield start, found.end()
        start = found.end()
    yield start, end


def together(document: Document, stretches: Iterable[tuple[int, Document]]) -> Document:
    """A document with the articles, furniture, turns and blocks of its stretches; each comes with where it begins."""
    articles: list[ArticleSpan] = []
    furniture: list[tuple[int, int]] = []
    turns: list[Turn] = []
    blocks: list[Block] = []
    for offset, part in stretches:
        for article in part.articles:
            end = article.end + offset
            if articles and article.start == 0:
                articles[-1] = replace(articles[-1], end=end)
            else:
                articles.append(replace(article, number=len(articles) + 1, start=article.start + offset, end=end))
        furniture += moved(part.furniture, offset)
        turns += (moved_turn(turn, offset) for turn in part.turns)
        blocks += (moved_block(block, offset) for block in part.blocks)
    return replace(
        document,
        articles=tuple(articles),
        furniture=tuple(furniture),
        turns=tuple(turns),
        blocks=tuple(blocks),
    )


def moved(pieces: Offsets, offset: int) -> Offsets:
    """Pieces as many code points further on."""
    return tuple((start + offset, end + offset) for start, end in pieces)


def moved_turn(turn: Turn, offset: int) -> Turn:
    """A turn as many code points further on."""
    label = moved((turn.label,), offset)[0] if turn.label else None
    return replace(turn, label=label, begins=turn.begins + offset, body=moved(turn.body, offset))


def moved_block(block: Block, offset: int) -> Block:
    """A block as many code points further on."""
    over = moved((block.over,), offset)[0] if block.over else None
    return replace(block, start=block.start + offset, end=block.end + offset, over=over)

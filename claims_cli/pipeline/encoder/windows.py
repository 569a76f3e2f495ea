"""What the small reader is given of an article: whole paragraphs as word pieces, packed to windows of one size.

Only paragraphs in which something may be said are read: those with a candidate, a quotation or a cue word. Every word
knows its first piece, which stands for it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy

from claims_cli.pipeline.parse.quotation_index import QuotationIndex
from claims_cli.pipeline.parse.syntax import Syntax

MOST_PIECES = 190  # of a window, without the two that open and close it
OPENS, CLOSES = 101, 102  # `[CLS]` and `[SEP]`
LOWER, CAPITAL, CAPITALS, OTHER = range(4)
QUOTED = 4  # added to how a word is written


@dataclass(frozen=True)
class Window:
    """Some paragraphs as the network reads them.

    Attributes:
        pieces: numbers of word pieces, the two that open and close a window among them.
        shapes: how the word of each piece is written, and whether it is quoted.
        tokens: the token that each piece is the first of, -1 for all others.
    """

    pieces: numpy.ndarray
    shapes: numpy.ndarray
    tokens: numpy.ndarray


def windows(syntax: Syntax, quotations: QuotationIndex, paragraphs: Iterable[int], tokenizer) -> list[Window]:
    """Some paragraphs packed to windows; one that is longer than a window is cut where a sentence begins."""
    parts: list[tuple[numpy.ndarray, numpy.ndarray]] = []
    for pieces, tokens in encoded(syntax, sorted(paragraphs), tokenizer):
        parts += cut(pieces, tokens, syntax)
    written = numpy.array(shapes(syntax, quotations), dtype=numpy.int64)
    return [window(group, written) for group in packed(parts)]


def encoded(syntax: Syntax, paragraphs: list[int], tokenizer) -> Iterator[tuple[numpy.ndarray, numpy.ndarray]]:
    """The word pieces of each paragraph, and the token in which each begins."""
    starts = [*syntax.paragraph_starts, syntax.length]
    edges = [(starts[number], starts[number + 1]) for number in paragraphs]
    places = [(syntax.start[first], syntax.end[end - 1]) for first, end in edges]
    found = tokenizer.encode_batch([syntax.surface[start:end] for start, end in places], add_special_tokens=False)
    begins = numpy.array(syntax.start, dtype=numpy.int64)
    for (start, _), one in zip(places, found, strict=True):
        offsets = numpy.array(one.offsets, dtype=numpy.int64).reshape(-1, 2)[:, 0] + start
        tokens = numpy.searchsorted(begins, offsets, side="right") - 1
        yield numpy.array(one.ids, dtype=numpy.int64), tokens


def cut(pieces: numpy.ndarray, tokens: numpy.ndarray, syntax: Syntax) -> Iterator[tuple[numpy.ndarray, numpy.ndarray]]:
    """A paragraph in parts of at most a window, cut before the last sentence that begins in each."""
    while len(pieces) > MOST_PIECES:
        at = next(
            (at for at in range(MOST_PIECES, MOST_PIECES // 2, -1) if syntax.sentence[tokens[at]] == tokens[at]),
            MOST_PIECES,
        )
        yield pieces[:at], tokens[:at]
        pieces, tokens = pieces[at:], tokens[at:]
    if len(pieces):
        yield pieces, tokens


def packed(parts: list[tuple[numpy.ndarray, numpy.ndarray]]) -> Iterator[list[tuple[numpy.ndarray, numpy.ndarray]]]:
    """Parts that follow each other, as many as fit into a window."""
    group: list[tuple[numpy.ndarray, numpy.ndarray]] = []
    size = 0
    for part in parts:
        if group and size + len(part[0]) > MOST_PIECES:
            yield group
            group, size = [], 0
        group.append(part)
        size += len(part[0])
    if group:
        yield group


def window(parts: list[tuple[numpy.ndarray, numpy.ndarray]], written: numpy.ndarray) -> Window:
    """Parts as one window."""
    pieces = numpy.concatenate([[OPENS], *(part[0] for part in parts), [CLOSES]])
    tokens = numpy.concatenate([part[1] for part in parts])
    first = numpy.append(True, tokens[1:] != tokens[:-1])
    return Window(
        pieces,
        numpy.concatenate([[OTHER], written[tokens], [OTHER]]),
        numpy.concatenate([[-1], numpy.where(first, tokens, -1), [-1]]),
    )


def shapes(syntax: Syntax, quotations: QuotationIndex) -> list[int]:
    """How each word is written on the page, and whether it stands in quotation marks."""
    text, holder = syntax.surface, quotations.holder
    return [
        written(text[start:end]) + (QUOTED if holder[index] is not None else 0)
        for index, (start, end) in enumerate(zip(syntax.start, syntax.end, strict=True))
    ]


def written(word: str) -> int:
    """How a word is written: in small letters, with a capital, in capitals, or without letters."""
    if word.islower():
        return LOWER
    if word.isupper():
        return CAPITALS if len(word) > 1 else CAPITAL
    return CAPITAL if word[:1].isupper() else OTHER

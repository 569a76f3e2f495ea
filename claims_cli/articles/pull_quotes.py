"""Pull quotes: a quotation set off from an article that says the same words in a longer line. None is read twice."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from claims_cli.articles.lines import Line
from claims_cli.claim import ArticleSpan, Document, Offsets

MARKS = "“”\"‘’'"
FEWEST_WORDS = 5
NO_WORD = re.compile(r"\W+")


def pull_quotes(document: Document, lines: Sequence[Line], articles: Sequence[ArticleSpan]) -> Offsets:
    """(start, end) of the lines that are pull quotes, of all lines that are read."""
    blocks = [block for block in document.blocks if block.kind == "quote" and block.over is None]
    starts = [line.start for line in lines]

    def is_set_off(line: Line) -> bool:
        in_marks = line.text[:1] in MARKS and line.text.rstrip(".,")[-1:] in MARKS
        place = bisect_right(blocks, line.start, key=lambda block: block.start) - 1
        return in_marks or (place >= 0 and line.start < blocks[place].end)

    found = []
    for article in articles:
        inside = lines[bisect_left(starts, article.start) : bisect_left(starts, article.end)]
        some = [line for line in inside if line.words >= FEWEST_WORDS and is_set_off(line)]
        if some:
            runs = by_runs(plain(line.text) for line in inside)
            found += [(line.start, line.end) for line in some if stands_again(plain(line.text), runs)]
    return tuple(found)


def by_runs(lines: Iterable[str]) -> dict[tuple[str, ...], list[str]]:
    """Lines by each run of the fewest words in them, so that only those with the same words are compared."""
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for line in lines:
        words = line.split()
        for place in range(len(words) - FEWEST_WORDS + 1):
            found[tuple(words[place : place + FEWEST_WORDS])].append(line)
    return found


def stands_again(own: str, runs: Mapping[tuple[str, ...], Sequence[str]]) -> bool:
    """Whether a longer line has the words of one."""
    others = runs.get(tuple(own.split()[:FEWEST_WORDS]), ())
    return any(len(other) > len(own) and own in other for other in others)


def plain(text: str) -> str:
    """A line as its words, in small letters."""
    return f" {NO_WORD.sub(' ', text.casefold()).strip()} "

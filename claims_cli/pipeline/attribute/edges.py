"""Where a run of words ends: white space, loose punctuation and bare conjunctions are left outside."""

from collections.abc import Iterable, Sequence

from claims_cli.pipeline.article import TokenSpan
from claims_cli.pipeline.parse.syntax import Syntax

LOOSE = frozenset({"PUNCT", "SPACE"})
LOOSE_EDGES = frozenset({",", ";", ":", "-", "--", "–", "—", "―", ".", "...", "…", "(", "|"})
OPENING_DEPS = frozenset({"cc", "preconj"})


def unbroken(syntax: Syntax, words: Sequence[int]) -> list[TokenSpan]:
    """Unbroken spans of sorted words, white space and punctuation between them included, loose edges trimmed."""
    spans: list[TokenSpan] = []
    known = set(words)
    for index in words:
        if spans and joins(syntax, range(spans[-1][1], index), known):
            spans[-1] = (spans[-1][0], index + 1)
        else:
            spans.append((index, index + 1))
    trimmed = (trim(syntax, span) for span in spans)
    return [span for span in trimmed if span is not None]


def joins(syntax: Syntax, gap: Iterable[int], known: set[int]) -> bool:
    """Whether what stands between two words is white space, or punctuation that hangs on the words."""
    return all(
        syntax.pos[index] in LOOSE
        and index not in known
        and (syntax.pos[index] == "SPACE" or syntax.head[index] in known)
        for index in gap
    )


def trim(syntax: Syntax, span: TokenSpan) -> TokenSpan | None:
    """A span without punctuation, white space and bare conjunctions at its edges; None where nothing is left."""
    start, end = span
    while start < end and is_loose(syntax, start):
        start += 1
    while start < end and (is_loose(syntax, end - 1) or dangles(syntax, end - 1)):
        end -= 1
    says_nothing = all(syntax.pos[index] in LOOSE or dangles(syntax, index) for index in range(start, end))
    return None if says_nothing else (start, end)


def is_loose(syntax: Syntax, index: int) -> bool:
    """Whether a token is white space or punctuation that belongs to no edge."""
    return syntax.pos[index] == "SPACE" or syntax.lower[index] in LOOSE_EDGES


def dangles(syntax: Syntax, index: int) -> bool:
    """Whether a token is a conjunction, whose other half is elsewhere when it stands at an edge."""
    return syntax.dep[index] in OPENING_DEPS

"""What does not belong to a content although it stands in it: additions of the reporter's, asides, datelines.

The boundaries follow PolNeAR's annotation guidelines as the claim record puts them.
"""

from bisect import bisect_left

from claims_cli.pipeline.article import Article
from claims_cli.pipeline.attribute.edges import LOOSE
from claims_cli.pipeline.parse.syntax import Syntax

DASHES = frozenset({"--", "–", "—", "―", "-"})
DATELINE_TOKENS = 14


def in_brackets(syntax: Syntax, cue: int, words: set[int]) -> set[int]:
    """Of a content whose cue stands in brackets, what stands in them too; all of it where nothing does."""
    bounds = next((pair for pair in reversed(syntax.brackets) if pair[0] < cue < pair[1]), None)
    if bounds is None:
        return words
    inside = {index for index in words if bounds[0] < index < bounds[1]}
    return inside if any(syntax.pos[index] not in LOOSE for index in inside) else words


def additions(article: Article, cue: int, words: set[int]) -> set[int]:
    """What the reporter may have added: asides between dashes, and a last relative clause behind a comma."""
    if not words:
        return set()
    syntax, last = article.syntax, max(words)
    added: set[int] = set()
    for clause in words:
        if syntax.dep[clause] == "relcl" and may_be_added(article, clause) and syntax.right[clause] >= last - 1:
            if cue < clause and not holds_quotation(article, clause):
                added.update(syntax.subtree(clause))
    return added | dash_asides(article, words)


def may_be_added(article: Article, clause: int) -> bool:
    """Whether a relative clause stands behind a comma and outside quotation marks."""
    syntax = article.syntax
    left = syntax.left[clause]
    opens = syntax.tag[left] in ("WDT", "WRB", "WP", "IN")
    return left > 0 and syntax.lower[left - 1] == "," and opens and article.quotations.holder[clause] is None


def holds_quotation(article: Article, clause: int) -> bool:
    """Whether quoted words stand in a clause, which then goes on with what was said; no title (`the "Port" show`)."""
    syntax = article.syntax
    holders = (article.quotations.holder[index] for index in syntax.subtree(clause))
    return any(syntax.text[syntax.start[held.start + 1]].islower() for held in holders if held is not None)


def dash_asides(article: Article, words: set[int]) -> set[int]:
    """Words between two dashes, or behind a last one, that only say what a thing is."""
    syntax = article.syntax
    dashes = [
        i for i in range(min(words), max(words) + 1) if is_dash(syntax, i) and article.quotations.holder[i] is None
    ]
    if not dashes:
        return set()
    ends = [*dashes[1:2], max(words) + 1]
    begin, end = dashes[0], ends[0]
    inside = [i for i in range(begin + 1, end) if i in words]
    tops = [i for i in inside if syntax.head[i] not in inside and syntax.pos[i] not in LOOSE]
    glosses = bool(tops) and all(syntax.pos[i] in ("NOUN", "PROPN") for i in tops)
    return set(range(begin, min(end + 1, max(words) + 1))) if glosses else set()


def is_dash(syntax: Syntax, index: int) -> bool:
    """Whether a token is a dash, and no hyphen inside a word."""
    if syntax.lower[index] not in DASHES:
        return False
    long = syntax.lower[index] not in ("-", "–")
    return long or (index > 0 and syntax.end[index - 1] < syntax.start[index])


def dateline(article: Article, index: int) -> tuple[int, int]:
    """The tokens of a dateline (`BEIRUT (AP) --`) at the head of a token's paragraph; an empty span where none is."""
    syntax = article.syntax
    first = bisect_left(syntax.paragraph, syntax.paragraph[index])
    for at in range(first + 1, min(first + DATELINE_TOKENS, syntax.length)):
        if is_dash(syntax, at):
            words = [i for i in range(first, at) if syntax.pos[i] not in LOOSE]
            place = syntax.text[syntax.start[first] : syntax.end[first]]
            return (first, at + 1) if place.isupper() and len(place) > 2 and words else (first, first)
    return first, first

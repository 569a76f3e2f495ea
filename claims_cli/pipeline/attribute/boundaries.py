"""What does not belong to a content although it stands in it: additions of the reporter's, asides, datelines.

The boundaries follow PolNeAR's annotation guidelines as the claim record puts them.
"""

from bisect import bisect_left

from claims_cli.pipeline.parse.quotation_index import QuotationIndex
from claims_cli.pipeline.parse.syntax import Syntax

DASHES = frozenset({"--", "–", "—", "―", "-"})
DATELINE_TOKENS = 14
LOOSE = frozenset({"PUNCT", "SPACE"})


class Boundaries:
    """Finds in one document what is no part of a content."""

    def __init__(self, syntax: Syntax, marks: QuotationIndex):
        self.syntax = syntax
        self.marks = marks
        self.brackets = bracketed(syntax)

    def in_brackets(self, cue: int, words: set[int]) -> set[int]:
        """Of a content whose cue stands in brackets, what stands in them too; all of it where nothing does."""
        bounds = next((pair for pair in reversed(self.brackets) if pair[0] < cue < pair[1]), None)
        if bounds is None:
            return words
        inside = {index for index in words if bounds[0] < index < bounds[1]}
        return inside if any(self.syntax.pos[index] not in LOOSE for index in inside) else words

    def additions(self, cue: int, words: set[int]) -> set[int]:
        """What the reporter may have added: asides between dashes, and a last relative clause behind a comma."""
        if not words:
            return set()
        syntax, last = self.syntax, max(words)
        added: set[int] = set()
        for clause in words:
            if syntax.dep[clause] == "relcl" and self.may_be_added(clause) and syntax.right[clause] >= last - 1:
                if cue < clause:
                    added.update(syntax.subtree(clause))
        return added | self.dash_asides(words)

    def may_be_added(self, clause: int) -> bool:
        """Whether a relative clause stands behind a comma and outside quotation marks."""
        left = self.syntax.left[clause]
        opens = self.syntax.tag[left] in ("WDT", "WRB", "WP") or self.syntax.tag[left] == "IN"
        return left > 0 and self.syntax.lower[left - 1] == "," and opens and self.marks.holder[clause] is None

    def dash_asides(self, words: set[int]) -> set[int]:
        """Words between two dashes, or behind a last one, that only say what a thing is."""
        syntax = self.syntax
        dashes = [i for i in range(min(words), max(words) + 1) if self.is_dash(i) and self.marks.holder[i] is None]
        if not dashes:
            return set()
        ends = [*dashes[1:2], max(words) + 1]
        begin, end = dashes[0], ends[0]
        inside = [i for i in range(begin + 1, end) if i in words]
        tops = [i for i in inside if syntax.head[i] not in inside and syntax.pos[i] not in LOOSE]
        glosses = bool(tops) and all(syntax.pos[i] in ("NOUN", "PROPN") for i in tops)
        return set(range(begin, min(end + 1, max(words) + 1))) if glosses else set()

    def is_dash(self, index: int) -> bool:
        """Whether a token is a dash, and no hyphen inside a word."""
        syntax = self.syntax
        if syntax.lower[index] not in DASHES:
            return False
        long = syntax.lower[index] not in ("-", "–")
        return long or (index > 0 and syntax.end[index - 1] < syntax.start[index])

    def dateline(self, index: int) -> tuple[int, int]:
        """(first, end) of a dateline (`BEIRUT (AP) --`) at the head of a token's paragraph; empty where none is."""
        syntax = self.syntax
        first = bisect_left(syntax.paragraph, syntax.paragraph[index])
        for at in range(first + 1, min(first + DATELINE_TOKENS, syntax.length)):
            if self.is_dash(at):
                words = [i for i in range(first, at) if syntax.pos[i] not in LOOSE]
                place = syntax.text[syntax.start[first] : syntax.end[first]]
                return (first, at + 1) if place.isupper() and len(place) > 2 and words else (first, first)
        return first, first


def bracketed(syntax: Syntax) -> list[tuple[int, int]]:
    """The tokens of each pair of round brackets that opens and closes in one paragraph, in the order they open."""
    opened: list[int] = []
    found: list[tuple[int, int]] = []
    for index, word in enumerate(syntax.lower):
        if word == "(":
            opened.append(index)
        elif word == ")" and opened:
            first = opened.pop()
            if syntax.paragraph[first] == syntax.paragraph[index]:
                found.append((first, index))
    return sorted(found)

"""Where one voice ends and the next begins in a sentence: `X said A, while Y said B`, `A, X said; B, said Y`.

What stands on the other side of such a boundary is no part of what a speaker says. A voice inside what another one says
(`X said that Y had denied it`) is no next voice: it stands nested.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from claims_cli.pipeline.article import Article, Attribution, TokenSpans, spans_of, tokens_of
from claims_cli.pipeline.attribute.edges import unbroken
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.pipeline.parse.word_order import FINITE

DIVIDER = ";"
OPENING_DEPS = frozenset({"mark", "cc", "advmod"})
BEFORE_OPENING = frozenset({",", "”", '"', "''", "--", "—", "–"})
EMBEDDED = frozenset({"relcl", "acl", "csubj", "csubjpass", "pcomp"})


def part_voices(
    attributions: Sequence[Attribution], article: Article, opening: frozenset[str], sure: float
) -> list[Attribution]:
    """The attributions, in order, each content without what stands beyond the boundary to another voice.

    Args:
        opening: words that open a clause with a voice of its own (`while`), in lower case.
        sure: the confidence from which an attribution is a voice.
    """
    syntax, parted = article.syntax, list(attributions)
    by_sentence: dict[int, list[int]] = defaultdict(list)
    for place, attribution in enumerate(attributions):
        if attribution.source and attribution.score >= sure and is_finite(attribution.head, syntax):
            by_sentence[syntax.sentence_number[attribution.head]].append(place)
    for places in by_sentence.values():
        for at, later in enumerate(places):
            for earlier in places[:at]:
                boundary = boundary_between(parted[earlier], parted[later], article, opening)
                if boundary is not None:
                    parted[earlier] = kept(parted[earlier], article, below=boundary)
                    if is_closed(parted[earlier]) or syntax.lower[boundary] == DIVIDER:
                        parted[later] = kept(parted[later], article, above=boundary)
    return parted


def is_finite(head: int, syntax: Syntax) -> bool:
    """Whether a cue is a verb that makes a clause of its own."""
    return syntax.tag[head] in FINITE or any(syntax.tag[child] in FINITE for child in syntax.children[head])


def is_closed(attribution: Attribution) -> bool:
    """Whether a content stands before its cue, so that what is said is over there (`A, X said, but B, Y said`)."""
    return attribution.content[0][0] < attribution.head


def kept(attribution: Attribution, article: Article, below: int | None = None, above: int | None = None) -> Attribution:
    """An attribution with what of its content stands before (or behind) a boundary; itself where nothing does."""
    words = tokens_of(attribution.content)
    left = {i for i in words if (below is None or i < below) and (above is None or i > above)}
    if left == words or not left:
        return attribution
    content = without_loose_edges(left, attribution.content, article.syntax)
    return replace(attribution, content=content) if content else attribution


def without_loose_edges(words: Iterable[int], content: TokenSpans, syntax: Syntax) -> TokenSpans:
    """Words of a content in the pieces that it had, punctuation at their edges left out."""
    known = set(words)
    pieces = ([index for index in range(*piece) if index in known] for piece in content)
    return spans_of(index for piece in pieces for span in unbroken(syntax, piece) for index in range(*span))


def boundary_between(earlier: Attribution, later: Attribution, article: Article, opening: frozenset[str]) -> int | None:
    """The token at which the later of two voices begins, or None where it stands in what the earlier one says."""
    syntax = article.syntax
    if earlier.candidate.stretch is not None and earlier.candidate.stretch[0] > earlier.head:
        return None  # all that a line says behind a colon
    boundary = next(
        (i for i in range(later.head - 1, earlier.head, -1) if is_boundary(i, earlier, later, article, opening)), None
    )
    if boundary is None or min(start for start, _ in later.source) <= boundary:
        return None
    return boundary if opens_clause(later, boundary, syntax) and not is_reported(later.head, syntax) else None


def is_boundary(index: int, earlier: Attribution, later: Attribution, article: Article, opening: frozenset[str]) -> bool:
    """Whether a semicolon, or a word behind a comma that opens a clause, stands on the same level as two voices."""
    syntax, holder = article.syntax, article.quotations.holder
    if holder[index] is not holder[earlier.head] or holder[index] is not holder[later.head]:
        return False
    if syntax.lower[index] == DIVIDER:
        return True
    opens = syntax.lower[index] in opening and syntax.dep[index] in OPENING_DEPS
    return opens and syntax.lower[index - 1] in BEFORE_OPENING


def opens_clause(voice: Attribution, boundary: int, syntax: Syntax) -> bool:
    """Whether a voice has the clause behind a boundary: it hangs on no other verb there, and on no `that`."""
    head = voice.head
    if syntax.dep[head] in EMBEDDED:
        return False
    if any(syntax.dep[child] == "mark" and child > boundary for child in syntax.children[head]):
        return False
    above = head
    while syntax.head[above] != above:
        above = syntax.head[above]
        if boundary < above < head and not voice.holds(above):
            return False
    return True


def is_reported(head: int, syntax: Syntax) -> bool:
    """Whether a verb stands in the tense of what is reported (`had said`, `would say`)."""
    pluperfect = syntax.tag[head] == "VBN"
    auxiliaries = (syntax.tag[child] for child in syntax.children[head] if syntax.dep[child] == "aux")
    return any(tag == "MD" or (tag == "VBD" and pluperfect) for tag in auxiliaries)

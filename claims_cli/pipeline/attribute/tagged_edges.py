"""Edges of contents moved to where the small reader's tags begin and end.

The rules' boundaries follow the tree, and a parser hangs a trailing clause on the wrong word as often as not. A span
grows word by word, in its sentence, as long as the next word is tagged as going on with it; it never takes a word of
another role and never crosses a bracket. It shrinks where the words at an edge are hardly tagged: at its beginning
down to a word with which a content begins, at its end by whole phrases; never inside a quotation, and never over a
word of another role.
"""

from collections.abc import Sequence
from dataclasses import replace

from claims_cli.pipeline.article import Article, Attribution, TokenSpan, merged, tokens_of
from claims_cli.pipeline.attribute.edges import trim
from claims_cli.pipeline.encoded import BEGINS, CONTENT, GOES_ON, Encoded

LIKELY = 0.5  # from where on a word counts as tagged
UNLIKELY_BEFORE, UNLIKELY_BEHIND = 0.35, 0.15  # up to where a word at an edge is left out
OTHER_ROLES = ("cue", "source", "addressee", "medium", "when", "citing", "relay")
BRACKETS = frozenset("()[]")
OPENS_A_PHRASE = frozenset({"amod", "compound", "det", "nummod", "poss", "predet", "prep"})
SENTENCE_ENDS = frozenset({".", "?", "!"})


def with_tagged_edges(attributions: Sequence[Attribution], article: Article) -> tuple[Attribution, ...]:
    """The attributions with their edges moved; as they are where the reader did not read."""
    encoded = article.encoded
    if encoded is None:
        return tuple(attributions)
    taken = tokens_of(span for one in attributions for role in OTHER_ROLES for span in getattr(one, role))
    taken |= {index for index, word in enumerate(article.syntax.lower) if word in BRACKETS}
    return tuple(moved(one, article, encoded, taken) for one in attributions)


def moved(attribution: Attribution, article: Article, encoded: Encoded, taken: set[int]) -> Attribution:
    """One attribution with the edges of its content moved.

    As it is stays one that the reader was not asked of, and one that it takes for a part of another's content.
    """
    if attribution.candidate.evidence is None or encoded.inside[attribution.head, CONTENT] > LIKELY:
        return attribution
    content = merged(with_edges(span, article, encoded, taken) for span in attribution.content)
    return attribution if content == attribution.content else replace(attribution, content=content)


def with_edges(span: TokenSpan, article: Article, encoded: Encoded, taken: set[int]) -> TokenSpan:
    """A span of a content with both its edges where the tags have them, or where they are."""
    first, end = wider(span, article, encoded, taken)
    if first == span[0]:
        first = later_beginning((first, end), article, encoded, taken)
    if end == span[1]:
        end = earlier_end((first, end), article, encoded, taken)
    return (first, end) if (first, end) == span else trim(article.syntax, (first, end)) or span


def wider(span: TokenSpan, article: Article, encoded: Encoded, taken: set[int]) -> TokenSpan:
    """A span of a content with the words before and behind it over which the content goes on."""
    syntax, inside, goes_on = article.syntax, encoded.inside[:, CONTENT], encoded.tags[:, CONTENT, GOES_ON]
    first, end = span
    begin, stop = syntax.sentence[first], syntax.sentence_end[end - 1]
    if syntax.dep[first] == "mark":
        begin = first  # what stands before `that` is no part of the clause
    while first > begin and inside[first - 1] > LIKELY and goes_on[first] > LIKELY and first - 1 not in taken:
        first -= 1
    is_closed = syntax.lower[end - 1] in SENTENCE_ENDS
    while not is_closed and end < stop and goes_on[end] > LIKELY and end not in taken:
        end += 1
    while end > span[1] and syntax.head[end - 1] >= end:
        end -= 1  # the first word of what is not tagged any more
    trimmed = trim(syntax, (first, end)) or span
    return min(trimmed[0], span[0]), max(trimmed[1], span[1])


def later_beginning(span: TokenSpan, article: Article, encoded: Encoded, taken: set[int]) -> int:
    """Where a span begins without untagged words before a word that is tagged as a beginning."""
    first, end = span
    inside = encoded.inside[:, CONTENT]
    later = next((index for index in range(first, end) if inside[index] >= UNLIKELY_BEFORE), first)
    is_cut = encoded.tags[later, CONTENT, BEGINS] > LIKELY and article.syntax.dep[later - 1] not in OPENS_A_PHRASE
    return later if is_cut and later < end - 1 and is_free(article, range(first, later), taken) else first


def earlier_end(span: TokenSpan, article: Article, encoded: Encoded, taken: set[int]) -> int:
    """Where a span ends without an untagged phrase at its end."""
    syntax, (first, end) = article.syntax, span
    inside = encoded.inside[:, CONTENT]
    earlier = next((index + 1 for index in range(end - 1, first, -1) if inside[index] >= UNLIKELY_BEHIND), end)
    is_phrase = not any(earlier <= syntax.head[index] < end for index in range(first, earlier))
    is_cut = is_phrase and inside[earlier - 1] > LIKELY and is_free(article, range(earlier, end), taken)
    return earlier if is_cut else end


def is_free(article: Article, words: range, taken: set[int]) -> bool:
    """Whether words may be left out: none is quoted, and none is of another role, here or in what stands inside."""
    return not any(index in taken or article.quotations.holder[index] is not None for index in words)

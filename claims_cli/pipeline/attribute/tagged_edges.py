"""Edges of contents moved outwards to where the small reader's tags end.

The rules' boundaries follow the tree, and a parser hangs a trailing clause on the wrong word as often as not. A span
grows word by word, in its sentence, as long as the next word is tagged as going on with it; it never takes a word of
another role, never crosses a bracket, and never shrinks.
"""

from collections.abc import Sequence
from dataclasses import replace

from claims_cli.pipeline.article import Article, Attribution, TokenSpan, merged, tokens_of
from claims_cli.pipeline.attribute.edges import trim
from claims_cli.pipeline.encoded import CONTENT, GOES_ON, Encoded

LIKELY = 0.5  # from where on a word counts as tagged
OTHER_ROLES = ("cue", "source", "addressee", "medium", "when", "citing", "relay")
BRACKETS = frozenset("()[]")
SENTENCE_ENDS = frozenset({".", "?", "!"})


def with_tagged_edges(attributions: Sequence[Attribution], article: Article) -> tuple[Attribution, ...]:
    """The attributions with their spans grown; as they are where the reader did not read."""
    encoded = article.encoded
    if encoded is None:
        return tuple(attributions)
    taken = tokens_of(span for one in attributions for role in OTHER_ROLES for span in getattr(one, role))
    taken |= {index for index, word in enumerate(article.syntax.lower) if word in BRACKETS}
    return tuple(grown(one, article, encoded, taken) for one in attributions)


def grown(attribution: Attribution, article: Article, encoded: Encoded, taken: set[int]) -> Attribution:
    """One attribution with its content grown.

    As it is stays one that the reader was not asked of, and one that it takes for a part of another's content.
    """
    if attribution.candidate.evidence is None or encoded.inside[attribution.head, CONTENT] > LIKELY:
        return attribution
    content = merged(wider(span, article, encoded, taken) for span in attribution.content)
    return attribution if content == attribution.content else replace(attribution, content=content)


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
    if (first, end) == span:
        return span
    trimmed = trim(syntax, (first, end)) or span
    return min(trimmed[0], span[0]), max(trimmed[1], span[1])

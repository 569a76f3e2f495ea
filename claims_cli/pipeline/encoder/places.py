"""Where the words of a candidate stand that the small reader looks at."""

from claims_cli.pipeline.article import Candidate
from claims_cli.pipeline.parse.syntax import Syntax

NONE = -1


def places_of(candidate: Candidate, syntax: Syntax) -> tuple[int, int, int, int, int, int]:
    """Cue, head and first word of the source (-1 for none), head, first and last word of the content, as tokens."""
    cue, source = candidate.cue, candidate.tokens.get("source")
    head, first, last = content_of(candidate, syntax)
    if source is None:
        return cue, NONE, NONE, head, first, last
    return cue, source, max(syntax.left[source], syntax.sentence[source]), head, first, last


def content_of(candidate: Candidate, syntax: Syntax) -> tuple[int, int, int]:
    """Head, first and last word of a content, before its edges are settled."""
    quotation, content = candidate.quotation, candidate.tokens.get("content")
    if quotation is not None:
        first, last = quotation.start, max(quotation.start, quotation.end - 1)
        return (min(first + 1, last), first, last)
    if candidate.stretch is not None:
        first, end = candidate.stretch
        return (content if content is not None else first, first, end - 1)
    if content is None:
        return candidate.cue, candidate.cue, candidate.cue
    left, right = syntax.left[content], syntax.right[content]
    if left <= candidate.cue <= right:  # the cue stands inside what hangs on the content
        left, right = (candidate.cue + 1, right) if content > candidate.cue else (left, candidate.cue - 1)
    return content, min(left, content), max(right, content)

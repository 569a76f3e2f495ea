"""Heads grown to the spans of source, cue, content and the other roles.

The boundaries follow PolNeAR's annotation guidelines (Newell, Margolin and Ruths, LREC 2018) as the claim record puts
them. All spans are token indices here; `pipeline.claims` turns them into code points.
"""

from claims_cli.pipeline.article import Article, Attribution, Candidate, TokenSpans, tokens_of
from claims_cli.pipeline.attribute.content_span import content_span
from claims_cli.pipeline.attribute.cue_span import cue_span
from claims_cli.pipeline.attribute.source_span import phrase_span, source_span

SIDE_ROLES = ("addressee", "medium", "when", "citing", "relay")


def grow(candidate: Candidate, article: Article) -> Attribution | None:
    """A candidate with its spans; None where nothing is left for the content, or quotation marks divide it.

    A word plays one role: the first to take it, in the order cue, `SIDE_ROLES`, source, content.
    """
    cue = cue_span(candidate, article)
    taken = set(range(*cue))
    roles: dict[str, TokenSpans] = dict.fromkeys(SIDE_ROLES, ())
    for role in SIDE_ROLES:
        if role in candidate.tokens and not is_quoted(candidate, candidate.tokens[role]):
            # `in an interview on Friday`
            barred = taken - tokens_of(roles["medium"]) if role == "when" else taken
            roles[role] = phrase_span(candidate, article, role, barred)
            taken |= tokens_of(roles[role])
    source = source_span(candidate, article, taken | quoted(candidate)) if "source" in candidate.tokens else ()
    content = content_span(candidate, article, taken | tokens_of(source))
    addressee, medium, when, citing, relay = (roles[role] for role in SIDE_ROLES)
    attribution = Attribution(candidate, (cue,), content, source, addressee, medium, when, citing, relay)
    return attribution if attribution.content and is_sound(attribution, article) else None


def quoted(candidate: Candidate) -> set[int]:
    """The words of the quotation that is the content; none where the source stands among them."""
    quotation = candidate.quotation
    if quotation is None or is_quoted(candidate, candidate.tokens["source"]):
        return set()
    return set(range(quotation.start, quotation.end))


def is_quoted(candidate: Candidate, token: int) -> bool:
    """Whether a word stands in the quotation that is the content, so that it plays no other role."""
    quotation = candidate.quotation
    return quotation is not None and quotation.start <= token < quotation.end


def is_sound(attribution: Attribution, article: Article) -> bool:
    """Whether no quotation mark divides the cue from its source, or a cue inside marks from its content."""
    holder = article.quotations.holder
    inside = holder[attribution.head]
    if attribution.source and not article.quotations.share(attribution.source[0][0], attribution.head):
        return False
    if inside is None:
        return True
    return all(holder[start] is inside and holder[end - 1] is inside for start, end in attribution.content)

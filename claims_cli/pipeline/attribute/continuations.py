"""Quotations that no cue claims, joined to the claim that they continue."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from claims_cli.pipeline.article import Article, Attribution, TokenSpans, merged, tokens_of
from claims_cli.pipeline.parse.quotations import Quotation
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.pipeline.parse.word_order import line_bounds

LINKS = frozenset({",", "--", "—", "–"})
SENTENCE_ENDS = frozenset({".", "?", "!", ";"})
ENDS = frozenset({".", "?", "!", "...", "…"})
QUOTATION_ENDS = ENDS | {"--", "—", "–"}
BEYOND = 4  # words behind a quotation among which its speaker is named
SENTENCE_MARKS = frozenset({".", "?", "!", ",", ":", ";", "…", "--", "—"})


def with_continuations(attributions: Sequence[Attribution], article: Article, sure: float) -> list[Attribution]:
    """The attributions, each with the quotations that go on with its content or lead up to it."""
    owners = claimed(attributions, article, sure)
    contents = [attribution.content for attribution in attributions]
    for quotation, owner in continuing(attributions, article, owners):
        contents[owner] = merged([*contents[owner], (quotation.start, quotation.end)])
    return [with_content(*both) for both in zip(attributions, contents, strict=True)]


def with_content(attribution: Attribution, content: TokenSpans) -> Attribution:
    """An attribution with another content."""
    return attribution if content == attribution.content else replace(attribution, content=content)


def claimed(attributions: Sequence[Attribution], article: Article, sure: float) -> dict[Quotation, int]:
    """By each outermost quotation that stands whole in a content the place of its attribution, the surest last."""
    owners: dict[Quotation, int] = {}
    for place in sorted(range(len(attributions)), key=lambda place: attributions[place].score):
        attribution = attributions[place]
        if attribution.outer is None and attribution.score >= sure:
            for start, end in attribution.content:
                owners.update((quotation, place) for quotation in quotations_inside(article, start, end))
    return owners


def quotations_inside(article: Article, start: int, end: int) -> Iterator[Quotation]:
    """The outermost quotations that stand whole in a stretch of tokens."""
    outermost = article.quotations.outermost
    for place in range(bisect_left(outermost, start, key=lambda quotation: quotation.start), len(outermost)):
        if outermost[place].start >= end:
            return
        if outermost[place].end <= end:
            yield outermost[place]


def continuing(
    attributions: Sequence[Attribution], article: Article, owners: dict[Quotation, int]
) -> Iterator[tuple[Quotation, int]]:
    """Each quotation that nobody claims and that goes on with one before it, or leads up to the next; and whose it is.

    `owners` takes in what is found, so that a third quotation may go on with the second.
    """
    syntax, outermost = article.syntax, article.quotations.outermost
    for previous, quotation in pairwise(outermost):
        if quotation not in owners and previous in owners:
            owner = attributions[owners[previous]]
            is_next = goes_on(article, previous, quotation, owner) and not opens_turn(article, quotation, owners)
            if is_next and partner(attributions, article, owners, quotation) is None:
                owners[quotation] = owners[previous]
                yield quotation, owners[quotation]
        elif previous not in owners and quotation in owners:
            owner = attributions[owners[quotation]]
            if is_interrupted(article, previous, quotation, owner):
                owners[previous] = owners[quotation]
                yield previous, owners[previous]
    for earlier, later in pairwise(outermost):
        if earlier not in owners and later in owners and leads_on(syntax, earlier, later):
            owners[earlier] = owners[later]
            yield earlier, owners[earlier]


def goes_on(article: Article, previous: Quotation, quotation: Quotation, owner: Attribution) -> bool:
    """Whether a quotation continues the one before it."""
    syntax = article.syntax
    if not opens_sentence(article, quotation) or (syntax.pos[owner.head] == "PUNCT" and owner.head >= previous.end):
        return False  # it is signed: the next one is another's
    if syntax.tag[owner.candidate.tokens.get("source", owner.head)] == "WDT":
        return False  # of a thing: `a fair, which let “all” speak`
    apart = syntax.paragraph[quotation.start] - syntax.paragraph[previous.end - 1]
    if apart > 1 or (apart == 1 and not (opens_paragraph(syntax, quotation) and is_left(syntax, quotation, owner))):
        return False
    known = tokens_of(owner.cue) | tokens_of(owner.source) | set(syntax.subtree(owner.head))
    between = range(previous.end, quotation.start)
    return not any(syntax.pos[index] in ("VERB", "AUX") for index in between if index not in known)


def opens_turn(article: Article, quotation: Quotation, owners: dict[Quotation, int]) -> bool:
    """Whether a quotation opens a paragraph, and right behind it stands one of somebody's (`“How?” “So,” Roe said`)."""
    if not opens_paragraph(article.syntax, quotation):
        return False
    beside = article.quotations.by_paragraph.get(article.syntax.paragraph[quotation.start], [])
    return any(one.start == quotation.end and one in owners for one in beside)


def is_left(syntax: Syntax, quotation: Quotation, owner: Attribution) -> bool:
    """Whether no words of another one's go on with a quotation: it ends a sentence, or its owner's name follows."""
    inner, end = syntax.lower[quotation.end - 2], line_bounds(syntax, quotation.end - 1)[1]
    if not quotation.closed or inner in QUOTATION_ENDS or quotation.end >= end:
        return True
    if inner != "," and not syntax.lower[quotation.end][0].isalpha():
        return True
    names = {syntax.lower[index] for index in tokens_of(owner.source) if syntax.pos[index] == "PROPN"}
    return any(syntax.lower[index] in names for index in range(quotation.end, min(end, quotation.end + BEYOND)))


def is_interrupted(article: Article, earlier: Quotation, later: Quotation, owner: Attribution) -> bool:
    """Whether commas or dashes set the owner of a quotation off from it and the one before it (`“A,” X says, “b”`)."""
    syntax = article.syntax
    if not earlier.end <= owner.head < later.start or syntax.paragraph[earlier.start] != syntax.paragraph[later.start]:
        return False
    ends_open = {syntax.lower[earlier.end - 2], syntax.lower[earlier.end]} & LINKS
    if not ends_open or syntax.lower[later.start - 1] not in LINKS or not opens_sentence(article, earlier):
        return False
    return not any(syntax.lower[index] in SENTENCE_ENDS for index in range(earlier.end, later.start))


def partner(
    attributions: Sequence[Attribution], article: Article, owners: dict[Quotation, int], quotation: Quotation
) -> int | None:
    """In a dialogue, where a quotation is its paragraph, the place of the attribution of who spoke before the last one.

    Two speakers take turns there, a paragraph each, and a question is answered or answered by another.
    """
    syntax, paragraph = article.syntax, article.syntax.paragraph[quotation.start]
    last, earlier = (first_of(article, paragraph - back) for back in (1, 2))
    if not fills_paragraph(syntax, quotation) or last not in owners or earlier not in owners:
        return None
    turns = attributions[owners[last]], attributions[owners[earlier]]
    if not all(turn.source for turn in turns) or not are_different(*turns, article):
        return None
    asked = asks(syntax, last) or (asks(syntax, earlier) and asks(syntax, quotation))
    return owners[earlier] if asked else None


def first_of(article: Article, paragraph: int) -> Quotation | None:
    """The closed quotation at the head of a paragraph."""
    first = next(iter(article.quotations.by_paragraph.get(paragraph, ())), None)
    return first if first is not None and first.closed and opens_paragraph(article.syntax, first) else None


def fills_paragraph(syntax: Syntax, quotation: Quotation) -> bool:
    """Whether a closed quotation is all that stands in its paragraph."""
    ends = line_bounds(syntax, quotation.start)[1] == quotation.end
    return quotation.closed and ends and opens_paragraph(syntax, quotation)


def are_different(first: Attribution, second: Attribution, article: Article) -> bool:
    """Whether two sources are surely not the same: two names, or two pronouns."""
    syntax, heads = article.syntax, [one.candidate.tokens["source"] for one in (first, second)]
    is_alike = (syntax.pos[heads[0]] == "PRON") == (syntax.pos[heads[1]] == "PRON")
    return is_alike and syntax.lower[heads[0]] != syntax.lower[heads[1]]


def asks(syntax: Syntax, quotation: Quotation) -> bool:
    """Whether a quotation ends with a question mark."""
    return syntax.lower[quotation.end - 2] == "?"


def leads_on(syntax: Syntax, earlier: Quotation, later: Quotation) -> bool:
    """Whether a quotation that nobody claims belongs to the claim of the next paragraph: it is all of its own."""
    follows = syntax.paragraph[later.start] == syntax.paragraph[earlier.start] + 1
    if not follows or not opens_paragraph(syntax, later):
        return False
    ends_paragraph = line_bounds(syntax, earlier.start)[1] == earlier.end
    return not earlier.closed or (ends_paragraph and opens_paragraph(syntax, earlier))


def opens_paragraph(syntax: Syntax, quotation: Quotation) -> bool:
    """Whether a quotation stands at the head of its paragraph."""
    first = quotation.start
    while first > 0 and syntax.pos[first - 1] == "SPACE":
        first -= 1
    return first == 0 or syntax.paragraph[first - 1] != syntax.paragraph[quotation.start]


def opens_sentence(article: Article, quotation: Quotation) -> bool:
    """Whether a quotation stands at the head of a sentence, or is joined on."""
    if opens_paragraph(article.syntax, quotation):
        return True
    before = article.quotations.before(quotation.start)
    if article.syntax.pos[before] == "CCONJ":
        return True
    mark = article.syntax.lower[before]
    return mark in SENTENCE_MARKS or mark.endswith((".", '"', "”"))

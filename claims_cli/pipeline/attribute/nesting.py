"""Attributions that overlap: parted, dropped for a surer one, or nested in one another.

PolNeAR marks only the outermost of nested attributions; here each is one of its own. Every function takes attributions
in the order of their cues and returns new ones in that order; `outer` is a place in that order.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from claims_cli.pipeline.article import Article, Attribution, TokenSpans, size, spans_of, tokens_of
from claims_cli.pipeline.attribute.continuations import with_continuations
from claims_cli.pipeline.attribute.voices import VoiceLexicon, part_voices
from claims_cli.pipeline.parse.quotation_index import QuotationIndex
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.rulebook.model import Settings

SAME = 0.8
CLOSING = frozenset({'"', "”", "’", "''", "»", ")"})
DASHES = frozenset({"--", "–", "—", "―"})
PUNCTUATION = ("PUNCT", "SPACE", "CCONJ")


def settle(article: Article, settings: Settings, voices: VoiceLexicon) -> Article:
    """The article with its attributions joined to what goes on with them, rivals dropped, the others nested."""
    sure, syntax = settings.threshold, article.syntax
    attributions = part_voices(article.attributions, article, voices)
    attributions = drop_rivals(divide(attributions, article.quotations, sure), syntax)
    attributions = cut_off(nest(attributions, sure), syntax, sure)
    attributions = nest(with_continuations(attributions, article, sure), sure)
    return replace(article, attributions=tuple(settled(attributions, syntax, sure, settings.nested_penalty)))


def covering(outer: Iterable[tuple[int, Attribution]], inner: Iterable[Attribution]) -> dict[int, list[int]]:
    """For the head of each inner cue the places of the outer attributions that have it in their content, in order."""
    heads = sorted({attribution.head for attribution in inner})
    places: dict[int, list[int]] = defaultdict(list)
    for place, attribution in outer:
        for start, end in attribution.content:
            for head in heads[bisect_left(heads, start) : bisect_left(heads, end)]:
                places[head].append(place)
    return places


def divide(attributions: Sequence[Attribution], quotations: QuotationIndex, sure: float) -> list[Attribution]:
    """Part two attributions that hold one another.

    Where a dash stands between them, what is behind it belongs to the later one (`X said A -- the B that C did, Y
    say.`). Where the later one closes the sentence, it is the outer one (`X shows A, Y reported.`).
    """
    divided = list(attributions)
    around = covering(enumerate(divided), divided)  # contents only shrink from here on
    for place in range(len(divided)):
        for later_place in around.get(divided[place].head, ()):
            earlier, later = divided[place], divided[later_place]
            hold_each_other = later.holds(earlier.head) and earlier.holds(later.head)
            if later_place > place and hold_each_other and later.score >= sure:
                divided[place], divided[later_place] = parted(earlier, later, quotations)
    return divided


def parted(earlier: Attribution, later: Attribution, quotations: QuotationIndex) -> tuple[Attribution, Attribution]:
    """Two attributions that held one another, each with a content of its own."""
    syntax = quotations.syntax
    begin = min(start for start, _ in [*later.source, *later.cue])
    dashes = [i for i in range(earlier.head, begin) if syntax.lower[i] in DASHES and not quotations.holder[i]]
    if dashes:
        later = replace(later, content=trimmed(standing_alone(dashes[0] + 1, begin, syntax), syntax))
    limit = dashes[0] if dashes else begin
    own = trimmed([index for index in tokens_of(earlier.content) if index < limit], syntax)
    return (replace(earlier, content=own) if own else earlier), later


def standing_alone(begin: int, end: int, syntax: Syntax) -> range:
    """The shortest clause of a stretch that stands alone: of a noun with `in which A did B` it is `A did B`."""
    for index in range(begin, end):
        if syntax.dep[index] == "relcl" and syntax.tag[syntax.left[index]] in ("IN", "WRB"):
            subject = syntax.child(index, "nsubj", "nsubjpass")
            if subject is not None and subject < index:
                return range(syntax.left[subject], end)
    return range(begin, end)


def trimmed(words: Iterable[int], syntax: Syntax, loose: tuple[str, ...] = PUNCTUATION) -> TokenSpans:
    """Words as spans, punctuation at the end left out."""
    kept = sorted(words)
    while kept and syntax.pos[kept[-1]] in loose and syntax.lower[kept[-1]] not in CLOSING:
        kept.pop()
    return spans_of(kept)


def drop_rivals(attributions: Sequence[Attribution], syntax: Syntax) -> list[Attribution]:
    """Without those whose content another one has as good as whole, or crosses, and is surer of."""
    kept: list[Attribution] = []
    by_sentence: dict[int, list[int]] = defaultdict(list)
    for attribution in sorted(attributions, key=lambda attribution: (-attribution.score, attribution.head)):
        sentences = sentences_of(attribution, syntax)
        near = {place for sentence in sentences for place in by_sentence[sentence]}
        if any(are_rivals(attribution, kept[place]) for place in near):
            continue
        for sentence in sentences:
            by_sentence[sentence].append(len(kept))
        kept.append(attribution)
    return sorted(kept, key=lambda attribution: attribution.head)


def sentences_of(attribution: Attribution, syntax: Syntax) -> set[int]:
    """The numbers of the sentences in which a content stands."""
    numbers = syntax.sentence_number
    return {number for start, end in attribution.content for number in range(numbers[start], numbers[end - 1] + 1)}


def are_rivals(attribution: Attribution, other: Attribution) -> bool:
    """Whether two attributions that share words can't both stand."""
    shared = shared_size(attribution.content, other.content)
    if not shared:
        return False
    inside, around = other.holds(attribution.head), attribution.holds(other.head)
    if inside or around:
        return inside and around
    own_size, other_size = size(attribution.content), size(other.content)
    if 2 * shared / (own_size + other_size) >= SAME:
        return True
    crossing = shared < own_size and shared < other_size
    return crossing or shared >= SAME * min(own_size, other_size)


def shared_size(spans: TokenSpans, others: TokenSpans) -> int:
    """How many tokens spans have in common."""
    common = (min(end, stop) - max(start, begin) for start, end in spans for begin, stop in others)
    return sum(length for length in common if length > 0)


def nest(attributions: Sequence[Attribution], sure: float) -> list[Attribution]:
    """With the innermost attribution in whose content each cue stands, among those that are shown by default."""
    holding = covering(
        ((place, outer) for place, outer in enumerate(attributions) if outer.score >= sure), attributions
    )
    outers: list[int | None] = [None] * len(attributions)
    for place, inner in enumerate(attributions):
        around = [
            outer
            for outer in holding.get(inner.head, ())
            if outer != place and not inner.holds(attributions[outer].head)
        ]
        around.sort(key=lambda outer: (size(attributions[outer].content), attributions[outer].head))
        outers[place] = next((outer for outer in around if not stands_inside(outer, place, outers)), None)
    return [
        replace(attribution, outer=outer) if attribution.outer != outer else attribution
        for attribution, outer in zip(attributions, outers, strict=True)
    ]


def stands_inside(place: int, other: int, outers: Sequence[int | None]) -> bool:
    """Whether `other` holds the one at `place` already, at any depth: contents in pieces can hold each other's cues."""
    around = outers[place]
    while around is not None and around != other:
        around = outers[around]
    return around == other


def cut_off(attributions: Sequence[Attribution], syntax: Syntax, sure: float) -> list[Attribution]:
    """Without the clause in which a content's own speaker goes on (`said that A, noting B`, never at a noun)."""
    current = list(attributions)
    for place, inner in enumerate(attributions):
        around = current[place].outer
        while around is not None and inner.source and inner.score >= sure:
            outer = current[around]
            if outer.source == inner.source and outer.head < inner.head and syntax.pos[inner.head] != "NOUN":
                shorter = content_before(outer, current[place], syntax)
                if shorter:
                    current[around] = replace(outer, content=shorter)
                    current[place] = replace(current[place], outer=outer.outer)
            around = outer.outer
    return current


def content_before(outer: Attribution, inner: Attribution, syntax: Syntax) -> TokenSpans:
    """What is left of a content before the clause of `inner`."""
    begin = min(syntax.left[inner.head], inner.cue[0][0])
    return trimmed((i for i in tokens_of(outer.content) if i < begin), syntax, ("PUNCT", "CCONJ", "SPACE", "ADP"))


def settled(attributions: Sequence[Attribution], syntax: Syntax, sure: float, doubt: float) -> list[Attribution]:
    """Those that may stand where they stand, the nested ones less sure, nested anew among what is left."""
    kept = [
        replace(attribution, doubt=doubt) if attribution.outer is not None else attribution
        for attribution in attributions
        if attribution.outer is None or may_nest(attribution, attributions[attribution.outer], syntax)
    ]
    return nest(kept, sure) if any(attribution.outer is not None for attribution in attributions) else kept


def may_nest(inner: Attribution, outer: Attribution, syntax: Syntax) -> bool:
    """Whether a claim can stand in what another one says.

    An infinitive that only goes on with its own speaker's act (`refused | to say whether he agreed`) is what he
    promised, wanted or refused to do, and no voice of its own.
    """
    infinitive = syntax.tag[inner.head] == "VB" and syntax.child(inner.head, "nsubj", "nsubjpass") is None
    own_act = infinitive and bool(inner.source) and inner.source == outer.source
    return inner.candidate.rule.nests and not own_act

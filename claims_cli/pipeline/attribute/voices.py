"""Where one voice ends and the next begins in a sentence: `X said A, while Y said B`, `A, X said; B, said Y`.

What stands on the other side of such a boundary is no part of what a speaker says. A voice inside what another one says
(`X said that Y had denied it`) is no next voice: it stands nested.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from claims_cli.claim import SAID
from claims_cli.pipeline.article import Article, Attribution, TokenSpans, spans_of, tokens_of
from claims_cli.pipeline.attribute.classify import TypeLexicon, type_of
from claims_cli.pipeline.attribute.edges import unbroken
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.pipeline.parse.word_order import FINITE
from claims_cli.rulebook.model import Rulebook

DIVIDER = ";"
OPENING_DEPS = frozenset({"mark", "cc", "advmod"})
BEFORE_OPENING = frozenset({",", "”", '"', "''", "--", "—", "–"})
EMBEDDED = frozenset({"relcl", "acl", "csubj", "csubjpass", "pcomp"})


@dataclass(frozen=True)
class VoiceLexicon:
    """The words by which voices are told apart.

    Attributes:
        opening: words that open a clause with a voice of its own (`while`), in lower case.
        types: by which what is said is told from what is only held.
    """

    opening: frozenset[str]
    types: TypeLexicon

    @classmethod
    def of(cls, rulebook: Rulebook) -> "VoiceLexicon":
        """The words of a rulebook."""
        return cls(rulebook.words("reference.next_voice"), TypeLexicon.of(rulebook))


def part_voices(attributions: Sequence[Attribution], article: Article, lexicon: VoiceLexicon) -> list[Attribution]:
    """The attributions, in order, each content without what stands beyond the boundary to another voice.

    A voice begins only where something is said: what others hold (`while others want B`) the first one may be telling.
    """
    parted, syntax = list(attributions), article.syntax
    for places in clauses_by_sentence(attributions, syntax):
        for earlier, later in combinations(places, 2):
            boundary = boundary_between(parted[earlier], parted[later], article, lexicon.opening)
            if boundary is None:
                continue
            encloses = parted[earlier].content[0][0] > parted[earlier].head
            if is_said(attributions[later], article, lexicon):
                parted[earlier] = kept(parted[earlier], article, below=boundary)
            # `X had said A, but B, Y added` may be all Y's words
            divides = not encloses or syntax.lower[boundary] == DIVIDER
            if divides and is_said(attributions[earlier], article, lexicon):
                parted[later] = kept(parted[later], article, above=boundary)
    return parted


def is_said(attribution: Attribution, article: Article, lexicon: VoiceLexicon) -> bool:
    """Whether what an attribution tells is said, and not only held."""
    return type_of(attribution, article, lexicon.types, "unknown") in SAID


def clauses_by_sentence(attributions: Sequence[Attribution], syntax: Syntax) -> Iterable[list[int]]:
    """Sentence by sentence the places of the attributions that have a source, and a clause of their own."""
    places: dict[int, list[int]] = defaultdict(list)
    for place, attribution in enumerate(attributions):
        if attribution.source and is_finite(attribution.head, syntax):
            places[syntax.sentence_number[attribution.head]].append(place)
    return places.values()


def is_finite(head: int, syntax: Syntax) -> bool:
    """Whether a cue is a verb that makes a clause of its own."""
    return syntax.tag[head] in FINITE or any(syntax.tag[child] in FINITE for child in syntax.children[head])


def kept(attribution: Attribution, article: Article, below: int | None = None, above: int | None = None) -> Attribution:
    """An attribution with what of its content stands before (or behind) a boundary; itself where no clause is left."""
    syntax, words = article.syntax, tokens_of(attribution.content)
    left = {i for i in words if (below is None or i < below) and (above is None or i > above)}
    head = attribution.candidate.tokens.get("content")
    if left == words or not (head in left or any(syntax.tag[i] in FINITE for i in left)):
        return attribution
    content = without_loose_edges(left, attribution.content, syntax)
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


def is_boundary(
    index: int, earlier: Attribution, later: Attribution, article: Article, opening: frozenset[str]
) -> bool:
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

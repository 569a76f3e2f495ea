"""What kind of claim an attribution makes, whether it is negated, and how much of it stands in quotation marks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims_cli.claim import SAID
from claims_cli.pipeline.article import Article, Attribution, tokens_of
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.rulebook.attribution_words import AttributionClass, AttributionLexicon
from claims_cli.rulebook.model import Rulebook

# the most special first: a word of several groups is of the first
GROUPS = (
    "no-comment",
    "denial",
    "question",
    "request",
    "commitment",
    "appraisal",
    "evidence",
    "statement",
    "thought",
    "intention",
    "attitude",
    "perception",
)
WH_TAGS = frozenset({"WRB", "WP", "WDT", "WP$"})
BARE_TAGS = frozenset({"VB", "VBN"})
PURPOSE_DEPS = frozenset({"advcl", "xcomp", "acl"})
OPENING_TOKENS = 3


@dataclass(frozen=True)
class TypeLexicon:
    """The words by which claims are told apart.

    Attributes:
        types: the type by cue, `lemma` or `lemma preposition`, of cues that are of another type than their class.
        attribution: the classes of attribution words.
        evidence: what documents do where they show something; inquiring: who report what they themselves found.
        declining, commenting: `decline` and what is then declined; disclosing, requests: the same for `did not say`.
        negation, question, openers: words that negate, ask, or open a content without being part of what is said.
        going: verbs whose infinitive is done, not only meant.
    """

    types: Mapping[str, str]
    attribution: AttributionLexicon
    evidence: frozenset[str]
    inquiring: frozenset[str]
    declining: frozenset[str]
    commenting: frozenset[str]
    disclosing: frozenset[str]
    requests: frozenset[str]
    negation: frozenset[str]
    question: frozenset[str]
    openers: frozenset[str]
    going: frozenset[str]

    @classmethod
    def of(cls, rulebook: Rulebook) -> "TypeLexicon":
        """The words of a rulebook."""
        words = rulebook.words
        return cls(
            types={word: group for group in reversed(GROUPS) for word in words(f"types.{group}")},
            attribution=rulebook.attribution,
            evidence=words("types.evidence_verbs"),
            inquiring=words("people.inquiring"),
            declining=words("types.no-comment"),
            commenting=words("types.commenting"),
            disclosing=words("types.disclosing"),
            requests=words("types.requests"),
            negation=words("reference.negation"),
            question=words("reference.question"),
            openers=words("circumstances.openers"),
            going=words("verbs.going"),
        )


def is_negated(attribution: Attribution, article: Article, lexicon: TypeLexicon) -> bool:
    """Whether the cue is negated, as its rule says or by a negation at the cue or before it in its clause."""
    if attribution.candidate.rule.negated is not None:
        return attribution.candidate.rule.negated
    if not attribution.cue:
        return False
    syntax, head = article.syntax, attribution.head
    words = {*range(*attribution.cue[0]), *syntax.children[head]} - tokens_of(attribution.content)
    return any(
        syntax.dep[index] == "neg" or syntax.lower[index] in lexicon.negation for index in words if index <= head
    )


def type_of(attribution: Attribution, article: Article, lexicon: TypeLexicon, speaker_kind: str) -> str:
    """The type: the rule's own, then what the cue's words tell, then the rule's default."""
    rule = attribution.candidate.rule
    if rule.type:
        return rule.type
    if is_beside_words(attribution, article) and asks(attribution, article):
        return "question"
    if not attribution.cue:
        return rule.default_type
    if is_no_comment(attribution, article, lexicon):
        return "no-comment"
    if is_meant(attribution, article, lexicon):
        return "intention"
    if shows(attribution, article, lexicon, speaker_kind):
        return "evidence"
    kind = type_by_words(attribution, article, lexicon) or default_type(attribution, article)
    if kind == "evidence" and speaker_kind == "unknown" and is_noun(attribution, article):
        return "thought"  # `experience shows`: what nobody wrote or found is the writer's own
    return kind


def is_beside_words(attribution: Attribution, article: Article) -> bool:
    """Whether no word says that it was said: there is no cue, or a mark for one."""
    return not attribution.cue or article.syntax.pos[attribution.head] in ("PUNCT", "SYM")


def asks(attribution: Attribution, article: Article) -> bool:
    """Whether a content ends with a question mark, quotation marks left aside."""
    end = attribution.content[-1][1] - 1
    while end > attribution.content[-1][0] and end in article.quotations.edges:
        end -= 1
    return article.syntax.lower[end] == "?"


def default_type(attribution: Attribution, article: Article) -> str:
    """The type where no lexicon has the cue: of a clause in quotation marks a statement, otherwise as the rule says."""
    rule = attribution.candidate.rule
    is_spoken = rule.frame == "clause" and frame_of(attribution, article) == "quotation"
    return "statement" if is_spoken else rule.default_type


def is_noun(attribution: Attribution, article: Article) -> bool:
    """Whether the source is a common noun, and no name or pronoun."""
    source = attribution.candidate.tokens.get("source")
    return source is not None and article.syntax.pos[source] == "NOUN"


def shows(attribution: Attribution, article: Article, lexicon: TypeLexicon, speaker_kind: str) -> bool:
    """Whether a document shows it, or people who inquire into such things report what they found."""
    syntax = article.syntax
    lemma = syntax.lemma[attribution.head]
    if speaker_kind == "document":
        return lemma in lexicon.evidence
    source = attribution.candidate.tokens.get("source")
    if source is None or syntax.lemma[source] not in lexicon.inquiring:
        return False
    known = class_in_frame(attribution, attribution.head, article, lexicon)
    return known is not None and known.evidence


def class_in_frame(
    attribution: Attribution, head: int, article: Article, lexicon: TypeLexicon
) -> AttributionClass | None:
    """The class of a word of the cue, where what stands as the content is one of the class's frames."""
    known = lexicon.attribution.at(article.syntax.pos[head], article.syntax.lemma[head])
    return known if known is not None and frame_of(attribution, article) in (None, *known.frames) else None


def frame_of(attribution: Attribution, article: Article) -> str | None:
    """What stands as the content: as the rule says, but a quotation where marks hold it, and no clause without a tense.

    `saw him leave`, `let them vote`: read as a clause, it tells what is done; `urged that he leave` has its `that`.
    """
    syntax, content = article.syntax, attribution.candidate.tokens.get("content")
    frame = attribution.candidate.rule.frame
    if content is None or frame is None:
        return frame
    quotations = article.quotations
    if quotations.holder[content] is not None and quotations.holder[content] != quotations.holder[attribution.head]:
        return "quotation"
    return "infinitive" if frame == "clause" and is_infinitive(syntax, content) else frame


def is_infinitive(syntax: Syntax, verb: int) -> bool:
    """Whether a verb has no tense: `saw him leave`, `found itself compelled`, but not `urged that he leave`."""
    if any(syntax.tag[child] == "TO" for child in syntax.children[verb]):
        return True
    return syntax.tag[verb] in BARE_TAGS and syntax.child(verb, "aux", "auxpass", "mark") is None


def is_meant(attribution: Attribution, article: Article, lexicon: TypeLexicon) -> bool:
    """Whether the cue is an infinitive of purpose or plan (`met to discuss`): meant, and not said."""
    syntax, head = article.syntax, attribution.head
    to = syntax.child(head, "aux")
    if to is None or syntax.tag[to] != "TO" or syntax.tag[head] != "VB":
        return False
    return syntax.dep[head] in PURPOSE_DEPS and syntax.lemma[syntax.head[head]] not in lexicon.going


def type_by_words(attribution: Attribution, article: Article, lexicon: TypeLexicon) -> str | None:
    """The type that the lexicon gives the cue's words, the most special entry first; last that of their class."""
    syntax, words = article.syntax, attribution.candidate.key.split(" ")
    keys = [" ".join(words), " ".join(words[:2]), " ".join(words[1:2]) if len(words) > 2 else words[0]]
    content = attribution.candidate.tokens.get("content")
    to = syntax.child(content, "aux") if content is not None else None
    if to is not None and syntax.tag[to] == "TO":
        keys.insert(0, f"{words[0]} {syntax.lower[to]}")
    special = next((lexicon.types[key] for key in keys if key in lexicon.types), None)
    return special or type_by_class(attribution, article, lexicon)


def type_by_class(attribution: Attribution, article: Article, lexicon: TypeLexicon) -> str | None:
    """The type that the classes of the cue's words make of it, that of a noun first (`expressed hope`).

    What is expressed aloud is said, whatever the noun: `voiced fears`.
    """
    syntax, candidate = article.syntax, attribution.candidate
    heads = [candidate.tokens[name] for name in candidate.rule.score if name in candidate.tokens]
    types = []
    for head in sorted(heads, key=lambda head: syntax.pos[head] != "NOUN"):
        known = class_in_frame(attribution, head, article, lexicon)
        if known is not None:
            types.append((candidate.quotation is not None and known.quoted) or known.type)
    return next((kind for kind in types if kind in SAID), types[0] if types else None)


def is_no_comment(attribution: Attribution, article: Article, lexicon: TypeLexicon) -> bool:
    """Whether the cue says that nothing was said: `declined to comment`, `did not specify when`."""
    syntax, content = article.syntax, attribution.candidate.tokens.get("content")
    if content is None:
        return False
    lemma = syntax.lemma[attribution.head]
    if lemma in lexicon.declining:
        return syntax.lemma[content] in lexicon.commenting
    if lemma not in lexicon.disclosing or not is_negated(attribution, article, lexicon):
        return False
    return syntax.lemma[content] in lexicon.requests or opens_with_question(attribution, article, lexicon)


def opens_with_question(attribution: Attribution, article: Article, lexicon: TypeLexicon) -> bool:
    """Whether a question word stands among the first words of the content."""
    start, end = attribution.content[0]
    syntax = article.syntax
    return any(
        syntax.tag[index] in WH_TAGS or syntax.lower[index] in lexicon.question
        for index in range(start, min(start + OPENING_TOKENS, end))
    )


def quote_of(attribution: Attribution, article: Article, lexicon: TypeLexicon, inner: Sequence[Attribution]) -> str:
    """`direct`, `mixed` or `indirect`, by the marks that quote this speaker; `inner` are the claims nested in it."""
    if attribution.candidate.rule.quote:
        return attribution.candidate.rule.quote
    quoted, words = 0, 0
    is_opening = True
    for index in (index for start, end in attribution.content for index in range(start, end)):
        if article.syntax.pos[index] in ("PUNCT", "SPACE"):
            continue
        is_own = is_quoted(index, attribution, article, inner)
        if is_opening and not is_own and article.syntax.lower[index] in lexicon.openers:
            continue
        is_opening = False
        words += 1
        quoted += is_own
    return "indirect" if not quoted else "direct" if quoted == words else "mixed"


def is_quoted(index: int, attribution: Attribution, article: Article, inner: Sequence[Attribution]) -> bool:
    """Whether a word stands in marks of this speaker's own, not in those around or inside a nested claim."""
    quotations = article.quotations
    if quotations.holder[index] is None:
        return False
    around = quotations.holder[attribution.head]
    start, end = attribution.content[0][0], attribution.content[-1][1]
    for quotation in quotations.at(index):
        if around is not None and quotation.start_char <= around.start_char:
            continue
        if quotation.start < start and quotation.end > end:
            continue
        spans = (span for other in inner for span in other.content)
        if not any(first <= quotation.start and quotation.end <= stop for first, stop in spans):
            return True
    return False

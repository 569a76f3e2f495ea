"""Attributions that no rule saw and the small reader did: its tags of cue, source and content, linked.

Each content goes to the nearest cue of its paragraph and each cue to the nearest source there, as far as no surer
attribution has their words. Whatever is found carries the rule that stands at `tags`, and can be disabled like any.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log1p

import numpy

from claims_cli.pipeline.article import Article, Attribution, Candidate, TokenSpan, TokenSpans, size, tokens_of
from claims_cli.pipeline.attribute.nesting import drop_rivals, nest, settled
from claims_cli.pipeline.encoded import BEGINS, CONTENT, CUE, SOURCE, Encoded
from claims_cli.pipeline.encoder.evidence import log_odds
from claims_cli.pipeline.encoder.network import SmallReader
from claims_cli.pipeline.encoder.places import NONE
from claims_cli.pipeline.match.features import cue_word
from claims_cli.pipeline.match.patterns import Test, compile_test
from claims_cli.pipeline.match.suppositions import Suppositions
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.rulebook.model import ANY_RULE, AT_TAGS, Rule, Rulebook
from claims_cli.rulebook.odds import log_odds as word_odds
from claims_cli.rulebook.odds import share_of

SURE = 0.5  # a token is tagged where the role is likelier than none
FURTHEST = 16  # tokens from a cue to its source
LONGEST_CUE = 8  # tokens


@dataclass(frozen=True)
class Linked:
    """A cue with its contents and source, as tagged."""

    cue: TokenSpan
    content: TokenSpans
    source: TokenSpan | None


class TaggedAttributions:
    """Adds what only the small reader saw."""

    def __init__(self, rulebook: Rulebook, reader: SmallReader | None):
        self.rule = next((rule for rule in rulebook.rules if rule.stands == AT_TAGS), None)
        self.speaks = verb_test(self.rule)
        self.reader = reader
        self.suppositions = Suppositions.of(rulebook)
        self.known = rulebook.precisions.get(ANY_RULE)
        self.weights = rulebook.reader_weights.numbers
        self.least = rulebook.settings.min_candidate
        self.sure = rulebook.settings.threshold
        self.doubt = rulebook.settings.nested_penalty

    def added(self, article: Article) -> Article:
        """The article with such attributions among its own, and what stands in them nested."""
        found = [one for one in self.found(article) if one.score >= self.least]
        if not found:
            return article
        kept = drop_rivals([*article.attributions, *found], article.syntax)
        ordered = nest(kept, self.sure)
        return replace(article, attributions=tuple(settled(ordered, article.syntax, self.sure, self.doubt)))

    def found(self, article: Article) -> Iterator[Attribution]:
        """The attributions whose words no sure one has, each with what speaks for it (`Candidate.evidence`)."""
        encoded = article.encoded
        if self.rule is None or self.reader is None or encoded is None:
            return
        known = [one for one in article.attributions if one.score >= self.sure]
        free = unclaimed(links(encoded, article.syntax), known)
        both = [(linked, attribution_of(linked, self.rule, article.syntax)) for linked in free]
        both = [
            (linked, draft)
            for linked, draft in both
            if not self.is_no_cue(draft, article) and not self.is_supposed(draft, article)
        ]
        if not both:
            return
        places = numpy.array([places_in(*one) for one in both], dtype=numpy.int64)
        odds = self.reader.judge(encoded, places)[:, 0].tolist()
        for (linked, draft), likely in zip(both, odds, strict=True):
            evidence = evidence_of(linked, encoded) | {"tagged_right": likely, "tagged_word": self.word(draft, article)}
            score = self.score(evidence)
            candidate = replace(draft.candidate, score=score, worth=score, evidence=evidence)
            yield replace(draft, candidate=candidate)

    def word(self, draft: Attribution, article: Article) -> float:
        """How often the word of the cue was one on the corpus, by any rule, as log odds."""
        return 0.0 if self.known is None else word_odds(self.known.of(cue_word(article.syntax, draft.head))[0])

    def is_no_cue(self, draft: Attribution, article: Article) -> bool:
        """Whether its cue is a preposition, acts (`claimed a medal`), or is a name never met as a cue (`Ann Said`)."""
        word, pos = cue_word(article.syntax, draft.head), article.syntax.pos[draft.head]
        if pos == "VERB" and not self.speaks(article.syntax, draft.head):
            return True
        return pos == "ADP" or (pos == "PROPN" and (self.known is None or word not in self.known.cues))

    def is_supposed(self, draft: Attribution, article: Article) -> bool:
        """Whether its clause only asks or supposes it."""
        bare = replace(draft.candidate, tokens={"cue": draft.candidate.cue})  # its content may stand on both sides
        return self.suppositions.hold(bare, article.syntax, article.quotations)

    def score(self, evidence: Mapping[str, float]) -> float:
        """How likely such an attribution is right."""
        total = sum(self.weights.get(name, 0.0) * number for name, number in evidence.items())
        return share_of(total)


def verb_test(rule: Rule | None) -> Test:
    """What a rule asks of a cue that is a verb."""
    asked = (compile_test(node.test) for node in rule.nodes if node.name == "cue") if rule else ()
    return next(iter(asked), lambda syntax, index: True)


def unclaimed(found: Iterable[Linked], known: Sequence[Attribution]) -> list[Linked]:
    """Those whose contents stand in no known content, and whose cues stand in no known content or cue."""
    contents = tokens_of(span for one in known for span in one.content)
    cues = tokens_of(span for one in known for span in one.cue)
    return [
        linked
        for linked in found
        if not tokens_of(linked.content) & contents and not set(range(*linked.cue)) & (contents | cues)
    ]


def places_in(linked: Linked, draft: Attribution) -> tuple[int, ...]:
    """The words of an attribution that the candidate head looks at, as `places_of` gives them."""
    tokens, (first, end) = draft.candidate.tokens, linked.content[0]
    source = (tokens["source"], linked.source[0]) if linked.source else (NONE, NONE)
    return (tokens["cue"], *source, tokens["content"], first, end - 1)


def links(encoded: Encoded, syntax: Syntax) -> Iterator[Linked]:
    """Every tagged cue with the contents nearest to it, and the source nearest to it."""
    cues, sources, contents = (spans(encoded, role, syntax) for role in (CUE, SOURCE, CONTENT))
    by_cue: dict[TokenSpan, list[TokenSpan]] = {}
    for content in contents:
        cue = nearest(content, cues, syntax)
        if cue is not None:
            by_cue.setdefault(cue, []).append(content)
    for cue, own in by_cue.items():
        source = nearest(cue, sources, syntax)
        if source is not None and gap(source, cue) > FURTHEST:
            source = None
        taken = {*range(*cue), *(range(*source) if source else ())}
        if cue[1] - cue[0] <= LONGEST_CUE and not taken & tokens_of(own):
            yield Linked(cue, tuple(own), source)


def spans(encoded: Encoded, role: int, syntax: Syntax) -> list[TokenSpan]:
    """The stretches of tokens that are tagged with a role, each in one paragraph, loose marks left out."""
    inside, begins = encoded.inside[:, role], encoded.tags[:, role, BEGINS]
    found: list[TokenSpan] = []
    for index in (inside > SURE).nonzero()[0].tolist():
        goes_on = bool(found) and found[-1][1] == index and begins[index] <= SURE
        if goes_on and syntax.paragraph[found[-1][0]] == syntax.paragraph[index]:
            found[-1] = (found[-1][0], index + 1)
        else:
            found.append((index, index + 1))
    return [span for span in found if any(syntax.pos[index] not in ("PUNCT", "SPACE") for index in range(*span))]


def nearest(span: TokenSpan, others: Sequence[TokenSpan], syntax: Syntax) -> TokenSpan | None:
    """The nearest of some spans in the same paragraph."""
    paragraph = syntax.paragraph[span[0]]
    beside = [other for other in others if syntax.paragraph[other[0]] == paragraph]
    return min(beside, key=lambda other: (gap(span, other), other), default=None)


def gap(one: TokenSpan, other: TokenSpan) -> int:
    """The tokens between two spans."""
    return max(other[0] - one[1], one[0] - other[1], 0)


def evidence_of(linked: Linked, encoded: Encoded) -> dict[str, float]:
    """What speaks for an attribution that is made of tags: how sure those are, as log odds."""
    inside = encoded.inside

    def mean(role: int, *found: TokenSpan) -> float:
        words = sorted(tokens_of(found))
        return float(log_odds(inside[words, role].mean()))

    return {
        "tagged": 1.0,
        "tagged_cue": mean(CUE, linked.cue),
        "tagged_content": mean(CONTENT, *linked.content),
        "tagged_source": mean(SOURCE, linked.source) if linked.source else 0.0,
        "tagged_no_source": 0.0 if linked.source else 1.0,
        "tagged_content_apart": log1p(gap(linked.cue, linked.content[0])),
        "tagged_source_apart": log1p(gap(linked.cue, linked.source)) if linked.source else 0.0,
        "tagged_size": log1p(size(linked.content)),
    }


def attribution_of(linked: Linked, rule: Rule, syntax: Syntax) -> Attribution:
    """Tags as an attribution of a rule, not yet weighed."""
    tokens = {"cue": head_of(linked.cue, syntax), "content": head_of(linked.content[0], syntax)}
    if linked.source is not None:
        tokens["source"] = head_of(linked.source, syntax)
    candidate = Candidate(rule, tokens, None, syntax.lemma[tokens["cue"]], 0.0, 0.0)
    source = (linked.source,) if linked.source is not None else ()
    return Attribution(candidate, (linked.cue,), linked.content, source)


def head_of(span: TokenSpan, syntax: Syntax) -> int:
    """The word of a stretch that hangs on none of its other words; the first such."""
    words = [index for index in range(*span) if syntax.pos[index] not in ("PUNCT", "SPACE")]
    tops = (index for index in words if syntax.head[index] == index or not span[0] <= syntax.head[index] < span[1])
    return next(tops, words[0])

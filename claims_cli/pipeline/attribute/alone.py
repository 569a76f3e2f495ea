"""Quotations that no cue claims: whose words they are follows from where they stand.

`X said Y. “…”`, `X was furious. “…”`, a paragraph that is one quotation. What stands there must be a sentence, so that
titles, slogans and names in marks are none.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from claims_cli.claim import SAID
from claims_cli.pipeline.article import Article, Attribution, Candidate, TokenSpan, TokenSpans, merged
from claims_cli.pipeline.attribute.classify import TypeLexicon, type_of
from claims_cli.pipeline.attribute.continuations import claimed, goes_on, opens_paragraph, partner
from claims_cli.pipeline.attribute.nesting import nest, settled
from claims_cli.pipeline.attribute.source_span import source_span
from claims_cli.pipeline.match.patterns import compile_test
from claims_cli.pipeline.parse.quotations import Quotation
from claims_cli.pipeline.parse.word_order import FINITE, line_bounds
from claims_cli.rulebook.model import IN_DIALOGUE, Rule, Rulebook

ENDS = frozenset({".", "?", "!", "...", "…"})
BEFORE = ENDS | {":", "”", "’", "''", '"'}  # what ends the words before a quotation
LEAST_WORDS = 3


class LoneQuotations:
    """Finds the quotations of an article that no cue claims, by the rules that say where such stand."""

    def __init__(self, rulebook: Rulebook):
        self.rules = [(rule, compile_test(rule.nodes[0].test)) for rule in rulebook.rules if rule.stands]
        self.turns = [rule for rule, _ in self.rules if rule.stands == IN_DIALOGUE]
        self.types = TypeLexicon.of(rulebook)
        self.sure = rulebook.settings.threshold
        self.doubt = rulebook.settings.nested_penalty

    def added(self, article: Article) -> Article:
        """The article with the attributions of such quotations, and what stands in them nested."""
        attributions = self.with_lone(article)
        if len(attributions) == len(article.attributions) and attributions == list(article.attributions):
            return article
        ordered = nest(sorted(attributions, key=lambda one: one.head), self.sure)
        return replace(article, attributions=tuple(settled(ordered, article.syntax, self.sure, self.doubt)))

    def with_lone(self, article: Article) -> list[Attribution]:
        """The attributions, and behind them those of quotations that nobody claims."""
        attributions = list(article.attributions)
        owners = claimed(attributions, article, self.sure)
        for previous, quotation in pairwise((None, *article.quotations.outermost)):
            if quotation is None or quotation in owners or not is_sentence(quotation, article):
                continue
            place = owners.get(previous) if previous is not None else None
            turn = partner(attributions, article, owners, quotation)
            if turn is not None and self.turns:
                owners[quotation] = len(attributions)
                other = attributions[turn]
                attributions.append(
                    made(self.turns[0], quotation, article, other.candidate.tokens["source"], other.source)
                )
                continue
            if (
                previous is not None
                and place is not None
                and goes_on(article, previous, quotation, attributions[place])
            ):
                attributions[place] = joined(attributions[place], quotation)
                owners[quotation] = place
                continue
            found = self.read(quotation, article, attributions)
            if isinstance(found, int):
                attributions[found] = joined(attributions[found], quotation)
                owners[quotation] = found
            elif found is not None:
                owners[quotation] = len(attributions)
                attributions.append(found)
        return attributions

    def read(
        self, quotation: Quotation, article: Article, attributions: Sequence[Attribution]
    ) -> Attribution | int | None:
        """The attribution of one quotation; or the place of the one that it goes on with."""
        before = sentence_before(quotation, article)
        if before is None:
            return None
        side = "below" if opens_paragraph(article.syntax, quotation) else "behind"
        voice = self.voice_in(before, article, attributions)
        if voice is not None and goes_on_with(attributions[voice]) and side == "behind":
            return voice
        standing = f"{side}-{'narration' if voice is None else 'statement'}"
        subject = subject_of_sentence(before, article)
        head = subject if voice is None else attributions[voice].candidate.tokens["source"]
        for rule, test in self.rules:
            if rule.stands == standing and head is not None and test(article.syntax, head):
                return made(rule, quotation, article, head, () if voice is None else attributions[voice].source)
        return None

    def voice_in(self, sentence: TokenSpan, article: Article, attributions: Sequence[Attribution]) -> int | None:
        """The place of the attribution whose speaker a sentence leaves speaking: the only one, or the main clause's."""
        start, end = sentence
        places = [
            place for place, one in enumerate(attributions) if start <= one.head < end and self.is_voice(one, article)
        ]
        places.sort(key=lambda place: attributions[place].head)
        sources = {attributions[place].candidate.tokens["source"] for place in places}
        if len(sources) > 1:
            root = article.syntax.roots.get(start)
            places = [place for place in places if attributions[place].head == root]
        return places[-1] if places else None

    def is_voice(self, one: Attribution, article: Article) -> bool:
        """Whether an attribution is a sure one, outside of others and of quotation marks, that says something."""
        is_open = one.outer is None and article.quotations.holder[one.head] is None
        is_sure = bool(one.source) and one.score >= self.sure
        return is_open and is_sure and type_of(one, article, self.types, "unknown") in SAID


def sentence_before(quotation: Quotation, article: Article) -> TokenSpan | None:
    """The sentence behind which a quotation stands: right before it, or above where it has a paragraph of its own."""
    syntax, last = article.syntax, article.quotations.before(quotation.start)
    if last < 0 or syntax.lower[last] not in BEFORE:
        return None
    if opens_paragraph(syntax, quotation):
        apart = syntax.paragraph[quotation.start] - syntax.paragraph[last]
        if apart != 1 or line_bounds(syntax, quotation.start)[1] != quotation.end:
            return None
    return syntax.sentence[last], last + 1


def made(rule: Rule, quotation: Quotation, article: Article, head: int, source: TokenSpans) -> Attribution:
    """The attribution of a quotation to the source of another one, or to the noun phrase of a head word."""
    candidate = Candidate(
        rule, {"cue": quotation.start, "source": head}, quotation, "", rule.confidence, rule.confidence
    )
    quoted = {index for index in article.syntax.subtree(head) if article.quotations.holder[index] is not None}
    words = source or source_span(candidate, article, quoted)
    return Attribution(candidate, (), ((quotation.start, quotation.end),), words)


def joined(attribution: Attribution, quotation: Quotation) -> Attribution:
    """An attribution with one more quotation in its content."""
    return replace(attribution, content=merged([*attribution.content, (quotation.start, quotation.end)]))


def goes_on_with(voice: Attribution) -> bool:
    """Whether a voice's content is a quotation before its cue: what is quoted behind that goes on with it."""
    quoted = voice.candidate.quotation
    return quoted is not None and quoted.end <= voice.head


def is_sentence(quotation: Quotation, article: Article) -> bool:
    """Whether a quotation is a sentence of its own: a finite verb, three words, and the end inside its marks."""
    syntax = article.syntax
    words = [index for index in range(quotation.start, quotation.end) if syntax.pos[index] not in ("PUNCT", "SPACE")]
    last = quotation.end - 2 if quotation.closed else quotation.end - 1
    has_verb = any(syntax.tag[index] in FINITE or syntax.pos[index] in ("VERB", "AUX") for index in words)
    return len(words) >= LEAST_WORDS and has_verb and syntax.lower[last] in ENDS


def subject_of_sentence(sentence: TokenSpan, article: Article) -> int | None:
    """The head word of the subject of a sentence's only main clause, outside of quotation marks."""
    syntax, (start, end) = article.syntax, sentence
    root = syntax.roots.get(start)
    if root is None or not start <= root < end or article.quotations.holder[root] is not None:
        return None
    if any(syntax.dep[i] == "conj" and syntax.child(i, "nsubj", "nsubjpass") for i in syntax.children[root]):
        return None
    subject = syntax.child(root, "nsubj", "nsubjpass")
    return None if subject is None or article.quotations.holder[subject] is not None else subject

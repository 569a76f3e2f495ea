"""Quotations that no cue claims: whose words they are follows from where they stand.

`X said Y. “…”`, `X was furious. “…”`, a paragraph that is one quotation. What stands there must be a sentence, so that
titles, slogans and names in marks are none.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from claims_cli.claim import SAID
from claims_cli.pipeline.article import Article, Attribution, Candidate, TokenSpan, TokenSpans, merged
from claims_cli.pipeline.attribute.classify import TypeLexicon, type_of
from claims_cli.pipeline.attribute.continuations import ENDS, claimed, goes_on, opens_paragraph, partner
from claims_cli.pipeline.attribute.nesting import nest, settled
from claims_cli.pipeline.attribute.source_span import source_span
from claims_cli.pipeline.match.patterns import compile_test
from claims_cli.pipeline.parse.quotations import Quotation
from claims_cli.pipeline.parse.word_order import FINITE, line_bounds
from claims_cli.rulebook.model import AT_TAGS, IN_DIALOGUE, Rule, Rulebook

BEFORE = ENDS | {":", "”", "’", "''", '"'}  # what ends the words before a quotation
LEAST_WORDS = 3


class LoneQuotations:
    """Finds the quotations of an article that no cue claims, by the rules that say where such stand."""

    def __init__(self, rulebook: Rulebook):
        self.rules = [
            (rule, compile_test(rule.nodes[0].test)) for rule in rulebook.rules if rule.stands not in (None, AT_TAGS)
        ]
        self.turns = [rule for rule, _ in self.rules if rule.stands == IN_DIALOGUE]
        self.types = TypeLexicon.of(rulebook)
        self.sure = rulebook.settings.threshold
        self.doubt = rulebook.settings.nested_penalty
        self.saying = rulebook.words("verbs.saying")

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
        previous = None
        for quotation in article.quotations.outermost:
            if quotation not in owners and is_sentence(quotation, article):
                found = self.turn(quotation, article, attributions, owners)
                if found is None and previous is not None and previous in owners:
                    place = owners[previous]
                    found = place if goes_on(article, previous, quotation, attributions[place]) else None
                if found is None:
                    found = self.read(quotation, article, attributions)
                if isinstance(found, int):
                    attributions[found] = joined(attributions[found], quotation)
                    owners[quotation] = found
                elif found is not None:
                    owners[quotation] = len(attributions)
                    attributions.append(found)
            previous = quotation
        return attributions

    def turn(
        self, quotation: Quotation, article: Article, attributions: Sequence[Attribution], owners: dict[Quotation, int]
    ) -> Attribution | int | None:
        """The attribution of one quotation in a dialogue to who spoke before the last one."""
        place = partner(attributions, article, owners, quotation) if self.turns else None
        if place is None:
            return None
        other = attributions[place]
        return made(self.turns[0], quotation, article, other.candidate.tokens["source"], other.source)

    def read(
        self, quotation: Quotation, article: Article, attributions: Sequence[Attribution]
    ) -> Attribution | int | None:
        """The attribution of one quotation; or the place of the one that it goes on with."""
        before = sentence_before(quotation, article)
        if before is None:
            return None
        side = "below" if opens_paragraph(article.syntax, quotation) else "behind"
        voice = self.voice_in(before, article)
        if voice is not None and goes_on_with(attributions[voice], article) and side == "behind":
            return voice
        standing = f"{side}-{'narration' if voice is None else 'statement'}"
        head = self.subject(before, article) if voice is None else attributions[voice].candidate.tokens["source"]
        if head is None or article.syntax.child(head, "conj") is not None or is_labelled(quotation, article, head):
            return None  # several do not speak at once
        for rule, test in self.rules:
            if rule.stands == standing and test(article.syntax, head):
                return made(rule, quotation, article, head, () if voice is None else attributions[voice].source)
        return None

    def voice_in(self, sentence: TokenSpan, article: Article) -> int | None:
        """The place of the attribution whose speaker a sentence leaves speaking: the only one, or the main clause's."""
        known, (start, end) = article.attributions, sentence
        begin = bisect_left(known, start, key=lambda one: one.head)
        stop = bisect_left(known, end, key=lambda one: one.head)
        places = [place for place in range(begin, stop) if self.is_voice(known[place], article)]
        if len({known[place].candidate.tokens["source"] for place in places}) > 1:
            root = article.syntax.roots.get(start)
            places = [place for place in places if known[place].head == root]
        if not places:
            return None
        # `“A,” X said, according to Y. “B.”`: X goes on
        quoted = [place for place in range(begin, stop) if known[place].outer == places[-1]]
        quoted = [place for place in quoted if self.says(known[place], article) and goes_on_with(known[place], article)]
        return (quoted or places)[-1]

    def is_voice(self, one: Attribution, article: Article) -> bool:
        """Whether an attribution is a sure one, outside of others and of quotation marks, that says something."""
        is_thing = bool(one.source) and article.syntax.tag[one.candidate.tokens["source"]] == "WDT"  # `a law which …`
        return one.outer is None and not is_thing and self.says(one, article)

    def says(self, one: Attribution, article: Article) -> bool:
        """Whether an attribution is a sure one, outside of quotation marks, that says something."""
        is_sure = bool(one.source) and one.score >= self.sure and article.quotations.holder[one.head] is None
        return is_sure and type_of(one, article, self.types, "unknown") in SAID

    def subject(self, sentence: TokenSpan, article: Article) -> int | None:
        """Whom a sentence tells of that says nothing; None where a verb of saying ends it that was not understood."""
        syntax, last = article.syntax, sentence[1] - 2
        is_parted = "," in syntax.lower[slice(*sentence)]  # `Or perhaps X, the banker Y says.`
        ends_saying = is_parted and syntax.lemma[last] in self.saying and syntax.tag[last] in FINITE
        return None if ends_saying else subject_of_sentence(sentence, article)


def sentence_before(quotation: Quotation, article: Article) -> TokenSpan | None:
    """The sentence behind which a quotation stands: right before it, or above where it has a paragraph of its own."""
    syntax, last = article.syntax, article.quotations.before(quotation.start)
    if last < 0 or syntax.lower[last] not in BEFORE:
        return None
    if opens_paragraph(syntax, quotation):
        apart = syntax.paragraph[quotation.start] - syntax.paragraph[last]
        if apart != 1 or not quotation.closed or line_bounds(syntax, quotation.start)[1] != quotation.end:
            return None
    return syntax.sentence[last], last + 1


def is_labelled(quotation: Quotation, article: Article, head: int) -> bool:
    """Whether another name than the one at `head` stands before the colon before a quotation (`X agreed - Y: “…”`)."""
    syntax, colon = article.syntax, article.quotations.before(quotation.start)
    is_name = syntax.pos[colon - 1] == "PROPN" and syntax.dep[colon - 1] != "pobj"
    return syntax.lower[colon] == ":" and colon - 1 != head and is_name


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


def goes_on_with(voice: Attribution, article: Article) -> bool:
    """Whether a voice's content is quoted before its cue: what is quoted behind that goes on with it."""
    end = voice.content[-1][1]
    return end <= voice.head and article.quotations.holder[end - 1] is not None


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

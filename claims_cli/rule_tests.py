"""Running the examples of rules: each rule is matched alone, so that a failure is its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from spacy.language import Language

from claims_cli.articles.furniture_matcher import FurnitureMatcher
from claims_cli.articles.lines import lines_of
from claims_cli.claim import JOINER
from claims_cli.pipeline import ArticleReader, parsed
from claims_cli.pipeline.article import Article, Attribution, Candidate
from claims_cli.pipeline.attribute.spans import grow
from claims_cli.pipeline.match.attachments import attach
from claims_cli.pipeline.match.candidates import CandidateFinder
from claims_cli.pipeline.match.patterns import Pattern
from claims_cli.pipeline.parse.reading import Reading
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.rulebook.furniture import FurnitureRule
from claims_cli.rulebook.model import ROLES, Example, Rule, Rulebook


@dataclass(frozen=True)
class ExampleFailure:
    """One example that does not do what it says."""

    rule: str
    text: str
    problem: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.text}\n  {self.problem}"


class RuleTester:
    """Runs examples with a parser (`pipeline.parser`), every other rule left out."""

    def __init__(self, nlp: Language, rulebook: Rulebook):
        self.nlp = nlp
        self.rulebook = rulebook

    def failures(self, rule: Rule) -> Iterator[ExampleFailure]:
        """What is wrong with the examples of a rule."""
        for example in rule.match:
            yield from self.check(rule, example)
        for text in rule.no_match:
            for found in self.found(rule, text):
                yield ExampleFailure(rule.id, text, f"must not match, but found {found}")
        for example in rule.known_gap:
            if not list(self.check(rule, example)):
                yield ExampleFailure(rule.id, example.text, "a known gap that now passes: make it a match")

    def check(self, rule: Rule, example: Example) -> Iterator[ExampleFailure]:
        """The failure of one matching example, if it fails; told role by role."""
        expected = {role: JOINER.join(pieces) for role, pieces in example.yields}
        results = self.found(rule, example.text)
        if not results:
            yield ExampleFailure(rule.id, example.text, "does not match")
        elif expected not in results:
            nearest = max(results, key=lambda found: sum(found.get(role) == words for role, words in expected.items()))
            yield ExampleFailure(rule.id, example.text, differences(expected, nearest))

    def found(self, rule: Rule, text: str) -> list[dict[str, str]]:
        """The roles in words of every candidate of a rule that would be shown.

        Of an attaching rule those of the candidates that it adds a role to, whatever rule they are of.
        """
        if rule.stands:
            return self.found_alone(rule, text)
        reading = Reading.of(text)
        article = parsed(self.nlp(reading.prepared), self.rulebook, reading)
        finder = self.any_rule if rule.attach_to else CandidateFinder(self.rulebook, [rule])
        threshold = self.rulebook.settings.threshold
        candidates = finder.find(article.syntax, article.quotations)
        candidates = [candidate for candidate in candidates if candidate.score >= threshold]
        if rule.attach_to:
            candidates = list(self.attached(rule, article, candidates))
        grown = filter(None, (grow(candidate, article) for candidate in candidates))
        return [roles_in_words(attribution, text, article.syntax) for attribution in grown]

    def found_alone(self, rule: Rule, text: str) -> list[dict[str, str]]:
        """The roles in words of every quotation that a rule finds without a cue: what others leave to it."""
        reading = Reading.of(text)
        article = self.any_claim.read(self.nlp(reading.prepared), reading)
        found = (one for one in article.attributions if one.candidate.rule.id == rule.id)
        return [roles_in_words(attribution, text, article.syntax) for attribution in found]

    @cached_property
    def any_claim(self) -> ArticleReader:
        """What reads the claims of every rule."""
        return ArticleReader(self.rulebook)

    @cached_property
    def any_rule(self) -> CandidateFinder:
        """What finds the candidates of every rule: only attaching rules need them."""
        return CandidateFinder(self.rulebook)

    def attached(self, rule: Rule, article: Article, candidates: list[Candidate]) -> Iterator[Candidate]:
        """The candidates that a rule adds a role to, with what the rules that it rests on add before."""
        syntax, quotations = article.syntax, article.quotations
        pattern, before = Pattern(rule, None), self.before(rule)
        for candidate in candidates:
            for other in before:
                candidate = attach(syntax, quotations, other, candidate)
            added = attach(syntax, quotations, pattern, candidate)
            if added is not candidate:
                yield added

    def before(self, rule: Rule) -> list[Pattern]:
        """The attaching rules that fill the roles on which this one hangs (`when` in a medium)."""
        own = {node.name for node in rule.nodes}
        needed = {node.relation[1] for node in rule.nodes if node.relation} - own - {"cue", "source", "content"}
        others = [other for other in self.rulebook.rules if other.attach_to]
        return [Pattern(other, None) for other in others if needed & {node.name for node in other.nodes}]


def furniture_failures(rule: FurnitureRule) -> Iterator[ExampleFailure]:
    """What is wrong with the examples of a rule of furniture."""
    for text in rule.match:
        if not sets_aside(rule, text):
            yield ExampleFailure(rule.id, text, "is not set aside")
    for text in rule.no_match:
        if sets_aside(rule, text):
            yield ExampleFailure(rule.id, text, "must be left alone, but is set aside")


def sets_aside(rule: FurnitureRule, text: str) -> bool:
    """Whether a rule of furniture, alone, sets aside a line or the head of it."""
    matcher = FurnitureMatcher(rule)
    lines = lines_of(text, 0, len(text))
    return any(matcher.matches(line) or matcher.label_end(text, line) is not None for line in lines)


def differences(expected: dict[str, str], found: dict[str, str]) -> str:
    """What was expected and what was found, two lines for each role that differs."""
    lines = ["yields other words"]
    for role in (role for role in ROLES if expected.get(role) != found.get(role)):
        lines.append(f"    {role}: expected {shown(expected.get(role))}")
        lines.append(f"    {'':{len(role)}}  found    {shown(found.get(role))}")
    return "\n".join(lines)


def shown(words: str | None) -> str:
    """Words in quotation marks, or that there are none."""
    return "nothing" if words is None else repr(words)


def roles_in_words(attribution: Attribution, text: str, syntax: Syntax) -> dict[str, str]:
    """Each role that an attribution fills, in words."""
    spans = {role: getattr(attribution, role) for role in ROLES}
    return {
        role: JOINER.join(text[slice(*syntax.span(start, end))] for start, end in found)
        for role, found in spans.items()
        if found
    }

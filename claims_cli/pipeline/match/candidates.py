"""Rules matched over an article: scored candidates, more than will be kept."""

from collections.abc import Iterable

from claims_cli.pipeline.article import Candidate
from claims_cli.pipeline.match.features import NEVER_MET, FeatureReader, cue_word, key_word, weigh
from claims_cli.pipeline.match.patterns import Match, Pattern, worthwhile_cues
from claims_cli.pipeline.match.prefilter import Prefilter
from claims_cli.pipeline.parse.quotation_index import QuotationIndex
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.rulebook.model import Prior, Rule, Rulebook


class CandidateFinder:
    """Matches the rules that find attributions."""

    def __init__(self, rulebook: Rulebook, rules: Iterable[Rule] | None = None):
        """`rules`: those to match; all of the rulebook by default."""
        self.rulebook = rulebook
        finding = (rule for rule in (rulebook.rules if rules is None else rules) if rule.finds)
        self.prefilter = Prefilter([Pattern(rule, worthwhile_cues(rule, rulebook)) for rule in finding])
        self.features = FeatureReader(rulebook)
        self.exactness = rulebook.exactness
        self.doubts: dict[str, float] = {}
        self.priors: dict[tuple[str, str], Prior | None] = {}

    def find(self, syntax: Syntax, quotations: QuotationIndex) -> list[Candidate]:
        """All candidates that reach the floor, in the order of their cues."""
        candidates = []
        for cue in range(syntax.length):
            for pattern in self.prefilter.at(syntax, quotations, cue):
                candidates += self.at(syntax, quotations, pattern, cue)
        return candidates

    def at(self, syntax: Syntax, quotations: QuotationIndex, pattern: Pattern, cue: int) -> list[Candidate]:
        """The candidates of one rule at one cue."""
        matches = pattern.matches(syntax, quotations, {"cue": cue})
        candidates = (self.scored(syntax, quotations, pattern.rule, match) for match in matches)
        return [candidate for candidate in candidates if candidate.score >= self.rulebook.settings.min_candidate]

    def scored(self, syntax: Syntax, quotations: QuotationIndex, rule: Rule, match: Match) -> Candidate:
        """A match with its key and its score: the share of its cue, weighed with the evidence beside it."""
        key = " ".join(key_word(syntax, match.tokens[name]) for name in rule.score if name in match.tokens)
        prior = self.prior(rule, syntax.lemma[match.tokens["cue"]])
        share, exact = self.shares(syntax, rule, match, key, prior)
        if share < self.rulebook.settings.min_precision:
            return Candidate(rule, match.tokens, match.quotation, key, 0.0, 0.0, match.stretch)
        score = share
        if rule.weighed and (prior is None or prior.weighed):
            evidence = self.features.read(syntax, quotations, rule, match.tokens, match.quotation)
            score = weigh(self.rulebook.weights, share, evidence)
        return Candidate(
            rule, match.tokens, match.quotation, key, score, score * (1 + exact / share) / 2, match.stretch
        )

    def shares(self, syntax: Syntax, rule: Rule, match: Match, key: str, prior: Prior | None) -> tuple[float, float]:
        """The shares (right, right to the word) of a cue; of a rule that was never counted what its author states.

        Of those the contents are taken to be right to the word as often as they are on average.
        """
        precision = self.rulebook.precisions.get(rule.id)
        if precision is not None:
            return precision.of(key, self.doubt(cue_word(syntax, match.tokens["cue"])), prior)
        stated = prior.right if prior else rule.confidence
        return stated, stated * self.exactness

    def prior(self, rule: Rule, lemma: str) -> Prior | None:
        """What `Rulebook.prior` tells of a cue, remembered; not of lemmas of no class, which texts have without end."""
        if (rule.id, lemma) not in self.priors:
            prior = self.rulebook.prior(rule, lemma)
            if prior is None:
                return None
            self.priors[rule.id, lemma] = prior
        return self.priors[rule.id, lemma]

    def doubt(self, word: str) -> float:
        """What `Rulebook.doubt` tells of a cue word, remembered; all that were never met are alike."""
        known = self.features.known
        word = word if known is not None and word in known.cues else NEVER_MET
        if word not in self.doubts:
            self.doubts[word] = self.rulebook.doubt(word)
        return self.doubts[word]

"""Rules matched over an article: scored candidates, more than will be kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from claims_cli.pipeline.article import Candidate
from claims_cli.pipeline.encoder.evidence import exact_of
from claims_cli.pipeline.match.features import NEVER_MET, FeatureReader, cue_word, key_word, weigh
from claims_cli.pipeline.match.patterns import Match, Pattern, worthwhile_cues
from claims_cli.pipeline.match.prefilter import Prefilter
from claims_cli.pipeline.parse.quotation_index import QuotationIndex
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.rulebook.model import Prior, Rule, Rulebook
from claims_cli.rulebook.odds import lowered

MOST_MOVED = 1.5  # log odds by which the small reader, which was trained on news alone, moves what the rules say
BY_WRITER = "pronoun self"
MARK_TAGS = (":", ",", "HYPH")


@dataclass(frozen=True)
class Draft:
    """A candidate before its evidence is weighed.

    Attributes:
        candidate: with the share of its cue as its score.
        exact: the share of those whose content was right to the word.
        features: (feature, value) pairs; None where nothing is weighed beside the share.
    """

    candidate: Candidate
    exact: float
    features: Mapping[str, str] | None = None

    @property
    def share(self) -> float:
        """How often such cues were right."""
        return self.candidate.score


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
        """All candidates that reach the floor by what the rules alone tell, in the order of their cues."""
        return self.kept(self.weighed(draft) for draft in self.drafts(syntax, quotations))

    def kept(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Those that reach the floor."""
        return [candidate for candidate in candidates if candidate.score >= self.rulebook.settings.min_candidate]

    def drafts(self, syntax: Syntax, quotations: QuotationIndex) -> list[Draft]:
        """Every match whose cue is worth weighing, in the order of their cues."""
        drafts = (
            self.draft(syntax, quotations, pattern.rule, match)
            for cue in range(syntax.length)
            for pattern in self.prefilter.at(syntax, quotations, cue)
            for match in pattern.matches(syntax, quotations, {"cue": cue})
        )
        return [draft for draft in drafts if draft is not None]

    def draft(self, syntax: Syntax, quotations: QuotationIndex, rule: Rule, match: Match) -> Draft | None:
        """A match with its key and the share of its cue; None where that is too low to be weighed."""
        key = " ".join(key_word(syntax, match.tokens[name]) for name in rule.score if name in match.tokens)
        prior = self.prior(rule, syntax.lemma[match.tokens["cue"]])
        share, exact = self.shares(syntax, rule, match, key, prior)
        if share < self.rulebook.settings.min_precision:
            return None
        features = None
        if rule.weighed and (prior is None or prior.weighed):
            features = self.features.read(syntax, quotations, rule, match.tokens, match.quotation)
        return Draft(Candidate(rule, match.tokens, match.quotation, key, share, share, match.stretch), exact, features)

    def weighed(self, draft: Draft, evidence: Mapping[str, float] | None = None) -> Candidate:
        """A candidate with its score: the share of its cue, weighed with the evidence beside it.

        `evidence`: what the small reader says of it; None where it was not asked.
        """
        score, share, rulebook = draft.share, draft.share, self.rulebook
        exact = draft.exact / share if share else 0.0
        if draft.features is None or (evidence is not None and self.is_unread(draft.features, evidence)):
            evidence = None
        if draft.features is not None:
            score = weigh(rulebook.weights, share, draft.features)
        if draft.features is not None and evidence is not None:
            read = weigh(rulebook.reader_weights, share, draft.features, evidence)
            score = bounded(read, score, is_for=evidence["reader_right"] > 0)
            exact = (exact + exact_of(evidence)) / 2
        return replace(draft.candidate, score=score, worth=score * (1 + exact) / 2, evidence=evidence)

    def is_unread(self, features: Mapping[str, str], evidence: Mapping[str, float]) -> bool:
        """Whether the small reader is not asked, for it was never shown the like.

        News does not say `I` or `we` outside of quotation marks and has few labels with a colon; and the corpus marks
        nothing that stands in what somebody else says.
        """
        is_inside = evidence["reader_cue_as_content"] > 0
        return is_inside or features["source"] == BY_WRITER or features["cue_tag"] in MARK_TAGS

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


def bounded(read: float, alone: float, is_for: bool) -> float:
    """A score with the small reader's evidence, kept near that of the rules alone.

    A reader that is for a candidate never makes it less sure, one that is against it never surer.
    """
    least = alone if is_for else lowered(alone, MOST_MOVED)
    most = lowered(alone, -MOST_MOVED) if is_for else alone
    return min(most, max(least, read))

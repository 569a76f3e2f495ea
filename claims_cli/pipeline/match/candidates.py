"""Rules matched over a document: scored candidates, more than will be kept."""

from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc

from claims_cli.pipeline.match.features import NEVER_MET, FeatureReader, cue_word, key_word, weigh
from claims_cli.pipeline.match.patterns import Match, Pattern, worthwhile_cues
from claims_cli.pipeline.match.prefilter import Prefilter
from claims_cli.pipeline.parse.quotation_index import QuotationIndex
from claims_cli.pipeline.parse.quotations import Quotation
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.rulebook import RuleSources, load
from claims_cli.rulebook.model import Rule, Rulebook


@dataclass
class Candidate:
    """One way to read an attribution at one cue.

    Attributes:
        tokens: index of the head word of each role and helper.
        key: what its precision was looked up by.
        stretch: first and last token of the content where it is a stretch of the sentence.
        score: the smoothed share of such candidates that were right.
        worth: what candidates at one cue are ranked by: the score, less where contents were seldom right to the word.
    """

    rule: Rule
    tokens: dict[str, int]
    quotation: Quotation | None
    key: str
    score: float
    worth: float
    stretch: tuple[int, int] | None = None
    lost_to: str = field(default="")

    @property
    def cue(self) -> int:
        """Index of the cue's head word."""
        return self.tokens["cue"]


class CandidateFinder:
    """Pipeline component: matches every rule and leaves ``doc.user_data["candidates"]``."""

    def __init__(self, rulebook: Rulebook):
        self.rulebook = rulebook
        finding = (rule for rule in rulebook.rules if not rule.attach_to)
        self.anchors = Prefilter([Pattern(rule, worthwhile_cues(rule, rulebook)) for rule in finding])
        self.evidence = FeatureReader(rulebook)
        self.doubts: dict[str, float] = {}

    def __call__(self, doc: Doc) -> Doc:
        syntax = Syntax(doc)
        marks = QuotationIndex(syntax, doc.user_data.get("quotations", []))
        doc.user_data["syntax"], doc.user_data["marks"] = syntax, marks
        doc.user_data["candidates"] = self.find(syntax, marks)
        return doc

    def find(self, syntax: Syntax, marks: QuotationIndex) -> list[Candidate]:
        """All candidates that reach the floor, in the order of their cues."""
        found = []
        for cue in range(syntax.length):
            for pattern in self.anchors.at(syntax, marks, cue):
                found += self.at(syntax, marks, pattern, cue)
        return found

    def at(self, syntax: Syntax, marks: QuotationIndex, pattern: Pattern, cue: int) -> list[Candidate]:
        """The candidates of one rule at one cue."""
        found = []
        for match in pattern.matches(syntax, marks, {"cue": cue}):
            candidate = self.scored(syntax, marks, pattern.rule, match)
            if candidate.score >= self.rulebook.settings.min_candidate:
                found.append(candidate)
        return found

    def scored(self, syntax: Syntax, marks: QuotationIndex, rule: Rule, match: Match) -> Candidate:
        """A match with its key and its score.

        A rule that was never counted keeps the confidence it states; the others take the precision of their cue,
        weighed with the evidence beside it.
        """
        key = " ".join(key_word(syntax, match.tokens[name]) for name in rule.score if name in match.tokens)
        precision = self.rulebook.precisions.get(rule.id)
        prior = rule.prior(syntax.lemma[match.tokens["cue"]]) if rule.priors else None
        if precision is None:
            stated = prior.right if prior else rule.confidence
            return Candidate(rule, match.tokens, match.quotation, key, stated, stated, match.stretch)
        share, exact = precision.of(key, self.doubt(cue_word(syntax, match.tokens["cue"])), prior)
        if share < self.rulebook.settings.min_precision:
            return Candidate(rule, match.tokens, match.quotation, key, 0.0, 0.0, match.stretch)
        score = share
        if rule.weighed and (prior is None or prior.weighed):
            features = self.evidence.features(syntax, marks, rule, match.tokens, match.quotation)
            score = weigh(self.rulebook.weights, share, features)
        return Candidate(
            rule, match.tokens, match.quotation, key, score, score * (1 + exact / share) / 2, match.stretch
        )

    def doubt(self, word: str) -> float:
        """What `Rulebook.doubt` tells of a cue word, remembered; all that were never met are alike."""
        known = self.evidence.known
        word = word if known is not None and word in known.cues else NEVER_MET
        found = self.doubts.get(word)
        if found is None:
            found = self.doubts[word] = self.rulebook.doubt(word)
        return found


@Language.factory("claims_candidates", default_config={"rules": None})
def make_candidates(nlp: Language, name: str, rules: dict | None) -> CandidateFinder:
    """The component for `nlp.add_pipe`; `rules` is what `RuleSources.to_config` gives."""
    return CandidateFinder(load(RuleSources.from_config(rules)))

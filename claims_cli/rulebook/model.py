"""What a rule is once it has been read: frozen records without any YAML left in them."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from claims_cli.errors import RulebookError, RuleProblem
from claims_cli.names import suggest
from claims_cli.rulebook.attribution_words import CLEAR_FRAMES, PARTS, AttributionLexicon
from claims_cli.rulebook.calibration import UNCALIBRATED, Calibration
from claims_cli.rulebook.furniture import FurnitureRule
from claims_cli.rulebook.odds import log_odds, lowered
from claims_cli.rulebook.speaker_model import SpeakerModel
from claims_cli.rulebook.spellings import Spellings

ROLES = ("cue", "source", "content", "addressee", "citing", "relay", "medium", "when")
RULE_BASES = ("carried", "quotation", "signature")  # how rules know a speaker who stands elsewhere
IN_TREE = ("child_of", "head_of", "under", "over", "subject_of")
IN_LINE = ("just_before", "apposed_before", "just_behind", "opens_line", "closes_line")
RELATIONS = (*IN_TREE, *IN_LINE)
ANY_RULE = "any rule"  # where precisions hold what was counted of a word whatever the rule
HIGHEST = 9  # priority of a rule
STATED = 6  # how many occurrences a share is worth that a rule or a class states
STRENGTH = 3.0  # how many occurrences a rate is worth that counts are shrunk to
ORDERS = ("before", "after")
EXTENTS = ("phrase", "noun", "clause", "sentence", "token")
QUOTATION_SIDES = ("before", "after", "around")
STRETCH_SIDES = ("before", "after", "below")
QUOTATION_LINKS = ("comma", "colon", "bare", "dash")
IN_DIALOGUE = "in-dialogue"
AT_TAGS = "at-tags"  # of the small reader
STANDINGS = ("behind-statement", "behind-narration", "below-statement", "below-narration", IN_DIALOGUE, AT_TAGS)
LABELS = ("pos", "tag", "dep", "ent_type", "known_as")
TOKEN_KEYS = ("lemma", "lower", "pos", "tag", "dep", "ent_type", "known_as", "shape")


@dataclass(frozen=True)
class TokenTest:
    """What a token must be: every attribute among the allowed values, and conditions on its children.

    Attributes:
        attributes: (attribute, allowed values) pairs.
        alternatives: of each group at least one test must hold (`any`).
        has: for each test some child must pass.
        lacks: for each test no child may pass.
        barred: tests of which the token itself may pass none (`not`).
    """

    attributes: tuple[tuple[str, frozenset[str]], ...] = ()
    alternatives: tuple["TokenTest", ...] = ()
    has: tuple["TokenTest", ...] = ()
    lacks: tuple["TokenTest", ...] = ()
    barred: tuple["TokenTest", ...] = ()


@dataclass(frozen=True)
class Node:
    """One named node of a pattern.

    Attributes:
        relation: (relation, name of the other node), None for the anchor and for quotations.
        orders: (`before` or `after`, name of the other node).
        quotation: (side, name of the other node, allowed links) where the node is a quotation.
        alone: whether no words may lead into the quotation (`He wrote “Salt,” …`).
        stretch: (`before`, node): the content is the sentence up to that node; (`after`, node): the line from it on;
            (`below`, node): the block below its line.
        standing: `inside` or `outside` a quotation, or None.
        extends: the role whose span this node's phrase joins.
    """

    name: str
    test: TokenTest
    relation: tuple[str, str] | None = None
    orders: tuple[tuple[str, str], ...] = ()
    quotation: tuple[str, str, tuple[str, ...]] | None = None
    alone: bool = False
    stretch: tuple[str, str] | None = None
    standing: str | None = None
    extent: str | None = None
    extends: str | None = None
    optional: bool = False


@dataclass(frozen=True)
class Example:
    """A text that proves something about a rule."""

    text: str
    yields: tuple[tuple[str, str | tuple[str, ...]], ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Label:
    """A label of the model that a rule names, and where: `problem` is what to say should the model not have it."""

    attribute: str
    value: str
    problem: RuleProblem


@dataclass(frozen=True)
class NamedNode:
    """A node of `nodes.yaml` that rules share: what `use: NAME` stands for.

    Attributes:
        origin: `shipped`, or the path of a user's file.
        place: a problem without words, at its first line.
    """

    name: str
    description: str
    node: Node
    origin: str
    place: RuleProblem
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True)
class Prior:
    """How often cues of a class are right before any was counted (`lexicons/priors.yaml`).

    Attributes:
        group: the lexicon group that holds the class.
        words: the lemmas of the group.
        right: the share of right ones; it takes the place of the rule's rate for cues that were hardly seen.
        exact: the share of those whose content is right to the word.
        weighed: whether other evidence is weighed beside it.
    """

    group: str
    words: frozenset[str]
    right: float
    exact: float
    weighed: bool = True


@dataclass(frozen=True)
class Rule:
    """One rule of the rulebook.

    Attributes:
        construction: name of the file it stands in.
        origin: `shipped`, or the path of a user's file.
        place: a problem without words, at the rule's first line.
        written: the rule's own lines of the file.
        frame: what stands as the content of its cues; in a class's frames the class tells type and rate.
        weighed: whether other evidence is weighed beside the precision of its cue.
        counted: whether its precision is counted on a corpus, or stays what its author states.
        priors: classes of cues that have a rate of their own; the first that holds the cue counts.
        priority: at one cue a candidate of a higher priority takes the place of those of a lower one.
        nests: whether its claims may stand inside another claim's content.
        stands: where the quotations stand that it finds, which no cue claims; it has no cue, and at most a source.
        basis: one of `RULE_BASES`, where the speaker is not known by the words beside the cue.
        override: whether it takes the place of a shipped rule of the same id.
    """

    id: str
    description: str
    construction: str
    origin: str
    nodes: tuple[Node, ...]
    place: RuleProblem
    written: str
    score: tuple[str, ...] = ("cue",)
    type: str | None = None
    default_type: str = "statement"
    quote: str | None = None
    negated: bool | None = None
    confidence: float = 0.5
    frame: str | None = None
    weighed: bool = True
    counted: bool = True
    nests: bool = True
    priors: tuple[Prior, ...] = ()
    priority: int = 0
    replaces: tuple[str, ...] = ()
    attach_to: str | None = None
    stands: str | None = None
    basis: str | None = None
    tags: tuple[str, ...] = ()
    match: tuple[Example, ...] = ()
    no_match: tuple[str, ...] = ()
    known_gap: tuple[Example, ...] = ()
    override: bool = False
    labels: tuple[Label, ...] = ()

    @property
    def finds(self) -> bool:
        """Whether it is matched at cues, for claims of its own."""
        return self.attach_to is None and self.stands is None

    def node(self, name: str) -> Node | None:
        """The node of that name, or None."""
        return next((node for node in self.nodes if node.name == name), None)

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The parts of speech of which classes can hold its cues."""
        cue = self.node("cue")
        allowed = dict(cue.test.attributes).get("pos", frozenset()) if cue else frozenset()
        return tuple(part for part, pos in zip(PARTS, ("VERB", "NOUN", "ADJ"), strict=True) if pos in allowed)

    def prior(self, lemma: str) -> Prior | None:
        """The class of a cue, where the rule names one that holds it."""
        return next((prior for prior in self.priors if lemma in prior.words), None)


@dataclass(frozen=True)
class Precision:
    """How often candidates of a rule were right on the corpus they were counted on.

    Attributes:
        unseen: the share of right ones among cues that were hardly seen there.
        unseen_exact: the same for those whose content was right to the word.
        cues: by cue key (lemma, or lemmas of the scored nodes joined by spaces): (right, exact, seen).
    """

    unseen: float
    unseen_exact: float = 0.0
    cues: dict[str, tuple[int, int, int]] = field(default_factory=dict)

    def of(self, key: str, doubt: float = 0.0, prior: Prior | None = None) -> tuple[float, float]:
        """The smoothed shares (right, exact) of a cue key.

        A key of several words (`voice support for`) is shrunk to the rate of its first word in this rule
        (`voice *`), and that to the rate of cues that were hardly seen, or of `prior`, each with the weight of
        `STRENGTH` occurrences. `doubt`, in log odds, lowers that rate by what other rules know of the cue.
        """
        rate = (prior.right, prior.exact) if prior else (self.unseen, self.unseen_exact)
        shares = lowered(rate[0], doubt), lowered(rate[1], doubt)
        first, _, rest = key.partition(" ")
        for name in ([f"{first} *"] if rest else []) + [key]:
            right, exact, seen = self.cues.get(name, (0, 0, 0))
            shares = (
                (right + STRENGTH * shares[0]) / (seen + STRENGTH),
                (exact + STRENGTH * shares[1]) / (seen + STRENGTH),
            )
        return shares


@dataclass(frozen=True)
class Weights:
    """Weights of evidence, in log odds: `features` by feature and value; `lexicon` multiplies the precision's.

    `numbers` multiply what the small reader says.
    """

    bias: float = 0.0
    lexicon: float = 1.0
    features: dict[str, dict[str, float]] = field(default_factory=dict)
    numbers: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Settings:
    """The numbers of `rules/settings.yaml`.

    Attributes:
        threshold: the confidence from which a claim is shown.
        strict: the same with `--strict`.
        min_precision: the precision below which a cue is not weighed at all.
        min_candidate: the confidence below which a candidate is dropped.
        nested_penalty: what a claim inside another's content loses, in log odds.
        turn: the confidence of a turn of a transcript.
        speaker_threshold: the speaker confidence below which nobody is named: the words themselves stand.
        sure_speaker: the speaker confidence from which `--sure-speakers` shows a claim.
    """

    threshold: float
    strict: float
    min_precision: float
    min_candidate: float
    nested_penalty: float
    turn: float
    speaker_threshold: float
    sure_speaker: float


@dataclass(frozen=True)
class Rulebook:
    """All rules and lexicons of a run.

    Attributes:
        lexicons: word groups by `lexicon.group`.
        fingerprint: 12 hex digits of SHA-256 over the files it was read from.
        furniture: the rules of which lines are no prose.
        nodes: the named nodes that rules share.
        attribution: the classes of attribution words.
        speakers: what was learned of who speaks.
        reader: the folder of the small reader's weights, None where the rules read alone.
        reader_weights: the weights of evidence where it reads beside them.
        calibration: what the user's own marks say of the confidence.
    """

    rules: tuple[Rule, ...]
    lexicons: dict[str, frozenset[str]]
    precisions: dict[str, Precision]
    settings: Settings
    weights: Weights
    fingerprint: str
    furniture: tuple[FurnitureRule, ...] = ()
    nodes: tuple[NamedNode, ...] = ()
    attribution: AttributionLexicon = field(default_factory=AttributionLexicon)
    speakers: SpeakerModel = field(default_factory=SpeakerModel)
    reader: Path | None = None
    reader_weights: Weights = field(default_factory=Weights)
    calibration: Calibration = UNCALIBRATED

    def prior(self, rule: Rule, lemma: str) -> Prior | None:
        """How often a cue of a rule is right by its class: that which the rule names, or the word's in its frames."""
        named = rule.prior(lemma)
        if named is not None:
            return named
        known = self.attribution.among(rule.parts, lemma)
        if known is None or rule.frame not in known.frames:
            return None
        precision = self.precisions.get(rule.id)
        right, exact, seen = precision.cues.get(known.key, (0, 0, 0)) if precision else (0, 0, 0)
        stated = STATED * (known.right if rule.frame in CLEAR_FRAMES else rule.confidence)
        shares = (right + stated) / (seen + STATED), (exact + stated / 2) / (seen + STATED)
        return Prior(known.name, frozenset((lemma,)), *shares)

    def doubt(self, word: str) -> float:
        """How much less likely, in log odds, a word is a cue than one that was hardly seen, whatever the rule; or 0."""
        known = self.precisions.get(ANY_RULE)
        return 0.0 if known is None else max(0.0, log_odds(known.unseen) - log_odds(known.of(word)[0]))

    @property
    def exactness(self) -> float:
        """Of the candidates that were right on the corpus the share of those right to the word; 1 without counts."""
        counts = self.precisions[ANY_RULE].cues.values() if ANY_RULE in self.precisions else ()
        right = sum(right for right, _, _ in counts)
        return sum(exact for _, exact, _ in counts) / right if right else 1.0

    @cached_property
    def spellings(self) -> Spellings:
        """One lemma for the spellings of a word."""
        return Spellings.of(
            self.lexicons, frozenset(word for part, word in self.attribution.by_word if part == "verbs")
        )

    def words(self, name: str) -> frozenset[str]:
        """The words of `lexicon.group`.

        Raises:
            RulebookError: there is no such group.
        """
        if name not in self.lexicons:
            lexicon, _, group = name.partition(".")
            hint = suggest(name, self.lexicons) or "the shipped lexicons have it"
            problem = RuleProblem(f"{lexicon}.yaml", 1, 1, f"the lexicon has no group '{group}'", hint=hint)
            raise RulebookError([problem])
        return self.lexicons[name]

    def words_of(self, lexicon: str, lemma: str) -> frozenset[str]:
        """The words of a lexicon that go with a lemma (`titles` has those that go with `senator`); none for most."""
        return self.lexicons.get(f"{lexicon}.{lemma}", frozenset())

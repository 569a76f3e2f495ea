"""What a statement asserts, clause by clause: predicate, whether it is negated, of whom or what, with which numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Token

from claims_cli.across.measures import Measure, measures_of
from claims_cli.across.vocabulary import Vocabulary

CLAUSE = "csubj"
SUBJECTS = ("nsubj", "nsubjpass", CLAUSE)
BELOW = ("ccomp", "xcomp", "advcl", "relcl", "acl", CLAUSE, "parataxis", "conj")  # clauses of their own
ROUND = (*SUBJECTS, "dobj", "attr", "dative", "advmod", "prep", "pobj")
PERFECT = "have"
COMPLEMENTS = ("acomp", "attr", "oprd")
FACT, FUTURE, OBLIGING, ABLE = "fact", "future", "obliging", "able"
SELF, NAMED, TAKEN_UP, MISSING = "self", "named", "taken up", "missing"


@dataclass(frozen=True)
class Standing:
    """How a clause stands in its statement.

    Attributes:
        asserted: whether the speaker says that it is so, or that it is not.
        negated: whether it is not; mood: one of `FACT`, `FUTURE`, `OBLIGING`, `ABLE`.
    """

    asserted: bool
    negated: bool
    mood: str


@dataclass(frozen=True)
class Clause:
    """One clause.

    Attributes:
        predicate: the key of what is said; words: as it stands, with what negates it.
        past: whether its verb is in the past.
        subject: the keys of whom or what it is said of; form: how that is told: `SELF` where the speaker is it, `NAMED`
            by words, `TAKEN_UP` by a pronoun, `MISSING` where it is not told.
        objects: the keys of the other words; head: of what is done something to.
        limited: whether a clause of its own says which things are meant (`any emails that were secret`).
        measures: its numbers.
    """

    predicate: str
    words: str
    standing: Standing
    past: bool
    subject: frozenset[str]
    form: str
    objects: frozenset[str]
    head: frozenset[str]
    limited: bool
    measures: tuple[Measure, ...]


@dataclass(frozen=True)
class Phrase:
    """A noun with what stands around it: the keys of its words, and the words."""

    keys: frozenset[str]
    words: str


@dataclass(frozen=True)
class Manner:
    """How a statement is made.

    Attributes:
        mood: of a clause without a finite verb (`to raise the levy`).
        selves: the pronouns that stand for the speaker.
        names: whether it says something though it has no verb (`accused | him of fraud`).
    """

    mood: str = FACT
    selves: frozenset[str] = frozenset()
    names: bool = False


class Parsed:
    """A statement as spaCy parses it."""

    def __init__(self, doc: Doc, vocabulary: Vocabulary, manner: Manner):
        self.doc = doc
        self.vocabulary = vocabulary
        self.manner = manner
        self.known: dict[int, Standing] = {}

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Its clauses, in order."""
        return tuple(self.clause(token) for token in self.doc if self.is_head(token))

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """How the clause stands in which each key stands first."""
        found: dict[str, Standing] = {}
        for token in self.doc:
            if key := self.key(token):
                found.setdefault(key, self.standing(self.head_of(token)))
        return found

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """What it is about: its nouns with what stands around them, no pronouns, articles and numbers."""
        found = []
        for chunk in self.doc.noun_chunks:
            told = [token for token in chunk if self.key(token) or token.dep_ == "case"]
            while told and told[-1].dep_ == "case":
                told.pop()
            if told and chunk.root in told:
                words = self.doc[told[0].i : told[-1].i + 1].text
                found.append(
                    Phrase(self.keys(iter(told)), words if len(told) == told[-1].i + 1 - told[0].i else told[-1].text)
                )
        return tuple(found)

    def key(self, token: Token) -> str | None:
        """What a word is compared by; None of one that nothing is about."""
        word = token.lower_
        if (not token.is_alpha and "-" not in word) or token.pos_ in ("PRON", "DET", "AUX", "NUM"):
            return None
        lemma = token.lemma_.casefold()
        tells = self.vocabulary.tells(word) and (token.pos_ == "NOUN" or self.vocabulary.tells(lemma))
        return self.vocabulary.key(lemma) if tells else None

    def keys(self, tokens: Iterator[Token]) -> frozenset[str]:
        """What words are compared by."""
        return frozenset(filter(None, map(self.key, tokens)))

    def is_head(self, token: Token) -> bool:
        """Whether a word is the head of a clause."""
        if token.dep_ in ("aux", "auxpass"):
            return False
        return token.dep_ == "ROOT" or token.pos_ in ("VERB", "AUX") or any(c.dep_ in SUBJECTS for c in token.children)

    def head_of(self, token: Token) -> Token:
        """The head of the clause of a word."""
        while not self.is_head(token) and token.head is not token:
            token = token.head
        return token

    def clause(self, head: Token) -> Clause:
        """The clause under its head."""
        told = self.predicate(head)
        subject = self.subject(head)
        passive = subject is not None and subject.dep_ == "nsubjpass"
        agent = next((one for child in head.children if child.dep_ == "agent" for one in child.children), None)
        who, whom = (agent, subject) if passive else (subject, None)
        direct = [child for child in head.children if child.dep_ == "dobj"] + ([whom] if whom else [])
        around = {token.i for one in (who,) if one is not None for token in self.within(one)}
        others = [token for token in self.within(head) if token.i not in around and token not in told]
        others += list(self.within(whom)) if whom is not None else []
        particle = "".join(f" {child.lower_}" for child in head.children if child.dep_ == "prt")
        key = " ".join(self.vocabulary.key(token.lemma_.casefold()) for token in told[-1:]) + particle
        return Clause(
            key, self.words(head, told), self.standing(head), "Past" in self.tense(head),
            self.keys(iter(self.within(who))) if who is not None else frozenset(), self.form(who),
            self.keys(iter(others)) - {key}, self.keys(iter(direct)),
            self.is_limited(head), measures_of(self.within(head), self.vocabulary),
        )  # fmt: skip

    def predicate(self, head: Token) -> list[Token]:
        """The verb, and behind it what the subject is where the verb only joins the two."""
        if head.lemma_ not in self.vocabulary.words("joining"):
            return [head]
        complement = next((child for child in head.children if child.dep_ in COMPLEMENTS), None)
        return [head, complement] if complement is not None else [head]

    def subject(self, head: Token) -> Token | None:
        """The subject, also where it stands before the first of joined verbs."""
        own = next((child for child in head.children if child.dep_ in SUBJECTS), None)
        if own is None and head.dep_ in ("conj", "xcomp") and head.head is not head and head.head.pos_ != "NOUN":
            return self.subject(head.head)
        return own

    def form(self, subject: Token | None) -> str:
        """How it is told of whom a clause is."""
        if subject is None:
            return MISSING
        if subject.lower_ in self.manner.selves:
            return SELF
        return NAMED if self.keys(iter(self.within(subject))) else TAKEN_UP

    def is_limited(self, head: Token) -> bool:
        """Whether a clause of its own says which of the things are meant that a clause is about."""
        return any(
            child.dep_ in ("relcl", "acl")
            for token in self.within(head)
            if token is not head
            for child in token.children
        )

    def within(self, head: Token) -> list[Token]:
        """The words under a head, clauses of their own left out."""
        found, todo = [], [head]
        while todo:
            token = todo.pop()
            found.append(token)
            todo += [child for child in token.children if not self.is_apart(child)]
        return sorted(found, key=lambda token: token.i)

    def is_apart(self, token: Token) -> bool:
        """Whether a word heads a clause of its own, and is no further noun of a list."""
        return token.dep_ in BELOW and (token.dep_ != "conj" or token.pos_ in ("VERB", "AUX"))

    def tense(self, head: Token) -> list[str]:
        """The tense of a clause; what has been is past."""
        first = next((child for child in head.children if child.dep_ in ("aux", "auxpass")), head)
        if first.lemma_ == PERFECT and first is not head:
            return ["Past"]
        return first.morph.get("Tense") or head.morph.get("Tense")

    def words(self, head: Token, told: list[Token]) -> str:
        """The predicate as it stands, with auxiliaries and what negates it."""
        beside = [child for child in head.children if child.dep_ in ("aux", "auxpass", "neg", "prt")]
        beside += [child for child in told[-1].children if child.dep_ == "neg"]
        beside += self.negating(head)
        ordered = sorted({token.i: token for token in (*beside, *told)}.values(), key=lambda token: token.i)
        return " ".join(token.text for token in ordered).replace(" n't", "n't").replace(" n’t", "n’t")

    def standing(self, head: Token) -> Standing:
        """How a clause stands, by its own words and those above it."""
        if head.i not in self.known:
            self.known[head.i] = Standing(False, False, FACT)  # of a circle, which a parser may make
            self.known[head.i] = self.own_standing(head)
        return self.known[head.i]

    def own_standing(self, head: Token) -> Standing:
        """How a clause stands."""
        negated, mood = bool(self.negating(head)), self.mood_of(head)
        asserted = mood is not None and not self.is_supposed(head)
        if head.dep_ == "ROOT" or head.head is head:
            says = self.manner.names or head.pos_ in ("VERB", "AUX") or self.subject(head) is not None
            return Standing(asserted and says, negated, mood or FACT)
        above = self.standing(self.head_of(head.head))
        if head.dep_ == "conj":
            has_own = any(child.dep_ in (*SUBJECTS, "aux", "auxpass") for child in head.children)
            joined = any(child.lower_ in self.vocabulary.negated_joints for child in head.head.children)
            return Standing(asserted and above.asserted, negated or (above.negated and joined and not has_own),
                            mood if has_own and mood else above.mood)  # fmt: skip
        return self.below(head, above, Standing(asserted, negated, mood or FACT))

    def below(self, head: Token, above: Standing, own: Standing) -> Standing:
        """How a clause stands that stands below another."""
        words, over = self.vocabulary.words, head.head
        told = {token.lemma_.casefold() for token in self.predicate(over)}
        flips = bool(told & (words("denying") | words("failing")))
        if over.dep_ in SUBJECTS and over.lemma_ in words("sayings"):  # `the claim that … is false`
            told |= {token.lemma_.casefold() for token in self.predicate(over.head)}
        if told & words("untrue") or (told & words("true") and above.negated):
            return Standing(own.asserted and above.asserted, not own.negated, own.mood)
        if told & words("true"):
            return Standing(own.asserted and above.asserted, own.negated, own.mood)
        if flips:
            return Standing(own.asserted and above.asserted and not above.negated, not own.negated, own.mood)
        if told & words("proofs") and above.negated:
            return Standing(own.asserted and above.asserted, not own.negated, own.mood)
        if head.dep_ == "xcomp" and over.lower_ == "going":
            return Standing(own.asserted and above.asserted, own.negated or above.negated, FUTURE)
        if head.dep_ == "pcomp":  # `accused him of taking bribes`
            turned = over.lower_ in self.vocabulary.negators
            return Standing(own.asserted and above.asserted, (own.negated or turned) != above.negated, own.mood)
        if head.dep_ == "parataxis":
            return Standing(own.asserted and above.asserted, own.negated, own.mood)
        is_own = over.lemma_ in words("asserting") and self.form(self.subject(over)) == SELF
        return Standing(own.asserted and above.asserted and is_own and not above.negated, own.negated, own.mood)

    def mood_of(self, head: Token) -> str | None:
        """The mood of a clause; None where it is only possible."""
        words = self.vocabulary.words
        beside = {child.lower_ for child in head.children if child.dep_ in ("aux", "advmod", "auxpass")}
        if beside & words("possible"):
            return None
        for mood in (OBLIGING, FUTURE, ABLE):
            if beside & words(mood):
                return mood
        is_finite = any(child.dep_ in SUBJECTS for child in head.children)
        return self.manner.mood if head.dep_ == "ROOT" and not is_finite else FACT

    def is_supposed(self, head: Token) -> bool:
        """Whether a clause only supposes or asks."""
        opening = {child.lower_ for child in head.children if child.dep_ in ("mark", "advmod")}
        conditions = self.vocabulary.words("suppositions.conditions") | self.vocabulary.words("suppositions.open")
        return bool(opening & conditions) or self.doc[head.sent.end - 1].text == "?"

    def negating(self, head: Token) -> list[Token]:
        """The words that negate a clause."""
        told = self.predicate(head)
        near = [child for token in told for child in token.children]
        around = [
            grandchild for child in near if child.dep_ in ROUND
            for grandchild in child.children if grandchild.dep_ in ("det", "neg", "pobj", "quantmod")
        ]  # fmt: skip
        return [
            token for token in (*near, *around)
            if token.lower_ in self.vocabulary.negators and not self.is_partial(token) and not self.is_apart(token)
        ]  # fmt: skip

    def is_partial(self, negator: Token) -> bool:
        """Whether a word negates only a degree or a share (`not only`, `not all`)."""
        if negator.i + 1 >= len(self.doc):
            return False
        return self.doc[negator.i + 1].lower_ in self.vocabulary.words("degrees")

"""What a statement asserts, clause by clause: predicate, whether it is negated, of whom or what, with which numbers."""

from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Token

from claims_cli.across.measures import Measure, measures_of
from claims_cli.across.standings import Standing, Standings
from claims_cli.across.syntax import DONE, PERFECT, Manner, Syntax
from claims_cli.across.vocabulary import Vocabulary


@dataclass(frozen=True)
class Clause:
    """One clause.

    Attributes:
        predicate: the key of what is said; words: as it stands, with what negates it; tells: whether it is telling.
        past: whether its verb is in the past.
        subject: the keys of whom or what it is said of; form: how that is told: `SELF` where it is the speaker, `NAMED`
            by words, `ANYBODY` of all or none, `TAKEN_UP` by a pronoun, `DONE` where only to whom it is done is told,
            `MISSING` where nobody is.
        objects: the keys of the other words, of times left out; head: of what is done something to.
        takes_up: whether a pronoun stands where an object would.
        conditional: whether it is only so if something else is.
        limited: whether a clause of its own says which things are meant (`any emails that were secret`).
        times: the words for when; spans: whether from when, or up to when.
        direction: 1 for more of it, -1 for less, otherwise 0.
        measures: its numbers.
        named: the keys of the noun that its subject is, of its names, and of what is next behind (`hospital in Pell`).
    """

    predicate: str
    words: str
    tells: bool
    standing: Standing
    past: bool
    subject: frozenset[str]
    form: str
    objects: frozenset[str]
    head: frozenset[str]
    takes_up: bool
    conditional: bool
    limited: bool
    times: frozenset[str]
    spans: bool
    direction: int
    measures: tuple[Measure, ...]
    named: frozenset[str] = frozenset()

    @property
    def about(self) -> frozenset[str]:
        """The keys of all that it tells of."""
        return self.subject | self.objects | self.head


@dataclass(frozen=True)
class Phrase:
    """A noun with what stands around it: the keys of its words, and the words."""

    keys: frozenset[str]
    words: str


class Parsed:
    """A statement as spaCy parses it."""

    def __init__(self, doc: Doc, vocabulary: Vocabulary, manner: Manner):
        self.doc = doc
        self.vocabulary = vocabulary
        self.syntax = Syntax(doc, vocabulary, manner)
        self.standing = Standings(self.syntax)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Its clauses, in order."""
        return tuple(self.clause(token) for token in self.doc if self.syntax.is_head(token))

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """How the clause stands in which each key stands first."""
        found: dict[str, Standing] = {}
        for token in self.doc:
            if key := self.syntax.key(token):
                found.setdefault(key, self.standing.of(self.syntax.head_of(token)))
        return found

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """What it is about: its nouns with what stands around them, no pronouns, articles and numbers."""
        found = []
        for chunk in self.doc.noun_chunks:
            told = [token for token in chunk if self.syntax.key(token) or token.dep_ == "case"]
            while told and told[-1].dep_ == "case":
                told.pop()
            if told and chunk.root in told:
                words = self.doc[told[0].i : told[-1].i + 1].text
                whole = len(told) == told[-1].i + 1 - told[0].i
                found.append(Phrase(self.syntax.keys(told), words if whole else told[-1].text))
        return tuple(found)

    def clause(self, head: Token) -> Clause:
        """The clause under its head."""
        told = self.syntax.predicate(head)
        who, whom = self.sides(head)
        within = self.syntax.within(head)
        direct = [child for token in told for child in token.children if self.is_direct(child, token)]
        direct += [whom] if whom is not None else []
        others = [token for token in within if token not in told] if who is None else (
            [token for token in within if token not in told and token not in self.syntax.within(who)]
        )  # fmt: skip
        others += self.syntax.within(whom) if whom is not None else []
        others += [token for child in head.children if self.is_complement(child) for token in self.syntax.within(child)]
        key = self.predicate_key(head, told)
        return Clause(
            predicate=key,
            words=self.words(head, told),
            tells=self.syntax.key(told[-1]) is not None,
            standing=self.standing.of(head),
            past="Past" in self.tense(head),
            subject=self.syntax.keys(self.syntax.within(who)) if who is not None else frozenset(),
            form=DONE if who is None and whom is not None else self.syntax.form(who),
            objects=self.syntax.keys(token for token in others if not self.syntax.is_time(token)) - {key},
            head=self.syntax.keys(direct),
            takes_up=any(token.tag_ == "PRP" and token.dep_ in ("dobj", "pobj") for token in others),
            conditional=any(self.standing.is_supposed(child) for child in head.children if child.dep_ == "advcl"),
            limited=self.is_limited(head),
            times=self.times(within),
            spans=any(token.lower_ in self.vocabulary.words("spanning") for token in within),
            direction=self.direction(within),
            measures=measures_of(within, self.vocabulary),
            named=self.named(who) if who is not None else frozenset(),
        )

    def sides(self, head: Token) -> tuple[Token | None, Token | None]:
        """Who does it, and whom it is done to where a passive tells that first."""
        subject = self.syntax.subject(head)
        if subject is None or subject.dep_ != "nsubjpass":
            return subject, None
        agents = (
            one for child in head.children if child.dep_ == "agent"
            for one in child.children if not self.syntax.is_time(one)
        )  # fmt: skip
        return next(agents, None), subject

    def named(self, who: Token) -> frozenset[str]:
        """The keys of a noun, and of what stands next behind it (`hospital in Pell`, `a third of the ships`)."""
        behind = [noun for child in who.children if child.dep_ == "prep" for noun in child.children]
        names = [child for child in who.children if child.dep_ == "compound" and who.pos_ == child.pos_ == "PROPN"]
        return self.syntax.keys([who, *behind, *names])

    def is_complement(self, child: Token) -> bool:
        """Whether a clause without a subject of its own, or without a verb, completes a verb (`asked to leave`)."""
        return child.dep_ == "xcomp" or (child.dep_ == "ccomp" and child.pos_ not in ("VERB", "AUX"))

    def is_direct(self, child: Token, over: Token) -> bool:
        """Whether something is done to what a word names."""
        return child.dep_ == "dobj" or (child.dep_ == "pobj" and over.dep_ == "prep")

    def predicate_key(self, head: Token, told: list[Token]) -> str:
        """What the predicate is compared by, its particle with it."""
        particle = "".join(f" {child.lower_}" for child in head.children if child.dep_ == "prt")
        return self.vocabulary.key(told[-1].lemma_.casefold()) + particle

    def times(self, within: list[Token]) -> frozenset[str]:
        """The words for when, in small letters."""
        return frozenset(
            token.lower_ for token in within
            if self.syntax.is_time(token) and (token.pos_ == "PROPN" or token.like_num or self.syntax.key(token))
        )  # fmt: skip

    def direction(self, within: list[Token]) -> int:
        """Whether it is more of something that is said, or less: no bound of a number."""
        for token in within:
            if token.dep_ in ("quantmod", "amod") and (token.head.like_num or token.ent_type_):
                continue
            for value, group in ((1, "upward"), (-1, "downward")):
                if token.lower_ in self.vocabulary.words(group):
                    return value
        return 0

    def is_limited(self, head: Token) -> bool:
        """Whether a clause of its own says which of the things are meant that a clause is about."""
        return any(
            child.dep_ in ("relcl", "acl")
            for token in self.syntax.within(head)
            if token is not head
            for child in token.children
        )

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
        negating = self.syntax.negating(head)
        beside += negating + [token.head for token in negating if token.dep_ == "det"]  # `no adult will be offered`
        ordered = sorted({token.i: token for token in (*beside, *told)}.values(), key=lambda token: token.i)
        return " ".join(token.text for token in ordered).replace(" n't", "n't").replace(" n’t", "n’t")

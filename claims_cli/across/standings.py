"""How each clause of a statement stands in it: said to be so, or not, or only supposed, and in which mood."""

from dataclasses import dataclass

from spacy.tokens import Token

from claims_cli.across.syntax import ABLE, FACT, FUTURE, OBLIGING, SELF, SUBJECTS, Syntax


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


class Standings:
    """The standings of the clauses of a statement."""

    def __init__(self, syntax: Syntax):
        self.syntax = syntax
        self.words = syntax.vocabulary.words
        self.known: dict[int, Standing] = {}

    def of(self, head: Token) -> Standing:
        """How a clause stands, by its own words and those above it."""
        if head.i not in self.known:
            self.known[head.i] = Standing(False, False, FACT)  # of a circle, which a parser may make
            self.known[head.i] = self.made(head)
        return self.known[head.i]

    def made(self, head: Token) -> Standing:
        """The same, made anew."""
        negated, mood = bool(self.syntax.negating(head)), self.mood_of(head)
        asserted = mood is not None and not self.is_supposed(head)
        if head.dep_ == "ROOT" or head.head is head:
            says = self.syntax.manner.names or head.pos_ in ("VERB", "AUX") or self.syntax.subject(head) is not None
            return Standing(asserted and says, negated, mood or FACT)
        above = self.of(self.syntax.head_of(head.head))
        if head.dep_ == "conj":
            has_own = any(child.dep_ in (*SUBJECTS, "aux", "auxpass") for child in head.children)
            joints = self.words("joints")
            joined = any(child.lower_ in joints for child in head.head.children)
            return Standing(asserted and above.asserted, negated or (above.negated and joined and not has_own),
                            mood if has_own and mood else above.mood)  # fmt: skip
        return self.below(head, above, Standing(asserted, negated, mood or FACT))

    def below(self, head: Token, above: Standing, own: Standing) -> Standing:
        """How a clause stands that stands below another."""
        asserted = own.asserted and above.asserted
        over = self.syntax.head_of(head.head) if self.syntax.is_need(head.head) else head.head
        told = self.told(over)
        if self.is_obliged(head, over):
            return Standing(asserted, own.negated, OBLIGING)
        if told & self.words("untrue") or (told & self.words("true") and above.negated):
            return Standing(asserted, not own.negated, own.mood)
        if told & self.words("true") or head.dep_ == "parataxis":
            return Standing(asserted, own.negated, own.mood)
        if told & (self.words("denying") | self.words("failing")):
            return Standing(asserted and not above.negated, not own.negated, own.mood)
        if told & self.words("proofs") and above.negated:
            return Standing(asserted, not own.negated, own.mood)
        if head.dep_ == "xcomp" and over.lower_ == "going":
            return Standing(asserted, own.negated or above.negated, FUTURE)
        if head.dep_ == "pcomp":  # `accused him of taking bribes`
            turned = over.lower_ in self.syntax.vocabulary.negators
            return Standing(asserted, (own.negated or turned) != above.negated, own.mood)
        is_own = self.syntax.form(self.syntax.subject(over)) == SELF and not above.negated
        if told & self.words("planning") and not above.negated:
            return Standing(asserted, own.negated, FUTURE)
        if over.lemma_ in self.words("expecting"):
            return Standing(asserted and is_own, own.negated, FUTURE)
        return Standing(asserted and is_own and over.lemma_ in self.words("asserting"), own.negated, own.mood)

    def told(self, over: Token) -> set[str]:
        """The lemmas of what stands above a clause, of `the claim that … is false` what is said of the claim."""
        told = {token.lemma_.casefold() for token in self.syntax.predicate(over)}
        if over.dep_ in SUBJECTS and over.lemma_ in self.words("sayings"):
            told |= {token.lemma_.casefold() for token in self.syntax.predicate(over.head)}
        return told

    def is_obliged(self, head: Token, over: Token) -> bool:
        """Whether what a clause says must be so: `have to close`, `no choice but to close`."""
        if over.lemma_ not in self.words("having"):
            return False
        return head.dep_ == "xcomp" or self.syntax.is_need(head.head)

    def mood_of(self, head: Token) -> str | None:
        """The mood of a clause; None where it is only possible."""
        beside = {child.lower_ for child in head.children if child.dep_ in ("aux", "advmod", "auxpass")}
        if beside & self.words("possible"):
            return None
        for mood in (OBLIGING, FUTURE, ABLE):
            if beside & self.words(mood):
                return mood
        is_finite = any(child.dep_ in SUBJECTS for child in head.children)
        return self.syntax.manner.mood if head.dep_ == "ROOT" and not is_finite else FACT

    def is_supposed(self, head: Token) -> bool:
        """Whether a clause only supposes or asks."""
        opening = {child.lower_ for child in head.children if child.dep_ in ("mark", "advmod")}
        conditions = self.words("suppositions.conditions") | self.words("suppositions.open")
        return bool(opening & conditions) or self.syntax.doc[head.sent.end - 1].text == "?"

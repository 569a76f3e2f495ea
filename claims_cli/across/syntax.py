"""The syntax of a statement: heads of clauses, their subjects and predicates, and by what words are compared."""

from calendar import month_name
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from claims_cli.across.vocabulary import Vocabulary

CLAUSE = "csubj"
SUBJECTS = ("nsubj", "nsubjpass", CLAUSE)
BELOW = ("ccomp", "xcomp", "advcl", "relcl", "acl", CLAUSE, "parataxis", "conj")  # clauses of their own
ROUND = (*SUBJECTS, "dobj", "attr", "dative", "advmod", "prep", "pobj")
COMPLEMENTS = ("acomp", "attr", "oprd")
PERFECT = "have"
TIMES = ("DATE", "TIME")
MONTHS = {name.casefold(): number for number, name in enumerate(month_name) if name}
FACT, FUTURE, OBLIGING, ABLE = "fact", "future", "obliging", "able"
SELF, NAMED, ANYBODY, TAKEN_UP, DONE, MISSING = "self", "named", "anybody", "taken up", "done", "missing"


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


@dataclass(frozen=True)
class Syntax:
    """What is asked of the words of a parsed statement."""

    doc: Doc
    vocabulary: Vocabulary
    manner: Manner

    def key(self, token: Token) -> str | None:
        """What a word is compared by; None of one that nothing is about."""
        word = token.lower_
        if (not token.is_alpha and "-" not in word) or token.pos_ in ("PRON", "DET", "AUX", "NUM"):
            return None
        lemma = token.lemma_.casefold()
        tells = self.vocabulary.tells(word) and (token.pos_ == "NOUN" or self.vocabulary.tells(lemma))
        return self.vocabulary.key(lemma) if tells else None

    def keys(self, tokens: Iterable[Token]) -> frozenset[str]:
        """What words are compared by."""
        return frozenset(filter(None, map(self.key, tokens)))

    def is_time(self, token: Token) -> bool:
        """Whether a word is of a date or a time, as the pipeline sees it, or the name of a month."""
        return token.ent_type_ in TIMES or (token.pos_ == "PROPN" and token.lower_ in MONTHS)

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

    def predicate(self, head: Token) -> list[Token]:
        """The verb, and behind it what the subject is, or is for or against, where the verb only joins the two."""
        if head.lemma_ not in self.vocabulary.words("joining"):
            return [head]
        side = next((child for child in head.children if child.lower_ in self.vocabulary.words("siding")), None)
        if side is not None and side.dep_ == "prep" and self.form(self.subject(head)) == SELF:
            return [head, side]
        complement = next((child for child in head.children if child.dep_ in COMPLEMENTS), None)
        if complement is None:
            return [head]
        judged = self.vocabulary.words("praising") | self.vocabulary.words("faulting")
        clauses = (child for child in complement.children if child.dep_ == "relcl")
        return [
            head,
            next((child for child in clauses if child.lemma_ in judged), complement),
        ]  # `a price to live with`

    def subject(self, head: Token) -> Token | None:
        """The subject, also where it stands before the first of joined verbs."""
        own = next((child for child in head.children if child.dep_ in SUBJECTS), None)
        if own is None and head.dep_ in ("conj", "xcomp") and head.head is not head and head.head.pos_ != "NOUN":
            return self.subject(head.head)
        if own is None and self.is_need(head.head):
            return self.subject(self.head_of(head.head))
        return own

    def is_need(self, over: Token) -> bool:
        """Whether a word is the `but` of `no choice but to`."""
        return over.dep_ == "prep" and over.head.lemma_ in self.vocabulary.words("choices")

    def form(self, subject: Token | None) -> str:
        """How it is told of whom a clause is."""
        if subject is None:
            return MISSING
        if subject.lower_ in self.manner.selves:
            return SELF
        if subject.lower_ in self.vocabulary.words("anybody") and not any(c.dep_ == "prep" for c in subject.children):
            return ANYBODY
        return NAMED if self.keys(self.within(subject)) else TAKEN_UP

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
        if token.dep_ == "pcomp" and token.pos_ == "VERB":
            return True
        return token.dep_ in BELOW and (token.dep_ != "conj" or token.pos_ in ("VERB", "AUX"))

    def negating(self, head: Token) -> list[Token]:
        """The words that negate a clause."""
        told = self.predicate(head)
        near = [child for token in told for child in token.children]
        around = [
            grandchild for child in near if child.dep_ in ROUND
            for grandchild in child.children if grandchild.dep_ in ("det", "neg", "pobj", "quantmod", "nummod")
        ]  # fmt: skip
        numbers = [  # `not one crown`
            child for token in around if token.dep_ == "nummod" for child in token.children if child.dep_ == "neg"
        ]  # fmt: skip
        return [
            token for token in (*near, *around, *numbers)
            if token.lower_ in self.vocabulary.negators and not self.is_partial(token) and not self.is_apart(token)
        ]  # fmt: skip

    def is_partial(self, negator: Token) -> bool:
        """Whether a word negates only a degree or a share (`not only`, `not all`)."""
        if negator.i + 1 >= len(self.doc):
            return False
        return self.doc[negator.i + 1].lower_ in self.vocabulary.words("degrees")

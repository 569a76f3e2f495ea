"""Clauses that only ask or suppose that somebody says something (`Will she say …?`, `if she says …`): nothing was said.

A question inside quotation marks, and one that a verb reports (`asked whether she had said …`), is somebody's own; what
stands in it is left to how claims nest.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from claims_cli.claim import HELD
from claims_cli.pipeline.article import Candidate
from claims_cli.pipeline.parse.quotation_index import QuotationIndex
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.pipeline.parse.word_order import FINITE
from claims_cli.rulebook.model import Rulebook

VERBAL = ("VERB", "AUX")
SUBJECTS = ("nsubj", "nsubjpass", "expl")
AUXILIARIES = ("aux", "auxpass")
GOVERNED = ("conj", "xcomp", "ccomp")
WH_TAGS = ("WP", "WDT", "WP$")
LOOSE = ("SPACE", "PUNCT", "CCONJ")


@dataclass(frozen=True)
class Suppositions:
    """The words that ask and suppose.

    Attributes:
        conditions: what opens a condition, each as its words; open: what opens a question that is left open.
        inverted: verbs that stand before their subject in a condition; supposing: verbs that suppose what they govern.
        held: verbs of thinking and wanting, which say nothing in any clause.
    """

    conditions: frozenset[tuple[str, ...]]
    open: frozenset[str]
    inverted: frozenset[str]
    supposing: frozenset[str]
    held: frozenset[str]

    @classmethod
    def of(cls, rulebook: Rulebook) -> "Suppositions":
        """The words of a rulebook."""
        words = rulebook.words
        groups = (f"{lexicon}{kind}" for kind in HELD for lexicon in ("types.", "attribution.of-"))
        return cls(
            conditions=frozenset(tuple(phrase.split()) for phrase in words("suppositions.conditions")),
            open=words("suppositions.open"),
            inverted=words("suppositions.inverted"),
            supposing=words("suppositions.supposing"),
            held=frozenset().union(*map(words, groups)),
        )

    def hold(self, candidate: Candidate, syntax: Syntax, quotations: QuotationIndex) -> bool:
        """Whether the cue is a verb of saying whose clause, or one that it hangs on, only asks or supposes."""
        cue = candidate.cue
        if syntax.pos[cue] not in VERBAL or syntax.lemma[cue] in self.held or content_start(candidate) < cue:
            return False  # behind its content a cue is no part of what opens it (`If he goes, I stay, she said`)
        quoted = quotations.holder[cue] is not None
        return any(
            self.supposes(syntax, verb) or (not quoted and self.asks(syntax, verb)) for verb in governing(syntax, cue)
        )

    def supposes(self, syntax: Syntax, verb: int) -> bool:
        """Whether a verb's clause is a condition."""
        auxiliary = inverted_auxiliary(syntax, verb)
        if auxiliary is not None and syntax.lower[auxiliary] in self.inverted and begins(syntax, verb, auxiliary):
            return True
        head = syntax.head[verb]
        if syntax.dep[verb] == "ccomp" and syntax.lemma[head] in self.supposing and is_imperative(syntax, head):
            return True
        return self.is_condition(syntax, verb) and not is_reported(syntax, verb) and not is_conceded(syntax, verb)

    def is_condition(self, syntax: Syntax, verb: int) -> bool:
        """Whether a conjunction of conditions opens a verb's clause."""
        marks = [child for child in syntax.children[verb] if syntax.dep[child] == "mark" and child < verb]
        if any((syntax.lower[mark],) in self.conditions for mark in marks):
            return True
        subject = syntax.child(verb, *SUBJECTS)
        if subject is None:
            return False
        ends = (syntax.left[subject], *marks)  # `in case that`
        return any(tuple(syntax.lower[end - len(words) : end]) == words for words in self.conditions for end in ends)

    def asks(self, syntax: Syntax, verb: int) -> bool:
        """Whether a verb's clause is a question, direct or left open."""
        marks = (child for child in syntax.children[verb] if syntax.dep[child] == "mark" and child < verb)
        if any(syntax.lower[mark] in self.open for mark in marks):
            return not is_reported(syntax, verb)
        subject = syntax.child(verb, *SUBJECTS)
        if subject is None or syntax.dep[verb] == "relcl" or not ends_as_question(syntax, verb):
            return False
        wh = syntax.tag[subject] in WH_TAGS or any(syntax.tag[child] in WH_TAGS for child in syntax.children[subject])
        return inverted_auxiliary(syntax, verb) is not None or (wh and subject < verb)


def content_start(candidate: Candidate) -> int:
    """The first token of the content that a candidate names: of its quotation, its stretch, or its head word."""
    if candidate.quotation is not None:
        return candidate.quotation.start
    return candidate.stretch[0] if candidate.stretch is not None else candidate.tokens.get("content", candidate.cue)


def governing(syntax: Syntax, verb: int) -> Iterator[int]:
    """A verb, and the verbs before it that it is joined to or governed by, upwards."""
    yield verb
    while syntax.dep[verb] in GOVERNED and syntax.head[verb] < verb and syntax.pos[syntax.head[verb]] in VERBAL:
        verb = syntax.head[verb]
        yield verb


def inverted_auxiliary(syntax: Syntax, verb: int) -> int | None:
    """The finite auxiliary that stands before the verb's subject, or None."""
    subject = syntax.child(verb, *SUBJECTS)
    auxiliary = syntax.child(verb, *AUXILIARIES)
    if subject is None or auxiliary is None or not auxiliary < subject < verb:
        return None
    return auxiliary if syntax.tag[auxiliary] in FINITE else None


def begins(syntax: Syntax, verb: int, index: int) -> bool:
    """Whether a word is the first of a verb's clause."""
    return all(syntax.pos[at] in LOOSE for at in range(syntax.left[verb], index))


def is_imperative(syntax: Syntax, verb: int) -> bool:
    """Whether a verb has no subject and shares none: an imperative, or a participle that leads a clause."""
    return syntax.child(verb, *SUBJECTS, *AUXILIARIES) is None and syntax.dep[verb] not in GOVERNED


def is_reported(syntax: Syntax, verb: int) -> bool:
    """Whether a clause is what another verb asks or says (`asked if …`), and not what is unclear."""
    head = syntax.head[verb]
    return syntax.dep[verb] == "ccomp" and head < verb and syntax.pos[head] == "VERB"


def is_conceded(syntax: Syntax, verb: int) -> bool:
    """Whether a condition grants what was so: in the past tense, with no `would` in what hangs on it."""
    head = syntax.head[verb]
    modal = any(syntax.tag[child] == "MD" for child in syntax.children[head])
    return syntax.tag[verb] == "VBD" and head != verb and not modal


def ends_as_question(syntax: Syntax, index: int) -> bool:
    """Whether the sentence of a token ends with a question mark, closing marks and white space left aside."""
    for at in range(syntax.sentence_end[index] - 1, index, -1):
        if syntax.lower[at] == "?":
            return True
        if syntax.pos[at] not in ("SPACE", "PUNCT"):
            return False
    return False

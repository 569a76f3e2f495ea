"""Statements parsed: only those that are to be compared."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from claims_cli.across.clauses import Clause, Parsed, Phrase
from claims_cli.across.standings import Standing
from claims_cli.across.statements import DENIAL, QUESTION, Statement
from claims_cli.across.syntax import FACT, FUTURE, OBLIGING, Manner
from claims_cli.across.vocabulary import Vocabulary

MOODS = {"commitment": FUTURE, "intention": FUTURE, "request": OBLIGING}
ATTITUDE, APPRAISAL, THOUGHT = "attitude", "appraisal", "thought"


@dataclass(frozen=True)
class Read:
    """A statement with its clauses, how each key of it stands, and the phrases that it is about."""

    statement: Statement
    clauses: tuple[Clause, ...]
    standings: Mapping[str, Standing]
    phrases: tuple[Phrase, ...] = ()


def read_all(found: Iterable[Statement], vocabulary: Vocabulary, model: str | None = None) -> list[Read]:
    """Statements with their clauses, in order.

    Raises:
        ModelMissing: the model is not installed.
    """
    from claims_cli.pipeline.parse.model import parser

    listed = list(found)
    texts = [text_of(one, vocabulary) for one in listed]
    parsed = parser(model).pipe(texts, batch_size=256) if texts else ()
    made = []
    for one, doc in zip(listed, parsed, strict=True):
        sides = Parsed(doc, vocabulary, manner_of(one, vocabulary))
        made.append(Read(one, sides.clauses, sides.standings, sides.phrases))
    return made


def manner_of(one: Statement, vocabulary: Vocabulary) -> Manner:
    """How a statement is made: outside quotation marks `he` is mostly who speaks, and `it` a company so taken up."""
    claim = one.claim
    return Manner(MOODS.get(claim.type, FACT), selves(one, vocabulary), claim.type in (APPRAISAL, DENIAL))


def selves(one: Statement, vocabulary: Vocabulary) -> frozenset[str]:
    """The pronouns that in a statement mostly stand for who makes it."""
    claim, own = one.claim, vocabulary.words("oneself")
    if claim.quote == "indirect" and claim.speaker_kind == "person":
        return own | vocabulary.words("people.male") | vocabulary.words("people.female")
    if claim.quote == "indirect" and claim.speaker_kind == "group":
        return own | vocabulary.words("people.plural")
    return own | {claim.pronoun} if claim.quote == "indirect" and claim.pronoun else own


def is_stance(one: Statement, vocabulary: Vocabulary) -> bool:
    """Whether a statement is that somebody is for or against something."""
    stances = vocabulary.words("supporting") | vocabulary.words("opposing")
    return one.claim.type == ATTITUDE and one.claim.cue is not None and one.claim.cue_lemma in stances


def is_doubt(one: Statement, vocabulary: Vocabulary) -> bool:
    """Whether somebody doubts what it says."""
    claim = one.claim
    return claim.type in (QUESTION, THOUGHT) and claim.cue_lemma in vocabulary.words("doubting")


def without_doubles(found: Sequence[Statement], vocabulary: Vocabulary) -> list[Statement]:
    """Statements without attitudes that are no stance, thoughts that are no doubt, and stances inside a statement."""
    others: dict[str, list[Statement]] = defaultdict(list)
    for one in found:
        if one.claim.type not in (ATTITUDE, THOUGHT):
            others[one.claim.doc].append(one)
    return [one for one in found if is_told(one, others[one.claim.doc], vocabulary)]


def is_told(one: Statement, others: Sequence[Statement], vocabulary: Vocabulary) -> bool:
    """Whether somebody says it, or holds it who is for it, against it or in doubt of it, and not inside another's."""
    if one.claim.type not in (ATTITUDE, THOUGHT):
        return True
    if not (is_stance(one, vocabulary) or is_doubt(one, vocabulary)):
        return False
    return not any(one.is_inside(other) and one.speakers & other.speakers for other in others)


def text_of(one: Statement, vocabulary: Vocabulary) -> str:
    """What is parsed of a statement: its content, and before it the verb by which one is for or against it."""
    text = " ".join(one.text.strip("\"'“”‘’").split())
    return f"We {one.claim.cue.text} {text}" if one.claim.cue and is_stance(one, vocabulary) else text

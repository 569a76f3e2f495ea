"""The order in which a mention is resolved: sieves, the first answer wins (Raghunathan et al., EMNLP 2010).

Each sieve is a plain function of a mention and the discourse that gives a speaker or None, and is only asked for the
forms of mention that its row names. Where none answers, the words themselves stand: a wrong name is worse than none.
"""

from collections.abc import Callable
from dataclasses import dataclass

from claims_cli.pipeline.article import Speaker
from claims_cli.pipeline.resolve import (
    descriptions,
    doubt,
    epithets,
    named_later,
    naming,
    organizations,
    persons,
    pronouns,
    seats,
)
from claims_cli.pipeline.resolve.antecedents import is_told_by_clause
from claims_cli.pipeline.resolve.discourse import Discourse, Mention
from claims_cli.pipeline.resolve.phrases import is_capital, is_definite, is_pronoun, phrase_kind
from claims_cli.rulebook import speaker_model as model

PRONOUN, COUNTED = "pronoun", "counted"  # `she`; `the two`
INDEFINITE, POSSESSED = "indefinite", "possessed"  # `a man`, `the man who ran`; `her office`
PERSON, UNNAMED, ORGANIZATION, MEDIA, DOCUMENT, THING = (
    "person", "unnamed", "organization", "media", "document", "thing",
)  # fmt: skip
TAKEN_UP = frozenset({PERSON, UNNAMED, ORGANIZATION, MEDIA, DOCUMENT, THING})
PHRASES = TAKEN_UP | {INDEFINITE, POSSESSED}

Answer = Callable[[Mention, Discourse], Speaker | None]


@dataclass(frozen=True)
class Sieve:
    """One sieve: its name, the forms of mention that it is asked for, its function, and the way in which it tells.

    The way is None where it is told by what the answer is (`doubt.way_of_name`).
    """

    name: str
    forms: frozenset[str]
    answer: Answer
    way: str | None = None


SIEVES = (
    Sieve("owner of the same", frozenset({PRONOUN}), pronouns.owner_of_same, model.OWNER_OF_SAME),
    Sieve("first person", frozenset({PRONOUN}), pronouns.first_person, model.FIRST_PERSON),
    Sieve("third person", frozenset({PRONOUN}), pronouns.third_person, model.PRONOUN),
    Sieve("body as they", frozenset({PRONOUN}), organizations.body_as_they, model.BODY_AS_THEY),
    Sieve("pair", frozenset({PRONOUN}), pronouns.the_pair, model.THE_TWO),
    Sieve("counted", frozenset({COUNTED}), pronouns.counted, model.THE_TWO),
    Sieve("handle", PHRASES, naming.handle, model.HANDLE),
    Sieve("acronym", PHRASES, naming.acronym, model.ACRONYM),
    Sieve("issuer", PHRASES, naming.issued, model.ISSUED),
    Sieve("place", PHRASES, naming.place, model.NAMED),
    Sieve("name", PHRASES, naming.name),
    Sieve("leading name", PHRASES, naming.leading_name),
    Sieve("apposed name", PHRASES, naming.apposed_name, model.NAMED),
    Sieve("office holder", PHRASES, naming.office_holder, model.NAMED),
    Sieve("named body", PHRASES, naming.named_body, model.NAMED),
    Sieve("possessed", frozenset({POSSESSED}), descriptions.possessed, model.OWNED_BODY),
    Sieve("last medium", frozenset({MEDIA}), organizations.last_medium, model.LAST_OUTLET),
    Sieve("role", frozenset({PERSON}), persons.role, model.CALLED_SO),
    Sieve("subject of its sentence", frozenset({ORGANIZATION}), organizations.subject_of_sentence, model.ORGANIZATION),
    Sieve("told of in the lead", frozenset({PERSON}), named_later.told_of_in_lead, model.NAMED_LATER),
    Sieve("same noun", TAKEN_UP, descriptions.same_noun, model.SAME_WORDS),
    Sieve("epithet", PHRASES, epithets.epithet, model.EPITHET),
    Sieve("seat", PHRASES, seats.seat, model.EPITHET),
    Sieve("organization", frozenset({ORGANIZATION}), organizations.known_organization, model.ORGANIZATION),
    Sieve("people of a team", PHRASES, organizations.people_of_team, model.ORGANIZATION),
    Sieve("author and colleagues", PHRASES, organizations.author_and_colleagues, model.ORGANIZATION),
    Sieve("last statement", frozenset({DOCUMENT}), descriptions.last_statement, model.LAST_STATEMENT),
    Sieve("last voice", frozenset({PERSON, UNNAMED}), descriptions.last_voice, model.LAST_VOICE),
    Sieve("role of anybody", frozenset({UNNAMED}), persons.role, model.CALLED_SO),
    Sieve("title", frozenset({PERSON}), persons.title, model.OTHER_TITLE),
    Sieve("kind of", frozenset({PERSON}), persons.kind_of, model.KIND_OF),
    Sieve("named later", PHRASES, named_later.named_later, model.NAMED_LATER),
)


@dataclass(frozen=True)
class Resolution:
    """Who a mention stands for, and the name of the sieve that told it; `words` where none did."""

    speaker: Speaker
    sieve: str


def resolve(mention: Mention, discourse: Discourse) -> Resolution:
    """The first answer that is sure enough of the sieves asked for a mention's form, otherwise its own words."""
    form = form_of(mention, discourse)
    for sieve in SIEVES:
        if form in sieve.forms:
            speaker = sieve.answer(mention, discourse)
            if speaker is not None:
                known = doubt.found(speaker, sieve.way, mention, discourse)
                if known.confidence >= discourse.rulebook.settings.speaker_threshold:
                    return Resolution(known, sieve.name)
    alone = doubt.words_alone(mention, discourse, is_pronoun=form == PRONOUN, is_new=form == INDEFINITE)
    return Resolution(alone, "words")


def form_of(mention: Mention, discourse: Discourse) -> str:
    """What form of mention the words are, by which the sieves are chosen."""
    syntax, head = discourse.syntax, mention.head
    if is_pronoun(discourse, head):
        return PRONOUN
    definite = is_definite(discourse, mention.start, head) or is_bare_role(discourse, mention)
    if definite and syntax.pos[head] == "NUM" and not discourse.refers(head, "singular"):
        return COUNTED
    kind = phrase_kind(discourse, head)
    if kind == "organization" and syntax.child(head, "poss") is not None:
        return POSSESSED
    if not definite and not (kind == "person" and is_in_headline(discourse, head)):
        return INDEFINITE
    if is_told_by_clause(discourse, head):
        return INDEFINITE
    if kind == "person" and syntax.lemma[head].lower() in discourse.words("unnamed") | discourse.words("anonymous"):
        return UNNAMED
    return kind if kind in TAKEN_UP else THING


def is_bare_role(discourse: Discourse, mention: Mention) -> bool:
    """Whether a description is one that needs no article (`Counsel said`)."""
    is_role = discourse.syntax.lower[mention.head] in discourse.words("bare_role")
    return is_role and not discourse.refers(mention.start, "indefinite")


def is_in_headline(discourse: Discourse, head: int) -> bool:
    """Whether a description stands in the first line, where no article stands before it."""
    syntax = discourse.syntax
    return syntax.paragraph[head] == 0 and syntax.child(head, "det") is None and is_capital(discourse, head)

"""The order in which a mention is resolved: sieves, the first answer wins (Raghunathan et al., EMNLP 2010).

Each sieve is a plain function of a mention and the discourse that gives a speaker or None, and is only asked for the
forms of mention that its row names. Where none answers, the words themselves stand: a wrong name is worse than none.
"""

from collections.abc import Callable
from dataclasses import dataclass

from claims_cli.pipeline.article import Speaker
from claims_cli.pipeline.resolve import descriptions, naming, organizations, persons, pronouns
from claims_cli.pipeline.resolve.antecedents import is_told_by_clause
from claims_cli.pipeline.resolve.discourse import Discourse, Mention
from claims_cli.pipeline.resolve.phrases import as_it_stands, is_capital, is_definite, is_pronoun, phrase_kind

PRONOUN, COUNTED = "pronoun", "counted"  # `she`; `the two`
INDEFINITE, POSSESSED = "indefinite", "possessed"  # `a man`, `the man who ran`; `her office`
PERSON, UNNAMED, ORGANIZATION, MEDIA, DOCUMENT, THING = (
    "person", "unnamed", "organization", "media", "document", "thing",
)  # fmt: skip
TAKEN_UP = frozenset({PERSON, UNNAMED, ORGANIZATION, MEDIA, DOCUMENT, THING})
PHRASES = TAKEN_UP | {INDEFINITE, POSSESSED}

Sieve = Callable[[Mention, Discourse], Speaker | None]


@dataclass(frozen=True)
class Row:
    """One sieve: its name, the forms of mention that it is asked for, and its function."""

    name: str
    forms: frozenset[str]
    sieve: Sieve


SIEVES = (
    Row("owner of the same", frozenset({PRONOUN}), pronouns.owner_of_same),
    Row("first person", frozenset({PRONOUN}), pronouns.first_person),
    Row("third person", frozenset({PRONOUN}), pronouns.third_person),
    Row("pair", frozenset({PRONOUN}), pronouns.the_pair),
    Row("counted", frozenset({COUNTED}), pronouns.counted),
    Row("issuer", PHRASES, naming.issued),
    Row("place", PHRASES, naming.place),
    Row("name", PHRASES, naming.name),
    Row("leading name", PHRASES, naming.leading_name),
    Row("apposed name", PHRASES, naming.apposed_name),
    Row("possessed", frozenset({POSSESSED}), descriptions.possessed),
    Row("last medium", frozenset({MEDIA}), organizations.last_medium),
    Row("role nearby", frozenset({PERSON}), persons.near_role),
    Row("same noun", TAKEN_UP, descriptions.same_noun),
    Row("organization", frozenset({ORGANIZATION}), organizations.known_organization),
    Row("last statement", frozenset({DOCUMENT}), descriptions.last_statement),
    Row("last voice", frozenset({PERSON, UNNAMED}), descriptions.last_voice),
    Row("role", frozenset({UNNAMED}), persons.role),
    Row("title", frozenset({PERSON}), persons.title),
    Row("epithet", frozenset({PERSON}), persons.epithet),
)


@dataclass(frozen=True)
class Resolution:
    """Who a mention stands for, and the name of the sieve that told it; `words` where none did."""

    speaker: Speaker
    sieve: str


def resolve(mention: Mention, discourse: Discourse) -> Resolution:
    """The first answer of the sieves that are asked for a mention's form, otherwise its own words."""
    form = form_of(mention, discourse)
    for row in SIEVES:
        if form in row.forms:
            speaker = row.sieve(mention, discourse)
            if speaker is not None:
                return Resolution(speaker, row.name)
    return Resolution(as_it_stands(discourse, mention.head, mention.start, mention.end), "words")


def form_of(mention: Mention, discourse: Discourse) -> str:
    """What form of mention the words are, by which the sieves are chosen."""
    syntax, head = discourse.syntax, mention.head
    if is_pronoun(discourse, head):
        return PRONOUN
    definite = is_definite(discourse, mention.start, head)
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


def is_in_headline(discourse: Discourse, head: int) -> bool:
    """Whether a description stands in the first line, where no article stands before it."""
    syntax = discourse.syntax
    return syntax.paragraph[head] == 0 and syntax.child(head, "det") is None and is_capital(discourse, head)

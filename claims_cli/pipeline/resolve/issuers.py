"""Whose a statement, a report or a post is that speaks for somebody (`the Hizbullah statement`)."""

from claims_cli.pipeline.article import Name, Speaker
from claims_cli.pipeline.resolve.antecedents import fullest_phrase
from claims_cli.pipeline.resolve.discourse import Discourse, Mention
from claims_cli.pipeline.resolve.phrases import as_it_stands, is_pronoun, listed_heads, phrase, together, word_kind

OWNERS = ("organization", "media", "person", "unknown")
OWNING_DEPS = ("compound", "poss", "nmod", "amod")


def is_carrier(discourse: Discourse, index: int) -> bool:
    """Whether a noun is for what carries somebody's words."""
    return discourse.syntax.lemma[index] in discourse.carriers


def issuer(discourse: Discourse, head: int, start: int, end: int) -> Speaker | None:
    """Whose a carrier is: its possessor's, the subject's who puts it out, or of who stands behind `by`."""
    name = owning_name(discourse, head, start)
    if name is not None:
        return discourse.speaker_of(name)
    return putting_out(discourse, head) or signing(discourse, head, end)


def owner(mention: Mention, discourse: Discourse) -> Mention | None:
    """Whose a carrier is where that is no name: `her` of `her letter`, `the ministry` of `the ministry's statement`."""
    syntax, head = discourse.syntax, mention.head
    owning = syntax.child(head, "poss") if is_carrier(discourse, head) else None
    if owning is None or discourse.registry.at(owning) is not None or not mention.start <= owning < head:
        return None
    is_message = syntax.lemma[head] in discourse.words("message") | discourse.words("carried")  # no report that shows
    is_speaker = is_message and word_kind(discourse, owning) in ("person", "organization", "media")
    is_speaker = is_speaker or is_pronoun(discourse, owning)
    return Mention(owning, syntax.left[owning], owning + 1, mention.attribution) if is_speaker else None


def owning_name(discourse: Discourse, head: int, start: int) -> Name | None:
    """The name before a carrier that says whose it is."""
    syntax = discourse.syntax
    for index in range(start, head):
        name = discourse.registry.at(index)
        if name is not None and name.kind in OWNERS and syntax.dep[name.head] in OWNING_DEPS:
            if syntax.is_under(name.head, head) and not is_where(discourse, name, head):
                return name
    return None


def is_where(discourse: Discourse, name: Name, head: int) -> bool:
    """Whether a name says of what place a survey is (`New Hampshire polls`), and not whose."""
    syntax = discourse.syntax
    is_place = syntax.ent_type[name.head] in ("GPE", "LOC") and syntax.dep[name.head] != "poss"
    return is_place and syntax.lemma[head] in discourse.words("survey")


def putting_out(discourse: Discourse, head: int) -> Speaker | None:
    """The subject of the verb whose object a carrier is (`Roe put out a statement saying …`)."""
    syntax, verb = discourse.syntax, discourse.syntax.head[head]
    subject = syntax.child(verb, "nsubj") if syntax.dep[head] == "dobj" and syntax.pos[verb] == "VERB" else None
    if subject is None:
        return None
    if subject in discourse.by_head:
        return discourse.by_head[subject]
    name = discourse.registry.at(subject)
    return discourse.speaker_of(name) if name is not None else None


def signing(discourse: Discourse, head: int, end: int) -> Speaker | None:
    """Who stands behind `by`."""
    syntax = discourse.syntax
    signed = [child for child in syntax.children[head] if syntax.lemma[child] in discourse.words("signing")]
    for preposition in (*syntax.children[head], *(below for verb in signed for below in syntax.children[verb])):
        if syntax.dep[preposition] in ("prep", "agent") and discourse.refers(preposition, "authors"):
            person = syntax.child(preposition, "pobj")
            if person is not None and (person < end or preposition == head + 1):
                return named_behind(discourse, person, max(end, person + 1))
    return None


def named_behind(discourse: Discourse, person: int, end: int) -> Speaker | None:
    """The author or authors behind a preposition."""
    heads = listed_heads(discourse, person, end)
    names = [name for name in map(discourse.registry.at, heads) if name is not None]
    if not names and len(heads) == 1 and word_kind(discourse, person) == "organization":
        start = discourse.syntax.left[person]
        own = as_it_stands(discourse, person, start, phrase(discourse, person)[1])
        return fullest_phrase(discourse, person, own, start)
    if len(names) != len(heads):
        return None
    speakers = [discourse.speaker_of(name) for name in names]
    return speakers[0] if len(speakers) == 1 else together(discourse, speakers, person, end, heads[0])


def speaker_through(discourse: Discourse, index: int) -> Speaker | None:
    """Who spoke through a statement or report that stands at a token (`the ministry said in a statement`)."""
    if not is_carrier(discourse, index):
        return None
    return discourse.by_place.get(discourse.by_medium.get(index, -1))

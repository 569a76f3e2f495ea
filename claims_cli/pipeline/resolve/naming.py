"""Sieves of names: a mention that names its speaker, or what a named one said or wrote."""

import re
from bisect import bisect_right
from dataclasses import replace

from claims_cli.pipeline.article import Name, Speaker
from claims_cli.pipeline.resolve.discourse import Discourse, Mention
from claims_cli.pipeline.resolve.issuers import is_carrier, issuer, named_behind
from claims_cli.pipeline.resolve.phrases import is_capital, is_definite, is_name, is_plural, text_of, word_kind

BESIDE = frozenset({"appos", "nsubj", "dobj"})
BODIES = ("organization", "media", "unknown")
POSSESSIVES = (["'s"], ["’s"], ["'"], ["’"])
NAMING_POS = ("PROPN", "NOUN", "ADJ", "X", "PRON")


def handle(mention: Mention, discourse: Discourse) -> Speaker | None:
    """A handle, as the name that the text has beside it (`Jo Lee (@jlee)`)."""
    syntax = discourse.syntax
    start, end = syntax.start[mention.start], syntax.end[mention.end - 1]
    words = syntax.text[max(0, start - 1) : end].lstrip("( ")
    if not words.startswith("@"):
        return None
    for named in re.finditer(rf"(\w)\s*\(?{re.escape(words.split()[0])}\b", syntax.text):
        own = discourse.registry.at(bisect_right(syntax.start, named.start(1)) - 1)
        if own is not None and own.kind == "person":
            return discourse.speaker_of(own)
    return None


def acronym(mention: Mention, discourse: Discourse) -> Speaker | None:
    """An acronym, as the name that the text has for it (`the IEC` for `International Energy Council`)."""
    syntax = discourse.syntax
    full = discourse.spelt_out.get(syntax.text[syntax.start[mention.head] : syntax.end[mention.end - 1]])
    return discourse.speaker_of(full) if full is not None else None


def issued(mention: Mention, discourse: Discourse) -> Speaker | None:
    """A carrier whose issuer is told (`the Hizbullah statement`): the issuer, and the carrier is the medium."""
    head, start, end = mention.head, mention.start, mention.end
    if not is_carrier(discourse, head) or is_name(discourse, head):
        return None
    speaker = issuer(discourse, head, start, end)
    return speaker and replace(speaker, medium=(start, end))


def place(mention: Mention, discourse: Discourse) -> Speaker | None:
    """The name behind `of` where a noun only says that it is a place (`the city of X`)."""
    named = place_name(mention, discourse)
    speaker = named_behind(discourse, named, mention.end) if named is not None else None
    return speaker and replace(speaker, kind="organization")


def place_name(mention: Mention, discourse: Discourse) -> int | None:
    """The head of the name behind `of` that says which place it is."""
    syntax, head = discourse.syntax, mention.head
    if syntax.lemma[head] not in discourse.words("place") or syntax.lower[head + 1 : head + 2] != ["of"]:
        return None
    named = syntax.child(head + 1, "pobj")
    return named if named is not None and discourse.registry.at(named) is not None else None


def name(mention: Mention, discourse: Discourse) -> Speaker | None:
    """A name, by its fullest form."""
    syntax, head = discourse.syntax, mention.head
    own = discourse.registry.at(head)
    if own is None or syntax.pos[head] not in NAMING_POS or place_name(mention, discourse) is not None:
        return None
    is_noun = syntax.pos[head] == "NOUN" and word_kind(discourse, head) is not None
    return None if is_noun and not is_capital(discourse, head) else discourse.speaker_of(own)


def leading_name(mention: Mention, discourse: Discourse) -> Speaker | None:
    """A person whose name opens the phrase and is followed by more (`Jo Lee of the town's think tank`)."""
    syntax, opening = discourse.syntax, discourse.registry.at(mention.start)
    if opening is None or opening.kind != "person" or opening.end >= mention.end:
        return None
    if syntax.lower[opening.end] in discourse.rulebook.words("circumstances.days"):
        return discourse.speaker_of(opening)
    goes_on = len(opening.parts) > 1 and syntax.pos[opening.end] in ("ADP", "PUNCT")
    return discourse.speaker_of(opening) if goes_on else None


def apposed_name(mention: Mention, discourse: Discourse) -> Speaker | None:
    """The person whom a description names behind a comma (`the governor's chief of staff, Jo Lee`)."""
    syntax, head = discourse.syntax, mention.head
    if word_kind(discourse, head) not in ("person", None) or is_plural(discourse, head):
        return None
    if is_of_another(mention, discourse):
        return None
    for child in syntax.children[head]:
        apposed = discourse.registry.at(child)
        is_inside = head < child < mention.end and syntax.dep[child] == "appos"
        if is_inside and apposed is not None and apposed.kind == "person":
            role = text_of(discourse, mention.start, before_comma(discourse, head, apposed.start))
            return replace(discourse.speaker_of(apposed), role=role)
    return None


def office_holder(mention: Mention, discourse: Discourse) -> Speaker | None:
    """The one person named within a phrase for an office (`Agent in Charge Jo Lee`; `the clerk, Ayr, Jo Lee`)."""
    syntax, head = discourse.syntax, mention.head
    if syntax.lower[head] not in discourse.words("title") and word_kind(discourse, head) != "person":
        return None
    inside = (discourse.registry.at(index) for index in range(head + 1, mention.end))
    names = list(dict.fromkeys(name for name in inside if name is not None and name.kind == "person"))
    if is_plural(discourse, head) or is_of_another(mention, discourse):
        return None
    names = [name for name in names if discourse.syntax.lower[name.end : name.end + 1] not in POSSESSIVES]
    if len(names) != 1 or not is_holder(names[0], mention, discourse):
        return None
    before = names[0].start - (syntax.lower[names[0].start - 1] == ",")
    return replace(discourse.speaker_of(names[0]), role=text_of(discourse, mention.start, before))


def is_of_another(mention: Mention, discourse: Discourse) -> bool:
    """Whether a description is by way of another person, whose name may follow (`the wife of the mayor, Jo Lee,`)."""
    syntax, head = discourse.syntax, mention.head
    of = (child for child in syntax.children[head] if child > head and syntax.lower[child] == "of")
    others = [child for at in of for child in syntax.children[at] if syntax.dep[child] == "pobj"]
    return any(is_definite_person(other, discourse) for other in others)


def is_definite_person(index: int, discourse: Discourse) -> bool:
    """Whether a noun is of one person told of before, and no name."""
    if word_kind(discourse, index) != "person" or is_plural(discourse, index):
        return False
    return discourse.registry.at(index) is None and is_definite(discourse, discourse.syntax.left[index], index)


def narrowed(mention: Mention, discourse: Discourse) -> Mention:
    """A mention of who holds an office of a body that opens it (`Council of Mayors (CoM) Chair Jo Lee`).

    It is read as the person's name; any other one as it is.
    """
    syntax = discourse.syntax
    verb = syntax.head[mention.head]
    siblings = [c for c in syntax.children[verb] if syntax.dep[c] == "nsubj" and mention.head < c < verb]
    end = max(mention.end, *(child + 1 for child in siblings)) if siblings else mention.end
    inside = (discourse.registry.at(index) for index in range(mention.start, end))
    persons = list(dict.fromkeys(name for name in inside if name is not None and name.kind == "person"))
    own = discourse.registry.at(mention.head)
    if own is None or own.kind not in BODIES or len(persons) != 1 or not is_officer(persons[0], mention, discourse):
        return mention
    return Mention(persons[0].head, mention.start, max(mention.end, persons[0].end), mention.attribution)


def is_officer(name: Name, mention: Mention, discourse: Discourse) -> bool:
    """Whether a title stands right before a name, and before that nothing but the name of a body."""
    syntax, before = discourse.syntax, name.start - 1
    if syntax.lower[before] not in discourse.words("title") and word_kind(discourse, before) != "person":
        return False
    words = range(mention.start, name.start)
    is_name = all(is_capital(discourse, i) or syntax.pos[i] in ("ADP", "CCONJ", "DET", "PUNCT", "PART") for i in words)
    joined = [index for index in words if syntax.pos[index] == "CCONJ"]
    behind = syntax.lower[joined[-1] : before] if joined else []
    is_one = not joined or not discourse.words("organization").isdisjoint(behind)
    return is_name and is_one and "," not in syntax.lower[mention.start : name.start]


def is_holder(name: Name, mention: Mention, discourse: Discourse) -> bool:
    """Whether a name within a phrase for an office is its holder's, and not that of another one."""
    syntax = discourse.syntax
    before, behind = name.start - 1, name.end
    while before > mention.head and syntax.lower[before] in discourse.words("honorific"):
        before -= 1
    if behind < syntax.length and syntax.tag[behind] == "POS":
        return False
    if before == mention.head or syntax.lower[before] == ",":
        return True
    is_of_another = syntax.pos[before] not in NAMING_POS or word_kind(discourse, before) == "person"
    return is_capital(discourse, before) and not is_of_another


def named_body(mention: Mention, discourse: Discourse) -> Speaker | None:
    """The body or outlet whose name stands right behind a noun for it (`the newspaper Karavan`)."""
    syntax, head = discourse.syntax, mention.head
    if word_kind(discourse, head) not in ("organization", "media") or is_plural(discourse, head):
        return None
    named = mention.end - 1
    words = range(head + 1, mention.end)
    if not words or any(syntax.pos[index] != "PROPN" for index in words) or syntax.dep[named] not in BESIDE:
        return None
    own, kind = discourse.registry.at(named), word_kind(discourse, head) or "organization"
    if own is not None:
        return replace(discourse.speaker_of(own), kind=kind) if own.start > head and own.kind != "person" else None
    text = text_of(discourse, head + 1, mention.end)
    return Speaker(text, (text,), kind, named=True, head=named)


def before_comma(discourse: Discourse, head: int, end: int) -> int:
    """Where the words before the last comma before a place end; behind the head where there is no comma."""
    commas = [index for index in range(head, end) if discourse.syntax.lower[index] == ","]
    return commas[-1] if commas else head + 1

"""Possessives and reflexives inside a clause whose subject is one person: they are most often that person's.

`Kim Ade shook her head`: Kim Ade is taken up by `her`, and the text tells that she is a woman.
"""

from collections.abc import Iterator

from claims_cli.pipeline.article import Name, Speaker
from claims_cli.pipeline.resolve.discourse import SUBJECTS, Discourse

INSIDE = frozenset({"dobj", "prep", "pobj", "poss", "attr", "xcomp", "agent"})


def bound(discourse: Discourse) -> Iterator[tuple[int, Name]]:
    """(pronoun, name): each possessive or reflexive with the named person who is the subject of its clause."""
    syntax, holder = discourse.syntax, discourse.quotations.holder
    reflexive = discourse.words("reflexive")
    for index in range(syntax.length):
        lower = syntax.lower[index]
        is_own = lower in reflexive or (syntax.dep[index] == "poss" and lower in discourse.words("his_or_her"))
        if not is_own or holder[index] is not None:
            continue
        name = subject_around(discourse, index)
        if name is not None and holder[name.head] is None:
            yield index, name


def subject_around(discourse: Discourse, index: int) -> Name | None:
    """The named person who is the subject of the verb in whose object or phrase a word stands, nobody named between."""
    syntax, at = discourse.syntax, index
    while syntax.head[at] != at and (at == index or syntax.dep[at] in INSIDE):
        at = syntax.head[at]
    subjects = [child for child in syntax.children[at] if child < index and syntax.dep[child] in SUBJECTS]
    name = discourse.registry.at(subjects[-1]) if syntax.pos[at] in ("VERB", "AUX") and subjects else None
    if name is None or name.kind != "person" or syntax.child(name.head, "conj") is not None:
        return None
    between = (discourse.registry.at(place) for place in range(name.end, index))
    return None if any(other is not None and other.kind == "person" for other in between) else name


def owners(discourse: Discourse) -> Iterator[tuple[int, Speaker]]:
    """Each possessive or reflexive with the person it stands for."""
    for index, name in bound(discourse):
        yield index, discourse.speaker_of(name)


def told_genders(discourse: Discourse) -> dict[str, bool]:
    """By the fullest name of each person whether such words tell that she is a woman (True) or he a man (False)."""
    told: dict[str, set[bool]] = {}
    for index, name in bound(discourse):
        form = discourse.rulebook.words_of("pronouns", discourse.syntax.lower[index])
        words = {True: discourse.words("female"), False: discourse.words("male")}
        for female, pronouns in words.items():
            if not form.isdisjoint(pronouns):
                told.setdefault(discourse.registry.fullest(name).text, set()).add(female)
    return {text: next(iter(found)) for text, found in told.items() if len(found) == 1}

"""Members of a parliament called by their seat or party alone (`the Dunford North MP`, `the Labour MP`)."""

import re
from collections.abc import Set

from claims_cli.pipeline.article import Speaker
from claims_cli.pipeline.resolve.antecedents import modifiers
from claims_cli.pipeline.resolve.discourse import Discourse, Mention
from claims_cli.pipeline.resolve.epithets import NEAR, can_be, main_person, persons_of
from claims_cli.pipeline.resolve.persons import persons_before
from claims_cli.pipeline.resolve.phrases import is_definite


def seat(mention: Mention, discourse: Discourse) -> Speaker | None:
    """The one person told of before who can hold a seat."""
    syntax, head = discourse.syntax, mention.head
    if syntax.lower[head] not in discourse.words("seat") or not is_definite(discourse, mention.start, head):
        return None
    wanted = modifiers(discourse, head, mention.start)
    told = [one for one in persons_of(mention, discourse) if can_be(one, None, mention, discourse)]
    told = [one for one in told if can_sit(one, wanted, discourse)]
    if len(told) == 1:
        return told[0]
    names = {one.text for one in told}
    near = [one for one in persons_before(discourse, mention.start, NEAR, subjects=False) if one.text in names]
    return near[0] if len(near) == 1 else main_person(told, discourse)


def can_sit(speaker: Speaker, wanted: Set[str], discourse: Discourse) -> bool:
    """Whether what a person is called does not speak against a seat: neither another seat nor another office."""
    name, seats = (speaker.text or "").split(",")[0], discourse.words("seat")
    if set(name.lower().split()) <= wanted:
        return False  # the place, taken for a person
    role = set((speaker.role or "").lower().replace(",", " ").split())
    others = role - seats - discourse.words("honorific")
    told = seat_behind(name, discourse)
    is_of_some = bool(told) or (bool(others) and not role.isdisjoint(seats))
    return not wanted.isdisjoint(told | others) if is_of_some else not others


def seat_behind(name: str, discourse: Discourse) -> set[str]:
    """The words of the places for which the text says that somebody sits (`Jo Lee, the Labour MP for Dunford`)."""
    seats = "|".join(sorted(discourse.words("seat")))
    pattern = rf"{re.escape(name)}\W+(?:\w+\W+){{0,3}}?(?:{seats})\s+for\s+([^,.;()]{{1,60}})"
    places = re.findall(pattern, discourse.syntax.text, re.IGNORECASE)
    return {word for place in places for word in place.lower().split()}

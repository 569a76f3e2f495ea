"""Descriptions by age, origin or children (`the 61-year-old`, `the Dubliner`, `the mother of two`).

They say nothing of what somebody does, and stand for a person of whom the text tells, seldom for one who only explains.
"""

import re
from collections import Counter
from collections.abc import Iterator

from claims_cli.pipeline.article import Speaker
from claims_cli.pipeline.resolve.antecedents import is_told_by_clause
from claims_cli.pipeline.resolve.discourse import Discourse, Mention
from claims_cli.pipeline.resolve.persons import persons_before
from claims_cli.pipeline.resolve.phrases import gender, gender_of_noun, is_by_origin, is_plural, text_of

AGED = re.compile(r"\b(\d{1,3})[- ]years?[- ]old\b")
CHILDREN = re.compile(r"^(?:[- ]+of[- ]+)(?:\w+)$")
NEAR = 2  # paragraphs
OFTEN = 3  # times that whom an article is about is named
CLEARLY = 2.0


def epithet(mention: Mention, discourse: Discourse) -> Speaker | None:
    """The one person whom a description by age, origin or children can stand for."""
    words = text_of(discourse, mention.start, mention.end)
    age = age_in(words)
    if not (age or is_by_origin(discourse, mention.head) or is_parent(mention, discourse)):
        return None
    is_new = discourse.refers(mention.start, "indefinite") or is_plural(discourse, mention.head)
    if is_new or is_told_by_clause(discourse, mention.head) or (age and is_told_of_another(age, mention, discourse)):
        return None
    told = [one for one in persons_of(mention, discourse) if can_be(one, age, mention, discourse)]
    aged = [one for one in told if age and age in ages_of(one, discourse)]
    if len(aged) == 1 or len(told) == 1:
        return (aged if len(aged) == 1 else told)[0]
    names = {one.text for one in told}
    near = [one for one in persons_before(discourse, mention.start, NEAR) if one.text in names]
    return near[0] if len(near) == 1 else main_person(told, discourse)


def age_in(words: str) -> str | None:
    """The age that a description tells."""
    found = AGED.search(words)
    return found.group(1) if found else None


def is_parent(mention: Mention, discourse: Discourse) -> bool:
    """Whether a description tells how many children somebody has (`the mother-of-two`)."""
    behind = text_of(discourse, mention.head, mention.end).partition(discourse.syntax.lower[mention.head])[2]
    return discourse.syntax.lemma[mention.head] in discourse.words("parent") and bool(CHILDREN.match(behind))


def is_told_of_another(age: str, mention: Mention, discourse: Discourse) -> bool:
    """Whether somebody of that age stands before a description without a name (`a 44-year-old man was held`)."""
    syntax = discourse.syntax
    for found in AGED.finditer(syntax.text, 0, syntax.start[mention.start]):
        behind = syntax.text[found.end() : found.end() + 60].split("\n")[0]
        if found.group(1) == age and not re.match(r"(?:\s+[\w'’-]+){0,4}?\s+[^\W\d_a-z][\w'’-]+\s", behind):
            return True
    return False


def persons_of(mention: Mention, discourse: Discourse) -> Iterator[Speaker]:
    """The persons named before a description, by their full names."""
    seen = set()
    for name in discourse.registry.names:
        speaker = discourse.speaker_of(name)
        if name.kind == "person" and name.start < mention.start and speaker.text not in seen:
            seen.add(speaker.text)
            yield speaker


def can_be(speaker: Speaker, age: str | None, mention: Mention, discourse: Discourse) -> bool:
    """Whether gender, another age, or an office to speak for others says nothing against a person."""
    described, known = gender_of_noun(discourse, mention.head), gender(discourse, speaker)
    if None not in (described, known) and described != known:
        return False
    ages = ages_of(speaker, discourse)
    if age and ages and age not in ages:
        return False
    role = set((speaker.role or "").lower().replace(",", " ").split())
    explains = discourse.words("unnamed") | discourse.words("explaining")
    return bool(age and age in ages) or role.isdisjoint(explains) or times(speaker, discourse) >= OFTEN


def ages_of(speaker: Speaker, discourse: Discourse) -> set[str]:
    """The ages that the text tells of a person (`Jo Lee, 61,`; `61-year-old Jo Lee`)."""
    text, name = discourse.syntax.text, re.escape(speaker.text or "")
    behind = re.findall(rf"{name}\s*[,(]\s*(?:aged\s+)?(\d{{1,3}})\b", text)
    return {*behind, *re.findall(rf"\b(\d{{1,3}})[- ]years?[- ]old\s(?:[\w'’-]+\s){{0,3}}{name}", text)}


def times(speaker: Speaker, discourse: Discourse) -> int:
    """How often a person is named."""
    names = discourse.registry.alike(speaker.name) if speaker.name is not None else []
    return sum(discourse.registry.fullest(name) == speaker.name for name in names)


def main_person(told: list[Speaker], discourse: Discourse) -> Speaker | None:
    """The person who is named far oftener than any other."""
    ranked = Counter({place: times(one, discourse) for place, one in enumerate(told)}).most_common(2)
    if len(ranked) < 2 or ranked[0][1] < max(OFTEN, CLEARLY * ranked[1][1]):
        return None
    return told[ranked[0][0]]

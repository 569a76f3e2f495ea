"""Persons by what they are: whose role a description names, or of whom the text just spoke."""

from bisect import bisect_left
from collections.abc import Set

from claims_cli.pipeline.article import Speaker
from claims_cli.pipeline.resolve.antecedents import modifiers, telling_words
from claims_cli.pipeline.resolve.discourse import SUBJECTS, Discourse, Mention
from claims_cli.pipeline.resolve.phrases import gender, gender_of_noun, is_definite, is_plural, text_of, word_kind

MOST_NAMES = 100  # names before a place that are looked at


def persons_before(discourse: Discourse, token: int, back: int = 1, subjects: bool = True) -> list[Speaker]:
    """The named persons that were subjects (or anything) or spoke, from some paragraphs before up to a token.

    The nearest come first.
    """
    syntax, names = discourse.syntax, discourse.registry.names
    places: dict[int, Speaker] = {}
    end = bisect_left(names, token, key=lambda name: name.start)
    for name in reversed(names[max(0, end - MOST_NAMES) : end]):
        if syntax.paragraph[token] - syntax.paragraph[name.head] > back:
            break
        fits = syntax.dep[name.head] in SUBJECTS or not subjects
        if name.kind == "person" and fits and discourse.quotations.holder[name.head] is None:
            places.setdefault(name.head, discourse.speaker_of(name))
    for place, speaker in discourse.spoken:
        near = place < token and syntax.paragraph[token] - syntax.paragraph[place] <= back
        if near and speaker.kind == "person" and speaker.named:
            places.setdefault(place, speaker)
    return list({places[place].text: places[place] for place in sorted(places, reverse=True)}.values())


def learn_roles(discourse: Discourse) -> None:
    """Note what the text calls persons: a subject with modifiers that can only be the one subject before it."""
    syntax = discourse.syntax
    for head in range(syntax.length):
        if syntax.dep[head] not in SUBJECTS or syntax.tag[head] not in ("NN", "NNP"):
            continue
        start, own = syntax.left[head], discourse.registry.at(head)
        if discourse.quotations.holder[head] or (own is not None and own.kind == "person"):
            continue
        is_definite_person = word_kind(discourse, head) == "person" and is_definite(discourse, start, head)
        if not is_definite_person or not modifiers(discourse, head, start):
            continue
        near = persons_before(discourse, start, 0)
        if len(near) == 1 and near[0].name is not None and not is_another(discourse, near[0], head, start):
            role = discourse.without_article(text_of(discourse, start, head + 1))
            discourse.note_called(near[0].name, role)


def is_another(discourse: Discourse, speaker: Speaker, head: int, start: int) -> bool:
    """Whether a person's own office speaks against a description (`the French president` is not President Roe).

    So does gender (`the wife`).
    """
    described, known = gender_of_noun(discourse, head), gender(discourse, speaker)
    if None not in (described, known) and described != known:
        return True
    if speaker.role is None:
        return False
    lower, lemma = discourse.syntax.lower[head], discourse.syntax.lemma[head].lower()
    role = set(speaker.role.lower().split())
    if role & ({lemma, lower} | discourse.same_titles(lemma)):
        return not modifiers(discourse, head, start) <= role
    if is_office_of(discourse, head, start):
        return True
    own_offices = offices(discourse)
    return lower in own_offices and not role.isdisjoint(own_offices)


def offices(discourse: Discourse) -> frozenset[str]:
    """Titles that one person has, so that who has another one is somebody else; any number may run for one."""
    runs_for = discourse.rulebook.words("titles.candidate") | discourse.rulebook.words("titles.nominee")
    return discourse.words("title") - discourse.words("peoples") - runs_for


def is_office_of(discourse: Discourse, head: int, start: int) -> bool:
    """Whether a description names an office of some place or body (`the FBI director`): not just anybody's."""
    syntax = discourse.syntax
    if syntax.lower[head] not in offices(discourse):
        return False
    return any(syntax.ent_type[index] in ("ORG", "GPE", "NORP") for index in range(start, head))


def by_role(mention: Mention, discourse: Discourse, nouns: Set[str], is_only: bool = False) -> Speaker | None:
    """The named person whose role has one of the nouns (`the governor`): the only one, or the last met."""
    if is_plural(discourse, mention.head):
        return None
    wanted = telling_words(discourse, mention.head, mention.start)
    if discourse.syntax.lower[mention.head] not in discourse.words("title"):
        wanted -= discourse.words("former")  # a former president is not the president
    fitting: dict[str, Speaker] = {}
    for name in discourse.registry.names:
        role = words_of_role(name.role or "", discourse)
        if name.kind == "person" and role & nouns and wanted <= role | set(name.parts):
            speaker = discourse.speaker_of(name)
            fitting[speaker.text or ""] = speaker
    if len(fitting) <= 1 or is_only:
        return None if len(fitting) > 1 else next(iter(fitting.values()), None)
    return next((near for near in persons_before(discourse, mention.start) if near.text in fitting), None)


def words_of_role(role: str, discourse: Discourse) -> set[str]:
    """The words of a role, with those that its short forms stand for (`CEO of Steelworks`)."""
    words = set(role.lower().replace("’s", "").replace("'s", "").split())
    long = (phrase for word in words for phrase in discourse.rulebook.words_of("short_titles", word))
    return words | {part for phrase in long for part in phrase.split()}


def lemma_of(mention: Mention, discourse: Discourse) -> str:
    """The lemma of a mention's head, in small letters."""
    return discourse.syntax.lemma[mention.head].lower()


def role(mention: Mention, discourse: Discourse) -> Speaker | None:
    """The person whose role a description names with the same noun."""
    return by_role(mention, discourse, {lemma_of(mention, discourse)})


def title(mention: Mention, discourse: Discourse) -> Speaker | None:
    """The person whose role is another word for a description's noun (`Sen.` for `the senator`)."""
    return by_role(mention, discourse, discourse.same_titles(lemma_of(mention, discourse)))


def kind_of(mention: Mention, discourse: Discourse) -> Speaker | None:
    """The only person whose role is a kind of what a description says (`the officer` for a detective)."""
    narrower = discourse.rulebook.words_of("kinds_of_person", lemma_of(mention, discourse))
    return by_role(mention, discourse, narrower, is_only=True) if narrower else None

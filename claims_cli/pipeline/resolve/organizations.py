"""Organizations and outlets by what they are: `the group`, `the newspaper`."""

from bisect import bisect_left
from collections import Counter
from dataclasses import replace

from claims_cli.pipeline.article import Name, Speaker
from claims_cli.pipeline.resolve.antecedents import modifiers
from claims_cli.pipeline.resolve.discourse import Discourse, Mention
from claims_cli.pipeline.resolve.phrases import is_definite, is_referent, word_kind

PARAGRAPHS_NEAR = 4
CLEARLY = 1.5  # how much oftener the most often named organization must be named than the next


def last_medium(mention: Mention, discourse: Discourse) -> Speaker | None:
    """The outlet that was named last (`the newspaper`), in the paragraphs just before."""
    names = discourse.registry.names
    for name in reversed(names[: bisect_left(names, mention.start, key=lambda name: name.start)]):
        if not is_close(discourse, name.head, mention.start):
            return None
        if name.kind == "media":
            return discourse.speaker_of(name)
    return None


def known_organization(mention: Mention, discourse: Discourse) -> Speaker | None:
    """The organization that `the group` means: the one its modifiers name, otherwise the most often named."""
    if discourse.syntax.lemma[mention.head] in discourse.words("country"):
        return None
    wanted = modifiers(discourse, mention.head, mention.start)
    is_club = discourse.syntax.lemma[mention.head] in discourse.words("club")
    names = [
        one for one in discourse.registry.names if is_group(discourse, one) or (is_club and is_team(one, discourse))
    ]
    named = named_by(discourse, wanted, names) if wanted else None
    if named is not None or not says_only_what_kind(mention, discourse):
        return named
    found = (find(mention, discourse, names) for find in (subject_before, most_named, only_voice))
    speaker = next((speaker for speaker in found if speaker is not None), None)
    return speaker and replace(speaker, kind="organization")


def says_only_what_kind(mention: Mention, discourse: Discourse) -> bool:
    """Whether no word before a noun tells one body from others (`the rights group`, not `the parent company`)."""
    syntax, words = discourse.syntax, discourse.words("other_body")
    before = [i for i in range(mention.start, mention.head) if syntax.dep[i] not in ("det", "predet", "punct")]
    are_nouns = all(syntax.tag[i] in ("NN", "NNS", "HYPH") and syntax.lower[i] not in words for i in before)
    is_whole = mention.end == mention.head + 1 or not before
    return are_nouns and (not before or is_any(mention, discourse)) and is_whole


def is_any(mention: Mention, discourse: Discourse) -> bool:
    """Whether a noun is one by which any organization is taken up."""
    return discourse.syntax.lemma[mention.head].lower() in discourse.words("any_organization")


def subject_before(mention: Mention, discourse: Discourse, names: list[Name]) -> Speaker | None:
    """The organization that is the subject of the sentence before a word for any (`Helix cut …. The company said`).

    None where that sentence names another one too.
    """
    syntax = discourse.syntax
    if not is_any(mention, discourse):
        return None
    number = syntax.sentence_number[mention.head] - 1
    for head, speaker in discourse.by_head.items():
        is_body = speaker.kind == "organization" and speaker.named and speaker.name is not None
        if is_body and syntax.sentence_number[head] == number and is_main_subject(discourse, head):
            return speaker
    named = [name for name in names if syntax.sentence_number[name.head] == number]
    if len({discourse.speaker_of(name).text for name in named}) != 1:
        return None
    subjects = (name for name in named if is_main_subject(discourse, name.head))
    return next((discourse.speaker_of(name) for name in subjects), None)


def subject_of_sentence(mention: Mention, discourse: Discourse) -> Speaker | None:
    """The body that is the subject of the sentence in which, further on, `the group said` stands.

    None where the sentence tells of another body before that.
    """
    syntax, head = discourse.syntax, mention.head
    is_bare = mention.end == head + 1 and not modifiers(discourse, head, mention.start)
    if syntax.lemma[head] not in discourse.words("plain_body") or not is_bare:
        return None
    before = range(syntax.sentence[head], mention.start)
    names = [one for one in discourse.registry.names if one.head in before and one.kind != "person"]
    bodies = {discourse.speaker_of(one).text: one for one in names if is_group(discourse, one)}
    if len(bodies) != 1 or any(is_other_body(discourse, index) for index in before):
        return None
    (name,) = bodies.values()
    speaker = discourse.speaker_of(name)
    return replace(speaker, kind="organization") if is_main_subject(discourse, name.head) else None


def is_other_body(discourse: Discourse, index: int) -> bool:
    """Whether a noun tells of a body or firm without a name, and does not say what a named one is."""
    syntax = discourse.syntax
    if discourse.registry.at(index) is not None or syntax.dep[index] in ("appos", "compound"):
        return False
    is_firm = syntax.pos[index] == "NOUN" and syntax.lemma[index].endswith(tuple(discourse.words("agent_ending")))
    return is_firm or (syntax.pos[index] == "NOUN" and word_kind(discourse, index) == "organization")


def body_as_they(mention: Mention, discourse: Discourse) -> Speaker | None:
    """The one body that is the subject of the sentence before `they said`, where no people are told of there."""
    syntax, cue = discourse.syntax, discourse.syntax.lemma[mention.attribution.head]
    if syntax.lower[mention.head] not in discourse.words("plural") or cue not in discourse.rulebook.words(
        "verbs.saying"
    ):
        return None
    number = syntax.sentence_number[mention.head]
    names = [one for one in discourse.registry.names if syntax.sentence_number[one.head] == number - 1]
    bodies = {discourse.speaker_of(one).text: one for one in names if is_group(discourse, one)}
    if len(bodies) != 1 or any(is_people(discourse, index) for index in sentence_before(discourse, mention.start)):
        return None
    (name,) = bodies.values()
    speaker = discourse.speaker_of(name)
    return replace(speaker, kind="organization") if is_main_subject(discourse, name.head) else None


def sentence_before(discourse: Discourse, index: int) -> range:
    """The words of the sentence before a word's own, and of its own up to it."""
    start = discourse.syntax.sentence[index]
    return range(discourse.syntax.sentence[start - 1] if start else 0, index)


def is_people(discourse: Discourse, index: int) -> bool:
    """Whether a word names people, by a plural noun or by one for several persons or bodies."""
    syntax = discourse.syntax
    if discourse.registry.at(index) is not None:
        return False
    is_agent = syntax.lemma[index].endswith(tuple(discourse.words("agent_ending")))
    is_plural_noun = syntax.tag[index] in ("NNS", "NNPS") and (is_agent or word_kind(discourse, index) is not None)
    return is_plural_noun or syntax.lemma[index] in discourse.words("collective")


def is_main_subject(discourse: Discourse, index: int) -> bool:
    """Whether a word is alone the subject of its whole sentence."""
    syntax, verb = discourse.syntax, discourse.syntax.head[index]
    return syntax.dep[index] == "nsubj" and syntax.child(index, "conj") is None and syntax.head[verb] == verb


def only_voice(mention: Mention, discourse: Discourse, names: list[Name]) -> Speaker | None:
    """The only body that has spoken so far, in the paragraphs just before (`X said …. “…,” the company added`)."""
    is_team = discourse.syntax.lemma[mention.head] in discourse.words("of_a_body")
    if not is_any(mention, discourse) and not is_team:
        return None
    near = (one for at, one in discourse.spoken if at < mention.start and is_close(discourse, at, mention.start))
    bodies = {one.text: one for one in near if one.kind == "organization" and one.named and one.name is not None}
    return next(iter(bodies.values())) if len(bodies) == 1 else None


def people_of_team(mention: Mention, discourse: Discourse) -> Speaker | None:
    """The only people who spoke before and can be `the team` (`the Taiwanese investigators`, `the Taiwanese team`)."""
    syntax = discourse.syntax
    if syntax.lemma[mention.head] not in discourse.words("of_a_body"):
        return None
    wanted = modifiers(discourse, mention.head, mention.start)
    near = (one for at, one in discourse.spoken if at < mention.start and is_close(discourse, at, mention.start))
    people = {one.text: one for one in near if one.kind == "group" and one.head is not None and len(one.each) == 1}
    fitting = [one for one in people.values() if wanted <= set((one.text or "").lower().split())]
    looking = [one for one in fitting if wanted or syntax.lemma[one.head or 0] in discourse.words("inquiring")]
    looking = looking if wanted or len(people) == 1 else []
    return looking[0] if len(looking) == 1 else None


def author_and_colleagues(mention: Mention, discourse: Discourse) -> Speaker | None:
    """The first author and others who spoke before and are `the researchers` (`Jo Lee and colleagues`)."""
    syntax, head = discourse.syntax, mention.head
    is_theirs = syntax.lemma[head] in discourse.words("inquiring") and syntax.tag[head] in ("NNS", "NNPS")
    if not is_theirs or not is_definite(discourse, mention.start, head) or modifiers(discourse, head, mention.start):
        return None
    near = [one for at, one in discourse.spoken if at < mention.start and is_close(discourse, at, mention.start)]
    together = {one.text: one for one in near if one.plural and one.text}
    (only,) = together.values() if len(together) == 1 else (None,)
    return only if only is not None and is_author_with_others(only, discourse) else None


def is_author_with_others(speaker: Speaker, discourse: Discourse) -> bool:
    """Whether those who speak together are others and one person, who has no office (`Mayor Jo Lee and colleagues`)."""
    last = (speaker.text or "").lower().split()[-1]
    roles = {name.role for name in discourse.registry.names if name.text == speaker.each[0] and name.role}
    is_officer = any(word in discourse.words("title") for role in roles for word in role.lower().split())
    return not is_officer and bool({last, last.removesuffix("s")} & discourse.words("fellow_authors"))


def named_by(discourse: Discourse, wanted: set[str], names: list[Name]) -> Speaker | None:
    """The organization in whose name, or right before it, the modifiers of a description stand."""
    syntax = discourse.syntax
    for name in names:
        begin = max(syntax.left[name.head], name.start - 3)
        before = {syntax.lower[index] for index in range(begin, name.head) if syntax.dep[index] != "poss"}
        if wanted <= before | set(name.text.lower().split()[:-1]):
            return discourse.speaker_of(without_modifiers(discourse, name, wanted))
    return None


def without_modifiers(discourse: Discourse, name: Name, modifiers: set[str]) -> Name:
    """The shorter name where the modifier was only taken along (`Lebanese Hizbullah` → `Hizbullah`)."""
    short = " ".join(word for word in name.text.split() if word.lower() not in modifiers)
    return next((other for other in discourse.registry.names if other.text == short), name)


def most_named(mention: Mention, discourse: Discourse, names: list[Name]) -> Speaker | None:
    """The organization that was clearly named most often before a description that fits it."""
    lemma = discourse.syntax.lemma[mention.head].lower()
    fits_any = lemma in discourse.words("any_organization")
    fitting = [name for name in names if name.start < mention.start and (fits_any or lemma in name.parts)]
    if fits_any and not (fitting and is_close(discourse, fitting[-1].head, mention.start)):
        return None
    ranked = Counter(name.text for name in fitting).most_common(2)
    if ranked and (len(ranked) == 1 or ranked[0][1] >= CLEARLY * ranked[1][1]):
        return discourse.speaker_of(next(name for name in fitting if name.text == ranked[0][0]))
    return None


def is_close(discourse: Discourse, index: int, token: int) -> bool:
    """Whether a token stands in the paragraphs just before another."""
    return discourse.syntax.paragraph[token] - discourse.syntax.paragraph[index] <= PARAGRAPHS_NEAR


def is_team(name: Name, discourse: Discourse) -> bool:
    """Whether a name may be a club's though it is one of a place (`Millbrook Town`)."""
    return name.kind == "organization" and len(name.parts) > 1 and name.parts[-1] in discourse.words("club_name")


def is_group(discourse: Discourse, name: Name) -> bool:
    """Whether a name is an organization and no place or people."""
    syntax = discourse.syntax
    if name.kind == "unknown" and not name.heading:  # a name that is nobody's else: `Skyjet cancelled 40 flights`
        return syntax.dep[name.head] == "nsubj" and name.role is None and name.female is None
    if syntax.ent_type[name.head] in ("ORG", "", "PERSON") and name.kind == "organization":
        return True  # of `Helix Robotics` the model saw only the first word
    is_nation = name.kind == "organization" and syntax.ent_type[name.head] == "NORP" and syntax.tag[name.head] == "NNP"
    return is_nation and is_referent(discourse, name)

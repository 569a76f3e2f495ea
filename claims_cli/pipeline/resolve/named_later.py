"""A description that opens an article, and the name that comes behind it (`A vicar has said …. Simon Holt said …`).

A lead tells what somebody is; the first person who then speaks, new and without an introduction, is who that was.
Whoever is introduced as something else is another one.
"""

from claims_cli.pipeline.article import Attribution, Name, Speaker
from claims_cli.pipeline.resolve.antecedents import telling_words
from claims_cli.pipeline.resolve.discourse import SUBJECTS, Discourse, Mention
from claims_cli.pipeline.resolve.persons import words_of_role
from claims_cli.pipeline.resolve.phrases import (
    gender,
    gender_of_noun,
    is_definite,
    is_plural,
    is_pronoun,
    phrase,
    text_of,
    word_kind,
)

SENTENCES_ON = 3  # from the description to the name
PARAGRAPHS = 3  # headline and first line before the lead at most


def named_later(mention: Mention, discourse: Discourse) -> Speaker | None:
    """The person whom the lead describes: who speaks next, otherwise the only speaker of that role."""
    if not is_lead(mention, discourse) or not is_one_person(mention, discourse):
        return None
    return next_speaker(mention, discourse) or speaker_called_so(mention, discourse)


def is_lead(mention: Mention, discourse: Discourse) -> bool:
    """Whether a mention is of who speaks first in an article, a headline apart."""
    syntax = discourse.syntax
    is_first = all(syntax.is_heading(token) or token == mention.head for token, _ in discourse.spoken)
    is_outermost = mention.attribution.outer is None and discourse.quotations.holder[mention.head] is None
    return is_first and is_outermost and syntax.paragraph[mention.head] < PARAGRAPHS


def is_one_person(mention: Mention, discourse: Discourse) -> bool:
    """Whether a description is of one person, and of one who does not mean to stay unnamed."""
    head = mention.head
    if word_kind(discourse, head) != "person" or is_plural(discourse, head) or discourse.registry.at(head):
        return False
    if discourse.syntax.lemma[head] in discourse.words("anonymous") | discourse.words("collective"):
        return False
    if discourse.refers(mention.start, "definite") and not telling_words(discourse, head, mention.start):
        return False
    sentence = text_of(discourse, discourse.syntax.sentence[head], discourse.syntax.sentence_end[head]).lower()
    has_alias = any(
        discourse.syntax.lemma[i] in discourse.rulebook.words("anonymity.alias") for i in clause_of(mention, discourse)
    )
    return not has_alias and not any(phrase in sentence for phrase in discourse.rulebook.words("anonymity.phrases"))


def clause_of(mention: Mention, discourse: Discourse) -> range:
    """The words behind the noun of a description that belong to it."""
    return range(mention.head + 1, discourse.syntax.right[mention.head] + 1)


def next_speaker(mention: Mention, discourse: Discourse) -> Speaker | None:
    """Who speaks next, where that person is new, has no other role, and nobody else did anything in between."""
    lemma = discourse.syntax.lemma[mention.head]
    if lemma in discourse.words("unnamed") - discourse.words("anybody"):
        return None  # a spokesman seldom has a name
    behind = next_source(mention.end, discourse)
    name = new_name(behind, mention, discourse)
    if name is None or behind is None or not is_near(name, mention, discourse):
        return None
    if is_definite(discourse, mention.start, mention.head) and not is_of_oneself(behind, discourse):
        return None  # `The minister …. Jo Lee said`: one who has an office may stay without a name
    speaker = discourse.speaker_of(name)
    is_kin = discourse.syntax.child(mention.head, "poss") is not None and discourse.rulebook.words_of("kin", lemma)
    fits = is_relative(name, mention, discourse) if is_kin else has_no_other_role(speaker, mention, discourse)
    return speaker if fits and is_of_gender(speaker, mention, discourse) else None


def next_source(end: int, discourse: Discourse) -> Attribution | None:
    """The next statement behind a place that a pronoun does not make."""
    later = (one for one in discourse.article.attributions if one.source and one.outer is None)
    behind = [one for one in later if one.candidate.tokens["source"] >= end]
    behind = [one for one in behind if not is_pronoun(discourse, one.candidate.tokens["source"])]
    return min(behind, key=lambda one: one.candidate.tokens["source"], default=None)


def is_of_oneself(attribution: Attribution, discourse: Discourse) -> bool:
    """Whether what is said is of whoever says it (`We were wrong`)."""
    words = (discourse.syntax.lower[i] for start, end in attribution.content for i in range(start, end))
    return not discourse.words("self").isdisjoint(words)


def new_name(attribution: Attribution | None, mention: Mention, discourse: Discourse) -> Name | None:
    """The full name of the one person who is the source of a statement, where nothing before it names that person."""
    if attribution is None:
        return None
    head = attribution.candidate.tokens["source"]
    own = discourse.registry.at(head) or name_beside(head, discourse)
    if own is None or own.kind != "person" or discourse.syntax.child(head, "conj") is not None:
        return None
    full = discourse.registry.fullest(own).parts
    alike = (one for one in discourse.registry.alike(own) if one.start >= mention.end)
    first = next((one for one in alike if discourse.registry.fullest(one).parts == full), own)
    return first if len(first.parts) > 1 and is_new(first, mention, discourse) else None


def name_beside(head: int, discourse: Discourse) -> Name | None:
    """The name that stands behind a noun (`Her mother Jo Lee`)."""
    apposed = [child for child in discourse.syntax.children[head] if discourse.syntax.dep[child] == "appos"]
    names = (discourse.registry.at(child) for child in apposed if child > head)
    return next((name for name in names if name is not None and name.kind == "person"), None)


def is_new(name: Name, mention: Mention, discourse: Discourse) -> bool:
    """Whether no text before a mention names a person, a headline apart."""
    alike = [*discourse.registry.alike(name), *discourse.registry.by_first_word.get(name.parts[0], ())]
    full = discourse.registry.fullest(name)
    earlier = (one for one in alike if one.start < mention.end and discourse.registry.fullest(one).parts == full.parts)
    return all(one.heading for one in earlier)


def is_near(name: Name, mention: Mention, discourse: Discourse) -> bool:
    """Whether a name stands in one of the next sentences, and no other new person is the subject of one between."""
    syntax = discourse.syntax
    if not 0 < syntax.sentence_number[name.head] - syntax.sentence_number[mention.head] <= SENTENCES_ON:
        return False
    between = (one for one in discourse.registry.names if mention.end <= one.start < name.start)
    subjects = (one for one in between if one.kind == "person" and syntax.dep[one.head] in SUBJECTS)
    return not any(is_new(one, mention, discourse) for one in subjects)


def has_no_other_role(speaker: Speaker, mention: Mention, discourse: Discourse) -> bool:
    """Whether what a text calls a person is nothing, no more than an address, or what a description says."""
    role = words_of_role(speaker.role or "", discourse) - discourse.rulebook.words("reference.definite")
    return role <= discourse.words("honorific") or not role.isdisjoint(nouns_for(mention, discourse))


def nouns_for(mention: Mention, discourse: Discourse) -> frozenset[str]:
    """The noun of a description with other words for it and for its kinds."""
    lemma = discourse.syntax.lemma[mention.head].lower()
    narrower = discourse.rulebook.words_of("kinds_of_person", lemma)
    return frozenset({lemma, *discourse.same_titles(lemma), *narrower})


def is_of_gender(speaker: Speaker, mention: Mention, discourse: Discourse) -> bool:
    """Whether neither a description's noun nor the pronoun that takes it up in its sentence tells another gender."""
    syntax, known = discourse.syntax, gender(discourse, speaker)
    told = {gender_of_noun(discourse, mention.head)}
    first = next((start for start, _ in mention.attribution.content), mention.head)
    opening = syntax.lower[first : first + 2] if first > mention.head else []  # `said that he`
    told |= {True for word in opening if word in discourse.words("female")}
    told |= {False for word in opening if word in discourse.words("male")}
    return known is None or (not known) not in told


def is_relative(name: Name, mention: Mention, discourse: Discourse) -> bool:
    """Whether a new person is the relative spoken of: of the same family name, or one who says `my son` of a father."""
    syntax = discourse.syntax
    sentence = range(syntax.sentence[mention.head], syntax.sentence_end[mention.head])
    family = {one.parts[-1] for one in discourse.registry.names if one.kind == "person" and one.head in sentence}
    calls = discourse.rulebook.words_of("kin", syntax.lemma[mention.head])
    told = range(name.end, syntax.sentence_end[name.head])
    owned = (i for i in told if syntax.lemma[i] in calls and syntax.child(i, "poss") is not None)
    role = words_of_role(discourse.speaker_of(name).role or "", discourse)
    if role - discourse.words("honorific") and not role & nouns_for(mention, discourse):
        return False
    return (
        name.parts[-1] in family
        or bool(role & nouns_for(mention, discourse))
        or any(is_pronoun(discourse, syntax.child(i, "poss") or i) for i in owned)
    )


def speaker_called_so(mention: Mention, discourse: Discourse) -> Speaker | None:
    """The only person named later who speaks, and whose role has the noun and all that the description tells."""
    lemma = discourse.syntax.lemma[mention.head].lower()
    nouns = {lemma, *discourse.same_titles(lemma)}
    wanted = telling_words(discourse, mention.head, mention.start) - {lemma}
    speaking = {one.candidate.tokens["source"] for one in discourse.article.attributions if one.source}
    found: dict[str | None, Speaker] = {}
    for name in discourse.registry.names:
        role = words_of_role(name.role or "", discourse)
        fits = name.kind == "person" and not role.isdisjoint(nouns) and wanted <= role
        if fits:
            found[discourse.speaker_of(name).text] = discourse.speaker_of(name)
    speaker = next(iter(found.values())) if len(found) == 1 else None
    if speaker is None or speaker.name is None or not is_new(speaker.name, mention, discourse):
        return None
    is_speaking = any(discourse.speaker_of(one) == speaker for at in speaking if (one := discourse.registry.at(at)))
    return speaker if is_speaking and is_of_gender(speaker, mention, discourse) else None


def learn_lead(discourse: Discourse) -> None:
    """Note whom the lead describes, where the next to speak is who that is (`The mayor left. Jo Lee said`)."""
    mention = lead_subject(discourse)
    if mention is None or not is_one_person(mention, discourse):
        return
    name = new_name(mention.attribution, mention, discourse)
    if name is None or not is_near(name, mention, discourse) or not is_of_oneself(mention.attribution, discourse):
        return
    speaker = discourse.speaker_of(name)
    fits = has_no_other_role(speaker, mention, discourse) and is_of_gender(speaker, mention, discourse)
    if fits and speaker.name is not None:
        discourse.in_lead = speaker.name, mention.head
        discourse.note_called(speaker.name, discourse.without_article(text_of(discourse, mention.start, mention.end)))


def lead_subject(discourse: Discourse) -> Mention | None:
    """The definite description of a person that is the main subject of the first sentence, which names nobody."""
    syntax, registry = discourse.syntax, discourse.registry
    first = next((index for index in range(syntax.length) if not syntax.is_heading(index)), None)
    if first is None:
        return None
    sentence = range(syntax.sentence[first], syntax.sentence_end[first])
    names = (registry.at(index) for index in sentence)
    if any(name is not None and name.kind == "person" and len(name.parts) > 1 for name in names):
        return None
    subjects = [index for index in sentence if syntax.dep[index] in SUBJECTS]
    heads = [index for index in subjects if syntax.head[syntax.head[index]] == syntax.head[index]]
    behind = next_source(sentence.stop, discourse)
    if len(heads) != 1 or behind is None:
        return None
    start, end = phrase(discourse, heads[0])
    return Mention(heads[0], start, end, behind) if is_definite(discourse, start, heads[0]) else None


def told_of_in_lead(mention: Mention, discourse: Discourse) -> Speaker | None:
    """Who the lead tells of by the description that a mention takes up."""
    if discourse.in_lead is None or is_plural(discourse, mention.head):
        return None
    name, head = discourse.in_lead
    if discourse.syntax.lemma[head] != discourse.syntax.lemma[mention.head]:
        return None
    told = {*telling_words(discourse, head, phrase(discourse, head)[0]), *name.parts}
    return discourse.speaker_of(name) if telling_words(discourse, mention.head, mention.start) <= told else None

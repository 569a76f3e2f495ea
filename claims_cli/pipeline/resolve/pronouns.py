"""Sieves of pronouns: the earlier mention that fits them best in number, kind and, where the text tells it, gender."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import exp, inf
from operator import itemgetter

from claims_cli.pipeline.article import Name, Speaker, tokens_of
from claims_cli.pipeline.parse.subjects import NOMINAL
from claims_cli.pipeline.resolve.discourse import SUBJECTS, Discourse, Mention
from claims_cli.pipeline.resolve.persons import persons_before
from claims_cli.pipeline.resolve.phrases import (
    as_it_stands,
    gender,
    is_definite,
    is_plural,
    is_referent,
    listed_heads,
    phrase,
    together,
    word_kind,
)
from claims_cli.rulebook import speaker_model as evidence
from claims_cli.rulebook.speaker_model import SpeakerModel

SENTENCES_BACK = 8
SAYING_BACK = 3  # sentences, for an `it` that says something
SAME_THING = 40  # tokens
TOKENS_BACK = 120
DESCRIBED = frozenset({"nsubj", "nsubjpass", "dobj"})
GENDER = {True: evidence.WOMAN_FITS, False: evidence.MAN_FITS}
FURTHEST = (0, 1, 2, 4)  # sentences, for each distance but the last
OFTEN = 3
MOST_REASONS = 2
LIKELY = -0.5  # log odds: as good as what the small reader would take


@dataclass(frozen=True)
class Wanted:
    """What a pronoun can stand for: several, a thing, or one person, who may be a woman (True) or a man (False)."""

    female: bool | None = None
    plural: bool = False
    thing: bool = False


def wanted_by(mention: Mention, discourse: Discourse) -> Wanted | None:
    """What a third-person pronoun can stand for; None for any other word, and for an empty `it`."""
    syntax, lower = discourse.syntax, discourse.syntax.lower[mention.head]
    words = discourse.words
    if lower in words("self"):
        return None
    if lower in words("male"):
        return Wanted(female=False)
    if lower in words("female"):
        return Wanted(female=True)
    if lower in words("plural") or lower in words("pair"):
        return Wanted(plural=True)
    cue = mention.attribution.head
    is_empty = syntax.dep[cue] == "xcomp" and syntax.head[mention.head] != cue  # `it is fair to say`
    return Wanted(thing=True) if lower in words("thing") and not is_empty else None


@dataclass(frozen=True)
class Antecedent:
    """A mention before a pronoun that it may take up: where, who that is, and what speaks for it.

    `fit`: how far it lies, to the small reader, behind the mention that fits best (log odds, at most 0).
    """

    index: int
    speaker: Speaker
    evidence: tuple[str, ...]
    fit: float = 0.0


def owner_of_same(mention: Mention, discourse: Discourse) -> Speaker | None:
    """Whose the same thing was shortly before (`Roe's proposals, in particular her proposal …`)."""
    syntax, head = discourse.syntax, mention.head
    if syntax.dep[head] != "poss" or syntax.lower[head] not in discourse.words("male") | discourse.words("female"):
        return None
    noun = syntax.head[head]
    for index in range(head - 1, max(0, head - SAME_THING), -1):
        owner = syntax.child(index, "poss") if syntax.lemma[index] == syntax.lemma[noun] else None
        name = discourse.registry.at(owner) if owner is not None else None
        if name is not None and name.kind == "person":
            return discourse.speaker_of(name)
    return None


def first_person(mention: Mention, discourse: Discourse) -> Speaker | None:
    """`I` and `we` inside a quotation are its speaker; of a quotation that no claim has, the paragraph's.

    What stands in a block or behind a colon without marks (`X wrote:`) is quoted no less.
    """
    if discourse.syntax.lower[mention.head] not in discourse.words("self"):
        return None
    if discourse.quotations.holder[mention.head] is None:
        outer = mention.attribution.outer
        is_set_off = outer is not None and discourse.article.attributions[outer].candidate.stretch is not None
        return discourse.by_place.get(outer) if outer is not None and is_set_off else None
    return quoted_by(discourse, mention.head) or quoted_in_paragraph(discourse, mention.head)


def quoted_by(discourse: Discourse, token: int) -> Speaker | None:
    """Whose words a quotation is in which a token stands."""
    holder = discourse.quotations.holder
    if holder[token] is None:
        return None
    for place, attribution in enumerate(discourse.article.attributions):
        is_outside = not attribution.cue or holder[attribution.head] is not holder[token]
        if attribution.holds(token) and is_outside and place in discourse.by_place:
            return discourse.by_place[place]
    return None


def quoted_in_paragraph(discourse: Discourse, token: int) -> Speaker | None:
    """The only speaker whose quotations stand in a token's paragraph."""
    paragraph, holder = discourse.syntax.paragraph, discourse.quotations.holder
    speakers: dict[str | None, Speaker] = {}
    for place, attribution in enumerate(discourse.article.attributions):
        is_near = paragraph[attribution.head] == paragraph[token] and holder[attribution.head] is None
        if is_near and holder[attribution.content[0][0]] is not None and place in discourse.by_place:
            speakers[discourse.by_place[place].text] = discourse.by_place[place]
    speaker = next(iter(speakers.values())) if len(speakers) == 1 else None
    return speaker if speaker is not None and speaker.kind in ("person", "group") else None


def third_person(mention: Mention, discourse: Discourse) -> Speaker | None:
    """The best earlier mention for `he`, `she`, `they`, `it`."""
    wanted = wanted_by(mention, discourse)
    return best_before(mention, discourse, wanted) if wanted is not None else None


def counted(mention: Mention, discourse: Discourse) -> Speaker | None:
    """The best earlier mention of several for `the two`."""
    return best_before(mention, discourse, Wanted(plural=True))


def the_pair(mention: Mention, discourse: Discourse) -> Speaker | None:
    """Whom `both` takes up where they were not named together: the only two persons of the paragraph so far."""
    head = mention.head
    if discourse.syntax.lower[head] not in discourse.words("pair"):
        return None
    near = reversed(persons_before(discourse, head, 0, subjects=False))
    persons = [person for person in near if person.head is not None]
    if len(persons) != 2 or persons[0].head is None:
        return None
    return together(discourse, persons, head, head + 1, persons[0].head)


def best_before(mention: Mention, discourse: Discourse, wanted: Wanted) -> Speaker | None:
    """The best earlier mention for a pronoun, with its share among all that it may take up."""
    found = antecedents(mention, discourse, wanted)
    if not found:
        return None
    model = discourse.rulebook.speakers
    weights: dict[str | None, float] = {}
    best, most = found[0], -inf
    for one in found:
        # the small reader has seen too few chains to choose: what it holds unlikely is only less sure
        weight = model.weight(one.evidence, one.fit)
        weights[one.speaker.text] = max(weight, weights.get(one.speaker.text, -inf))
        if model.weight(one.evidence) >= most:
            best, most = one, model.weight(one.evidence)
    chosen = weights[best.speaker.text]
    nobody = exp(model.weight((evidence.NOBODY,)) - chosen)
    share = 1.0 / (nobody + sum(exp(weight - chosen) for weight in weights.values()))
    return replace(best.speaker, likely=share, reasons=reasons(best, model, len(weights) == 1))


def reasons(best: Antecedent, model: SpeakerModel, is_only: bool) -> tuple[str, ...]:
    """What speaks most for a mention, in words."""
    speaking = [one for one in best.evidence if model.antecedents.get(one, 0.0) > 0]
    speaking.sort(key=lambda one: -model.antecedents[one])
    near = [one for one in best.evidence if one in evidence.DISTANCES]
    told = [*[one for one in speaking if one not in near][:MOST_REASONS], *near]
    if best.fit > LIKELY and model.antecedents.get(evidence.FITS, 0.0) > 0:
        told.append(evidence.READ_SO)
    return (*told, evidence.ONLY) if is_only else tuple(told)


def antecedents(mention: Mention, discourse: Discourse, wanted: Wanted) -> list[Antecedent]:
    """The mentions that a pronoun may take up, the nearest last, each with what speaks for it and against it."""
    head = mention.head
    around, quoted = saying_around(mention, discourse), quoted_by(discourse, head)
    opens = opens_paragraph(discourse, head)
    fitting: list[tuple[int, Speaker, bool | None]] = []
    for index, speaker in sorted(earlier(mention, discourse), key=itemgetter(0)):
        apart = sentences_between(discourse, index, head)
        known = gender(discourse, speaker)
        as_people = wanted.plural and apart == 0 and speaker.kind == "organization" and speaker.name is None  # a team
        if apart > SENTENCES_BACK or not (as_people or fits(speaker, wanted, known)):
            continue
        if quoted is not None and speaker.text == quoted.text:
            continue  # who is quoted says `I`
        if wanted.thing and not is_likely_body(mention, discourse, index, apart):
            continue  # most often it is no body that speaks
        fitting.append((index, speaker, known))
    others = named_inside(mention, discourse)
    number = discourse.syntax.sentence_number
    told = {number[index] for index, _, known in fitting if known is not None and known == wanted.female}
    counts = Counter(speaker.text for _, speaker, _ in fitting)
    last = fitting[-1][1].text if fitting else None
    unknown = [(at, one) for at, one, known in fitting if known is None and is_main_and_near(discourse, at, one, head)]
    found = []
    for index, speaker, known in fitting:
        pieces = [
            *standing(discourse, index, head, opens),
            *speaking(discourse, index, speaker, head, opens),
            *gender_told(index, speaker, known, wanted, unknown),
            *((evidence.AROUND,) if around is not None and speaker.text == around.text else ()),
            *((evidence.OTHER_FITS,) if known is None and number[index] in told else ()),
            *((evidence.IN_CONTENT,) if speaker.text in others else ()),
            *((evidence.NEAREST,) if speaker.text == last else ()),
            *((evidence.OFTEN,) if counts[speaker.text] >= OFTEN else ()),
        ]
        found.append(Antecedent(index, speaker, tuple(pieces)))
    return with_fits(found, mention, discourse)


def gender_told(
    index: int, speaker: Speaker, known: bool | None, wanted: Wanted, unknown: list[tuple[int, Speaker]]
) -> Iterator[str]:
    """Whether the text tells that a mention is of a man or a woman as the pronoun is.

    That says little where the subject just before the pronoun is a person whose name does not tell.
    """
    is_nearest = all(at < index or one.text == speaker.text for at, one in unknown)
    if wanted.female is not None and known == wanted.female and is_nearest:
        yield GENDER[wanted.female]


def is_main_and_near(discourse: Discourse, index: int, speaker: Speaker, head: int) -> bool:
    """Whether a named person is the subject of the whole sentence before a pronoun's, or of its own."""
    syntax = discourse.syntax
    place = syntax.head[index] if syntax.dep[index] == "appos" else index  # `His neighbour Jo Lee did not`
    is_main = syntax.dep[place] in SUBJECTS and syntax.head[syntax.head[place]] == syntax.head[place]
    return speaker.named and is_main and sentences_between(discourse, index, head) <= 1


def is_likely_body(mention: Mention, discourse: Discourse, index: int, apart: int) -> bool:
    """Whether a body is near enough, and did or said something, to be what `it` stands for."""
    has_spoken = index in discourse.spoken_at
    if apart <= 1:
        return has_spoken or discourse.syntax.dep[index] in SUBJECTS
    cue = discourse.syntax.lemma[mention.attribution.head]
    return has_spoken and apart <= SAYING_BACK and cue in discourse.rulebook.words("verbs.saying")


def with_fits(found: list[Antecedent], mention: Mention, discourse: Discourse) -> list[Antecedent]:
    """The mentions with what the small reader says of each, where it has read them."""
    encoded = discourse.article.encoded
    if encoded is None or len(found) < 2:
        return found
    places = [one.index for one in found]
    fits = encoded.fits(mention.head, places, [sentences_between(discourse, at, mention.head) for at in places])
    return [replace(one, fit=fit) for one, fit in zip(found, fits, strict=True)]


def named_inside(mention: Mention, discourse: Discourse) -> set[str | None]:
    """Who is named in what a pronoun's person says, or as whom that person tells it: most often somebody else.

    A name below a pronoun in the tree is never whom it stands for (principle C of binding, Chomsky 1981).
    """
    registry, syntax = discourse.registry, discourse.syntax
    told = [child for child in syntax.children[mention.attribution.head] if syntax.dep[child] in ("dobj", "dative")]
    inside = (index for index in (*tokens_of(mention.attribution.content), *told) if index != mention.head)
    names = (registry.at(index) for index in inside)
    return {discourse.speaker_of(name).text for name in names if name is not None and name.kind == "person"}


def speaking(discourse: Discourse, index: int, speaker: Speaker, head: int, opens: bool) -> Iterator[str]:
    """What it tells that somebody spoke before, or only stands there."""
    if index in discourse.spoken_at:
        paragraph = discourse.syntax.paragraph
        is_next = opens and paragraph[head] - paragraph[index] <= 1
        yield evidence.SPOKE_BEFORE_PARAGRAPH if is_next else evidence.SPOKE
    elif speaker.kind == "person" and not speaker.named and sentences_between(discourse, index, head):
        yield evidence.UNNAMED


def opens_paragraph(discourse: Discourse, head: int) -> bool:
    """Whether a word stands in the first sentence of its paragraph."""
    syntax = discourse.syntax
    first = syntax.paragraph_starts[syntax.paragraph[head]]
    return syntax.sentence_number[first] == syntax.sentence_number[head]


def fits(speaker: Speaker, wanted: Wanted, known: bool | None) -> bool:
    """Whether a mention can be what a pronoun stands for; `known` is its gender, where the text tells it."""
    if wanted.plural:
        return speaker.plural or speaker.kind == "group"
    if wanted.thing:
        return speaker.kind in ("organization", "media", "document") and not speaker.plural
    if speaker.kind != "person" or speaker.plural:
        return False
    return known is None or wanted.female is None or known == wanted.female


def standing(discourse: Discourse, index: int, head: int, opens: bool) -> Iterator[str]:
    """How near a mention is to a pronoun, in the text and in what it does in its sentence."""
    syntax, holder = discourse.syntax, discourse.quotations.holder
    apart = sentences_between(discourse, index, head)
    yield evidence.DISTANCES[bisect_left(FURTHEST, apart)]
    place = syntax.head[index] if syntax.dep[index] == "appos" else index  # `The contractor, Jo Lee, did not`
    if syntax.dep[place] in SUBJECTS:
        verb = syntax.head[place]
        yield evidence.MAIN_SUBJECT if syntax.head[verb] == verb else evidence.SUBJECT
    if syntax.dep[index] in ("poss", "pobj") and not (apart == 0 and syntax.dep[head] == "poss"):
        yield evidence.OBLIQUE
    if holder[index] is not holder[head]:
        yield evidence.OTHER_QUOTATION
    if is_governing(discourse, index, head):
        yield evidence.GOVERNING
    if not opens and syntax.paragraph[index] != syntax.paragraph[head]:
        yield evidence.OTHER_PARAGRAPH


def is_governing(discourse: Discourse, index: int, head: int) -> bool:
    """Whether a mention is the subject of the clause that a pronoun's adverbial clause hangs on."""
    syntax, verb = discourse.syntax, discourse.syntax.head[head]
    of_adverbial = syntax.dep[head] in SUBJECTS and syntax.dep[verb] == "advcl" and index < head
    return of_adverbial and syntax.head[index] == syntax.head[verb] and syntax.dep[index] in SUBJECTS


def saying_around(mention: Mention, discourse: Discourse) -> Speaker | None:
    """Who says the indirect statement in which a pronoun stands: `he` is most often that speaker."""
    outer, holder = mention.attribution.outer, discourse.quotations.holder
    if outer is None or holder[mention.head] is not holder[discourse.article.attributions[outer].head]:
        return None
    return discourse.by_place.get(outer)


def earlier(mention: Mention, discourse: Discourse) -> list[tuple[int, Speaker]]:
    """Mentions before a pronoun that it may take up: names, speakers and their descriptions."""
    head, holder = mention.head, discourse.quotations.holder
    # who says what stands before `he said` may be named in it, not in what stands in quotation marks
    content = {
        index for index in tokens_of(mention.attribution.content) if index > head or holder[index] is not holder[head]
    }
    spoken = [
        one
        for one in discourse.spoken_before(head, SENTENCES_BACK)
        if one[1].named or not is_bare_title(discourse, one[0])
    ]
    found = [*spoken, *names_before(discourse, head, content), *nouns_before(discourse, head, content)]
    begin = discourse.syntax.post_start(head)
    return [one for one in found if one[0] >= begin] if begin else found


def names_before(discourse: Discourse, head: int, content: set[int]) -> Iterator[tuple[int, Speaker]]:
    """The names in the sentences before, the nearest first, each also with those that are joined to it."""
    names = discourse.registry.names
    for place in range(bisect_left(names, head, key=lambda name: name.start) - 1, -1, -1):
        name = names[place]
        if sentences_between(discourse, name.head, head) > SENTENCES_BACK:
            return
        if name.head in content or not is_referent(discourse, name):
            continue
        yield name.head, discourse.speaker_of(name)
        joint = joint_names(discourse, name)
        if joint is not None:
            yield name.head, joint


def joint_names(discourse: Discourse, first: Name) -> Speaker | None:
    """The names that are joined to one (`Roe and Lee`), as one."""
    if discourse.syntax.dep[first.head] == "conj":
        return None
    heads = listed_heads(discourse, first.head, discourse.syntax.length)
    names = [name for name in map(discourse.registry.at, heads) if name is not None]
    if len(names) < 2 or len(names) != len(heads):
        return None
    speakers = [discourse.speaker_of(name) for name in names]
    return together(discourse, speakers, first.start, names[-1].end, heads[0])


def nouns_before(discourse: Discourse, head: int, content: set[int]) -> list[tuple[int, Speaker]]:
    """The descriptions in the sentences just before."""
    described = discourse.described(described_in)
    begin = bisect_left(described, head - TOKENS_BACK, key=itemgetter(0))
    end = bisect_left(described, head, key=itemgetter(0))
    return [(index, speaker) for index, speaker in described[begin:end] if index not in content]


def described_in(discourse: Discourse) -> list[tuple[int, Speaker]]:
    """Descriptions of persons and groups that are subjects or objects, in order."""
    syntax, described = discourse.syntax, []
    for index in range(syntax.length):
        if syntax.pos[index] not in NOMINAL or syntax.dep[index] not in DESCRIBED or discourse.registry.at(index):
            continue
        if word_kind(discourse, index) is None or syntax.lemma[index] in discourse.words("anyone"):
            continue
        if is_bare_title(discourse, index):
            continue
        start, end = phrase(discourse, index)
        is_owned = word_kind(discourse, index) == "organization" and syntax.child(index, "poss") is not None
        if is_owned or not is_definite(discourse, start, index) or is_plural(discourse, index):
            named = apposed_person(discourse, index)
            described.append((index, named or as_it_stands(discourse, index, start, end)))
    return described


def apposed_person(discourse: Discourse, index: int) -> Speaker | None:
    """The person whose name stands behind a description and a comma (`An engineer, Jo Lee, took the stand`)."""
    syntax = discourse.syntax
    for child in syntax.children[index]:
        name = discourse.registry.at(child) if child > index and syntax.dep[child] == "appos" else None
        if name is None or name.kind != "person" or is_plural(discourse, index):
            continue
        if syntax.lower[name.start - 1] == ",":
            return discourse.speaker_of(name)
    return None


def is_bare_title(discourse: Discourse, index: int) -> bool:
    """Whether a word is a title alone, without an article, as in a headline (`Doctor warns of full wards`)."""
    syntax = discourse.syntax
    is_one = syntax.tag[index] == "NNP" and discourse.registry.at(index) is None
    return is_one and syntax.left[index] == index and syntax.lower[index] in discourse.words("person")


def sentences_between(discourse: Discourse, index: int, head: int) -> int:
    """How many sentence starts lie between two tokens."""
    return discourse.syntax.sentence_number[head] - discourse.syntax.sentence_number[index]

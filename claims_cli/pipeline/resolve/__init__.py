"""Who speaks: the words of each source taken back to the fullest mention that the article has of them."""

from dataclasses import replace

from claims_cli.pipeline.article import Article, Attribution, Speaker
from claims_cli.pipeline.resolve import doubt, issuers, joint, naming, relatives
from claims_cli.pipeline.resolve.discourse import Discourse, Mention
from claims_cli.pipeline.resolve.fuller import with_fullest
from claims_cli.pipeline.resolve.mentions import NameFinder
from claims_cli.pipeline.resolve.named_later import learn_lead
from claims_cli.pipeline.resolve.persons import learn_roles
from claims_cli.pipeline.resolve.phrases import is_pronoun, together
from claims_cli.pipeline.resolve.possession import told_genders
from claims_cli.pipeline.resolve.sieves import resolve
from claims_cli.pipeline.resolve.taken_up import taken_up_by
from claims_cli.rulebook.model import Rulebook

SURE = 0.5


def resolved(article: Article, rulebook: Rulebook) -> Article:
    """The article with the speaker of every attribution, and the pronouns that take them up."""
    discourse = learned_from(article, rulebook)
    return replace(article, speakers=with_fullest(discourse), pronouns=taken_up_by(discourse), relays=relays(discourse))


def relays(discourse: Discourse) -> dict[int, Speaker]:
    """By the place of an attribution who passes it on, where the text says so beside the cue."""
    found = {}
    for place, attribution in enumerate(discourse.article.attributions):
        if attribution.relay:
            start, end = attribution.relay[0]
            mention = Mention(attribution.candidate.tokens["relay"], start, end, attribution)
            found[place] = resolve(mention, discourse).speaker
    return found


def learned_from(article: Article, rulebook: Rulebook) -> Discourse:
    """All that is known of an article when its speakers are found, in the order of the text.

    `I` and `we` come last, for their quotation's speaker may stand behind them.
    """
    discourse = Discourse(article, NameFinder(article.syntax, rulebook).registry(), rulebook)
    discourse.told_genders = told_genders(discourse)
    learn_roles(discourse)
    learn_lead(discourse)
    attributions = article.attributions
    in_order = sorted(
        range(len(attributions)),
        key=lambda place: (source_head(attributions[place]), -len([*article.around(attributions[place])])),
    )
    for place in sorted(in_order, key=lambda place: is_first_person(attributions[place], discourse)):
        settle(discourse, place)
    return discourse


def settle(discourse: Discourse, place: int) -> None:
    """Find out who speaks in an attribution, before it in those around it: whoever is quoted says `I`, not `she`."""
    waiting = [place]
    while (outer := discourse.article.attributions[waiting[-1]].outer) is not None:
        waiting.append(outer)
    for one in reversed(waiting):
        if one not in discourse.by_place:
            note(discourse, one, speaker_of(discourse.article.attributions[one], discourse))


def note(discourse: Discourse, place: int, speaker: Speaker) -> None:
    """Take in who speaks in an attribution, for those that follow."""
    attribution = discourse.article.attributions[place]
    discourse.by_place[place] = speaker
    if attribution.source:
        discourse.by_head[attribution.candidate.tokens["source"]] = speaker
    if speaker.text is not None and attribution.outer is None and is_speech(attribution, discourse):
        discourse.note_spoken(source_head(attribution), speaker)


def speaker_of(attribution: Attribution, discourse: Discourse) -> Speaker:
    """Who speaks in one attribution, how that is known, and how sure it is."""
    if not attribution.source:
        return doubt.nobody(discourse)
    speaker = speaker_of_source(attribution, discourse)
    is_shared = bool(attribution.cue) and attribution.candidate.tokens["source"] in discourse.by_head
    basis = attribution.candidate.rule.basis or ("carried" if is_shared else None)
    return doubt.by_rule(speaker, basis, discourse)


def speaker_of_source(attribution: Attribution, discourse: Discourse) -> Speaker:
    """Who the source of an attribution is."""
    start, end = attribution.source[0]
    mention = Mention(attribution.candidate.tokens["source"], start, end, attribution)
    if not attribution.cue and mention.head in discourse.by_head:
        return discourse.by_head[mention.head]
    if relatives.is_relative(discourse, mention.head):
        mention = relatives.taken_up(mention, discourse)
        if mention.head in discourse.by_head:
            return discourse.by_head[mention.head]
    mention = naming.narrowed(mention, discourse)
    parts = joint.parts(mention, discourse)
    if parts:
        speakers = [resolve(part, discourse).speaker for part in parts]
        return doubt.together(
            together(discourse, speakers, mention.start, mention.end, mention.head), speakers, discourse
        )
    listed = joint.listed_names(mention, discourse)
    return doubt.listed(listed, discourse) if listed is not None else speaker_of_mention(mention, discourse)


def speaker_of_mention(mention: Mention, discourse: Discourse) -> Speaker:
    """Who one mention stands for; of what carries words, whose it is."""
    owner = issuers.owner(mention, discourse)
    if owner is not None:
        speaker = resolve(owner, discourse).speaker
        if not is_pronoun(discourse, owner.head) or speaker.basis != "words":
            return replace(speaker, medium=(mention.start, mention.end))
    return resolve(mention, discourse).speaker


def source_head(attribution: Attribution) -> int:
    """Where an attribution's source stands, for the order of the text; its cue where it has none."""
    return attribution.candidate.tokens.get("source", attribution.head)


def is_first_person(attribution: Attribution, discourse: Discourse) -> bool:
    """Whether an attribution's source is `I` or `we`."""
    if not attribution.source:
        return False
    return discourse.syntax.lower[attribution.candidate.tokens["source"]] in discourse.words("self")


def is_speech(attribution: Attribution, discourse: Discourse) -> bool:
    """Whether an attribution is a likely one that says something was said, so that `he` takes its speaker up."""
    words = set(attribution.candidate.key.split(" "))
    return attribution.score >= SURE and not words.isdisjoint(discourse.rulebook.words("attribution.of-statement"))

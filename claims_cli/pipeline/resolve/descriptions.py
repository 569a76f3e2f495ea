"""Descriptions that are taken up again: the same noun, or who spoke last."""

from dataclasses import replace

from claims_cli.pipeline.article import Speaker
from claims_cli.pipeline.resolve.antecedents import alike_before, fullest_phrase, is_antecedent
from claims_cli.pipeline.resolve.discourse import SUBJECTS, Discourse, Mention
from claims_cli.pipeline.resolve.issuers import is_carrier, issuer, speaker_through
from claims_cli.pipeline.resolve.phrases import as_it_stands, is_definite, is_plural, phrase, word_kind

PARAGRAPHS_NEAR = 2
BODIES = ("organization", "media")
NAMED = (*BODIES, "person")


def possessed(mention: Mention, discourse: Discourse) -> Speaker:
    """An organization of somebody's (`her office`): the fullest phrase for the same."""
    own = as_it_stands(discourse, mention.head, mention.start, mention.end)
    return fullest_phrase(discourse, mention.head, own, mention.start)


def same_noun(mention: Mention, discourse: Discourse) -> Speaker | None:
    """The earlier phrase with the same noun: a source before others, a subject before others, the nearest first."""
    syntax, head, start = discourse.syntax, mention.head, mention.start
    alike = alike_before(discourse, head, start)[::-1]
    alike.sort(key=lambda index: (index not in discourse.by_head, syntax.dep[index] not in SUBJECTS))
    for index in alike:
        if is_antecedent(discourse, index, head, start):
            speaker = speaker_at(mention, discourse, index)
            if speaker is not None:
                return speaker
    return None


def speaker_at(mention: Mention, discourse: Discourse, index: int) -> Speaker | None:
    """Who an earlier noun stands for, or None where it is only a description taken up itself."""
    medium = mention.start, mention.head + 1
    author = speaker_through(discourse, index)
    if author is not None:
        return replace(author, medium=medium)
    named = named_beside(discourse, index)
    if named is not None:
        return named
    begin, end = phrase(discourse, index)
    if index in discourse.by_head:
        earlier = discourse.by_head[index]
        if len(earlier.each) > 1 and not is_plural(discourse, mention.head):
            return as_it_stands(discourse, index, begin, end)
        return replace(earlier, medium=medium) if earlier.medium else earlier
    owner = issuer(discourse, index, begin, end) if is_carrier(discourse, index) else None
    if owner is not None:
        return replace(owner, medium=medium)
    is_document = word_kind(discourse, mention.head) == "document"
    is_taken_up = is_definite(discourse, begin, index) and not is_document
    return None if is_taken_up else as_it_stands(discourse, index, begin, end)


def named_beside(discourse: Discourse, index: int) -> Speaker | None:
    """Whose name stands beside a noun (`security firm Netgrove`; `Skyjet, an airline,`; `spokeswoman Jo Lee`)."""
    syntax, behind = discourse.syntax, discourse.registry.at(index + 1) if index + 1 < discourse.syntax.length else None
    may_be = NAMED if syntax.lemma[index] in discourse.words("unnamed") else BODIES  # there is more than one governor
    if behind is not None and behind.start == index + 1 and behind.kind in may_be:
        is_one = syntax.head[index] == behind.head or (
            syntax.dep[behind.head] == "appos" and syntax.head[behind.head] == index
        )
        return discourse.speaker_of(behind) if is_one else None
    behind_comma = (child for child in syntax.children[index] if child > index and syntax.dep[child] == "appos")
    for child in behind_comma:  # `The watchdog, the Fair Rent Authority,`
        apposed = discourse.registry.at(child)
        if apposed is not None and apposed.kind in BODIES and is_definite(discourse, syntax.left[child], child):
            return discourse.speaker_of(apposed)
    before = discourse.registry.at(syntax.head[index]) if syntax.dep[index] == "appos" else None
    return discourse.speaker_of(before) if before is not None and before.kind in NAMED else None


def last_statement(mention: Mention, discourse: Discourse) -> Speaker | None:
    """Who spoke last through a statement or report that is called so (`the statement added`)."""
    lemma = discourse.syntax.lemma
    for token, speaker in reversed(discourse.spoken):
        if token < mention.start and speaker.medium is not None:
            if lemma[speaker.medium[1] - 1] == lemma[mention.head]:
                return replace(speaker, medium=(mention.start, mention.head + 1))
    return None


def last_voice(mention: Mention, discourse: Discourse) -> Speaker | None:
    """Who spoke last, where a description without a noun of its own in the text can only mean that speaker.

    Two descriptions in one sentence are two speakers (`The captain said A; the inspector said B`).
    """
    if alike_before(discourse, mention.head, mention.start):
        return None
    paragraph, sentence = discourse.syntax.paragraph, discourse.syntax.sentence
    for token, speaker in reversed(discourse.spoken):
        if token < mention.start:
            if sentence[token] == sentence[mention.start]:
                return None
            is_near = paragraph[mention.start] - paragraph[token] <= PARAGRAPHS_NEAR
            fits = speaker.kind in ("person", "unknown") and not speaker.plural and not speaker.named
            # `a farmer`, then `the man`; `a source`, then `the leader`; no mayor is a minister
            fits = fits and (is_anybody(discourse, mention.head) or is_anybody(discourse, speaker.head))
            return speaker if is_near and fits else None
    return None


def is_anybody(discourse: Discourse, head: int | None) -> bool:
    """Whether a noun says so little of who it is that another one may be the same (`a source`)."""
    anybody = discourse.words("anybody") | discourse.words("anonymous")
    return head is not None and discourse.syntax.lemma[head] in anybody

"""Who has no name, by the fullest description that an article gives (`a guard`, then `the guard`, `the night guard`).

A fuller description that comes later is of the same person where it is definite, and where nothing that the article
says of anybody with the same noun speaks against it.
"""

from collections.abc import Iterator
from dataclasses import replace

from claims_cli.pipeline.article import Speaker
from claims_cli.pipeline.resolve import doubt
from claims_cli.pipeline.resolve.antecedents import is_inside_name, is_told_by_clause, telling_words
from claims_cli.pipeline.resolve.descriptions import named_beside
from claims_cli.pipeline.resolve.discourse import Discourse
from claims_cli.pipeline.resolve.phrases import is_definite, phrase
from claims_cli.rulebook import speaker_model as model


def with_fullest(discourse: Discourse) -> tuple[Speaker, ...]:
    """The speakers of all attributions, those without a name by their fullest descriptions."""
    speakers = [discourse.by_place[place] for place in range(len(discourse.article.attributions))]
    fullest = {lemma: full for lemma in lemmas(speakers, discourse) if (full := fullest_of(lemma, speakers, discourse))}
    return tuple(called_fully(speaker, fullest, discourse) for speaker in speakers)


def lemmas(speakers: list[Speaker], discourse: Discourse) -> Iterator[str]:
    """The nouns by which speakers without a name are called in more than one way."""
    texts: dict[str, set[str | None]] = {}
    for speaker in speakers:
        if is_unnamed(speaker):
            texts.setdefault(lemma_of(speaker, discourse), set()).add(speaker.text)
    anonymous = discourse.words("anonymous") | discourse.words("anybody")
    return (lemma for lemma, called in texts.items() if len(called) > 1 and lemma not in anonymous)


def is_unnamed(speaker: Speaker) -> bool:
    """Whether a speaker is one person without a name."""
    return speaker.kind == "person" and not speaker.named and not speaker.plural and speaker.head is not None


def lemma_of(speaker: Speaker, discourse: Discourse) -> str:
    """The lemma of the noun by which a speaker is called."""
    return discourse.syntax.lemma[speaker.head] if speaker.head is not None else ""


def fullest_of(lemma: str, speakers: list[Speaker], discourse: Discourse) -> Speaker | None:
    """The later, definite description of a speaker that says most, where all others with its noun say less of it."""
    called = [speaker for speaker in speakers if is_unnamed(speaker) and lemma_of(speaker, discourse) == lemma]
    best = max(called, key=lambda speaker: (len(telling_at(speaker.head or 0, discourse)), -(speaker.head or 0)))
    head = best.head or 0
    is_taken_up = is_definite(discourse, phrase(discourse, head)[0], head) and not is_told_by_clause(discourse, head)
    is_later = head > min(speaker.head or 0 for speaker in called)
    return best if is_taken_up and is_later and are_of_one(lemma, head, discourse) else None


def telling_at(head: int, discourse: Discourse) -> set[str]:
    """The words of a description that say which one."""
    return telling_words(discourse, head, phrase(discourse, head)[0])


def are_of_one(lemma: str, head: int, discourse: Discourse) -> bool:
    """Whether nothing with a noun says more or other than the description with its head there does."""
    syntax, most = discourse.syntax, telling_at(head, discourse)
    for index in discourse.nouns.get(lemma, []):
        if discourse.quotations.holder[index] is not None or is_inside_name(discourse, index):
            continue
        is_other = any(discourse.refers(child, "other") for child in syntax.children[index])
        if is_other or syntax.tag[index] not in ("NN", "NNP") or named_beside(discourse, index) is not None:
            return False
        if syntax.dep[index] not in ("compound", "poss") and not telling_at(index, discourse) <= most:
            return False
    return True


def called_fully(speaker: Speaker, fullest: dict[str, Speaker], discourse: Discourse) -> Speaker:
    """A speaker by the fullest description, if there is a fuller one."""
    full = fullest.get(lemma_of(speaker, discourse)) if is_unnamed(speaker) else None
    if full is None or full.text is None or full.text == speaker.text:
        return speaker
    sure = min(speaker.confidence, discourse.rulebook.speakers.confidence(model.SAME_WORDS))
    told = f"{speaker.text} → {full.text}: {model.SAME_WORDS}"
    basis = doubt.basis_of(model.SAME_WORDS) if speaker.basis == "words" else speaker.basis
    return replace(
        speaker, text=full.text, each=(full.text,), head=full.head, basis=basis, confidence=sure,
        reasons=(*speaker.reasons, told), way=model.SAME_WORDS,
    )  # fmt: skip

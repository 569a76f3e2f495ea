"""How a speaker is known, how sure that is, and why, in words (`speaker_basis`, `speaker_confidence` of the record).

How often each way of finding a speaker holds was counted where people have read who speaks; so were the weights of what
makes any way less sure (`rules/model/speakers.yaml`). What rests on another answer is at most as sure as that one.
"""

from dataclasses import replace

from claims_cli.pipeline.article import Speaker
from claims_cli.pipeline.resolve.discourse import Discourse, Mention
from claims_cli.pipeline.resolve.phrases import as_it_stands, text_of
from claims_cli.rulebook import speaker_model as model

SHORT = frozenset({model.SHORT_NAME, model.ONE_OF_SEVERAL, model.TITLED, model.HANDLE, model.ACRONYM})
NAMED = frozenset({model.NAMED, model.ISSUED})
PRONOUNS = frozenset({model.PRONOUN, model.FIRST_PERSON, model.OWNER_OF_SAME, model.BODY_AS_THEY})
BY_RULE = {"carried": model.CARRIED, "quotation": model.BY_PLACE, "signature": model.SIGNED}


def found(speaker: Speaker, way: str | None, mention: Mention, discourse: Discourse) -> Speaker:
    """A speaker that a sieve gave, with its basis, how sure it is, and why."""
    way = way or way_of_name(speaker, mention, discourse)
    words = text_of(discourse, mention.start, mention.end)
    if basis_of(way) == "description" and speaker.text == words:
        return words_alone(mention, discourse)
    before = 1.0 if speaker.basis == "words" else speaker.confidence  # words of their own take up nobody
    sure = min(before, discourse.rulebook.speakers.confidence(way, likely=speaker.likely))
    told = "" if way == model.NAMED else because(words, speaker, speaker.reasons if way == model.PRONOUN else (way,))
    return replace(speaker, basis=basis_of(way), confidence=sure, reasons=(told,) if told else (), way=way)


def because(words: str, speaker: Speaker, reasons: tuple[str, ...]) -> str:
    """Why some words stand for a speaker: `he → David Lang: subject of its whole sentence, in the sentence before`."""
    return f"{words} → {speaker.text}: {', '.join(reasons)}"


def basis_of(way: str) -> str:
    """The basis, as the record has it, of a way of finding a speaker."""
    if way in NAMED:
        return "named"
    if way in SHORT:
        return "short-name"
    return "pronoun" if way in PRONOUNS else "description"


def way_of_name(speaker: Speaker, mention: Mention, discourse: Discourse) -> str:
    """How a name leads to the fullest one: it says as much, or is the end of one or of several."""
    own = discourse.registry.at(mention.head)
    if own is None or speaker.name is None or own.parts == speaker.name.parts or own.kind != "person":
        return model.NAMED
    forms = {name.parts for name in discourse.registry.alike(own) if len(name.parts) > 1 and name.kind == "person"}
    if len(forms) > 1:
        return model.TITLED if own.role else model.ONE_OF_SEVERAL
    return model.SHORT_NAME


def words_alone(mention: Mention, discourse: Discourse, is_pronoun: bool = False, is_new: bool = False) -> Speaker:
    """The words themselves as a speaker, and how likely the text says no more of who that is."""
    way = model.UNKNOWN_PRONOUN if is_pronoun else model.INDEFINITE if is_new else model.DEFINITE
    speaker = as_it_stands(discourse, mention.head, mention.start, mention.end)
    return replace(speaker, confidence=discourse.rulebook.speakers.confidence(way), reasons=(way,), way=way)


def together(joint: Speaker, parts: list[Speaker], discourse: Discourse) -> Speaker:
    """Several who speak together: as sure as the least sure of them, and known as that one is."""
    least = min(parts, key=lambda part: part.confidence)
    reasons = tuple(reason for part in parts for reason in part.reasons if "→" in reason)
    return replace(joint, basis=least.basis, confidence=least.confidence, reasons=reasons)


def listed(joint: Speaker, discourse: Discourse) -> Speaker:
    """Several whom the source names one by one."""
    sure = discourse.rulebook.speakers.confidence(model.NAMED)
    return replace(joint, basis="named", confidence=sure, way=model.NAMED)


def by_rule(speaker: Speaker, basis: str | None, discourse: Discourse) -> Speaker:
    """A speaker whom a rule finds elsewhere than beside the cue: taken over, by the place of a quotation, signed."""
    if basis is None or speaker.text is None:
        return speaker
    doubt = BY_RULE[basis]
    odds = discourse.rulebook.speakers.lowered(speaker.confidence, doubt)
    return replace(speaker, basis=basis, confidence=odds, reasons=(*speaker.reasons, doubt))


def nobody(discourse: Discourse) -> Speaker:
    """No speaker, where no source stands in the text."""
    sure = discourse.rulebook.speakers.confidence(model.NO_SOURCE)
    return Speaker(None, basis="none", confidence=sure, way=model.NO_SOURCE)

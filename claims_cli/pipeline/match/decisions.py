"""One frame a cue: of the candidates that share a cue word, the one that was most often right on the corpus."""

from spacy.language import Language
from spacy.tokens import Doc

from claims_cli.pipeline.match.candidates import Candidate
from claims_cli.rulebook.model import Rule


def cue_words(candidate: Candidate) -> list[int]:
    """Indices of the words that the candidate takes into its cue."""
    extending = [node.name for node in candidate.rule.nodes if node.extends == "cue"]
    return [candidate.cue, *(candidate.tokens[name] for name in extending if name in candidate.tokens)]


def replaced(candidates: list[Candidate]) -> dict[tuple[str, int], str]:
    """(rule, cue) pairs that a more special rule at the same cue replaces, each with that rule's id."""
    return {(rule_id, one.cue): one.rule.id for one in candidates for rule_id in one.rule.replaces}


def outranked(candidates: list[Candidate]) -> dict[tuple[int, bool], Rule]:
    """The rule of the highest priority by cue, and by whether what gives way to it has a quotation as its content.

    A quotation gives way only to another reading of a quotation: its marks are evidence of their own.
    """
    foremost: dict[tuple[int, bool], Rule] = {}
    for candidate in candidates:
        for quoted in (False, True) if candidate.quotation else (False,):
            place = candidate.cue, quoted
            if place not in foremost or candidate.rule.priority > foremost[place].priority:
                foremost[place] = candidate.rule
    return foremost


def decide(candidates: list[Candidate]) -> list[Candidate]:
    """The winners, in the order of their cues; every loser is told the rule it lost to."""
    gone, foremost = replaced(candidates), outranked(candidates)
    for candidate in candidates:
        candidate.lost_to = gone.get((candidate.rule.id, candidate.cue), "")
        first = foremost[candidate.cue, candidate.quotation is not None]
        if not candidate.lost_to and candidate.rule.priority < first.priority:
            candidate.lost_to = first.id
    ranked = sorted((candidate for candidate in candidates if not candidate.lost_to), key=rank)
    holders: dict[int, Candidate] = {}
    winners = []
    for candidate in ranked:
        words = cue_words(candidate)
        holder = next((holders[word] for word in words if word in holders), None)
        if holder is not None:
            candidate.lost_to = holder.rule.id
            continue
        holders.update(dict.fromkeys(words, candidate))
        winners.append(candidate)
    return sorted(winners, key=lambda candidate: candidate.cue)


def rank(candidate: Candidate) -> tuple:
    """Best worth first, then the reading with more of its roles filled, then a stable order."""
    return -candidate.worth, -len(candidate.tokens), candidate.cue, candidate.rule.id


@Language.component("claims_decisions")
def decisions(doc: Doc) -> Doc:
    """Keep one candidate a cue; the result is ``doc.user_data["decided"]``."""
    doc.user_data["decided"] = decide(doc.user_data["candidates"])
    return doc

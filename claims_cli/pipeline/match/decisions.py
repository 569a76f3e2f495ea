"""One frame a cue: of the candidates that share a cue word, the one that was most often right on the corpus."""

from spacy.language import Language
from spacy.tokens import Doc

from claims_cli.pipeline.match.candidates import Candidate


def cue_words(candidate: Candidate) -> list[int]:
    """Indices of the words that the candidate takes into its cue."""
    extending = [node.name for node in candidate.rule.nodes if node.extends == "cue"]
    return [candidate.cue, *(candidate.tokens[name] for name in extending if name in candidate.tokens)]


def replaced(candidates: list[Candidate]) -> dict[tuple[str, int], str]:
    """(rule, cue) pairs that a more special rule at the same cue replaces, each with that rule's id."""
    return {(rule_id, one.cue): one.rule.id for one in candidates for rule_id in one.rule.replaces}


def decide(candidates: list[Candidate]) -> list[Candidate]:
    """The winners, in the order of their cues; every loser is told the rule it lost to."""
    gone = replaced(candidates)
    for candidate in candidates:
        candidate.lost_to = gone.get((candidate.rule.id, candidate.cue), "")
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

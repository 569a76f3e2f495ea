"""One frame a cue: of the candidates that share a cue word, the one that was most often right on the corpus."""

from collections.abc import Sequence

from claims_cli.pipeline.article import Candidate


def choose(candidates: Sequence[Candidate]) -> tuple[list[Candidate], dict[int, str]]:
    """The winners in the order of their cues, and by the place of each loser the rule that it lost to."""
    replaced = replacements(candidates)
    lost_to: dict[int, str] = {}
    running: list[int] = []
    for place, candidate in enumerate(candidates):
        rival = replaced.get((candidate.rule.id, candidate.cue))
        if rival:
            lost_to[place] = rival
        else:
            running.append(place)
    holders: dict[int, Candidate] = {}
    winners = []
    for place in sorted(running, key=lambda place: rank(candidates[place])):
        candidate = candidates[place]
        words = cue_words(candidate)
        holder = next((holders[word] for word in words if word in holders), None)
        if holder is not None:
            lost_to[place] = holder.rule.id
            continue
        holders.update(dict.fromkeys(words, candidate))
        winners.append(candidate)
    return sorted(winners, key=lambda candidate: candidate.cue), lost_to


def cue_words(candidate: Candidate) -> list[int]:
    """Indices of the words that the candidate takes into its cue."""
    extending = [node.name for node in candidate.rule.nodes if node.extends == "cue"]
    return [candidate.cue, *(candidate.tokens[name] for name in extending if name in candidate.tokens)]


def replacements(candidates: Sequence[Candidate]) -> dict[tuple[str, int], str]:
    """(rule, cue) pairs that a more special rule at the same cue replaces, each with that rule's id."""
    return {
        (rule_id, candidate.cue): candidate.rule.id for candidate in candidates for rule_id in candidate.rule.replaces
    }


def rank(candidate: Candidate) -> tuple:
    """Best worth first, then the reading with more of its roles filled, then a stable order."""
    return -candidate.worth, -len(candidate.tokens), candidate.cue, candidate.rule.id

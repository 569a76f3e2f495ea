"""One frame a cue: of the candidates that share a cue word, the one that was most often right on the corpus."""

from collections.abc import Sequence

from claims_cli.pipeline.article import Candidate
from claims_cli.rulebook.model import Rule


def choose(candidates: Sequence[Candidate]) -> tuple[list[Candidate], dict[int, str]]:
    """The winners in the order of their cues, and by the place of each loser the rule that it lost to."""
    lost_to = given_way(candidates)
    running = [place for place in range(len(candidates)) if place not in lost_to]
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


def given_way(candidates: Sequence[Candidate]) -> dict[int, str]:
    """By the place of each candidate that gives way to a more special rule at its cue that rule."""
    replaced, foremost = replacements(candidates), outranked(candidates)
    lost_to: dict[int, str] = {}
    for place, candidate in enumerate(candidates):
        first = foremost[candidate.cue, candidate.quotation is not None]
        rival = replaced.get((candidate.rule.id, candidate.cue))
        if rival or candidate.rule.priority < first.priority:
            lost_to[place] = rival or first.id
    return lost_to


def outranked(candidates: Sequence[Candidate]) -> dict[tuple[int, bool], Rule]:
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

"""Which found attribution is which annotated one, and which attributions lie within others."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from claims_cli.evaluation.attributions import Attribution
from claims_cli.evaluation.words import HALF, Words, WordSet, same_source


@dataclass(frozen=True, eq=False)
class Worded:
    """An attribution with the words of its content and its source, and those of its content without "that"."""

    attribution: Attribution
    content: WordSet
    source: WordSet
    bare: WordSet


@dataclass(frozen=True)
class Pair:
    """An annotated attribution and the one that was found for it.

    Attributes:
        same_source: whether their sources are the same.
        exact: whether the contents have the same words too.
    """

    gold: Worded
    found: Worded
    same_source: bool
    exact: bool


def worded(attribution: Attribution, words: Words) -> Worded:
    """An attribution with its words."""
    content = words.inside(attribution.content)
    return Worded(attribution, content, words.inside(attribution.source), words.bare(content))


def within(inner: Attribution, outer: Attribution) -> bool:
    """Whether all of an attribution lies in the content of another."""
    pieces = (*inner.content, *inner.source, *inner.cue)
    return all(any(start >= first and end <= last for first, last in outer.content) for start, end in pieces)


def outermost(attributions: Sequence[Attribution]) -> list[Attribution]:
    """Those that lie in no other's content, in their order; of two that lie in each other the first one."""
    starts = [min((*one.content, *one.source, *one.cue)) for one in attributions]
    contents = sorted((start, end, place) for place, one in enumerate(attributions) for start, end in one.content)
    kept, around, read = [], [], 0  # around: the pieces of contents that are open where an attribution starts
    for place in sorted(range(len(attributions)), key=lambda place: starts[place]):
        start, end = starts[place]
        while read < len(contents) and contents[read][0] <= start:
            around.append(contents[read])
            read += 1
        around = [piece for piece in around if piece[1] > start]
        others = (other for _, last, other in around if last >= end and other != place)
        if not any(lies_in(attributions, place, other) for other in others):
            kept.append(place)
    return [attributions[place] for place in sorted(kept)]


def lies_in(attributions: Sequence[Attribution], place: int, other: int) -> bool:
    """Whether an attribution lies in another one, and is not the first of two that lie in each other."""
    one, around = attributions[place], attributions[other]
    return within(one, around) and not (place < other and within(around, one))


def pairs(gold: Sequence[Worded], found: Sequence[Worded]) -> list[Pair]:
    """One to one, those first whose sources are the same, then those whose contents overlap most.

    A pair's contents overlap in at least half their words (Dice's coefficient).
    """
    holding: dict[int, list[int]] = defaultdict(list)
    for place, one in enumerate(gold):
        for word in one.content:
            holding[word].append(place)
    candidates = []
    for number, one in enumerate(found):
        shared = Counter(place for word in one.content for place in holding.get(word, ()))
        for place, count in shared.items():
            overlap = 2 * count / (len(gold[place].content) + len(one.content))
            if overlap >= HALF:
                candidates.append((not same_source(gold[place].source, one.source), -overlap, place, number))
    made: dict[int, Pair] = {}
    used: set[int] = set()
    for other_source, _, place, number in sorted(candidates):
        if place not in made and number not in used:
            used.add(number)
            exact = not other_source and gold[place].bare == found[number].bare
            made[place] = Pair(gold[place], found[number], not other_source, exact)
    return [made[place] for place in sorted(made)]

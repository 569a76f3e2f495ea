"""Strata of a random sample: which units are drawn together, and how many of each."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from math import floor
from random import Random
from typing import TypeVar

OTHERS = "others"
LEAST = 2  # of a stratum, since one unit tells nothing of how they differ
Key = tuple[str, ...]
Item = TypeVar("Item", bound=Hashable)


def strata(keys: Sequence[Key], wanted: int) -> list[Key]:
    """The stratum of each unit: its key, whose last parts become `OTHERS` where too few units would be drawn of it."""
    found = list(keys)
    for place in range(max(map(len, keys), default=0) - 1, 0, -1):
        sizes = Counter(found)
        found = [
            (*key[:place], OTHERS, *key[place + 1 :]) if wanted * sizes[key] < LEAST * len(found) else key
            for key in found
        ]
    return found


def allocated(sizes: Mapping[Key, int], wanted: int, power: float = 1.0) -> dict[Key, int]:
    """How many units are drawn of each stratum; the sum is more than wanted where there are very many strata.

    Args:
        sizes: how many units each stratum has.
        power: 1 draws in proportion to the sizes; less draws more of small strata (0.5: of their square roots).
    """
    total = sum(size**power for size in sizes.values())
    exact = {key: wanted * size**power / total for key, size in sizes.items()}
    given = {key: min(size, max(LEAST, floor(exact[key]))) for key, size in sizes.items()}
    order = sorted(sizes, key=lambda key: (floor(exact[key]) - exact[key], key))
    while sum(given.values()) < min(wanted, sum(sizes.values())):
        for key in order:
            if given[key] < sizes[key] and sum(given.values()) < wanted:
                given[key] += 1
    return given


def drawn(keys: Sequence[Key], wanted: int, random: Random, power: float = 1.0) -> list[tuple[int, Key, int]]:
    """A stratified random sample without replacement: of each unit its place, its stratum and that stratum's size."""
    members: dict[Key, list[int]] = {}
    for place, key in enumerate(strata(keys, wanted)):
        members.setdefault(key, []).append(place)
    sizes = {key: len(places) for key, places in sorted(members.items())}
    given = allocated(sizes, wanted, power) if wanted and sizes else {}
    chosen = [(place, key, sizes[key]) for key in given for place in random.sample(members[key], given[key])]
    return sorted(chosen)

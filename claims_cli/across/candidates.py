"""Which statements of many may be the same: pairs found by MinHash, in work that grows as their number does.

What is hashed are pairs of neighbouring telling words, those left out that stand in one statement alone or in very
many. A statement is looked at in stretches of a few words, so that one that was cut is found in what it was cut from.
Where the least hashes of two stretches meet, their statements are a pair; of a hash that many have, only the nearest
meet.
"""

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import ndarray

HASHES = 32
SEED = 26
STEP = 5  # words; a stretch is two steps long, so that each word is in two of them
MANY_AT_LEAST = 200  # statements that a pair of words may stand in
MANY = 0.005  # and the share of all statements, where that is more
NEIGHBOURS = 4
FEWEST_MEETINGS = 2
MIX = 0x9E3779B97F4A7C15  # spreads small numbers over 64 bits
HALF = 32
SHORT = 4  # telling words of a statement that may be cut from a long one
BLOCK = 100_000  # pairs that are looked at together
AT_ONCE = 10_000  # stretches that are hashed together


def pairs(statements: Sequence[tuple[str, ...]]) -> "ndarray":
    """The places of statements that may be the same, two columns, each pair once.

    Args:
        statements: the telling words of each, as they are compared.
    """
    import numpy

    shingles, owners, places = recurring_shingles(statements)
    if not len(shingles):
        return numpy.empty((0, 2), dtype=numpy.int64)
    is_short = numpy.fromiter((len(words) <= SHORT for words in statements), dtype=bool, count=len(statements))
    parts, starts, whose = stretches(shingles, owners, places, is_short)
    codes, counts = meetings(hashed(parts, starts), whose, len(statements))
    codes = codes[counts >= FEWEST_MEETINGS]
    found = numpy.stack((codes // len(statements), codes % len(statements)), axis=1)
    either_short = is_short[found].any(axis=1)
    most = int(shingles.max()) + 1
    held = numpy.unique(owners * most + shingles)
    blocks = [shared(found[first : first + BLOCK], held, most) for first in range(0, len(found), BLOCK)]
    return found[(numpy.concatenate([*blocks, numpy.empty(0)]) > 1) | either_short]


def recurring_shingles(statements: Sequence[tuple[str, ...]]) -> "tuple[ndarray, ndarray, ndarray]":
    """The pairs of neighbouring words that can bring statements together: a number for each, whose it is, and where."""
    import numpy

    numbers: dict[str, int] = {}
    lengths = numpy.fromiter(map(len, statements), dtype=numpy.int64, count=len(statements))
    words = numpy.fromiter(
        (numbers.setdefault(word, len(numbers)) for word in chain.from_iterable(statements)),
        dtype=numpy.int64, count=int(lengths.sum()),
    )  # fmt: skip
    owners = numpy.repeat(numpy.arange(len(statements)), lengths)
    places = numpy.arange(len(words)) - numpy.repeat(numpy.cumsum(lengths) - lengths, lengths)
    inside = owners[:-1] == owners[1:]
    codes = words[:-1][inside] * len(numbers) + words[1:][inside]
    _, found, counts = numpy.unique(codes, return_inverse=True, return_counts=True)
    kept = ((counts > 1) & (counts <= max(MANY_AT_LEAST, MANY * len(statements))))[found]
    return found[kept], owners[:-1][inside][kept], places[:-1][inside][kept]


def stretches(
    shingles: "ndarray", owners: "ndarray", places: "ndarray", is_short: "ndarray"
) -> "tuple[ndarray, ndarray, ndarray]":
    """The shingles stretch by stretch, where each stretch begins among them (and the last one ends), and whose it is.

    A stretch with one shingle is left out unless a short statement has that too, which may have been cut from it.
    """
    import numpy

    steps = places // STEP
    most = int(steps.max()) + 1
    earlier = steps > 0  # what stands in the second step of a stretch stands in the first of the next one
    rows = numpy.concatenate((owners * most + steps, (owners * most + steps - 1)[earlier]))
    order = numpy.argsort(rows, kind="stable")
    rows, shingles = rows[order], numpy.concatenate((shingles, shingles[earlier]))[order]
    in_short = numpy.zeros(int(shingles.max()) + 1, dtype=bool)
    in_short[shingles[is_short[rows // most]]] = True
    _, place, sizes = numpy.unique(rows, return_inverse=True, return_counts=True)
    kept = (sizes[place] > 1) | in_short[shingles]
    rows, starts = numpy.unique(rows[kept], return_index=True)
    return shingles[kept], numpy.append(starts, kept.sum()), rows // most


def hashed(shingles: "ndarray", starts: "ndarray") -> "ndarray":
    """The least hashes of each stretch, a row each."""
    import numpy
    from rensa import RMinHash

    hashes = (shingles.astype(numpy.uint64) + numpy.uint64(1)) * numpy.uint64(MIX)
    hashes ^= hashes >> numpy.uint64(HALF)
    digests = numpy.empty((len(starts) - 1, HASHES), dtype=numpy.uint32)
    for first in range(0, len(digests), AT_ONCE):
        edges = starts[first : first + AT_ONCE + 1].astype(numpy.uint64)
        own = hashes[int(edges[0]) : int(edges[-1])]
        matrix = RMinHash.digest_matrix_from_flat_token_hashes(own, edges - edges[0], HASHES, SEED)
        digests[first : first + AT_ONCE] = matrix.to_rows()
    return digests


def shared(found: "ndarray", held: "ndarray", most: int) -> "ndarray":
    """How many shingles the two statements of each pair have in common.

    Args:
        held: each shingle of each statement as one number, `most` times whose it is and the shingle, in order.
    """
    import numpy

    whose = held // most
    first = numpy.searchsorted(whose, found[:, 0])
    sizes = numpy.searchsorted(whose, found[:, 0], side="right") - first
    pair = numpy.repeat(numpy.arange(len(found)), sizes)
    place = numpy.arange(len(pair)) - numpy.repeat(numpy.cumsum(sizes) - sizes, sizes) + numpy.repeat(first, sizes)
    wanted = found[pair, 1] * most + held[place] % most
    at = numpy.minimum(numpy.searchsorted(held, wanted), len(held) - 1)
    return numpy.bincount(pair[held[at] == wanted], minlength=len(found))


def meetings(digests: "ndarray", owners: "ndarray", number: int) -> "tuple[ndarray, ndarray]":
    """The pairs that have a least hash in common, each as one number, and how often they have."""
    import numpy

    met = []
    for place in range(HASHES):
        order = numpy.lexsort((digests[:, (place + 1) % HASHES], digests[:, place]))
        column, who = digests[order, place], owners[order]
        own = []
        for step in range(1, NEIGHBOURS + 1):
            same = (column[:-step] == column[step:]) & (who[:-step] != who[step:])
            one, other = who[:-step][same], who[step:][same]
            own.append(numpy.minimum(one, other) * number + numpy.maximum(one, other))
        met.append(numpy.unique(numpy.concatenate(own)))
    return numpy.unique(numpy.concatenate(met), return_counts=True)

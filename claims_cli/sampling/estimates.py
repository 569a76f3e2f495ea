"""Shares of a whole corpus from a stratified sample, with 95 % intervals.

Each judged unit stands for N/n units of its stratum (Horvitz and Thompson; n: judged ones). A share is a ratio of two
such totals; its variance is that of the linearized ratio (Särndal, Swensson and Wretman 1992, 5.6), its interval
Wilson's with the size of a simple random sample of that variance (Korn and Graubard 1998). A stratum with one judged
unit is taken together with the others like it, or with the next.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from claims_cli.store.stats import WITHIN, interval

MARGIN = 0.03  # half of the interval that `needed` tells the size for
Numbers = NDArray[numpy.float64]


@dataclass(frozen=True)
class Design:
    """How the judged units were drawn.

    Attributes:
        strata: the number of each unit's stratum, from 0.
        sizes: how many units each stratum has in the corpus.
    """

    strata: NDArray[numpy.intp]
    sizes: Numbers

    @classmethod
    def of(cls, strata: Sequence[str], sizes: Sequence[int]) -> "Design":
        """The design of units that are told their stratum and its size; single ones are put together."""
        known = dict(zip(strata, sizes, strict=True))
        counts = Counter(strata)
        single = [name for name in known if counts[name] < 2]
        host = dict.fromkeys(single, single[0]) if len(single) > 1 else {}
        others = [name for name in known if name not in single]
        if len(single) == 1 and others:
            host = {single[0]: min(others, key=lambda name: (-alike(name, single[0]), name))}
        names = sorted({host.get(name, name) for name in known})
        places = {name: place for place, name in enumerate(names)}
        totals = numpy.zeros(len(names))
        for name, size in known.items():
            totals[places[host.get(name, name)]] += size
        numbers = [places[host.get(name, name)] for name in strata]
        return cls(numpy.array(numbers, dtype=numpy.intp), totals)

    @property
    def counts(self) -> Numbers:
        """How many units of each stratum were judged."""
        return numpy.bincount(self.strata, minlength=len(self.sizes)).astype(float)

    @property
    def weights(self) -> Numbers:
        """How many units of the corpus each judged one stands for."""
        return (self.sizes / self.counts)[self.strata]

    def total(self, values: Numbers) -> float:
        """The sum over the corpus."""
        return float(self.weights @ values)

    def centred(self, values: Numbers) -> Numbers:
        """Values without the mean of their stratum."""
        means = numpy.bincount(self.strata, values, len(self.sizes)) / self.counts
        return values - means[self.strata]

    def covariance(self, one: Numbers, other: Numbers) -> float:
        """That of two totals; a stratum of which all was judged adds nothing."""
        products = self.centred(one) * self.centred(other)
        within = numpy.bincount(self.strata, products, len(self.sizes)) / numpy.maximum(1, self.counts - 1)
        rest = numpy.maximum(0, 1 - self.counts / self.sizes)
        return float((self.sizes**2 * rest * within / self.counts).sum())


def alike(one: str, other: str) -> int:
    """How many first letters two names share."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@dataclass(frozen=True)
class Estimate:
    """A share of the corpus.

    Attributes:
        share, low, high: from 0 to 1, and the ends of its 95 % interval.
        judged: how many judged units it rests on.
        needed: how many such units an interval of ±3 points would need.
    """

    share: float
    low: float
    high: float
    judged: int
    needed: int


def ratio(design: Design, part: Numbers, whole: Numbers) -> Estimate | None:
    """The share that one total has of another; None where the other is nothing.

    Args:
        part, whole: of each judged unit how much it adds to either.
    """
    base = design.total(whole)
    if base <= 0:
        return None
    share = design.total(part) / base
    residual = part - share * whole
    return estimate(share, design.covariance(residual, residual) / base**2, int((whole > 0).sum()))


def estimate(share: float, variance: float, judged: int) -> Estimate:
    """A share with its interval; where all judged units are alike, that of a simple random sample of them."""
    share = min(1.0, max(0.0, share))
    spread = share * (1 - share)
    alike_size = spread / variance if variance > 0 and spread > 0 else float(judged)
    _, low, high = interval(share * alike_size, alike_size)
    end = min((low, high), key=lambda end: abs(end - 0.5)) if spread == 0 else share  # all alike: as if some were not
    needed = end * (1 - end) * (WITHIN / MARGIN) ** 2 * judged / alike_size
    return Estimate(share, low, high, judged, round(needed))

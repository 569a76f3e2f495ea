"""An article as the small reader has read it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy

CUE, SOURCE, CONTENT = range(3)
OUTSIDE, BEGINS, GOES_ON = range(3)
LEAST_FIT = -8.0


@dataclass(frozen=True)
class Encoded:
    """An article as the small reader has read it.

    Attributes:
        vectors: for each token, and last for none, what the network makes of it; zeros for tokens that were not read.
        tags: for each token and role (cue, source, content) the probabilities that it stands outside, begins, goes on.
        takes_up: how well each of some earlier tokens fits a token, in log odds against each other: of the token, the
            earlier ones, and the sentences between.
    """

    vectors: numpy.ndarray
    tags: numpy.ndarray
    takes_up: Callable[[int, Sequence[int], Sequence[int]], numpy.ndarray] | None = None

    def fits(self, token: int, before: Sequence[int], apart: Sequence[int]) -> list[float]:
        """How far each of some earlier tokens lies behind the one that fits best; of those not read, the average."""
        if self.takes_up is None or not before or not self.vectors[token].any():
            return [0.0] * len(before)
        is_read = self.vectors[list(before)].any(1)
        odds = self.takes_up(token, before, apart)
        if not is_read.any():
            return [0.0] * len(before)
        found = numpy.maximum(odds - odds[is_read].max(), LEAST_FIT)
        return numpy.where(is_read, found, found[is_read].mean()).tolist()

    @cached_property
    def inside(self) -> numpy.ndarray:
        """For each token and role the probability that it is a part of one."""
        return self.tags[:, :, BEGINS] + self.tags[:, :, GOES_ON]

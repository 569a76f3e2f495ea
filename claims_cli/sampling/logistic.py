"""Logistic recalibration: what verdicts say of a confidence, and whether it is better where nothing was learned.

A confidence's log odds are scaled and moved (Platt 1999), and those of each rule moved for itself. Priors hold all
of it to no change (ridge), so that a rule with few verdicts moves little; Newton's method finds the one best answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy
from numpy.typing import NDArray

from claims_cli.rulebook.calibration import LEAST_SLOPE, Recalibration
from claims_cli.rulebook.odds import log_odds

INTERCEPT, SLOPE, EFFECT = 0.5, 0.25, 0.5  # standard deviations of what is expected before any verdict
FIXED = 1e-6  # of what may not move
ROUNDS, CLOSE = 50, 1e-9
FOLDS = 10
LEAST_LIKELY = 0.005  # so that one verdict cannot cost without end
Numbers = NDArray[numpy.float64]


@dataclass(frozen=True)
class Case:
    """One verdict.

    Attributes:
        share: the confidence; key: its rule, or how the speaker is known.
        group: what is never parted between learning and measuring: the text.
        weight: how many claims of the corpus it stands for.
    """

    share: float
    key: str
    is_right: bool
    group: str
    weight: float = 1.0


@dataclass(frozen=True)
class Loss:
    """How far shares are from verdicts, in the mean: less is better."""

    brier: float
    log_loss: float


@dataclass(frozen=True)
class Trial:
    """What a recalibration is worth in texts of which it knew nothing.

    Attributes:
        before, after: the loss of the confidence as it is, and recalibrated by the other folds.
        error: the standard error of the difference in log loss, over texts.
    """

    before: Loss
    after: Loss
    error: float

    @property
    def is_better(self) -> bool:
        """Whether both losses are less, and log loss by more than chance would give two times of three."""
        gain = self.before.log_loss - self.after.log_loss
        return self.after.brier < self.before.brier and gain > self.error


def learned(cases: Sequence[Case]) -> Recalibration:
    """What verdicts say."""
    keys = sorted({case.key for case in cases})
    centre = numpy.array([0.0, 1.0, *(0.0 for _ in keys)])
    spread = numpy.array([INTERCEPT, SLOPE, *(EFFECT for _ in keys)])
    found = best(cases, keys, centre, spread)
    if found[1] < LEAST_SLOPE:  # the more confident the less often right: that the order is no use is all it may say
        centre[1], spread[1] = LEAST_SLOPE, FIXED
        found = best(cases, keys, centre, spread)
    effects = dict(zip(keys, map(float, found[2:]), strict=True))
    wrong = sum(not case.is_right for case in cases)
    return Recalibration(float(found[0]), max(LEAST_SLOPE, float(found[1])), effects, len(cases), wrong)


def best(cases: Sequence[Case], keys: Sequence[str], centre: Numbers, spread: Numbers) -> Numbers:
    """Intercept, slope and effects by Newton's method, each expected at its centre with its spread."""
    told = numpy.array([[1.0, log_odds(case.share), *(float(case.key == key) for key in keys)] for case in cases])
    right, weights = numpy.array([float(case.is_right) for case in cases]), weights_of(cases)
    precision, found = 1 / spread**2, centre.copy()
    for _ in range(ROUNDS):
        shares = 1 / (1 + numpy.exp(-told @ found))
        slope = told.T @ (weights * (right - shares)) - precision * (found - centre)
        curve = (told.T * (weights * shares * (1 - shares))) @ told + numpy.diag(precision)
        step = numpy.linalg.solve(curve, slope)
        found = found + step / max(1.0, float(numpy.abs(step).max()))
        if float(numpy.abs(step).max()) < CLOSE:
            break
    return found


def weights_of(cases: Sequence[Case]) -> Numbers:
    """What each verdict counts for; together as many as there are, or fewer where some stand for more (Kish 1965)."""
    weights = numpy.array([case.weight for case in cases])
    return weights * weights.sum() / (weights**2).sum()


def trial(cases: Sequence[Case]) -> Trial:
    """What learning from these verdicts is worth: each text judged by what the other folds of texts teach."""
    before = [case.share for case in cases]
    after = out_of_fold(cases)
    saved: dict[str, float] = {}
    whole = sum(case.weight for case in cases)
    for case, old, new in zip(cases, before, after, strict=True):
        gain = case.weight * (surprise(old, case.is_right) - surprise(new, case.is_right)) / whole
        saved[case.group] = saved.get(case.group, 0.0) + gain
    mean = sum(saved.values()) / len(saved)
    error = sqrt(sum((gain - mean) ** 2 for gain in saved.values()) * len(saved) / max(1, len(saved) - 1))
    return Trial(loss(cases, before), loss(cases, after), error)


def out_of_fold(cases: Sequence[Case]) -> list[float]:
    """For each verdict the confidence as texts of the other folds recalibrate it."""
    folds = {group: place % FOLDS for place, group in enumerate(sorted({case.group for case in cases}))}
    by_fold = {
        fold: learned([case for case in cases if folds[case.group] != fold]) for fold in sorted(set(folds.values()))
    }
    return [by_fold[folds[case.group]].after(case.share, case.key) for case in cases]


def loss(cases: Sequence[Case], shares: Sequence[float]) -> Loss:
    """How far shares are from the verdicts."""
    whole = sum(case.weight for case in cases)
    pairs = list(zip(cases, shares, strict=True))
    brier = sum(case.weight * (share - case.is_right) ** 2 for case, share in pairs) / whole
    return Loss(brier, sum(case.weight * surprise(share, case.is_right) for case, share in pairs) / whole)


def surprise(share: float, is_right: bool) -> float:
    """The logarithmic loss of one share."""
    likely = share if is_right else 1 - share
    return -log(max(LEAST_LIKELY, likely))

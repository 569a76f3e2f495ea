"""What the small reader says of candidates, as numbers that the rulebook has weights for.

Most are log odds: of the candidate as a whole, and of its words to be tagged as what the candidate takes them for.
"""

from collections.abc import Mapping

import numpy

from claims_cli.pipeline.encoded import BEGINS, CONTENT, CUE, SOURCE, Encoded
from claims_cli.rulebook.odds import share_of

LEAST = 1e-3  # a probability counts as at least, and at most 1 less, this
AROUND = 12  # tokens before and behind a content in which others may be tagged
NEAR = (25, 15)  # tokens before and behind a cue among which another source may stand
NAMES = (
    "reader_right",
    "reader_exact",
    "reader_cue",
    "reader_cue_begins",
    "reader_near_cue",
    "reader_content",
    "reader_content_head",
    "reader_content_first",
    "reader_content_begins",
    "reader_content_last",
    "reader_content_before",
    "reader_content_behind",
    "reader_content_outside",
    "reader_cue_as_content",
    "reader_source",
    "reader_source_begins",
    "reader_no_source",
    "reader_other_source",
    "reader_source_as_content",
    "reader_rival",
)


def log_odds(shares: numpy.ndarray) -> numpy.ndarray:
    """Log odds of probabilities, bounded."""
    bounded = numpy.clip(shares, LEAST, 1 - LEAST)
    return numpy.log(bounded / (1 - bounded))


def evidence(encoded: Encoded, places: numpy.ndarray, scores: numpy.ndarray) -> numpy.ndarray:
    """A row of numbers, in the order of `NAMES`, for each candidate.

    Args:
        places: of each candidate what `places_of` gives.
        scores: of each candidate the network's log odds that it is right, and right to the word.
    """
    cue, source, source_first, head, first, last = places.T
    inside, begins = encoded.inside, encoded.tags[:, :, BEGINS]
    sums = numpy.concatenate([numpy.zeros((1, 3)), inside.cumsum(0)])
    number = len(inside)
    has_source = source >= 0

    def within(since: numpy.ndarray, until: numpy.ndarray, role: int) -> numpy.ndarray:
        since, until = numpy.clip(since, 0, number), numpy.clip(until, 0, number)
        return sums[until, role] - sums[since, role]

    def at(index: numpy.ndarray, role: int) -> numpy.ndarray:
        known = (index >= 0) & (index < number)
        return numpy.where(known, inside[numpy.clip(index, 0, number - 1), role], 0.0)

    mean = within(first, last + 1, CONTENT) / (last + 1 - first)
    as_source = within(first, last + 1, SOURCE) / (last + 1 - first)
    outside = within(first - AROUND, first, CONTENT) + within(last + 1, last + 1 + AROUND, CONTENT)
    near = within(cue - NEAR[0], cue + NEAR[1], SOURCE)
    own = numpy.where(has_source, within(source_first, source + 1, SOURCE), 0.0)
    columns = [
        scores[:, 0],
        scores[:, 1],
        log_odds(at(cue, CUE)),
        log_odds(begins[cue, CUE]),
        within(cue - 3, cue + 4, CUE) - at(cue, CUE),
        log_odds(mean),
        log_odds(at(head, CONTENT)),
        log_odds(at(first, CONTENT)),
        log_odds(begins[first, CONTENT]),
        log_odds(at(last, CONTENT)),
        at(first - 1, CONTENT),
        at(last + 1, CONTENT),
        outside,
        log_odds(at(cue, CONTENT)),
        numpy.where(has_source, log_odds(at(source, SOURCE)), 0.0),
        numpy.where(has_source, log_odds(begins[source_first, SOURCE]), 0.0),
        1.0 - has_source,
        numpy.minimum(near - own, 6.0),
        log_odds(as_source),
        rival(cue, scores[:, 0]),
    ]
    return numpy.stack(columns, 1)


def rival(cues: numpy.ndarray, scores: numpy.ndarray) -> numpy.ndarray:
    """How far each candidate lies behind the best one at its cue."""
    best: dict[int, float] = {}
    for cue, score in zip(cues.tolist(), scores.tolist(), strict=True):
        best[cue] = max(best.get(cue, score), score)
    return scores - numpy.array([best[cue] for cue in cues.tolist()])


def exact_of(told: Mapping[str, float]) -> float:
    """The share of right candidates like this one whose content is right to the word."""
    right, exact = (share_of(told[name]) for name in ("reader_right", "reader_exact"))
    return min(1.0, exact / max(right, LEAST))

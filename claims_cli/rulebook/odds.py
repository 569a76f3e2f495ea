"""Shares as log odds and back."""

from math import exp, log


def log_odds(share: float) -> float:
    """Log odds, kept finite."""
    share = min(max(share, 0.005), 0.995)
    return log(share / (1 - share))


def share_of(odds: float) -> float:
    """Log odds as a share."""
    return 1 / (1 + exp(-odds))


def lowered(share: float, doubt: float) -> float:
    """A share with its log odds lowered."""
    odds = share / max(1 - share, 0.005) * exp(-doubt)
    return odds / (1 + odds)

"""What people's marks say of the rules: the share of the claims of each rule that were found right."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

from claims_cli.outputs.listing import write_rows

HEADINGS = ("Rule", "Precision", "Right", "Wrong", "Disputed")
ALL = "all rules"
NOTHING = "–"
DIGITS = 6


@dataclass(frozen=True)
class Judged:
    """The verdicts on the claims of one rule; `disputed` are those on which people differ, and count for neither."""

    rule: str
    right: int
    wrong: int
    disputed: int

    @property
    def precision(self) -> float | None:
        """The share that is right; None where nothing is agreed on."""
        agreed = self.right + self.wrong
        return self.right / agreed if agreed else None


def judged(verdicts: Iterable[tuple[str, str]]) -> list[Judged]:
    """All rules together, then each, those with most verdicts first; `verdicts` are of a rule each."""
    counts: dict[str, Counter] = {}
    for rule, verdict in verdicts:
        for name in (ALL, rule):
            counts.setdefault(name, Counter())[verdict] += 1
    ordered = sorted(counts.items(), key=lambda item: (item[0] != ALL, -item[1].total(), item[0]))
    return [Judged(rule, one["right"], one["wrong"], one["disputed"]) for rule, one in ordered]


def write_table(found: list[Judged], stream: IO[str]) -> None:
    """A row a rule."""
    rows = []
    for one in found:
        share = NOTHING if one.precision is None else f"{one.precision:.3f}"
        rows.append((one.rule, share, str(one.right), str(one.wrong), str(one.disputed)))
    write_rows(HEADINGS, rows, stream)


def write_json(found: list[Judged], stream: IO[str]) -> None:
    """One object; shares from 0 to 1."""
    record = {
        one.rule: {
            "precision": None if one.precision is None else round(one.precision, DIGITS),
            "right": one.right,
            "wrong": one.wrong,
            "disputed": one.disputed,
        }
        for one in found
    }
    stream.write(json.dumps({"marks": 1, "rules": record}, ensure_ascii=False, indent=2) + "\n")

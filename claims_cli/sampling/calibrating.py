"""What verdicts say of confidence and speaker confidence: which count, whether they are enough, what is learned."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from claims_cli.rulebook.calibration import PARTS, Calibration, Recalibration
from claims_cli.sampling.estimates import Design
from claims_cli.sampling.logistic import Case, Trial, learned, trial
from claims_cli.sampling.sheet import Record
from claims_cli.sampling.verdicts import RIGHT, Sample, joined, of_marks
from claims_cli.store.marks import Found, found_claims, marks_of

CONFIDENCE, SPEAKER = PARTS
LEAST_MARKS, LEAST_EACH, LEAST_TEXTS = 100, 10, 10
HEADINGS = ("Field", "Marks", "Wrong", "Brier", "after", "Log loss", "after")


@dataclass(frozen=True)
class Verdicts:
    """What was judged.

    Attributes:
        said: by claim and column what all agree on; weights: how many claims of the corpus each stands for.
        disputed: how many cells people differ in.
    """

    said: Mapping[str, Record]
    weights: Mapping[str, float] = field(default_factory=dict)
    disputed: int = 0


@dataclass(frozen=True)
class Cases:
    """The verdicts that count, by the field of the record that they are of.

    Attributes:
        stale: how many are of claims that another rulebook found; missing: of claims that the store has not.
    """

    by_field: Mapping[str, list[Case]]
    stale: int
    missing: int


@dataclass(frozen=True)
class Lesson:
    """What was learned of one field, and what that is worth."""

    field: str
    found: Recalibration
    trial: Trial

    def cells(self) -> tuple[str, ...]:
        """A row for reading."""
        before, after = self.trial.before, self.trial.after
        losses = (before.brier, after.brier, before.log_loss, after.log_loss)
        return self.field, str(self.found.marks), str(self.found.wrong), *(f"{one:.4f}" for one in losses)


def of_store(connection: sqlite3.Connection) -> Verdicts:
    """What people marked in a store."""
    votes: dict[str, list[Record]] = {}
    for one in of_marks(marks_of(connection)):
        for claim, said in one.items():
            votes.setdefault(claim, []).append(said)
    counts = {"disputed": 0}
    return Verdicts({claim: joined(given, counts, {}) for claim, given in votes.items()}, {}, counts["disputed"])


def of_sample(sample: Sample) -> Verdicts:
    """What is agreed on of the claims of a sample; each stands for as many as its stratum has for a judged one."""
    judged = [unit for unit in sample.units if unit.is_claim and "claim" in unit.said]
    if not judged:
        return Verdicts({}, {}, sample.disputed)
    weights = Design.of([unit.stratum for unit in judged], [unit.size for unit in judged]).weights
    by_claim = {unit.id: float(weight) for unit, weight in zip(judged, weights, strict=True)}
    return Verdicts({unit.id: dict(unit.said) for unit in judged}, by_claim, sample.disputed)


def cases_of(connection: sqlite3.Connection, verdicts: Verdicts, undoing: Mapping[str, Calibration]) -> Cases:
    """The verdicts with the confidence that the rulebook gave, any calibration of it undone.

    Args:
        undoing: by the fingerprint of a rulebook whose claims count, what gives their shipped confidence back.
    """
    by_field: dict[str, list[Case]] = {CONFIDENCE: [], SPEAKER: []}
    counts: Counter[str] = Counter()
    for claim in found_claims(connection, verdicts.said):
        counts["found"] += 1
        undo = undoing.get(claim.rulebook)
        counts["stale"] += undo is None
        for name, case in cases_of_claim(claim, verdicts, undo) if undo is not None else ():
            by_field[name].append(case)
    return Cases(by_field, counts["stale"], len(verdicts.said) - counts["found"])


def cases_of_claim(claim: Found, verdicts: Verdicts, undo: Calibration) -> Iterator[tuple[str, Case]]:
    """What was said of one claim: of the speaker only where it is one."""
    said, weight = verdicts.said[claim.id], verdicts.weights.get(claim.id, 1.0)
    if "claim" in said:
        share = undo.of_claim(claim.confidence, claim.rule)
        yield CONFIDENCE, Case(share, claim.rule, said["claim"] == RIGHT, claim.text, weight)
    if said.get("claim") == RIGHT and "speaker_right" in said:
        share = undo.of_speaker(claim.speaker_confidence, claim.basis)
        yield SPEAKER, Case(share, claim.basis, said["speaker_right"] == RIGHT, claim.text, weight)


def lacking(cases: Iterable[Case]) -> list[str]:
    """What is missing before anything can be learned, in words; nothing where nothing is."""
    cases = list(cases)
    wrong, texts = sum(not case.is_right for case in cases), len({case.group for case in cases})
    wanted = {
        "mark": LEAST_MARKS - len(cases),
        "right one": LEAST_EACH - (len(cases) - wrong),
        "wrong one": LEAST_EACH - wrong,
        "document": LEAST_TEXTS - texts,
    }
    return [f"{number} {noun}{'s' * (number > 1)}" for noun, number in wanted.items() if number > 0]


def lessons(cases: Mapping[str, list[Case]]) -> list[Lesson]:
    """What is learned of each field of which enough was judged."""
    return [Lesson(name, learned(own), trial(own)) for name, own in cases.items() if not lacking(own)]

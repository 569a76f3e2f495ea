"""What somebody's own marks say of the confidence (`claims-calibration.yaml`), and how it is applied.

    log odds after = intercept + slope * log odds before + effect of the claim's rule

and in the same way, by how the speaker is known, of the speaker's confidence. Only numbers change by it: neither which
claims are found nor who is named. `claims calibrate` learns it, for the rulebook whose confidence it saw and no other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from claims_cli.errors import RulebookError
from claims_cli.rulebook.files import fingerprint
from claims_cli.rulebook.odds import log_odds, share_of
from claims_cli.rulebook.origins import RuleSources
from claims_cli.rulebook.yaml_nodes import SourceFile, compose, entries, number_of, text_of

CALIBRATION = "claims-calibration.yaml"
HEAD = (
    "# Learned by `claims calibrate` from marks. Do not edit by hand; delete it to have the shipped confidence back.",
    "# log odds after = intercept + slope * log odds before + the effect of the rule, or of how the speaker is known.",
)
PARTS = {"confidence": "rules", "speaker_confidence": "bases"}  # each with what its effects are of
FACTS = ("rulebook", "learned")
NUMBERS = ("marks", "wrong", "intercept", "slope")
FURTHEST = 20.0  # log odds
MOST_MARKS = 1e9
LEAST_SLOPE = 0.1  # below that it would hardly tell claims apart
SHOWN_BY = ("threshold", "strict", "sure_speaker")  # settings on which no confidence rests


@dataclass(frozen=True)
class Recalibration:
    """How one confidence is corrected.

    Attributes:
        effects: in log odds, by rule or basis; 0 for others.
        marks, wrong: how many verdicts it was learned from, and how many of them were `wrong`.
    """

    intercept: float = 0.0
    slope: float = 1.0
    effects: Mapping[str, float] = field(default_factory=dict)
    marks: int = 0
    wrong: int = 0

    def after(self, share: float, key: str) -> float:
        """A confidence, corrected; `key` is its rule or basis."""
        return share_of(self.intercept + self.slope * log_odds(share) + self.effects.get(key, 0.0))

    def inverse(self) -> "Recalibration":
        """What takes it back."""
        effects = {key: -effect / self.slope for key, effect in self.effects.items()}
        return replace(self, intercept=-self.intercept / self.slope, slope=1 / self.slope, effects=effects)


@dataclass(frozen=True)
class Calibration:
    """What was learned from marks; by itself it corrects nothing.

    Attributes:
        rulebook: the fingerprint (see `basis`) of the rulebook whose confidence it corrects.
        learned: the day, as 2024-03-01.
        confidence, speaker_confidence: None where marks said nothing better.
    """

    rulebook: str = ""
    learned: str = ""
    confidence: Recalibration | None = None
    speaker_confidence: Recalibration | None = None

    def of_claim(self, share: float, rule: str) -> float:
        """How likely a claim of a rule is one."""
        return self.confidence.after(share, rule) if self.confidence else share

    def of_speaker(self, share: float, basis: str) -> float:
        """How likely a speaker who is known in some way is the right one."""
        return self.speaker_confidence.after(share, basis) if self.speaker_confidence else share

    def inverse(self) -> "Calibration":
        """What takes it back: of a confidence after it the one before."""
        inverse: dict[str, Any] = {name: part.inverse() for name, part in self.parts().items()}
        return replace(self, **inverse)

    def parts(self) -> dict[str, Recalibration]:
        """What it corrects, by the field of the claim record."""
        return {name: part for name in PARTS if (part := getattr(self, name)) is not None}

    def to_json(self) -> dict[str, Any]:
        """What a manifest tells of it."""
        told = {name: {"marks": part.marks, "wrong": part.wrong} for name, part in self.parts().items()}
        return {"learned": self.learned, "rulebook": self.rulebook, **told}

    def __str__(self) -> str:
        parts = [f"{name.replace('_', ' ')} from {part.marks} marks" for name, part in self.parts().items()]
        return f"{', '.join(parts)}, learned {self.learned}"


UNCALIBRATED = Calibration()


def basis(sources: RuleSources) -> str:
    """The fingerprint of what a confidence rests on: a rulebook without its calibration and what only hides claims.

    Raises:
        RulebookError, UsageError: as `fingerprint`.
    """
    weighing = tuple(setting for setting in sources.settings if setting[0] not in SHOWN_BY)
    return fingerprint(replace(sources, calibration=None, settings=weighing))


def in_force(sources: RuleSources) -> Calibration:
    """The calibration of a rulebook, where it was learned for it; otherwise one that corrects nothing.

    Raises:
        RulebookError: the file is broken; it carries all its problems.
        UsageError: a path that was given does not exist.
    """
    if sources.calibration is None:
        return UNCALIBRATED
    found = read_calibration(Path(sources.calibration))
    return found if found.rulebook == basis(sources) else UNCALIBRATED


def read_calibration(path: Path) -> Calibration:
    """What a file has.

    Raises:
        RulebookError: it is broken; it carries all its problems.
    """
    source, node = compose(path)
    found: dict[str, Any] = {}
    for key, key_node, value in entries(source, node, "the calibration"):
        if key in FACTS:
            found[key] = text_of(source, value, key) or ""
        elif key in PARTS:
            found[key] = read_part(source, key, value)
        else:
            source.unknown(key_node, (*FACTS, *PARTS))
    if source.problems:
        raise RulebookError(source.problems)
    return Calibration(**found)


def read_part(source: SourceFile, name: str, node: yaml.Node) -> Recalibration:
    """How one confidence is corrected."""
    numbers: dict[str, float] = {}
    effects: dict[str, float] = {}
    for key, key_node, value in entries(source, node, name):
        if key == PARTS[name]:
            for one, _, effect in entries(source, value, f"{name}: {key}"):
                effects[one] = number_of(source, effect, one, -FURTHEST, FURTHEST) or 0.0
        elif key in NUMBERS:
            low, high = bounds(key)
            numbers[key] = number_of(source, value, f"{name}: {key}", low, high) or 0.0
        else:
            source.unknown(key_node, (*NUMBERS, PARTS[name]), f"{name}: ")
    marks, wrong = (int(numbers.pop(key, 0)) for key in ("marks", "wrong"))
    return Recalibration(**numbers, effects=effects, marks=marks, wrong=wrong)


def bounds(key: str) -> tuple[float, float]:
    """Between which numbers one of `NUMBERS` lies."""
    if key == "slope":
        return LEAST_SLOPE, FURTHEST
    return (-FURTHEST, FURTHEST) if key == "intercept" else (0, MOST_MARKS)


def lines_of(calibration: Calibration) -> str:
    """What its file holds."""
    record: dict[str, Any] = {name: getattr(calibration, name) for name in FACTS}
    for name, part in calibration.parts().items():
        effects = {key: round(effect, 3) for key, effect in sorted(part.effects.items()) if abs(effect) >= 0.001}
        numbers = {"marks": part.marks, "wrong": part.wrong}
        odds = {"intercept": round(part.intercept, 3), "slope": round(part.slope, 3)}
        record[name] = {**numbers, **odds, PARTS[name]: effects}
    return "\n".join((*HEAD, yaml.safe_dump(record, sort_keys=False, allow_unicode=True)))

"""Precision and recall of a corpus, by a judged sample: of all, by type, kind of quotation, outlet, and naming."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import IO

import numpy

from claims_cli.outputs.listing import write_rows
from claims_cli.sampling.estimates import Design, Estimate, ratio
from claims_cli.sampling.verdicts import RIGHT, Judged, Sample

ALL = "all"
HEADINGS = ("Figure", "Of", "Share", "95 % interval", "Judged", "For ±3")
GROUPS: dict[str, Callable[[Judged], str]] = {
    "type": lambda unit: unit.type,
    "quotation": lambda unit: unit.quote,
    "outlet": lambda unit: unit.outlet,
    "naming": lambda unit: unit.naming,
}
DIGITS = 6


@dataclass(frozen=True)
class Figure:
    """One share: what it is of (one of `FIGURES`, or recall), and among which units."""

    figure: str
    section: str
    name: str
    estimate: Estimate


def claim_right(unit: Judged) -> bool | None:
    """Whether it is a claim at all."""
    return unit.is_right("claim")


def type_right(unit: Judged) -> bool | None:
    """Whether it is of the type that the coders gave it."""
    return unit.said["type"] == unit.type if "type" in unit.said else None


def all_right(unit: Judged) -> bool | None:
    """Whether it is a claim, by this speaker, of this content."""
    found = [unit.is_right(column) for column in ("claim", "speaker_right", "content_right")]
    return None if None in found else all(found)


def given_a_claim(verdict: Callable[[Judged], bool | None]) -> Callable[[Judged], bool | None]:
    """A verdict that counts only of what is a claim."""
    return lambda unit: verdict(unit) if claim_right(unit) else None


FIGURES: dict[str, Callable[[Judged], bool | None]] = {
    "precision": claim_right,
    "speaker": given_a_claim(lambda unit: unit.is_right("speaker_right")),
    "content": given_a_claim(lambda unit: unit.is_right("content_right")),
    "type": given_a_claim(type_right),
    "all right": all_right,
}


def figures(sample: Sample) -> Iterator[Figure]:
    """Every figure of all, then by group; what was not judged is taken to be like what was, stratum by stratum."""
    found = [figure for name, verdict in FIGURES.items() for figure in shares(sample, name, verdict)]
    found += recalls(sample)
    yield from sorted(found, key=lambda figure: figure.section != ALL)  # what is of all claims stands first


def shares(sample: Sample, figure: str, verdict: Callable[[Judged], bool | None]) -> Iterator[Figure]:
    """One figure of all claims, and of those of each group."""
    asked = [unit for unit in sample.units if unit.is_claim and judged_at_all(unit, figure, verdict)]
    if not asked:
        return
    design = Design.of([unit.stratum for unit in asked], [unit.size for unit in asked])
    right = numpy.array([verdict(unit) is True for unit in asked], dtype=float)
    counts = numpy.array([verdict(unit) is not None for unit in asked], dtype=float)
    for section, name, chosen in groups(asked):
        members = numpy.array(chosen, dtype=float)
        found = ratio(design, right * members, counts * members)
        if found is not None:
            yield Figure(figure, section, name, found)


def judged_at_all(unit: Judged, figure: str, verdict: Callable[[Judged], bool | None]) -> bool:
    """Whether a unit was judged for a figure; what is no claim stays, for it tells how many there are."""
    return verdict(unit) is not None or claim_right(unit) is False


def groups(units: list[Judged]) -> Iterator[tuple[str, str, list[bool]]]:
    """All units, then those of each group: its section, its name, and which units are in it."""
    yield ALL, ALL, [True] * len(units)
    for section, of in GROUPS.items():
        names = sorted({of(unit) for unit in units})
        for name in names if len(names) > 1 else ():
            yield section, name, [of(unit) == name for unit in units]


def missed_of(unit: Judged) -> float | None:
    """How many missed claims a unit stands for: those of a claim's sentence are shared by the claims found there."""
    if "missed" not in unit.said:
        return None
    return int(unit.said["missed"]) / max(1, unit.together)


def asks_beside(sample: Sample) -> bool:
    """Whether coders also told what was missed in sentences in which another claim was found."""
    return any(unit.is_claim and "missed" in unit.said for unit in sample.units)


def recalls(sample: Sample) -> Iterator[Figure]:
    """The share of all claims that was found: of all, and by outlet."""
    asked = [unit for unit in sample.units if counts_for_recall(unit)]
    if all(unit.is_claim for unit in asked) or not any(unit.is_claim for unit in asked):
        return
    design = Design.of([unit.stratum for unit in asked], [unit.size for unit in asked])
    right = numpy.array([unit.said.get("claim") == RIGHT for unit in asked], dtype=float)
    missed = numpy.array([missed_of(unit) or 0.0 for unit in asked])
    for section, name, chosen in groups(asked):
        if section in (ALL, "outlet"):
            members = numpy.array(chosen, dtype=float)
            found = ratio(design, right * members, (right + missed) * members)
            if found is not None:
                yield Figure("recall", section, name, found)


def counts_for_recall(unit: Judged) -> bool:
    """Whether enough was said of a unit."""
    return claim_right(unit) is not None if unit.is_claim else "missed" in unit.said


def cells(figure: Figure) -> tuple[str, ...]:
    """A figure for reading."""
    one = figure.estimate
    of = figure.name if figure.section == ALL else f"{figure.section}: {figure.name}"
    return figure.figure, of, f"{one.share:.3f}", f"{one.low:.3f}–{one.high:.3f}", str(one.judged), f"{one.needed:,}"


def write_table(found: Iterable[Figure], stream: IO[str]) -> None:
    """A row a figure."""
    write_rows(HEADINGS, [cells(figure) for figure in found], stream)


def write_json(found: Iterable[Figure], stream: IO[str]) -> None:
    """One object."""
    rows = [{"figure": one.figure, "section": one.section, "name": one.name, **rounded(one.estimate)} for one in found]
    stream.write(json.dumps({"sample": 1, "figures": rows}, ensure_ascii=False, indent=2) + "\n")


def rounded(estimate: Estimate) -> dict[str, float]:
    """The numbers of an estimate."""
    return {name: round(value, DIGITS) for name, value in asdict(estimate).items()}

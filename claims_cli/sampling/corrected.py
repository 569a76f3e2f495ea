"""Shares of types, quotations and naming among the true claims of a corpus: the tool's counts, mended by a sample.

Prediction-powered (Angelopoulos et al. 2023) with the power tuned (PPI++, Angelopoulos, Duchi and Zrnic 2023), for a
stratified sample (Fisch et al. 2024): the total of a group is λ times what the tool counts in the whole corpus, and
the sample's estimate of how far that is off. λ is what makes the variance least; 0 is the sample alone.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

import numpy

from claims_cli.outputs.layout import Layout
from claims_cli.outputs.listing import write_rows
from claims_cli.outputs.tables import Rows, writers
from claims_cli.sampling.estimates import Design, Estimate, Numbers, estimate
from claims_cli.sampling.verdicts import RIGHT, Judged, Sample

RARE = 0.25  # of a unit; without it, intervals of rare groups hold the truth 87 times in 100 (benchmarks.corrected)
LEAST_JUDGED = 30  # below, the intervals are not to be trusted
SECTIONS = {"type": "type", "quotation": "quote", "naming": "naming"}  # and the columns that tell them
OUTLET = "outlet"
HEADINGS = ("Section", "Name", "Counted", "Corrected", "95 % interval", "Judged", "For ±3")


@dataclass(frozen=True)
class Corrected:
    """A group's share of the claims: as the tool counts it, and among the true claims.

    Attributes:
        claims: how many the tool counts in the group; counted: their share of all that it found.
        power: λ, how much the tool's counts were let tell.
    """

    section: str
    name: str
    claims: int
    counted: float
    estimate: Estimate
    power: float


def judged_for(sample: Sample, section: str) -> list[Judged]:
    """The units of which all is known that a section asks: whether there is a true claim, and of which group."""
    return [unit for unit in sample.units if truth_of(unit, section) is not None]


def truth_of(unit: Judged, section: str) -> str | None:
    """The true group of the claim that a unit is or holds; nothing where it holds none; None where that is unknown.

    What coders did not say of quotation, naming or outlet is as the tool has it.
    """
    verdict = unit.said.get("claim" if unit.is_claim else "missed")
    if verdict is None:
        return None
    if verdict != RIGHT if unit.is_claim else verdict == "0":
        return ""
    if section == OUTLET:
        return unit.outlet
    column = SECTIONS[section]
    found = {"type": None, "quote": unit.quote, "naming": unit.naming}[column]
    return unit.said.get(column) or (found if unit.is_claim else None) or None


def group_of(unit: Judged, section: str) -> str:
    """The group in which the tool counts a unit; nothing for a sentence without a claim."""
    if not unit.is_claim:
        return ""
    return {"type": unit.type, "quotation": unit.quote, "naming": unit.naming, OUTLET: unit.outlet}[section]


def weight_of(unit: Judged) -> float:
    """How many true claims a unit holds, where it holds any."""
    return 1.0 if unit.is_claim else float(unit.said.get("missed", 0))


def corrected(sample: Sample, section: str, counts: Mapping[str, int]) -> Iterator[Corrected]:
    """The shares of a section's groups, the largest first.

    Args:
        counts: how many claims the tool counts in each group, in the whole corpus.
    """
    units = judged_for(sample, section)
    if not units:
        return
    design = Design.of([unit.stratum for unit in units], [unit.size for unit in units])
    truths = [truth_of(unit, section) for unit in units]
    whole = numpy.array([weight_of(unit) if truth else 0.0 for unit, truth in zip(units, truths, strict=True)])
    if not whole.any():
        return
    names = sorted({*counts, *filter(None, truths)}, key=lambda name: (-counts.get(name, 0), name))
    for name in names:
        part = numpy.array([truth == name for truth in truths], dtype=float) * whole
        proxy = numpy.array([group_of(unit, section) == name for unit in units], dtype=float)
        share, power = powered(design, part, whole, proxy, counts.get(name, 0))
        total = sum(counts.values())
        yield Corrected(section, name, counts.get(name, 0), counts.get(name, 0) / max(1, total), share, power)


def powered(design: Design, part: Numbers, whole: Numbers, proxy: Numbers, counted: float) -> tuple[Estimate, float]:
    """The share that `part` has of `whole` in the corpus, and λ.

    Where no judged unit is of the group, the tool's count stands (λ = 1).

    Args:
        part, whole: the truth of each judged unit; proxy: what the tool says of it.
        counted: the total of what the tool says, known of the whole corpus.
    """
    base = design.total(whole)
    first = part - design.total(part) / base * whole
    known = design.covariance(proxy, proxy)
    power = min(1.0, max(0.0, design.covariance(first, proxy) / known)) if known > 0 else float(counted > 0)
    share = (design.total(part) + power * (counted - design.total(proxy))) / base
    residual = part - share * whole - power * proxy
    variance = design.covariance(residual, residual) + unseen(design, power)
    return estimate(share, variance / base**2, int((whole > 0).sum())), power


def unseen(design: Design, power: float) -> float:
    """What the variance gains by errors of the tool that are too rare for the sample, as far as the tool may tell.

    Agresti and Min (2005) add half a unit that only the truth counts, and half a one that only the tool does, to the
    interval of a difference of paired shares. Wilson's interval, which is taken here, adds something already.
    """
    return RARE * float((power * design.weights.mean()) ** 2)


def naive_interval(share: float, claims: int) -> tuple[float, float]:
    """What one would state who took the tool's counts for the truth: Wilson's interval of a sample of claims."""
    found = estimate(share, share * (1 - share) / max(1, claims), claims)
    return found.low, found.high


def cells(row: Corrected) -> tuple[str, ...]:
    """A row for reading."""
    one = row.estimate
    shares = f"{row.counted:.1%}", f"{one.share:.1%}", f"{100 * one.low:.1f}–{100 * one.high:.1f}"
    return row.section, row.name, *shares, str(one.judged), f"{one.needed:,}"


COLUMNS = (
    "section", "name", "claims", "counted_share", "corrected_share", "corrected_from", "corrected_to", "judged",
    "needed", "power",
)  # fmt: skip


def rows_of(found: Iterable[Corrected], layout: Layout) -> Rows:
    """Rows for files."""
    values = [
        (
            row.section, row.name, row.claims, round(row.counted, 4), round(row.estimate.share, 4), row.estimate.low,
            row.estimate.high, row.estimate.judged, row.estimate.needed, round(row.power, 4),
        )
        for row in found
    ]  # fmt: skip
    return Rows(COLUMNS, values, (dict(zip(COLUMNS, row, strict=True)) for row in values))


def write_table(found: Iterable[Corrected], stream: IO[str], layout: Layout) -> None:
    """For reading."""
    write_rows(HEADINGS, list(map(cells, found)), stream)


WRITERS = {"table": write_table, **writers(rows_of)}


def counts_of(claims: Iterable[Any], group: Callable[[Any], str]) -> Counter[str]:
    """How many claims are in each group."""
    return Counter(map(group, claims))

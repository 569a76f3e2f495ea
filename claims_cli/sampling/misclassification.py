"""Every claim as a row for R's misclassificationmodels: what the tool says (`w_…`), and the truth (`x_…`) where judged.

Its `glm_fixit(y ~ x || w, data, data2)` takes rows without the truth as `data` and rows with it as `data2`, both
columns 0 or 1; an empty cell is R's NA.
"""

from collections.abc import Iterator, Sequence

from claims_cli.claim import QUOTES, TYPES, Claim
from claims_cli.codec import Cell
from claims_cli.outputs.tables import Rows
from claims_cli.sampling.corrected import truth_of
from claims_cli.sampling.draw import naming_of
from claims_cli.sampling.verdicts import NAMINGS, RIGHT, Judged, Sample

SECTIONS = {"type": TYPES, "quotation": QUOTES, "naming": NAMINGS}
MONTH = 7  # characters of a date
ABOUT = ("id", "doc", "outlet", "month", "confidence", "stratum", "judged", "x_claim")


def columns() -> tuple[str, ...]:
    """The names of the columns, each good as a name in R."""
    labels = [name.replace("-", "_") for names in SECTIONS.values() for name in names]
    return (*ABOUT, *(f"{letter}_{label}" for label in labels for letter in ("w", "x")))


def rows_of(sample: Sample, claims: Sequence[Claim]) -> Rows:
    """The rows, in the order of the claims."""
    judged = {unit.id: unit for unit in sample.units if unit.is_claim}
    return Rows(columns(), (list(cells(claim, judged.get(claim.id))) for claim in claims), ())


def cells(claim: Claim, unit: Judged | None) -> Iterator[Cell]:
    """One row; what was not judged has no truth."""
    verdict = unit.said.get("claim") if unit else None
    yield from (claim.id, claim.doc, claim.outlet, (claim.date or "")[:MONTH], claim.confidence)
    yield from (unit.stratum if unit else None, int(verdict is not None))
    yield int(verdict == RIGHT) if verdict else None
    found = {"type": claim.type, "quotation": claim.quote, "naming": naming_of(claim)}
    for section, names in SECTIONS.items():
        truth = truth_of(unit, section) if unit else None
        for name in names:
            yield int(found[section] == name)
            yield None if truth is None else int(truth == name)

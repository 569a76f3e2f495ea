"""How far two coders agree: Krippendorff's alpha of each column, and the cells in which they differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from claims_cli.sampling.sheet import FILLED, Table
from claims_cli.sampling.verdicts import COMPARED, UNSURE, Words, verdicts_of

HEADINGS = ("Field", "Alpha", "Agree", "Both judged", "Differ")
LEVELS = {"missed": "interval"}  # a number of claims; all else are names
NOTHING = "–"


@dataclass(frozen=True)
class Agreement:
    """Of one column: Krippendorff's alpha (None where nothing varies), and of how many units both said something."""

    field: str
    alpha: float | None
    both: int
    same: int


def agreements(tables: Sequence[Table], words: Words) -> list[Agreement]:
    """How far the coders of some sheets agree; `unsure` counts as nothing said.

    Raises:
        UsageError: a sheet says something that is not known.
    """
    given = [verdicts_of(table, words) for table in tables]
    units = sorted(set().union(*given))
    found = []
    for field in COMPARED:
        rows = [[sure(verdicts.get(unit, {}).get(field)) for unit in units] for verdicts in given]
        pairs = [pair for pair in zip(*rows, strict=True) if sum(value is not None for value in pair) > 1]
        if pairs:
            same = sum(len(set(pair) - {None}) == 1 for pair in pairs)
            found.append(Agreement(field, alpha(rows, LEVELS.get(field, "nominal")), len(pairs), same))
    return found


def sure(value: str | None) -> str | None:
    """What was said, if the coder was sure."""
    return None if value == UNSURE else value


def alpha(rows: Sequence[Sequence[str | None]], level: str) -> float | None:
    """Krippendorff's alpha; None where all say the same of everything, of which it tells nothing."""
    import krippendorff
    import numpy

    said = sorted({value for row in rows for value in row if value is not None})
    if len(said) < 2:
        return None
    codes = {value: float(value) if level == "interval" else float(place) for place, value in enumerate(said)}
    data = [[numpy.nan if value is None else codes[value] for value in row] for row in rows]
    paired = [column for column in zip(*data, strict=True) if sum(not numpy.isnan(value) for value in column) > 1]
    if len({value for column in paired for value in column if not numpy.isnan(value)}) < 2:
        return None
    return float(krippendorff.alpha(reliability_data=numpy.array(data), level_of_measurement=level))


def cells(one: Agreement) -> tuple[str, ...]:
    """A row for reading."""
    told = NOTHING if one.alpha is None else f"{one.alpha:.3f}"
    return one.field, told, f"{one.same / one.both:.0%}", str(one.both), str(one.both - one.same)


def disagreements(tables: Sequence[Table], words: Words) -> Iterator[list[str]]:
    """A header and a row for each unit in which coders differ: what they saw, what each said, and empty cells.

    Raises:
        UsageError: a sheet says something that is not known.
    """
    given = [verdicts_of(table, words) for table in tables]
    seen = [column for column in tables[0].columns if column not in FILLED]
    names = [label(table.path) for table in tables]
    yield [*seen, *FILLED, *(f"{field} ({name})" for field in COMPARED for name in names)]
    for _, row in tables[0].rows:
        votes = [verdicts.get(row["id"], {}) for verdicts in given]
        if any(len({vote[field] for vote in votes if field in vote}) > 1 for field in COMPARED):
            said = (vote.get(field, "") for field in COMPARED for vote in votes)
            yield [*(row.get(column, "") for column in seen), *[""] * len(FILLED), *said]


def label(path: Path) -> str:
    """What a coder's sheet is called in a heading."""
    return path.stem.rpartition("-")[2] or path.stem

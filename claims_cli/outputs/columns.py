"""The columns that csv, tsv, md, xlsx and parquet share: those of `codec`, and a link to the claim's words."""

from collections.abc import Iterable

from claims_cli.claim import Claim
from claims_cli.codec import CELLS, Cell, all_columns
from claims_cli.filters import one_of
from claims_cli.outputs.links import link

LINK = "link"
DERIVED = (LINK, "headline")  # columns that are written only where they are asked for
MARK_COLUMNS = ["mark", "note"]


def read_columns(names: str | None, further: Iterable[str] = ()) -> list[str]:
    """The columns of a comma-separated list, in its order; all of them and `further` ones where none is given.

    Raises:
        UsageError: there is no such column.
    """
    if names is None:
        return [*all_columns(), *further]
    found = list(dict.fromkeys(part.strip().lower() for part in names.split(",")))
    one_of("column", found, [*all_columns(), *DERIVED, *further])
    return found


def cells(claim: Claim, columns: Iterable[str]) -> list[Cell]:
    """A claim's cells, each a number, a truth value, text, or None where there is nothing."""
    return [link(claim) if column == LINK else CELLS[column](claim) for column in columns]

"""Claims as a Parquet dataset: a folder for each outlet or month (`outlet=Courier/`), for DuckDB, Spark, pandas."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from claims_cli.claim import Claim
from claims_cli.codec import all_columns
from claims_cli.outputs.columns import cells
from claims_cli.outputs.files import whole_folder
from claims_cli.outputs.parquet import ROWS_AT_ONCE, schema_of

PARTED_BY = ("outlet", "month")
UNKNOWN = "unknown"
MONTH = 7  # characters of a date
MOST_PARTS = 100_000
MOST_OPEN = 200


def write(claims: Iterable[Claim], folder: Path, by: str) -> None:
    """Write the dataset into a new folder, which appears whole or not at all.

    Args:
        by: one of `PARTED_BY`; the column of the outlet stands in the names of the folders and no longer in the files.

    Raises:
        OutputError: it cannot be written, or the folder is there and not empty.
    """
    import pyarrow
    from pyarrow import dataset

    columns = [column for column in all_columns() if column != by]
    schema = schema_of(columns).append(pyarrow.field(by, pyarrow.string()))
    parts = dataset.partitioning(pyarrow.schema([(by, pyarrow.string())]), flavor="hive")
    with whole_folder(folder) as place:
        dataset.write_dataset(
            batches(claims, columns, by, schema),
            place,
            format="parquet",
            schema=schema,
            partitioning=parts,
            max_partitions=MOST_PARTS,
            max_open_files=MOST_OPEN,
            existing_data_behavior="overwrite_or_ignore",
        )


def batches(claims: Iterable[Claim], columns: list[str], by: str, schema: Any) -> Iterator[Any]:
    """The claims in batches of rows."""
    import pyarrow

    left = iter(claims)
    while rows := [[*cells(claim, columns), part_of(claim, by)] for claim in islice(left, ROWS_AT_ONCE)]:
        arrays = [pyarrow.array(one, field.type) for one, field in zip(zip(*rows, strict=True), schema, strict=True)]
        yield pyarrow.record_batch(arrays, schema=schema)


def part_of(claim: Claim, by: str) -> str:
    """The part to which a claim goes."""
    value = claim.outlet if by == "outlet" else (claim.date or "")[:MONTH]
    return value or UNKNOWN

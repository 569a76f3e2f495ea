"""Claims as Parquet: numbers and truth values typed, nothing where there is nothing, text as it was."""

from collections.abc import Iterable
from itertools import islice
from typing import Any, BinaryIO

from claims_cli.claim import Claim
from claims_cli.codec import column_type
from claims_cli.inputs.own import MARK
from claims_cli.outputs.columns import cells
from claims_cli.outputs.layout import Layout

ROWS_AT_ONCE = 10_000


def write(claims: Iterable[Claim], stream: BinaryIO, layout: Layout) -> None:
    """Row groups of ten thousand claims."""
    import pyarrow
    from pyarrow import parquet

    schema = schema_of(layout.columns)
    left = iter(claims)
    with parquet.ParquetWriter(stream, schema) as writer:
        while rows := [
            cells(claim, layout.columns, further=layout.people.cells) for claim in islice(left, ROWS_AT_ONCE)
        ]:
            writer.write_table(pyarrow.table(list(zip(*rows, strict=True)), schema=schema))


def schema_of(columns: Iterable[str]) -> Any:
    """The types of columns."""
    import pyarrow

    types = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64(), bool: pyarrow.bool_()}
    return pyarrow.schema([(column, types[column_type(column)]) for column in columns], metadata={"generator": MARK})

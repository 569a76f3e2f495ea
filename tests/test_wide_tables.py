"""Tables with thousands of columns: read, and in time that grows as they do."""

import time

import pytest

from claims_cli.formats import delimited
from claims_cli.formats.options import FormatOptions

NARROW, TIMES, ROWS = 1_000, 8, 40
GROWTH = 24  # times as long for eight times as many columns: a line is 8, a square 64


def table(columns: int) -> bytes:
    """A table whose last column is the text."""
    names = ",".join(f"c{number}" for number in range(columns - 1))
    row = f'{"x," * (columns - 1)}"Ann Roe said that the bridge fell, and that it was old."'
    return "\n".join([f"{names},text", *[row] * ROWS, ""]).encode()


def seconds(columns: int) -> float:
    """The seconds of the processor that a table takes, the fewest of three."""
    data, taken = table(columns), []
    for _ in range(3):
        began = time.process_time()
        assert len(list(delimited.read("a.csv", data, FormatOptions()))) == ROWS
        taken.append(time.process_time() - began)
    return min(taken)


def test_a_wide_table_takes_no_square_of_the_time():
    assert seconds(NARROW * TIMES) < GROWTH * max(seconds(NARROW), 0.01)


@pytest.mark.parametrize("suffix", ["csv", "tsv"])
def test_a_wide_table_is_read(claims, tmp_path, suffix):
    data = table(2_000)
    (tmp_path / f"a.{suffix}").write_bytes(data if suffix == "csv" else data.replace(b",", b"\t"))
    done = claims("text", f"a.{suffix}", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.count(b"the bridge fell") == ROWS

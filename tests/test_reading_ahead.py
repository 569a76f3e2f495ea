"""Inputs read several at once: in order, no further ahead than somebody takes, and every fault where it belongs."""

import threading
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.inputs.reading_ahead import MOST_HELD, ahead
from claims_cli.inputs.sources import Input
from tests.command import run
from tests.formats import write_all

NUMBERS = [1, 2, 3, 8]


def inputs(number: int) -> list[Input]:
    """Some inputs."""
    return [Input(str(place), Path(f"{place}.html")) for place in range(number)]


def two_each(item: Input) -> Iterator[Document | InputError]:
    """Two documents of an input, late where its number is even, and an error in every third."""
    time.sleep(0.01 * (int(item.name) % 2 == 0))
    yield Document(f"{item.name}#1", "a")
    yield InputError(item.name, "broken", "mend it") if int(item.name) % 3 == 0 else Document(f"{item.name}#2", "b")


@pytest.mark.parametrize("number", NUMBERS)
def test_documents_come_in_order_with_the_errors_among_them(number):
    missing = InputError("gone", "is gone", "look for it")
    found = list(ahead([*inputs(7), missing, *inputs(2)], two_each, number))
    names = [item.path for item in found]
    assert names == [
        *(name for place in range(7) for name in (f"{place}#1", str(place) if place % 3 == 0 else f"{place}#2")),
        "gone",
        *("0#1", "0", "1#1", "1#2"),
    ]


def test_several_inputs_are_read_at_once():
    together = threading.Barrier(3, timeout=20)

    def read(item: Input) -> Iterator[Document]:
        together.wait()
        yield Document(item.name, "a")

    assert len(list(ahead(inputs(3), read, 3))) == 3


def test_no_more_is_read_than_is_taken_and_a_reading_that_nobody_takes_ends():
    given: list[int] = []
    ended = threading.Event()

    def read(item: Input) -> Iterator[Document]:
        try:
            for number in range(10_000):
                given.append(number)
                yield Document(f"{item.name}#{number}", "a")
        finally:
            ended.set()

    documents = ahead(inputs(1), read, 2)
    assert [item.path for item in islice(documents, 3)] == ["0#0", "0#1", "0#2"]
    time.sleep(0.3)
    assert len(given) <= 3 + MOST_HELD + 1
    documents.close()
    assert ended.wait(5)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_fault_of_ours_is_raised_and_not_lost(number):
    def read(item: Input) -> Iterator[Document]:
        if item.name == "1":
            raise MemoryError
        yield Document(item.name, "a")

    documents = ahead(inputs(3), read, number)
    assert next(documents).path == "0"
    with pytest.raises(MemoryError):
        next(documents)


def test_a_folder_of_all_formats_gives_the_same_claims_however_many_are_read_at_once(tmp_path):
    write_all(tmp_path)
    one, three = (run("extract", ".", "--format", "csv", "--jobs", jobs, cwd=tmp_path) for jobs in (1, 3))
    assert one.stdout == three.stdout
    assert one.returncode == three.returncode

"""Web archives of several pieces: the same documents as in one, counted through, and bounded memory."""

import gzip
import hashlib
import random

import pytest

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.inputs import pieces
from claims_cli.inputs.readers import read
from claims_cli.inputs.sources import Input
from tests.formats import warc_record

CHANCE = random.Random(7)
PROSE = (
    "The dispute over the harbour levy has gone on for three years and has cost the town four lawyers, two mayors and "
    "most of its patience, as the council heard on Monday evening in the old customs house."
)


def page(number: int) -> bytes:
    """A page that packs badly, so that an archive of a few is large."""
    noise = bytes(CHANCE.choices(b"abcdefghijklmnopqrstuvwxyz", k=3_000)).decode()
    return (
        f"<html><head><title>Page {number}</title></head><body><article><p>{PROSE}</p><p>Ann Rowe said on day {number} "
        f"that the levy was void.</p><!-- {noise} --></article></body></html>"
    ).encode()


def archive(packed: bool) -> bytes:
    """An archive of 40 pages."""
    records = [warc_record(page(number), f"https://port.example/{number}") for number in range(40)]
    return b"".join(map(gzip.compress, records) if packed else records)


def found(path) -> list[Document | InputError]:
    """What is read of a file."""
    return list(read(Input(path.name, path)))


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_in_pieces_gives_what_it_gives_whole(tmp_path, monkeypatch, packed):
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(archive(packed))
    whole = found(path)
    monkeypatch.setattr(pieces, "PIECE", 20_000)
    assert pieces.is_large(path)
    assert found(path) == whole
    assert [item.row for item in whole] == list(range(1, 41))
    assert {item.sha256 for item in whole} == {hashlib.sha256(path.read_bytes()).hexdigest()}
    assert len(list(pieces.stretches("a", path))) > 3


@pytest.mark.parametrize("packed", [True, False])
def test_a_broken_record_costs_only_itself_in_pieces_too(tmp_path, monkeypatch, packed):
    monkeypatch.setattr(pieces, "PIECE", 20_000)
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    data = bytearray(archive(packed))
    data[len(data) // 2 : len(data) // 2 + 40] = b"\0" * 40
    path.write_bytes(data)
    items = found(path)
    assert sum(isinstance(item, Document) for item in items) >= 38
    assert [item.row for item in items if isinstance(item, Document)] == sorted(
        item.row for item in items if isinstance(item, Document)
    )


def test_what_is_no_archive_is_said_once(tmp_path, monkeypatch):
    monkeypatch.setattr(pieces, "PIECE", 20_000)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(CHANCE.randbytes(100_000))
    (error,) = found(path)
    assert isinstance(error, InputError)
    assert "is no WARC file" in error.reason
    monkeypatch.setattr(pieces, "LARGEST", 50_000)
    (error,) = found(path)
    assert isinstance(error, InputError)
    assert "has a record larger than" in error.reason

"""Large files of many documents divided among shards: whatever the cuts, together they are a run in one piece."""

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

from claims_cli.inputs import pieces
from claims_cli.inputs.options import ReadOptions
from claims_cli.inputs.readers import read
from claims_cli.inputs.sources import Input
from claims_cli.sharding import plan as plans
from tests.command import run
from tests.formats import warc_record

NAMES = ("Ann Rowe", "Luis Prado", "Irene Moss", "Eva Brandt")
SITE = "https://port.example"


@pytest.fixture(autouse=True)
def small_files_are_cut(monkeypatch) -> None:
    monkeypatch.setattr(plans, "SMALLEST_CUT", 1_000)


def noise(chance: random.Random) -> str:
    """Letters that pack badly."""
    return "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=2_000))


def page(number: int, chance: random.Random) -> bytes:
    """A page that says one thing."""
    said = f"{NAMES[number % 4]} said on day {number} that the harbour levy was void and would not be paid by anybody."
    return (
        f"<html><head><title>Page {number}</title></head><body><article><p>{said}</p></article>"
        f"<!-- {noise(chance)} --></body></html>"
    ).encode()


def records(chance: random.Random) -> Iterator[bytes]:
    """Pages, and between them what is no page, has no text, or goes unanswered."""
    for number in range(24):
        yield warc_record(b"x", f"{SITE}/{number}", record="request")
        yield warc_record(page(number, chance), f"{SITE}/{number}")
        yield warc_record(b"", f"{SITE}/old", status="301 Moved")
        yield warc_record(b"<html><body></body></html>", f"{SITE}/empty")
        yield warc_record(page(number, chance), f"{SITE}/again", record="revisit")


def archive(packing: str, seed: int = 3) -> bytes:
    """An archive; `pairs`: two records packed together."""
    plain = list(records(random.Random(seed)))
    if packing == "plain":
        return b"".join(plain)
    step = 2 if packing == "pairs" else 1
    return b"".join(gzip.compress(b"".join(plain[at : at + step])) for at in range(0, len(plain), step))


def damaged(data: bytes, seed: int) -> bytes:
    """Bytes, some changed and some left out in the middle."""
    chance, changed = random.Random(seed), bytearray(data)
    for _ in range(4):
        at = chance.randrange(len(changed))
        changed[at : at + 60] = bytes(60)
    at = len(changed) // 2
    del changed[at : at + chance.randrange(1, 3_000)]
    return bytes(changed)


def table(path: Path, group: int, first_text: int = 0) -> None:
    """A table, a row without text now and then."""
    rows = [
        {
            "headline": f"Page {number}",
            "body": f"{NAMES[number % 4]} said on day {number} that the levy was void." * (number >= first_text),
            "raw": noise(random.Random(number)),
        }
        for number in range(90)
    ]
    rows[50]["body"] = ""
    parquet.write_table(pyarrow.Table.from_pylist(rows), path, row_group_size=group, write_page_checksum=True)


def whole_and_collected(folder: Path, out: Path, shards: int, *options: str) -> tuple[int, bytes]:
    """How many pieces the plan of a folder has, and its claims, which are those of a run in one piece."""
    whole = run("extract", "in", "--jobs", 1, "--format", "jsonl", "--errors", "json", *options, cwd=folder)
    assert run("extract", "in", "-o", out, "--shards", shards, *options, cwd=folder).returncode == 0
    parts = [part for shard in json.loads((out / "plan.json").read_text())["shards"] for part in shard]
    done = run("extract", "--plan", out / "plan.json", "--jobs", 1)
    assert done.returncode == whole.returncode, done.stderr
    collected = run("collect", out, "--format", "jsonl")
    assert collected.stdout == whole.stdout
    failed = b"".join(path.read_bytes() for path in sorted(out.glob("failures-*")))
    assert [json.loads(line) for line in failed.splitlines()] == [
        json.loads(line) for line in whole.stderr.splitlines()
    ]
    return sum(part["piece"] is not None for part in parts), whole.stdout


def put(folder: Path, **files: bytes) -> None:
    (folder / "in").mkdir()
    for name, data in files.items():
        (folder / "in" / name).write_bytes(data)


@pytest.mark.parametrize("packing", ["plain", "packed", "pairs"])
@pytest.mark.parametrize("shards", [2, 5, 60])
def test_an_archive_in_shards_gives_a_run_in_one_piece(tmp_path, packing, shards):
    suffix = "warc" if packing == "plain" else "warc.gz"
    put(tmp_path, **{"a.txt": b"Ann Rowe said that it was void.\n", f"b.{suffix}": archive(packing)})
    number, claims = whole_and_collected(tmp_path, tmp_path / "out", shards)
    assert number >= min(shards - 1, 40)
    rows = [json.loads(line)["row"] for line in claims.splitlines()]
    assert rows == [None, *range(1, 48, 2)]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("packing", ["plain", "packed", "pairs"])
def test_a_damaged_archive_tells_each_error_once(tmp_path, packing, seed):
    suffix = "warc" if packing == "plain" else "warc.gz"
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(damaged(archive(packing), seed))
    whole = [without_notes(item) for item in read(Input("a", path))]
    for size in (1, 2_000, 30_000):
        cuts = pieces.cut("a", path, size, ReadOptions().format)
        assert len(cuts) > 1
        assert sum(size for _, size in cuts) == path.stat().st_size
        items = [item for piece, _ in cuts for item in read(Input("a", path, piece=piece))]
        assert [without_notes(item) for item in items] == whole


def without_notes(item: object) -> object:
    """A document without what is told of its file; an error as a value that can be compared."""
    return item.to_json() if isinstance(item, Exception) else replace(item, notes=())


@pytest.mark.parametrize("shards", [2, 9])
@pytest.mark.parametrize("packing", ["plain", "packed"])
def test_an_archive_of_several_stretches_too(tmp_path, monkeypatch, packing, shards):
    monkeypatch.setattr(pieces, "PIECE", 20_000)
    suffix = "warc" if packing == "plain" else "warc.gz"
    put(tmp_path, **{f"b.{suffix}": archive(packing), f"c.{suffix}": damaged(archive(packing, 4), 5)})
    assert whole_and_collected(tmp_path, tmp_path / "out", shards)[0] > shards


@pytest.mark.parametrize("shards", [2, 7, 100])
@pytest.mark.parametrize(("group", "first_text"), [(7, 0), (20, 0), (7, 30)])
def test_a_table_in_shards_gives_a_run_in_one_piece(tmp_path, shards, group, first_text):
    put(tmp_path)
    table(tmp_path / "in" / "a.parquet", group, first_text)
    number, claims = whole_and_collected(tmp_path, tmp_path / "out", shards, "--text-column", "body")
    assert number >= min(shards, 90 // group)
    rows = [json.loads(line)["row"] for line in claims.splitlines()]
    assert rows == [row for row in range(first_text + 1, 91) if row != 51]


def test_which_column_is_the_text_is_told_by_the_first_rows_of_the_whole_table(tmp_path):
    rows = [{"id": "a", "lede": "short", "story": "Ann Rowe said that it was void. " * 9} for _ in range(120)]
    rows += [{"id": "a", "lede": "Luis Prado denied the theft. " * 20, "story": "no"} for _ in range(120)]
    put(tmp_path)
    parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "in" / "a.parquet", 40, use_dictionary=False)
    number, claims = whole_and_collected(tmp_path, tmp_path / "out", 4)
    assert number > 1
    assert {json.loads(line)["speaker"] for line in claims.splitlines()} == {"Ann Rowe"}


def test_a_row_group_that_is_broken_costs_only_itself(tmp_path):
    put(tmp_path)
    path = tmp_path / "in" / "a.parquet"
    table(path, 20)
    data = bytearray(path.read_bytes())
    at = len(data) * 2 // 5
    data[at : at + 300] = bytes(300)
    path.write_bytes(data)
    whole = [item for item in read(Input("a", path)) if isinstance(item, Exception)]
    assert len(whole) == 1
    assert "row group" in str(whole[0])
    whole_and_collected(tmp_path, tmp_path / "out", 4, "--text-column", "body")


@pytest.mark.parametrize("pages", [0, 24])
def test_that_nothing_holds_text_is_told_once(tmp_path, pages):
    empty = warc_record(b"<html><body></body></html>", f"{SITE}/empty")
    moved = warc_record(b"", f"{SITE}/old", status="301 Moved")
    put(tmp_path, **{"a.warc.gz": b"".join(map(gzip.compress, [moved] * 24 + [empty] * pages))})
    table(tmp_path / "in" / "b.parquet", 7, 1_000)
    assert whole_and_collected(tmp_path, tmp_path / "out", 5, "--text-column", "body")[0] > 2


def test_a_file_that_changed_since_the_plan_is_not_read(tmp_path):
    put(tmp_path, **{"a.warc.gz": archive("packed")})
    run("extract", "in", "-o", tmp_path / "out", "--shards", 3, cwd=tmp_path)
    (tmp_path / "in" / "a.warc.gz").write_bytes(archive("packed", 9) + b"more")
    done = run("extract", "--plan", tmp_path / "out" / "plan.json", "--jobs", 1)
    assert done.returncode == 1
    assert b"has changed since the plan was made" in done.stderr


def test_what_cannot_be_cut_stays_whole(tmp_path):
    files = {"a.warc.gz": gzip.compress(archive("plain")), "b.csv": b"text\n" + b"Ann Rowe said no.\n" * 500}
    files |= {"c.parquet": b"PAR1" + bytes(9_000), "d.warc": bytes(9_000), "e.warc.gz": b"\x1f\x8b\x08" + bytes(9_000)}
    put(tmp_path, **files)
    assert whole_and_collected(tmp_path, tmp_path / "out", 9)[0] == 0


def test_a_table_larger_than_what_is_read_at_once_is_read_as_any(tmp_path, monkeypatch):
    path = tmp_path / "a.parquet"
    table(path, 20)
    whole = list(read(Input("a", path)))
    monkeypatch.setattr(pieces, "PIECE", 1_000)
    assert list(read(Input("a", path))) == whole
    assert len(whole) == 89


def test_cells_that_are_no_texts_are_read_as_those_of_json(tmp_path):
    rows = [
        {
            "body": b"Ann Rowe said that it was void.",
            "source": {"id": 1, "name": "Courier"},
            "tags": ["a", "b"],
            "told": {"date": None, "byline": "Kim Moss"},
            "picture": b"\x89PNG\0\xff",
            "share": 0.5,
        }
    ]
    parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "a.parquet")
    (document,) = read(Input("a.parquet", tmp_path / "a.parquet"))
    assert document.text == "Ann Rowe said that it was void."
    assert document.outlet == "Courier"
    assert dict(document.metadata) == {"tags": "a, b", "told.byline": "Kim Moss", "share": "0.5"}

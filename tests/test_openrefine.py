"""A sheet of people through OpenRefine and back: reconciled with Wikidata, exported as it exports, and used.

OpenRefine is not run. What it writes is taken from its exporter: CSV that quotes only what must be quoted, or all where
that is asked for; TSV without quotes; lines that end as the system's, or as one chooses; a byte-order mark only with
the encoding UTF-8-BOM. Of a cell that is matched it writes the name of the entity, not the cell.
"""

import csv
import json

import pytest

from tests.voices_store import said, store_of

KNOWN = {"Ann Roe": ("Q101", "Ann Roe (engineer)"), "John Lee": ("Q202", "John Lee")}
ADDED = "wikidata"


@pytest.fixture
def db(tmp_path):
    said_here = [
        said("Ann Roe", "one", speaker_role="engineer"),
        said("John Lee", "two"),
        said("Ann Roe and John Lee", "three"),
        said('Ray "Kid" Moe, Jr.', "four"),
    ]
    return store_of(tmp_path / "x.db", ({"outlet": "Courier"}, said_here))


@pytest.fixture
def sheet(claims, db, tmp_path):
    path = tmp_path / "people.csv"
    assert claims("speakers", db, "--sheet", path).returncode == 0
    return path


def through(sheet, path, reconciled: str = ADDED, encoding: str = "utf-8", quoting=csv.QUOTE_MINIMAL, end: str = "\n"):
    """What OpenRefine exports of a sheet whose speakers were matched: in a copy of `name`, or in `name` itself."""
    with sheet.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        number, label = KNOWN.get(row["name"], ("", row["name"]))
        row["qid"] = number
        row[reconciled] = label
    rows.reverse()  # sorted by something else
    lines = [list(rows[0]), *(list(row.values()) for row in rows)]
    with path.open("w", encoding=encoding, newline="") as stream:
        if path.suffix == ".tsv":
            stream.writelines("\t".join(line) + end for line in lines)
        else:
            csv.writer(stream, quoting=quoting, lineterminator=end).writerows(lines)
    return path


WAYS = {
    "csv": {},
    "csv of Windows": {"end": "\r\n"},
    "csv with all quoted": {"quoting": csv.QUOTE_ALL, "encoding": "utf-8-sig", "end": "\r\n"},
    "csv in which the mark of our own file was kept": {"encoding": "utf-8-sig"},
    "tsv": {"name": "people.tsv"},
}


@pytest.mark.parametrize("way", WAYS)
def test_numbers_of_wikidata_come_back_as_filter_and_column(claims, db, sheet, way):
    options = dict(WAYS[way])
    path = through(sheet, sheet.with_name(options.pop("name", "back.csv")), **options)
    done = claims("list", db, "--people", path, "--where", "qid=Q101", "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["content"]["text"] for line in done.stdout.splitlines()] == ["one", "three"]
    assert b"not applied" not in done.stderr
    told = claims("list", db, "--people", path, "--columns", "speaker,people.qid,people.wikidata", "--format", "csv")
    rows = list(csv.reader(told.stdout.decode().splitlines()))
    assert rows[1] == ["Ann Roe", "Q101", "Ann Roe (engineer)"]
    assert rows[3][1] == "Q101; Q202"
    assert rows[4] == ['Ray "Kid" Moe, Jr.', "", 'Ray "Kid" Moe, Jr.']


@pytest.mark.parametrize("way", ["csv", "csv with all quoted"])
def test_the_sheet_goes_on_from_what_came_back(claims, db, sheet, way):
    through(sheet, sheet, **WAYS[way])
    assert claims("speakers", db, "--sheet", sheet).returncode == 0
    with sheet.open(encoding="utf-8-sig", newline="") as stream:
        rows = {row["name"]: row for row in csv.DictReader(stream)}
    assert (rows["Ann Roe"]["qid"], rows["Ann Roe"][ADDED]) == ("Q101", "Ann Roe (engineer)")
    assert rows["Ann Roe"]["claims"] == "2"


def test_a_name_that_openrefine_wrote_over_is_told_and_nobody_gets_its_number(claims, db, sheet):
    path = through(sheet, sheet.with_name("back.csv"), reconciled="name")
    done = claims("list", db, "--people", path, "--columns", "speaker,people.qid", "--format", "csv")
    assert "(Ann Roe (engineer)) is of nobody here, and not applied" in done.stderr.decode()
    assert done.stdout.decode().splitlines()[1:3] == ["Ann Roe,", "John Lee,Q202"]

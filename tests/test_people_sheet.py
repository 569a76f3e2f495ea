"""A sheet of people: written, filled by hand, written again without a loss, and asked for."""

import csv
import io
import json

import pytest

from tests.voices_store import said, store_of


@pytest.fixture
def db(tmp_path):
    return store_of(
        tmp_path / "x.db",
        (
            {"outlet": "Courier"},
            [
                said("Ann Roe", "one", speaker_role="engineer"),
                said("John Lee", "two"),
                said("Ann Roe and John Lee", "three"),
                said("a clerk", "four", named=False),
            ],
        ),
    )


def sheet_of(path) -> dict[str, dict[str, str]]:
    """The rows of a sheet by name."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return {row["name"]: row for row in csv.DictReader(stream)}


def fill(path, **entries) -> None:
    """Fill in cells of a sheet: by name what goes into which column; columns may be new."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        row.update(entries.get(row["name"].split()[0], {}))
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def people(claims, db, tmp_path):
    path = tmp_path / "people.csv"
    assert claims("speakers", db, "--sheet", path).returncode == 0
    fill(path, Ann={"party": "Labour", "qid": "Q7", "town": "Redwick"}, John={"party": "Green"})
    return path


def test_a_sheet_has_a_row_a_named_speaker_and_columns_to_fill(claims, db, tmp_path):
    path = tmp_path / "people.csv"
    claims("speakers", db, "--sheet", path)
    rows = sheet_of(path)
    assert list(rows) == ["Ann Roe", "John Lee"]
    assert (rows["Ann Roe"]["id"], rows["Ann Roe"]["roles"], rows["Ann Roe"]["claims"]) == ("ann-roe", "engineer", "2")
    assert [rows["Ann Roe"][column] for column in ("qid", "party", "gender", "organisation", "note")] == [""] * 5


def test_what_is_filled_in_stays_when_the_sheet_is_written_again(claims, db, people, tmp_path):
    more = [said("Ann Roe", "five"), said("Mia Dahl", "six"), said("John Lee", "seven")]
    larger = store_of(tmp_path / "y.db", ({}, more))
    with people.open("a", encoding="utf-8") as stream:
        stream.write("gone,Old Name,person,,,3,Q9,Tory,,,kept,\n")
    done = claims("speakers", larger, "--sheet", people)
    rows = sheet_of(people)
    assert list(rows) == ["Ann Roe", "John Lee", "Old Name", "Mia Dahl"]
    assert (rows["Ann Roe"]["town"], rows["Ann Roe"]["qid"], rows["Ann Roe"]["claims"]) == ("Redwick", "Q7", "1")
    assert (rows["Old Name"]["party"], rows["Old Name"]["note"], rows["Old Name"]["claims"]) == ("Tory", "kept", "3")
    assert "row 4 (Old Name) is of nobody here, and not applied" in done.stderr.decode()
    before = people.read_bytes()
    claims("speakers", larger, "--sheet", people)
    assert people.read_bytes() == before


def test_a_formula_and_a_semicolon_survive(claims, db, people):
    fill(people, Ann={"note": "=1+1", "organisation": 'a;"b",c'})
    for _ in range(2):
        claims("speakers", db, "--sheet", people)
    listed = claims("speakers", db, "--people", people, "--format", "json").stdout
    told = {one["speaker"]: one["people"] for one in json.loads(listed)}
    assert told["Ann Roe"]["note"] == "=1+1"
    assert told["Ann Roe"]["organisation"] == 'a;"b",c'


def test_speakers_are_found_by_what_the_sheet_tells(claims, db, people):
    listed = claims("list", db, "--people", people, "--where", "party=labour", "--format", "jsonl").stdout
    assert [json.loads(line)["content"]["text"] for line in listed.splitlines()] == ["one", "three"]
    both = claims(
        "list", db, "--people", people, "--where", "party=Labour", "--where", "town=Rome", "--format", "jsonl"
    )
    assert both.stdout == b""
    speakers = claims("speakers", db, "--people", people, "--where", "people.party=GREEN", "--format", "jsonl").stdout
    assert [json.loads(line)["speaker"] for line in speakers.splitlines()] == ["John Lee"]


def test_columns_of_the_sheet_stand_beside_those_of_claims(claims, db, people):
    options = ("--people", people, "--columns", "speaker,people.party,people.town", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(claims("list", db, *options).stdout.decode())))
    assert [row["people.party"] for row in rows] == ["Labour", "Green", "Labour; Green", ""]
    assert rows[0]["people.town"] == "Redwick"


@pytest.mark.parametrize("suffix", ["xlsx", "parquet", "md", "tsv"])
def test_columns_of_the_sheet_go_into_every_format_with_columns(claims, db, people, tmp_path, suffix):
    path = tmp_path / f"out.{suffix}"
    done = claims("list", db, "--people", people, "--columns", "speaker,people.qid", "-o", path)
    assert done.returncode == 0, done.stderr
    assert path.stat().st_size


def test_claims_are_counted_by_what_the_sheet_tells(claims, db, people):
    options = ("--people", people, "--by", "people.party", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(claims("stats", db, *options).stdout.decode())))
    assert {row["name"]: row["claims"] for row in rows[1:]} == {"Green": "2", "Labour": "2"}
    compared = claims("stats", db, "--people", people, "--compare", "people.party", "--format", "csv").stdout.decode()
    assert compared.startswith("section,name,Green,Labour\n")


def test_claims_yaml_names_the_sheet(claims, db, people, tmp_path):
    (tmp_path / "claims.yaml").write_text("people: people.csv\n", encoding="utf-8")
    done = claims("list", db, "--where", "party=Green", "--format", "jsonl", cwd=tmp_path)
    assert len(done.stdout.splitlines()) == 2
    people.unlink()
    assert claims("speakers", db, "--sheet", "people.csv", cwd=tmp_path).returncode == 0
    assert people.exists()


def test_a_row_is_found_by_its_name_where_its_id_is_gone(claims, db, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("name;party\nJohn Lee;Green\nLee;Tory\nNobody Known;Tory\n", encoding="utf-8")
    done = claims("stats", db, "--people", path, "--by", "people.party", "--format", "csv")
    assert b"people.party,Green" in done.stdout
    assert b"Tory" not in done.stdout
    assert "rows 3 (Lee), 4 (Nobody Known) are of nobody here, and not applied" in done.stderr.decode()


def test_rows_of_several_speakers_or_that_contradict_each_other_are_told_and_not_applied(claims, tmp_path):
    clerk = said("a clerk", "one", named=False)
    db = store_of(tmp_path / "x.db", ({}, [clerk]), ({}, [clerk, said("Ann Roe", "three")]))
    path = tmp_path / "mine.csv"
    path.write_text("name,party\na clerk,A\nAnn Roe,B\nAnn Roe,C\n", encoding="utf-8")
    done = claims("list", db, "--people", path, "--columns", "speaker,people.party", "--format", "csv")
    told = "rows 2 (a clerk), 3 (Ann Roe), 4 (Ann Roe) are of more than one speaker or row, and not applied"
    assert told in done.stderr.decode()
    assert done.stdout.decode().splitlines()[1:] == ["a clerk,", "a clerk,", "Ann Roe,"]


def test_an_id_that_now_is_somebody_elses_is_not_followed(claims, db, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(
        "id,name,kind,party\nann-roe,Annabel Roe,person,X\njohn-lee,John Lee,organization,Y\n", encoding="utf-8"
    )
    done = claims("stats", db, "--people", path, "--by", "people.party", "--format", "csv")
    assert b"people.party" not in done.stdout
    assert b"rows 2 (Annabel Roe), 3 (John Lee) are of nobody here" in done.stderr


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("party,qid\nA,Q1\n", "has no column that names speakers"),
        ("name,party,party\nA,B,C\n", "has two columns 'party'"),
        ("name,,party\nA,B,C\n", "has a column without a name"),
        ("name,party\nA,B,C\n", "row 2 of {path} has more cells than columns"),
        ('name,party\n"A,B\n', "is never closed"),
        ("", "has no column that names speakers"),
    ],
)
@pytest.mark.parametrize("option", ["--people", "--sheet"])
def test_a_sheet_that_cannot_be_read_is_told_and_stays_as_it_is(claims, db, tmp_path, text, message, option):
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    done = claims("speakers", db, option, path)
    assert done.returncode == 2
    assert message.format(path=path) in done.stderr.decode()
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--where", "party=Green"], "--where asks a sheet of people"),
        (["--people", "{people}", "--where", "party"], "--where 'party' is no column with a value"),
        (["--people", "{people}", "--where", "prty=x"], "did you mean 'party'?"),
        (["--people", "nowhere.csv"], "nowhere.csv"),
        (["--sheet", "people.xlsx"], "people.xlsx is no name for a sheet of people"),
        (["--sheet", "people.csv", "-o", "x.csv"], "--sheet writes a sheet and nothing else"),
    ],
)
def test_what_cannot_be_asked_is_told(claims, db, people, options, message):
    done = claims("speakers", db, *(option.format(people=people) for option in options))
    assert done.returncode == 2
    assert message in done.stderr.decode()

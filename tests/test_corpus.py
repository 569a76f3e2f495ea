"""Who a speaker is across documents: joined where names say so, listed where they only may, never against the text."""

import csv
import io
import json
from dataclasses import replace

import pytest

from claims_cli.corpus import Corpus
from claims_cli.rulebook import load


@pytest.fixture
def corpus_of(claims_of):
    """The speakers of several texts, each a document of its own."""

    def run(*texts: str, aliases=None) -> dict:
        found = [claim for text in texts for claim in claims_of(text)]
        return {one.name: one for one in Corpus(found, load(), aliases).identities}

    return run


def test_a_name_by_ear_is_one_speaker(corpus_of):
    found = corpus_of("General Esmail Qaani said the port was safe.\n", "General Ismail Qani said the port was open.\n")
    assert len(found) == 1
    (one,) = found.values()
    assert (one.claims, set(one.spellings)) == (2, {"Esmail Qaani", "Ismail Qani"})


def test_a_surname_that_one_full_name_has_is_that_speaker(corpus_of):
    found = corpus_of("Ann Lee said the bridge was unsafe.\n", "Ms. Lee said the bridge would close.\n")
    assert list(found) == ["Ann Lee"]
    assert found["Ann Lee"].id == "ann-lee"


def test_a_surname_that_two_have_is_listed_and_not_joined(corpus_of):
    found = corpus_of(
        "Ann Lee said the bridge was unsafe.\n", "John Lee said it was safe.\n", "Mayor Lee said it was closed.\n"
    )
    assert {"Ann Lee", "John Lee", "Lee"} <= set(found)
    assert {name for name, _ in found["Lee"].perhaps} == {"Ann Lee", "John Lee"}


def test_names_that_only_look_alike_are_listed(corpus_of):
    found = corpus_of("Ann Anderson said the bridge was unsafe.\n", "Ann Andersen said the ferry was late.\n")
    assert set(found) == {"Ann Anderson", "Ann Andersen"}
    assert found["Ann Anderson"].perhaps == [("Ann Andersen", "spelled nearly alike")]


def test_a_role_in_common_tells_that_names_alike_are_one(corpus_of):
    found = corpus_of(
        "Defense Minister Mohammed Farid said the port was safe.\n",
        "Defense Minister Muhammad Farid said it was open.\n",
    )
    assert len(found) == 1


def test_unnamed_speakers_of_two_documents_stay_two(claims_of):
    found = claims_of("A senior official said the bridge was unsafe.\n")
    found += claims_of("A senior official said the ferry was late.\n")
    two = Corpus(found, load()).identities
    assert [one.name for one in two] == ["A senior official"] * 2
    assert two[0].id != two[1].id
    assert not two[0].perhaps


def test_aliases_join_what_no_spelling_shows(corpus_of):
    texts = "The Harbour Party said the port was safe.\n", "The Blue List said the port was closed.\n"
    assert len(corpus_of(*texts)) == 2
    found = corpus_of(*texts, aliases={"Harbour Party": ("Blue List",)})
    assert list(found) == ["Harbour Party"]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text("General Esmail Qaani said the port was safe.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Qani said the port was open. Ann Roe said it was not.\n", encoding="utf-8")
    return tmp_path


def test_one_spelling_finds_all(claims, folder):
    done = claims("extract", str(folder), "--speaker", "Qani", "--format", "jsonl")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["speaker"] for row in rows] == ["Esmail Qaani", "Qani"]
    assert all(row["speaker_id"] is None for row in rows)


def test_an_alias_finds_all(claims, folder):
    (folder / "claims.yaml").write_text("aliases:\n  Quds chief: [Esmail Qaani, Qani]\n", encoding="utf-8")
    done = claims("extract", ".", "--speaker", "quds chief", "--format", "jsonl", cwd=folder)
    assert len(done.stdout.splitlines()) == 2, done.stderr


def test_speakers_are_listed_in_every_format(claims, folder):
    table = claims("speakers", str(folder)).stdout.decode().splitlines()
    assert table[1].split("\t")[:5] == ["Esmail Qaani", "person", "2", "0", "2"]
    rows = list(csv.DictReader(io.StringIO(claims("speakers", str(folder), "--format", "csv").stdout.decode())))
    assert [row["speaker"] for row in rows] == ["Esmail Qaani", "Ann Roe"]
    listed = json.loads(claims("speakers", str(folder), "--format", "json").stdout)
    lines = claims("speakers", str(folder), "--format", "jsonl").stdout.splitlines()
    assert listed == [json.loads(line) for line in lines]
    assert listed[0]["spellings"] == ["Esmail Qaani", "Qani"]
    assert len(listed[0]["documents"]) == 2
    path = folder / "people.csv"
    claims("speakers", str(folder), "-o", str(path))
    assert path.read_bytes().startswith(b"\xef\xbb\xbfid,speaker")


def test_of_joint_speakers_only_the_one_asked_for_is_listed(claims, folder):
    (folder / "c.txt").write_text("Ann Roe and Jim Lee said that the port was safe.\n", encoding="utf-8")
    done = claims("speakers", str(folder), "--speaker", "roe")
    assert [line.split("\t")[:4:2] for line in done.stdout.decode().splitlines()[1:]] == [["Ann Roe", "2"]]


def test_speakers_cannot_be_written_as_what_there_is_no_writer_for(claims, folder):
    done = claims("speakers", str(folder), "-o", str(folder / "people.parquet"))
    assert done.returncode == 2
    assert b"parquet" in done.stderr
    assert not (folder / "people.parquet").exists()


def test_unnamed_speakers_of_two_rows_of_one_file_stay_two(claims_of):
    (claim,) = claims_of("A senior official said the bridge was unsafe.\n")
    rows = [replace(claim, doc=f"x.csv#{row}", row=row) for row in (2, 3)]
    found = Corpus(rows, load()).identities
    assert [(one.claims, one.documents) for one in found] == [(1, {"x.csv#2"}), (1, {"x.csv#3"})]
    assert len({one.id for one in found}) == 2

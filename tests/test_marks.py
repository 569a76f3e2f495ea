"""What people made of claims: kept through later runs, shown everywhere, counted by rule, brought together."""

import csv
import io
import json

import pytest

STORY = "“The bridge is unsafe,” said Ann Roe.\n\nJohn Lee said that the ferry was late. Ann Roe denied it.\n"


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


@pytest.fixture
def db(here, story, tmp_path):
    path = tmp_path / "claims.db"
    here("extract", story, "--db", path)
    return path


def whole(here, db, *options):
    return here("list", db, *options, "--format", "csv", "--columns", "all").stdout


def rows(here, db, *options):
    return {row["content"]: row for row in csv.DictReader(io.StringIO(whole(here, db, *options)))}


def ids(here, db):
    return {content: row["id"] for content, row in rows(here, db).items()}


def test_a_mark_is_shown_in_every_command(here, db):
    number = ids(here, db)["“The bridge is unsafe,”"]
    told = here("mark", number[:6], "wrong", "it was", "his deputy", "--by", "Ann", "--db", db).stderr
    assert "Ann Roe: “The bridge is unsafe,”" in told
    row = rows(here, db)["“The bridge is unsafe,”"]
    assert (row["mark"], row["note"]) == ("wrong", "Ann: it was his deputy")
    assert "wrong: Ann: it was his deputy" in here("list", db).stdout
    assert "wrong: it was his deputy (Ann, 20" in here("show", number, db).stdout
    (exported,) = here("list", db, "--marked", "wrong", "--marks", "--format", "jsonl").stdout.splitlines()
    assert json.loads(exported)["mark"] == "wrong"
    assert len(rows(here, db, "--marked", "none")) == 2


def test_verdicts_and_notes_are_one_person_s_and_can_be_changed(here, db):
    number = ids(here, db)["“The bridge is unsafe,”"]
    for words, by in ((["--note", "ask her"], "Ann"), (["right"], "Ann"), (["wrong"], "Bob")):
        here("mark", number, *words, "--by", by, "--db", db)
    row = rows(here, db)["“The bridge is unsafe,”"]
    assert (row["mark"], row["note"]) == ("disputed", "Ann: ask her")
    here("mark", number, "right", "--by", "Bob", "--db", db)
    assert rows(here, db)["“The bridge is unsafe,”"]["mark"] == "right"
    here("mark", number, "--remove", "--by", "Ann", "--db", db)
    row = rows(here, db)["“The bridge is unsafe,”"]
    assert (row["mark"], row["note"]) == ("right", "")


@pytest.mark.parametrize(
    ("words", "message"),
    [([], "a mark says something"), ([" "], "a mark says something"), (["right", "--remove"], "--remove takes a mark")],
)
def test_a_mark_that_says_nothing_is_refused(here, db, words, message):
    number = ids(here, db)["“The bridge is unsafe,”"]
    assert message in here("mark", number, *words, "--db", db, code=2).stderr


def test_a_mark_stays_through_later_runs_as_long_as_its_words_stand(here, db, story):
    known = ids(here, db)
    here("mark", known["“The bridge is unsafe,”"], "right", "--by", "Ann", "--db", db)
    here("mark", known["that the ferry was late"], "wrong", "--by", "Ann", "--db", db)
    story.write_text(f"A correction was made on Monday.\n\n{STORY.replace('ferry', 'tram')}", encoding="utf-8")
    here("extract", story, "--db", db)
    found = rows(here, db)
    assert found["“The bridge is unsafe,”"]["mark"] == "right"
    assert found["“The bridge is unsafe,”"]["id"] != known["“The bridge is unsafe,”"]
    assert found["that the tram was late"]["mark"] == ""
    story.write_text(STORY, encoding="utf-8")
    here("extract", story, "--db", db)
    assert rows(here, db)["that the ferry was late"]["mark"] == "wrong", "the old text is back, and so is its mark"


def test_marks_are_precision_by_rule(here, db, tmp_path):
    assert "nothing in" in here("evaluate", "--marks", db, code=2).stderr
    known = rows(here, db)
    for content, verdict in (
        ("“The bridge is unsafe,”", "right"),
        ("that the ferry was late", "wrong"),
        ("it", "right"),
    ):
        here("mark", known[content]["id"], verdict, "--db", db)
    here("mark", known["it"]["id"], "wrong", "--by", "Bob", "--db", db)
    table = [line.split("\t") for line in here("evaluate", "--marks", db).stdout.splitlines()]
    assert table[1] == ["all rules", "0.500", "1", "1", "1"]
    by_rule = {row[0]: row[1:] for row in table[2:]}
    assert by_rule[known["that the ferry was late"]["rule"]][2] == "1"
    here("evaluate", "--marks", db, "-o", tmp_path / "marks.json")
    figures = json.loads((tmp_path / "marks.json").read_text(encoding="utf-8"))["rules"]
    assert figures["all rules"] == {"precision": 0.5, "right": 1, "wrong": 1, "disputed": 1}
    assert "give a folder of annotated texts, or --marks, or --sample" in here("evaluate", code=2).stderr


def test_marks_are_judged_by_the_thresholds_of_claims_yaml(here, db, tmp_path, monkeypatch):
    confidences = {content: float(row["confidence"]) for content, row in rows(here, db).items()}
    assert len(set(confidences.values())) > 1
    for number in ids(here, db).values():
        here("mark", number, "right", "--db", db)
    threshold = max(confidences.values())
    monkeypatch.chdir(tmp_path)
    (tmp_path / "claims.yaml").write_text(f"thresholds: {{threshold: {threshold}, strict: {threshold}}}\n", "utf-8")
    expected = sum(confidence >= threshold for confidence in confidences.values())
    for options in ([], ["--strict"]):
        table = [line.split("\t") for line in here("evaluate", "--marks", db, *options).stdout.splitlines()]
        assert table[1] == ["all rules", "1.000", str(expected), "0", "0"]
    everything = here("evaluate", "--marks", db, "--no-config").stdout.splitlines()[1].split("\t")
    assert everything[2] == str(len(confidences))


@pytest.fixture
def two(here, db, tmp_path, monkeypatch):
    """Two people's stores: one text is the same, one has another text under the same path."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "same.txt").write_text("Mayor Gita Shah said the port was safe.\n", encoding="utf-8")
    (tmp_path / "other.txt").write_text("Ms. Shah said the port was open.\n", encoding="utf-8")
    here("extract", "same.txt", "other.txt", "--db", "ann.db")
    (tmp_path / "other.txt").write_text("Omar Diaz said that it snowed.\n", encoding="utf-8")
    (tmp_path / "more.txt").write_text("Ms. Shah said the tram was new.\n", encoding="utf-8")
    here("extract", "same.txt", "other.txt", "more.txt", "--db", "bob.db")
    return "ann.db", "bob.db"


def test_two_stores_become_one(here, two, tmp_path):
    said = "the port was safe"
    for db, verdict, by in ((two[0], "right", "Ann"), (two[1], "wrong", "Bob")):
        here("mark", ids(here, db)[said], verdict, "--by", by, "--db", db)
    before = [whole(here, db) for db in two]
    files = set(tmp_path.iterdir())
    done = here("merge", *two, "-o", "both.db")
    assert set(tmp_path.iterdir()) - files == {tmp_path / "both.db"}
    assert "Documents: 3 added, 1 the same, 1 renamed. Written to both.db." in done.stderr
    found = rows(here, "both.db")
    assert {row["doc"] for row in found.values()} == {"same.txt", "other.txt", "other.txt (bob.db)", "more.txt"}
    assert found[said]["mark"] == "disputed"
    assert len({found[one]["speaker_id"] for one in (said, "the port was open", "the tram was new")}) == 1
    assert [whole(here, db) for db in two] == before, "the two are as they were"


def test_merging_again_adds_nothing(here, two):
    here("merge", *two)
    once = whole(here, two[0])
    here("merge", *two)
    assert whole(here, two[0]) == once
    assert "--db" not in here("extract", "same.txt", "--db", two[0]).stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ann.db"], "merging takes two stores or more"),
        (["ann.db", "./ann.db"], "merging takes two stores or more"),
        (["ann.db", "same.txt"], "same.txt is no store of claims"),
        (["ann.db", "bob.db", "-o", "same.txt"], "same.txt exists"),
    ],
)
def test_what_cannot_be_merged_is_told(here, two, arguments, message):
    assert message in here("merge", *arguments, code=2).stderr


def test_several_sources_are_asked_together(here, two, tmp_path):
    (tmp_path / "third.txt").write_text("Gita Shah said the airport was closed.\n", encoding="utf-8")
    found = rows(here, two[0], two[1], "third.txt", "--speaker", "shah")
    assert set(found) == {"the port was safe", "the port was open", "the tram was new", "the airport was closed"}


def saved(tmp_path, *marks):
    """A file as the page's Save marks writes it."""
    path = tmp_path / "claims-marks.jsonl"
    lines = [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in marks]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def judged(number, **more):
    return {"id": number, "verdict": None, "speaker": None, "note": None, "at": "2026-01-02T03:04:05.678Z"} | more


def test_marks_of_a_page_are_taken_over_and_again_without_change(here, db, tmp_path):
    known = ids(here, db)
    path = saved(
        tmp_path,
        judged(known["“The bridge is unsafe,”"], verdict="right", note="I was\nthere"),
        judged(known["that the ferry was late"], verdict="wrong", speaker="Omar Diaz"),
        judged(known["it"], note="ask “her” 😀"),
    )
    for _ in range(2):
        told = here("mark", "--from", path, db, "--by", "Ann").stderr
        assert told.startswith("3 marks of ")
        assert told.rstrip().endswith("(Ann)")
        found = rows(here, db)
        assert (found["“The bridge is unsafe,”"]["mark"], found["“The bridge is unsafe,”"]["note"]) == (
            "right", "Ann: I was there",
        )  # fmt: skip
        assert (found["that the ferry was late"]["speaker"], found["that the ferry was late"]["mark"]) == (
            "Omar Diaz", "wrong",
        )  # fmt: skip
        assert found["it"]["note"] == "Ann: ask “her” 😀"
    assert "1 mark of" not in here("mark", "--from", path, "--db", db, "--by", "Bob").stderr


GOOD = "0123456789abcdef"
DAMAGED = [
    ("{", "line 2 is no JSON"),
    ("[" * 100_000, "line 2 is no JSON"),
    ("[]", "line 2 is no mark"),
    ("7", "line 2 is no mark"),
    (judged("0123"), "line 2 has no id"),
    (judged(None), "line 2 has no id"),
    (judged(GOOD, verdict="rigth"), "line 2 has a verdict that is not right or wrong"),
    (judged(GOOD, verdict=["right"]), "line 2 has a verdict"),
    (judged(GOOD, note=7), "line 2 has a note that is no text"),
    (judged(GOOD, note="x" * 20_000), "line 2 has a note"),
    (judged(GOOD, speaker={}), "line 2 has a speaker that is no text"),
    (judged(GOOD, note="  "), "line 2 says nothing of its claim"),
    (judged(GOOD, verdict="right", at="yesterday"), "line 2 does not tell when"),
    (judged(GOOD, verdict="right", at=None), "line 2 does not tell when"),
    (judged(GOOD, verdict="right", by="Eve"), "line 2 has the unknown field 'by'"),
]


@pytest.mark.parametrize(("line", "message"), DAMAGED)
def test_a_damaged_file_of_marks_is_told_by_line_and_changes_nothing(here, db, tmp_path, line, message):
    known = ids(here, db)["it"]
    path = saved(tmp_path, judged(known, verdict="right"), line, judged(known, note="x"))
    told = here("mark", "--from", path, db, code=1).stderr
    assert message in told
    assert "Traceback" not in told
    assert rows(here, db)["it"]["mark"] == ""


def test_a_mark_of_a_claim_that_the_store_has_not_is_named_and_nothing_is_applied(here, db, tmp_path):
    known = ids(here, db)["it"]
    path = saved(tmp_path, judged(known, verdict="right"), judged(GOOD, verdict="wrong"))
    told = here("mark", "--from", path, db, code=2).stderr
    assert f"1 of 2 marks are of claims that the store has not: {GOOD} (line 2)" in told
    assert rows(here, db)["it"]["mark"] == ""


def test_what_goes_with_a_file_of_marks_is_a_store_alone(here, db, tmp_path):
    path = saved(tmp_path, judged(GOOD, verdict="right"))
    assert "nothing else" in here("mark", "--from", path, db, "right", code=2).stderr
    assert "nothing else" in here("mark", "--from", path, "--remove", "--db", db, code=2).stderr
    assert "no store is named" in here("mark", "--from", path, code=2).stderr
    assert "is not there" in here("mark", "--from", tmp_path / "gone.jsonl", db, code=1).stderr
    (tmp_path / "bytes.jsonl").write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in here("mark", "--from", tmp_path / "bytes.jsonl", db, code=1).stderr
    assert "holds no marks" in here("mark", "--from", saved(tmp_path), db, code=1).stderr
    assert "no claim is named" in here("mark", "--db", db, code=2).stderr

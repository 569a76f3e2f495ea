"""Statements of different speakers of which one denies, contradicts or questions the other."""

import csv
import io
import json

import pytest

import claims_cli

DISPUTED = {
    "denial": (
        "Residents say the company dumped waste into the Arle river in March. "
        "Northgate Chemicals denied dumping waste into the river."
    ),
    "negation": (
        "Dana Reyes, the county inspector, said the plant is safe. "
        "Tom Pike, a union leader, said the plant is not safe."
    ),
    "opposite": "Lena Fox, a teacher, said the school levy is unfair. David Lang said the school levy is fair.",
    "number": (
        "Police said 12 people were injured in the crash at Elm Street. "
        "The hospital said 15 people were injured in the crash."
    ),
    "question": (
        "Councillor Mary Holt questioned whether the bridge was safe. Engineer John Lee said the bridge was safe."
    ),
    "stance": "David Lang said he supports the school levy. Mary Holt said she opposes the school levy.",
    "not true": "The senator said it was not true that the fund lost money. Auditors said the fund lost money.",
    "accusation": "Prosecutors accused Peter Crane of taking bribes from developers. Crane denied taking bribes.",
    "no evidence": (
        "The ministry said the vaccine was effective. "
        "Dr. Omar Haddad said there was no evidence that the vaccine was effective."
    ),
    "reply": (
        "The union had left the talks, said Ann Roe, the minister. "
        "John Lee, the leader of the union, denied that his side had left any talks."
    ),
    "announced": (
        "Ann Roe said the fund was meant for a new stadium. The mayor, David Lang, rejected that. "
        "“We will build houses,” Lang said."
    ),
    "a least": (
        "Ann Roe said the bridge would cost 90 million dollars. "
        "John Lee said it would cost at least 140 million dollars."
    ),
    "more and less": "Ann Roe said nurses earn more than teachers. John Lee said they earn less than teachers.",
    "nobody": "Ann Roe said the company had warned the town. John Lee said nobody had warned the town.",
    "we": (
        "“We never sold customer data,” said Brightline chief executive Paula Stone. "
        "A former engineer said Brightline sold customer data to advertisers."
    ),
}
AGREED = {
    "the same": "Dana Reyes said the plant is safe. Tom Pike, a union leader, said the plant is safe.",
    "the same speaker": "Dana Reyes said the plant is safe. Reyes later said the plant is not safe.",
    "another subject": "Dana Reyes said the plant is safe. Tom Pike, a union leader, said the school is not safe.",
    "a condition": "Dana Reyes said the plant is safe. Tom Pike said he will leave if the plant is not safe.",
    "not only": "Dana Reyes said the plant is safe. Tom Pike said the plant is not only safe but clean.",
    "both deny": "Northgate denied dumping waste into the river. Tom Pike denied dumping waste into the river.",
    "a bound": (
        "Police said at least 12 people were injured in the crash. "
        "The hospital said 15 people were injured in the crash."
    ),
    "what others say": (
        "Dana Reyes said the plant is safe. Tom Pike said some residents believe the plant is not safe."
    ),
    "another time": (
        "Ann Roe said the bridge will open in May. John Lee told reporters: “The bridge was not open in May.”"
    ),
    "a circumstance": (
        "Ann Roe said the remarks were made in a private letter. "
        "John Lee said the remarks were not made in public speeches."
    ),
    "refused": "Ann Roe said the fund refused to name its donors. John Lee said the donors of the fund were not named.",
    "inside": "Police said Northgate denied dumping waste into the river.",
    "for each himself": "Ann Roe said she voted for the levy. John Lee said he did not vote for the levy.",
}


def found(claims, folder, texts: dict[str, str], *options: str) -> list[dict]:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text + "\n")
    run = claims("disputes", folder, "--no-cache", "--format", "json", *options)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.mark.parametrize("name", DISPUTED)
def test_a_dispute_is_found_and_sure(name, claims, tmp_path):
    pairs = found(claims, tmp_path, {"story": DISPUTED[name]})
    assert [pair["certainty"] for pair in pairs] == ["sure"]
    assert pairs[0]["one"]["speaker"] != pairs[0]["other"]["speaker"]


@pytest.mark.parametrize("name", AGREED)
def test_what_is_no_dispute_is_not_sure(name, claims, tmp_path):
    assert not [pair for pair in found(claims, tmp_path, {"story": AGREED[name]}) if pair["certainty"] == "sure"]


def test_why_a_pair_was_found_is_told_in_its_words(claims, tmp_path):
    (pair,) = found(claims, tmp_path, {"story": DISPUTED["denial"]})
    assert (pair["kind"], pair["one"]["speaker"]) == ("denies", "Northgate Chemicals")
    assert pair["why"] == "what the other says: dumped, waste"
    assert pair["other"]["line"] == 1


def test_a_denial_that_does_not_say_what_it_denies_is_doubtful(claims, tmp_path):
    text = (
        "A former aide, Ruth Bell, alleged that Governor Vance had misused state funds. Vance denied the allegations."
    )
    (pair,) = found(claims, tmp_path, {"story": text})
    assert (pair["certainty"], pair["one"]["speaker"]) == ("doubtful", "Governor Vance") or pair[
        "certainty"
    ] == "doubtful"
    assert found(claims, tmp_path, {"story": text}, "--sure") == []


def days(folder, first: str, second: str) -> None:
    (folder / "meta.csv").write_text(f"path,outlet,date\na.txt,Herald,{first}\nb.txt,Post,{second}\n")
    (folder / "a.txt").write_text("The harbor authority said the ferry Marigold carried 240 passengers in March.\n")
    (folder / "b.txt").write_text("The ferry company said the Marigold carried 198 passengers in March.\n")


@pytest.mark.parametrize(("second", "number"), [("2024-03-09", 1), ("2024-06-01", 0)])
def test_documents_of_days_near_by_are_compared(second, number, claims, tmp_path):
    days(tmp_path, "2024-03-01", second)
    options = ("--meta", tmp_path / "meta.csv", "--include", "*.txt", "--format", "jsonl", "--no-cache")
    run = claims("disputes", tmp_path, *options)
    pairs = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(pairs) == number
    if pairs:
        assert (pairs[0]["kind"], pairs[0]["days"]) == ("other number", 8)
        assert "“240 passengers” against “198 passengers”" in pairs[0]["why"]


def test_a_speaker_is_asked_for_and_the_other_side_stays(claims, tmp_path):
    texts = {"story": DISPUTED["negation"], "other": DISPUTED["opposite"]}
    (pair,) = found(claims, tmp_path, texts, "--speaker", "Pike")
    assert {pair["one"]["speaker"], pair["other"]["speaker"]} == {"Dana Reyes", "Tom Pike"}


def test_the_same_words_in_two_papers_are_one_dispute(claims, tmp_path):
    texts = {"a": DISPUTED["negation"], "b": "PLANT\n\n" + DISPUTED["negation"]}
    (pair,) = found(claims, tmp_path, texts, "--duplicates", "keep")
    assert len(pair["again"]) == 1


def test_csv_has_both_sides_in_a_row(claims, tmp_path):
    (tmp_path / "story.txt").write_text(DISPUTED["stance"] + "\n")
    run = claims("disputes", tmp_path, "--format", "csv", "--no-cache")
    (row,) = csv.DictReader(io.StringIO(run.stdout.decode()))
    assert {row["speaker"], row["other_speaker"]} == {"David Lang", "Mary Holt"}
    assert row["certainty"] == "sure"


def test_a_page_shows_text_and_runs_nothing(claims, tmp_path):
    (tmp_path / "<i>.txt").write_text(DISPUTED["negation"] + "\n")
    run = claims("disputes", tmp_path / "<i>.txt", "-o", tmp_path / "disputes.html", "--no-cache")
    assert run.returncode == 0, run.stderr
    page = (tmp_path / "disputes.html").read_text()
    assert "<i>" not in page
    assert "Content-Security-Policy" in page
    assert "Tom Pike" in page


def test_python_programs_get_the_same_disputes(claims, tmp_path):
    (tmp_path / "story.txt").write_text(DISPUTED["negation"] + "\n")
    assert claims("extract", tmp_path / "story.txt", "--db", tmp_path / "claims.db", "--no-cache").returncode == 0
    (pair,) = claims_cli.disputes(tmp_path / "claims.db")
    assert {pair.one.name, pair.other.name} == {"Dana Reyes", "Tom Pike"}
    assert (pair.contrast.kind, pair.contrast.sure) == ("contradicts", True)
    assert claims_cli.disputes(tmp_path / "claims.db", types="question") == []


def test_nothing_found_is_no_error(claims, tmp_path):
    (tmp_path / "story.txt").write_text("Ann Roe said the plant is safe.\n")
    run = claims("disputes", tmp_path / "story.txt", "--no-cache")
    assert (run.returncode, run.stdout.count(b"\n")) == (0, 1)
    assert b"0 sure pairs, 0 doubtful" in run.stderr

"""Two runs compared."""

import json
from dataclasses import replace

import pytest

import claims_cli
from claims_cli.claim import Span

TEXT = "Ann Roe said the bridges were unsafe. John Lee said that the ferry was late.\n"


@pytest.fixture
def runs(here, tmp_path):
    """Two exports of one text: a speaker is another, a claim is gone."""
    here("extract", write(tmp_path, TEXT), "--db", tmp_path / "a.db", "-q")
    here("list", tmp_path / "a.db", "-o", tmp_path / "a.jsonl", "-q")
    first, _ = (json.loads(line) for line in (tmp_path / "a.jsonl").read_text().splitlines())
    first["speaker"], first["speakers"] = "Bob Poe", ["Bob Poe"]
    (tmp_path / "b.jsonl").write_text(json.dumps(first) + "\n")
    return tmp_path


def write(folder, text):
    path = folder / "story.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_diff_tells_what_is_gone_and_whose_speaker_changed(here, runs):
    rows = [
        json.loads(line)
        for line in here("diff", runs / "a.db", runs / "b.jsonl", "--format", "jsonl", "-q").output.splitlines()
    ]
    assert [(row["change"], row["fields"]) for row in rows] == [("changed", ["speaker"]), ("gone", [])]
    assert (rows[0]["speaker_before"], rows[0]["speaker"]) == ("Ann Roe", "Bob Poe")
    told = here("diff", runs / "a.db", runs / "b.jsonl").output
    assert "2 claims: 0 new, 1 gone, 1 changed (of 1 the speaker), 0 same." in told
    assert "Speakers only in the second (1): Bob Poe." in told


def test_diff_counts_by_rule_and_ends_as_git_does_where_asked(here, runs):
    by_rule = here("diff", runs / "a.db", runs / "b.jsonl", "--by", "rule", "--format", "csv", "-q").output
    assert by_rule.splitlines()[0] == "name,before,after,new,gone,changed"
    here("diff", runs / "a.db", runs / "b.jsonl", "--exit-code", code=1)
    assert "2 same" in here("diff", runs / "a.db", runs / "a.jsonl", "--exit-code").output


def test_a_changed_text_is_told_and_its_claims_found_by_their_words(here, tmp_path):
    here("extract", write(tmp_path, TEXT), "--db", tmp_path / "a.db", "-q")
    here("extract", write(tmp_path, "It rained.\n\n" + TEXT), "--db", tmp_path / "b.db", "-q")
    told = here("diff", tmp_path / "a.db", tmp_path / "b.db").output
    assert "Another text than before" in told
    assert "2 claims: 0 new, 0 gone, 0 changed, 2 same." in told


@pytest.mark.parametrize("name", ["none.db", "story.txt"])
def test_what_is_no_run_is_refused_with_a_remedy(here, runs, name):
    assert "give what claims extract wrote" in here("diff", runs / "a.db", runs / name, code=2).output


def test_a_claim_with_longer_words_is_the_same_claim_changed():
    before = claims_cli.extract_text(TEXT)
    longer = Span.of(TEXT, ((before[0].content.spans[0][0], before[0].content.spans[0][1] - 7),))
    after = [replace(before[0], id="f" * 16, content=longer), before[1]]
    found = claims_cli.compare(before, after)
    assert [(one.kind, one.fields) for one in found.differences] == [("changed", ("content",)), ("same", ())]


def test_python_compares_stores_as_the_command_does(runs):
    found = claims_cli.compare(runs / "a.db", runs / "a.db")
    assert {one.kind for one in found.differences} == {"same"}
    lines = (runs / "b.jsonl").read_text(encoding="utf-8").splitlines()
    after = [claims_cli.Claim.from_json(json.loads(line)) for line in lines]
    changed = claims_cli.compare(str(runs / "a.db"), after)
    assert [(one.kind, one.fields) for one in changed.differences] == [("changed", ("speaker",)), ("gone", ())]
    assert claims_cli.compare(runs / "a.db", [], types="thought").differences == ()


def test_what_is_no_store_is_refused_in_python_too(runs):
    with pytest.raises(claims_cli.ClaimsError):
        claims_cli.compare(runs / "none.db", [])

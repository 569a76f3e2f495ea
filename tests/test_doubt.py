"""How a speaker is known, how sure that is, and why: in the record, in filters, on screens; and set right by hand."""

import json
import sqlite3

import pytest

import claims_cli
from claims_cli.claim import BASES, INFERRED
from claims_cli.rulebook import load
from claims_cli.store.schema import STEPS, VERSION
from tests.command import ROOT

TEXT = (
    "Mayor Ada Bruun opened the bridge. David Lang disagreed. “It lives,” he said. The mayor said it was safe.\n\n"
    "A senior official, who asked not to be named because he was not authorized to speak, said the levy would rise "
    "and added that nobody knew. Nora Wilkins shook her head. It is said that they left. Lang said it was late. "
    "The ferry firm cast the levy as unfair.\n"
)


@pytest.fixture(scope="module")
def rows(claims, tmp_path_factory):
    path = tmp_path_factory.mktemp("doubt") / "story.txt"
    path.write_text(TEXT, encoding="utf-8")
    done = claims("extract", str(path), "--format", "jsonl")
    return {row["content"]["text"]: row for row in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize(
    ("content", "speaker", "basis"),
    [
        ("“It lives,”", "David Lang", "pronoun"),
        ("it was safe", "Ada Bruun", "description"),
        ("the levy would rise", "A senior official", "words"),
        ("that nobody knew", "A senior official", "carried"),
        ("that they left", None, "none"),
        ("it was late", "David Lang", "short-name"),
    ],
)
def test_the_record_tells_how_the_speaker_is_known(rows, content, speaker, basis):
    row = rows[content]
    assert (row["speaker"], row["speaker_basis"]) == (speaker, basis)
    assert 0 < row["speaker_confidence"] <= 1


def test_the_pronoun_is_what_the_text_says_and_nothing_else(rows):
    assert rows["“It lives,”"]["pronoun"] == "he"
    assert rows["it was safe"]["pronoun"] is None


def test_the_words_that_say_why_a_source_is_not_named_are_told_and_are_no_claim(rows):
    why = "who asked not to be named because he was not authorized to speak"
    for content in ("the levy would rise", "that nobody knew"):
        span = rows[content]["anonymity"]
        assert span["text"] == why
        ((start, end),) = span["spans"]
        assert TEXT[start:end] == why
    assert not any("named" in content for content in rows)


@pytest.mark.parametrize(
    "text",
    [
        "A diplomat, speaking on condition of anonymity, said the talks had failed.",
        "The talks had failed, said a diplomat who declined to be named.",
        "A diplomat said the talks had failed. The diplomat spoke on condition of anonymity because of the rules.",
        "“They have failed,” said a diplomat, who requested anonymity to discuss the talks.",
    ],
)
def test_anonymity_is_found_beside_the_source_and_in_a_sentence_of_its_own(claims_of, text):
    (claim,) = claims_of(text)
    assert claim.anonymity is not None
    assert any(word in claim.anonymity.text for word in ("anonymity", "named"))


@pytest.mark.parametrize(
    "text", ["The named heir said no to them.", "Ann Roe said the donor wished to remain anonymous."]
)
def test_whoever_is_named_is_not_anonymous(claims_of, text):
    assert all(claim.anonymity is None for claim in claims_of(text) if claim.named)


@pytest.mark.parametrize(
    ("text", "pronoun"),
    [
        ("Kim Ade shook her head. Kim Ade said the ward was full.", "she"),
        ("Robin Vale lost his hat. Robin Vale said it was new.", "he"),
        ("Robin Vale said it was new.", None),
        ("Mary Vale said it was new.", None),
    ],
)
def test_a_pronoun_is_never_guessed_from_a_name(claims_of, text, pronoun):
    assert {claim.pronoun for claim in claims_of(text)} == {pronoun}


def test_a_possessive_tells_who_she_is(claims_of):
    text = "Dana Holm met Robin Vale, who lost his hat. Dana Holm shook her head. “Never,” she said."
    (claim,) = claims_of(text)
    assert claim.speaker == "Dana Holm"


def test_doubt_lets_the_words_stand():
    text = (
        "Otieno Wafula said the maize had failed. His neighbour Mutua Kilonzo was luckier. He said his own field had "
        "yielded forty sacks."
    )
    found = claims_cli.extract_text(text, fast=True)
    claim = next(claim for claim in found if "forty" in claim.content.text)
    assert (claim.speaker, claim.speaker_basis) == ("He", "words")


def test_what_is_filtered_is_what_the_record_says(claims, tmp_path):
    path, store = tmp_path / "story.txt", tmp_path / "s.db"
    path.write_text(TEXT, encoding="utf-8")
    everything = list(map(json.loads, claims("extract", str(path), "--format", "jsonl").stdout.splitlines()))
    claims("extract", str(path), "--db", str(store))
    settings = load().settings
    wanted = {
        ("--speaker-basis", "pronoun"): lambda row: row["speaker_basis"] == "pronoun",
        ("--speaker-basis", "inferred"): lambda row: row["speaker_basis"] in INFERRED,
        ("--speaker-basis", "told,carried"): lambda row: row["speaker_basis"] in {*BASES} - {*INFERRED} | {"carried"},
        ("--sure-speakers",): lambda row: row["speaker_confidence"] >= settings.sure_speaker,
        ("--strict",): lambda row: min(row["confidence"], row["speaker_confidence"]) >= settings.strict,
    }
    for options, test in wanted.items():
        expected = [row["id"] for row in everything if test(row)]
        assert 0 < len(expected) < len(everything), options
        for command in (("extract", str(path)), ("list", str(store))):
            shown = claims(*command, *options, "--format", "jsonl").stdout.splitlines()
            assert [json.loads(line)["id"] for line in shown] == expected, (command, options)


def test_a_basis_that_there_is_not_is_told(claims, tmp_path):
    done = claims("extract", str(tmp_path), "--speaker-basis", "pronuon")
    assert done.returncode == 2
    assert b"did you mean 'pronoun'?" in done.stderr


def test_screens_say_in_words_why(claims, tmp_path):
    path, store = tmp_path / "story.txt", tmp_path / "s.db"
    path.write_text(TEXT, encoding="utf-8")
    why = "he → David Lang: "
    assert why in claims("explain", str(path), "--no-tree").stdout.decode()
    claims("extract", str(path), "--db", str(store))
    listed = claims("list", str(store)).stdout.decode().splitlines()
    (row,) = (line.split("\t") for line in listed if "It lives" in line)
    assert "pronoun" in row[6]
    assert "← he" in row[6]
    assert why in claims("show", row[0], str(store)).stdout.decode()
    claims("extract", str(path), "-o", str(tmp_path / "page.html"))
    assert why in (tmp_path / "page.html").read_text(encoding="utf-8")
    speakers = [line.split("\t")[:4] for line in claims("speakers", str(store)).stdout.decode().splitlines()]
    assert ["David Lang", "person", "2", "1"] in speakers


def marked(claims, store, content):
    rows = map(json.loads, claims("list", str(store), "--format", "jsonl").stdout.splitlines())
    return next(row for row in rows if row["content"]["text"] == content)


def test_a_speaker_who_is_set_right_stays_through_later_runs_until_it_is_taken_back(claims, tmp_path):
    path, store = tmp_path / "story.txt", tmp_path / "s.db"
    path.write_text(TEXT, encoding="utf-8")
    claims("extract", str(path), "--db", str(store))
    found = marked(claims, store, "“It lives,”")
    done = claims("mark", found["id"], "speaker", "Nora Wilkins", "--db", str(store), "--by", "Ann")
    assert done.returncode == 0, done.stderr
    path.write_text("A line more.\n\n" + TEXT, encoding="utf-8")
    claims("extract", str(path), "--db", str(store))
    now = marked(claims, store, "“It lives,”")
    assert (now["speaker"], now["speakers"], now["speaker_confidence"]) == ("Nora Wilkins", ["Nora Wilkins"], 1.0)
    assert now["id"] != found["id"]
    by_name = claims("list", str(store), "--speaker", "wilkins", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["id"] for line in by_name] == [now["id"]]
    shown = claims("show", now["id"], str(store)).stdout.decode()
    assert "set right by Ann; found was: David Lang" in shown
    claims("extract", str(path), "--db", str(store), "-o", str(tmp_path / "page.html"))
    assert "set right by Ann" in (tmp_path / "page.html").read_text(encoding="utf-8")
    claims("mark", now["id"], "--remove", "--db", str(store), "--by", "Ann")
    back = marked(claims, store, "“It lives,”")
    assert {**back, "speaker_id": None} == {**found, "speaker_id": None} | {
        name: back[name]
        for name in ("id", "doc_sha256", "line", "start", "end", "source", "cue", "content", "confidence")
    }


def test_stores_that_are_merged_keep_who_was_found(claims, tmp_path):
    path, one, other, both = (tmp_path / name for name in ("story.txt", "a.db", "b.db", "both.db"))
    path.write_text(TEXT, encoding="utf-8")
    for store in (one, other):
        claims("extract", str(path), "--db", str(store))
    number = marked(claims, other, "“It lives,”")["id"]
    claims("mark", number, "speaker", "Nora Wilkins", "--db", str(other), "--by", "Ann")
    for first, second in ((one, other), (other, one)):
        assert claims("merge", str(first), str(second), "-o", str(both)).returncode == 0
        assert marked(claims, both, "“It lives,”")["speaker"] == "Nora Wilkins"
        claims("mark", number, "--remove", "--db", str(both), "--by", "Ann")
        assert marked(claims, both, "“It lives,”")["speaker"] == "David Lang"
        both.unlink()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["rigth"], "did you mean 'right'?"),
        (["wrnog", "it was his deputy"], "did you mean 'wrong'?"),
        (["speker", "Ann Roe"], "did you mean 'speaker'?"),
        (["speaker"], "speaker wants a name"),
    ],
)
def test_a_verdict_that_is_misspelt_is_no_note(claims, tmp_path, words, told):
    store = tmp_path / "s.db"
    (tmp_path / "story.txt").write_text(TEXT, encoding="utf-8")
    claims("extract", str(tmp_path / "story.txt"), "--db", str(store))
    found = marked(claims, store, "it was safe")
    done = claims("mark", found["id"], *words, "--db", str(store))
    assert done.returncode == 2
    assert told in done.stderr.decode()
    assert claims("mark", found["id"], "--note", "ask the ministry", "--db", str(store)).returncode == 0


def test_a_store_of_the_layout_before_is_read(claims, tmp_path):
    old = tmp_path / "old.db"
    (tmp_path / "story.txt").write_text(TEXT, encoding="utf-8")
    claims("extract", str(tmp_path / "story.txt"), "--db", str(old))
    with sqlite3.connect(old) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,) == (len(STEPS),)
        columns = ("time", "speaker_basis", "speaker_confidence", "pronoun", "anonymity", "anonymity_spans")
        for column in (*columns, "speaker_reason", "found_speaker", "same_as"):
            connection.execute(f"ALTER TABLE claims DROP COLUMN {column}")
        connection.execute("DROP VIEW judged")
        connection.execute("ALTER TABLE marks DROP COLUMN speaker")
        connection.execute("CREATE VIEW judged AS SELECT id FROM claims")
        connection.execute("DROP TABLE statements")
        connection.execute(f"PRAGMA user_version = {VERSION - 3}")  # neither doubt nor recordings nor what recurs
    connection.close()
    rows = list(map(json.loads, claims("list", str(old), "--format", "jsonl").stdout.splitlines()))
    assert rows
    assert {row["speaker_basis"] for row in rows} == {"words"}


@pytest.mark.parametrize(
    ("text", "speaker", "via"),
    [
        ("“The dam will hold,” Ann Roe was quoted as saying by the Gazette.", "Ann Roe", ["Gazette"]),
        ("Ann Roe was quoted by the Courier as saying that the town was broke.", "Ann Roe", ["Courier"]),
        ("“She told me, ‘Pack your bags now,’ and I did,” said Lena Raab.", "She", ["Lena Raab"]),
    ],
)
def test_whoever_passes_it_on_stands_between(claims_of, text, speaker, via):
    claim = next(claim for claim in claims_of(text) if claim.speaker == speaker)
    assert [voice.speaker.removeprefix("the ") for voice in claim.via] == via


def test_forms_of_a_company_acronyms_and_handles_are_one_and_two_of_a_surname_two(claims, tmp_path):
    (tmp_path / "a.txt").write_text(
        "Northwind Foods, Inc. said it would close the mill. The International Energy Council (IEC) said demand would "
        "fall. Jo Lee (@jolee) said the pier was safe. Ann Roe said the bridge was shut.\n",
        encoding="utf-8",
    )
    (tmp_path / "b.txt").write_text(
        "Northwind Foods said the mill was sold. IEC said supply was short.\n\n@jolee said the pier was old. Jim Roe "
        "said the bridge was open. Roe said it was late.\n",
        encoding="utf-8",
    )
    found = json.loads(claims("speakers", str(tmp_path), "--format", "json").stdout)
    spelled = [set(one["spellings"]) for one in found]
    assert {"Northwind Foods, Inc.", "Northwind Foods"} in spelled
    assert {"International Energy Council", "IEC"} in spelled
    assert {"Jo Lee", "@jolee"} in spelled
    assert not any({"Ann Roe", "Jim Roe"} <= names for names in spelled)


def test_the_seeds_hold_both_confidences(claims):
    rows = map(json.loads, claims("extract", str(ROOT / "seeds"), "--format", "jsonl").stdout.splitlines())
    assert all(row["speaker_basis"] in BASES and 0 <= row["speaker_confidence"] <= 1 for row in rows)

"""Filters: they act on what is printed, so that a filtered run equals a filtered full run."""

import json
import re

import pytest

from claims_cli.choice import Choice
from claims_cli.claim import Claim
from claims_cli.errors import UsageError
from claims_cli.names import folded_name
from claims_cli.query import read_order, read_pattern, read_types, searched, settle
from claims_cli.rulebook import load

STORY = """“The bridge is unsafe,” said Ann Al-Roe, the mayor.

Jürgen O’Lee said that the ferry was “late again”. He did not tell the council that it would sink.

He thinks that it will.

A senior official denied that the port’s gate was open. The official asked whether the council knew.

According to a report, the tunnel collapsed. Ms. Al-Roe declined to comment.
"""
SETTINGS = load().settings


@pytest.fixture(scope="module")
def everything(claims, tmp_path_factory):
    """The path of a story, and all its claims of any type and confidence."""
    path = tmp_path_factory.mktemp("filters") / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    done = claims("extract", str(path), "--type", "all", "--min-confidence", "0", "--format", "jsonl")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) >= 8
    return path, found


def is_shown(row: dict) -> bool:
    return row["confidence"] >= 0.4 and row["type"] not in ("thought", "intention", "attitude", "perception")


FILTERS = {
    "--speaker al-roe": lambda row: "Al-Roe" in (row["speaker"] or ""),
    "--speaker jurgen --speaker official": lambda row: re.search("Jürgen|official", row["speaker"] or ""),
    "--speaker-kind document": lambda row: row["speaker_kind"] == "document",
    "--speaker-kind document,person": lambda row: row["speaker_kind"] in ("document", "person"),
    "--unnamed": lambda row: not row["named"],
    "--quote direct,mixed": lambda row: row["quote"] != "indirect",
    "--cue deny": lambda row: row["cue_lemma"] == "deny",
    "--cue ACCORDING --cue said": lambda row: re.search("said|According", row["cue"]["text"]),
    "--grep (ferry|port’s).*(late|open)": lambda row: re.search("ferry was|gate was", row["content"]["text"]),
    "--grep port's": lambda row: "port’s" in row["content"]["text"],
    "--negated": lambda row: row["negated"] or row["type"] == "no-comment",
}


@pytest.mark.parametrize("options", list(FILTERS))
def test_a_filtered_run_is_a_filtered_full_run(claims, everything, options):
    path, rows = everything
    done = claims("extract", str(path), *options.split(" "), "--format", "jsonl")
    wanted = [row for row in rows if is_shown(row) and FILTERS[options](row)]
    assert [json.loads(line) for line in done.stdout.splitlines()] == wanted
    assert wanted, "the story has no such claim"


def test_filters_together_are_all_meant(claims, everything):
    done = claims(
        "extract", str(everything[0]), "--unnamed", "--type", "denial,evidence", "--grep", "gate", "--format", "jsonl"
    )
    (row,) = map(json.loads, done.stdout.splitlines())
    assert (row["type"], row["speaker"]) == ("denial", "A senior official")


def test_sorted_and_limited(claims, everything):
    path, rows = everything
    done = claims("extract", str(path), "--sort", "-speaker,confidence", "--limit", "3", "--format", "jsonl")
    shown = [row for row in rows if is_shown(row)]
    wanted = sorted(shown, key=lambda row: -row["confidence"])
    wanted.sort(key=lambda row: (row["speaker"] is None, folded_name(row["speaker"] or "")), reverse=True)
    assert [json.loads(line) for line in done.stdout.splitlines()] == wanted[:3]
    told = done.stderr.decode()
    assert f"3 of {len(rows)} claims from 1 document; {len(rows) - 3} kept back: " in told
    assert f"{len(shown) - 3} more (--limit)" in told


def test_what_filters_leave_out_is_not_counted_as_kept_back(claims, everything):
    done = claims("extract", str(everything[0]), "--speaker", "official")
    assert "kept back" not in done.stderr.decode()


def test_a_speaker_who_only_thinks_is_no_stranger(claims, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Ann Roe believes that the bridge is unsafe.\n", encoding="utf-8")
    errors = claims("extract", str(path), "--speaker", "Roe").stderr.decode()
    assert "No speaker matches" not in errors
    assert "kept back: 1 thought (--type all shows them)" in errors


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Qāsim al-Ḥusaynī", "qasim al husayni"),
        ("O’Brien", "obrien"),
        ("Jean‑Luc", "jean luc"),
        ("U.N.", "un"),
        ("Łukasz Ørsted", "lukasz orsted"),
        ("ʿAbd al-Raḥmān", "abd al rahman"),
        ("İstanbul", "istanbul"),
        ("ﬁne", "fine"),
    ],
)
def test_names_are_alike_without_case_accents_apostrophes_and_hyphens(one, other):
    assert folded_name(one) == other


def speaker(name: str) -> Claim:
    values = dict.fromkeys(Claim.__dataclass_fields__)
    return Claim(
        **{
            **values,
            "speaker": name,
            "speakers": (name,),
            "type": "statement",
            "confidence": 1.0,
            "speaker_confidence": 1.0,
        }
    )


@pytest.mark.parametrize(
    ("wanted", "near"),
    [
        ("Nasralah", ["Hassan Nasrallah"]),
        ("hasan nasrallah", ["Hassan Nasrallah"]),
        ("xyz", []),
    ],
)
def test_a_stranger_names_the_nearest_speakers(wanted, near):
    choice = Choice(settle(SETTINGS, speakers=[wanted]))
    assert not list(choice.choose([speaker("Ann Roe"), speaker("Ann Roe"), speaker("Hassan Nasrallah")]))
    assert choice.strangers() == {wanted: near}


def test_part_of_a_word_is_no_name():
    assert list(Choice(settle(SETTINGS, speakers=["Ann"])).choose([speaker("Annette Roe"), speaker("Ann Roe")])) == [
        speaker("Ann Roe")
    ]


def test_grep_sees_one_line_and_small_letters_find_capitals():
    text = searched("“the  port’s\r\ngate”")
    assert read_pattern("PORT'S gate").search(text) is None
    assert read_pattern('port’s gate"').search(text)
    assert read_pattern("port").search("The PORT")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kinds": "persons"}, "there is no speaker kind 'persons'; did you mean 'person'?"),
        ({"quotes": "direkt"}, "there is no quotation 'direkt'; did you mean 'direct'?"),
        ({"sort": "speker"}, "there is no sort key 'speker'; did you mean 'speaker'?"),
        ({"sort": ""}, None),
        ({"types": "denials"}, "there is no claim type 'denials'; did you mean 'denial'?"),
        ({"grep": "(a"}, r"--grep '(a' is no regular expression: missing ), unterminated subpattern at position 0; "
                         r"to find these characters as they are: --grep '\(a'"),
        ({"speakers": ["’"]}, "--speaker wants a word; leave the option out to see all"),
        ({"cues": [" "]}, "--cue wants a word; leave the option out to see all"),
    ],
)  # fmt: skip
def test_what_does_not_exist_is_told_with_what_does(options, message):
    if message is None:
        assert settle(SETTINGS, **options).order == ()
        return
    with pytest.raises(UsageError) as raised:
        settle(SETTINGS, **options)
    assert str(raised.value).startswith(message)


def test_groups_of_types():
    assert read_types("held") == {"thought", "intention", "attitude", "perception"}
    assert len(read_types("all")) == 12
    assert read_types("said, thought") >= {"statement", "thought"}


def test_a_minus_turns_a_key_round():
    assert [(key.name, key.reverse) for key in read_order("speaker,-confidence")] == [
        ("speaker", False),
        ("confidence", True),
    ]

"""Folders, files and words of the command line whose bytes are no UTF-8: paths work, words fit nothing."""

import json
import os
from pathlib import Path

import pytest

STORY = "“The bridge is unsafe,” said Ann Roe.\n\nJohn Lee said that the ferry was late, according to Ann Roe.\n"
WORD = os.fsdecode(b"w\xff")
READING = ["list", "stats", "speakers", "quotes", "disputes", "network"]


@pytest.fixture(scope="module")
def folder(claims, tmp_path_factory):
    """A folder whose name is no UTF-8, with a text of such a name and a store of it."""
    path = Path(os.fsdecode(os.fsencode(tmp_path_factory.mktemp("bytes")) + b"/d\xff"))
    path.mkdir()
    (path / f"{WORD}.txt").write_text(STORY, encoding="utf-8")
    assert claims("extract", f"{WORD}.txt", "--db", f"{WORD}.db", cwd=path).returncode == 0
    return path


def without_fault(result, codes=(0,)):
    told = result.stderr.decode() + result.stdout.decode()
    assert result.returncode in codes, told
    assert "fault" not in told
    assert "\\udcff" not in told
    return told


@pytest.mark.parametrize("command", READING)
def test_a_store_in_a_folder_of_such_a_name_is_read(claims, folder, command):
    assert "Ann Roe" in without_fault(claims(command, f"{WORD}.db", cwd=folder)) or command in ("quotes", "disputes")
    without_fault(claims(command, folder / f"{WORD}.db"))
    without_fault(claims(command, f"{WORD}.txt", cwd=folder))


@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize(
    "option", ["--search", "--speaker", "--via", "--outlet", "--citing", "--role", "--cue", "--grep"]
)
def test_such_a_word_fits_nothing(claims, folder, command, option):
    result = claims(command, f"{WORD}.db", option, WORD, cwd=folder)
    if "has no option" not in result.stderr.decode():
        assert "Ann Roe" not in without_fault(result)


def test_a_document_is_found_by_its_name_and_by_what_is_shown_of_it(claims, folder):
    for name in (f"{WORD}.txt", "w\\xff.txt"):
        assert "bridge" in without_fault(claims("list", f"{WORD}.db", "--doc", name, cwd=folder))
    assert "bridge" not in without_fault(claims("list", f"{WORD}.db", "--doc", WORD + "x", cwd=folder))


def test_what_is_written_has_escapes(claims, folder):
    for suffix in ("csv", "jsonl", "json", "html", "md"):
        out = folder / f"o{WORD}.{suffix}"
        made = claims(
            "extract", f"{WORD}.txt", "-o", out.name, "--manifest", f"m{WORD}.json", "--cue", WORD, cwd=folder
        )
        without_fault(made)
        assert "\\xff" in without_fault(claims("extract", f"{WORD}.txt", "-o", out.name, cwd=folder))
        text = out.read_text(encoding="utf-8")
        assert "w\\xff.txt" in text or json.dumps("w\\xff.txt")[1:-1] in text
        record = json.loads((folder / f"m{WORD}.json").read_text(encoding="utf-8"))
        assert record["inputs"][0]["path"] == "w\\xff.txt"
        assert record["options"]["output"] == f"ow\\xff.{suffix}"
        assert record["options"]["cue"] == ["w\\xff"]
        out.unlink()


def test_a_model_rules_and_metadata_of_such_a_name(claims, folder):
    told = without_fault(claims("extract", f"{WORD}.txt", "--model", WORD, cwd=folder), (2,))
    assert "the spaCy pipeline 'w\\xff' is not installed" in told
    told = without_fault(claims("extract", f"{WORD}.txt", "--rules", WORD, cwd=folder), (2,))
    assert "there are no rules at w\\xff" in told
    own = folder / f"{WORD}.yaml"
    own.write_text("- id: x\n", encoding="utf-8")
    assert "w\\xff.yaml:1:3" in without_fault(claims("extract", f"{WORD}.txt", "--rules", own, cwd=folder), (3,))
    own.write_text("[]\n", encoding="utf-8")
    assert "Ann Roe" in without_fault(claims("extract", f"{WORD}.txt", "--rules", own, cwd=folder))
    (folder / f"{WORD}.csv").write_text("file,outlet\nw.txt,AP\n", encoding="utf-8")
    assert "Ann Roe" in without_fault(claims("extract", f"{WORD}.txt", "--meta", f"{WORD}.csv", cwd=folder))
    assert "w\\xff" in without_fault(claims("extract", f"{WORD}.txt", "--meta", WORD, cwd=folder), (2,))


def test_settings_in_a_folder_of_such_a_name_are_shown(claims, folder):
    assert "d\\xff" in without_fault(claims("config", cwd=folder))


def test_ids_topics_marks_and_merging(claims, folder):
    assert "no id of a claim" in without_fault(claims("show", WORD, f"{WORD}.db", cwd=folder), (2,))
    without_fault(claims("line", WORD, f"{WORD}.db", cwd=folder), (0, 1, 2))
    listed = claims("list", f"{WORD}.db", "--format", "jsonl", cwd=folder).stdout.decode()
    number = json.loads(listed.splitlines()[0])["id"]
    without_fault(claims("mark", number, "right", "--by", WORD, "--note", WORD, f"{WORD}.db", cwd=folder))
    (folder / "other.txt").write_text("Eva Lund said that it rains.\n", encoding="utf-8")
    without_fault(claims("extract", "other.txt", "--db", "other.db", cwd=folder))
    without_fault(claims("merge", f"{WORD}.db", "other.db", "-o", f"new{WORD}.db", cwd=folder))
    told = without_fault(claims("list", f"new{WORD}.db", cwd=folder))
    assert "Eva Lund" in told
    assert "Ann Roe" in told

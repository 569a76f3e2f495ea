"""`claims text`: the text that offsets count into, to the character; what was set aside; one document of many."""

import io
import json

import pytest

from claims_cli.claim import Document
from claims_cli.outputs import texts
from tests.formats import TEXT, TITLE

ODD = "\ufeff“No,” said\r\nAnn Roe.\r\t\x1b[31m\u202ered\n\n"


def path_of(articles, name):
    return str(next(path for path in articles if path.name == name))


def test_offsets_count_its_characters(claims, articles):
    path = path_of(articles, "a.pdf")
    text = claims("text", path).stdout.decode()
    done = claims("extract", path, "--format", "jsonl")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) >= 9
    for row in found:
        assert [text[start:end] for start, end in row["content"]["spans"]] == row["content"]["text"].split(" … ")


def test_a_pipe_gets_the_text_to_the_character(claims, tmp_path):
    path = tmp_path / "odd.txt"
    path.write_bytes(ODD.encode())
    done = claims("text", str(path))
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, ODD[1:], b"")
    assert claims("text", "-", stdin=ODD.encode()).stdout.decode() == ODD[1:]


def test_what_was_set_aside_is_marked(claims, articles):
    path = path_of(articles, "a.pdf")
    plain, marked = (claims("text", path, *options).stdout.decode() for options in ([], ["--show-furniture"]))
    assert marked.startswith(f"⟦The Eastport Courier 1⟧\n\n⟦- 1 -⟧\n\n{TITLE}")
    assert marked.replace("⟦", "").replace("⟧", "") == plain


def test_one_document_of_many_is_named(claims, articles):
    done = claims("text", path_of(articles, "a.zip") + "!in/a.csv#3", "--quiet")
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, TEXT, b"")


def test_several_documents_stand_under_their_headings(claims, articles):
    paths = [path_of(articles, name) for name in ("a.zip", "a.txt")]
    done = claims("text", *paths, "no-such.txt")
    headings = [line for line in done.stderr.decode().splitlines() if line.startswith("==")]
    assert headings == [f"== {name} ==" for name in (f"{paths[0]}!in/a.csv#3", f"{paths[0]}!in/a.html", paths[1])]
    assert done.stdout.decode().count(TITLE) == 3
    assert done.returncode == 1
    assert "no such file or folder" in done.stderr.decode()


@pytest.mark.parametrize("name", ["a.csv#99", "a.zip!none.txt"])
def test_a_name_that_no_document_has(claims, articles, name):
    file, sign, rest = name.partition("#" if "#" in name else "!")
    done = claims("text", path_of(articles, file) + sign + rest)
    assert done.returncode == 1
    assert "there is no such document in this file" in done.stderr.decode()


def test_no_control_character_reaches_a_terminal():
    document = Document("a", "He said\x1b[31m no.\nHEAD\x07\u202e\n", furniture=((17, 23),))
    shown = io.StringIO()
    shown.isatty = lambda: True
    texts.write(document, shown, shows_furniture=True, dims=True)
    assert shown.getvalue() == "He said␛[31m no.\n\x1b[2m⟦HEAD␇\ufffd⟧\x1b[0m\n"


def test_one_row_is_explained(claims, articles):
    done = claims("explain", path_of(articles, "a.jsonl") + "#2:3", "--no-tree")
    assert "Ann Roe" in done.stdout.decode()
    assert done.returncode == 0

"""Claims as annotations: brat folders that are read back, spaCy's DocBin and doc.spans, displacy."""

import json
import os

import pytest
from spacy.tokens import DocBin
from spacy.vocab import Vocab

from claims_cli import outputs
from claims_cli.annotation import render, to_doc, to_docbin
from claims_cli.errors import OutputError, UsageError
from claims_cli.evaluation import brat as reading
from claims_cli.formats import plain
from claims_cli.outputs.brat import distinct_names
from claims_cli.outputs.layout import Layout
from tests.test_page import background, crowd, make, story

STORY = (
    "“The bridge,” said Ann Roe, “is unsafe.”\r\n\r\n"
    "The ministry said that Ann Roe had told the council\r\nthat the ferry was late and slow.\n"
)


@pytest.fixture(scope="session")
def found(extractor):
    """A text with a claim inside another and one in pieces, and its claims."""
    ((document, claims),) = extractor.extract([plain.read("in/ärger <b>.txt", STORY.encode())])
    return document, [claim for claim in claims if claim.confidence >= 0.4]


def brat(folder, claims, documents):
    outputs.write_file(folder, "brat", claims, Layout(), background(documents))
    return folder


def test_a_brat_folder_says_what_the_claims_say(tmp_path, found):
    document, claims = found
    folder = brat(tmp_path / "gold", claims, [document])
    assert sorted(os.listdir(folder)) == ["annotation.conf", "ärger_b.ann", "ärger_b.txt"]
    text = plain.read("a", (folder / "ärger_b.txt").read_bytes())
    assert text.text == STORY
    ((sheet,), _) = reading.sheets("a", "a.ann", (folder / "ärger_b.ann").read_text(encoding="utf-8"))
    read = sheet.of(text)
    assert (read.errors, sum(read.aside.values())) == ([], 0)
    assert len(claims) >= 3
    words = [[" ".join(STORY[a:b] for a, b in pieces).split() for pieces in (one.source, one.cue, one.content)]
             for one in read.attributions]  # fmt: skip
    expected = [
        [span.text.replace(" … ", " ").split() if span else [] for span in (one.source, one.cue, one.content)]
        for one in claims
    ]
    assert sorted(words) == sorted(expected)


def test_evaluate_finds_nothing_missing_in_what_extract_wrote(claims, tmp_path):
    folder, figures = tmp_path / "gold", tmp_path / "figures.json"
    done = claims("extract", "seeds/000_bd5b7eaa1908f7e2.txt", "--type", "all", "--format", "brat", "-o", str(folder))
    assert done.returncode == 0
    done = claims("evaluate", str(folder), "--no-list", "-o", str(figures))
    assert done.returncode == 0
    told = json.loads(figures.read_text(encoding="utf-8"))
    assert figures_of(told) == {1.0}


def figures_of(told) -> set[float]:
    """Every F1 of a report."""
    if isinstance(told, dict):
        own = {told["f1"]} if isinstance(told.get("f1"), float) else set()
        return own.union(*map(figures_of, told.values()))
    return set().union(*map(figures_of, told)) if isinstance(told, list) else set()


def test_every_mark_of_brat_stands_on_one_line_and_has_its_words(tmp_path):
    folder = brat(tmp_path / "gold", *crowd(24))
    text = (folder / "0.txt").read_text(encoding="utf-8")
    marks = [line.split("\t") for line in (folder / "0.ann").read_text(encoding="utf-8").splitlines() if line[0] == "T"]
    assert len(marks) == 24 * 3
    for _, places, words in marks:
        pieces = [tuple(map(int, place.split())) for place in places.partition(" ")[2].split(";")]
        assert " ".join(text[start:end] for start, end in pieces) == words


def test_a_folder_that_holds_files_is_left_as_it_is(tmp_path):
    claims, documents = story()
    (tmp_path / "gold").mkdir()
    brat(tmp_path / "gold", claims, documents)
    before = sorted(os.listdir(tmp_path / "gold"))
    with pytest.raises(OutputError, match="not empty; name a new folder"):
        brat(tmp_path / "gold", claims[:1], documents)
    assert sorted(os.listdir(tmp_path / "gold")) == before
    assert os.listdir(tmp_path) == ["gold"]
    with pytest.raises(UsageError, match="is a folder of files"):
        outputs.choose_format("brat", None)


def test_files_of_one_name_and_rows_of_a_table_get_names_of_their_own():
    paths = ["a/x.txt", "b/X.txt", "rows.csv#3", "rows.csv#4", "-", "../..", "a b\n.txt"]
    names = distinct_names(paths)
    assert list(names.values()) == ["x", "X-2", "rows-3", "rows-4", "document", "document-2", "a_b"]


def test_spans_of_spacy_hold_the_words_and_the_id_of_each_claim(found):
    document, claims = found
    doc = to_doc(document, claims)
    assert doc.text == document.text
    for claim in claims:
        own = [span for span in doc.spans["claims"] if span.id_ == claim.id and span.label_ == "CONTENT"]
        assert [(span.start_char, span.end_char) for span in own] == [*claim.content.spans]


def test_a_docbin_comes_back_with_spans_and_records(tmp_path, found):
    document, claims = found
    to_docbin([(document, claims)]).to_disk(tmp_path / "claims.spacy")
    (doc,) = DocBin().from_disk(tmp_path / "claims.spacy").get_docs(Vocab())
    assert {span.label_ for span in doc.spans["claims"]} >= {"SOURCE", "CUE", "CONTENT"}
    assert [one["id"] for one in doc.user_data["claims"]] == [claim.id for claim in claims]


def test_displacy_draws_the_text_as_text(found):
    bad = plain.read("a.txt", b"Ann Roe said that <script>alert(1)</script> was red.\n")
    drawn = render(bad, [make(bad, 1, "Ann Roe", "said", ("that <script>alert(1)</script> was red",))])
    assert "alert" in drawn
    assert "<script" not in drawn
    drawn = render(*found)
    assert all(f">{label}" in "".join(drawn.split()) for label in ("SOURCE", "CUE", "CONTENT"))

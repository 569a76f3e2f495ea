"""HTML in cells and in text files is read as HTML, and what is none stays as it is."""

import json
import random

import pytest

from claims_cli.claim import Document
from claims_cli.errors import InputError
from tests.test_formats import documents_of

SAID = "“It will open,” said Eva Lund & Co."


def document_of(path, **cells: str) -> Document:
    path.write_text(json.dumps({"title": "Pier", **cells}), encoding="utf-8")
    (document,) = documents_of(path)
    assert isinstance(document, Document)
    return document


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<p>One.</p><p>Two <b>bold</b> words.</p>", "One.\n\nTwo bold words."),
        ("<p>One.<p>Two.", "One.\n\nTwo."),
        ("<div class='a'>One.</div>\n<div>Two.</div>", "One.\n\nTwo."),
        ("One.<br>Two.<br/><br />Three.", "One.\nTwo.\n\nThree."),
        ("One <em>word</em>.\n\nTwo.", "One word.\n\nTwo."),
        ("<P>&#8220;It will open,&#8221; said Eva&nbsp;Lund &amp; Co.</P>", SAID),
        ("&ldquo;It will open,&rdquo; said Eva Lund &amp; Co.", SAID),
        ("&#x201C;It will open,&#x201d; said Eva&#160;Lund &#38; Co.", SAID),
        ("&amp;#8220;It will open,&amp;rdquo; said Eva Lund &amp;amp; Co.", SAID),
        ("&#147;It will open,&#148; said Eva Lund &amp; Co.", SAID),
        ("<p>&#147;It will open,&#148; said Eva Lund &amp;amp; Co.</p>", SAID),
        ("&lt;p&gt;&amp;ldquo;It will open,&amp;rdquo; said Eva Lund &amp;amp; Co.&lt;/p&gt;", SAID),
        ("<p>One.</p><script>said()</script><!-- x --><p hidden>no</p>", "One."),
        ("<p>Write to <eva@pier.example> if 3 < 4.</p>", "Write to <eva@pier.example> if 3 < 4."),
        ("<!DOCTYPE html><html><body><p>One.</p></body></html>", "One."),
    ],
)
def test_html_in_a_cell_is_text(tmp_path, cell, text):
    assert document_of(tmp_path / "a.json", text=cell).text == text


@pytest.mark.parametrize(
    "cell",
    [
        "AT&T and R&D fell, 3 < 4 > 2.",
        "Write to <eva@pier.example> <now>.",
        "One.\n\n\tTwo  words.\r\n",
        "a&copy=1 &unknown; &; &#; <3",
        "The <html> tag opens a page.",
    ],
)
def test_plain_cells_stay_as_they_are(tmp_path, cell):
    assert document_of(tmp_path / "a.json", text=cell).text == cell


def test_the_other_cells_too(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("title,author,text\nBread &amp; <i>butter</i>,Eva&nbsp;Lund,<p>One.</p><p>Two.</p>\n", "utf-8")
    (document,) = documents_of(path)
    assert (document.title, document.author, document.text) == ("Bread & butter", "Eva Lund", "One.\n\nTwo.")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>&ldquo;No,&rdquo; said Eva Lund.</p>\n<p>Two.</p>\n", "“No,” said Eva Lund.\n\nTwo."),
        ("&ldquo;No,&rdquo; said Eva Lund.\n\nTwo.\n", "“No,” said Eva Lund.\n\nTwo.\n"),
        ("It&#39;s &quot;no&quot;.\n", 'It\'s "no".\n'),
    ],
)
def test_a_text_file_that_plainly_holds_html(tmp_path, source, text):
    (tmp_path / "a.txt").write_text(source, encoding="utf-8")
    (document,) = documents_of(tmp_path / "a.txt")
    assert (document.text, document.format) == (text, "text")
    assert "was read as HTML" in document.notes[0]


@pytest.mark.parametrize("source", ["Use the <p> tag, Eva Lund said.\n", "AT&T; 3 &lt; 4 &amp;c.\n", "A&nbsp;b.\n"])
def test_other_text_files_stay_as_they_are(tmp_path, source):
    (tmp_path / "a.txt").write_text(source, encoding="utf-8")
    (document,) = documents_of(tmp_path / "a.txt")
    assert (document.text, document.notes) == (source, ())


def test_the_claims_stand_where_they_say(tmp_path, extractor):
    document = document_of(tmp_path / "a.json", text=f"<p>The pier.</p><p>{SAID}</p>")
    ((_, claims),) = extractor.extract([document])
    assert [claim.content.text for claim in claims] == ["“It will open,”"]
    for start, end in claims[0].content.spans:
        assert document.text[start:end] == claims[0].content.text


def test_broken_html_gives_a_text_or_an_error(tmp_path):
    chance = random.Random(7)
    whole = (
        "<div><p>&ldquo;No,&rdquo; said <b>Eva</b> Lund.</p><br>&#8220;x&#8221;<table><tr><td>1</td></tr></table></div>"
    )
    for number in range(100):
        start = chance.randrange(len(whole))
        cut = whole[:start] + chance.choice("<>&;\0/p") * chance.randrange(4) + whole[start + chance.randrange(9) :]
        path = tmp_path / f"{number}.txt"
        path.write_text(cut * 3, encoding="utf-8")
        for item in documents_of(path):
            assert isinstance(item, InputError) or item.text.strip()


def test_deep_nesting_leaves_the_cell_as_it_is(tmp_path):
    cell = "<div>" * 5000 + "One." + "</div>" * 5000
    assert document_of(tmp_path / "a.json", text=cell).text == cell

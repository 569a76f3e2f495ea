"""Books: their chapters in the order of reading."""

import random

import pytest

from claims_cli.errors import InputError
from claims_cli.inputs.readers import read
from claims_cli.inputs.sources import Input
from tests.formats import book, damaged, epub, packed

FIRST = "<html><body><h1>One</h1><p>Ann Roe, the engineer, arrived.</p><style>p {}</style></body></html>"
SECOND = "<html><body><h2>Two</h2><blockquote>“No,” said Roe.</blockquote></body></html>"


def documents_of(tmp_path, data):
    path = tmp_path / "a.epub"
    path.write_bytes(data)
    return list(read(Input("a.epub", path)))


def test_chapters_stand_in_the_order_of_reading_under_their_headings(tmp_path):
    [document] = documents_of(tmp_path, book({"b.xhtml": FIRST, "a b.xhtml": SECOND}))
    assert document.text == "One\n\nAnn Roe, the engineer, arrived.\n\nTwo\n\n“No,” said Roe."
    assert (document.title, document.author, document.date) == ("The Bridge", "Kim Moss, Eva Lund", "2024-03-05")
    [quotation] = [block for block in document.blocks if block.kind == "quote"]
    assert document.text[quotation.start : quotation.end] == "“No,” said Roe."


def test_the_table_of_contents_is_no_chapter(tmp_path):
    [document] = documents_of(tmp_path, book({"a.xhtml": FIRST, "nav.xhtml": SECOND}))
    assert document.text == "One\n\nAnn Roe, the engineer, arrived."


def test_a_missing_chapter_is_noted(tmp_path):
    [document] = documents_of(tmp_path, book({"a.xhtml": FIRST, "b.xhtml": ""}))
    assert document.notes == ("chapters that are missing in this book: 1",)


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"a.txt": "x"}, "is no EPUB book"),
        ({"META-INF/container.xml": "<container/>"}, "does not tell where its chapters are"),
        ({"META-INF/rights.xml": "<x/>", "a": "x"}, "is locked against copying"),
        ({"META-INF/container.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "is no EPUB book"),
    ],
)
def test_what_is_no_book(tmp_path, parts, reason):
    [error] = documents_of(tmp_path, packed(parts))
    assert isinstance(error, InputError)
    assert reason in error.reason


def test_damaged_books_are_errors_or_texts(tmp_path):
    for data in damaged(epub(), random.Random(5)):
        for item in documents_of(tmp_path, data):
            assert not isinstance(item, InputError) or "Error:" not in item.reason, item.reason

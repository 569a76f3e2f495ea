"""Blocks of web pages: the marks that find them change no word, and each block is where it says."""

import pytest

from claims_cli.formats import html, page_structure
from claims_cli.formats.options import FormatOptions
from tests.test_kinds import KINDS, PAGE

PAGES = [PAGE.format(entry["page"]) for entry in KINDS["page_blocks"]]
UNSIGNED = [page for page in PAGES if not any(f"<{tag}" in page for tag in page_structure.SIGNATURES)]


def read(page: str, whole: bool = False):
    return html.read("page.html", page.encode("utf-8"), FormatOptions(whole_page=whole))


@pytest.mark.parametrize("whole", [False, True])
def test_blocks_change_no_word_of_the_text(monkeypatch, whole):
    with_blocks = [read(page, whole).text for page in UNSIGNED]
    monkeypatch.setattr(html, "marked", lambda tree: page_structure.Structure())
    assert [read(page, whole).text for page in UNSIGNED] == with_blocks
    assert len(UNSIGNED) > 10


@pytest.mark.parametrize("whole", [False, True])
def test_every_block_holds_words_and_begins_and_ends_with_one(whole):
    documents = [read(page, whole) for page in PAGES]
    for document in documents:
        for block in document.blocks:
            words = document.text[block.start : block.end]
            assert words
            assert words == words.strip()
        starts = [(block.start, -block.end) for block in document.blocks]
        assert starts == sorted(starts)
    kinds = {block.kind for document in documents for block in document.blocks}
    assert kinds == {"quote", "label", "heading", "item", "row", "columns", "cell", "post"}


def test_no_mark_is_left_in_a_text_that_brings_such_characters_along():
    page = PAGE.format("<p>The pi\ufdeeer is\ufdd1\ufdec shut.</p><blockquote>No\ufdef boat sails.</blockquote>" * 2)
    document = read(page)
    assert not page_structure.STRAY.search(document.text)
    assert "The pier is shut." in document.text
    assert {document.text[block.start : block.end] for block in document.blocks} == {"No boat sails."}


def test_who_signs_a_block_is_no_part_of_it():
    signed = PAGE.format("<blockquote><p>It is over.</p><footer>— <cite>Ann Roe</cite></footer></blockquote>")
    [block] = [block for block in read(signed).blocks if block.kind == "quote"]
    text = read(signed).text
    assert (text[block.start : block.end], text[slice(*block.over)]) == ("It is over.", "— Ann Roe")


def test_a_post_tells_its_author_and_its_minute(claims, tmp_path):
    entry = (
        "<div class=e><time datetime='2024-03-04T{0}:00Z'>{0}</time> <span class=author>{1}</span>"
        "<p>Ann Roe said that the dyke would hold until Sunday.</p><p>The water had come over the lower road at four, "
        "and forty people were brought to the school on the hill, where they spent the night in the hall.</p></div>"
    )
    page = PAGE.format(entry.format("10:42", "Mira Lund") + entry.format("09:30", "Tom Hale").replace("Sunday", "May"))
    (tmp_path / "live.html").write_text(page, encoding="utf-8")
    done = claims("extract", tmp_path / "live.html", "--format", "csv", "--columns", "all")
    rows = [line for line in done.stdout.decode().splitlines() if "the dyke would hold" in line]
    assert ["Mira Lund" in row and "2024-03-04T10:42" in row for row in rows] == [True, False]
    assert "Tom Hale" in rows[1]
    assert "2024-03-04T09:30" in rows[1]
    dated = claims("extract", tmp_path / "live.html", "--after", "2024-03-04", "--format", "jsonl")
    assert len(dated.stdout.decode().splitlines()) == len(rows)

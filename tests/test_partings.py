"""Several articles in one plain text, parted by rows of signs or form feeds; and essays that such rows only divide."""

import pytest

from claims_cli.articles.arranger import Arranger
from claims_cli.claim import Document
from claims_cli.rulebook import load

FIRST = "Warden keeps the weir open\n\nTom Beck, the warden, said that the weir would stay open all summer.\n"
SECOND = (
    "Fishers sell three of their boats\n\n"
    "He said the herring were gone. Olga Stein, a fisher, said that three boats had been sold.\n"
)
DATED = "Boats sold\n\nBy Ada Lund\nJune 5, 2024\n\nHe said the herring were gone. Then autumn came to the lake.\n"
DATELINE = "LAKESIDE (Reuters) - He said the herring were gone by then and nobody came to the lake.\n"
SECTION = "The boats\n\nHe said the herring were gone. Then autumn came to the lake.\n"
PROSE = "He said the herring were gone. Then autumn came to the lake and nobody went out.\n"


@pytest.fixture(scope="module")
def titles():
    """The headlines of the articles of a text."""
    arranger = Arranger(load())
    return lambda text: [article.title for article in arranger.arrange(Document("a.txt", text)).articles]


@pytest.mark.parametrize("row", ["=====", "=" * 70, "-" * 40, "*" * 20, "#" * 12, "_" * 60])
@pytest.mark.parametrize("gap", ["\n", ""])
def test_a_headline_below_each_row(titles, row, gap):
    text = f"{FIRST}{gap}{row}\n{gap}{SECOND}{gap}{row}\n{gap}{FIRST}"
    assert titles(text) == [FIRST.split("\n")[0], SECOND.split("\n")[0], FIRST.split("\n")[0]]


@pytest.mark.parametrize("row", ["---", "* * *", "***", "- - -", "~~~", "\f", "======"])
@pytest.mark.parametrize("below", [DATED, DATELINE])
def test_a_byline_a_date_or_a_dateline_below_each_row(titles, row, below):
    assert len(titles(f"{FIRST}\n{row}\n\n{below}\n{row}\n{SECOND[:33]}\n\n5 June 2024\n\n{PROSE}")) == 3


@pytest.mark.parametrize("row", ["---", "* * *", "***", "-----", "\f", "=====", "=" * 70, "-" * 40, "###  ###"])
@pytest.mark.parametrize("below", [SECTION, PROSE, "and so it was, he said, all the long summer.\n"])
def test_a_row_that_divides_one_article(titles, row, below):
    assert len(titles(f"{FIRST}\n{row}\n\n{below}\n{row}\n\n{PROSE}")) == 1


def test_one_row_without_a_headline_below_leaves_all_rows_of_its_kind(titles):
    assert len(titles(f"{FIRST}\n=====\n\n{SECOND}\n=====\n\n{PROSE}")) == 1


def test_a_heading_that_is_underlined_is_no_border(titles):
    first, second = "My long summer at the weir\n==========", "The boats of the last winter\n========="
    text = f"{first}\n\n{PROSE}\n{second}\n\n{PROSE}"
    assert len(titles(text)) == 1


def test_the_running_head_of_a_page_is_no_border(titles):
    text = f"{FIRST.strip()[:-1]} and\n\fThe Lakeside Post 4\n\nwould close in autumn, he said. {PROSE}"
    assert len(titles(text)) == 1


def test_he_is_nobody_of_the_article_before(extractor):
    ((_, claims),) = extractor.extract([Document("a.txt", f"{FIRST}\n==========\n\n{SECOND}")])
    spoken = {(claim.article, claim.speaker) for claim in claims if claim.rule != "headline"}
    assert (1, "Tom Beck") in spoken
    assert (2, "Tom Beck") not in spoken
    assert (2, "Olga Stein") in spoken

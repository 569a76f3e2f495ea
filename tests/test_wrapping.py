"""Lines that were broken at a width, or have marks of quoting before them, read as what they were."""

import textwrap
from collections.abc import Callable

import pytest

from claims_cli import api
from claims_cli.articles.lines import lines_of
from claims_cli.articles.wrapping import is_next_line, joins_of
from claims_cli.formats import plain
from claims_cli.formats.html import read as read_page
from claims_cli.formats.options import FormatOptions
from claims_cli.pipeline import parser
from claims_cli.pipeline.parse.hyphens import Dictionary
from claims_cli.pipeline.parse.joining import joined as reading_of

WRAPPED = [
    "The mayor said on Monday that the old bridge",
    "was unsafe, and that the ferry would replace",
    "it from Thursday. A spokesman for the mayor",
    "declined to say what that would cost.",
]
LIST = [
    "Bridge is unsafe, engineers warn the old town",
    "Ferry to replace the bridge, says its mayor",
    "Council to meet on Thursday about the costs",
    "Fishermen threaten to go to court over it",
]
NAMES = ["the ferry", "the bridge", "the mayor"]
ADDRESS = ["Ruth Ames", "Leader of the council", "14 Weir Lane", "Lowmoor"]
PAPER = ["Bridge closed", *WRAPPED, "", *ADDRESS, "", *WRAPPED]
TALK = ["MR. ODELL: The bridge is unsafe, and the", "ferry is slow.", "MS. FENN: Who says so?"]
ARTICLES = [
    [
        "Mayor Tilda Voss told the council on Monday that the tram would not come before spring. Her deputy, Hugo "
        "Lund, said the money was “gone.” Mr. Lund declined to say where it had gone.",
        "“We were promised a tram,” said Nora Fenn, who leads the museum. “We were promised a roof, too, and we have "
        "buckets. Nobody from the council has come to look at them.”",
        "According to Dr. Ida Quist, an engineer at the Lowmoor Water Board, the rails have been rusting since May.",
    ],
    [
        "   The weavers’ guild warned on Tuesday that its members would leave the town if the mill was sold.",
        "   Sven Aker, who owns the mill, replied that he had no buyer and wanted none. “Nobody has asked me,” "
        "Mr. Aker said. “If the guild has a buyer, I will hear of it in the paper, as I hear of all that it does.”",
        "   The governor, Hal Brook, has promised to visit the mill in June. A spokeswoman for Gov. Brook denied "
        "that he had met the St. Olaf Bank.",
    ],
    [
        "LOWMOOR, June 3 — The harbour master told the court that he had seen no ship. Asked whether he had been "
        "asleep, Rolf Eide said that he had not, and that the light had failed at 3:15 a.m. on Friday.",
        "“It came out of nowhere,” he said, “and it was as long as Weir Lane.” The owner of the ship, Brandt & Sons "
        "Ltd., says that the ship had lights; its lawyer, Finn Odell, called the charge “an invention of the harbour "
        "office.”",
        "Judge Lena H. Marsh ordered the company to open its books by June 12.",
    ],
]


def unwrapped(article: list[str], width: int, end: str) -> str:
    """An article whose paragraphs are lines."""
    return (end if article[0].startswith(" ") else 2 * end).join(article) + end


def wrapped(article: list[str], width: int, end: str) -> str:
    """An article whose paragraphs were broken at a width."""
    lines = [end.join(textwrap.wrap(paragraph, width)) for paragraph in article]
    return unwrapped(lines, width, end)


def quoted(article: list[str], width: int, end: str) -> str:
    """The same with a mark of quoting before every line."""
    lines = wrapped([paragraph.lstrip() for paragraph in article], width, end).split(end)
    return end.join(f"> {line}".rstrip() for line in lines[:-1]) + end


def contents(texts: list[str]) -> list[list[tuple]]:
    """What is claimed in each text, up to white space and marks of quoting."""
    documents = [plain.read(str(number), text.encode()) for number, text in enumerate(texts)]
    found: list[list[tuple]] = [[] for _ in texts]
    for claim in api.extract(documents, duplicates="keep", types="all", min_confidence=0):
        words = [span and " ".join(span.text.replace("\n>", " ").split()) for span in (claim.cue, claim.content)]
        found[int(claim.doc)].append((claim.speaker, *words, claim.type, claim.rule, claim.confidence))
        assert all(texts[int(claim.doc)][slice(*place)] in claim.content.text for place in claim.content.spans)
    return found


@pytest.mark.parametrize("number", range(len(ARTICLES)))
@pytest.mark.parametrize("lay", [wrapped, quoted])
def test_an_article_says_the_same_at_every_width(lay: Callable, number: int):
    article = ARTICLES[number]
    plainly = [paragraph.lstrip() for paragraph in article] if lay is quoted else article
    widths = range(28, 101, 6 if lay is quoted else 1)
    laid = {(width, end): lay(article, width, end) for width in widths for end in ("\n", "\r\n")}
    first, *others = contents([unwrapped(plainly, 0, "\n"), *laid.values()])
    assert len(first) >= 5
    assert [place for place, found in zip(laid, others, strict=True) if found != first] == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_paragraph_that_was_broken_at_a_width_is_one_line(end):
    text = end.join(WRAPPED)
    (line,) = lines_of(text, 0, len(text))
    assert (line.start, line.end, line.text) == (0, len(text), " ".join(WRAPPED))


@pytest.mark.parametrize("lines", [LIST, NAMES, ADDRESS], ids=["headlines", "narrow", "address"])
def test_lines_that_end_where_their_writer_wanted_stay_lines(lines):
    text = "\n".join(lines)
    assert [line.text for line in lines_of(text, 0, len(text))] == lines


def test_short_lines_stay_lines_beside_a_paragraph_that_was_broken():
    text = "\n".join(PAPER)
    paragraph = " ".join(WRAPPED)
    assert [line.text for line in lines_of(text, 0, len(text))] == ["Bridge closed", paragraph, *ADDRESS, paragraph]


def test_who_speaks_begins_a_line():
    text = "\n".join(TALK)
    assert [line.text for line in lines_of(text, 0, len(text))] == [" ".join(TALK[:2]), TALK[2]]


def test_an_empty_line_divides_paragraphs_that_were_broken_at_a_width():
    text = "\n".join(WRAPPED) + "\n \n" + "\n".join(WRAPPED)
    assert [line.text for line in lines_of(text, 0, len(text))] == [" ".join(WRAPPED)] * 2
    assert not is_next_line(text, text.index("\n \n"), text.index("\n \n") + 3)


def test_what_is_read_knows_where_it_stands():
    page = "> " + "\r\n> ".join(WRAPPED)
    reading = reading_of(page)
    assert reading.text == " ".join(WRAPPED)
    for word in ("The mayor", "was", "it", "what that would cost."):
        start = reading.text.index(word)
        assert page[reading.places.at(start) : reading.places.end(start + len(word))] == word


def test_a_word_that_was_broken_with_a_hyphen_is_one_word():
    page = (
        "The well-\nknown com-\npany has no lawyers in Low-\nmoor, and Lowmoor has a law-\n"
        "yer of its own, a 40-\nyear-old."
    )
    reading = reading_of(page, {"company", "well", "known", "lawyer", "law"}.__contains__)
    company = reading.text.index("company")
    assert reading.text == (
        "The well-known company has no lawyers in Lowmoor, and Lowmoor has a lawyer of its own, a 40-year-old."
    )
    assert page[reading.places.at(company) : reading.places.end(company + 7)] == "com-\npany"


def test_a_dictionary_knows_words_and_their_forms():
    knows = Dictionary.of(parser()).knows
    assert all(map(knows, ("company", "companies", "harbour", "known", "concealed")))
    assert not any(map(knows, ("wellknown", "vicemayor", "ceal")))


def test_paragraphs_that_are_lines_are_not_joined():
    assert not joins_of("\n".join(f"{' '.join(WRAPPED)} It was {number}." for number in range(9)))


@pytest.mark.parametrize("whole_page", [True, False])
def test_breaks_inside_a_paragraph_of_a_page_are_read_over_and_two_end_it(whole_page: bool):
    broken = "“It is old,”<br>said Ruth Ames,<br>the mayor.<br><br>Sven Aker said<br>that he <i>knew</i> it."
    filler = "<p>The council heard of the bridge, which is closed, on Monday evening in the customs house.</p>"
    source = f"<html><body><article><h1>Bridge</h1><p>{broken}</p>{filler * 3}</article></body></html>"
    document = read_page("page", source.encode(), FormatOptions(whole_page=whole_page))
    lines = [line.text for line in lines_of(document.text, 0, len(document.text))]
    assert lines[1:3] == ["“It is old,” said Ruth Ames, the mayor.", "Sven Aker said that he knew it."]

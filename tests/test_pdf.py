"""What stands on the pages of a PDF: columns, broken words, big capitals, notes, heads, pictures."""

import random
import textwrap

import pytest

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats import pdf
from claims_cli.formats.options import FormatOptions
from claims_cli.inputs.readers import read
from claims_cli.inputs.sources import Input
from tests.command import run
from tests.formats import damaged
from tests.pages import Shown, letters, lines_at, pdf_of, row_by_row, width_of

LEFT = (
    "The quarry at Fellbeck will close before the winter, its owner told the workers on Monday after a vote that "
    "took most of the night. The union had asked for two more years, and the bank for less."
)
RIGHT = (
    "Mara Dunn, who leads the union, said that the men would march to the town hall. She added that nobody had read "
    "the letter which the bank sent in the spring of the year before."
)
THIRD = (
    "The bank did not answer. Its lawyer, Otto Hale, wrote that the loan had been due for ten months and that the "
    "quarry was worth less than the road that leads to it."
)


def document_of(data: bytes) -> Document:
    return pdf.read("a.pdf", data, FormatOptions())


def text_of(*pages: list[Shown]) -> str:
    return document_of(pdf_of(*pages)).text


def prose(document: Document) -> str:
    """The text without what is set aside."""
    text = document.text
    for start, end in reversed(document.furniture):
        text = text[:start] + text[end:]
    return text


def column(x: float, text: str, width: int = 38, y: float = 100, size: float = 10) -> list[Shown]:
    return lines_at(x, y, textwrap.wrap(text, width), size)


def in_this_order(text: str, *parts: str) -> bool:
    places = [text.find(part) for part in parts]
    return -1 not in places and places == sorted(places)


COLUMNS = {
    "two": row_by_row(column(50, LEFT), column(300, RIGHT)),
    "narrow gutter": row_by_row(column(50, LEFT), column(240, RIGHT)),
    "narrow columns": row_by_row(column(50, LEFT, 26), column(190, RIGHT, 26)),
    "small letters": row_by_row(column(50, LEFT, size=7), column(200, RIGHT, size=7)),
    "right one longer": row_by_row(column(50, LEFT), column(300, RIGHT + " " + RIGHT.replace("march", "walk"))),
    "left one longer": row_by_row(column(50, LEFT + " " + LEFT.replace("quarry", "mine")), column(300, RIGHT)),
    "baselines apart": row_by_row(column(50, LEFT), column(300, RIGHT, y=102)),
    "three": row_by_row(column(40, LEFT, 30), column(220, RIGHT, 30), column(400, THIRD, 30)),
    "under a headline": [
        Shown(50, 70, "Quarry will close before the winter, says owner", 20),
        *row_by_row(column(50, LEFT), column(300, RIGHT)),
    ],
    "under a lead": column(
        50, "A lead that goes over both of the columns in one line, and tells in short what " * 3, 100, 50
    )
    + row_by_row(column(50, LEFT), column(300, RIGHT)),
    "over a full line": row_by_row(column(50, LEFT), column(300, RIGHT))
    + column(
        50, "This report was written by several people in three countries over the last ten months of work.", 110, 400
    ),
    "column by column": column(50, LEFT) + column(300, RIGHT),
}


@pytest.mark.parametrize("name", list(COLUMNS))
def test_columns_are_read_one_after_the_other(name):
    text = text_of(COLUMNS[name])
    assert LEFT in text
    assert RIGHT in text
    wanted = (LEFT, RIGHT, THIRD) if name == "three" else (LEFT, RIGHT)
    assert in_this_order(text, *wanted)
    if "headline" in name or "lead" in name:
        assert text.index(LEFT) > 10
    if name == "over a full line":
        assert in_this_order(text, RIGHT, "This report was written by several people in three countries")


def test_an_indented_first_line_of_a_right_column():
    right = column(300, RIGHT)
    right[0] = right[0]._replace(x=310)
    assert in_this_order(text_of(row_by_row(column(50, LEFT), right)), LEFT, RIGHT)


ROWS = {
    "table of numbers": [
        ["Wheat", "1,200", "14.5"],
        ["Barley", "900", "11.0"],
        ["Oats", "75", "8.25"],
        ["Rye", "3", "2"],
    ],
    "table of names": [["Ann Roe", "Mayor", "Eastport"], ["Bo Lund", "Deputy", "Fell"], ["Cy Moss", "Clerk", "Mill"]],
    "label and value": [
        ["Name:", "Ann Roe of the Harbour Institute"],
        ["Office:", "Mayor of Eastport since the flood"],
        ["Date:", "the fifth of March"],
    ],
    "sentences as cells": [
        ["Ann Roe", "said that the bridge was unsafe"],
        ["Bo", "denied that he had known of it"],
        ["Cy Moss, clerk", "did not want to comment on that"],
    ],
    "contents": [
        ["The bridge and the town", "12"],
        ["What the mayor knew of it", "47"],
        ["Who paid for the ferry", "108"],
    ],
    "two rows only": [
        ["the quarry will close in winter", "the bank did not answer to us"],
        ["and the union will march then", "when it was asked about that"],
    ],
    "prices": [["Coffee, small", "2.50"], ["Coffee, large", "3.50"], ["Tea", "2.00"], ["Cake of the day", "4.00"]],
    "votes": [["For the motion", "yes"], ["Against the motion", "no"], ["Not present at all", "none"]],
    "yes and no": [["yes", "no", "yes"], ["no", "no", "yes"], ["yes", "yes", "yes"], ["no", "no", "no"]],
    "questions": [
        ["Who spoke first?", "Ann Roe"],
        ["Who was the next one to speak?", "Bo Lund"],
        ["Why?", "Nobody knew"],
    ],
}


@pytest.mark.parametrize("name", list(ROWS))
def test_a_row_of_a_table_stays_a_line(name):
    shown = [
        Shown(50 + 190 * place, 100 + 13 * number, cell)
        for number, cells in enumerate(ROWS[name])
        for place, cell in enumerate(cells)
    ]
    text = text_of(shown)
    for cells in ROWS[name]:
        assert " ".join(cells) in text


def justified(text: str, width: float) -> list[Shown]:
    """Lines of words with wide spaces between them, the same on both sides."""
    chance = random.Random(3)
    shown = []
    for number, line in enumerate(textwrap.wrap(text, 50)):
        x = 50.0
        for word in line.split():
            shown.append(Shown(x, 100 + 13 * number, word))
            x += len(word) * 5.2 + width + chance.random() * 3
    return shown


@pytest.mark.parametrize("width", [4, 7, 9, 10, 12, 14])
def test_wide_spaces_of_justified_lines_part_nothing(width):
    assert text_of(justified(LEFT, width)) == LEFT


@pytest.mark.parametrize("step", [8, 10, 12])
def test_letterspaced_words_part_nothing(step):
    shown = [
        one
        for place, word in enumerate(["QUARRY", "CLOSES", "MARCH", "ON"])
        for one in letters(50, 100 + 20 * place, word, step)
    ]
    assert in_this_order(text_of(shown + column(50, LEFT, 80, 200)).replace(" ", ""), "QUARRY", "CLOSES", "MARCH", "ON")


@pytest.mark.parametrize(
    ("first", "second", "word", "elsewhere"),
    [
        ("a well-", "known letter", "well-known", ""),
        ("the assem-", "bly of it", "assembly", ""),
        ("the vice-", "president", "vice-president", ""),
        ("the self-", "made man", "self-made", ""),
        ("a long-", "standing row", "long-standing", ""),
        ("a so-", "called deal", "so-called", ""),
        ("in so-", "ciety and", "society", ""),
        ("was ex-", "pected soon", "expected", ""),
        ("an ex-", "minister of", "ex-minister", ""),
        ("the seven-", "teen men", "seventeen", ""),
        ("was self-", "ish of him", "selfish", ""),
        ("with Anne-", "Marie Roe", "Anne-Marie", ""),
        ("in 1914-", "18 the war", "1914-18", ""),
        ("the river-", "side road", "river-side", "A river-side inn burned down."),
        ("a well-", "spring of", "wellspring", "The wellspring is dry."),
        ("the govern-", "ment fell", "government", "The government stands."),
        ("the ferry-", "man said", "ferryman", "A ferryman said so."),
        ("a no\u00ad", "body here", "nobody", ""),
        ("a no\u00adbo\u00addy", "was here", "nobody", ""),
    ],
)
def test_hyphens_at_ends_of_lines(first, second, word, elsewhere):
    lines = [f"Ann Roe told the council on Monday about {first}", f"{second}, and nobody answered her that evening."]
    document = document_of(pdf_of(lines_at(50, 100, lines) + column(50, elsewhere, 80, 300)))
    assert word in document.text
    assert "\u00ad" not in document.text


def under_capital(
    capital: str, lines: list[str], size: float, beside: int, down: int, is_last: bool = False
) -> list[Shown]:
    """A paragraph beside whose first lines a big capital stands, its foot at that of a line."""
    indent = 53 + width_of(capital, size)
    shown = [Shown(indent if n < beside else 50, 100 + 13 * n, line) for n, line in enumerate(lines)]
    big = Shown(50, 100 + 13 * down, capital, size)
    return [*shown, big] if is_last else [big, *shown]


BESIDE = [
    "he quarry at Fellbeck will close before the",
    "winter, its owner told the workers there",
    "on Monday after a vote that took most of",
    "the night. The union had asked for two years,",
    "and the bank for less than that.",
]


@pytest.mark.parametrize("is_last", [False, True])
@pytest.mark.parametrize(("size", "down"), [(24, 1), (28, 1), (38, 2), (40, 2), (52, 3)])
def test_a_big_capital_belongs_to_its_word(size, down, is_last):
    text = text_of([Shown(50, 60, "Quarry closes", 16), *under_capital("T", BESIDE, size, down + 1, down, is_last)])
    assert "T" + " ".join(BESIDE) in text


@pytest.mark.parametrize(
    ("capital", "line", "whole"),
    [
        ("A", "town that has no road will not pay", "A town that"),
        ("I", "was there when the bridge fell down", "I was there"),
        ("A", "fter the flood nobody could cross it", "After the flood"),
        ("I", "n the spring the water came to town", "In the spring"),
        ("A", "s the water rose, nobody could leave", "As the water"),
        ("M", "ara Dunn said that the men would go", "Mara Dunn"),
        ("W", "hen the bridge fell nobody was there", "When the bridge"),
        ("N", "OBODY WAS there when the bridge fell", "NOBODY WAS"),
        ("O", "tto Hale wrote that the loan was due", "Otto Hale"),
        ("É", "lodie Hale wrote that the loan was due", "Élodie Hale"),
        ("A", "nna Hale wrote that the loan was due", "Anna Hale"),
    ],
)
def test_big_capitals_of_many_words(capital, line, whole):
    rest = [
        "and that is what the people of the town",
        "told us when we came, said Anna Hale of",
        "the council of the town.",
    ]
    assert whole in text_of(under_capital(capital, [line, *rest], 38, 3, 2))


def with_note(word: str, mark: str, rest: str, y: float = 100) -> list[Shown]:
    """A line in which a small raised mark stands behind a word."""
    end = 50 + width_of(word)
    return [Shown(50, y, word), Shown(end, y - 4, mark, 6), Shown(end + width_of(mark, 6), y, rest)]


@pytest.mark.parametrize(
    ("word", "mark", "rest", "text"),
    [
        ("They signed a treaty", "3", " with the town.", "They signed a treaty with the town."),
        ("They signed a treaty", "3", ".", "They signed a treaty."),
        ("They signed a treaty.", "12", " Nobody came.", "They signed a treaty. Nobody came."),
        ("They signed a treaty,", "*", " but nobody came.", "They signed a treaty, but nobody came."),
        ("“They signed it,”", "7", " she said.", "“They signed it,” she said."),
        ("They signed a treaty", "†", " then.", "They signed a treaty then."),
        ("They signed it", "1,2", " with the town.", "They signed it with the town."),
        ("They signed it", "[4]", " with the town.", "They signed it with the town."),
        ("A field of 3 km", "2", " was sold.", "A field of 3 km2 was sold."),
        ("About 10", "6", " men came.", "About 106 men came."),
        ("It was the 5", "th", " of March.", "It was the 5th of March."),
    ],
)
def test_marks_of_notes_are_taken_out(word, mark, rest, text):
    assert text_of(with_note(word, mark, rest)) == text


NOTES = [
    ["3 See the report of the council, page 12."],
    ["* Ann Roe said that she would pay."],
    ["1. The council said that it had lost it.", "2. Nobody said so."],
    ["12 The report tells that the council had lost all of the", "letters which it had got."],
    ["† Translated by the bank."],
    ["[4] The bank said it."],
]


@pytest.mark.parametrize("notes", NOTES)
def test_notes_at_the_foot_are_set_aside(notes):
    lines = textwrap.wrap(" ".join([LEFT, RIGHT, THIRD]), 60)
    half = len(lines) // 2
    first = lines_at(50, 100, lines[:half]) + lines_at(50, 700, notes, 7)
    document = document_of(pdf_of(first, lines_at(50, 100, lines[half:])))
    assert prose(document).strip() == " ".join([LEFT, RIGHT, THIRD])
    assert " ".join(document.text[start:end] for start, end in document.furniture) == " ".join(notes)


@pytest.mark.parametrize("lines", [["A small line without a mark."], ["3 of them had left by then."]])
def test_what_is_no_note_stays(lines):
    size = 7 if lines[0][0] == "A" else 10
    assert document_of(pdf_of(column(50, LEFT, 60) + lines_at(50, 700, lines, size))).furniture == ()


def heads_of(kind: str, page: int) -> list[Shown]:
    left = page % 2 == 0
    return {
        "sides": [
            Shown(50, 30, f"{page} The Eastport Courier", 8) if left else Shown(400, 30, f"Quarry closes {page}", 8)
        ],
        "glued": [Shown(50, 30, f"{page} THE COURIER", 8) if left else Shown(400, 30, f"THE COURIER {page}", 8)],
        "dates": [Shown(50, 30, "Tuesday, 5 March 2024", 8), Shown(500, 30, str(page), 8)],
        "feet": [Shown(50 if left else 500, 780, f"Page {page} of 6", 8)],
        "roman": [Shown(300, 780, ["i", "ii", "iii", "iv", "v", "vi"][page - 1], 8)],
        "dashes": [Shown(300, 780, f"– {page} –", 8)],
        "german": [Shown(300, 780, f"Seite {page}", 8)],
        "both": [Shown(50, 30, "The Eastport Courier", 8), Shown(300, 780, str(page), 8)],
    }[kind]


@pytest.mark.parametrize("number", [4, 6])
@pytest.mark.parametrize("kind", ["sides", "glued", "dates", "feet", "roman", "dashes", "german", "both"])
def test_heads_and_feet_of_left_and_right_pages_are_set_aside(kind, number):
    texts = [LEFT, RIGHT, THIRD, LEFT, RIGHT, THIRD][:number]
    pages = [heads_of(kind, place) + column(50, text, 60) for place, text in enumerate(texts, 1)]
    document = document_of(pdf_of(*pages))
    assert len(document.furniture) >= number
    assert [" ".join(part.split()) for part in prose(document).split("\n\n") if part.strip()] == texts


def test_the_text_that_ocr_put_under_pictures_is_read():
    document = document_of(pdf_of(column(50, LEFT), column(50, RIGHT), invisible=True, pictures=frozenset({1, 2})))
    assert LEFT in document.text
    assert RIGHT in document.text
    assert document.notes == ()


def test_pages_that_are_pictures_are_noted_and_empty_ones_not():
    document = document_of(pdf_of(column(50, LEFT), [], [], column(50, RIGHT), pictures=frozenset({1, 2})))
    assert document.notes == ("pages that are pictures without text, which OCR can give them: 1 (2)",)
    assert len(document.pages) == 4


def test_a_pdf_of_pictures_names_ocr(tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf_of([], [], pictures=frozenset({1, 2})))
    (error,) = read(Input(path.name, path))
    assert isinstance(error, InputError)
    assert "ocrmypdf" in str(error)


@pytest.mark.parametrize("seed", range(4))
def test_damaged_pages_are_read_or_refused(seed):
    whole = pdf_of(
        COLUMNS["three"], under_capital("T", BESIDE, 38, 3, 2) + lines_at(50, 700, NOTES[0], 7), pictures=frozenset({2})
    )
    for data in damaged(whole, random.Random(seed)):
        try:
            document = document_of(data)
        except InputError:
            continue
        assert all(0 <= start < end <= len(document.text) for start, end in document.furniture)


def test_a_users_own_words_count_at_ends_of_lines(tmp_path):
    first, second = (
        "Ann Roe told the council on Monday about the glass-",
        "bottomed boat, and nobody answered her then.",
    )
    (tmp_path / "a.pdf").write_bytes(pdf_of(lines_at(50, 100, [first, second])))
    assert "the glassbottomed boat" in run("text", "a.pdf", cwd=tmp_path).stdout.decode()
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons" / "pages.yaml").write_text("compound_first: [glass]\n")
    done = run("extract", "a.pdf", "--rules", ".", "--format", "csv", "--columns", "sentence", cwd=tmp_path)
    assert "the glass-bottomed boat" in done.stdout.decode(), done.stderr

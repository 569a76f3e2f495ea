"""Workbooks of several sheets: all that hold texts are read, the others are named."""

import io

import openpyxl
import pytest

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats import workbook
from claims_cli.formats.options import FormatOptions
from tests.command import run

TEXTS = [["id", "text", "outlet"], [1, "Ann Rowe said that the levy was void.", "Courier"]]
MORE = [["title", "text"], ["Levy", "Luis Prado denied that he had seen the letter."]]
COVER = [["Report", "2026"], ["made by", "me"]]


def made(**sheets: list[list]) -> bytes:
    """A workbook with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(data: bytes, **options: str) -> list[Document]:
    """Its documents."""
    return [item for item in workbook.read("x.xlsx", data, FormatOptions(**options)) if isinstance(item, Document)]


def test_every_sheet_with_texts_is_read_and_named():
    first, second = read(made(News=TEXTS, More=MORE))
    assert (first.path, first.row, first.outlet) == ("x.xlsx#2", 2, "Courier")
    assert (second.path, second.row, second.title) == ("x.xlsx#More#2", 2, "Levy")


@pytest.mark.parametrize("sheets", [{"News": TEXTS, "Cover": COVER}, {"Cover": COVER, "News": TEXTS}])
def test_a_sheet_without_texts_is_named_and_costs_no_other(sheets):
    (document,) = read(made(**sheets))
    assert document.text == TEXTS[1][1]
    assert "1 of 2 sheets were not read" in document.notes[-1]


def test_empty_sheets_are_none():
    (document,) = read(made(Empty=[], News=TEXTS))
    assert document.path == "x.xlsx#2"
    assert not any("sheets" in note for note in document.notes)


def test_a_workbook_without_texts_says_why():
    with pytest.raises(InputError, match="no one column that must be the text"):
        read(made(Cover=COVER, Back=COVER))
    with pytest.raises(InputError, match="no column 'body'"):
        read(made(News=TEXTS, More=MORE), text_column="body")


def test_a_document_of_a_later_sheet_is_found_by_its_name(tmp_path):
    (tmp_path / "x.xlsx").write_bytes(made(News=TEXTS, More=MORE))
    assert run("text", "x.xlsx#More#2", cwd=tmp_path).stdout.decode().strip() == MORE[1][1]

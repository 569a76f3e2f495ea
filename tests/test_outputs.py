"""Exports: the same claims in every format, opened by readers that are not ours, and files that appear whole."""

import csv
import dataclasses
import io
import itertools
import json
import os
import re
from pathlib import Path

import agate.csv_py3
import openpyxl
import pandas
import pytest
from markdown_it import MarkdownIt

from claims_cli import outputs
from claims_cli.claim import FIELD_NAMES, ArticleSpan, Basis, Claim, Document, Span, Voice
from claims_cli.codec import all_columns
from claims_cli.errors import OutputError, UsageError
from claims_cli.outputs import claim_page, workbook
from claims_cli.outputs.background import Background
from claims_cli.outputs.columns import read_columns
from claims_cli.outputs.layout import Layout
from claims_cli.outputs.links import link
from claims_cli.outputs.tables import delimited, line, undelimited
from tests.conftest import ROOT
from tests.test_page import FACTS

GOLDEN = ROOT / "tests" / "golden" / "exports"
TEXT = "=SUM(A1) | “Don’t,”\r\nhe said,\tand | <b>*wept*</b>\x1b[31m\r{{ x }} @Ann_Roe: “\u202eNo\x00 ü😀”"

SHOWN = TEXT.replace("\x1b", r"\x1b").replace("\r{{", r"\r{{").replace("\u202e", r"\u202e").replace("\x00", r"\x00")


def span(start: int, end: int, *more: tuple[int, int]) -> Span:
    return Span.of(TEXT, ((start, end), *more))


def words(text: str) -> Span:
    return span(TEXT.index(text), TEXT.index(text) + len(text))


PLAIN = Claim(
    id="00112233445566aa", doc="in/story.txt", doc_sha256="ab" * 32, title=None, outlet=None, author=None, date=None,
    url=None, article=1, line=1, page=None, row=None, time=None,
    start=0, end=19, sentence="“Don’t,” he said", speaker=None,
    speakers=(), speaker_id=None,
    speaker_basis="none", speaker_confidence=1.0, pronoun=None, anonymity=None,
    speaker_kind="unknown", named=False, speaker_role=None, source=None, cue=None,
    cue_lemma=None, content=span(11, 19), addressee=None, medium=None, when=None, quote="direct", type="statement",
    negated=False, via=(), citing=(), rule="quote-said", confidence=0.5, same_as=(),
)  # fmt: skip
NASTY = dataclasses.replace(
    PLAIN, id="00112233445566bb", line=3, start=0, end=len(TEXT), sentence=TEXT, speaker="@Ann_Roe", named=True,
    speakers=("@Ann_Roe", "-Lee"), speaker_kind="group", speaker_role="+ chief", source=words("@Ann_Roe"),
    cue=words("said"), cue_lemma="say", content=span(0, 19, (30, len(TEXT))), quote="mixed", negated=True,
    speaker_basis="pronoun", speaker_confidence=0.625, pronoun="he", anonymity=words("wept"),
    via=(Voice("The Times", "said", "00112233445566aa"),),
    citing=(Basis("two aides", words("he")),), confidence=0.913, same_as=("00112233445566aa", "00112233445566cc"),
)  # fmt: skip
CLAIMS = [PLAIN, NASTY]
STORY = Document("in/story.txt", TEXT, "ab" * 32, (ArticleSpan(1, 0, len(TEXT)),))
BACKGROUND = Background({STORY.path: STORY}, lambda claims: [], lambda: FACTS)


def written(tmp_path, name: str, claims=CLAIMS, layout: Layout | None = None):
    path = tmp_path / f"claims.{name}"
    outputs.write_file(path, name, claims, layout or Layout())
    return path


def expected_cells(raw: bool) -> list[dict[str, str]]:
    """The golden CSV's meaning, written out by hand for the fields that matter."""
    mark, text = ("", TEXT) if raw else ("'", SHOWN)
    return [
        {"speaker": "", "content": "“Don’t,”", "content_spans": "11-19", "line": "1", "named": "false", "via": "[]"},
        {
            "speaker": mark + "@Ann_Roe",
            "speakers": '["@Ann_Roe", "-Lee"]',
            "speaker_role": mark + "+ chief",
            "sentence": mark + text,
            "content": mark + text[:19] + " … " + text[30:],
            "content_spans": f"0-19;30-{len(TEXT)}",
            "negated": "true",
            "confidence": "0.913",
            "via": '[{"speaker": "The Times", "cue": "said", "claim": "00112233445566aa"}]',
        },
    ]


@pytest.mark.parametrize("name", ["csv", "tsv", "json", "jsonl", "md"])
def test_text_formats_are_their_golden_files(tmp_path, name):
    assert written(tmp_path, name).read_bytes() == (GOLDEN / f"claims.{name}").read_bytes()


def test_xlsx_is_its_golden_file_cell_by_cell(tmp_path):
    def cells(path):
        sheet = openpyxl.load_workbook(path)["claims"]
        return [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()]

    found = cells(written(tmp_path, "xlsx"))
    assert found == cells(GOLDEN / "claims.xlsx")
    assert not any(kind == "f" for row in found for _, kind in row), "a cell is a formula"


def test_parquet_is_its_golden_file_cell_by_cell(tmp_path):
    found = pandas.read_parquet(written(tmp_path, "parquet"))
    pandas.testing.assert_frame_equal(found, pandas.read_parquet(GOLDEN / "claims.parquet"))
    assert found["line"].tolist() == [1, 3]
    assert found["named"].tolist() == [False, True]
    assert found["sentence"][1] == TEXT


def read_python(path, delimiter):
    with open(path, encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=delimiter))


def read_pandas(path, delimiter):
    frame = pandas.read_csv(path, sep=delimiter, dtype=str, keep_default_na=False)
    return frame.to_dict("records")


def read_csvkit(path, delimiter):
    with open(path, encoding="utf-8-sig", newline="") as stream:
        return [dict(row) for row in agate.csv_py3.DictReader(stream, delimiter=delimiter)]


@pytest.mark.parametrize("raw", [False, True])
@pytest.mark.parametrize(("name", "delimiter"), [("csv", ","), ("tsv", "\t")])
@pytest.mark.parametrize("reader", [read_python, read_pandas, read_csvkit])
def test_what_is_read_back_is_what_was_written(tmp_path, reader, name, delimiter, raw):
    rows = reader(written(tmp_path, name, layout=Layout(raw=raw)), delimiter)
    assert [
        {key: row[key] for key in want} for row, want in zip(rows, expected_cells(raw), strict=True)
    ] == expected_cells(raw)


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_row_is_written_as_python_writes_it(delimiter):
    parts = itertools.product(["", "a", ",", "\t", '"', "\r", "\n", " "], repeat=3)
    for cells in (form for three in parts for form in (list(three), ["".join(three)])):
        theirs = io.StringIO()
        csv.writer(theirs, delimiter=delimiter, lineterminator="\r\n").writerow(cells)
        assert line(cells, delimiter) == theirs.getvalue().removesuffix("\r\n") + "\n"


LEFT_OUT = "The bridge … is safe … and dry, he said, and … open."


def test_a_statement_that_holds_the_mark_between_pieces_is_whole_in_links_and_on_the_page():
    content = Span.of(LEFT_OUT, ((0, 31), (41, len(LEFT_OUT))))
    claim = dataclasses.replace(PLAIN, url="https://courier.example/a", content=content, sentence=LEFT_OUT)
    assert content.pieces == ("The bridge … is safe … and dry,", "and … open.")
    assert link(claim).endswith("#:~:text=The%20bridge%20%E2%80%A6%20is%20safe%20%E2%80%A6,and%20%E2%80%A6%20open.")
    page = io.StringIO()
    claim_page.write(claim_page.ClaimPage(claim), page)
    assert "«The bridge … is safe … and dry,» he said, «and … open.»" in page.getvalue()


def test_json_gives_the_record_back(tmp_path):
    rows = json.loads(written(tmp_path, "json").read_text(encoding="utf-8"))
    lines = [json.loads(line) for line in written(tmp_path, "jsonl").read_text(encoding="utf-8").split("\n")[:-1]]
    assert rows == lines
    assert [Claim.from_json(row) for row in rows] == CLAIMS
    assert list(rows[0]) == list(FIELD_NAMES)


def test_markdown_shows_every_cell_as_text(tmp_path):
    source = written(tmp_path, "md", layout=Layout(read_columns("speaker,content"))).read_text(encoding="utf-8")
    html = MarkdownIt("gfm-like", {"linkify": False}).render(source)
    assert "<b>" not in html
    assert "<em>" not in html
    assert "{{" not in source
    assert "\x1b" not in source
    assert "<td>@Ann_Roe</td>" in html
    assert "<td>=SUM(A1) | “Don’t,” … and | &lt;b&gt;*wept*&lt;/b&gt;\\x1b[31m {{ x }}" in html
    assert "@Ann_Roe: “\\u202eNo\\x00 ü😀”</td>" in html


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_the_byte_order_mark_can_be_left_out(tmp_path, name):
    assert written(tmp_path, name).read_bytes().startswith(b"\xef\xbb\xbf")
    assert written(tmp_path, name, layout=Layout(bom=False)).read_bytes().startswith(b"id")


@pytest.mark.parametrize("name", ["csv", "tsv", "md", "xlsx", "parquet"])
def test_no_claims_make_an_empty_table_with_its_columns(tmp_path, name):
    path = written(tmp_path, name, [])
    if name == "md":
        assert path.read_text(encoding="utf-8").startswith("<!-- source-claims -->\n| id | doc |")
    else:
        readers = {"csv": pandas.read_csv, "tsv": lambda p: pandas.read_csv(p, sep="\t"), "xlsx": pandas.read_excel}
        frame = readers.get(name, pandas.read_parquet)(path)
        assert list(frame.columns) == all_columns()
        assert len(frame) == 0


def test_columns_come_in_the_order_they_are_asked_for():
    assert read_columns("content, speaker,content") == ["content", "speaker"]
    with pytest.raises(UsageError, match="did you mean 'speaker'"):
        read_columns("speeker")


def test_a_cell_too_long_for_excel_is_cut_where_one_sees_it(tmp_path):
    long = dataclasses.replace(PLAIN, sentence="ü😀" * 30_000)
    cell = openpyxl.load_workbook(written(tmp_path, "xlsx", [long]))["claims"].cell(
        2, all_columns().index("sentence") + 1
    )
    assert cell.value.endswith(" […]")
    assert 32_760 < len(cell.value.encode("utf-16-le")) // 2 <= 32_767


FILES = [name for name, format in outputs.FORMATS.items() if not format.is_folder]


def failing():
    yield PLAIN
    raise RuntimeError("the run broke")


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_replaced_only_when_the_new_one_is_complete(tmp_path, name):
    path = tmp_path / f"claims.{name}"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError):
        outputs.write_file(path, name, failing(), Layout(), BACKGROUND)
    assert path.read_text(encoding="utf-8") == "old"
    assert os.listdir(tmp_path) == [path.name]


def test_a_replaced_file_keeps_its_permissions_and_a_link_is_written_through(tmp_path):
    target, link = tmp_path / "real.csv", tmp_path / "link.csv"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    link.symlink_to(target)
    outputs.write_file(link, "csv", CLAIMS, Layout())
    assert link.is_symlink()
    assert target.stat().st_mode & 0o777 == 0o640
    assert target.read_bytes() == (GOLDEN / "claims.csv").read_bytes()


def test_what_cannot_be_written_is_told(tmp_path):
    with pytest.raises(OutputError, match="is a folder"):
        outputs.write_file(tmp_path, "csv", CLAIMS, Layout())
    with pytest.raises(OutputError, match="No such file or directory"):
        outputs.write_file(tmp_path / "no" / "such.csv", "csv", CLAIMS, Layout())


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
@pytest.mark.parametrize("name", FILES)
def test_a_full_disk_is_told(name):
    with pytest.raises(OutputError, match="No space left"):
        outputs.write_file(Path("/dev/full"), name, CLAIMS * 2000, Layout(), BACKGROUND)


def test_a_format_whose_module_is_missing_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"pip install 'source-claims\[xlsx\]'"):
        outputs.choose_format("xlsx", tmp_path / "a.xlsx")


def test_a_workbook_does_not_go_to_standard_output():
    with pytest.raises(UsageError, match=r"give a file: -o claims\.xlsx"):
        outputs.choose_format("xlsx", None)


def test_the_documentation_names_every_field_format_and_suffix():
    text = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    table = [
        line.split("|")[1] for line in text.split("## The columns")[1].split("## CSV")[0].splitlines() if "|" in line
    ]
    assert re.findall(r"`(\w+)`", " ".join(table)) == list(FIELD_NAMES)
    rows = [line for line in text.split("## The columns")[0].splitlines() if line.startswith("| `")]
    assert [re.findall(r"`(\w+)`", row)[0] for row in rows] == list(outputs.FORMATS)
    for row, format in zip(rows, outputs.FORMATS.values(), strict=True):
        assert re.findall(r"`(\.\w+)`", row) == list(format.suffixes)


LIKE_FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "a;=1+1",
    "a\n=1",
    "a\r\n@x",
    "a;\n+1",
]


@pytest.mark.parametrize("text", LIKE_FORMULAS)
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_no_cell_is_a_formula_whatever_parts_the_cells_of_a_country(tmp_path, text, delimiter):
    claim = dataclasses.replace(PLAIN, speaker=text, sentence=f"He said: {text}")
    path = written(tmp_path, "csv", [claim], Layout(read_columns("line,speaker,sentence")))
    with open(path, encoding="utf-8-sig", newline="") as stream:
        cells = [cell for row in csv.reader(stream, delimiter=delimiter) for cell in row]
    assert not [cell for cell in cells if cell and cell[0] in "=+-@\t\r\n＝＋－＠"]
    raw = written(tmp_path, "csv", [claim], Layout(read_columns("speaker"), raw=True))
    assert read_python(raw, ",")[0]["speaker"] == text


OBEYED = {
    "\u202eeoR nnA": r"\u202eeoR nnA",
    "Ann\x1b[31m Roe": r"Ann\x1b[31m Roe",
    "Ann\u200b Roe": r"Ann\u200b Roe",
    "A\u200dnn": r"A\u200dnn",
    "Ann\U000e0041": r"Ann\U000e0041",
    "Ann\x9b2J": r"Ann\x9b2J",
    "Ann\x07": r"Ann\x07",
    "\ufeffAnn": r"\ufeffAnn",
    "Ann\rBob": r"Ann\rBob",
    "\u2066Ann\u2069": r"\u2066Ann\u2069",
    "👩\u200d⚕️ می\u200cخواهم": "👩\u200d⚕️ می\u200cخواهم",
    "Ann\tRoe\nBob\r\nCy": "Ann\tRoe\nBob\r\nCy",
}


@pytest.mark.parametrize(("text", "shown"), OBEYED.items())
@pytest.mark.parametrize(("name", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_what_a_terminal_obeys_or_hides_is_seen_in_a_cell(tmp_path, name, delimiter, text, shown):
    claim = dataclasses.replace(PLAIN, speaker=text)
    assert read_python(written(tmp_path, name, [claim]), delimiter)[0]["speaker"] == shown
    assert undelimited(delimited(text, raw=False)) == text
    assert read_python(written(tmp_path, name, [claim], Layout(raw=True)), delimiter)[0]["speaker"] == text


@pytest.mark.parametrize("text", ["\u202eeoR nnA", "Ann\x1b[31m Roe", "Ann\u200b Roe", "Ann\U000e0041"])
def test_markdown_shows_what_a_terminal_obeys_or_hides(tmp_path, text):
    claim = dataclasses.replace(PLAIN, speaker=text)
    source = written(tmp_path, "md", [claim], Layout(["speaker"])).read_text(encoding="utf-8")
    assert f"<td>{OBEYED[text]}</td>" in MarkdownIt("gfm-like", {"linkify": False}).render(source)
    raw = written(tmp_path, "md", [claim], Layout(["speaker"], raw=True)).read_text(encoding="utf-8")
    assert text in MarkdownIt("gfm-like", {"linkify": False}).render(raw)


FOR_PEOPLE = [
    *("speaker", "speaker_role", "content", "cue", "type", "quote", "via", "doc", "line", "page"),
    *("date", "outlet", "link", "confidence", "speaker_confidence", "id"),
]
ADDRESSED = dataclasses.replace(NASTY, url="https://courier.example/a?b=1", date="2024-03-01")


@pytest.mark.parametrize("name", ["csv", "tsv", "md", "xlsx"])
def test_a_sheet_opens_on_what_people_read(name):
    assert outputs.FORMATS[name].columns() == FOR_PEOPLE
    assert outputs.FORMATS["parquet"].columns() == all_columns()


def test_all_columns_are_a_choice_and_go_with_others():
    assert read_columns("all") == all_columns()
    assert read_columns("all,link") == [*all_columns(), "link"]
    assert read_columns("speaker, all", ["mark"])[:2] == ["speaker", "id"]
    assert read_columns("all", ["mark"])[-1] == "mark"


def test_for_people_the_voices_between_are_names_and_nothing_is_empty(tmp_path):
    rows = read_python(written(tmp_path, "csv", layout=Layout(FOR_PEOPLE, in_words=True)), ",")
    assert [row["via"] for row in rows] == ["", "The Times"]


def test_a_workbook_is_laid_out_for_reading(tmp_path):
    claims = [ADDRESSED] * 40
    book = openpyxl.load_workbook(written(tmp_path, "xlsx", claims, Layout(FOR_PEOPLE, in_words=True)))
    sheet = book["claims"]
    place = {cell.value: cell for cell in sheet[1]}
    width = {name: sheet.column_dimensions[place[name].column_letter].width for name in ("speaker", "content", "line")}
    assert all(cell.font.b for cell in sheet[1])
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:P41")
    assert width["line"] < width["speaker"] < width["content"]
    assert sheet.cell(2, FOR_PEOPLE.index("content") + 1).alignment.wrap_text
    address = sheet.cell(2, FOR_PEOPLE.index("link") + 1)
    assert f"{address.hyperlink.target}#{address.hyperlink.location}" == address.value == link(ADDRESSED)
    kinds = {name: sheet.cell(2, FOR_PEOPLE.index(name) + 1).data_type for name in ("line", "confidence", "content")}
    assert kinds == {"line": "n", "confidence": "n", "content": "s"}
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.hyperlink and cell.column != 13] == []


def test_links_that_excel_cannot_have_are_text(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_LINKS", 2)
    long = dataclasses.replace(ADDRESSED, url="https://courier.example/" + "a" * 2500)
    sheet = openpyxl.load_workbook(written(tmp_path, "xlsx", [long, *[ADDRESSED] * 3], Layout(["link"])))["claims"]
    assert [bool(cell.hyperlink) for cell in sheet["A"]] == [False, False, True, False, False]
    assert [cell.value for cell in sheet["A"]][1:] == [link(claim) for claim in (long, *[ADDRESSED] * 3)]


def make_golden() -> None:
    """Write the golden files anew: `python -m tests.test_outputs`, then read what changed."""
    for name in outputs.FORMATS:
        if name != "table" and not outputs.FORMATS[name].shows_texts:
            outputs.write_file(GOLDEN / f"claims.{name}", name, CLAIMS, Layout())


if __name__ == "__main__":
    make_golden()

"""What is known of documents: dates as ISO writes them, what a user tells, filters by it, links to the words."""

import dataclasses
import json
import re
from urllib.parse import unquote

import pytest

from claims_cli.choice import Choice
from claims_cli.claim import Document, Span
from claims_cli.errors import UsageError
from claims_cli.formats.dates import iso_date
from claims_cli.formats.options import FormatOptions, shipped_columns
from claims_cli.inputs.options import ReadOptions
from claims_cli.inputs.readers import read
from claims_cli.inputs.sidecar import Sidecar
from claims_cli.inputs.sources import Input
from claims_cli.outputs.links import link
from claims_cli.query import settle
from claims_cli.rulebook import load
from tests.test_outputs import PLAIN

SETTINGS = load().settings
LONG = "The mayor of the old town said that the bridge was unsafe. " * 6


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024-03-05", "2024-03-05"),
        ("2024-03-05T23:30:00-05:00", "2024-03-05"),
        ("20240305", "2024-03-05"),
        ("2024/03/05", "2024-03-05"),
        ("5 March 2024", "2024-03-05"),
        ("Tuesday, March 5, 2024 at 10:30 am", "2024-03-05"),
        ("Tue, 05 Mar 2024 23:00:00 -0500", "2024-03-05"),
        ("29 Feb 2024", "2024-02-29"),
        ("13/05/2024", "2024-05-13"),
        ("05/13/2024", "2024-05-13"),
        ("05/05/2024", "2024-05-05"),
        ("2024-03", "2024-03"),
        ("March 2024", "2024-03"),
        ("2024", "2024"),
        ("03/05/2024", "03/05/2024"),
        ("5.3.24", "5.3.24"),
        ("5 March", "5 March"),
        ("2024-02-31", "2024-02-31"),
        ("yesterday", "yesterday"),
        ("  ", None),
        (None, None),
    ],
)
def test_dates_are_read_and_never_guessed(written, date):
    assert iso_date(written) == date


def claim(words: str, url: str | None, *pieces: tuple[int, int]):
    content = Span.of(words, pieces or ((0, len(words)),))
    return dataclasses.replace(PLAIN, content=content, url=url)


@pytest.mark.parametrize(
    ("words", "url", "expected"),
    [
        ("the bridge fell", "https://a.example/b", "https://a.example/b#:~:text=the%20bridge%20fell"),
        ("well-known, & so", "https://a.example", "https://a.example#:~:text=well%2Dknown%2C%20%26%20so"),
        ("“ü”", "http://a.example/?q=1&r=2", "http://a.example/?q=1&r=2#:~:text=%E2%80%9C%C3%BC%E2%80%9D"),
        ("no", "https://a.example/#top", "https://a.example/#top:~:text=no"),
        ("no", "https://a.example/#:~:text=yes", "https://a.example/#:~:text=no"),
        ("no", "https://a.example/<script>|\n", "https://a.example/%3Cscript%3E%7C%0A#:~:text=no"),
        ("one\ntwo  three", "https://a.example", "https://a.example#:~:text=one,two%20three"),
        ("no", "javascript:alert(1)", None),
        ("no", None, None),
    ],
)
def test_a_link_opens_the_page_at_the_words(words, url, expected):
    assert link(claim(words, url)) == expected


def test_a_link_to_a_long_statement_names_its_first_and_last_words():
    found = link(claim(LONG.strip(), "https://a.example"))
    first, last = found.partition("text=")[2].split(",")
    assert (unquote(first), unquote(last)) == ("The mayor of the old town", "said that the bridge was unsafe.")
    assert len(found) < 120


def test_a_link_to_a_statement_in_pieces_spans_them():
    found = link(claim("“It is late,” he said, “and dark.”", "https://a.example", (0, 13), (23, 34)))
    first, last = found.partition("text=")[2].split(",")
    assert (unquote(first), unquote(last)) == ("“It is late,”", "“and dark.”")


def dated(doc: str, date: str | None, outlet: str | None = None):
    return dataclasses.replace(PLAIN, doc=doc, date=date, outlet=outlet)


DATED = [
    dated("whole", "2024-03-05"),
    dated("month", "2024-03"),
    dated("year", "2024"),
    dated("early", "2023-12-31", "The Daily Example"),
    dated("unclear", "03/05/2024"),
    dated("none", None, "Daily News"),
    dated("none", None, "Daily News"),
]


@pytest.mark.parametrize(
    ("options", "shown", "undated"),
    [
        ({}, ["whole", "month", "year", "early", "unclear", "none", "none"], 0),
        ({"after": "2024-03-01"}, ["whole", "month"], 2),
        ({"after": "2024-03-05"}, ["whole"], 2),
        ({"before": "2024-01-01"}, ["year", "early"], 2),
        ({"after": "2024-01-01", "before": "2024-03-04"}, ["month", "year"], 2),
        ({"outlets": ["daily example"]}, ["early"], 0),
        ({"outlets": ["daily"]}, ["early", "none", "none"], 0),
        ({"outlets": ["example", "News"]}, ["early", "none", "none"], 0),
        ({"outlets": ["dail"]}, [], 0),
    ],
)
def test_filters_by_day_and_outlet(options, shown, undated):
    choice = Choice(settle(SETTINGS, **options))
    assert [one.doc for one in choice.choose(DATED)] == shown
    assert len(choice.tally.undated) == undated


@pytest.mark.parametrize("day", ["2024-3", "yesterday", "2024-02-31", "05/03/2024", ""])
def test_a_day_that_is_none(day):
    with pytest.raises(UsageError, match="--after"):
        settle(SETTINGS, after=day)


def test_a_table_beside_the_documents(tmp_path):
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "in/a.txt", "in/b.txt"):
        (tmp_path / name).write_text("The mayor said no.", encoding="utf-8")
    (tmp_path / "in" / "c.csv").write_text("text,outlet\nThe mayor said no.,Own\n", encoding="utf-8")
    table = tmp_path / "meta.csv"
    table.write_text(
        "Path;Headline;Publication;Date\nin/a.txt;Inner;;5 March 2024\nb.txt;B;The Example;\nc.csv#2;C;Told;\nx;X;;\n",
        encoding="utf-8",
    )
    columns = shipped_columns()
    sidecar = Sidecar.load(table, columns)
    options = ReadOptions(FormatOptions(columns), sidecar)
    found = {}
    for name in ("a.txt", "in/a.txt", "in/b.txt", "in/c.csv"):
        (document,) = read(Input(f"./{name}", tmp_path / name), options)
        found[name] = (document.title, document.outlet, document.date)
    assert found == {
        "a.txt": (None, None, None),
        "in/a.txt": ("Inner", None, "2024-03-05"),
        "in/b.txt": ("B", "The Example", None),
        "in/c.csv": ("C", "Told", None),
    }
    assert sidecar.unused({*map(sidecar.name_of, ("./a.txt", "./in/a.txt", "./in/b.txt", "./in/c.csv#2"))}) == ["x"]


@pytest.mark.parametrize(
    ("table", "reason"), [("title\nX\n", "no column that names documents"), (None, "is not there")]
)
def test_a_table_that_is_none(tmp_path, table, reason):
    path = tmp_path / "meta.csv"
    if table is not None:
        path.write_text(table, encoding="utf-8")
    with pytest.raises(UsageError, match=re.escape(reason)):
        Sidecar.load(path, shipped_columns())


def test_halves_of_characters_do_not_stop_a_run(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('{"text": "He said no. \\ud83d\\ude00 \\ud83d.", "title": "\\udc00"}', encoding="utf-8")
    (document,) = read(Input("a.json", path))
    assert document.text == "He said no. 😀 \ufffd."
    assert document.title == "\ufffd"


def test_what_is_known_is_in_every_output(claims, articles, tmp_path):
    page, rows = (next(path for path in articles if path.name == name) for name in ("a.html", "a.csv"))
    manifest = tmp_path / "run.json"
    options = ["--columns", "doc,row,outlet,date,link", "--format", "csv", "--manifest", str(manifest)]
    done = claims("extract", str(page), str(rows), "--outlet", "courier", "--after", "2024-03-05", *options)
    lines = done.stdout.decode().splitlines()
    assert len(lines) >= 19
    assert lines[1].startswith(f"{page},,The Eastport Courier,2024-03-05,https://courier.example/b#:~:text=")
    assert lines[-1].startswith(f"{rows}#3,3,The Eastport Courier,2024-03-05,https://courier.example/b#:~:text=")
    first, second = json.loads(manifest.read_text(encoding="utf-8"))["inputs"]
    assert (first["format"], second["format"]) == ("html", "csv")
    assert second["metadata"]["desk"] == "local"
    assert second["metadata"]["author"] == "Kim Moss"


@pytest.mark.parametrize(
    ("author", "speaker"), [("Jo Fox", "Jo Fox"), ("Jo Fox and Ann Roe", "I"), ("Jo Fox; Ann Roe", "I"), (None, "I")]
)
def test_i_outside_quotation_marks_is_the_author(extractor, author, speaker):
    text = "I believe that the bridge is unsafe. “I have seen it,” said John Lee.\n"
    ((_, claims),) = extractor.extract([Document("a.txt", text, author=author)])
    assert {claim.speaker for claim in claims} == {speaker, "John Lee"}

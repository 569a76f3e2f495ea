"""JSON as services write it: what is nested is reached, a list of paragraphs is a text, a sidecar may go by address."""

import json

import pytest

from tests.test_formats import documents_of

SAID = "Nora Lee said the quay would be closed by June, which nobody on the board had asked for before."
MORE = "“We rented the crane,” said Jim Hall, who has run the ferry across the bay for forty years."
CONTENT = {
    "response": {
        "status": "ok",
        "results": [
            {
                "id": "x",
                "webTitle": "Harbour to close",
                "webUrl": "https://paper.example/harbour",
                "webPublicationDate": "2024-03-03T10:00:00Z",
                "fields": {"byline": "Ann Roe", "body": f"<p>{SAID}</p><p>{MORE}</p>"},
            },
            {"id": "y", "webTitle": "Second", "fields": {"byline": "Bo Vance", "body": f"<p>{MORE}</p>"}},
        ],
    }
}
NEWS = {
    "status": "ok",
    "articles": [
        {
            "source": {"id": None, "name": "The Post"},
            "author": "Bo Vance",
            "title": "Harbour to close",
            "url": "https://paper.example/harbour",
            "publishedAt": "2024-03-03T10:00:00Z",
            "content": f"{SAID}\n\n{MORE}",
        }
    ],
}
PARAGRAPHS = [{"headline": "Harbour to close", "paragraphs": [SAID, MORE], "source": {"name": "The Post"}}]
BODY = {"headline": "Harbour to close", "body": [{"text": SAID}, {"text": MORE}], "tags": ["harbour"]}
ANNOTATED = [{"id": 1, "text": f"{SAID}\n\n{MORE}", "label": [[0, 8, "SOURCE"]]}]


SHAPES = {"content": CONTENT, "news": NEWS, "list": PARAGRAPHS, "body": BODY, "annotated": ANNOTATED}


@pytest.mark.parametrize("value", SHAPES.values(), ids=SHAPES)
def test_the_text_is_found_where_services_put_it(tmp_path, value):
    (tmp_path / "a.json").write_text(json.dumps(value), encoding="utf-8")
    first = documents_of(tmp_path / "a.json")[0]
    assert first.text.strip() == f"{SAID}\n\n{MORE}"


def test_what_is_told_beside_it_is_found_too(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(CONTENT), encoding="utf-8")
    first, second = documents_of(tmp_path / "a.json")
    assert (first.title, first.author, first.date, first.url) == (
        "Harbour to close",
        "Ann Roe",
        "2024-03-03",
        "https://paper.example/harbour",
    )
    assert (second.title, second.author, second.date, second.url) == ("Second", "Bo Vance", None, None)


def test_a_list_of_objects_with_texts_alone_is_a_list_of_documents(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps({"docs": [{"text": SAID}, {"text": MORE}]}), encoding="utf-8")
    assert [document.text for document in documents_of(tmp_path / "a.json")] == [SAID, MORE]


def test_a_column_may_be_named_where_it_stands(claims, tmp_path):
    (tmp_path / "a.json").write_text(json.dumps({"a": {"b": {"words": SAID}}, "n": 3}), encoding="utf-8")
    done = claims(
        "extract",
        tmp_path / "a.json",
        "--text-column",
        "a.b.words",
        "--format",
        "csv",
        "--columns",
        "speaker",
        "--no-cache",
    )
    assert done.stdout.decode().split() == ["speaker", "Nora", "Lee"]


def test_a_table_beside_it_may_name_documents_by_their_address(claims, tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(NEWS), encoding="utf-8")
    (tmp_path / "m.csv").write_text(
        "url,media_name,publish_date\nhttps://paper.example/harbour,The Bay Post,20240304123000\n", encoding="utf-8"
    )
    columns = ("--format", "csv", "--columns", "outlet,date", "--no-cache")
    done = claims("extract", tmp_path / "a.json", "--meta", tmp_path / "m.csv", *columns)
    assert set(done.stdout.decode().splitlines()[1:]) == {"The Bay Post,2024-03-04"}

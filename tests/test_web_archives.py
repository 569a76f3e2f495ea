"""Pages in web archives: MHTML, WARC, WACZ, HAR, and pages that browsers saved."""

import base64
import gzip
import json
import random

import pytest

from claims_cli.errors import InputError
from claims_cli.inputs.readers import read
from claims_cli.inputs.sources import Input
from tests.formats import PAGE, PARAGRAPHS, TITLE, TOLD, damaged, mhtml, packed, page_without_date, warc, warc_record

URL = "https://courier.example/n/1"
MOMENT = "2024-06-07T21:15:00Z"


def documents_of(tmp_path, name, data, options=None):
    path = tmp_path / name
    path.write_bytes(data)
    return list(read(Input(name, path), options))


def notes_of(documents):
    return [note for document in documents for note in document.notes]


def har(*entries):
    return json.dumps({"log": {"version": "1.2", "entries": list(entries)}}).encode()


def har_entry(text, kind="text/html; charset=utf-8", status=200, url=URL, **content):
    answer = {"status": status, "content": {"mimeType": kind, "text": text, **content}}
    return {"startedDateTime": "2024-06-07T21:15:00.250+02:00", "request": {"url": url}, "response": answer}


def test_a_saved_page_tells_its_address_and_the_day_it_was_saved(tmp_path):
    [document] = documents_of(tmp_path, "a.mhtml", mhtml(page_without_date()))
    assert (document.url, document.date, document.title) == (URL, "2024-06-07", TITLE)
    assert document.metadata == (("captured", "2024-06-07T21:15:00+00:00"),)
    assert PARAGRAPHS[1] in document.text
    assert "frame" not in document.text


def test_the_date_of_the_page_goes_before_that_of_its_saving(tmp_path):
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    [document] = documents_of(tmp_path, "a.mht", mhtml(PAGE.format(title=TITLE, body=body, **TOLD).encode()))
    assert (document.date, document.metadata[0][1][:10]) == ("2024-03-05", "2024-06-07")


def test_the_page_is_the_part_of_the_address_and_not_the_first(tmp_path):
    frame_first = mhtml(page_without_date(), is_frame_first=True)
    [document] = documents_of(tmp_path, "a.mhtml", frame_first)
    assert PARAGRAPHS[0] in document.text


def test_a_saved_page_that_is_none(tmp_path):
    [error] = documents_of(tmp_path, "a.mhtml", b"Subject: x\nContent-Type: text/plain\n\nHe said no.\n")
    assert isinstance(error, InputError)
    assert error.reason == "holds no web page"


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.WARC.GZ", "a.wacz", "b.zip"])
def test_pages_of_a_web_archive(tmp_path, name):
    plain, gzipped = warc(page_without_date(), False), warc(page_without_date(), True)
    data = {"a.warc": plain, "a.wacz": packed({"archive/x.warc.gz": gzipped, "datapackage.json": "{}"})}.get(name)
    data = packed({"in/x.warc.gz": gzipped}) if name == "b.zip" else data or gzipped
    documents = documents_of(tmp_path, name, data)
    first = "b.zip!in/x.warc.gz" if name == "b.zip" else name
    assert [document.path for document in documents] == [f"{first}#1", f"{first}#2"]
    page, text = documents
    assert (page.url, page.date, page.title, page.row) == (URL, "2024-06-07", TITLE, 1)
    assert page.metadata == (("captured", MOMENT),)
    assert PARAGRAPHS[1] in page.text
    assert text.text.startswith("Roe said")
    kinds = ["errors", "other files", "other records", "redirects", "revisits", "robots.txt"]
    assert notes_of(documents) == ["left out of this archive: " + ", ".join(f"{kind}: 1" for kind in kinds)]


@pytest.mark.parametrize("is_packed", [False, True])
def test_a_broken_record_costs_only_itself(tmp_path, is_packed):
    records = [warc_record(f"<html><body><p>Roe said no. {n}</p></body></html>".encode()) for n in range(3)]
    if is_packed:
        records = [gzip.compress(record) for record in records]
        records[1] = records[1][:40] + b"\0\0\0\0" + records[1][44:-5]
    else:
        records[1] = records[1].replace(b"Content-Length: ", b"Content-Length: 9", 1)
    documents = documents_of(tmp_path, "a.warc.gz" if is_packed else "a.warc", b"".join(records))
    texts = [document.text[-1] for document in documents if not isinstance(document, InputError)]
    assert {"0", "2"} <= set(texts)


def test_an_archive_without_pages(tmp_path):
    [error] = documents_of(tmp_path, "a.warc", warc_record(b"gone", status="404 Not Found"))
    assert "holds no page with text; left out of this archive: errors: 1" in error.reason
    [error] = documents_of(tmp_path, "b.warc", b"He said no.")
    assert error.reason == "is no WARC file"


def test_a_record_that_unpacks_too_far(tmp_path):
    [error] = documents_of(tmp_path, "a.warc.gz", gzip.compress(bytes(60_000_000)))
    assert error.reason == "has a record that unpacks too far"


def test_what_stands_before_a_record_that_unpacks_too_far_is_read(tmp_path):
    page = gzip.compress(warc_record(page_without_date()))
    documents = documents_of(tmp_path, "a.warc.gz", page * 2 + gzip.compress(bytes(60_000_000)))
    assert [item.path for item in documents] == ["a.warc.gz#1", "a.warc.gz#2", "a.warc.gz"]
    assert documents[2].reason == "has a record that unpacks too far"


def test_pages_that_cannot_be_read_take_no_memory(tmp_path):
    large = gzip.compress(warc_record(bytes(9_000_000)))
    documents = documents_of(tmp_path, "a.warc.gz", large * 60)
    assert {item.reason for item in documents[:-1]} == {"is no text in UTF-8"}
    assert len(documents) >= 60


def test_what_servers_pack_and_how_they_encode(tmp_path):
    page = "<html><body><p>“No,” said Élodie Roe.</p></body></html>"
    packed_page = warc_record(gzip.compress(page.encode()), headers="Content-Encoding: gzip\r\n")
    western = warc_record(page.encode("cp1252"), kind="text/html; charset=windows-1252")
    brotli = warc_record(b"\x8b\x05\x80abc", headers="Content-Encoding: br\r\n")
    documents = documents_of(tmp_path, "a.warc", packed_page + western + brotli)
    assert [document.text for document in documents[:2]] == ["“No,” said Élodie Roe."] * 2
    assert "packed with br" in documents[2].reason


def test_a_web_archive_from_standard_input_is_known_by_its_beginning(tmp_path):
    documents = documents_of(tmp_path, "a.unknown", warc(page_without_date(), False))
    assert len(documents) == 2


def test_pages_of_a_recorded_visit(tmp_path):
    page = page_without_date().decode()
    encoded = base64.b64encode("<html><body><p>“No,” said Élodie Roe.</p></body></html>".encode("cp1252")).decode()
    data = har(
        har_entry(page),
        har_entry(encoded, "text/html; charset=windows-1252", encoding="base64", url=URL + "2"),
        har_entry("x", "application/javascript"),
        har_entry("Not found", status=404),
        {"request": None},
    )
    documents = documents_of(tmp_path, "a.har", data)
    assert [(one.path, one.url, one.date) for one in documents] == [
        ("a.har#1", URL, "2024-06-07"),
        ("a.har#2", URL + "2", "2024-06-07"),
    ]
    assert documents[0].metadata == (("captured", "2024-06-07T21:15:00.250+02:00"),)
    assert documents[1].text == "“No,” said Élodie Roe."
    assert notes_of(documents) == ["left out of this archive: errors: 1, other files: 1, other records: 1"]


def test_json_that_is_no_recorded_visit(tmp_path):
    [error] = documents_of(tmp_path, "a.har", b'{"log": []}')
    assert "has no entries" in error.reason


@pytest.mark.parametrize(
    ("begin", "end", "url", "captured"),
    [
        (
            f"<!--\n Page saved with SingleFile \n url: {URL} \n saved date: "
            "Fri Jun 07 2024 21:15:00 GMT+0200 (CEST)\n-->",
            "",
            URL,
            "2024-06-07T21:15:00+02:00",
        ),
        (f"<!--\r\n Page saved with SingleFile \r\n url: {URL}\r\n-->", "", URL, None),
        (f"<!-- saved from url=(0030){URL} -->", "", URL, None),
        (
            f'<meta name="savepage-url" content="{URL}">'
            '<meta name="savepage-date" content="Fri Jun 07 2024 21:15:00 GMT-0400 (x)">',
            "",
            URL,
            "2024-06-07T21:15:00-04:00",
        ),
        (
            "<!-- Mirrored from courier.example/n/1 by HTTrack Website Copier/3.x [XR&CO'2014], "
            "Fri, 07 Jun 2024 21:15:00 GMT -->",
            "",
            None,
            "2024-06-07T21:15:00+00:00",
        ),
        ("", "<!-- FILE ARCHIVED ON 21:15:00 Jun 07, 2024 AND RETRIEVED -->", None, "2024-06-07T21:15:00+00:00"),
        ("<!-- Page saved with SingleFile\n url: javascript:x \n saved date: Foo Bar 99 -->", "", None, None),
    ],
)
def test_what_programs_that_save_pages_tell(tmp_path, begin, end, url, captured):
    page = f"<!DOCTYPE html><html>{begin}<body><p>Roe said no.</p></body></html>{end}"
    [document] = documents_of(tmp_path, "a.html", page.encode())
    assert (document.url, dict(document.metadata).get("captured"), document.date) == (url, captured, None)
    assert document.text == "Roe said no."


def samples():
    page = page_without_date()
    gzipped = warc(page, True)
    return {
        "a.mhtml": mhtml(page), "a.warc": warc(page, False), "a.warc.gz": gzipped,
        "a.wacz": packed({"archive/x.warc.gz": gzipped}), "a.har": har(har_entry(page.decode())),
    }  # fmt: skip


@pytest.mark.parametrize("name", list(samples()))
def test_damaged_archives_are_errors_or_texts(tmp_path, name):
    for data in damaged(samples()[name], random.Random(name)):
        for item in documents_of(tmp_path, name, data):
            assert not isinstance(item, InputError) or not any(
                word in item.reason for word in ("Error:", "its reader ran out", "Exception")
            ), item.reason

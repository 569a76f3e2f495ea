"""Feeds: each item a document."""

import random

import pytest

from claims_cli.errors import InputError
from claims_cli.formats.feed import is_feed
from claims_cli.inputs.readers import read
from claims_cli.inputs.sources import Input
from tests.formats import atom, damaged, rss

RDF = (
    '<?xml version="1.0"?><!-- made by hand --><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Old Feed</title>'
    "</channel><item><title>Quay closed</title><link>https://courier.example/q</link><dc:date>2004-05-06T07:00Z"
    "</dc:date><dc:creator>Kim Moss</dc:creator><description>Roe said no.</description></item></rdf:RDF>"
)


def documents_of(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(read(Input(name, path)))


def feed(items):
    return f'<rss version="2.0"><channel><title>The Courier</title>{items}</channel></rss>'


def test_an_item_is_read_in_full_and_else_by_its_summary(tmp_path):
    items = (
        '<item xmlns:content="http://purl.org/rss/1.0/modules/content/"><title>A</title><description>In short.'
        "</description><content:encoded><![CDATA[<p>“No,” said Roe.</p><script>x</script><p>He left.</p>]]>"
        "</content:encoded></item><item><title>B &amp;amp; C</title><description>&lt;p&gt;Lund said yes.&lt;/p&gt;"
        "</description></item><item><title>Empty</title></item><item><description>One.\n\nTwo &amp; three."
        "</description></item>"
    )
    documents = documents_of(tmp_path, "a.rss", feed(items))
    assert [(one.path, one.title, one.text) for one in documents] == [
        ("a.rss#1", "A", "“No,” said Roe.\n\nHe left."),
        ("a.rss#2", "B & C", "Lund said yes."),
        ("a.rss#4", None, "One.\n\nTwo & three."),
    ]
    assert {one.outlet for one in documents} == {"The Courier"}
    assert [one.notes for one in documents] == [(), (), ("items without text in this feed: 1",)]


@pytest.mark.parametrize(
    ("told", "author"),
    [
        ("<author>kim@courier.example (Kim Moss)</author>", "Kim Moss"),
        ("<dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>Kim Moss</dc:creator>", "Kim Moss"),
        ("<author>kim@courier.example</author>", "kim@courier.example"),
        ("", None),
    ],
)
def test_who_wrote_an_item(tmp_path, told, author):
    [document] = documents_of(tmp_path, "a.rss", feed(f"<item>{told}<description>Roe said no.</description></item>"))
    assert (document.author, document.date, document.url) == (author, None, None)


def test_the_source_of_an_item_is_its_outlet(tmp_path):
    item = "<item><source url='https://b.example/'>The Herald</source><description>Roe said no.</description></item>"
    [document] = documents_of(tmp_path, "a.rss", feed(item))
    assert document.outlet == "The Herald"


def test_old_feeds(tmp_path):
    [document] = documents_of(tmp_path, "a.rss", RDF)
    told = (document.title, document.outlet, document.author, document.date, document.url)
    assert told == ("Quay closed", "Old Feed", "Kim Moss", "2004-05-06", "https://courier.example/q")


def test_what_is_a_feed():
    assert all(map(is_feed, [rss(), atom(), RDF.encode(), b"\xef\xbb\xbf" + rss(), rss().decode().encode("utf-16")]))
    rest = [b"", b"<html><body>rss</body></html>", b"<feed><item/></feed>", b"<rdf:RDF xmlns:rdf='x'/>", b"<rssx>"]
    assert not any(map(is_feed, [*rest, b"<!--" * 20_000, b"<?" * 20_000, b"He said <rss>"]))


def test_what_is_no_feed_or_empty(tmp_path):
    [error] = documents_of(tmp_path, "a.rss", "<html><p>He said no.</p></html>")
    assert "is no feed" in error.reason
    [error] = documents_of(tmp_path, "a.rss", feed(""))
    assert error.reason == "no item of this feed has text"


def test_entities_are_not_multiplied(tmp_path):
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE rss [<!ENTITY a0 "Roe said no. ">{entities}]>' + feed(
        "<item><description>Roe said &a11; no.</description></item>"
    )
    [document] = documents_of(tmp_path, "a.rss", bomb)
    assert isinstance(document, InputError) or len(document.text) < 1000


def test_a_cut_feed_gives_what_is_whole(tmp_path):
    item = "<item><description>Roe said no.</description></item>"
    documents = documents_of(tmp_path, "a.rss", feed(item * 2)[:-25])
    assert documents[0].text == "Roe said no."
    assert "no well-formed XML" in documents[-1].notes[-1]


@pytest.mark.parametrize("make", [rss, atom])
def test_damaged_feeds_are_errors_or_texts(tmp_path, make):
    for data in damaged(make().encode() if isinstance(make(), str) else make(), random.Random(3)):
        for item in documents_of(tmp_path, "a.rss", data):
            assert not isinstance(item, InputError) or "Error:" not in item.reason, item.reason

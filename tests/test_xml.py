"""XML by its root element: what is read of each kind, and what is refused."""

import random

import pytest

from claims_cli.errors import InputError
from tests.formats import DAMAGED
from tests.test_formats import documents_of

NITF = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf PUBLIC "-//IPTC//DTD NITF 3.4//EN" "nitf-3-4.dtd">
<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><head><title>slug</title><docdata>
<date.issue norm="20240305T101500Z"/>
<doc.rights owner="Mill Wire"/></docdata></head><body><body.head><hedline><hl1>Weir is <em>closed</em></hl1></hedline>
<byline>By <person>Kit Hale</person></byline><dateline>MILLTOWN</dateline></body.head><body.content>
<p>The weir is closed, said <person>Ada Crane</person>.</p><media><media-caption>The weir</media-caption></media>
<hl2>Boats</hl2><p>Boats &amp; barges wait&nbsp;&mdash; all of them.</p></body.content></body></nitf>"""
ITEM = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><itemMeta><provider literal="Mill Wire"/>
<versionCreated>2024-03-05T10:15:00Z</versionCreated></itemMeta><contentMeta><by>By Kit Hale</by>
<headline>Weir closed</headline>
</contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">
<head>
<title>x</title></head><body><p>The weir is closed, said <b>Ada Crane</b>.</p><p>Boats wait.</p></body></html>
</inlineXML>
</contentSet></newsItem>"""
JATS = """<article xmlns:xlink="http://www.w3.org/1999/xlink"><front><journal-meta><journal-title-group>
<journal-title>Weirs
</journal-title></journal-title-group></journal-meta><article-meta><title-group>
<article-title>Flow at <italic>weirs</italic>
</article-title></title-group><contrib-group><contrib contrib-type="author"><name><surname>Crane</surname>
<given-names>Ada
</given-names></name></contrib><contrib contrib-type="editor"><name><surname>Fell</surname></name></contrib>
</contrib-group>
<pub-date><day>5</day><month>3</month><year>2024</year></pub-date><abstract><p>We argue that flow falls.</p></abstract>
</article-meta></front><body><sec><title>Results</title><p>Hale found that it rose<sup><xref>1</xref>,<xref>2</xref>
</sup>.</p>
</sec></body><back><ref-list><ref>Hale 2001</ref></ref-list></back></article>"""
TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Sitting of the mill</title>
</titleStmt><sourceDesc><bibl><date when="1884-03-05">March</date></bibl></sourceDesc></fileDesc></teiHeader><text>
<body><div>
<head>The weir</head><sp><speaker>Ada Crane.</speaker><p>I said that the weir is <hi>old</hi>.</p></sp><sp>
<speaker>Kit Hale
</speaker><p>I deny that it is.<note>Noise</note></p></sp></div></body></text></TEI>"""


def written(tmp_path, source: str | bytes, name: str = "a.xml") -> list:
    path = tmp_path / name
    path.write_bytes(source if isinstance(source, bytes) else source.encode())
    return documents_of(path)


def test_news_in_nitf(tmp_path):
    (document,) = written(tmp_path, NITF, "a.nitf")
    said = "The weir is closed, said Ada Crane."
    assert document.text.split("\n\n") == [
        "Weir is closed",
        "MILLTOWN",
        said,
        "Boats",
        "Boats & barges wait — all of them.",
    ]
    assert (document.title, document.author, document.date) == ("Weir is closed", "Kit Hale", "2024-03-05")
    assert (document.outlet, document.format) == ("Mill Wire", "xml")


def test_news_in_newsml(tmp_path):
    (one,) = written(tmp_path, ITEM, "a.newsml")
    assert one.text == "Weir closed\n\nThe weir is closed, said Ada Crane.\n\nBoats wait."
    assert (one.title, one.author, one.date, one.outlet) == ("Weir closed", "Kit Hale", "2024-03-05", "Mill Wire")
    inner = ITEM.replace(ITEM[ITEM.index("<inlineXML") : ITEM.index("</contentSet>")], NITF[NITF.index("<nitf") :])
    first, second = written(tmp_path, f"<newsMessage><itemSet>{ITEM}{inner}</itemSet></newsMessage>")
    assert (first.path, second.path) == ("a.xml#1", "a.xml#2")
    assert first.text == one.text
    assert second.text.split("\n\n")[2] == "The weir is closed, said Ada Crane."


def test_an_article_in_jats(tmp_path):
    (document,) = written(tmp_path, JATS)
    assert document.text == "Flow at weirs\n\nWe argue that flow falls.\n\nResults\n\nHale found that it rose."
    assert (document.title, document.author, document.date) == ("Flow at weirs", "Ada Crane", "2024-03-05")
    assert document.outlet == "Weirs"


def test_speeches_in_tei(tmp_path):
    (document,) = written(tmp_path, TEI)
    said = ["Ada Crane: I said that the weir is old.", "Kit Hale: I deny that it is."]
    assert document.text.split("\n\n") == ["Sitting of the mill", "The weir", *said]
    assert (document.title, document.date) == ("Sitting of the mill", "1884-03-05")


def test_a_page_in_xml(tmp_path):
    page = (
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Ada Crane said no.</p></body></html>'
    )
    (document,) = written(tmp_path, page)
    assert document.text == "Ada Crane said no."


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<records><row>He said no.</row></records>", "XML of the root element 'records'"),
        ("<article>He said no.</article>", "XML of the root element 'article'"),
        ("He said no.", "is no XML, or broken"),
        (NITF[:600], "is no XML, or broken"),
        ('<!DOCTYPE nitf [<!ENTITY a "b">]><nitf>&a;</nitf>', "declares entities"),
        ('<!DOCTYPE nitf [<!ENTITY a "b">]><nitf>&a;</nitf>'.encode("utf-16"), "declares entities"),
        ('<!DOCTYPE nitf SYSTEM "/etc/passwd" [ ]><nitf/>', "declares entities"),
        ("<nitf>" + "<p>" * 5_000 + "</p>" * 5_000 + "</nitf>", "is nested too deep"),
        ("<nitf><body/></nitf>", "holds no text"),
        ("<newsMessage><newsItem/><newsItem/></newsMessage>", "none of its items has a text"),
    ],
)
def test_what_is_refused(tmp_path, source, reason):
    (error,) = written(tmp_path, source)
    assert isinstance(error, InputError)
    assert reason in str(error)
    assert error.remedy


def test_damaged_xml_is_errors_or_texts(tmp_path):
    chance = random.Random(11)
    for source in (NITF, ITEM, JATS, TEI):
        for _ in range(DAMAGED):
            data = bytearray(source.encode())
            for _ in range(chance.randrange(1, 6)):
                place = chance.randrange(len(data))
                data[place : place + chance.choice([0, 1, 5])] = bytes(
                    chance.choices(b"<>/&;ab \n", k=chance.choice([0, 1]))
                )
            for item in written(tmp_path, bytes(data)):
                assert "could not be read" not in str(item) if isinstance(item, InputError) else item.text.strip()

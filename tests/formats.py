"""One article in every format that is read."""

import csv
import email.message
import gzip
import io
import json
import os
import random
import textwrap
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from xml.sax.saxutils import escape

from tests import outlook

DAMAGED = int(os.environ.get("CLAIMS_DAMAGED", "10"))  # files of each kind; 100 and more in a long run
TITLE = "Harbour bridge is unsafe, engineers warn the town"
PARAGRAPHS = [
    '"The bridge is unsafe," said Ann Roe, an engineer of the Harbour Institute, at a meeting of the council. '
    "She told the council that the foundations had been weakened considerably by the floods of the last winters.",
    "John Lee, the mayor of Eastport, denied that the municipality had known of the deterioration. He said that the "
    "ferry would replace the bridge from Thursday, and that the passengers would be compensated.",
    "According to a report by the Transport Office, repairs would require approximately eighteen months. The office "
    "estimated that they would cost twelve million dollars, considerably more than was budgeted for maintenance.",
    '"We have been warning about this for years," Eva Lund, who represents the fishermen, told reporters. She declined '
    "to comment on whether the association would go to court over the construction of a temporary crossing.",
    "Max Berg, who leads the opposition, called for the resignation of the mayor. The spokesman of the mayor did not "
    "respond to requests for comment on the demand.",
]
TEXT = "\n\n".join([TITLE, *PARAGRAPHS]) + "\n"
TOLD = {
    "outlet": "The Eastport Courier",
    "author": "Kim Moss",
    "date": "2024-03-05",
    "url": "https://courier.example/b",
}
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OPEN = "urn:oasis:names:tc:opendocument:xmlns"
CORE = (
    '<c xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/"><dc:title>{title}</dc:title>'
    "<dc:creator>{author}</dc:creator><t:created>{date}T10:00:00Z</t:created></c>"
)
PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} - {outlet}</title>
<meta property="og:site_name" content="{outlet}"><meta name="author" content="{author}">
<meta property="article:published_time" content="{date}T10:00:00Z"><link rel="canonical" href="{url}">
<style>p {{ color: red }}</style><script>var said = "He said no.";</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/w">Minister says taxes will rise</a></li></ul></nav>
<article><h1>{title}</h1>{body}</article>
<aside><h3>Most read</h3><ul><li><a href="/1">Police said that the thief had fled</a></li></ul></aside>
<section class="comments"><h3>Comments</h3><p>reader7: I said that years ago!</p></section>
<footer>Copyright {outlet}. All rights reserved.</footer></body></html>"""


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A zip file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def html() -> bytes:
    body = "".join(f"<p>{text.replace('Ann Roe', '<b>Ann</b> <i>Roe</i>')}</p>" for text in PARAGRAPHS)
    return PAGE.format(title=TITLE, body=body, **TOLD).encode()


def docx() -> bytes:
    """The last paragraph in a table; words in several runs; a deletion and an insertion."""
    texts = [f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in [TITLE, *PARAGRAPHS]]
    texts[1] = texts[1].replace("said", "</w:t></w:r><w:del><w:r><w:delText>lied</w:delText></w:r></w:del><w:ins><w:r>"
                                '<w:t xml:space="preserve">said</w:t></w:r></w:ins><w:r><w:t>')  # fmt: skip
    texts[-1] = f"<w:tbl><w:tr><w:tc>{texts[-1]}</w:tc></w:tr></w:tbl>"
    body = f'<w:document xmlns:w="{WORD}"><w:body>{"".join(texts)}</w:body></w:document>'
    return packed({"word/document.xml": body, "docProps/core.xml": CORE.format(title=TITLE, **TOLD)})


def odt() -> bytes:
    texts = [f"<t:h>{TITLE}</t:h>", *(f"<t:p>{text.replace(' said', '<t:s/>said')}</t:p>" for text in PARAGRAPHS)]
    spaces = f'xmlns:o="{OPEN}:office:1.0" xmlns:t="{OPEN}:text:1.0"'
    body = f"<o:document-content {spaces}><o:body><o:text>{''.join(texts)}</o:text></o:body></o:document-content>"
    meta = (
        f'<o:document-meta xmlns:o="{OPEN}:office:1.0" xmlns:m="{OPEN}:meta:1.0" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><o:meta><dc:title>{TITLE}</dc:title><m:initial-creator>'
        f"{TOLD['author']}</m:initial-creator><m:creation-date>{TOLD['date']}T10:00:00</m:creation-date></o:meta>"
        "</o:document-meta>"
    )
    return packed({"content.xml": body, "meta.xml": meta})


def rtf() -> bytes:
    info = f"{{\\info{{\\title {TITLE}}}{{\\author {TOLD['author']}}}{{\\creatim\\yr2024\\mo3\\dy5\\hr10}}}}"
    body = "\\par ".join([TITLE, *PARAGRAPHS]).replace("mayor", "{\\b mayor}")
    return f"{{\\rtf1\\ansi\\ansicpg1252{{\\fonttbl{{\\f0 Times;}}}}{info}\\f0 {body}\\par}}".encode()


def eml() -> bytes:
    message = email.message.EmailMessage()
    message["Subject"], message["From"] = TITLE, f"{TOLD['author']} <kim@courier.example>"
    message["Date"] = "Tue, 05 Mar 2024 23:30:00 -0500"
    message.set_content(TEXT, cte="quoted-printable")
    message.add_alternative("<p>He said that this is the page of the mail.</p>", subtype="html")
    return bytes(message)


def xml() -> bytes:
    """NITF, with a declaration that declares nothing."""
    body = "".join(f"<p>{text.replace('Ann Roe', '<person>Ann Roe</person>')}</p>" for text in PARAGRAPHS)
    told = f'<date.issue norm="20240305T100000Z"/></docdata><pubdata name="{TOLD["outlet"]}"/>'
    head = f"<body.head><hedline><hl1>{TITLE}</hl1></hedline><byline>By {TOLD['author']}</byline></body.head>"
    article = f"<head><docdata>{told}</head><body>{head}<body.content>{body}</body.content></body>"
    return f'<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf.dtd"><nitf>{article}</nitf>'.encode()


def msg() -> bytes:
    """A message of Outlook, its text in two properties of which the page is not read."""
    told = {0x0037: TITLE, 0x0C1A: TOLD["author"], 0x0039: datetime(2024, 3, 5, 10, tzinfo=UTC)}
    return outlook.message({**told, 0x1000: TEXT, 0x1013: b"<p>He said that this is the page.</p>"})


def mbox() -> bytes:
    """A mailbox whose second message is the article."""
    other = b"From: Jo Fell <jo@mill.example>\nSubject: Lunch\n\n \n\n"
    return b"From jo@mill.example Mon Mar  4 09:00:00 2024\n" + other + b"From kim Tue Mar  5 23:30:00 2024\n" + eml()


def broken_lines(text: str, width: int = 62) -> list[str]:
    """The lines of a paragraph, long words at their ends broken with a hyphen."""
    lines = textwrap.wrap(text, width)
    for number in range(len(lines) - 1):
        word, space, rest = lines[number + 1].partition(" ")
        if space and len(word) >= 9 and word.isalpha():
            lines[number], lines[number + 1] = f"{lines[number]} {word[:5]}-", f"{word[5:]} {rest}"
    return lines


def pdf() -> bytes:
    """Pages with a head and a number each, words broken at ends of lines, paragraphs at ends of pages."""
    from fpdf import FPDF

    lines = [[TITLE], *map(broken_lines, PARAGRAPHS)]
    flat = [(line, place == 0) for paragraph in lines for place, line in enumerate(paragraph)]
    document = FPDF(unit="pt", format=(420, 300))
    document.set_auto_page_break(False)
    document.set_title(TITLE)
    document.set_author(TOLD["author"])
    document.set_creation_date(datetime(2024, 3, 5))
    height = 0
    for number, (line, begins) in enumerate(flat):
        height += 26 if begins else 15
        if number == 0 or height > 190:
            document.add_page()
            document.set_font("Times", size=8)
            document.text(40, 20, f"The Eastport Courier {document.page_no()}")
            document.text(190, 290, f"- {document.page_no()} -")
            document.set_font("Times", size=11)
            height = 60
        document.text(40, height, line)
    return bytes(document.output())


def rows() -> list[dict[str, str]]:
    """A collection: a row without text, then the article."""
    told = {"headline": TITLE, "publication": TOLD["outlet"], "byline": TOLD["author"], "published": TOLD["date"]}
    first = {"id": "1", **dict.fromkeys(told, ""), "link": "", "body": "", "desk": ""}
    return [first, {"id": "2", **told, "link": TOLD["url"], "body": TEXT, "desk": "local"}]


def table(delimiter: str) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(rows()[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows())
    return stream.getvalue().encode("utf-8-sig")


def xlsx() -> bytes:
    import openpyxl

    book, buffer = openpyxl.Workbook(), io.BytesIO()
    for cells in [list(rows()[0]), *(list(row.values()) for row in rows())]:
        book.active.append(cells)
    book.save(buffer)
    return buffer.getvalue()


def parquet(*, row_group_size: int = 1) -> bytes:
    """The collection in row groups, its dates typed."""
    import pyarrow
    from pyarrow.parquet import write_table

    typed = [{**row, "published": date.fromisoformat(row["published"]) if row["published"] else None} for row in rows()]
    buffer = io.BytesIO()
    write_table(pyarrow.Table.from_pylist(typed), buffer, row_group_size=row_group_size)
    return buffer.getvalue()


def page_without_date() -> bytes:
    """A page that tells its headline and nothing else of itself."""
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    head = f"<!DOCTYPE html><html><head><title>{TITLE}</title></head>"
    return f"{head}<body><article><h1>{TITLE}</h1>{body}</article></body></html>".encode()


def mhtml(page: bytes, url: str = "https://courier.example/n/1", is_frame_first: bool = False) -> bytes:
    """A page as browsers save it, with a frame."""
    message = email.message.EmailMessage()
    message["From"], message["Snapshot-Content-Location"], message["Subject"] = "<Saved by Blink>", url, TITLE
    message["Date"] = "Fri, 7 Jun 2024 21:15:00 +0000"
    parts = [(page, url), (b"<html><body><p>A frame said no.</p></body></html>", "https://ads.example/")]
    message.make_related()
    for data, location in reversed(parts) if is_frame_first else parts:
        message.add_related(data, "text", "html", cte="quoted-printable")
        message.get_payload()[-1]["Content-Location"] = location
    return bytes(message)


def warc_record(
    body: bytes,
    url: str = "https://courier.example/n/1",
    kind: str = "text/html; charset=utf-8",
    status: str = "200 OK",
    headers: str = "",
    record: str = "response",
) -> bytes:
    """One record of a web archive."""
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{headers}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {record}\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2024-06-07T21:15:00Z\r\nContent-Type: application/http; msgtype={record}\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def warc(page: bytes, is_packed: bool) -> bytes:
    """A web archive of a page, a text, and what is no page."""
    site = "https://courier.example"
    records = [
        warc_record(b"", f"{site}/old", status="301 Moved"),
        warc_record(page),
        warc_record(b"gone", f"{site}/gone", status="404 Not Found"),
        warc_record(b"User-agent: *", f"{site}/robots.txt", "text/plain"),
        warc_record(b"GIF89a", f"{site}/a.gif", "image/gif"),
        warc_record(b"", f"{site}/again", record="revisit"),
        warc_record(b"x", "dns:courier.example", "text/html"),
        warc_record(b"Roe said no.", f"{site}/a.txt", "text/plain"),
    ]
    return b"".join(map(gzip.compress, records) if is_packed else records)


def feed_text() -> str:
    """The article as HTML that is escaped as feeds do."""
    return escape("".join(f"<p>{text}</p>" for text in [TITLE, *PARAGRAPHS]))


def rss() -> bytes:
    """A feed of one item."""
    item = (
        f"<item><title>{TITLE}</title><link>{TOLD['url']}</link><dc:creator>{TOLD['author']}</dc:creator>"
        f"<pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate><description>In short.</description>"
        f"<content:encoded>{feed_text()}</content:encoded></item>"
    )
    spaces = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    channel = f"<channel><title>{TOLD['outlet']}</title>{item}</channel>"
    return f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" {spaces}>{channel}</rss>'.encode()


def atom() -> bytes:
    """The same in Atom; the author is the feed's."""
    entry = (
        f'<entry><title>{TITLE}</title><link href="{TOLD["url"]}"/><published>2024-03-05T10:00:00Z</published>'
        f'<content type="html">{feed_text()}</content></entry>'
    )
    told = f"<title>{TOLD['outlet']}</title><author><name>{TOLD['author']}</name></author>"
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{told}{entry}</feed>'.encode()


def book(
    chapters: dict[str, str], title: str = "The Bridge", authors: tuple[str, ...] = ("Kim Moss", "Eva Lund")
) -> bytes:
    """A book with these pages, in this order; a page called `nav.xhtml` is its table of contents."""
    items = "".join(
        f'<item id="i{number}" href="{path.replace(" ", "%20")}" media-type="application/xhtml+xml"'
        + (' properties="nav"/>' if path == "nav.xhtml" else "/>")
        for number, path in enumerate(chapters)
    )
    order = "".join(f'<itemref idref="i{number}"/>' for number in range(len(chapters)))
    told = "".join(f"<dc:creator>{author}</dc:creator>" for author in authors)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>{title}</dc:title>{told}'
        '<dc:date opf:event="modification">2025-01-01</dc:date><dc:date>2024-03-05T00:00:00Z</dc:date></metadata>'
        f"<manifest>{items}</manifest><spine>{order}</spine></package>"
    )
    container = '<container><rootfiles><rootfile full-path="text/book.opf"/></rootfiles></container>'
    pages = {f"text/{path}": content for path, content in chapters.items() if content}
    return packed(
        {"mimetype": "application/epub+zip", "META-INF/container.xml": container, "text/book.opf": package} | pages
    )


def epub() -> bytes:
    """The article as a book of two chapters."""
    texts = [f"<p>{text}</p>" for text in PARAGRAPHS]
    first = f"<html><body><h1>{TITLE}</h1>{''.join(texts[:2])}</body></html>"
    return book({"1.xhtml": first, "2.xhtml": f"<html><body>{''.join(texts[2:])}</body></html>"}, TITLE, ("Kim Moss",))


def write_all(folder: Path) -> list[Path]:
    """The article in every format, as files."""
    files = {
        "a.txt": TEXT.encode(), "a.md": TEXT.encode(), "a.html": html(), "a.pdf": pdf(), "a.docx": docx(),
        "a.odt": odt(), "a.rtf": rtf(), "a.eml": eml(),
        "a.mbox": mbox(), "a.msg": msg(), "a.xml": xml(), "a.json": json.dumps(rows()).encode(),
        "a.jsonl": "\n".join(map(json.dumps, rows())).encode(), "a.csv": table(","), "semicolons.csv": table(";"),
        "a.tsv": table("\t"), "a.xlsx": xlsx(), "a.parquet": parquet(),
    }  # fmt: skip
    files["a.zip"] = packed({"in/a.html": files["a.html"], "in/a.csv": files["a.csv"], "x.png": b"x", ".b.txt": "x"})
    files |= {"a.mhtml": mhtml(files["a.html"], TOLD["url"]), "a.warc": warc_record(files["a.html"], TOLD["url"])}
    files["a.warc.gz"] = gzip.compress(files["a.warc"])
    files["a.warc.wet.gz"] = files["a.warc.gz"]
    files["a.wacz"] = packed({"archive/a.warc.gz": files["a.warc.gz"]})
    answer = {"status": 200, "content": {"mimeType": "text/html", "text": files["a.html"].decode()}}
    entry = {"startedDateTime": "2024-06-07T21:15:00Z", "request": {"url": TOLD["url"]}, "response": answer}
    files["a.har"] = json.dumps({"log": {"entries": [entry]}}).encode()
    files |= {"a.rss": rss(), "a.atom": atom(), "a.epub": epub()}
    files["b.txt.gz"] = gzip.compress(files["a.txt"])
    files["b.csv.gz"] = gzip.compress(files["a.csv"])
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return sorted(folder / name for name in files)


def damaged(whole: bytes, chance: random.Random) -> Iterator[bytes]:
    """A file's bytes some times with some changed, left out or doubled, and every fourth time cut."""
    for number in range(DAMAGED):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 20)):
            place = chance.randrange(len(data) + 1)
            data[place : place + chance.choice([0, 1, 4, 50])] = chance.randbytes(chance.choice([0, 1, 4]))
        yield bytes(data[: chance.randrange(len(data) + 1)] if number % 4 == 0 else data)

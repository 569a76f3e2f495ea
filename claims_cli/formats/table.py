"""One table of suffix → format, and which format a file has by its name, or by its bytes where the name does not tell.

A new format is a module of this folder and a line of `BY_SUFFIX`.
"""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True)
class Format:
    """How files of one format are read.

    Attributes:
        name: in a manifest.
        called: what a message calls such a file.
        module: of this folder; function: in it, which gets name, bytes and options, and gives a document or several.
        is_many: whether a file holds several documents.
        remedy: what to do where a file holds no text.
    """

    name: str
    called: str
    module: str
    function: str = "read"
    is_many: bool = False
    remedy: str = "check that it was saved"


TEXT = Format("text", "plain text", "plain")
MARKDOWN = Format("text", "Markdown", "markdown")
MARKED_UP = Format("text", "text with HTML in it", "markup")
ZIP = Format("zip", "a ZIP archive", "", is_many=True)  # archives have no reader: what is packed in them has
GZIP = Format("gz", "a gzip archive", "", is_many=True)
JSON_LINES = Format("jsonl", "JSON Lines", "json_lines", "read_lines", is_many=True)
TABS = Format("tsv", "TSV", "delimited", "read_tabs", is_many=True)
PARQUET = Format("parquet", "Parquet", "parquet", is_many=True)
WORKBOOK = Format("xlsx", "an Excel workbook", "workbook", is_many=True)
PAGE = Format("html", "HTML", "html")
MHTML = Format("mhtml", "a saved page", "mhtml", remedy="save the page anew")
WARC = Format("warc", "a web archive", "warc", is_many=True)
SUBTITLES = Format("subtitles", "subtitles", "subtitles", remedy="it may hold pictures only")
FEED = Format("feed", "a feed", "feed", is_many=True)
XML = Format("xml", "XML", "xml_document", is_many=True, remedy="it may hold data and no article")
SCAN = "it may be a scan: give it text, for instance with ocrmypdf"
BY_SUFFIX = {
    ".txt": TEXT,
    ".text": TEXT,
    ".md": MARKDOWN,
    ".html": PAGE,
    ".htm": PAGE,
    ".xhtml": PAGE,
    ".xml": XML,
    ".nitf": XML,
    ".newsml": XML,
    ".ttml": XML,
    ".dfxp": XML,
    ".pdf": Format("pdf", "PDF", "pdf", remedy=SCAN),
    ".docx": Format("docx", "a Word document", "docx"),
    ".odt": Format("odt", "an OpenDocument text", "odt"),
    ".rtf": Format("rtf", "RTF", "rtf"),
    ".mhtml": MHTML,
    ".mht": MHTML,
    ".warc": WARC,
    ".warc.gz": WARC,
    ".warc.wet.gz": WARC,
    ".wacz": Format("wacz", "a WACZ file", "warc", "read_package", is_many=True),
    ".har": Format("har", "a HAR file", "har", is_many=True),
    ".epub": Format("epub", "an EPUB book", "epub", remedy="it may hold pictures of pages only"),
    ".rss": FEED,
    ".atom": FEED,
    ".srt": SUBTITLES,
    ".vtt": SUBTITLES,
    ".eml": Format("eml", "an e-mail", "eml", remedy="it may hold attachments only"),
    ".msg": Format("msg", "a message of Outlook", "msg", remedy="save it as .eml: its text may be rich text only"),
    ".mbox": Format("mbox", "a mailbox", "mbox", is_many=True, remedy="it may hold attachments only"),
    ".jsonl": JSON_LINES,
    ".ndjson": JSON_LINES,
    ".json": Format("json", "JSON", "json_lines", is_many=True),
    ".csv": Format("csv", "CSV", "delimited", is_many=True),
    ".tsv": TABS,
    ".tab": TABS,
    ".xlsx": WORKBOOK,
    ".parquet": PARQUET,
    ".pq": PARQUET,
    ".zip": ZIP,
    ".gz": GZIP,
}


# How files begin whose suffix is not in the table, as on standard input; zips are told apart by a part that they hold.
BEGINNINGS = {b"WARC/1.": ".warc", b"%PDF": ".pdf", b"{\\rtf": ".rtf", b"PAR1": ".parquet", b"\x1f\x8b": ".gz"}
PARTS = {
    b"application/epub+zip": ".epub",
    b"word/document.xml": ".docx",
    b"xl/workbook.xml": ".xlsx",
    b"content.xml": ".odt",
}
MOST_SUFFIXES = 3
PACKED = b"PK\x03\x04"
PAGE_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html)\b", re.I | re.S)


def suffix_of(name: str) -> str:
    """The suffix of a file's name, in small letters; of several that are one format (`.warc.gz`) all."""
    suffixes = [suffix.lower() for suffix in PurePosixPath(name).suffixes[-MOST_SUFFIXES:]]
    several = ("".join(suffixes[start:]) for start in range(len(suffixes) - 1))
    return next((suffix for suffix in several if suffix in BY_SUFFIX), PurePosixPath(name).suffix.lower())


def suffix_by_content(data: bytes) -> str:
    """The suffix that fits how a file begins; nothing for plain text and for what is not known."""
    if data.startswith(PACKED):
        return next((suffix for part, suffix in PARTS.items() if part in data), ".zip")
    if PAGE_BEGINS.match(data):
        return ".html"
    return next((suffix for beginning, suffix in BEGINNINGS.items() if data.startswith(beginning)), "")


def is_read(name: str) -> bool:
    """Whether files of this name are read; of a packed one, what is packed."""
    suffix = suffix_of(name)
    return suffix in BY_SUFFIX and (BY_SUFFIX[suffix] is not GZIP or is_member(PurePosixPath(name).stem))


def is_member(name: str) -> bool:
    """Whether a file of this name is read in an archive: archives in archives are not."""
    return BY_SUFFIX.get(suffix_of(name)) not in (None, ZIP, GZIP)

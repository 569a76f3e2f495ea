"""One table of suffix → reader, and the documents of an input by it."""

import hashlib
import importlib.util
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats import plain
from claims_cli.formats.dates import iso_date
from claims_cli.formats.isolation import isolated
from claims_cli.formats.options import FIELDS, ReadOptions
from claims_cli.inputs import archives
from claims_cli.inputs.sources import Input, data_of

Found = Iterator[Document | InputError]


@dataclass(frozen=True)
class Reader:
    """How files of one format are read.

    Attributes:
        format: its name in a manifest.
        called: what a message calls such a file.
        module: of this folder; function: in it, which gets name, bytes and options, and gives a document or several.
        needs: the module that comes with the extra of the package; None where nothing must be installed.
        extra: the extra's name.
        is_many: whether a file holds several documents.
        remedy: what to do where a file holds no text.
    """

    format: str
    called: str
    module: str
    function: str = "read"
    needs: str | None = None
    extra: str = ""
    is_many: bool = False
    remedy: str = "check that it was saved"


TEXT = Reader("text", "plain text", "plain")
ZIP = Reader("zip", "a ZIP archive", "archives", is_many=True)
GZIP = Reader("gz", "a gzip archive", "archives", is_many=True)
JSON_LINES = Reader("jsonl", "JSON Lines", "json_lines", "read_lines", is_many=True)
TABS = Reader("tsv", "TSV", "delimited", "read_tabs", is_many=True)
WORKBOOK = Reader("xlsx", "an Excel workbook", "workbook", needs="openpyxl", extra="xlsx", is_many=True)
PAGE = Reader("html", "HTML", "html", needs="trafilatura", extra="html")
SCAN = "it may be a scan: give it text, for instance with ocrmypdf"
READERS = {
    ".txt": TEXT,
    ".text": TEXT,
    ".md": TEXT,
    ".html": PAGE,
    ".htm": PAGE,
    ".xhtml": PAGE,
    ".pdf": Reader("pdf", "PDF", "pdf", needs="pypdfium2", extra="pdf", remedy=SCAN),
    ".docx": Reader("docx", "a Word document", "docx", needs="defusedxml", extra="docx"),
    ".odt": Reader("odt", "an OpenDocument text", "odt", needs="defusedxml", extra="odt"),
    ".rtf": Reader("rtf", "RTF", "rtf", needs="striprtf", extra="rtf"),
    ".eml": Reader("eml", "an e-mail", "eml", remedy="it may hold attachments only"),
    ".jsonl": JSON_LINES,
    ".ndjson": JSON_LINES,
    ".json": Reader("json", "JSON", "json_lines", is_many=True),
    ".csv": Reader("csv", "CSV", "delimited", is_many=True),
    ".tsv": TABS,
    ".tab": TABS,
    ".xlsx": WORKBOOK,
    ".zip": ZIP,
    ".gz": GZIP,
}


# How files begin whose suffix no reader knows, as on standard input; zips are told apart by a part that they hold.
BEGINNINGS = {b"%PDF": ".pdf", b"{\\rtf": ".rtf", b"\x1f\x8b": ".gz"}
PARTS = {b"word/document.xml": ".docx", b"xl/workbook.xml": ".xlsx", b"content.xml": ".odt"}
PACKED = b"PK\x03\x04"
PAGE_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html)\b", re.I | re.S)


def suffix_by_content(data: bytes) -> str:
    """The suffix that fits how a file begins; nothing for plain text and for what is not known."""
    if data.startswith(PACKED):
        return next((suffix for part, suffix in PARTS.items() if part in data), ".zip")
    if PAGE_BEGINS.match(data):
        return ".html"
    return next((suffix for beginning, suffix in BEGINNINGS.items() if data.startswith(beginning)), "")


def suffix_of(name: str) -> str:
    """The suffix of a file's name, in small letters."""
    return PurePosixPath(name).suffix.lower()


def is_read(name: str) -> bool:
    """Whether a reader knows files of this name; of a packed one, what is packed."""
    suffix = suffix_of(name)
    return suffix in READERS and (READERS[suffix] is not GZIP or is_member(PurePosixPath(name).stem))


def is_member(name: str) -> bool:
    """Whether a file of this name is read in an archive: archives in archives are not."""
    return READERS.get(suffix_of(name)) not in (None, ZIP, GZIP)


def read(item: Input, options: ReadOptions | None = None) -> Found:
    """The documents of one input, in order; what of it cannot be read comes as its error."""
    try:
        data = data_of(item)
        suffix = suffix_of(item.path.name) if item.path else ""
        known = suffix if suffix in READERS else suffix_by_content(data)
        yield from documents(item.name, data, known, options or ReadOptions())
    except InputError as error:
        yield error


def read_one(item: Input, options: ReadOptions | None = None, name: str | None = None) -> Document:
    """The only document of an input, or the one of this name.

    Raises:
        InputError: it cannot be read, the input holds several, or none of this name.
    """
    found = read(item, options)
    if name is not None:
        return named(name, found)
    first = next(found)
    if isinstance(first, InputError):
        raise first
    if next(found, None) is not None:
        raise InputError(item.name, "holds several documents", f"name one of them: {first.path}")
    return first


def named(name: str, found: Found) -> Document:
    """The document of a name among others.

    Raises:
        InputError: it cannot be read, or there is none.
    """
    for one in found:
        if one.path == name:
            if isinstance(one, InputError):
                raise one
            return one
    raise InputError(name, "there is no such document in this file", "claims text FILE shows all", "find")


def documents(name: str, data: bytes, suffix: str, options: ReadOptions) -> Found:
    """The documents in the bytes of a file.

    Raises:
        InputError: it cannot be read.
    """
    reader = READERS.get(suffix, TEXT)
    if reader is ZIP:
        for member in archives.unzipped(name, data, is_member):
            yield from [member] if isinstance(member, InputError) else of_member(*member, options)
    elif reader is GZIP:
        inner = suffix_of(PurePosixPath(name).stem)
        if READERS.get(inner) in (ZIP, GZIP) or inner == ".tar":
            raise InputError(name, "is an archive in an archive", "unpack it")
        yield from documents(name, archives.gunzipped(name, data), inner, options)
    else:
        yield from parsed(name, data, reader, options)


def of_member(name: str, data: bytes, options: ReadOptions) -> Found:
    """The documents of a file in an archive; where it cannot be read, why."""
    try:
        yield from documents(name, data, suffix_of(name), options)
    except InputError as error:
        yield error


def parsed(name: str, data: bytes, reader: Reader, options: ReadOptions) -> Found:
    """The documents in the bytes of a file, by its reader.

    Raises:
        InputError: it cannot be read.
    """
    if not data:
        raise InputError(name, "is empty", "check that it was saved", "decode")
    if reader.needs and importlib.util.find_spec(reader.needs) is None:
        remedy = f"pip install 'source-claims[{reader.extra}]'"
        raise InputError(name, f"is {reader.called}, whose reader is not installed", remedy)
    if reader is TEXT:
        document = plain.read(name, data, options.encoding)
        yield finished(document, document.sha256, reader, options)
        return
    digest = hashlib.sha256(data).hexdigest()
    for item in isolated(name, data, reader, options):
        yield item if isinstance(item, InputError) else finished(item, digest, reader, options)


def finished(document: Document, digest: str, reader: Reader, options: ReadOptions) -> Document:
    """A document with what is the same for all formats.

    Raises:
        InputError: it holds no text.
    """
    if not document.text.strip():
        raise InputError(document.path, "holds no text", reader.remedy, "decode")
    if options.sidecar is not None:
        document = options.sidecar.applied(document)
    told: dict[str, Any] = {field: well_formed(getattr(document, field)) for field in FIELDS}
    return replace(
        document,
        **{**told, "date": iso_date(told["date"])},
        text=well_formed(document.text),
        metadata=tuple((well_formed(key), well_formed(value)) for key, value in document.metadata),
        sha256=digest,
        format=reader.format,
    )


def well_formed(text: Any) -> Any:
    """Text that UTF-8 can hold: halves of a pair (`\\ud83d`, which JSON and RTF may have) joined, or replaced."""
    if text is None or text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def within(name: str) -> Input | None:
    """The file in which a document of this name may be (`a.zip!b.txt`, `x.csv#12`); None where the name is a file's."""
    if os.path.lexists(name):
        return None
    for match in re.finditer("[!#]", name):
        if os.path.isfile(name[: match.start()]):
            return Input(name[: match.start()], Path(name[: match.start()]))
    return None

"""The documents of an input, by the reader of its format; those of an archive file by file.

In come the bytes of a file, or its path; out come documents, and the error of whatever of it cannot be read.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats import copied_captions, markdown, markup, plain
from claims_cli.formats.captures import NO_PAGE, charset_of, media_type_of
from claims_cli.formats.dates import iso_date
from claims_cli.formats.isolation import isolated
from claims_cli.formats.options import FIELDS
from claims_cli.formats.rows import NO_TEXT
from claims_cli.formats.saved_pages import CAPTURED
from claims_cli.formats.table import (
    BY_SUFFIX,
    GZIP,
    MARKDOWN,
    MARKED_UP,
    PAGE,
    SUBTITLES,
    TEXT,
    ZIP,
    Format,
    is_member,
    suffix_by_content,
    suffix_of,
)
from claims_cli.inputs import archives, pieces, remote
from claims_cli.inputs.addresses import addresses_of
from claims_cli.inputs.bundles import FORMATS, articles_of, is_bundle_page
from claims_cli.inputs.fetching import is_address
from claims_cli.inputs.options import ReadOptions
from claims_cli.inputs.sources import Input, data_of, why

Documents = Iterator[Document | InputError]
MOST_LISTS = 2  # the map of a site names its maps, these its pages
BY_TYPE = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/json": ".json",
    "text/csv": ".csv",
    "text/vtt": ".vtt",
    "message/rfc822": ".eml",
}


def read(item: Input, options: ReadOptions | None = None) -> Documents:
    """The documents of one input, in order; what of it cannot be read comes as its error."""
    options = options or ReadOptions()
    try:
        if item.place and is_address(item.place):
            yield from fetched(item.place, options)
            return
        if item.path is not None and (item.piece or pieces.is_large(item.path)):
            yield from of_large_file(item, item.path, options)
            return
        data = remote.data_of(item) if item.place else data_of(item)
        if addresses := addresses_of(data):
            yield from listed(item.name, addresses, options)
            return
        suffix = suffix_of((item.place or str(item.path or "")).rpartition("/")[2])
        known = suffix if suffix in BY_SUFFIX else suffix_by_content(data)
        yield from documents(item.name, data, known, options)
    except InputError as error:
        yield error


def of_large_file(item: Input, path: Path, options: ReadOptions) -> Documents:
    """The documents of a file, or of a piece of one, that is not read at once.

    The first piece tells where nothing in the whole file holds text.

    Raises:
        InputError: it cannot be read.
    """
    format, is_empty = pieces.format_of(path) or TEXT, True
    try:
        for found in pieces.documents(item, path, options.format):
            is_empty = False
            yield found if isinstance(found, InputError) else finished(found, found.sha256, format, options)
    except OSError as error:
        raise InputError(item.name, why(error), "check the file and its permissions") from None
    if item.piece is not None and is_empty and not item.piece.start:
        first = next(read(replace(item, piece=None), options), None)
        if isinstance(first, InputError) and first.reason.startswith((NO_PAGE, NO_TEXT)):
            yield first


def listed(name: str, addresses: list[str], options: ReadOptions, depth: int = 0) -> Documents:
    """The documents at the addresses of a list; one that cannot be had comes as its error.

    Raises:
        InputError: nobody asked to fetch them, or lists lead to lists too far.
    """
    if options.fetcher is None:
        raise InputError(name, "is a list of addresses, which are not fetched unasked", "add --fetch", "find")
    if depth > MOST_LISTS:
        raise InputError(name, "leads to a list, which leads to another", "give it the last one", "find")
    for address in addresses:
        try:
            yield from fetched(address, options, depth)
        except InputError as error:
            yield error


def fetched(address: str, options: ReadOptions, depth: int = 0) -> Documents:
    """The documents at an address; of a site's map, those at the addresses in it.

    Raises:
        InputError: nobody asked to fetch them, they are not to be had, or cannot be read.
    """
    if options.fetcher is None:
        raise InputError(address, "is an address, and nothing is fetched unasked", "add --fetch", "find")
    page = options.fetcher.page(address)
    if addresses := addresses_of(page.data):
        yield from listed(address, addresses, options, depth + 1)
        return
    own = urlsplit(page.address).path
    suffix = BY_TYPE.get(media_type_of(page.content_type)) or suffix_by_content(page.data) or suffix_of(own)
    charset = options.format.encoding or charset_of(page.content_type, page.data)
    chosen = replace(options, page=page, format=replace(options.format, encoding=charset))
    yield from documents(address, page.data, suffix, chosen)


def read_one(item: Input, options: ReadOptions | None = None, name: str | None = None) -> Document:
    """The only document of an input, or the one of this name.

    Raises:
        InputError: it cannot be read, the input holds several, or none of this name.
    """
    several = read(item, options)
    if name is not None:
        return document_called(name, several)
    first = next(several)
    if isinstance(first, InputError):
        raise first
    if next(several, None) is not None:
        raise InputError(item.name, "holds several documents", f"name one of them: {first.path}")
    return first


def document_called(name: str, several: Documents) -> Document:
    """The document of a name among others.

    Raises:
        InputError: it cannot be read, or there is none.
    """
    for document in several:
        if document.path == name:
            if isinstance(document, InputError):
                raise document
            return document
    raise InputError(name, "there is no such document in this file", "claims text FILE shows all", "find")


def documents(name: str, data: bytes, suffix: str, options: ReadOptions) -> Documents:
    """The documents in the bytes of a file.

    Raises:
        InputError: it cannot be read.
    """
    format = BY_SUFFIX.get(suffix, TEXT)
    if format is ZIP:
        for member in archives.unzipped(name, data, is_member):
            yield from [member] if isinstance(member, InputError) else of_member(*member, options)
    elif format is GZIP:
        inner = suffix_of(PurePosixPath(name).stem)
        if BY_SUFFIX.get(inner) in (ZIP, GZIP) or inner == ".tar":
            raise InputError(name, "is an archive in an archive", "unpack it")
        yield from documents(name, archives.gunzipped(name, data), inner, options)
    else:
        yield from parsed(name, data, format, options)


def of_member(name: str, data: bytes, options: ReadOptions) -> Documents:
    """The documents of a file in an archive; where it cannot be read, why."""
    try:
        yield from documents(name, data, suffix_of(name), options)
    except InputError as error:
        yield error


def parsed(name: str, data: bytes, format: Format, options: ReadOptions) -> Documents:
    """The documents in the bytes of a file, by the reader of its format.

    Raises:
        InputError: it cannot be read.
    """
    if not data:
        raise InputError(name, "is empty", "check that it was saved", "decode")
    if format in (TEXT, MARKDOWN):
        chosen, mend = options.format, not options.as_it_stands
        if format is TEXT:
            document = plain.read(name, data, chosen.encoding, mend=mend)
        else:
            document = markdown.read(name, data, chosen, mend=mend)
        if options.as_it_stands:
            yield finished(document, document.sha256, format, options)
            return
        if format is TEXT and markup.is_clear(document.text):
            yield from (
                item if isinstance(item, InputError) else finished(item, document.sha256, format, options)
                for item in isolated(name, data, MARKED_UP, chosen)
            )
            return
        copied = copied_captions.document(document) if format is TEXT else None
        if copied is not None:
            yield finished(copied, document.sha256, SUBTITLES, options)
            return
        for one in articles_of(document, options.layouts):
            yield finished(one, document.sha256, format, options)
        return
    digest = hashlib.sha256(data).hexdigest()
    for item in parted(name, data, format, options):
        yield item if isinstance(item, InputError) else finished(item, digest, format, options)


def parted(name: str, data: bytes, format: Format, options: ReadOptions) -> Documents:
    """The documents of a file in another format; those of its articles where it is a bundle of a news database.

    Raises:
        InputError: it cannot be read.
    """
    if format.name == PAGE.name and is_bundle_page(data, options.layouts):
        (whole,) = isolated(name, data, format, replace(options.format, whole_page=True))
        several = [] if isinstance(whole, InputError) else articles_of(whole, options.layouts)
        if several and several[0] is not whole:
            yield from several
            return
    for item in isolated(name, data, format, options.format):
        if isinstance(item, Document) and format.name in FORMATS:
            yield from articles_of(item, options.layouts)
        else:
            yield item


def finished(document: Document, digest: str, format: Format, options: ReadOptions) -> Document:
    """A document with what is the same for all formats.

    Raises:
        InputError: it holds no text.
    """
    if not document.text.strip():
        raise InputError(document.path, "holds no text", format.remedy, "decode")
    if options.page is not None:
        kept = {**dict(document.metadata), CAPTURED: options.page.moment}
        url = document.url if document.row is not None else None
        document = replace(document, url=url or options.page.address, metadata=tuple(kept.items()))
    if options.sidecar is not None:
        document = options.sidecar.applied(document)
    fields: dict[str, Any] = {field: well_formed(getattr(document, field)) for field in FIELDS}
    return replace(
        document,
        **{**fields, "date": iso_date(fields["date"])},
        text=well_formed(document.text),
        metadata=tuple((well_formed(key), well_formed(value)) for key, value in document.metadata),
        sha256=digest,
        format=format.name,
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

"""Web archives (.warc, .warc.gz, .wacz): each page that was answered well is a document.

A record is read by itself, so that a broken one costs no other, and no more than one is in memory unpacked.
"""

import io
import re
import zlib
from collections.abc import Iterator
from functools import cache, partial
from typing import Any

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats import captures
from claims_cli.formats.captures import LARGEST_PAGE, OK, Capture
from claims_cli.formats.limits import LARGEST, megabytes
from claims_cli.formats.options import FormatOptions, Mark
from claims_cli.formats.packages import HIGHEST_RATIO, MOST_UNPACKED, SMALL, opened, part_of

GZIP, BEGINS, ENDS = b"\x1f\x8b\x08", b"WARC/", b"\r\n\r\n"
LENGTH = re.compile(rb"^content-length:[ \t]{0,20}(\d{1,15})[ \t]{0,20}\r?$", re.I | re.M)
LONGEST_HEADER = 65_536
FED = 65_536
PAGE_RECORDS = ("response", "resource", "conversion")
OTHER_RECORDS = {"revisit": "revisits", "continuation": "continuations"}
PACKED_ARCHIVE = re.compile(r"archive/[^/]+\.warc(?:\.gz)?", re.I)
NOT_UNPACKED = ("br", "zstd")


def read(name: str, data: bytes, options: FormatOptions) -> Iterator[Document | InputError]:
    """The documents of a WARC file, packed record by record or not.

    Raises:
        InputError: it is none, unpacks too far, or no page in it holds text.
    """
    return captures.documents(name, captures_of(name, data), options)


def read_package(name: str, data: bytes, options: FormatOptions) -> Iterator[Document | InputError]:
    """The documents of a WACZ file: of all archives in it, counted through.

    Raises:
        InputError: it is none, unpacks too far, or no page in it holds text.
    """
    package = opened(name, data)
    parts = sorted(part for part in package.namelist() if PACKED_ARCHIVE.fullmatch(part))
    if not parts:
        raise InputError(name, "holds no web archive (archive/*.warc.gz)", "check how it was made")
    packed = (part_of(name, package, part) for part in parts)
    return captures.documents(name, (item for archive in packed for item in captures_of(name, archive)), options)


def survey(name: str, data: bytes, options: FormatOptions) -> Iterator[Mark]:
    """Where a file may be cut so that its pieces give what it gives, with the pages before; first and last its ends.

    Raises:
        InputError: it is no WARC file, or unpacks too far.
    """
    pages = 0
    yield Mark(0, 0, 0)
    for start, record in placed_records(name, data):
        if start:
            yield Mark(start, pages, start)
        if not isinstance(record, InputError):
            pages += sum(map(captures.is_page, capture_of(name, record)))
    yield Mark(len(data), pages, len(data))


def captures_of(name: str, data: bytes) -> Iterator[Capture | InputError | str]:
    """What the records of an archive hold: answers, kinds of what is left out, errors.

    Raises:
        InputError: it is no WARC file, or unpacks too far.
    """
    is_known = False
    for record in records(name, data):
        if isinstance(record, InputError):
            yield record
            continue
        is_known = True
        yield from capture_of(name, record)
    if not is_known:
        raise InputError(name, "is no WARC file", "give it the suffix of what it is")


def records(name: str, data: bytes) -> Iterator[bytes | InputError]:
    """The bytes of each record, unpacked."""
    return (record for _, record in placed_records(name, data))


def placed_records(name: str, data: bytes) -> Iterator[tuple[int, bytes | InputError]]:
    """Each record, with where it begins if the file may be cut there, and otherwise 0."""
    if not data.startswith(GZIP):
        yield from split(data)
        return
    for start, member in members(name, data):
        if isinstance(member, InputError):
            yield 0, member
            continue
        for number, (_, record) in enumerate(split(member)):
            yield start if number == 0 else 0, record


def split(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The records in bytes that are not packed; where the length of one is wrong, it ends where the next begins.

    Each comes with where it begins, if the one before it ends there by its own length, and otherwise 0.
    """
    start, before = data.find(BEGINS), 0
    while start >= 0:
        end, is_told = end_of(data, start)
        yield start if start == before else 0, data[start:end]
        start, before = data.find(BEGINS, end), end + len(ENDS) if is_told else 0


def end_of(data: bytes, start: int) -> tuple[int, bool]:
    """Where the record that starts here ends, and whether its length tells so."""
    header = data.find(ENDS, start, start + LONGEST_HEADER)
    length = LENGTH.search(data, start, header + 2) if header >= 0 else None
    if length:
        end = header + len(ENDS) + int(length[1])
        if data.startswith(ENDS, end) or end == len(data):
            return end, True
    following = data.find(ENDS + BEGINS, max(header, start))
    return (following if following >= 0 else len(data)), False


def members(name: str, data: bytes) -> Iterator[tuple[int, bytes | InputError]]:
    """What is packed in each member of a gzip file; one error for what lies broken between two that are whole.

    Each comes with where it begins, if the one before it is whole and ends there, and otherwise 0.

    Raises:
        InputError: it unpacks too far.
    """
    view, start, before, unpacked, was_broken = memoryview(data), 0, 0, 0, False
    while 0 <= start < len(data):
        try:
            member, end = unpack(name, view, start)
        except (zlib.error, EOFError) as error:
            if not was_broken:
                reason = f"a record of this archive is broken ({error})"
                yield 0, InputError(name, reason, "check that it was saved whole")
            was_broken, start = True, data.find(GZIP, start + 1)
            continue
        unpacked += len(member)
        if unpacked > MOST_UNPACKED:
            raise InputError(name, f"unpacks to more than {megabytes(MOST_UNPACKED)}; read up to there", "split it")
        yield 0 if was_broken or start != before else start, member
        was_broken, before = False, end
        start = data.find(GZIP, end)


def unpack(name: str, view: memoryview, start: int) -> tuple[bytes, int]:
    """What is packed in the gzip member that starts here, and where that ends.

    Raises:
        InputError: it unpacks too far.
        zlib.error: it is broken.
        EOFError: it is cut.
    """
    unpacker, pieces, size, place = zlib.decompressobj(31), [], 0, start
    while not unpacker.eof:
        fed = unpacker.unconsumed_tail or view[place : place + FED]
        if not fed:
            raise EOFError("it is cut")
        place += 0 if unpacker.unconsumed_tail else len(fed)
        pieces.append(unpacker.decompress(fed, LARGEST // 100))
        size += len(pieces[-1])
        if size > LARGEST or (size > SMALL and size > HIGHEST_RATIO * (place - start)):
            raise InputError(name, "has a record that unpacks too far", "no page packs so small")
    return b"".join(pieces), place - len(unpacker.unused_data)


def capture_of(name: str, data: bytes) -> Iterator[Capture | InputError | str]:
    """The answer in a record, or as what it is left out; nothing of records that tell of others."""
    from warcio.archiveiterator import ArchiveIterator

    try:
        record: Any = next(ArchiveIterator(io.BytesIO(data)), None)
        if record is None:
            return
        if record.rec_type in PAGE_RECORDS:
            yield answer(record)
        elif record.rec_type in OTHER_RECORDS:
            yield OTHER_RECORDS[record.rec_type]
    except Exception as error:  # whatever the library raises
        what = " ".join(str(error).split())[:100]
        yield InputError(name, f"a record of this archive is broken ({what})", "check that it was saved whole")


def answer(record: Any) -> Capture | str:
    """The answer in a record."""
    target = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> \t")
    moment = record.rec_headers.get_header("WARC-Date") or ""
    headers = record.rec_headers if record.rec_type != "response" else record.http_headers
    if headers is None:
        return "other records"
    status = OK if record.rec_type != "response" else status_of(headers)
    body = cache(partial(body_of, record))
    content_type = (headers.get_header("Content-Type") or "").strip() or captures.type_by_content(body())
    return Capture(target, moment, status, content_type, body)


def status_of(headers: Any) -> int:
    """The status of an answer; 0 where it is none."""
    code = str(headers.get_statuscode())
    return int(code) if code.isascii() and code.isdecimal() else 0


def body_of(record: Any) -> bytes:
    """What a record holds, unpacked, but no more than is read of a page.

    Raises:
        ValueError: it is packed in a way that is not read.
    """
    stream, pieces, left = record.content_stream(), [], LARGEST_PAGE + 1
    while left > 0 and (piece := stream.read(left)):
        pieces.append(piece)
        left -= len(piece)
    data = b"".join(pieces)
    packed = ((record.http_headers and record.http_headers.get_header("Content-Encoding")) or "").strip().lower()
    if packed in NOT_UNPACKED and not captures.type_by_content(data):
        raise ValueError(f"packed with {packed}, which is not read")
    return data

"""Files of many documents larger than what is read at once, or than a shard: piece by piece, and memory stays bounded.

Web archives are cut where a record begins, Parquet where a row group does. A piece knows how many pages or rows stand
before it, so that its documents are called and counted as those of the whole file are, whoever reads it.
"""

import hashlib
import os
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats.captures import NO_PAGE
from claims_cli.formats.isolation import isolated, surveyed
from claims_cli.formats.limits import LARGEST, megabytes
from claims_cli.formats.options import FormatOptions, Mark, Piece
from claims_cli.formats.table import BY_SUFFIX, PARQUET, WARC, Format, suffix_of
from claims_cli.formats.warc import BEGINS, ENDS, GZIP
from claims_cli.inputs.sources import Input

PIECE = 64_000_000  # bytes of an archive; packed some three to five times as many unpacked
LOOKED_AT = 1_024
CHANGED = "make the plan anew: claims extract IN -o OUT/ --shards N"
WARC_MARKS = replace(WARC, function="survey")
PARQUET_MARKS, PARQUET_ROWS = replace(PARQUET, function="survey_path"), replace(PARQUET, function="read_path")


def format_of(path: Path) -> Format | None:
    """The format of a file that may be cut; None of any other."""
    format = BY_SUFFIX.get(suffix_of(path.name))
    return format if format in (WARC, PARQUET) else None


def is_large(path: Path) -> bool:
    """Whether a file is one that may be cut, and larger than what is read at once."""
    try:
        return format_of(path) is not None and path.stat().st_size > PIECE
    except OSError:  # whoever reads it tells why
        return False


def documents(item: Input, path: Path, options: FormatOptions) -> Iterator[Document | InputError]:
    """The documents of a large file, or of a piece of one, counted through, with the hash of the whole of it.

    Raises:
        InputError: it cannot be read, has changed since it was cut, or is read whole and nothing in it holds text.
        OSError: it cannot be read.
    """
    if item.piece is None:
        return of_whole(item.name, path, options)
    if path.stat().st_size != item.piece.size:
        raise InputError(item.name, "has changed since the plan was made", CHANGED)
    return of_piece(item.name, path, item.piece, options)


def of_whole(name: str, path: Path, options: FormatOptions) -> Iterator[Document | InputError]:
    """The documents of a large file.

    Raises:
        InputError: it cannot be read, or nothing in it holds text.
        OSError: it cannot be read.
    """
    if format_of(path) is PARQUET:
        digest = hash_of(path)
        for item in isolated(name, os.fsencode(path), PARQUET_ROWS, options):
            yield replace(item, sha256=digest) if isinstance(item, Document) else item
        return
    is_empty = True
    for piece in archive_pieces(name, path, PIECE, options):
        for item in of_piece(name, path, piece, options):
            is_empty = False
            yield item
    if is_empty:
        raise InputError(name, NO_PAGE, "check what was archived")


def of_piece(name: str, path: Path, piece: Piece, options: FormatOptions) -> Iterator[Document | InputError]:
    """The documents of a piece; none where it holds no text.

    Raises:
        OSError: it cannot be read.
    """
    stretched = replace(options, piece=piece)
    is_archive = format_of(path) is WARC
    data = stretch(path, piece) if is_archive else os.fsencode(path)
    try:
        for item in isolated(name, data, WARC if is_archive else PARQUET_ROWS, stretched):
            yield replace(item, sha256=piece.sha256) if isinstance(item, Document) else item
    except InputError as error:  # a piece that fails costs no other
        yield error


def cut(name: str, path: Path, size: int, options: FormatOptions) -> list[tuple[Piece, int]]:
    """The pieces of a file, of about so many bytes each, and how many they have; none where it cannot be cut.

    A file that cannot be read is not cut either: whoever reads it tells why.
    """
    if (format := format_of(path)) is None:
        return []
    try:
        if format is WARC:
            pieces = list(archive_pieces(name, path, min(size, PIECE), options))
            return [(piece, piece.end - piece.start) for piece in pieces if len(pieces) > 1]
        marks = spaced(surveyed(name, os.fsencode(path), PARQUET_MARKS, options), size)
        return parquet_pieces(marks, path) if len(marks) > 2 else []
    except (InputError, OSError):
        return []


def parquet_pieces(marks: Sequence[Mark], path: Path) -> list[tuple[Piece, int]]:
    """The pieces between marks of a Parquet file, and how many bytes they have."""
    digest, size = hash_of(path), path.stat().st_size
    return [
        (Piece(mark.start, after.start, mark.before, digest, size), after.place - mark.place)
        for mark, after in pairwise(marks)
    ]


def spaced(marks: Sequence[Mark], size: int) -> list[Mark]:
    """The first and last of marks, and those between at which so many bytes are full."""
    kept = [marks[0]]
    for mark in marks[1:-1]:
        if mark.place - kept[-1].place >= size:
            kept.append(mark)
    return [*kept, marks[-1]]


def archive_pieces(name: str, path: Path, size: int, options: FormatOptions) -> Iterator[Piece]:
    """The pieces of a web archive: each stretch that is read at once, cut further where it is larger than asked for.

    Raises:
        InputError: it is no archive, or a record is larger than an input may be.
        OSError: it cannot be read.
    """
    digest, whole = hash_of(path), path.stat().st_size
    start = before = 0
    for data in stretches(name, path):
        for mark, after in pairwise(spaced(surveyed(name, data, WARC_MARKS, options), size)):
            yield Piece(start + mark.start, start + after.start, before + mark.before, digest, whole)
        start, before = start + len(data), before + after.before


def stretches(name: str, path: Path) -> Iterator[bytes]:
    """The bytes of an archive, cut where a record begins.

    Raises:
        InputError: a record is larger than an input may be, or it is no archive.
        OSError: it cannot be read.
    """
    data, whole = b"", path.stat().st_size
    with path.open("rb") as stream:
        while more := stream.read(PIECE):
            data += more
            if stream.tell() >= whole:
                continue
            if place := last_record(data):
                yield data[:place]
                data = data[place:]
            elif len(data) > LARGEST:
                reason = f"has a record larger than {megabytes(LARGEST)}, or is no WARC file packed record by record"
                raise InputError(name, reason, "split it, or pack it with warcio recompress")
    if data:
        yield data


def last_record(data: bytes) -> int:
    """Where the last record begins, packed or not; 0 where no other begins than the first."""
    if not data.startswith(GZIP):
        place = data.rfind(ENDS + BEGINS)
        return place + len(ENDS) if place > 0 else 0
    place = data.rfind(GZIP)
    while place > 0 and not begins_record(data[place : place + LOOKED_AT]):
        place = data.rfind(GZIP, 0, place + len(GZIP) - 1)
    return max(place, 0)


def begins_record(packed: bytes) -> bool:
    """Whether bytes are the beginning of a packed record, and do not only look like it."""
    try:
        return zlib.decompressobj(31).decompress(packed, len(BEGINS)) == BEGINS
    except zlib.error:
        return False


def stretch(path: Path, piece: Piece) -> bytes:
    """The bytes of a piece of an archive."""
    with path.open("rb") as stream:
        stream.seek(piece.start)
        return stream.read(piece.end - piece.start)


def hash_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

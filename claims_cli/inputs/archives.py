"""Archives: what is packed in a .zip or .gz, file by file."""

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from zipfile import ZipInfo

from claims_cli.errors import InputError
from claims_cli.formats.limits import megabytes
from claims_cli.formats.packages import ENCRYPTED, MOST_UNPACKED, opened, part_pieces, pieces

MOST_MEMBERS = 100_000
UTF_8 = 0x800
Member = tuple[str, bytes]


def unzipped(name: str, data: bytes, is_read: Callable[[str], bool]) -> Iterator[Member | InputError]:
    """The files of a zip archive that a reader knows, in the order of their names; hidden ones are left out.

    Args:
        is_read: whether a file is read, by its name.

    Raises:
        InputError: it is no zip archive, holds nothing to read, is made to deceive, or unpacks too far.
    """
    archive = opened(name, data, MOST_MEMBERS)
    files = [part for part in archive.infolist() if not part.is_dir() and not is_hidden(part.filename)]
    known = sorted((part for part in files if is_read(part.filename)), key=shown_name)
    if not known:
        raise InputError(name, "no file in this archive is of a kind that is read", "unpack it, and name the file")
    if len({part.header_offset for part in known}) < len(known):
        raise InputError(name, "is made so that its files are one and the same", "do not trust it")
    unpacked = 0
    for part in known:
        member = f"{name}!{shown_name(part)}"
        if part.flag_bits & ENCRYPTED:
            yield InputError(member, "is locked with a password", "unpack it")
            continue
        try:
            content = b"".join(part_pieces(member, archive, part))
        except InputError as error:
            yield error
            continue
        unpacked += len(content)
        if unpacked > MOST_UNPACKED:
            raise InputError(name, f"unpacks to more than {megabytes(MOST_UNPACKED)}; read up to {member}", "unpack it")
        yield member, content


def is_hidden(path: str) -> bool:
    """Whether a file of an archive, or a folder on its path, is hidden (`.git/`, `__MACOSX/`)."""
    return any(part.startswith(".") or part == "__MACOSX" for part in path.split("/"))


def shown_name(part: ZipInfo) -> str:
    """The path of a file in a zip archive as text: names that are not marked as UTF-8 mostly are."""
    if part.flag_bits & UTF_8:
        return part.filename
    try:
        return part.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return part.filename


def gunzipped(name: str, data: bytes) -> bytes:
    """What is packed in a gzip file.

    Raises:
        InputError: it is broken, or unpacks too far.
    """
    try:
        return b"".join(pieces(name, gzip.GzipFile(fileobj=io.BytesIO(data)), len(data)))
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(name, f"is broken ({error})", "check that it was saved whole") from None

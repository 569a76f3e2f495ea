"""Which encoding bytes are in that do not say so and are no UTF-8; and the names of encodings that a user gives."""

import codecs
import re

from claims_cli.errors import UsageError
from claims_cli.names import alike

WESTERN, MACINTOSH = "cp1252", "mac_roman"
NAMES = {
    WESTERN: "Windows-1252",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "koi8_r": "KOI8-R",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "cp1255": "Windows-1255",
    "cp1256": "Windows-1256",
    "cp932": "Shift_JIS",
    "euc_jp": "EUC-JP",
    "gb18030": "GB18030",
    "big5": "Big5",
    "cp949": "EUC-KR",
    MACINTOSH: "Macintosh",
    "iso8859_2": "ISO-8859-2",
    "iso8859_5": "ISO-8859-5",
    "iso8859_6": "ISO-8859-6",
    "iso8859_7": "ISO-8859-7",
    "cp866": "IBM866",
}
SAMPLE = 65_536
BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
FEW_BEYOND_ASCII = 0.1
NO_WORSE = 0.05
QUOTES_AND_DASHES = {WESTERN: bytes(range(0x91, 0x98)), MACINTOSH: bytes(range(0xD0, 0xD6))}


def guess(data: bytes) -> str:
    """The encoding (a key of `NAMES`) that bytes are most likely in."""
    from charset_normalizer import from_bytes

    sample = telling(data)
    matches = from_bytes(sample, cp_isolation=list(NAMES))
    best = matches.best()
    if best is None or WESTERN in best.could_be_from_charset:
        return WESTERN
    if sum(byte > 127 for byte in sample) > FEW_BEYOND_ASCII * len(sample):
        return best.encoding
    western = [match.chaos for match in matches if {WESTERN, MACINTOSH} & set(match.could_be_from_charset)]
    if not western or min(western) - best.chaos > NO_WORSE:
        return best.encoding
    return western_or_macintosh(sample)


def western_or_macintosh(sample: bytes) -> str:
    """Which of the two a text is in whose letters are nearly all ASCII: the one in which it has quotes and dashes.

    Such a text fits half a dozen encodings, since some curly quotes and accents are all that tells them apart.
    """
    marks = {name: sum(map(sample.count, codes)) for name, codes in QUOTES_AND_DASHES.items()}
    return MACINTOSH if marks[MACINTOSH] > marks[WESTERN] else WESTERN


def telling(data: bytes) -> bytes:
    """A part of the bytes that holds letters beyond ASCII and breaks none: it begins in ASCII and ends with a line."""
    if len(data) <= SAMPLE:
        return data
    beyond = BEYOND_ASCII.search(data)
    first = beyond.start() if beyond else 0
    start = max(first - SAMPLE // 2, 0)
    end = data.rfind(b"\n", first, start + SAMPLE) + 1
    return data[start : end or start + SAMPLE]


def named(name: str) -> str:
    """The name of an encoding as Python writes it.

    Raises:
        UsageError: there is no such encoding of text.
    """
    try:
        codec = codecs.lookup(name)
        if not codec._is_text_encoding:
            raise LookupError
        codec.encode("a")
    except (LookupError, ValueError, UnicodeError):
        near = alike(name.lower().replace("_", "-"), known_names(), 3, 0.4)
        raise UsageError(f"there is no encoding '{name}'", f"nearest: {', '.join(near) or 'utf-8'}") from None
    return codec.name


def known_names() -> list[str]:
    """The names by which encodings of text are commonly called."""
    from encodings.aliases import aliases

    names = {name.replace("_", "-") for name, codec in aliases.items() if not codec.endswith("_codec")}
    return sorted(names | set(map(str.lower, NAMES.values())))

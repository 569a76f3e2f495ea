"""Files that are lists of addresses: a line an address, or a sitemap of a web site."""

import re
from collections.abc import Iterable
from html import unescape

from claims_cli.inputs.fetching import is_address

SITEMAP = re.compile(rb"<(?:\w{1,20}:)?(?:urlset|sitemapindex)\b", re.I)
PLACE = re.compile(rb"<(?:\w{1,20}:)?loc>\s{0,200}(?:<!\[CDATA\[)?\s{0,200}(https?://[^\s<\]]{1,4000})", re.I)
HEAD = 4096
LONGEST = 10_000_000  # bytes of a list
COMMENT = "#"


def addresses_of(data: bytes) -> list[str]:
    """The addresses in a file that is a list of them, each once, in order; none where it is anything else."""
    if len(data) > LONGEST:
        return []
    if SITEMAP.search(data[:HEAD]):
        return unique(unescape(match[1].decode("utf-8", "replace")) for match in PLACE.finditer(data))
    if not data[:HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"http", b"HTTP", COMMENT.encode())):
        return []
    lines = [line.strip() for line in data.decode("utf-8-sig", "replace").splitlines()]
    lines = [line for line in lines if line and not line.startswith(COMMENT)]
    return unique(lines) if all(is_address(line) and " " not in line for line in lines) else []


def unique(addresses: Iterable[str]) -> list[str]:
    """Each address once, in order."""
    return list(dict.fromkeys(addresses))

"""Links that open a page at the words of a claim (WICG, URL Fragment Text Directives)."""

import re
from collections.abc import Iterable
from urllib.parse import quote

from claims_cli.claim import Claim

LONGEST = 300
WORDS = 6
DIRECTIVE = ":~:"
WEB = ("http://", "https://")
# pages that begin at a second where `t` tells it; other recordings do where a media fragment does (W3C)
PLAYERS = re.compile(r"https?://(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com/|youtu\.be/)", re.I)
IN_URLS = ":/?#[]@!$&'()*+,;=%~"


def link(claim: Claim) -> str | None:
    """The address of a claim's document with the words of the claim to go to; None where it has none."""
    if claim.url is None or not claim.url.startswith(WEB):
        return None
    page = quote(claim.url.partition(DIRECTIVE)[0], safe=IN_URLS)
    if claim.time is not None:
        return at_second(page, claim.time)
    return f"{page}{'' if '#' in page else '#'}{DIRECTIVE}{directive(claim.content.pieces)}"


def at_second(page: str, second: int) -> str:
    """The address of a recording from a second on."""
    page = page.partition("#")[0]
    if not PLAYERS.match(page):
        return f"{page}#t={second}"
    bare = re.sub(r"(?<=[?&])t=[^&]{0,40}&?", "", page).rstrip("?&")
    return f"{bare}{'&' if '?' in bare else '?'}t={second}"


def clock(second: int) -> str:
    """A second of a recording as players show it: `2:05`, `1:02:05`."""
    minutes, seconds = divmod(second, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def directive(pieces: Iterable[str]) -> str:
    """The text directive of a quotation: all of it where it is short, otherwise its first and last words.

    The words between may go over several paragraphs, which a directive of one part cannot.
    """
    lines = [line.split() for piece in pieces for line in piece.splitlines() if line.strip()]
    whole = " ".join(lines[0]) if lines else ""
    if len(lines) == 1 and len(whole) <= LONGEST:
        return f"text={encoded(whole)}"
    return f"text={encoded(' '.join(lines[0][:WORDS]))},{encoded(' '.join(lines[-1][-WORDS:]))}"


def encoded(text: str) -> str:
    """Text for a directive, in which `-`, `,` and `&` mean something."""
    return quote(text, safe="").replace("-", "%2D")

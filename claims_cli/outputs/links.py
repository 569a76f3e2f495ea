"""Links that open a page at the words of a claim (WICG, URL Fragment Text Directives)."""

from collections.abc import Iterable
from urllib.parse import quote

from claims_cli.claim import Claim

LONGEST = 300
WORDS = 6
DIRECTIVE = ":~:"
WEB = ("http://", "https://")
IN_URLS = ":/?#[]@!$&'()*+,;=%~"


def link(claim: Claim) -> str | None:
    """The address of a claim's document with the words of the claim to go to; None where it has none."""
    if claim.url is None or not claim.url.startswith(WEB):
        return None
    page = quote(claim.url.partition(DIRECTIVE)[0], safe=IN_URLS)
    return f"{page}{'' if '#' in page else '#'}{DIRECTIVE}{directive(claim.content.pieces)}"


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

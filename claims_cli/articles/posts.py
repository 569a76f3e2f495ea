"""Posts as their plain text stands in an article: `@handle: …`, `RT @x: …`, `… — Name (@handle) date`, name over words.

In comes a document; out come its posts as turns. A post ends with its paragraph; what stands under another one's handle
is another voice.
"""

import re
from collections.abc import Iterator

from claims_cli.claim import Document, Turn

HANDLE = r"@\w{2,30}"
NAME = r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,4}"
LABELLED = re.compile(rf"(?m)^[ \t]*(?:RT )?(?P<name>{HANDLE}):[ \t]+(?P<words>\S[^\n]*(?:\n[^\n@]\S[^\n]*)*)$")
SIGNED = re.compile(
    rf"(?m)^(?P<words>[^\n—–]\S?[^\n]*(?:\n[^\n—–][^\n]*)*)\n(?:[ \t]*\n)?[ \t]*[—–-]{{1,2}}[ \t]*"
    rf"(?P<name>{NAME})[ \t]*\({HANDLE}\)[^\n]{{0,40}}$"
)
HEADED = re.compile(
    rf"(?m)^[ \t]*(?P<name>{NAME})[ \t]+(?:[^\w\s@][ \t]*)?{HANDLE}[^\n]{{0,40}}\n"
    rf"(?:[ \t]*(?:Replying to )?{HANDLE}[^\n]*\n)*(?:[^\n]* {HANDLE}\n)?(?P<words>[^\n@]\S[^\n]*(?:\n\S[^\n]*)*)$"
)


def posts_of(document: Document) -> Iterator[Turn]:
    """The posts of a document, in order; what is in none of the shapes is left to the rules."""
    taken = 0
    found = sorted(
        (match.start(), match) for shape in (LABELLED, SIGNED, HEADED) for match in shape.finditer(document.text)
    )
    for _, match in found:
        if match.start() >= taken:
            taken = match.end()
            yield Turn(match.span("name"), match.start(), (match.span("words"),), match["name"])

"""The text of a document as its offsets count it, with what was set aside marked where that is asked for."""

from collections.abc import Iterator
from typing import TextIO

from claims_cli.claim import Document
from claims_cli.outputs.escapes import Screen

OPENING, CLOSING = "⟦", "⟧"
DIM, PLAIN = "\x1b[2m", "\x1b[0m"


def write(document: Document, stream: TextIO, shows_furniture: bool = False, dims: bool = False) -> None:
    """Write the text, to the character unless furniture is marked; no control character reaches a terminal.

    Args:
        shows_furniture: put what was set aside in brackets.
        dims: and dim it.
    """
    target = Screen(stream) if stream.isatty() else stream
    for text, is_aside in stretches(document) if shows_furniture else [(document.text, False)]:
        stream.write(DIM if is_aside and dims else "")
        target.write(f"{OPENING}{text}{CLOSING}" if is_aside else text)
        stream.write(PLAIN if is_aside and dims else "")


def stretches(document: Document) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it was set aside."""
    done = 0
    for start, end in document.furniture:
        yield document.text[done:start], False
        yield document.text[max(start, done) : end], True
        done = max(done, end)
    yield document.text[done:], False

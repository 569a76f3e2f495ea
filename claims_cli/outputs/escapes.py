"""Characters that a terminal obeys or hides: control characters, marks of direction, characters without width."""

import codecs
import re
from typing import TextIO

CONTROL = (*range(32), *range(127, 160), 8232, 8233)
DIRECTION = (1564, 8206, 8207, *range(8234, 8239), *range(8294, 8298))
WITHOUT_WIDTH = (0x180E, 0x200B, *range(0x2060, 0x2066), 0xFEFF, *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080))
JOINERS = (0x200C, 0x200D)
REMOVED = dict.fromkeys((*CONTROL, *DIRECTION))
PICTURED = {
    **dict.fromkeys((*CONTROL, *DIRECTION), "\ufffd"),
    **{code: chr(0x2400 + code) for code in range(32)},
    127: "\u2421",
    9: "\t",
    10: "\n",
}
ESCAPED = {code: f"\\u{code:04x}" for code in (*CONTROL, *DIRECTION)}  # in JSON
SPELLED = {code: repr(chr(code))[1:-1] for code in (*CONTROL, *DIRECTION)}
HIDDEN = {code: repr(chr(code))[1:-1] for code in (*CONTROL, *DIRECTION, *WITHOUT_WIDTH, *JOINERS)}
SHOWN = {code: escape for code, escape in HIDDEN.items() if code not in (9, 10, 13, *JOINERS)}
# a return inside a line writes over it; a joiner stays where it joins emoji or letters of scripts that have one
LEFT = re.compile(r"\r(?!\n)|(?<![^\x00-\u02ff])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\u02ff])")
BYTES_ESCAPED = "claims-bytes-escaped"  # how a stream takes what it cannot encode
ESCAPES = {escape: chr(code) for code, escape in HIDDEN.items()}
ESCAPE = re.compile(r"\\(?:r|x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})")


def clean(text: str | None) -> str:
    """Text of a document on one line for a terminal: white space collapsed, control and direction marks taken out."""
    line = " ".join((text or "").split())
    return line if line.isprintable() else line.translate(REMOVED)


def spelled(text: str) -> str:
    """A file name or message for a terminal: control and direction marks as escapes (`\\n`)."""
    return text.translate(SPELLED)


def visible(text: str) -> str:
    """Text for a cell: what a terminal obeys or hides as escapes (`\\u202e`); tabs and line ends stay."""
    if text.isprintable():
        return text
    return LEFT.sub(lambda found: HIDDEN[ord(found[0])], text).translate(SHOWN)


def restored(text: str) -> str:
    """The text of which `visible` made a cell."""
    return ESCAPE.sub(lambda found: ESCAPES.get(found[0], found[0]), text) if "\\" in text else text


def escaping(error: UnicodeError) -> tuple[str, int]:
    """What is written of characters that are none: bytes of a file name that are no UTF-8 as escapes (`\\xff`)."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    codes = map(ord, error.object[error.start : error.end])
    is_byte = range(0xDC80, 0xDD00)
    return "".join(f"\\x{code - 0xDC00:02x}" if code in is_byte else f"\\u{code:04x}" for code in codes), error.end


codecs.register_error(BYTES_ESCAPED, escaping)


class Screen:
    """A terminal that text is written to as it is, its control characters as pictures of themselves."""

    def __init__(self, stream: TextIO):
        self.stream = stream

    def write(self, text: str) -> int:
        """Write text; the count is that of `text`."""
        self.stream.write(text.translate(PICTURED))
        return len(text)

"""Characters that must not reach a terminal: control characters, and marks that turn the direction of the text."""

from typing import TextIO

CONTROL = (*range(32), *range(127, 160), 8232, 8233)
DIRECTION = (1564, 8206, 8207, *range(8234, 8239), *range(8294, 8298))
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


def clean(text: str | None) -> str:
    """Text of a document on one line for a terminal: white space collapsed, control and direction marks taken out."""
    line = " ".join((text or "").split())
    return line if line.isprintable() else line.translate(REMOVED)


def spelled(text: str) -> str:
    """A file name or message for a terminal: control and direction marks as escapes (`\\n`)."""
    return text.translate(SPELLED)


class Screen:
    """A terminal that text is written to as it is, its control characters as pictures of themselves."""

    def __init__(self, stream: TextIO):
        self.stream = stream

    def write(self, text: str) -> int:
        """Write text; the count is that of `text`."""
        self.stream.write(text.translate(PICTURED))
        return len(text)

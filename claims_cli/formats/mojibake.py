"""Text that was once read in the wrong encoding and saved so (`â€œWe wonâ€™t`): its letters are put back, by ftfy."""

import re

# a closing quotation mark whose last byte no Western encoding knows, so that programs drop it
CUT_SHORT = re.compile(r"â€(?=[ \t\n.,;:!?)\]]|$)")
# how a letter of two or three bytes begins, read as Western or Cyrillic
BEGINS = re.compile("[ÂÃâÄÅÆÇÎÏÐÑØÙÚÛðвРС][^\x00-\x7f]")
WHOLE = "â€\x9d"


def mended(text: str) -> tuple[str, int]:
    """A text with the letters that were meant, and how many lines were mended; a line in doubt stays as it is."""
    if text.isascii():
        return text, 0
    lines = text.split("\n")
    repaired = [line if line.isascii() else mended_line(line) for line in lines]
    count = sum(before != after for before, after in zip(lines, repaired, strict=True))
    return ("\n".join(repaired), count) if count else (text, 0)


def note(lines: int) -> str:
    """What is said of a text of which so many lines were mended."""
    places = "1 line" if lines == 1 else f"{lines:,} lines"
    return f"letters of {places} that were once read in the wrong encoding (`â€œ`) were put back"


def mended_line(line: str) -> str:
    """One line with the letters that were meant."""
    from ftfy import fix_encoding
    from ftfy.badness import is_bad

    if not BEGINS.search(line) or not is_bad(line):
        return line
    return fix_encoding(CUT_SHORT.sub(WHOLE, line))

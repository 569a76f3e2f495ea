"""What is said in the lines under a label: its paragraphs, without stage directions, up to a heading."""

import re
from collections.abc import Iterator, Sequence

from claims_cli.articles.labelled_lines import Stretch
from claims_cli.articles.labels import either
from claims_cli.claim import Offsets
from claims_cli.rulebook import Rulebook

BRACKETED = re.compile(r"[(\[][^()\[\]]{1,80}[)\]]")
ALL_BRACKETED = re.compile(r"\s*(?:[(\[][^()\[\]]{1,80}[)\]]\s*)+")
SET_OFF = re.compile(  # `(1430)`, `[Translation]`, `{time} 1430`
    r"\s*(?:[(\[](?:\d[\d.: ]{0,9}(?:[ap]\.?m\.?)?|[A-Z][a-z]+)[)\]]|\{[a-z]+\}\s*\d+)\s*"
)
HEADING = re.compile(r"\s*(?:#{1,6}\s|\*\s*\*\s*\*|_{3,}|-{3,}|={3,})")
BOLD = ("**", "__")
MOST_CAPTION = 6  # words of a heading in capitals
MOST_HEARD = 6  # words of a stage direction without brackets
MOST_DONE = 10  # words of a line that tells what became of a motion


class SpokenWords:
    """Tells them by the words of a rulebook."""

    def __init__(self, rulebook: Rulebook):
        self.stage = rulebook.words("turns.stage")
        self.heard = re.compile(rf"(?:{either(rulebook.words('turns.before_chorus'))})\.?\s", re.IGNORECASE)
        self.procedure = re.compile(rf"(?:{either(rulebook.words('turns.procedure'))})\b", re.IGNORECASE)
        self.ends = rulebook.words("turns.ends")

    def body(self, text: str, lines: Sequence[Stretch]) -> Offsets:
        """What is said in some lines, a piece a paragraph, stage directions left out."""
        paragraphs: list[list[int]] = []
        goes_on = False
        for start, end, apart in lines:
            if HEADING.match(text, start, end) or self.is_end(text[start:end]) or is_caption(text[start:end]):
                break
            if self.is_heard(text[start:end]) or SET_OFF.fullmatch(text, start, end):
                goes_on = False
                continue
            if goes_on and not apart and not text[paragraphs[-1][1] : start].strip():  # no number of a page between
                paragraphs[-1][1] = end
            else:
                paragraphs.append([start, end])
            goes_on = True
        return tuple(piece for start, end in paragraphs for piece in self.spoken(text, start, end))

    def is_end(self, line: str) -> bool:
        """Whether a line ends the transcript."""
        words = line.split()
        return bool(words) and words[0].casefold() in self.ends and (words[0].isupper() or not words[0].isalpha())

    def spoken(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The pieces of a paragraph without its stage directions."""
        for match in BRACKETED.finditer(text, start, end):
            if self.is_direction(match.group(), text[start:end]):
                yield from trimmed(text, start, match.start())
                start = match.end()
        yield from trimmed(text, start, end)

    def is_direction(self, words: str, paragraph: str) -> bool:
        """Whether bracketed words tell what is heard or seen: by their words, in capitals, or alone in a paragraph."""
        inner = words[1:-1].strip()
        told = {word.strip(".,;:").casefold() for word in inner.split()}
        return (
            not told.isdisjoint(self.stage)
            or (inner.isupper() and len(inner) > 3)
            or bool(ALL_BRACKETED.fullmatch(paragraph))
        )

    def is_heard(self, paragraph: str) -> bool:
        """Whether a line tells what is heard (`Members interjecting—`) or done (`Motion agreed to`)."""
        words = {word.strip(".,;:—–-").casefold() for word in paragraph.split()}
        if len(words) <= MOST_DONE and self.procedure.match(paragraph.lstrip()):
            return True
        is_set_off = paragraph.rstrip()[-1] in "—–-" or self.heard.match(paragraph.lstrip()) is not None
        return len(words) <= MOST_HEARD and is_set_off and not words.isdisjoint(self.stage)


def is_caption(line: str) -> bool:
    """Whether a line is a heading in capitals (`DIRECT EXAMINATION`), the number of the line left aside."""
    words = [word for word in line.split() if not word.isdigit()]
    return (
        1 < len(words) <= MOST_CAPTION and all(word.isupper() for word in words) and line.rstrip()[-1] not in '.?!…"”'
    )


def trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch without white space at its edges; nothing where no letter is left."""
    piece = text[start:end]
    if any(character.isalnum() for character in piece):
        right = piece.rstrip()
        for mark in BOLD:
            if right.endswith(mark) and right.count(mark) % 2:  # it closes what the label opened
                right = right.removesuffix(mark).rstrip()
        yield start + len(piece) - len(piece.lstrip()), start + len(right)

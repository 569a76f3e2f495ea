"""The lines of a text, as rules of furniture look at them: words, tokens, and parts of a line.

In comes a text; out come its lines, a paragraph that was broken at a width as one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from claims_cli.articles.wrapping import QUOTED, is_next_line, joins_of

LINE = re.compile(r"[^\r\n]+")
TOKEN = re.compile(r"\w+(?:['’.]\w+)*[.+]?|[^\w\s.]")
LABEL_END = re.compile(r":(?=\s|$)|\||\s[-–—](?=\s)|—|–(?=\s)")
TAIL_START = re.compile(r"[.!?][\"”’')\]]*\s+|\s\|\s")
FINAL = re.compile(r"[.!?…][\"”’')\]]*$")
BRACKETS = {"(": ")", "[": "]"}
SENTENCE_WORDS = 5
Tokens = tuple[str, ...]


def tokens_of(text: str) -> list[str]:
    """The words and marks of a text as they stand, without full stops."""
    return [token.rstrip(".") for token in TOKEN.findall(text)]


def folded(tokens: Iterable[str]) -> Tokens:
    """Tokens as they are compared: small letters, straight apostrophes."""
    return tuple(" ".join(tokens).casefold().replace("’", "'").split())  # at once, since no token holds white space


def is_mark(token: str) -> bool:
    """Whether a token has neither letter nor digit."""
    return not (token.isalnum() or any(letter.isalnum() for letter in token))


@dataclass(frozen=True)
class Line:
    """A line that is not empty, or a part of one.

    Attributes:
        start, end: where it stands in the document's text, in code points.
        text: its words, white space collapsed.
        apart: whether an empty line, or nothing, stands before it.
        quoting: how many characters of marks of quoting (`> `) its text leaves out before its words.
    """

    start: int
    end: int
    text: str
    apart: bool = False
    quoting: int = 0

    @cached_property
    def raw(self) -> list[str]:
        """Its tokens as they stand."""
        return tokens_of(self.text)

    @cached_property
    def tokens(self) -> Tokens:
        """Its tokens as they are compared."""
        return folded(self.raw)

    @cached_property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    @cached_property
    def is_sentence(self) -> bool:
        """Whether it ends like a sentence and is no mere phrase."""
        return self.words >= SENTENCE_WORDS and bool(FINAL.search(self.text))

    def forget(self) -> None:
        """Let go of its tokens, which take much room where there are many lines; they are made again where needed."""
        for name in ("raw", "tokens", "label", "brackets"):
            self.__dict__.pop(name, None)

    def part(self, text: str) -> "Line | None":
        """A part of the line for itself; None where there are no words in it."""
        return Line(self.start, self.end, text) if text.strip() else None

    @cached_property
    def label(self) -> "Line | None":
        """The words before the first colon, bar or dash."""
        end = LABEL_END.search(self.text)
        return self.part(self.text[: end.start()]) if end else None

    @cached_property
    def brackets(self) -> "Line | None":
        """The words in the brackets that end the line."""
        text = self.text.rstrip(".")
        for opened, closed in BRACKETS.items():
            if text.endswith(closed):
                return self.part(text[text.rfind(opened) + 1 : -1]) if opened in text else None
        return None

    @cached_property
    def tail(self) -> "Line | None":
        """The words behind the last whole sentence or bar."""
        ends = [match.end() for match in TAIL_START.finditer(self.text)]
        return self.part(self.text[ends[-1] :]) if ends else None


def lines_of(text: str, start: int, end: int) -> list[Line]:
    """Every line of a stretch that is not empty; lines that were broken at a width are one."""
    lines: list[Line] = []
    joined = {start + join.start for join in joins_of(text[start:end])}
    marked = (QUOTED.match(match.group()) for match in LINE.finditer(text, start, end))
    marks = [found.end() if found else 0 for found in marked]
    for place, match in enumerate(LINE.finditer(text, start, end)):  # again, for a list of matches takes much room
        quoting = marks[place]
        if match.group()[:quoting].count(">") > 1 and not any(
            marks[max(place - 1, 0) : place] + marks[place + 1 : place + 2]
        ):
            quoting = 0  # nobody quotes one line twice over: an arrow before a link
        words = " ".join(match.group()[quoting:].split())
        if not words:
            continue
        if match.start() in joined:
            lines[-1] = replace(lines[-1], end=match.end(), text=f"{lines[-1].text} {words}")
        else:
            apart = not lines or not is_next_line(text, lines[-1].end, match.start())
            lines.append(Line(match.start(), match.end(), words, apart, quoting))
    return lines

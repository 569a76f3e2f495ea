"""Blocks that the shape of lines tells, where no format does: rows of a table in Markdown, entries of a live blog.

An entry of a live blog begins with a line that has its time at its head and a few words or none behind it; there are
several of them. Read line by line, so that no text takes long.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from claims_cli.articles.labels import either
from claims_cli.claim import Block, Document
from claims_cli.rulebook import Rulebook

ROW = re.compile(r"^[ \t]{0,8}\|[^\r\n]*\|[ \t]{0,8}$", re.M)
RULED = re.compile(r"[\s|:]*-[\s|:-]*")  # the line of dashes below the heading of a table
CELL = re.compile(r"[^|]+")
MOMENT = r"(?:[01]?\d|2[0-3])[.:][0-5]\d(?:[ \t]?[ap]\.?m\b\.?)?|(?:1[0-2]|[1-9])[ \t]?[ap]\.?m\b\.?"
HEAD = rf"[ \t]{{0,8}}(?:[#*>_-]{{1,4}}[ \t]?)?\[?(?P<moment>{MOMENT})(?:[ \t][A-Z]{{2,4}}\b)?\]?[*_]{{0,2}}"
BEHIND = r"(?:[ \t]{1,4}(?:[-–—|:·][ \t]{1,4})?(?P<words>[^\r\n]{0,120}?))?[ \t]*$"
TIMED = re.compile(f"^{HEAD}{BEHIND}", re.M)
NAME = r"[A-Z][\w.'’-]{0,30}(?: [A-Z][\w.'’-]{0,30}){1,3}"
CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:[.:](?P<minute>\d\d))?[ \t]?(?P<half>[ap])?")
MOST_WORDS = 14
FEWEST = 2
SHORTEST = 40  # characters of an entry


class LineBlocks:
    """Tells such blocks by the words of a rulebook."""

    def __init__(self, rulebook: Rulebook):
        by = either(rulebook.words("turns.by"))
        self.byline = re.compile(rf"(?:.*\s)?(?:{by})[ \t]+(?P<name>{NAME})\s*$", re.IGNORECASE)
        self.name = re.compile(NAME)
        self.given = {
            name.casefold() for group in ("male", "female") for name in rulebook.words(f"given_names.{group}")
        }

    def of(self, document: Document) -> tuple[Block, ...]:
        """The blocks of a document, in order, outer before inner."""
        found = [*rows(document.text), *self.posts(document)]
        return tuple(sorted(found, key=lambda block: (block.start, -block.end)))

    def posts(self, document: Document) -> Iterator[Block]:
        """The entries of a live blog; none where fewer than two lines begin one."""
        text = document.text
        heads = [head for head in TIMED.finditer(text) if self.is_head(head, text)]
        if len(heads) < FEWEST:
            return
        ends = [head.start() for head in heads[1:]] + [len(text)]
        entries = [(head, end) for head, end in zip(heads, ends, strict=True) if end - head.end() >= SHORTEST]
        if len(entries) < FEWEST or len(entries) < len(heads) / 2:
            return
        for head, end in entries:
            told = head["words"] or next((line for line in text[head.end() : end].split("\n") if line.strip()), "")
            begin, stop = head.start(), head.start() + len(text[head.start() : end].rstrip())
            yield Block("post", begin, stop, author=self.author(told), date=self.moment(document.date, head["moment"]))

    def is_head(self, head: re.Match, text: str) -> bool:
        """Whether a line that begins with a time is the head of an entry: no sentence, apart from the line above."""
        words = head["words"] or ""
        above = text[max(0, head.start() - 2) : head.start()]
        is_apart = not above.strip("\r\n") and (len(above) < 2 or above.count("\n") > 1 or "\r\n" in above)
        is_few = len(words.split()) <= MOST_WORDS and not words.endswith((".", "”", '"', ","))
        return is_apart and is_few and not re.match(r"[a-z]", words.strip())

    def author(self, words: str) -> str | None:
        """Who wrote an entry, by the words at its head: behind `by`, or a name that begins with a known given name."""
        match = self.byline.match(words)
        if match is not None:
            return match["name"] if match["name"][0].isupper() else None
        is_name = self.name.fullmatch(words.strip()) and words.split()[0].casefold() in self.given
        return words.strip() if is_name else None

    def moment(self, day: str | None, words: str) -> str | None:
        """A day with the time that an entry tells, as ISO writes it, to the minute; None without a day."""
        clock = CLOCK.match(words)
        if day is None or clock is None or len(day) != len("2024-03-05"):
            return None
        hour, half = int(clock["hour"]), clock["half"]
        hour = hour % 12 + (12 if half == "p" else 0) if half else hour
        return f"{day}T{hour:02}:{clock['minute'] or '00'}"


def rows(text: str) -> Iterator[Block]:
    """The rows and cells of tables in Markdown, two lines or more; the line of dashes below the heading is none."""
    lines = list(ROW.finditer(text))
    beside = {
        place
        for place, (one, other) in enumerate(pairwise(lines))
        if not text[one.end() : other.start()].strip(" \t\r\n")
    }
    for place, line in enumerate(lines):
        if (place in beside or place - 1 in beside) and any(character.isalnum() for character in line.group()):
            yield Block("row", line.start(), line.end())
            if place + 1 < len(lines) and place in beside and RULED.fullmatch(lines[place + 1].group()):
                yield Block("columns", line.start(), line.end())
            for cell in CELL.finditer(text, line.start(), line.end()):
                words = cell.group()
                if words.strip():
                    start = cell.start() + len(words) - len(words.lstrip())
                    yield Block("cell", start, start + len(words.strip()))

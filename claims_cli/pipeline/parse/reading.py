"""What is read of a text, and where it stands: words without the characters in them that nobody sees.

A soft hyphen, a character without width or a mark of direction is no part of a word, and a model that meets one takes
the word for two, or for a name. They are left out before the tokenizer, and so are the marks of footnotes, which hide
the end of their sentence; ligatures are read as their letters. Every place of what is read knows its place in the text
as it is.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from claims_cli.claim import Block
from claims_cli.pipeline.parse.hyphens import Knows
from claims_cli.pipeline.parse.joining import joined, knows_none
from claims_cli.pipeline.parse.lost_marks import with_marks
from claims_cli.pipeline.parse.paragraphs import plainly_spaced, without_title_case

UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
FOOTNOTE = (
    r"(?<=[^\s\[(])\[\d{1,3}\]"  # pay.[3], [12][13]
    r"|(?<=[.,;:!?\"”’)\]])\[[a-z][a-z\d ?]{0,24}\]"  # pay.[a], pay.[note 3], pay.[citation needed]
    r"|(?<=[.,;:!?\"”’)])[¹²³⁰⁴-⁹†‡§]+(?=\s|$)"
    r"|(?<=[^\W\d_]{3})(?<![¹²³⁰⁴-⁹†‡])[¹²³⁰⁴-⁹†‡]+(?=[\s.,;:!?)]|$)"  # Roe¹ said; no unit has so long a name
    r"|(?<=[a-z]{3}[.!?])\d{1,3}(?=\s+[“\"A-Z]|\s*(?:\n|$))"  # of a PDF: `pay.3 He`
    r"|(?<=[.,;!?][\"”’])(?:\d{1,3}|\(\d{1,3}\)|\*{1,3})(?=\s|$)"
    r"|(?<=[\"”’][.,;])\d{1,3}(?=\s+[^\W\d]|\s*(?:\n|$))"
)
UNREAD = re.compile(
    r"(?P<space>(?<=[.,;:!?”’\"])[\u200b\ufeff]+(?=[\w“‘\"]))"  # `over.` and `The` with a break between them
    r"|\u00ad[ \t]*\r?\n[ \t]*(?=[a-z])"  # a word that was broken at the end of its line
    rf"|[{UNSEEN}]+"
    r"|(?<=\.)[ \u00a0](?=\.(?:[ \u00a0]?\.|(?<=\. \.)))"  # `. . .` is one mark
    r"|(?P<ligature>[\ufb00-\ufb06])"
    r"|(?P<stuck>(?<=[^\W\d_]{2}[.!?])(?=[A-Z][a-z]*[ ,’']))"  # `over.The mayor`
    r"|(?P<closed>(?<=[^\W\d_][.,!?…][”\"])(?=[A-Z“]))|(?P<opened>(?<=[^\W\d_]{2}[.!?])(?=[“\"][A-Z]))"  # `over.”The`
    rf"|{FOOTNOTE}"
)


@dataclass(frozen=True)
class Reading:
    """What is read of a text.

    Attributes:
        text: what is read, with the capitals that the text has.
        places: for each character of it the code point of the text where it stands.
        blocks: the parts that the layout of the text sets off.
        knows: whether a word in small letters is English; None where nothing tells.
    """

    text: str
    places: Sequence[int]
    blocks: tuple[Block, ...] = ()
    knows: Knows | None = None

    @classmethod
    def of(cls, text: str, knows: Knows = knows_none, blocks: tuple[Block, ...] = ()) -> "Reading":
        """The reading of a text, its lines joined; the white space at its edges is left out.

        The model reads a sentence otherwise where some follows it. `knows` tells whether a word is English.
        """
        page = joined(text, knows)
        seen, places = without_unseen(with_marks(page.text))
        if page.places.starts:
            places = [page.places.at(place) for place in places]
        plain = plainly_spaced(seen)
        begins = len(plain) - len(plain.lstrip())
        plain = plain.strip()
        return cls(plain, places[begins : begins + len(plain)], blocks, None if knows is knows_none else knows)

    @cached_property
    def prepared(self) -> str:
        """What the tokenizer is given: the same, headlines in small letters."""
        return without_title_case(self.text)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of what is read, as code points of the text."""
        return self.places[start], self.places[end - 1] + 1

    def block_at(self, place: int, kind: str) -> Block | None:
        """The block of a kind in which a character of what is read stands, or None."""
        blocks = self.by_kind.get(kind, ())
        at = self.places[place] if blocks else 0
        found = bisect_right(blocks, at, key=lambda block: block.start) - 1
        return blocks[found] if found >= 0 and at < blocks[found].end else None

    @cached_property
    def by_kind(self) -> dict[str, list[Block]]:
        """The blocks of each kind, in order."""
        found: dict[str, list[Block]] = {}
        for block in self.blocks:
            found.setdefault(block.kind, []).append(block)
        return found


def without_unseen(text: str) -> tuple[str, Sequence[int]]:
    """A text without what nobody sees, and the place of each of its characters."""
    found = list(UNREAD.finditer(text))
    if not found:
        return text, range(len(text))
    pieces: list[str] = []
    places: list[int] = []
    last = 0
    for match in found:
        instead = letters_of(match)
        pieces += (text[last : match.start()], instead)
        places += range(last, match.start())
        places += [match.start()] * len(instead)
        last = match.end()
    pieces.append(text[last:])
    places += range(last, len(text))
    return "".join(pieces), places


def letters_of(match: re.Match) -> str:
    """What is read in place of a character that is not read as it is."""
    if match.lastgroup == "ligature":
        return unicodedata.normalize("NFKC", match.group())
    if match.lastgroup in ("closed", "opened"):
        return " " if is_outside(match.string, match.start()) else ""
    return " " if match.lastgroup in ("space", "stuck") else ""


def is_outside(text: str, place: int) -> bool:
    """Whether a place is outside of quotations in straight marks, by how many of them its line has before it."""
    return text.count('"', text.rfind("\n", 0, place) + 1, place) % 2 == 0

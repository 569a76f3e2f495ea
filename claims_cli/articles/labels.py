"""Labels before what somebody says: `MR. MILLER:`, `Q`, `>> NAME:`, `Owen Harrow:`, `Mr TALBOT (Greyhill) (3.18 pm)—`.

In comes a line; out comes the label at its head, if it has the shape of one. Which of them are labels of turns, and
whether the text is a transcript at all, `turns` tells by how they come again.
"""

import re
from dataclasses import dataclass

from claims_cli.rulebook import Rulebook

LONGEST = 400  # characters in which a label ends
STAMP = r"\[?\(?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[ap]\.?m\.?)?[\])]*\s"
PREFIX = rf"\s{{0,60}}(?:(?:>>+|[•*·–-]\s|\*\*|__|{STAMP}|\d{{1,3}}\s)\s{{0,40}}){{0,4}}"
CAPITALS = r"(?:Mc|Mac|De|Le|La|[OD]['’])?[A-Z][A-Z.'’-]+|[A-Z]\.(?=\s)|[A-Z]\.[A-Z]\.|&"
WORD = r"[A-Z][\w.'’-]*"
JOINING = r"de|van|von|der|al|bin|for|of|the|and|hon\."
QUALIFIED = r"(?:\s*[(\[][^()\[\]\n]{1,60}[)\]])*"
BRACKETED = r"(?:\s*[(\[](?P<bracketed>[^()\[\]\n]{1,60})[)\]])?"
ROLE = r"(?:,\s*(?P<role>[^:\n]{1,90}?))?"
CLOSED = r"(?:\*\*|__)?\s*:(?:\*\*|__)?(?=\s|$|[“\"‘'])\s*"
SHAPES = {
    "capitals": rf"(?P<name>(?:{CAPITALS})(?:\s(?:{CAPITALS})){{0,7}}){QUALIFIED}{ROLE}{QUALIFIED}{CLOSED}",
    "hansard": rf"(?P<name>(?:Mr|Ms|Mrs|Miss|Dr|Sir|Dame|The)\.?\s(?:{CAPITALS})(?:\s(?:{CAPITALS}))*)"
    r"(?:\s*\((?P<role>[^()\n]*)\)){0,3}\s*[—–]+\s*",
    "name": rf"(?P<name>{WORD}(?:\s(?:(?:{JOINING})\s)?{WORD}){{0,5}}){BRACKETED}{QUALIFIED}{ROLE}{QUALIFIED}{CLOSED}",
    "letter": r"(?P<name>Q|A)(?:[.:)]\*{0,2}\s+|\*{0,2}\s{2,}|\t)",
}
PATTERNS = {kind: re.compile(PREFIX + shape) for kind, shape in SHAPES.items()}
ALONE = re.compile(rf"\s*\**(?P<name>{WORD}(?:\s{WORD}){{0,4}})\**\s*$")


@dataclass(frozen=True)
class Label:
    """A label at the head of a line.

    Attributes:
        kind: its shape, a key of `SHAPES`, or `alone`; `nobody` where it names no speaker (`TEXT:`).
        name: its words without what stands in brackets; role: what it tells beside the name.
        bracketed: what stands in the first brackets.
        start, end: the words of the name, in code points of the text; body: where what is said begins.
    """

    kind: str
    name: str
    role: str | None
    start: int
    end: int
    body: int
    bracketed: str | None = None

    @property
    def key(self) -> str:
        """By what it is known when it comes again."""
        return " ".join(self.name.casefold().replace("’", "'").split())


class LabelReader:
    """Reads labels by the words of a rulebook."""

    def __init__(self, rulebook: Rulebook):
        self.nobody = rulebook.words("turns.nobody") | rulebook.words("headlines.labels")

    def at(self, text: str, start: int, end: int) -> Label | None:
        """The label at the head of the line from `start` to `end`, or None."""
        end = min(end, start + LONGEST)
        for kind, pattern in PATTERNS.items():
            match = pattern.match(text, start, end)
            if match is not None:
                name = match["name"].rstrip()
                if not has_letters(name):
                    return None
                kind = "nobody" if name.casefold() in self.nobody else kind
                told = {key: value.strip() for key, value in match.groupdict().items() if value}
                spans = match.start("name"), match.end("name"), match.end()
                return Label(kind, name, told.get("role"), *spans, told.get("bracketed"))
        return None

    def alone(self, text: str, start: int, end: int) -> Label | None:
        """The label that a whole line is, if it looks like a name."""
        match = ALONE.match(text, start, end)
        if match is None or match["name"].casefold() in self.nobody:
            return None
        return Label("alone", match["name"], None, match.start("name"), match.end("name"), end)


def has_letters(name: str) -> bool:
    """Whether a name has two letters, or is one of the two that ask and answer."""
    return sum(letter.isalpha() for letter in name) > 1 or name in ("Q", "A")

"""Labels that stand on lines of their own: `Ann Roe`, `The Minister for Ports (Sir Alan Reed)`, `Ann Roe  0:14`,
`Ann Roe -- Tarn Pumps -- Chief Executive`, `Q - Ann Roe`.

In comes a line; out comes the label that it is, if it looks like a name.
"""

import re

from claims_cli.articles.labels import BRACKETED, GAP, LONGEST, QUALIFIED, WORD, Label, LabelReader, either
from claims_cli.rulebook import Rulebook

PART = r"(?:[QA]\s(?:--|[–—-])\s)?+"  # who asks and who answers, before the name
ALONE = re.compile(rf"\s*\**{PART}(?P<name>{WORD}(?:\s{WORD}){{0,4}})\**\s*$")
FULL = rf"{WORD}(?:\s{WORD}){{1,4}}"
OFFICE = re.compile(
    rf"\s*\**{PART}(?P<name>{FULL})(?:,|\s{{1,3}}(?:--|[–—-]))\s{{1,3}}(?P<role>[A-Z](?:[^.?!:\n]{{0,119}}[^.?!:*\s]))\**\s*$"
)
CLOCK = r"[\[(]?(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?[\])]?"
TIMED = re.compile(
    rf"\s*\**(?:{CLOCK}\s{{1,3}}(?:[–—-]\s)?(?P<behind>{WORD}(?:\s[\w.'’-]+){{0,4}})"
    rf"|(?P<before>{WORD}(?:\s[\w.'’-]+){{0,4}}?)\**\s{{1,4}}(?:[–—|-]\s)?{CLOCK})\**:?\s*$"
)


class LoneLabels:
    """Reads them by the words of a rulebook; `labels` tells titles."""

    def __init__(self, rulebook: Rulebook, labels: LabelReader):
        self.labels = labels
        joining = either(rulebook.words("turns.joining"))
        self.titled = re.compile(
            rf"\s*(?P<name>(?:{labels.titled.pattern})?{WORD}(?:\s(?:(?:{joining})\s){{0,2}}{WORD}){{0,9}})"
            rf"{BRACKETED}{QUALIFIED}\s*$"
        )
        self.qualified = re.compile(rf"\s*(?P<name>{FULL}){GAP}{BRACKETED}{QUALIFIED}\s*$")

    def at(self, text: str, start: int, end: int) -> Label | None:
        """The label that the line from `start` to `end` is, or None."""
        if end - start > LONGEST:
            return None
        return self.timed(text, start, end) or self.alone(text, start, end)

    def timed(self, text: str, start: int, end: int) -> Label | None:
        """The label of a line that is a name and a time."""
        match = TIMED.match(text, start, end)
        if match is None:
            return None
        group = "behind" if match["behind"] else "before"
        found = self.labels.of_words(text, *match.span(group))
        if found is None:
            return None
        kind = "counted" if found.kind == "counted" else "timed"
        return Label(kind, found.name, None, found.start, found.end, end)

    def alone(self, text: str, start: int, end: int) -> Label | None:
        """The label of a line that is a name, with a title, an office, brackets or without."""
        match = self.under_title(text, start, end) or self.qualified.match(text, start, end)
        return self.of(match or OFFICE.match(text, start, end) or ALONE.match(text, start, end), end)

    def beside_office(self, text: str, start: int, end: int) -> Label | None:
        """The label of a line that is a name and an office behind a dash or a comma."""
        return self.of(OFFICE.match(text, start, end), end) if end - start <= LONGEST else None

    def of(self, match: re.Match | None, end: int) -> Label | None:
        """The label that was matched, if it names somebody."""
        if match is None or match["name"].endswith(".") or match["name"].casefold() in self.labels.nobody:
            return None
        told = match.groupdict()
        spans = match.start("name"), match.end("name"), end
        return self.labels.told("alone", match["name"], told.get("role"), spans, told.get("bracketed"))

    def under_title(self, text: str, start: int, end: int) -> re.Match | None:
        """The name or office, a title before it, that a whole line is (`The Minister for Ports (Sir Alan Reed)`)."""
        if self.labels.titled.match(text, start) is None:
            return None
        match = self.titled.match(text, start, end)
        is_person = match is not None and match["name"].split()[0].casefold() not in self.labels.offices
        return match if match is not None and (is_person or match["bracketed"]) else None

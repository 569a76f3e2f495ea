"""Labels before what somebody says: `MR. MILLER:`, `Q`, `>> NAME:`, `Owen Harrow:`, `Mr TALBOT (Greyhill) (3.18 pm)—`,
`HON. DR. A. REED (Minister for Ports).-`, `Ms FELL (Green) to the Minister of Roads:`.

In comes a line; out comes the label at its head, if it has the shape of one. Which of them are labels of turns, and
whether the text is a transcript at all, `turns` tells by how they come again.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from claims_cli.rulebook import Rulebook

LONGEST = 400  # characters in which a label ends
STAMP = r"\[?\(?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[ap]\.?m\.?)?[\])]*\s"
# what is taken is never given back (`++`): what follows begins with none of it, and there are many ways to divide a run
PREFIX = rf"\s{{0,60}}+(?:(?:>>++|[•*·–-]\s|\*\*|__|{STAMP}|\d{{1,3}}\s)\s{{0,40}}+){{0,4}}+"
WORD = r"(?:[a-z]['’])?[A-Z][\w.'’-]*"
GAP = r"\s{1,3}"
TITLED = rf"(?:\([A-Z][A-Za-z]{{0,9}}\.?\){GAP})?"  # the title in `Sen. (Dr.) Reed`
INNER = r"(?:[^()\[\]]|[(\[][^()\[\]]{1,80}[)\]]){1,200}+"  # brackets may hold brackets
QUALIFIED = rf"(?:\s*[(\[]{INNER}[)\]])*+"
BRACKETED = rf"(?:\s*[(\[](?P<bracketed>{INNER})[)\]])?+"
ROLE = r"(?:,\s*+(?P<role>[^:\n]{1,90}?))?"
OFFICE = r"(?:(?:,|\s(?:--|[–—-])\s)\s*+(?P<role>[^:\n]{1,90}?))?"
HELD = rf"(?:\s*[(\[](?P<held>{INNER})[)\]])?+"  # the name behind an office with a comma in it
YEARS = re.compile(r"\W?(?:1[5-9]|20)\d\d(?:\s?[–-]\s?(?:\d{2,4})?)?")  # who lived or wrote then
SPOKEN_FOR = r"(?:,\s*+(?P<role>[^:.\d\n]{1,120}?))?"
NUMBERED = r"(?:\d{1,4}\.\s{1,3})?+"
PLAIN = r"(?:(?:[A-Z]|St)\.\s?){0,2}[A-Z][\w'’-]+"  # a word of a name behind which a full stop ends the label
CLOSED = r"(?:\*\*|__)?\s*:(?:\*\*|__)?(?=\s|$|[“\"‘'])\s*"
ASKED = 120  # characters from `asked` to the colon behind it


@dataclass(frozen=True)
class Label:
    """A label at the head of a line.

    Attributes:
        kind: its shape (see `shapes`; `counted`: `Speaker 1`, which is nobody's name), `alone` in its line, or `marked`
            by the layout; `nobody` where it names no speaker (`TEXT:`).
        name: its words without what stands in brackets; role: what it tells beside the name.
        bracketed: what stands in the first brackets.
        titled: whether it begins like that of a member of a parliament (`Hon. Reed`, `The Minister`).
        addressed: whether it names somebody, too (`Hon. Reed`, `The Minister (Hon. Reed)`).
        start, end: the words of the name, in code points of the text; body: where what is said begins.
    """

    kind: str
    name: str
    role: str | None
    start: int
    end: int
    body: int
    bracketed: str | None = None
    titled: bool = False
    addressed: bool = False

    @property
    def key(self) -> str:
        """By what it is known when it comes again."""
        return " ".join(self.name.casefold().replace("’", "'").split())


class LabelReader:
    """Reads labels by the words of a rulebook."""

    def __init__(self, rulebook: Rulebook):
        self.nobody = rulebook.words("turns.nobody") | rulebook.words("headlines.labels")
        asking = rulebook.words("turns.asks") | rulebook.words("turns.answers")
        self.letters = frozenset(word.upper() for word in asking if len(word) == 1)
        self.patterns = {kind: re.compile(PREFIX + shape) for kind, shape in self.shapes(rulebook).items()}
        counted = either(rulebook.words("turns.counted"))
        self.counted = re.compile(rf"(?:{counted})(?:[\s_-]?\d{{1,3}}|\s[A-Z])?", re.IGNORECASE)
        joining = either(rulebook.words("turns.joining"))
        self.words = re.compile(rf"{WORD}(?:\s(?:(?:{joining})\s)?{WORD}){{0,5}}")
        self.vocative = re.compile(rf"(?:(?:{either(rulebook.words('turns.vocatives'))})\.?\s?)+", re.IGNORECASE)
        self.offices = rulebook.words("turns.offices")
        self.titled = re.compile(rf"(?:(?:{self.addressed(rulebook)})\.?{GAP}){{1,5}}")

    def shapes(self, rulebook: Rulebook) -> dict[str, str]:
        """What labels look like, by the kind of label, as regular expressions."""
        words = rulebook.words
        prefixes = either(word.capitalize() for word in words("turns.prefixes"))
        addressed = self.addressed(rulebook)
        joining = either(words("turns.joining"))
        capital = rf"(?>(?:{prefixes})?[A-Z][A-Z.'’-]++|&)"  # one way only to read a word, for there may be many
        behind = rf"(?:{GAP}(?:{either(words('turns.behind_offices'))})\b)?"
        capitals = rf"{capital}(?:{GAP}{TITLED}{capital}){{0,19}}{behind}"
        names = rf"{WORD}(?:{GAP}(?:(?:{joining}){GAP}){{0,2}}{TITLED}{WORD}){{0,11}}{behind}"
        titled = rf"(?:(?:{addressed})\.?{GAP}){{1,5}}"
        presiding = rf"(?:{cases(words('turns.articles'))})\s(?:{cases(words('turns.presiding'))}){behind}"
        member = rf"(?:{cases(words('turns.before_members'))})\.?\s{PLAIN}(?:(?:\sof)?\s{PLAIN}){{0,3}}"
        counted = cases(words("turns.counted"))
        chorus = rf"(?:(?:{either(words('turns.some'))})\s)?(?:{either(words('turns.before_chorus'))})\.?\s"
        asked = rf"\s(?:{either(words('turns.asking_of'))})\b[^:.?!]{{0,{ASKED}}}:\s*"
        return {
            "counted": rf"(?P<name>(?:{counted})(?:[ _-]?\d{{1,3}}|\s[A-Z])){QUALIFIED}{CLOSED}",
            "chorus": rf"(?P<name>(?i:{chorus}(?:{either(words('turns.chorus'))}))){CLOSED}",
            "capitals": rf"(?P<name>{capitals}){BRACKETED}{QUALIFIED}{ROLE}{HELD}{QUALIFIED}{CLOSED}",
            "dotted": rf"(?P<name>{titled}{TITLED}{names}){BRACKETED}{QUALIFIED}\.\s?[-—–]+\s*",
            "hansard": rf"(?P<name>(?:{addressed})\.?\s{capitals}){BRACKETED}{QUALIFIED}\s*[—–]+\s*",
            "asking": rf"{NUMBERED}(?P<name>{titled}{TITLED}{names}|{capitals}){BRACKETED}{QUALIFIED}{asked}",
            "name": rf"(?P<name>{names}){BRACKETED}{QUALIFIED}{OFFICE}{HELD}{QUALIFIED}{CLOSED}",
            "stopped": rf"(?P<name>{presiding}|{member}){BRACKETED}{QUALIFIED}\.\s+(?=[A-Z“\"(\[])",
            "dashed": rf"(?P<name>{names}){BRACKETED}{QUALIFIED}{SPOKEN_FOR}\.\s?[–—]\s(?:\([A-Z]{{2}}\)\s)?",
            "bold": rf"(?<=\*\*)(?P<name>{names})\*\*\s+(?=[A-Z“\"‘'])",
            "letter": rf"(?P<name>{either(self.letters)})\d{{0,2}}(?:[.:)]\*{{0,2}}\s+|\*{{0,2}}\s{{2,}}|\t)",
        }

    def addressed(self, rulebook: Rulebook) -> str:
        """What stands before names of members of a parliament, as a regular expression."""
        return cases(rulebook.words("turns.addressed"))

    def at(self, text: str, start: int, end: int) -> Label | None:
        """The label at the head of the line from `start` to `end`, or None."""
        end = min(end, start + LONGEST)
        for kind, pattern in self.patterns.items():
            match = pattern.match(text, start, end)
            if match is not None:
                name = match["name"].rstrip()
                is_short = sum(letter.isalpha() for letter in name) < 2 and name not in self.letters
                if is_short or (kind == "stopped" and self.vocative.fullmatch(name)):
                    continue
                kind = "nobody" if name.casefold() in self.nobody else kind
                told = {key: value.strip() for key, value in match.groupdict().items() if value}
                spans = match.start("name"), match.end("name"), match.end()
                return self.told(kind, name, told.get("role"), spans, told.get("bracketed") or told.get("held"))
        return None

    def told(self, kind: str, name: str, role: str | None, spans: tuple[int, int, int], bracketed: str | None) -> Label:
        """A label, with whether it begins like that of a member of a parliament; one of nobody before years."""
        titled = kind == "chorus" or self.titled.match(name) is not None
        if bracketed and not titled and YEARS.fullmatch(bracketed):
            kind = "nobody"
        addressed = titled and (bracketed is not None or name.split()[0].casefold() not in self.offices)
        return Label(kind, name, role, *spans, bracketed, titled, addressed)

    def of_voice(self, text: str, start: int, end: int) -> Label | None:
        """The label of a voice in a recording; that of nobody where it is only known that another one speaks."""
        if start == end:
            return Label("nobody", "", None, start, start, start)
        return self.of_words(text, start, end) or self.at(text, start, end)

    def of_words(self, text: str, start: int, end: int) -> Label | None:
        """The label that some words are which the layout sets off, if they look like a name; a colon behind is none."""
        words = text[start:end].rstrip(" \t:.—–-")
        if self.counted.fullmatch(words):
            return Label("counted", words, None, start, start + len(words), end)
        is_name = self.words.fullmatch(words) is not None or words in self.letters
        if not is_name or words.casefold() in self.nobody:
            return None
        return Label("marked", words, None, start, start + len(words), end)


def either(words: Iterable[str]) -> str:
    """A regular expression for any of some words, whatever their apostrophes."""
    return "|".join(re.escape(word).replace("'", "['’]") for word in sorted(words, key=lambda word: (-len(word), word)))


def cases(words: Iterable[str]) -> str:
    """The same for words that begin big or are in capitals; those of several words as they stand, too."""
    every = list(words)
    return either({case for word in every for case in (word[:1].upper() + word[1:], word.title(), word.upper())})

"""How files of several articles look, as the lexicon `bundles` tells: by vendor, the lines and labels of a head."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from claims_cli.formats.dates import is_iso
from claims_cli.formats.options import FIELDS

PLACEHOLDERS = {
    "{number}": r"\d[\d.,]{0,12}",
    "{code}": r"(?-i:[A-Z][\w-]{0,30}?\d{6}[\w-]{0,60})",
    "{capitals}": r"(?-i:(?=[A-Z\d]{0,7}[A-Z])[A-Z\d]{2,8})",
    "{clock}": r"\d{1,2}:\d\d(?::\d\d)?",
    "{rule}": r"[_=*#~\-]{5,}",
    "{rest}": r"(.*)",
}
PIECE = re.compile(r"(\{[a-z]+\})")
MOST_BEHIND = 45  # characters behind a date on its line: a weekday, a time, an edition, a page
LONGEST = 300  # characters of a line that may be one of a head
LABEL = re.compile(r"[^\W\d_][^:]{0,40}:")
CODE = re.compile(r"([^\W\d_]{2,4})(?:\s{2,}|\t|\s?\||$)")
METADATA = ("section", "page", "length")
KEPT = (*FIELDS, *METADATA, "citation", "text")
UNKEPT = ("other", "tail")
LABELLED = "labelled"
Groups = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Layout:
    """How the articles of one vendor look.

    Attributes:
        vendor: whose; groups: its lines and labels by what they are.
    """

    vendor: str
    groups: Groups

    @cached_property
    def patterns(self) -> dict[str, re.Pattern]:
        """What whole lines of each group look like."""
        return {part: whole_lines(words) for part, words in self.groups.items()}

    @cached_property
    def labels(self) -> dict[str, str]:
        """What each label holds, by the label in small letters."""
        held = ((part, word) for part in (*KEPT, *UNKEPT) for word in self.groups.get(part, ()))
        return {word.casefold(): part for part, word in held if "{" not in word}

    @cached_property
    def hints(self) -> tuple[str, ...]:
        """Words without which no line of a text begins or ends an article, in small letters."""
        marks = self.groups.get("begins", frozenset()) | self.groups.get("ends", frozenset())
        return tuple(max(PIECE.split(mark.casefold())[::2], key=len) for mark in marks)

    @property
    def order(self) -> list[str]:
        """In which order title, outlet and date stand where nothing labels them."""
        return next(iter(self.groups.get("order", ())), "title outlet date").split()

    def matched(self, part: str, line: str) -> re.Match | None:
        """How a line, without white space at its ends, is one of a group."""
        pattern = self.patterns.get(part)
        return pattern.fullmatch(line) if pattern is not None and len(line) <= LONGEST else None

    def is_any(self, line: str, *parts: str) -> bool:
        """Whether a line is one of some groups."""
        return any(self.matched(part, line) for part in parts)

    def labelled(self, line: str) -> tuple[str, str] | None:
        """What the label of a line holds and what stands behind it; None where it has none."""
        line = line.lstrip("#*> ")
        found = LABEL.match(line) or CODE.match(line)
        if found is None:
            return None
        label = found[1] if found.re is CODE else found[0]
        part = self.labels.get(label.casefold()) if found.re is not CODE or label.isupper() else None
        if part is None and found.re is LABEL and (code := CODE.match(line)) and code[1].isupper():
            found, part = code, self.labels.get(code[1].casefold())
        return None if part is None else (part, line[found.end() :].strip().strip("|*").strip())

    def of_head(self, line: str) -> tuple[str, str] | None:
        """The field that a whole line of a head is, and its words."""
        for part in KEPT:
            found = self.matched(part, line) if "{" in "".join(self.groups.get(part, ())) else None
            if found is not None:
                return part, next((words for words in found.groups() if words), line)
        return None


@dataclass(frozen=True)
class Layouts:
    """The layouts that are known.

    Attributes:
        vendors: those of vendors; labelled: that of heads which people write.
        months: the numbers of months by their words in small letters; weekdays: words that stand before a date.
    """

    vendors: tuple[Layout, ...] = ()
    labelled: Layout = Layout(LABELLED, {})
    months: Mapping[str, int] | None = None
    weekdays: frozenset[str] = frozenset()

    @cached_property
    def dates(self) -> tuple[re.Pattern, ...]:
        """What the beginnings of dates look like."""
        month = "|".join(sorted(map(re.escape, self.months or ()), key=len, reverse=True)) or "(?!)"
        day = "|".join(sorted(map(re.escape, self.weekdays), key=len, reverse=True)) or "(?!)"
        before, year = rf"(?:(?:{day})\b[.,]?\s?)?", r"(?P<year>\d{4})\b"
        month, number = rf"(?P<month>{month})\b\.?", r"(?P<day>\d{1,2})(?:st|nd|rd|th|er)?"
        shapes = (rf"{month}\s{number},?\s{year}", rf"{number}\s{month},?\s{year}", rf"{month},?\s{year}")
        iso = r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b"
        return tuple(re.compile(before + shape, re.I) for shape in (*shapes, iso))

    def date_of(self, line: str) -> str | None:
        """The date with which a line begins, as ISO writes it, where no more than a few words follow; None without."""
        words = " ".join(line[:LONGEST].split())
        for pattern in self.dates:
            found = pattern.match(words)
            if found is not None:
                return iso(found.groupdict(), self.months or {}) if len(words) - found.end() <= MOST_BEHIND else None
        return None


def iso(parts: dict[str, str], months: Mapping[str, int]) -> str | None:
    """A date of the calendar from its parts; None where it is none."""
    month = months.get(parts["month"].casefold()) or int(parts["month"])
    day = parts.get("day")
    written = f"{parts['year']}-{month:02}" + (f"-{int(day):02}" if day else "")
    return written if is_iso(written) else None


def whole_lines(words: Iterable[str]) -> re.Pattern:
    """What lines look like that are one of some phrases."""
    return re.compile("|".join(map(written, sorted(words))) or "(?!)", re.I)


def written(phrase: str) -> str:
    """A phrase with placeholders as a regular expression."""
    return "".join(PLACEHOLDERS.get(piece, re.escape(piece)) for piece in PIECE.split(phrase))


def layouts_of(lexicons: Groups) -> Layouts:
    """The layouts that the groups of a lexicon tell (`bundles.VENDOR_PART`)."""
    vendors: dict[str, dict[str, frozenset[str]]] = {}
    for group, words in lexicons.items():
        file, _, name = group.partition(".")
        vendor, _, part = name.partition("_")
        if file == "bundles" and part:
            vendors.setdefault(vendor, {})[part] = words
    written_months = vendors.pop("months", {})
    months = {
        word.casefold(): int(number) for number, words in written_months.items() for word in words if number.isdecimal()
    }
    labelled = Layout(LABELLED, vendors.pop(LABELLED, {}))
    return Layouts(
        tuple(map(Layout, vendors, vendors.values())), labelled, months, lexicons.get("bundles.weekdays", frozenset())
    )


@cache
def shipped_layouts() -> Layouts:
    """The layouts of the shipped lexicon."""
    from claims_cli.rulebook import load_lexicon

    return layouts_of(load_lexicon("bundles"))

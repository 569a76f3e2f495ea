"""An article as HTML, line by line, with the source, cue and content of every claim marked where they stand."""

from bisect import bisect_left, bisect_right
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from claims_cli.claim import LINE_END, Claim, Document, Offsets
from claims_cli.outputs.page.safe import marked_up

ROLES = ("content", "source", "cue")  # of two that cover the same words, the first stands around the other
LINES_TOGETHER = 24
LONG_LINE = 120


@dataclass(frozen=True)
class MarkedSpan:
    """One piece of a claim: where it stands, of which claim (by number from 0), and as what."""

    start: int
    end: int
    claim: int
    role: str
    piece: str = ""

    @property
    def order(self) -> tuple[int, int, int]:
        """What stands around others comes first."""
        return self.start, -self.end, ROLES.index(self.role)


@dataclass(frozen=True)
class MarkedLine:
    """A line of an article: its number in the document, its HTML, how it looks, and whether something was left out."""

    number: int
    html: Markup
    style: str
    follows_gap: bool = False


def marks_of(number: int, claim: Claim) -> Iterator[MarkedSpan]:
    """The pieces of a claim; where the content has several, each tells which one it is."""
    for role in ROLES:
        span = getattr(claim, role)
        for place, (start, end) in enumerate(span.spans if span else (), 1):
            several = role == "content" and len(span.spans) > 1
            yield MarkedSpan(start, end, number, role, f"{place}/{len(span.spans)}" if several else "")


def anchor(claim: Claim) -> int:
    """Where the number of a claim stands: before its cue, or its content."""
    return (claim.cue or claim.content).spans[0][0]


class Marker:
    """Writes stretches of one document.

    Args:
        document: whose text it is.
        claims: its claims, each with its number on the page (from 0) and the id that links to it.
    """

    def __init__(self, document: Document, claims: Iterable[tuple[int, Claim, str]]):
        self.document = document
        self.links: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
        marks: list[MarkedSpan] = []
        for number, claim, link in claims:
            marks += marks_of(number, claim)
            self.links[anchor(claim)].append((number, link, label(number, claim)))
        self.marks = sorted(marks, key=lambda mark: mark.order)
        self.starts = [mark.start for mark in self.marks]
        self.reach = longest_reach(self.marks)

    def lines(self, start: int, end: int) -> Iterator[MarkedLine]:
        """Each line of a stretch that is not empty."""
        text, position, blank = self.document.text, start, True
        while position < end:
            match = LINE_END.search(text, position, end)
            stop, following = (match.start(), match.end()) if match else (end, end)
            if text[position:stop].strip():
                yield self.line(position, stop, after_blank=blank)
            blank = not text[position:stop].strip()
            position = following

    def line(self, start: int, end: int, after_blank: bool) -> MarkedLine:
        """One line; `after_blank`: whether a paragraph begins with it."""
        asides = self.document.furniture_in(start, end)
        is_furniture = bool(asides) and not outside(self.document.text, asides, start, end).strip()
        spaced = after_blank or end - start > LONG_LINE
        style = " ".join(["furniture"] * is_furniture + ["close"] * (not spaced))
        html = self.html(start, end, () if is_furniture else asides)
        return MarkedLine(self.document.line_of(start), html, style)

    def html(self, start: int, end: int, asides: Offsets) -> Markup:
        """A stretch of a line, marked; where marks cross, the one that begins later is taken up again behind.

        Args:
            asides: what of the line is no prose, a dateline for instance.
        """
        waiting = deque(self.marks_in(start, end))
        parts: list[Markup | str] = []
        open_marks: list[MarkedSpan] = []
        borders = self.borders(waiting, asides, start, end)
        for first, last in pairwise(borders):
            covering = [mark for mark in open_marks if mark.end > first]
            while waiting and waiting[0].start <= first:
                covering.append(waiting.popleft())
            same = alike(open_marks, covering)
            parts += ["</span>"] * (len(open_marks) - same)
            cues = (place for place in range(same, len(covering)) if covering[place].role == "cue")
            around = next(cues, len(covering))
            parts += [opening(covering[place], covering[:place]) for place in range(same, around)]
            parts += [link_to(*link) for link in self.links.get(first, ())]
            parts += [opening(covering[place], covering[:place]) for place in range(around, len(covering))]
            words = marked_up(self.document.text[first:last])
            is_aside = any(begin <= first and last <= stop for begin, stop in asides)
            parts.append(Markup('<span class="aside">{}</span>').format(words) if is_aside else words)
            open_marks = covering
        parts += ["</span>"] * len(open_marks)
        return Markup("".join(parts))

    @staticmethod
    def borders(inside: Iterable[MarkedSpan], asides: Offsets, start: int, end: int) -> list[int]:
        """Where a stretch is cut: wherever a mark, or what is no prose, begins or ends."""
        places = {place for mark in inside for place in (mark.start, mark.end)}
        places |= {place for aside in asides for place in aside}
        return sorted({start, end, *(place for place in places if start < place < end)})

    def marks_in(self, start: int, end: int) -> list[MarkedSpan]:
        """The marks that stand, at least in part, in a stretch, in their order."""
        first = bisect_left(self.reach, start + 1)
        last = bisect_right(self.starts, end - 1)
        return [mark for mark in self.marks[first:last] if mark.end > start]


def outside(text: str, asides: Offsets, start: int, end: int) -> str:
    """What of a stretch stands outside some pieces of it."""
    edges = [start, *(min(max(place, start), end) for aside in asides for place in aside), end]
    return "".join(text[first:last] for first, last in zip(edges[::2], edges[1::2], strict=True))


def alike(ones: list[MarkedSpan], others: list[MarkedSpan]) -> int:
    """How many marks two lists begin with in common."""
    pairs = zip(ones, others, strict=False)
    return next((place for place, (one, other) in enumerate(pairs) if one is not other), min(len(ones), len(others)))


def longest_reach(marks: list[MarkedSpan]) -> list[int]:
    """For each mark, the furthest end of it and of those before: it only grows, so that it can be searched."""
    found, furthest = [], 0
    for mark in marks:
        furthest = max(furthest, mark.end)
        found.append(furthest)
    return found


def label(number: int, claim: Claim) -> str:
    """What the link of a claim is called for who does not see the marks."""
    cue = claim.cue.text if claim.cue else ""
    return f"Claim {number + 1}: " + " ".join(f"{claim.speaker or 'nobody named'} {cue}".split())


def opening(mark: MarkedSpan, around: list[MarkedSpan]) -> Markup:
    """The tag that opens a mark; how many contents it stands in, its own included, sets its line lower."""
    depth = min(3, sum(other.role == "content" for other in around) + (mark.role == "content") or 1)
    piece = f' data-piece="{mark.piece}"' if mark.piece else ""
    return Markup(f'<span class="{mark.role} d{depth}" data-c="{mark.claim}"{piece}>')


def link_to(number: int, link: str, name: str) -> Markup:
    """The number of a claim, which is the place its link leads to."""
    return Markup('<a class="mark" id="{0}" href="#{0}" tabindex="-1" aria-label="{1}" data-n="{2}">{3}</a>').format(
        link, marked_up(name), number, number + 1
    )


def stretches(lines: Iterable[MarkedLine]) -> Iterator[list[MarkedLine]]:
    """Lines in groups that a browser lays out only when they come into view."""
    group: list[MarkedLine] = []
    for line in lines:
        group.append(line)
        if len(group) == LINES_TOGETHER:
            yield group
            group = []
    if group:
        yield group

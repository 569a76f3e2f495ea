"""Letters on a page → its lines: big capitals put before their words, marks of notes taken out."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

CAPITAL = "\x03"  # stands between a big capital and the letter that follows it
BIG = 1.7  # times as high as the letters of its line
SMALL = 0.85
RAISED = 0.15
BESIDE = 1.5
NEAR = 8  # lines before and behind a big capital, in the order of the file
GLUED = 0.3
SPACE = 0.15
NEXT = 0.5
SAME = 0.02
WIDE = 0.8  # of a letter's height: narrower gaps part words only
NOTE_MARKS = frozenset("0123456789*†‡§")
BETWEEN_MARKS = frozenset(",-–[]")
POWERS = "23"
UNITS = 2  # letters of a word behind which a raised digit is a power: m, km


class Letter(NamedTuple):
    """One character of a page with its box in points; the box of a space that PDFium adds is empty.

    Attributes:
        number: its index on the page.
        is_shown: whether it can be seen.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    height: float
    number: int
    is_shown: bool


@dataclass(slots=True)
class Row:
    """What PDFium takes for one line.

    Attributes:
        is_broken: whether a hyphen stood at its end.
        size: how high most of its letters are, in points.
        capital_ends: where a big capital ends that stands beside it.
    """

    letters: list[Letter]
    is_broken: bool = False
    size: float = 1.0
    capital_ends: float | None = None


class Piece(NamedTuple):
    """Letters of a row without a wide gap among them, or what is left of a row whose gaps mean nothing."""

    row: Row
    letters: list[Letter]
    left: float
    right: float
    bottom: float
    size: float


def rows(letters: Iterable[Letter], ends: str, hyphen: str) -> list[Row]:
    """The lines of a page in the order of the file.

    Args:
        ends: the characters that end a line.
        hyphen: the one among them that stands for a hyphen.
    """
    found: list[Row] = []
    gathered: list[Letter] = []
    for letter in letters:
        if letter.text in ends:
            found.append(Row(gathered, letter.text == hyphen))
            gathered = []
        else:
            gathered.append(letter)
    found.append(Row(gathered))
    found = with_capitals(whole([row for row in found if any(letter.is_shown for letter in row.letters)]))
    for row in found:
        row.letters = without_marks(row.letters, row.size)
    return found


def whole(found: list[Row]) -> list[Row]:
    """The rows that PDFium parts, at raised letters and between cells of one letter, put together again."""
    kept: list[Row] = []
    for row in found:
        last = next((letter for letter in reversed(kept[-1].letters) if letter.is_shown), None) if kept else None
        first = next(letter for letter in row.letters if letter.is_shown)
        if last is None or kept[-1].is_broken or not goes_on(last, first):
            kept.append(row)
            continue
        if first.left - last.right > SPACE * first.height:
            box = (last.right, last.bottom, last.right, last.bottom, 0.0)
            kept[-1].letters.append(Letter(" ", *box, last.number, is_shown=False))
        kept[-1].letters += row.letters
        kept[-1].is_broken = row.is_broken
    return kept


def goes_on(last: Letter, first: Letter) -> bool:
    """Whether a letter stands right behind another, or farther behind it on the very same line."""
    small, large = sorted((last.height, first.height))
    gap = (first.left - last.right) / large
    if gap >= 0 and abs(first.bottom - last.bottom) < SAME * large and large - small < SAME * large:
        return True
    shared = min(last.top, first.top) - max(last.bottom, first.bottom)
    return shared > small / 3 and large < BIG * 1.2 * small and -GLUED < gap < NEXT


def size_of(letters: Iterable[Letter]) -> float:
    """How high most of the letters are, in points."""
    heights = Counter([letter.height for letter in letters if letter.is_shown])
    return max(heights, key=heights.__getitem__) if heights else 1.0


def with_capitals(found: list[Row]) -> list[Row]:
    """The rows with each big capital before the first letter of the highest row beside it."""
    capitals = [(number, letter) for number, row in enumerate(found) for letter in big_capitals(row)]
    for number, capital in capitals:
        near = [row for row in found[max(number - NEAR, 0) : number + NEAR + 1] if row.letters != [capital]]
        beside = [(row, place) for row in near if (place := place_beside(row, capital)) is not None]
        if not beside:
            continue
        found[number].letters = [letter for letter in found[number].letters if letter is not capital]
        first, _ = max(beside, key=lambda one: one[0].letters[one[1]].top)
        for row, _ in beside:
            row.capital_ends = capital.right
        place = place_beside(first, capital)
        if place is not None:
            following = first.letters[place]
            left = min(capital.left, following.left)
            first.letters[place:place] = [
                following._replace(text=capital.text + CAPITAL, left=left, right=following.left)
            ]
    return [row for row in found if any(letter.is_shown for letter in row.letters)]


def big_capitals(row: Row) -> list[Letter]:
    """The capitals of a row that stand alone and are far higher than the others; a row of one letter is one."""
    shown = [letter for letter in row.letters if letter.is_shown]
    row.size = size = size_of(shown)
    if len(shown) == 1 and shown[0].text.isupper():
        return shown
    if all(letter.height < BIG * size for letter in shown):
        return []
    big = [place for place, letter in enumerate(shown) if letter.height >= BIG * size]
    if len(big) > 2:
        return []
    return [shown[place] for place in big if shown[place].text.isupper() and not {place - 1, place + 1} & set(big)]


def place_beside(row: Row, capital: Letter) -> int | None:
    """The place of a row's first letter to the right of a big capital; None where it stands elsewhere."""
    for place, letter in enumerate(row.letters):
        if letter is capital or not letter.is_shown or letter.left + letter.right <= capital.left + capital.right:
            continue
        middle = (letter.bottom + letter.top) / 2
        is_level = capital.bottom <= middle <= capital.top and letter.height * BIG <= capital.height
        is_near = letter.left - capital.right <= BESIDE * letter.height and letter.left > capital.left
        return place if is_level and is_near else None
    return None


def without_marks(letters: list[Letter], size: float) -> list[Letter]:
    """The letters of a row without the small raised digits and daggers behind words."""
    if not any(letter.is_shown and letter.height < SMALL * size for letter in letters):
        return letters
    kept: list[Letter] = []
    last: Letter | None = None  # the last letter that is no mark
    edge = 0.0
    for letter in letters:
        if last is not None and is_mark(letter, last, edge, size):
            if edge == last.right and letter.text in POWERS and is_unit(kept):
                kept.append(letter)
                continue
            edge = letter.right
            continue
        if letter.is_shown:
            if kept and kept[-1].height == 0 and edge > last_edge(last) and letter.text in ".,;:!?”’)":
                kept.pop()  # a space that PDFium adds before a mark
            last, edge = letter, letter.right
        kept.append(letter)
    return kept


def last_edge(letter: Letter | None) -> float:
    """Where a letter ends."""
    return letter.right if letter is not None else 0.0


def is_mark(letter: Letter, last: Letter, edge: float, size: float) -> bool:
    """Whether a letter is a mark of a note behind the last letter of a word."""
    return (
        letter.is_shown
        and letter.height < SMALL * size
        and (letter.text in NOTE_MARKS or (letter.text in BETWEEN_MARKS and (edge > last.right or letter.text == "[")))
        and letter.bottom > last.bottom + RAISED * size
        and letter.left - edge < GLUED * size
        and not last.text.isdigit()
    )


def is_unit(kept: list[Letter]) -> bool:
    """Whether what stands last is a short word in small letters, behind which a raised digit may be a power."""
    word = "".join(letter.text for letter in kept[-UNITS - 1 :]).split()
    return bool(word) and len(word[-1]) <= UNITS and word[-1].isalpha() and word[-1].islower()


def pieces(row: Row) -> list[Piece]:
    """A row cut at its wide gaps."""
    size = row.size
    shown = [place for place, letter in enumerate(row.letters) if letter.is_shown]
    gaps = [
        here
        for before, here in pairwise(shown)
        if row.letters[here].left - row.letters[before].right >= WIDE * size
        and (row.capital_ends is None or row.letters[before].text[-1] != CAPITAL)
    ]
    if not gaps:
        first, last = (row.letters[shown[place]] for place in (0, -1))
        return [Piece(row, row.letters, first.left, last.right, first.bottom, size)]
    return [piece(row, row.letters[start:end]) for start, end in pairwise([0, *gaps, len(row.letters)])]


def piece(row: Row, letters: list[Letter]) -> Piece:
    """These letters of a row as a piece."""
    shown = [letter for letter in letters if letter.is_shown] or letters
    return Piece(row, letters, shown[0].left, shown[-1].right, shown[0].bottom, size_of(letters))

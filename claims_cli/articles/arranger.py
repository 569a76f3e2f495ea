"""Where one file holds several articles, and what in it is no prose of theirs: furniture.

In comes a document as its format was read; out comes the same with its articles, which cover it, and its furniture.

Furniture is what a rule of furniture says it is, and a line that stood in its article before: a scraped page often
gives its headline two or three times over, with the caption of its picture in between. Such a headline that comes again
within a few lines begins an article; where prose stood before it, it begins a new one. So does a headline that stands
over a byline and a date or dateline, and whatever follows a line that ends an article (`###`, `-30-`) or parts it from
another (`=====`).
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from claims_cli.articles.furniture_matcher import FurnitureMatcher
from claims_cli.articles.line_blocks import LineBlocks
from claims_cli.articles.lines import FINAL, Line, lines_of
from claims_cli.articles.long_lists import is_in, long_lists, without
from claims_cli.articles.partings import parted
from claims_cli.articles.pull_quotes import pull_quotes
from claims_cli.articles.stretches import stretches_of, together
from claims_cli.articles.turns import Shape, TurnFinder
from claims_cli.claim import ArticleSpan, Document, Offsets, Turn
from claims_cli.rulebook import Rulebook
from claims_cli.rulebook.furniture import FurnitureRule

HEADLINE_WORDS = range(3, 26)
REPEATED_WITHIN = 24
REPEATED_WORDS = 3
PROSE_WORDS = 25
PROSE_ENDS = {True: 6, False: 15}  # words of a line that ends in a full stop, or in another mark of a sentence's end
MOST_LISTED = 40
MOST_NOTED = 3  # very long lists
CAPTION_WORDS = 40
REACH = ("block", "pair", "line", "label")  # where several rules know a line, the one that sets aside most is heard
OPENING_LINES = 7
HEADLINE_AMONG = 6
OPENING_SIGNS = 2


@dataclass(frozen=True, slots=True)
class ClassifiedLine:
    """A line, and what the rules say of it.

    Attributes:
        rule: the first that sets aside the whole line.
        label: (rule, where in the text the label ends) where one sets aside the head of the line.
        listed: whether it goes with another line that is set aside: in a list, above a credit.
    """

    line: Line
    rule: FurnitureRule | None = None
    label: tuple[FurnitureRule, int] | None = None
    listed: bool = False

    @property
    def start(self) -> int:
        """Where the line begins, in code points of the text."""
        return self.line.start

    @property
    def end(self) -> int:
        """Where the line ends."""
        return self.line.end

    @property
    def text(self) -> str:
        """The words of the line, white space collapsed."""
        return self.line.text

    @property
    def is_furniture(self) -> bool:
        """Whether the whole line is set aside."""
        return self.rule is not None or self.listed

    @property
    def ends_article(self) -> bool:
        """Whether the line is a mark that ends an article."""
        return self.rule is not None and self.rule.ends_article

    @property
    def is_headline(self) -> bool:
        """Whether the line reads like a headline: a few words, no full stop at the end, no bracket around them."""
        few = self.line.words in HEADLINE_WORDS and self.text[-1] not in '.,;:!”")]'
        return few and not self.is_furniture and self.label is None

    @property
    def is_prose(self) -> bool:
        """Whether the line is a paragraph of an article."""
        return self.line.words >= PROSE_WORDS and not self.is_furniture

    @property
    def ends_list(self) -> bool:
        """Whether a list of headlines does not go on with this line: it is a paragraph, or at least a sentence."""
        enough = PROSE_ENDS["." in self.text[-3:]]
        is_sentence = bool(FINAL.search(self.text)) and self.line.words >= enough
        return is_sentence or self.line.words >= PROSE_WORDS or self.label is not None or self.ends_article

    def signs(self) -> Iterator[str]:
        """The rules by which the line stands at the beginning of an article."""
        for rule in (self.rule, self.label and self.label[0]):
            if rule and rule.opens_article:
                yield rule.id


class Arranger:
    """Tells articles and furniture apart by the furniture rules of a rulebook."""

    def __init__(self, rulebook: Rulebook, transcript: bool | None = None):
        """`transcript`: whether texts are transcripts; None where their shape tells."""
        by_reach = sorted(rulebook.furniture, key=lambda rule: REACH.index(rule.sets_aside))
        self.of_lines = [FurnitureMatcher(rule) for rule in by_reach if rule.sets_aside != "label"]
        self.of_sentences = [matcher for matcher in self.of_lines if matcher.rule.sentences]
        self.turns = TurnFinder(rulebook, transcript)
        self.blocks = LineBlocks(rulebook)
        self.of_labels = [FurnitureMatcher(rule) for rule in by_reach if rule.sets_aside == "label"]

    def arrange(self, document: Document) -> Document:
        """The document with its articles, which together cover it, and its furniture; one that has them as it is.

        What the reader of its format set aside (heads and feet of pages) stays so, and tells nothing of articles.
        """
        if document.articles:
            return document
        lists = long_lists(document.text)
        if not lists:
            return self.arranged(document)
        found = self.arranged(replace(document, text=without(document.text, lists)))
        notes = [
            f"lines {document.line_of(start):,} to {document.line_of(end):,} are a list without sentences and set aside"
            for start, end in lists[:MOST_NOTED]
        ]
        others = (piece for piece in found.furniture if not is_in(piece, lists))
        set_aside = tuple(sorted({*others, *lists}))
        return replace(found, text=document.text, furniture=set_aside, notes=(*found.notes, *notes))

    def arranged(self, document: Document) -> Document:
        """The same of a text without very long lists; plain text of many megabytes stretch by stretch."""
        text = document.text
        spans = list(stretches_of(text, 0, len(text)))
        if len(spans) == 1 or document.blocks or document.furniture:
            return self.whole(document)
        parts = ((start, self.whole(replace(document, text=text[start:end]))) for start, end in spans)
        return together(document, parts)

    def whole(self, document: Document) -> Document:
        """The same, at once."""
        document = replace(document, blocks=document.blocks or self.blocks.of(document))
        lines = self.classify(document.blanked(0, len(document.text)))
        articles = split(lines, len(document.text), parts_of(document.text, lines))
        shape = Shape([line.start for line in lines], {line.start for line in lines if line.is_furniture})
        turns = tuple(turn for one in articles for turn in self.turns.turns(document, one.start, one.end, shape))
        read = [line.line for line in lines if not line.is_furniture]
        aside = [*furniture(lines, articles), *pull_quotes(document, read, articles), *columns(document)]
        found = (piece for piece in aside if not is_spoken(piece, turns))
        set_aside = tuple(sorted({*document.furniture, *found}))
        return replace(document, articles=articles, furniture=set_aside, turns=turns)

    def classify(self, text: str) -> list[ClassifiedLine]:
        """Every line of a text with what the rules say of it."""
        lines = []
        for line in lines_of(text, 0, len(text)):
            lines.append(self.classified(text, line))
            line.forget()
        listed = {number for first, line in enumerate(lines) for number in going_with(lines, first, line)}
        return [replace(line, listed=True) if number in listed else line for number, line in enumerate(lines)]

    def classified(self, text: str, line: Line) -> ClassifiedLine:
        """One line with what the rules say of it."""
        for matcher in self.of_sentences if line.is_sentence else self.of_lines:
            if matcher.matches(line):
                return ClassifiedLine(line, matcher.rule)
        for matcher in self.of_labels:
            end = matcher.label_end(text, line)
            if end is not None:
                return ClassifiedLine(line, label=(matcher.rule, end))
        return ClassifiedLine(line)


def columns(document: Document) -> Iterator[tuple[int, int]]:
    """The rows of tables that name what stands in each column."""
    return ((block.start, block.end) for block in document.blocks if block.kind == "columns")


def is_spoken(piece: tuple[int, int], turns: Sequence[Turn]) -> bool:
    """Whether a line stands in a turn, where nothing is furniture: people say `Thank you.` again and again."""
    place = bisect_left(turns, piece[1], key=lambda turn: turn.begins) - 1  # the last that begins before its end
    return place >= 0 and piece[0] < turns[place].end


def going_with(lines: list[ClassifiedLine], number: int, line: ClassifiedLine) -> Iterator[int]:
    """The numbers of the lines that are set aside with a line: the list that it opens, the caption above it."""
    reach = line.rule.sets_aside if line.rule else "line"
    if reach == "block":
        for other in range(number + 1, min(len(lines), number + 1 + MOST_LISTED)):
            if lines[other].ends_list:
                return
            yield other
    elif reach == "pair" and number and not line.line.apart:
        above, is_last = lines[number - 1].line, number + 1 == len(lines) or lines[number + 1].line.apart
        if above.apart and is_last and above.words <= CAPTION_WORDS:
            yield number - 1


def parts_of(text: str, lines: list[ClassifiedLine]) -> set[int]:
    """The numbers of the lines with which an article begins below a row of signs, or a form feed."""
    return parted(text, [line.line for line in lines], [any(line.signs()) for line in lines])


def split(lines: list[ClassifiedLine], end: int, parts: set[int]) -> tuple[ArticleSpan, ...]:
    """The articles of a text of `end` code points, in order; together they cover it."""
    starts = article_starts(lines, parts)
    ends = [*starts[1:], end]
    places = [line.start for line in lines]
    numbers = [bisect_left(places, start) for start in starts] + [len(lines)]
    return tuple(
        ArticleSpan(place + 1, start, end, first_headline(lines[numbers[place] : numbers[place + 1]]))
        for place, (start, end) in enumerate(zip(starts, ends, strict=True))
    )


def article_starts(lines: list[ClassifiedLine], parts: set[int]) -> list[int]:
    """Where articles begin: at a headline over the signs of a new one, behind what ends one or parts it from another.

    Args:
        parts: the numbers of lines above which another article is parted off.
    """
    starts, prose, ended = [0], 0, False
    seen: set[str] = set()
    for number, line in enumerate(lines):
        begins = line.is_headline and line.text not in seen and (comes_again(lines, number) or opens(lines, number))
        if (begins and prose) or ended or number in parts:
            starts.append(line.start)
            prose, seen = 0, set()
        prose += line.is_prose
        ended = line.ends_article
        seen.add(line.text)
    return starts


def opens(lines: list[ClassifiedLine], number: int) -> bool:
    """Whether a headline stands over an article: signs of a beginning before prose, two or more (byline, date)."""
    signs: set[str] = set()
    for line in lines[number + 1 : number + OPENING_LINES]:
        signs.update(line.signs())
        if line.is_prose:
            return len(signs) >= OPENING_SIGNS
    return False


def first_headline(lines: list[ClassifiedLine]) -> str | None:
    """The headline of an article: its first line where it reads like one, or one of the next that comes again."""
    for number, line in enumerate(lines[:HEADLINE_AMONG]):
        if line.is_headline and (number == 0 or comes_again(lines, number)):
            return line.text
    return None


def comes_again(lines: list[ClassifiedLine], number: int) -> bool:
    """Whether a line is repeated within the next lines of its article."""
    for other in lines[number + 1 : number + 1 + REPEATED_WITHIN]:
        if lines[number].text == other.text:
            return True
        if other.ends_article:
            return False
    return False


def furniture(lines: list[ClassifiedLine], articles: tuple[ArticleSpan, ...]) -> Offsets:
    """(start, end) of the lines that are set aside, of labels, and of lines that stood in their article before."""
    set_aside: list[tuple[int, int]] = []
    seen: set[str] = set()
    starts = {article.start for article in articles}
    for line in lines:
        if line.start in starts:
            seen = set()
        if line.is_furniture or (line.text in seen and line.line.words >= REPEATED_WORDS):
            set_aside.append((line.start, line.end))
        elif line.label:
            set_aside.append((line.start + line.line.quoting, line.label[1]))
        seen.add(line.text)
    return tuple(set_aside)

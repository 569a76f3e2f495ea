"""What is said under labels: the turns of transcripts, debates, hearings and interviews.

In comes an article, its furniture not told yet, for in a turn nothing is; out come its turns, none where it is no
transcript. Its shape tells that it is one: labels that come again, or stand before most lines, from its beginning on.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from claims_cli.articles.interviews import InterviewFinder
from claims_cli.articles.label_speakers import LabelSpeakers
from claims_cli.articles.labels import Label, LabelReader, either
from claims_cli.articles.posts import PostFinder
from claims_cli.articles.set_off import SetOffFinder
from claims_cli.claim import Block, Document, Offsets, Turn
from claims_cli.rulebook import Rulebook

LINE = re.compile(r"[^\r\n]+")
BRACKETED = re.compile(r"[(\[][^()\[\]]{1,80}[)\]]")
HEADING = re.compile(r"\s*(?:#{1,6}\s|\*\s*\*\s*\*|_{3,}|-{3,}|={3,})")
CLEAR = ("counted", "capitals", "hansard", "letter", "marked")  # shapes that prose does not have
BOLD = ("**", "__")
FEWEST = 2
FEWEST_ALONE = 4
MOST_BEFORE = 12  # lines before the first label of a short transcript
EARLY = 0.4  # by which share of its lines the first label of a transcript stands
TALKING = 0.2  # in how many turns somebody says `I` or `you`, or asks, at the least
FEWEST_BEFORE_LAST = 3
DENSE = 0.1  # how many of the lines from there on have a label, at the least
MOST_CAPTION = 6  # words of a heading in capitals
MOST_HEARD = 6  # words of a stage direction without brackets
ALTERNATING = 0.25  # the same where labels stand on lines of their own
NEARLY_ALL = 0.8  # of the lines
LISTED = 0.5  # the same where no label comes again
Stretch = tuple[int, int, bool]  # start, end, and whether an empty line stands before


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """A line that is not empty, with the label at its head; apart: whether an empty line stands before it."""

    start: int
    end: int
    apart: bool
    label: Label | None = None


@dataclass(frozen=True)
class Shape:
    """The shape of a text.

    Attributes:
        paragraphs: where its lines begin, those that were broken at a width as one, in order.
        furniture: those of them that are set aside.
    """

    paragraphs: Sequence[int]
    furniture: Collection[int]

    def paragraphs_in(self, start: int, end: int) -> Sequence[int]:
        """Where the paragraphs of a stretch begin."""
        return self.paragraphs[bisect_left(self.paragraphs, start) : bisect_left(self.paragraphs, end)]


class TurnFinder:
    """Tells turns by the words of a rulebook."""

    def __init__(self, rulebook: Rulebook, transcript: bool | None = None):
        """`transcript`: whether texts are transcripts; None where their shape tells."""
        self.transcript = transcript
        self.labels = LabelReader(rulebook)
        self.speakers = LabelSpeakers(rulebook)
        self.interviews = InterviewFinder(rulebook, self.speakers)
        self.posts = PostFinder(rulebook)
        self.set_off = SetOffFinder(rulebook, self.labels, self.speakers)
        self.stage = rulebook.words("turns.stage")
        self.ends = rulebook.words("turns.ends")
        self.talk = re.compile(rf"\b(?:{either(rulebook.words('turns.talk'))})\b", re.IGNORECASE)

    def turns(self, document: Document, start: int, end: int, shape: Shape) -> tuple[Turn, ...]:
        """The turns of an article, a stretch of a document; none where it is no transcript."""
        if self.transcript is False:
            return ()
        is_told = self.transcript or bool(document.blocks_in(start, end, "voice"))
        lines = without_headlines(document.text, list(self.lines(document, start, end)), shape)
        labelled = self.chosen(lines, shape.paragraphs_in(start, end), is_told)
        if not labelled:
            return self.interviews.turns(document, start, end) or self.beside_prose(document, start, end)
        items = document.blocks_in(start, end, "item")
        divided = ((label, begins, of_item(under, items)) for label, begins, under in parts(labelled))
        told = [(label, begins, self.body(document.text, under)) for label, begins, under in divided]
        told = without_epilogue([part for part in told if part[2] and part[0].kind != "nobody"])
        if not is_told and not self.is_talk(document.text, told):
            return ()
        speakers = self.speakers.of(document, start, end, [label for label, _, _ in told])
        return tuple(
            Turn((label.start, label.end), begins, body, *speaker)
            for (label, begins, body), speaker in zip(told, speakers, strict=True)
        )

    def is_talk(self, text: str, told: Sequence[tuple[Label, int, Offsets]]) -> bool:
        """Whether people talk to each other under some labels: lists with headings hold no `I`, no `you`."""
        if len(told) < FEWEST_ALONE or any(label.kind in CLEAR for label, _, _ in told):
            return True
        talking = sum(
            any("?" in text[start:end] or self.talk.search(text, start, end) for start, end in body)
            for _, _, body in told
        )
        return talking >= TALKING * len(told)

    def beside_prose(self, document: Document, start: int, end: int) -> tuple[Turn, ...]:
        """The posts and the signed blocks that stand among an article's prose, in order, none inside another."""
        turns: list[Turn] = []
        for turn in sorted(
            [*self.posts.turns(document, start, end), *self.set_off.turns(document, start, end)],
            key=lambda turn: turn.begins,
        ):
            if not turns or turn.begins >= turns[-1].end:
                turns.append(turn)
        return tuple(turns)

    def lines(self, document: Document, start: int, end: int) -> Iterator[LabelledLine]:
        """Every line that is read, with the label it may have."""
        text, last = document.text, None
        told = document.blocks_in(start, end, "voice")
        voices = {block.start: self.labels.of_voice(text, block.start, block.end) for block in told}
        bold = {block.start: block.end for block in document.blocks_in(start, end, "label")}
        for match in LINE.finditer(text, start, end):
            if not match.group().strip() or document.unread_in(match.start(), match.start() + 1):
                continue
            apart = last is None or len(re.findall(r"\r\n|\r|\n", text[last : match.start()])) > 1
            label = voices.get(match.start()) or self.labels.at(text, *match.span())
            if label is None and match.start() in bold:
                label = self.labels.of_words(text, match.start(), min(bold[match.start()], match.end()))
            if label is None and apart:
                label = self.labels.alone(text, *match.span())
            yield LabelledLine(*match.span(), apart, label)
            last = match.end()

    def chosen(self, lines: Sequence[LabelledLine], paragraphs: Sequence[int], is_told: bool) -> list[LabelledLine]:
        """The lines from the first label of a transcript on, with the labels of its turns; none where it is none.

        `is_told`: whether it is known to be one.
        """
        times = Counter(line.label.key for line in lines if line.label)
        alone = alone_labels(lines) | marked_labels(lines)
        named = sum(line.label is not None and line.label.kind == "name" for line in lines)
        all_named = named >= NEARLY_ALL * len(lines)
        kept = [line if all_named or is_told or self.is_kept(line, times, alone) else bare(line) for line in lines]
        places = [place for place, line in enumerate(kept) if line.label and line.label.kind != "nobody"]
        if not places or not (is_told or self.is_transcript(kept, places, times, paragraphs)):
            return []
        return kept[places[0] :]

    def is_kept(self, line: LabelledLine, times: Counter[str], alone: set[str]) -> bool:
        """Whether the label of a line can be one of a turn."""
        label = line.label
        if label is None:
            return False
        if label.kind == "nobody":
            return label.name.isupper()
        if label.kind in ("alone", "marked"):
            return label.key in alone
        if label.kind == "name" and " " not in label.name:
            return not label.role and (times[label.key] > 1 or label.key in self.speakers.known)
        return True

    def is_transcript(
        self,
        lines: Sequence[LabelledLine],
        places: Sequence[int],
        times: Counter[str],
        paragraphs: Sequence[int],
    ) -> bool:
        """Whether labels stand so as they do in a transcript; `paragraphs`: where those of the article begin."""
        labels = [label for place in places if (label := lines[place].label)]
        if len({label.key for label in labels}) < FEWEST or places[0] > max(MOST_BEFORE, EARLY * len(lines)):
            return False
        share = len(labels) / max(1, len(paragraphs) - bisect_left(paragraphs, lines[places[0]].start))
        if all(label.kind in ("alone", "marked") for label in labels):
            return share >= ALTERNATING and len(labels) > FEWEST
        again = sum(times[label.key] > 1 for label in labels)
        if again >= FEWEST or sum(label.kind in CLEAR for label in labels) >= FEWEST:
            return share >= (DENSE if again > FEWEST else LISTED)
        return share >= LISTED and all(label.role or label.bracketed for label in labels)

    def body(self, text: str, lines: Sequence[Stretch]) -> Offsets:
        """What is said in some lines, a piece a paragraph, stage directions left out."""
        paragraphs: list[list[int]] = []
        for start, end, apart in lines:
            if HEADING.match(text, start, end) or self.is_end(text[start:end]) or is_caption(text[start:end]):
                break
            if paragraphs and not apart:
                paragraphs[-1][1] = end
            else:
                paragraphs.append([start, end])
        said = ((start, end) for start, end in paragraphs if not self.is_heard(text[start:end]))
        return tuple(piece for start, end in said for piece in self.spoken(text, start, end))

    def is_end(self, line: str) -> bool:
        """Whether a line ends the transcript."""
        words = line.split()
        return bool(words) and words[0].casefold() in self.ends and (words[0].isupper() or not words[0].isalpha())

    def spoken(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The pieces of a paragraph without its stage directions."""
        for match in BRACKETED.finditer(text, start, end):
            if self.is_direction(match.group(), text[start:end]):
                yield from trimmed(text, start, match.start())
                start = match.end()
        yield from trimmed(text, start, end)

    def is_direction(self, words: str, paragraph: str) -> bool:
        """Whether bracketed words tell what is heard or seen: by their words, in capitals, or alone in a paragraph."""
        inner = words[1:-1].strip()
        told = {word.strip(".,;:").casefold() for word in inner.split()}
        return not told.isdisjoint(self.stage) or (inner.isupper() and len(inner) > 3) or words == paragraph.strip()

    def is_heard(self, paragraph: str) -> bool:
        """Whether a whole paragraph tells what is heard (`Members interjecting—`)."""
        words = {word.strip(".,;:—–-").casefold() for word in paragraph.split()}
        return len(words) <= MOST_HEARD and not words.isdisjoint(self.stage) and paragraph.rstrip()[-1] in "—–-"


def without_headlines(text: str, lines: Sequence[LabelledLine], shape: Shape) -> list[LabelledLine]:
    """The lines, those without their label that come again word for word, or are names that stand in furniture.

    These are headlines and headings of scraped pages; a name on a line of its own beside other labels is none either.
    """
    times = Counter(text[line.start : line.end].strip() for line in lines if line.label and line.label.kind == "name")
    labels = [line.label for line in lines if line.label and line.label.kind != "nobody"]
    known = Counter(label.key for label in labels)
    before_words = sum(label.kind in CLEAR or (label.kind == "name" and known[label.key] > 1) for label in labels)
    mixed = before_words >= sum(label.kind == "alone" and known[label.key] > 1 for label in labels)

    def is_heading(line: LabelledLine) -> bool:
        if line.label is None or line.label.kind not in ("alone", "name"):
            return False
        is_alone = line.label.kind == "alone"
        if line.start in shape.furniture or (is_alone and mixed):
            return True
        return not is_alone and times[text[line.start : line.end].strip()] > 1

    return [bare(line) if is_heading(line) else line for line in lines]


def alone_labels(lines: Sequence[LabelledLine]) -> set[str]:
    """The names on lines of their own that are labels: several that come again, or in capitals of which one does."""
    over = [line for line, under in pairwise(lines) if under.label is None]  # with words under it
    labels = [line.label for line in over if line.label and line.label.kind == "alone"]
    times = Counter(label.key for label in labels)
    again = {key for key, number in times.items() if number > 1}
    if len(again) > 1 and sum(times[key] for key in again) >= FEWEST_ALONE:
        return again
    capitals = [label for label in labels if label.name.isupper()]
    surnames = Counter(label.key.split()[-1] for label in capitals)
    return {label.key for label in capitals} if len(surnames) > 1 and max(surnames.values()) > 1 else set()


def without_epilogue(told: Sequence[tuple[Label, int, Offsets]]) -> list[tuple[Label, int, Offsets]]:
    """The turns, the last with its first paragraph alone where every other has one: what follows is the writer's."""
    others = [len(body) for _, _, body in told[:-1]]
    if len(others) < FEWEST_BEFORE_LAST or max(others) > 1:
        return list(told)
    label, begins, body = told[-1]
    return [*told[:-1], (label, begins, body[:1])]


def marked_labels(lines: Sequence[LabelledLine]) -> set[str]:
    """The names that the layout sets apart and that are labels: several, of which one comes again."""
    times = Counter(line.label.key for line in lines if line.label and line.label.kind == "marked")
    return set(times) if len(times) > 1 and max(times.values()) > 1 else set()


def is_caption(line: str) -> bool:
    """Whether a line is a heading in capitals (`DIRECT EXAMINATION`), the number of the line left aside."""
    words = [word for word in line.split() if not word.isdigit()]
    return (
        1 < len(words) <= MOST_CAPTION and all(word.isupper() for word in words) and line.rstrip()[-1] not in '.?!…"”'
    )


def bare(line: LabelledLine) -> LabelledLine:
    """A line without a label."""
    return LabelledLine(line.start, line.end, line.apart)


def parts(lines: Sequence[LabelledLine]) -> Iterator[tuple[Label, int, list[Stretch]]]:
    """Each label, where its line begins, and the lines under it, the rest of its own line first."""
    places = [place for place, line in enumerate(lines) if line.label]
    for place, following in pairwise((*places, len(lines))):
        first, label = lines[place], lines[place].label
        if label is not None:
            own = [(label.body, first.end, True)] if label.body < first.end else []
            rest = [(line.start, line.end, line.apart) for line in lines[place + 1 : following]]
            yield label, first.start, own + rest


def of_item(lines: list[Stretch], items: Sequence[Block]) -> list[Stretch]:
    """The lines under a label; where the first stands in an item of a list, those of the item."""
    place = bisect_right(items, lines[0][0], key=lambda item: item.start) - 1 if lines else -1
    if place < 0 or items[place].end <= lines[0][0]:
        return lines
    return [line for line in lines if line[0] < items[place].end]


def trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch without white space at its edges; nothing where no letter is left."""
    piece = text[start:end]
    if any(character.isalnum() for character in piece):
        right = piece.rstrip()
        for mark in BOLD:
            if right.endswith(mark) and right.count(mark) % 2:  # it closes what the label opened
                right = right.removesuffix(mark).rstrip()
        yield start + len(piece) - len(piece.lstrip()), start + len(right)

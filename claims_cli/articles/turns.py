"""What is said under labels: the turns of transcripts, debates, hearings and interviews.

In comes an article, its furniture not told yet, for in a turn nothing is; out come its turns, none where it is no
transcript. Its shape tells that it is one: labels that come again, or stand before most lines, from its beginning on.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from claims_cli.articles.interviews import InterviewFinder
from claims_cli.articles.label_speakers import LabelSpeakers
from claims_cli.articles.labelled_lines import (
    CLEAR,
    FEWEST_ALONE,
    LONE,
    LabelledLine,
    Shape,
    alone_labels,
    bare,
    line_end,
    marked_labels,
    of_item,
    parts,
    parts_of_names,
    told_names,
    without_headlines,
    without_inner,
    without_office,
    without_other_shapes,
    without_page_breaks,
)
from claims_cli.articles.labels import Label, LabelReader, either
from claims_cli.articles.lone_labels import LoneLabels
from claims_cli.articles.posts import PostFinder
from claims_cli.articles.set_off import SetOffFinder
from claims_cli.articles.spoken import SpokenWords
from claims_cli.claim import Document, Offsets, Turn
from claims_cli.rulebook import Rulebook

LINE = re.compile(r"[^\r\n]+")
FEWEST = 2
MOST_BEFORE = 12  # lines before the first label of a short transcript
EARLY = 0.4  # by which share of its lines the first label of a transcript stands
TALKING = 0.2  # in how many turns somebody says `I` or `you`, or asks, at the least
FEWEST_BEFORE_LAST = 3
DENSE = 0.1  # how many of the lines from there on have a label, at the least
ALTERNATING = 0.25  # the same where labels stand on lines of their own
NEARLY_ALL = 0.8  # of the lines
FEWEST_ADDRESSED = 3
ADDRESSED = 0.6  # how many of the labels have titles or offices, where that tells that it is a record
SPARSE = 0.02  # how many of its lines then have a label, at the least
LISTED = 0.5  # the same where no label comes again


class TurnFinder:
    """Tells turns by the words of a rulebook."""

    def __init__(self, rulebook: Rulebook, transcript: bool | None = None):
        """`transcript`: whether texts are transcripts; None where their shape tells."""
        self.transcript = transcript
        self.labels = LabelReader(rulebook)
        self.spoken = SpokenWords(rulebook)
        self.lone = LoneLabels(rulebook, self.labels)
        self.speakers = LabelSpeakers(rulebook)
        self.interviews = InterviewFinder(rulebook, self.speakers)
        self.posts = PostFinder(rulebook)
        self.set_off = SetOffFinder(rulebook, self.labels, self.speakers)
        self.page = re.compile(
            rf"(?:(?:{either(rulebook.words('turns.pages'))})[.:]?\s)?\d[\d.:]{{0,5}}", re.IGNORECASE
        )
        self.talk = re.compile(rf"\b(?:{either(rulebook.words('turns.talk'))})\b", re.IGNORECASE)

    def turns(self, document: Document, start: int, end: int, shape: Shape) -> tuple[Turn, ...]:
        """The turns of an article, a stretch of a document; none where it is no transcript."""
        if self.transcript is False:
            return ()
        is_told = self.transcript or bool(document.blocks_in(start, end, "voice"))
        read = without_other_shapes(without_inner(document.text, list(self.lines(document, start, end))))
        lines = without_page_breaks(document.text, read, shape, self.page)
        between = {line.start for line in read} - {line.start for line in lines}
        paragraphs = [place for place in shape.paragraphs_in(start, end) if place not in between]
        labelled = self.chosen(without_headlines(document.text, lines, shape), paragraphs, is_told)
        if not labelled:
            return self.interviews.turns(document, start, end) or self.beside_prose(document, start, end)
        items = document.blocks_in(start, end, "item")
        divided = ((label, begins, of_item(under, items)) for label, begins, under in parts(labelled))
        told = [
            (label, begins, self.spoken.body(document.text, without_office(document.text, label, under)))
            for label, begins, under in divided
        ]
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
        labels = [label for label, _, _ in told]
        is_again = len({label.key for label in labels}) < len(labels) < FEWEST_ALONE
        if is_again or any(label.kind in CLEAR for label in labels):
            return True
        talking = sum(
            any("?" in text[start:end] or self.talk.search(text, start, end) for start, end in body)
            for _, _, body in told
        )
        are_addressed = sum(label.addressed for label in labels) >= FEWEST
        return talking >= (1 if are_addressed else TALKING * len(told))

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
            begins, ends = match.span()
            is_taken = last is not None and begins < last
            if is_taken or not match.group().strip() or document.unread_in(begins, begins + 1):
                continue
            apart = last is None or len(re.findall(r"\r\n|\r|\n", text[last:begins])) > 1
            label = voices.get(begins) or self.labels.at(text, begins, ends)
            if label is None and match.group().count("(") > match.group().count(")"):
                below = LINE.match(text, line_end(text, ends), end)
                label = self.labels.at(text, begins, below.end()) if below else None
                ends = below.end() if below and label else ends
            if label is None and begins in bold:
                label = self.lone.beside_office(text, begins, ends)
                label = label or self.labels.of_words(text, begins, min(bold[begins], ends))
            label = label or self.lone.at(text, begins, ends)
            yield LabelledLine(begins, ends, apart, label)
            last = ends

    def chosen(self, lines: Sequence[LabelledLine], paragraphs: Sequence[int], is_told: bool) -> list[LabelledLine]:
        """The lines from the first label of a transcript on, with the labels of its turns; none where it is none.

        `is_told`: whether it is known to be one.
        """
        times = Counter(line.label.key for line in lines if line.label)
        alone = alone_labels(lines).union(*(marked_labels(lines, kind) for kind in LONE if kind != "alone"))
        named = sum(line.label is not None and line.label.kind == "name" for line in lines)
        all_named = named >= NEARLY_ALL * len(lines)
        names = parts_of_names(line.label for line in lines if line.label)
        times.update(key for key in times if key in names)  # `Ann:` comes again where `Ann Roe:` stands, too
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
        if label.kind in LONE:
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
        known = {label.key for label in labels if label.addressed}
        known |= told_names([label for label in labels if label.kind == "alone"])
        addressed = sum(label.key in known for label in labels)
        if addressed >= max(FEWEST, ADDRESSED * len(labels)) and share >= ALTERNATING:
            return True
        if addressed >= max(FEWEST_ADDRESSED, ADDRESSED * len(labels)):
            return share >= SPARSE
        if all(label.kind in LONE for label in labels):
            return share >= ALTERNATING and len(labels) > FEWEST
        exactly = Counter(label.key for label in labels)
        often = sum(exactly[label.key] > 1 for label in labels) > FEWEST
        if (
            sum(times[label.key] > 1 for label in labels) >= FEWEST
            or sum(label.kind in CLEAR for label in labels) >= FEWEST
        ):
            return share >= (DENSE if often else LISTED)
        return share >= LISTED and all(label.titled or label.role or label.bracketed for label in labels)


def without_epilogue(told: Sequence[tuple[Label, int, Offsets]]) -> list[tuple[Label, int, Offsets]]:
    """The turns, the last with its first paragraph alone where every other has one: what follows is the writer's."""
    others = [len(body) for _, _, body in told[:-1]]
    if len(others) < FEWEST_BEFORE_LAST or max(others) > 1:
        return list(told)
    label, begins, body = told[-1]
    return [*told[:-1], (label, begins, body[:1])]

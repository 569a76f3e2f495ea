"""What is said in blocks that the layout sets off: block quotations that are signed, rows of a table of who says what.

In comes a document whose blocks are told; out come such blocks as turns.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from claims_cli.articles.label_speakers import LabelSpeakers
from claims_cli.articles.labels import Label, LabelReader, either
from claims_cli.claim import Block, Document, Turn
from claims_cli.rulebook import Rulebook

DASH = re.compile(r"[\s—–~-]*")
ROLE = re.compile(r",\s*(?P<role>[^,;(|\n]{1,90})")
MARKS = frozenset('“”"')


class SetOffFinder:
    """Tells such blocks by the words of a rulebook; `labels` and `speakers` tell whose they are."""

    def __init__(self, rulebook: Rulebook, labels: LabelReader, speakers: LabelSpeakers):
        self.labels = labels
        self.speakers = speakers
        self.behind = re.compile(rf"(?<!\s)\s*(?:[,;(|\n]|\b(?:{either(rulebook.words('turns.behind_names'))})\b)")
        self.who = rulebook.words("turns.who_columns")
        self.what = rulebook.words("turns.what_columns")

    def turns(self, document: Document, start: int, end: int) -> list[Turn]:
        """The turns of an article, a stretch of a document, in order."""
        blocks = document.blocks_in(start, end, "quote", "row", "cell")
        told = [*self.signed(document, blocks), *self.in_rows(document, blocks)] if blocks else []
        if not told:
            return []
        speakers = self.speakers.of(document, start, end, [label for label, _ in told])
        turns = [
            Turn((label.start, label.end), min(label.start, body[0]), (body,), *speaker)
            for (label, body), speaker in zip(told, speakers, strict=True)
        ]
        return sorted(turns, key=lambda turn: turn.begins)

    def signed(self, document: Document, blocks: Sequence[Block]) -> Iterator[tuple[Label, tuple[int, int]]]:
        """The label and the words of each block quotation that a person signs."""
        for block in blocks:
            if block.kind == "quote" and block.over is not None:
                words = document.text[slice(*block.over)]
                is_quoted = MARKS.intersection(document.text[block.start : block.end])
                if is_quoted and words.startswith(("—", "–", "-", "―")):
                    continue  # a quotation that is signed has its rule
                label = self.signature(document.text, *block.over)
                if label is not None:
                    yield label, (block.start, block.end)

    def signature(self, text: str, start: int, end: int) -> Label | None:
        """Whom a signature names, as a label; None where it names nobody."""
        dash = DASH.match(text, start, end)
        start = dash.end() if dash else start
        behind = self.behind.search(text[start:end])
        last = start + behind.start() if behind else end
        role = ROLE.match(text, last, end) if behind else None
        label = self.labels.of_words(text, start, last)
        if label is None or role is None:
            return label
        return Label(label.kind, label.name, role["role"].strip(), label.start, label.end, label.body)

    def in_rows(self, document: Document, blocks: Sequence[Block]) -> Iterator[tuple[Label, tuple[int, int]]]:
        """The label and the words of each row of a table whose first row heads who speaks, and what is said."""
        places = [place for place, block in enumerate(blocks) if block.kind == "row"]
        columns: tuple[int, int] | None = None
        last_end = -1
        for place in places:
            row = blocks[place]
            inside = takewhile(lambda block: block.end <= row.end, blocks[place + 1 :])  # noqa: B023
            cells = [block for block in inside if block.kind == "cell"]
            headed = self.columns([document.text[cell.start : cell.end] for cell in cells])
            is_apart = bool(document.text[max(last_end, 0) : row.start].strip(" \t\r\n|:-+")) or last_end < 0
            columns = headed or (None if is_apart else columns)
            last_end = row.end
            if headed is None and columns is not None and max(columns) < len(cells):
                who, what = cells[columns[0]], cells[columns[1]]
                label = self.signature(document.text, who.start, who.end)
                if label is not None:
                    yield label, (what.start, what.end)

    def columns(self, cells: Sequence[str]) -> tuple[int, int] | None:
        """Which cell of a heading row heads who speaks, and which what is said."""
        words = [" ".join(cell.split()).casefold() for cell in cells]
        who = next((place for place, word in enumerate(words) if word in self.who), None)
        what = next((place for place, word in enumerate(words) if word in self.what), None)
        return (who, what) if who is not None and what is not None else None

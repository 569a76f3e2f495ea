"""Annotations in brat's standoff format, one file a text.

Marks named Source, Cue and Content are put together by events (`E1 Attribution:T4 Source:T1 Cue:T2 Content:T3`), as in
PolNeAR, or by relations (`R1 source Arg1:T2 Arg2:T1`). Which end of a relation comes first, and what it is called, does
not matter; the names of marks and roles may be written in capitals or not, and a role may have a number (`Content2`).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from claims_cli.claim import Document
from claims_cli.errors import AnnotationError, InputError
from claims_cli.evaluation.attributions import AnnotationReading, Attribution, check, ordered, squeezed
from claims_cli.evaluation.texts import Texts

ROLES = ("source", "cue", "content")
JOINER = " "
NUMBER = r"\d{1,15}"
OFFSETS = rf"{NUMBER} {NUMBER}"
MARK = re.compile(rf"(T\w+)\t(\S+) ({OFFSETS}(?:;{OFFSETS})*)(?:\t(.*))?", re.ASCII | re.DOTALL)
PAIR = r"\S[^\s:]*+:\S+"
EVENT = re.compile(rf"(E\w+)\t({PAIR}(?: {PAIR})*) ?", re.ASCII)
RELATION = re.compile(r"(R\w+)\t\S+ \S+:([^\s:]+) \S+:([^\s:]+)\s*", re.ASCII)
OTHER = re.compile(r"[AMN]\w+\t|#|\*\t", re.ASCII)
WRITE = "write T1<tab>Source 12 24<tab>the words, E1<tab>Attribution:T4 Source:T1 …, or R1<tab>source Arg1:T2 Arg2:T1"


@dataclass
class BratSpan:
    """One annotated span (a line that begins with `T`)."""

    line: int
    label: str
    pieces: list[tuple[int, int]]
    words: list[str] | None
    missing: int | None = None

    def takes(self, line: str, text: str) -> bool:
        """Whether a line that is none of brat's belongs to the words, which some tools write with their line ends."""
        if self.words is None:
            return False
        if self.missing is None:
            wanted = sum(len(squeezed(text[start:end])) for start, end in self.pieces)
            self.missing = wanted - len(squeezed(self.words[0]))
        if self.missing <= 0:
            return False
        self.missing -= len(squeezed(line))
        self.words.append(line)
        return True


@dataclass(frozen=True)
class Link:
    """An event or a relation: the marks that it puts together, each with its role (that of a relation is empty)."""

    line: int
    name: str
    ends: tuple[tuple[str, str], ...]


def sheets(file: str, path: str, content: str) -> tuple[list["BratSheet"], list[AnnotationError]]:
    """The one text that a file annotates."""
    return [BratSheet(file, path, content)], []


class BratSheet:
    """What one file annotates.

    Args:
        file: its name as it is shown.
        path: its path in the folder of annotations.
        content: its text.
    """

    def __init__(self, file: str, path: str, content: str):
        self.file = file
        self.path = PurePosixPath(path)
        self.content = content

    def text_among(self, texts: Texts) -> str:
        """The path of the text that it annotates: NAME.txt of NAME.ann or NAME_ANNOTATOR.ann, in the same folder or,
        for `attributions/NAME.ann`, in `text/`.

        Raises:
            InputError: there is none.
        """
        folders = [self.path.parent]
        if self.path.parent.name == "attributions":
            folders.append(self.path.parent.with_name("text"))
        for name in (self.path.stem, self.path.stem.rpartition("_")[0]):
            for folder in folders if name else ():
                found = texts.without_suffix(str(folder / name))
                if found is not None:
                    return found
        reason = f"there is no {self.path.stem}.txt that it could annotate"
        raise InputError(self.file, reason, "put its text beside it (or in text/, and it in attributions/)", "find")

    def of(self, document: Document) -> AnnotationReading:
        """What it says of a document."""
        return BratReader(self.file, document).read(self.content)


class BratReader:
    """Reads one file line by line; what is wrong gathers in `reading`."""

    def __init__(self, file: str, document: Document):
        self.file = file
        self.document = document
        self.reading = AnnotationReading()
        self.marks: dict[str, BratSpan] = {}
        self.broken: set[str] = set()
        self.events: list[Link] = []
        self.relations: list[Link] = []

    def read(self, content: str) -> AnnotationReading:
        """All of it."""
        self.read_lines(content)
        return self.put_together()

    def put_together(self) -> AnnotationReading:
        """What was read, checked against the text, as attributions."""
        self.check_marks()
        self.reading.attributions += self.of_events()
        self.reading.attributions += self.of_relations()
        used = {name for link in (*self.events, *self.relations) for _, name in link.ends}
        unused = [mark for name, mark in self.marks.items() if mark.label in ROLES and name not in used]
        self.reading.aside["marks that no event or relation links"] += len(unused)
        self.reading.errors.sort(key=lambda error: error.line)
        return self.reading

    def tell(self, line: int, reason: str, remedy: str) -> None:
        """Keep an error."""
        self.reading.errors.append(AnnotationError(self.file, line, reason, remedy))

    def read_lines(self, content: str) -> None:
        """The marks, events and relations; attributes, notes and the like are passed over."""
        last: BratSpan | None = None
        for number, line in enumerate(content.split("\n"), 1):
            line = line.removesuffix("\r")
            if not line.strip():
                continue
            if match := MARK.fullmatch(line):
                name, label, places, words = match.groups()
                numbers = [tuple(map(int, place.split())) for place in places.split(";")]
                pieces = [(start, end) for start, end in numbers]
                last = BratSpan(number, label.lower(), pieces, None if words is None else [words])
                self.marks[name] = last
            elif match := EVENT.fullmatch(line):
                ends = (pair.rsplit(":", 1) for pair in match[2].split())
                self.events.append(Link(number, match[1], tuple((role, target) for role, target in ends)))
            elif match := RELATION.fullmatch(line):
                self.relations.append(Link(number, match[1], (("", match[2]), ("", match[3]))))
            elif OTHER.match(line):
                continue
            elif last is None or not last.takes(line, self.document.text):
                self.tell(number, "is no line of brat's standoff format", WRITE)

    def check_marks(self) -> None:
        """Check every mark against the text."""
        for name, mark in self.marks.items():

            def error(reason: str, remedy: str, line: int = mark.line) -> AnnotationError:
                return AnnotationError(self.file, line, reason, remedy)

            try:
                words = None if mark.words is None else "\n".join(mark.words)
                check(error, name, self.document, mark.pieces, words, JOINER)
            except AnnotationError as problem:
                self.broken.add(name)
                self.reading.errors.append(problem)

    def known(self, link: Link) -> list[tuple[str, str]]:
        """The ends of a link that are marks; it is told where one is not there."""
        for name in dict.fromkeys(name for _, name in link.ends if name not in self.marks):
            remedy = f"add {name}, or take it out of {link.name}; the rest of {link.name} is compared"
            self.tell(link.line, f"{link.name} names {name}, which is no mark of this file", remedy)
        return [(role.lower().rstrip("0123456789"), name) for role, name in link.ends if name in self.marks]

    def of_events(self) -> Iterator[Attribution]:
        """One attribution an event that has a content; where no argument is the cue, its trigger is."""
        for event in self.events:
            roles: dict[str, list[str]] = {role: [] for role in ROLES}
            ends = self.known(event)
            for role, name in ends:
                roles.get(role, []).append(name)
            if not roles["cue"] and ends and ends[0][0] not in ROLES and ends[0][1] == event.ends[0][1]:
                roles["cue"].append(ends[0][1])
            yield from self.attribution(event.line, roles["source"], roles["cue"], roles["content"])

    def of_relations(self) -> Iterator[Attribution]:
        """One attribution a cue that relations link to a content; one a content that is linked to a source only.

        Marks that an event puts together are left to it.
        """
        taken = {name for event in self.events for _, name in event.ends}
        sources: dict[str, list[str]] = defaultdict(list)
        contents: dict[str, list[str]] = defaultdict(list)
        bare: dict[str, list[str]] = defaultdict(list)
        for relation in self.relations:
            by_label = {self.marks[name].label: name for _, name in self.known(relation) if name not in taken}
            cue, source, content = (by_label.get(label) for label in ("cue", "source", "content"))
            if cue and content:
                contents[cue].append(content)
            elif cue and source:
                sources[cue].append(source)
            elif source and content:
                bare[content].append(source)
        at_cue = {content: cue for cue, held in contents.items() for content in held}
        for content, named in bare.items():
            if content in at_cue:
                sources[at_cue[content]] += named
            else:
                yield from self.attribution(self.marks[content].line, named, (), [content])
        for cue in dict.fromkeys([*contents, *sources]):
            yield from self.attribution(self.marks[cue].line, sources[cue], [cue], contents[cue])

    def attribution(
        self, line: int, source: Iterable[str], cue: Iterable[str], content: Iterable[str]
    ) -> Iterator[Attribution]:
        """The attribution of marks, unless one of them is broken, which is told already, or there is no content."""
        names = [list(source), list(cue), list(content)]
        if any(name in self.broken for role in names for name in role):
            return
        if not names[2]:
            self.reading.aside["attributions without content"] += 1
            return
        pieces = [ordered([piece for name in role for piece in self.marks[name].pieces]) for role in names]
        yield Attribution(pieces[0], pieces[1], pieces[2], place=f"{self.file}:{line}")

"""Transcripts copied from the page of a recording, as YouTube shows them: times, and what is said behind or below.

Agendas, live blogs, chats and lists of chapters have times too. A transcript begins in its first minute, its times
never go back, and between them stand so many words as somebody says in that time.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from claims_cli.claim import Document
from claims_cli.formats import recordings
from claims_cli.formats.recordings import Cue

STAMP = re.compile(r"\s{0,20}(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?:[.,]\d{1,3})?(?![:.,]\d)")
BRACKETED = re.compile(r"\s{0,20}\[(\d{1,2}):([0-5]\d):([0-5]\d)(?:[.,]\d{1,3})?\]")
IN_WORDS = re.compile(r"(?:(\d{1,2}) hours?,? ?)?(?:(\d{1,2}) minutes?,? ?)?(?:(\d{1,2}) seconds?)?")
ADDRESS = re.compile(r"https?://[^\s<>\"]{4,500}")
TITLE = re.compile(r"[^\W_a-z][^\n]{0,120}")
FEWEST = 4
FIRST = 60  # seconds in which it begins
LINE = 4  # words of a line in the mean: lists of results have names
SPOKEN = (0.4, 8.0)  # words a second: slow speech with pauses, and more than anybody says
FORWARD = 0.95  # of the times are later than the one before, or the same
ALIKE = 0.8  # of the times stand alike, behind or above the words
SINGLE = 0.6  # of the stretches have one line
MOST_HEAD = 15  # lines
FEWEST_IN_TITLE = 3  # words


@dataclass
class Stretch:
    """A time in seconds and the lines behind or below it; is_inline: whether the first stands on its line."""

    start: float
    is_inline: bool
    lines: list[str] = field(default_factory=list)


def document(file: Document) -> Document | None:
    """The document of a text that is a copied transcript; None where it is something else.

    Raises:
        InputError: nobody says anything.
    """
    head, stretches = parts([line.strip() for line in file.text.splitlines() if line.strip()])
    if not is_transcript(stretches):
        return None
    ends = [stretch.start for stretch in stretches[1:]] + [stretches[-1].start]
    cues = [
        Cue(one.start, end, "\n".join(said(one, one is stretches[-1])))
        for one, end in zip(stretches, ends, strict=True)
    ]
    addresses = [match.group() for line in head if (match := ADDRESS.search(line))]
    titles = [line for line in head if not ADDRESS.search(line) and len(line.split()) >= FEWEST_IN_TITLE]
    found = recordings.document(file, cues, addresses[0] if addresses else None)
    return Document(
        file.path,
        found.text,
        encoding=file.encoding,
        notes=file.notes,
        blocks=found.blocks,
        times=found.times,
        url=found.url,
        title=titles[0] if addresses and titles else None,
    )


def parts(lines: Sequence[str]) -> tuple[list[str], list[Stretch]]:
    """The lines before the first time, and the stretches from there on; none where that is late."""
    head: list[str] = []
    stretches: list[Stretch] = []
    for line in lines:
        if found := timed(line):
            start, rest = found
            if not stretches and start >= FIRST:
                return head, []
            stretches.append(Stretch(start, bool(rest), [rest] if rest else []))
        elif stretches:
            stretches[-1].lines.append(line)
        elif len(head) == MOST_HEAD:
            return head, []
        else:
            head.append(line)
    return head, stretches


def timed(line: str) -> tuple[float, str] | None:
    """The second that a line begins with, and what stands behind; the time in words (`0:033 seconds`) is out."""
    match = STAMP.match(line) or BRACKETED.match(line)
    if match is None:
        return None
    start = recordings.seconds((*match.groups(), None))
    rest = line[match.end() :]
    told = IN_WORDS.match(rest)
    if told and told.group() and recordings.seconds((*told.groups(), None)) == start:
        return start, rest[told.end() :].strip()
    return (start, rest.strip()) if not rest or rest[0].isspace() else None


def is_transcript(stretches: Sequence[Stretch]) -> bool:
    """Whether times and lines stand as those of a transcript do."""
    if len(stretches) < FEWEST:
        return False
    steps = [after.start - before.start for before, after in pairwise(stretches)]
    words = sum(len(line.split()) for stretch in stretches[:-1] for line in stretch.lines)
    lasting = stretches[-1].start - stretches[0].start
    inline = sum(stretch.is_inline for stretch in stretches)
    single = sum(len(stretch.lines) == 1 for stretch in stretches[:-1])
    return (
        sum(step >= 0 for step in steps) >= FORWARD * len(steps)
        and words >= LINE * len(steps)
        and SPOKEN[0] * lasting <= words <= SPOKEN[1] * lasting
        and max(inline, len(stretches) - inline) >= ALIKE * len(stretches)
        and single >= SINGLE * (len(stretches) - 1)
    )


def said(stretch: Stretch, is_last: bool) -> list[str]:
    """The lines of a stretch without the title of a chapter that follows, or what the page has behind the last."""
    first, others = stretch.lines[:1], stretch.lines[1:]
    is_title = others and TITLE.fullmatch(others[-1]) and not recordings.SENTENCE_END.search(others[-1])
    return first + (([] if is_last else others[:-1]) if is_title or is_last else others)

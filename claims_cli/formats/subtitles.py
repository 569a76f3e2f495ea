"""SRT and WebVTT, as written by hand and by tools: cues without numbers, blank lines inside them, loose timings.

Their own lines and no library: pysubs2 drops the voices of WebVTT, reads its notes as words that are said, and leaves
out cues whose timings are loose.
"""

import html
import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from claims_cli.claim import Document
from claims_cli.formats import plain, recordings
from claims_cli.formats.options import FormatOptions
from claims_cli.formats.recordings import Cue

PART = r"[ \t]?:[ \t]?"
MOMENT = rf"(?:(\d{{1,4}}){PART})?(\d{{1,3}}){PART}(\d{{1,2}})(?:[ \t]?[.,:][ \t]?(\d{{1,6}}))?"
TIMING = re.compile(rf"[ \t]{{0,20}}{MOMENT}[ \t]{{0,20}}(?:--?|[–—])>[ \t]{{0,20}}{MOMENT}")
VOICE = re.compile(r"<v(?:\.[^\s>]{0,100})?[ \t]+([^>\n]{1,100})>")
NOTE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
NUMBER = re.compile(r"\s*\d{1,9}\s*")
MOST = 0.5


def read(name: str, data: bytes, options: FormatOptions) -> Document:
    """The document of an SRT or WebVTT file.

    Raises:
        InputError: it holds no cue.
    """
    file = plain.decoded(name, data, options.encoding)
    return recordings.document(file, cues(file.text))


def cues(text: str) -> Iterator[Cue]:
    """The cues of SRT or WebVTT in order, a voice each: two who speak at once are two cues."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    timings = [(place, timing) for place, line in enumerate(lines) if (timing := TIMING.match(line))]
    heads = [bool(place) and NUMBER.fullmatch(lines[place - 1]) is not None for place, _ in timings]
    is_vtt = lines[0].lstrip("\ufeff").startswith("WEBVTT")
    is_numbered = not is_vtt and sum(heads) > MOST * len(heads)
    for (place, timing), (following, _) in pairwise([*timings, (len(lines), None)]):
        assert timing is not None
        body = lines[place + 1 : following]
        if body and following < len(lines) and is_head(body, is_vtt, is_numbered):
            body.pop()
        parts = timing.groups()
        start, end = recordings.seconds(parts[:4]), recordings.seconds(parts[4:])
        yield from voices(start, end, "\n".join(without_notes(body) if is_vtt else body))


def is_head(body: Sequence[str], is_vtt: bool, is_numbered: bool) -> bool:
    """Whether the last line before a timing is the number or the name of its cue."""
    if is_vtt:
        return len(body) > 1 and not body[-2].strip()
    return is_numbered and NUMBER.fullmatch(body[-1]) is not None


def without_notes(lines: Sequence[str]) -> Iterator[str]:
    """The lines behind a timing of WebVTT without what is written for those who make it."""
    for number, (is_text, block) in enumerate(groupby(lines, key=lambda line: bool(line.strip()))):
        kept = list(block)
        if is_text and not (number and NOTE.match(kept[0])):
            yield from kept


def voices(start: float, end: float, text: str) -> Iterator[Cue]:
    """The words of one cue by their voices."""
    before, *told = VOICE.split(text)
    if before.strip():
        yield Cue(start, end, before)
    for voice, words in zip(told[::2], told[1::2], strict=True):
        yield Cue(start, end, words, " ".join(html.unescape(voice).split()))

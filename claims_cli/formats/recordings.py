"""Subtitles and transcripts of recordings: SRT, WebVTT, Whisper's JSON, and the cues that others read.

What stands on the screen a line at a time is joined to what somebody says: cues of one voice are one paragraph, under
the name of the voice where one is told, and the second at which each begins is kept (`Document.times`).
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from claims_cli.claim import Block, Document
from claims_cli.errors import InputError
from claims_cli.formats import plain
from claims_cli.formats.options import FormatOptions

MOMENT = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?"
TIMING = re.compile(rf"\s{{0,20}}{MOMENT}\s{{1,20}}-->\s{{1,20}}{MOMENT}")
CLOCK = re.compile(MOMENT)
COUNTED = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)(ms|s|m|h)?$")
VOICE = re.compile(r"<v(?:\.[^\s>]{0,100})?[ \t]+([^>\n]{1,100})>")
TAG = re.compile(r"<[^<>\n]{0,200}>|\{\\[^{}\n]{0,100}\}")
NAMED = re.compile(r"(?:-\s?|>>\s?)?([A-Z][^\W\d_]*(?:[ .'’-]{1,2}[^\W\d_]+){0,4}):[ \t]+(?=\S)")
CHANGED = re.compile(r"(?:>>|[-–—])\s?")
HEARD = re.compile(r"[\s♪♫#]*(?:[\[(][^\[\]()]{1,80}[\])][\s♪♫#]*)*")
SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*$")
NOTES = ("NOTE", "STYLE", "REGION")
LONGEST = 10_000_000  # seconds
PAUSE = 2.0  # seconds between two sentences of a voice that begin a paragraph
SECONDS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
ADDRESSES = ("webpage_url", "url")


@dataclass(frozen=True)
class Cue:
    """What stands on the screen at once.

    Attributes:
        start, end: seconds from the start of the recording.
        voice: who says it, where that is told.
    """

    start: float
    end: float
    text: str
    voice: str | None = None


def read_subtitles(name: str, data: bytes, options: FormatOptions) -> Document:
    """The document of an SRT or WebVTT file.

    Raises:
        InputError: it holds no cue.
    """
    file = plain.decoded(name, data, options.encoding)
    return document(file, subtitles(file.text))


def is_recording(value: Any) -> bool:
    """Whether a JSON value is what Whisper or WhisperX writes: stretches of a recording with their words."""
    segments = value.get("segments") if isinstance(value, dict) else None
    return isinstance(segments, list) and bool(segments) and all(map(is_segment, segments))


def is_segment(value: Any) -> bool:
    """Whether a value is a stretch of a recording."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("text"), str)
        and all(isinstance(value.get(key), int | float) and 0 <= value[key] <= LONGEST for key in ("start", "end"))
    )


def of_segments(file: Document, value: Mapping[str, Any]) -> Document:
    """The document of a JSON value that `is_recording`.

    Raises:
        InputError: it holds no words.
    """
    cues = [
        Cue(one["start"], one["end"], one["text"], voice if isinstance(voice := one.get("speaker"), str) else None)
        for one in value["segments"]
    ]
    addresses = (value.get(key) for key in ADDRESSES)
    url = next((one for one in addresses if isinstance(one, str) and one.startswith(("http://", "https://"))), None)
    return document(file, cues, url)


def subtitles(text: str) -> Iterator[Cue]:
    """The cues of SRT or WebVTT, a voice each: two who speak at once are two cues."""
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip("\n").split("\n")
        place = next((place for place, line in enumerate(lines[:3]) if TIMING.match(line)), None)
        if place is None or lines[0].split(" ")[0] in NOTES:
            continue
        moments = TIMING.match(lines[place])
        assert moments is not None
        start, end = seconds(moments.groups()[:4]), seconds(moments.groups()[4:])
        yield from voices(start, end, "\n".join(lines[place + 1 :]))


def voices(start: float, end: float, text: str) -> Iterator[Cue]:
    """The words of one cue by their voices."""
    before, *told = VOICE.split(text)
    if before.strip():
        yield Cue(start, end, before)
    for voice, words in zip(told[::2], told[1::2], strict=True):
        yield Cue(start, end, words, " ".join(html.unescape(voice).split()))


def seconds(parts: Sequence[str | None]) -> float:
    """Hours, minutes, seconds and thousandths as seconds."""
    hours, minutes, whole, fraction = parts
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(whole or 0) + float(f"0.{fraction or 0}")


def moment(value: str | None) -> float | None:
    """A time of TTML as seconds; None where it is none."""
    text = (value or "").strip()
    if clock := CLOCK.match(text):
        return seconds(clock.groups())
    counted = COUNTED.match(text)
    return float(counted[1]) * SECONDS[counted[2] or "s"] if counted else None


def document(file: Document, cues: Iterable[Cue], url: str | None = None) -> Document:
    """The document of a recording: a paragraph a turn.

    Raises:
        InputError: nobody says anything.
    """
    pieces: list[str] = []
    times: list[tuple[int, int]] = []
    told: list[Block] = []
    length, voice, before = 0, None, None
    for cue in spoken(cues):
        new_voice = before is None or cue.voice != voice
        if new_voice or is_new_paragraph(before, cue):
            gap = "\n\n" if pieces else ""
            label = f"{cue.voice}: " if cue.voice and new_voice else ""
            pieces += [gap, label]
            length += len(gap)
            if label:
                told.append(Block("voice", length, length + len(label)))
            length += len(label)
        else:
            pieces.append(" ")
            length += 1
        times.append((length, int(cue.start)))
        pieces.append(cue.text)
        length += len(cue.text)
        voice, before = cue.voice, cue
    if not times:
        raise InputError(file.path, "holds no words of a recording", "check that it is SRT, WebVTT, TTML or Whisper's")
    return replace(file, text="".join([*pieces, "\n"]), blocks=tuple(told), times=tuple(times), url=url)


def is_new_paragraph(before: Cue | None, cue: Cue) -> bool:
    """Whether a sentence of the same voice begins after a pause."""
    return before is None or (cue.start - before.end >= PAUSE and SENTENCE_END.search(before.text) is not None)


def spoken(cues: Iterable[Cue]) -> Iterator[Cue]:
    """What is said, on one line a cue; what the screen still shows of the cue before, and what is only heard, is out.

    A name with a colon at the head of a cue is its voice. Where voices are told, one without is that of the cue before;
    a mark that somebody else speaks (`>>`, `-`) ends it.
    """
    shown: list[str] = []
    voice: str | None = None
    for cue in cues:
        lines = [" ".join(html.unescape(TAG.sub("", line)).split()) for line in cue.text.split("\n")]
        lines = [line for line in lines if line]
        new = lines[overlap(shown, lines) :] if cue.voice is None else lines
        shown = lines
        voice = cue.voice or voice
        for line in new:
            if HEARD.fullmatch(line):
                continue
            if named := NAMED.match(line):
                voice, line = named[1], line[named.end() :]
            elif changed := CHANGED.match(line):
                voice, line = (cue.voice, line[changed.end() :])
            if line:
                yield Cue(cue.start, cue.end, line, voice)


def overlap(shown: Sequence[str], lines: Sequence[str]) -> int:
    """How many lines at the head of a cue stood at the end of the one before."""
    return next((size for size in range(min(len(shown), len(lines)), 0, -1) if shown[-size:] == lines[:size]), 0)

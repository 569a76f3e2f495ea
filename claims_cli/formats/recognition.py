"""Transcripts in JSON that machines write of recordings: Whisper's, Deepgram's, AssemblyAI's, Amazon Transcribe's."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from claims_cli.claim import Document
from claims_cli.formats import recordings
from claims_cli.formats.recordings import LONGEST, Cue

ADDRESSES = ("webpage_url", "url")
WEB = ("http://", "https://")
WORDS = ("word", "punctuated_word", "text")
COUNT = re.compile(r"\d{1,3}|[A-Z]")
LOST = 0.5  # which share of stretches may lack their time


@dataclass(frozen=True)
class Shape:
    """Where a tool writes the stretches of a recording, and what it calls their parts.

    Attributes:
        path: the keys that lead to their list.
        text, start, end, speaker: the keys of each; several, separated by a dot, lead further in.
        second: how many of its units are a second.
    """

    path: tuple[str | int, ...]
    text: str = "text"
    start: str = "start"
    end: str = "end"
    speaker: str = "speaker"
    second: int = 1


SHAPES = (
    Shape(("segments",)),
    Shape(("transcription",), start="offsets.from", end="offsets.to", second=1000),
    Shape(("utterances",), second=1000),
    Shape(("results", "utterances"), text="transcript"),
    Shape(("results", "channels", 0, "alternatives", 0, "paragraphs", "paragraphs"), text="sentences"),
    Shape(("results", "audio_segments"), "transcript", "start_time", "end_time", "speaker_label"),
    Shape(("word_segments",), text="word"),
    Shape(("words",), text="word"),
)
LISTED = Shape((), end="")


def cues_of(value: Any) -> list[Cue]:
    """The cues in a JSON value that a tool wrote of a recording; none where it is something else."""
    if isinstance(value, list):  # without the key, a list of texts with offsets looks alike
        return (
            cues(value, LISTED) if value and all(isinstance(one, dict) and "duration" in one for one in value) else []
        )
    for shape in SHAPES if isinstance(value, dict) else ():
        stretches = inside(value, shape.path)
        if isinstance(stretches, list) and stretches and all(isinstance(one, dict) for one in stretches):
            return cues(stretches, shape)
    return []


def document(file: Document, value: Any, cues: Sequence[Cue]) -> Document:
    """The document of the cues in a JSON value, with the address that it tells.

    Raises:
        InputError: they hold no words.
    """
    addresses = (inside(value, (key,)) for key in ADDRESSES)
    url = next((one for one in addresses if isinstance(one, str) and one.startswith(WEB)), None)
    return recordings.document(file, cues, url)


def cues(stretches: Sequence[Mapping[str, Any]], shape: Shape) -> list[Cue]:
    """The cues of stretches, none where they are something else.

    One without a time begins where that before ends; one without an end ends where the next begins.
    """
    told = [(text_of(one, shape), second(one, shape.start, shape), second(one, shape.end, shape)) for one in stretches]
    if any(text is None or start is False or end is False for text, start, end in told):
        return []
    if sum(start is None for _, start, _ in told) > LOST * len(told):
        return []
    found: list[Cue] = []
    last = 0.0
    following = [start for _, start, _ in told[1:]] + [None]
    for one, (text, start, end), then in zip(stretches, told, following, strict=True):
        begins = last if start is None else float(start)
        last = next((float(edge) for edge in (end, then) if edge is not None), begins)
        found.append(Cue(begins, last, text or "", speaker_of(one, shape)))
    return found


def second(one: Mapping[str, Any], path: str, shape: Shape) -> float | bool | None:
    """The second under a path; None where none stands there, False where it is a second of no recording."""
    value = inside(one, path.split("."))
    if value is None:
        return None
    try:
        number = float(value) / shape.second
    except (TypeError, ValueError, OverflowError):
        return False
    return number if 0 <= number <= LONGEST else False


def text_of(one: Mapping[str, Any], shape: Shape) -> str | None:
    """What is said in a stretch, by its text or its parts; None where it has neither."""
    text = one.get(shape.text)
    parts = text if isinstance(text, list) else one.get("words")
    if isinstance(text, str):
        return text
    found = [next((part[key] for key in WORDS if isinstance(part.get(key), str)), "") for part in dicts(parts)]
    return " ".join(found) if found else None


def speaker_of(one: Mapping[str, Any], shape: Shape) -> str | None:
    """Who speaks in a stretch, by most of its words where it tells none itself; a number or a letter as `Speaker 1`."""
    speakers = [one.get(shape.speaker)]
    if speakers == [None]:
        speakers = [part.get("speaker") for part in dicts(one.get("words"))]
    told = Counter(str(name).strip() for name in speakers if isinstance(name, str | int))
    most = told.most_common(1)[0][0] if told else ""
    return f"Speaker {most}" if COUNT.fullmatch(most) else most or None


def dicts(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects in a list; none of anything else."""
    return (part for part in value if isinstance(part, dict)) if isinstance(value, list) else iter(())


def inside(value: Any, path: Sequence[str | int]) -> Any:
    """What stands under some keys and places; None where nothing does."""
    for key in path:
        if isinstance(value, dict):
            value = value.get(key)
        elif isinstance(value, list) and isinstance(key, int) and key < len(value):
            value = value[key]
        else:
            return None
    return value

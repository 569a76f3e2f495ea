"""TTML, as subtitles of films and broadcasts are kept: times by the clock, in frames or ticks, from outer to inner.

In comes a tree whose root is `tt`; out come the cues of its paragraphs, and of the spans in them with times of their
own.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from claims_cli.formats.recordings import LONGEST, Cue, seconds

CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,9})|:(\d{1,4})(?:\.\d{1,4})?)?")
COUNTED = re.compile(r"(\d{1,15}(?:\.\d{1,9})?)(ms|[hmsft])?")
UNSAID = frozenset({"metadata", "set", "desc", "title", "agent"})
Run = tuple[Cue | None, str | None, list[str]]  # when, who, and the words
FRAMES = 30.0  # a second, where nothing is told


@dataclass(frozen=True)
class Units:
    """How many seconds a unit of time takes in a document."""

    seconds: Mapping[str, float]

    @classmethod
    def of(cls, root: Any) -> "Units":
        """As the root tells them."""
        told = {key.rpartition("}")[2]: value for key, value in root.attrib.items()}
        top, _, bottom = told.get("frameRateMultiplier", "").replace(":", " ").partition(" ")
        frames = (positive(told.get("frameRate")) or FRAMES) * (positive(top) or 1) / (positive(bottom) or 1)
        ticks = positive(told.get("tickRate")) or (
            frames * (positive(told.get("subFrameRate")) or 1) if "frameRate" in told else 1.0
        )
        return cls({"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001, "f": 1 / frames, "t": 1 / ticks})

    def moment(self, value: str | None) -> float | None:
        """A time as seconds; None where it is none, or is one of no recording."""
        text = (value or "").strip()
        if clock := CLOCK.fullmatch(text):
            found = seconds(clock.groups()[:4]) + int(clock[5] or 0) * self.seconds["f"]
        elif counted := COUNTED.fullmatch(text):
            found = float(counted[1]) * self.seconds[counted[2] or "s"]
        else:
            return None
        return found if found <= LONGEST else None


def positive(written: str | None) -> float | None:
    """A whole number that is more than none; None for anything else."""
    text = (written or "").strip()
    return float(text) if re.fullmatch(r"\d{1,9}", text) and int(text) else None


def cues(root: Any) -> Iterator[Cue]:
    """The cues of subtitles, with the names of their agents."""
    agents = {identity(one): name_of(one) for one in root.iter("{*}agent")}
    units = Units.of(root)
    for body in root.iter("{*}body"):
        yield from within(body, None, None, units, agents)


def within(part: Any, outer: Cue | None, voice: str | None, units: Units, agents: Mapping[str, str]) -> Iterator[Cue]:
    """The cues of a part of a tree; `outer`, `voice`: the time and the voice of what holds it, None without one."""
    timed = timed_by(part, outer, units)
    voice = voice_of(part, agents) or voice
    if local(part) == "p":
        runs: list[Run] = [(timed, voice, [])]
        gather(part, runs, units, agents)
        for cue, said_by, pieces in runs:
            text = "".join(pieces)
            if cue is not None and text.strip():
                yield replace(cue, text=text, voice=said_by)
        return
    for child in part:
        yield from within(child, timed, voice, units, agents)


def gather(part: Any, runs: list[Run], units: Units, agents: Mapping[str, str]) -> None:
    """Add the words in a paragraph to its runs; a span with its own time or voice begins one."""
    cue, voice, pieces = runs[-1]
    pieces.append(collapsed(part.text))
    for child in part:
        tag = local(child)
        if tag == "br":
            runs[-1][2].append("\n")
        elif tag and tag not in UNSAID:
            own, named = timed_by(child, cue, units), voice_of(child, agents) or voice
            if own != cue or named != voice:
                runs.append((own, named, []))
            gather(child, runs, units, agents)
            if named != voice:
                runs.append((runs[-1][0], voice, []))
        runs[-1][2].append(collapsed(child.tail))


def timed_by(part: Any, outer: Cue | None, units: Units) -> Cue | None:
    """When a part is shown: its own times count from the beginning of what holds it; None where none is told."""
    begin, end, lasting = (units.moment(part.get(name)) for name in ("begin", "end", "dur"))
    if begin is None and (end is None or outer is None) and lasting is None:
        return outer
    base = outer.start if outer else 0.0
    start = base + (begin or 0.0)
    if lasting is not None:
        return Cue(start, start + lasting, "")
    return Cue(start, base + end if end is not None else (outer.end if outer else start), "")


def voice_of(part: Any, agents: Mapping[str, str]) -> str | None:
    """The name of the agent of a part; None where none is told."""
    told = (value for key, value in part.attrib.items() if key.rpartition("}")[2] == "agent")
    return next((name for value in told for one in value.split() if (name := agents.get(one))), None)


def identity(agent: Any) -> str:
    """By what the parts of a document call an agent."""
    return next((value for key, value in agent.attrib.items() if key.rpartition("}")[2] == "id"), "")


def name_of(agent: Any) -> str:
    """The name of an agent, the full one where it has several."""
    names = sorted(agent.iter("{*}name"), key=lambda name: name.get("type") != "full")
    return " ".join("".join(names[0].itertext() if names else agent.itertext()).split())


def collapsed(words: str | None) -> str:
    """Words on one line, with a space where white space stands at their edges."""
    return re.sub(r"\s+", " ", words or "")


def local(element: Any) -> str:
    """The name of an element without its namespace; nothing of what is none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""

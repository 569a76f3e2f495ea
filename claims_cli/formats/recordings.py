"""What is said in a recording: the cues of subtitles, captions and what machines hear, as turns with their seconds.

What stands on the screen a line at a time is joined to what somebody says: cues of one voice are one paragraph, under
the name of the voice where one is told, and the second at which each begins is kept (`Document.times`).
"""

import html
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from claims_cli.claim import Block, Document
from claims_cli.errors import InputError

TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>|<\d[\d:.]{0,20}>|\{\\[^{}\n]{0,100}\}")
MARK = re.compile(r">{2,3}\s?|[-–—]\s?(?=[\"“'‘\[(]?[^\W\d_a-z])")
WORD = r"[^\W_][\w.'’-]{0,40}"
NAMES = rf"{WORD}(?: {WORD}){{0,5}}"
ROLE = r"(?: \([^()\n]{1,60}\))?(?:, [^:\n]{1,60})?"
LABEL = re.compile(rf"(?:[\[(](?P<set>{NAMES})[\])](?P<colon>:)?|(?P<name>{NAMES})(?P<role>{ROLE}):)(?:\s+|$)")
BRACKETS = re.compile(r"(?<!\s)\s*+[\[(]([^\[\]()]{1,80})[\])]")
HEARD = re.compile(r"[\s♪♫#>-]*(?:[\[(][^\[\]()]{1,80}[\])][\s♪♫#]*)*")
SUNG = re.compile(r"[♪♫][^♪♫]{0,200}[♪♫]+|^[♪♫].{0,200}")
SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*$")
LONGEST = 10_000_000  # seconds
PAUSE = 2.0  # seconds between two sentences of a voice that begin a paragraph
MOST_SHOWN = 8  # lines on the screen at once
ROLLING = 0.5  # seconds after which a line that comes again is said again
LONGEST_JOINING = 3  # letters of a word in small letters inside a name (`van der`)
MOST_SHOUTED = 0.8
UNKNOWN = ""  # the voice of somebody of whom it is only told that he is another one


@dataclass(frozen=True)
class Cue:
    """What stands on the screen at once.

    Attributes:
        start, end: seconds from the start of the recording.
        voice: who says it, where that is told; `UNKNOWN` where it is told that somebody else speaks, but not who.
        begins: whether another one than in the cue before begins to speak, whatever he is called.
    """

    start: float
    end: float
    text: str
    voice: str | None = None
    begins: bool = False


@dataclass(frozen=True)
class Line:
    """One line of a cue.

    Attributes:
        mark: whether it has the mark of somebody who begins to speak; label: what may name him.
    """

    cue: Cue
    words: str
    mark: bool = False
    label: re.Match | None = None

    @property
    def name(self) -> str:
        """The words of the label."""
        return (self.label["set"] or self.label["name"]) if self.label else ""

    @property
    def voice(self) -> str:
        """The name with the office behind it."""
        return self.name + ((self.label["role"] or "") if self.label else "")

    @property
    def rest(self) -> str:
        """What is said, if the label is one."""
        return self.words[self.label.end() :] if self.label else self.words


def seconds(parts: Sequence[str | None]) -> float:
    """Hours, minutes, seconds and their fraction as seconds."""
    hours, minutes, whole, fraction = parts
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(whole or 0) + float(f"0.{fraction or 0}")


def document(file: Document, cues: Iterable[Cue], url: str | None = None) -> Document:
    """The document of a recording: a paragraph a turn.

    Raises:
        InputError: nobody says anything.
    """
    pieces: list[str] = []
    times: list[tuple[int, int]] = []
    told: list[Block] = []
    length, voice, before = 0, None, None
    for cue in spoken(sorted(cues, key=lambda cue: cue.start)):
        new_voice = before is None or cue.voice != voice or cue.begins
        if new_voice or is_new_paragraph(before, cue):
            gap = "\n\n" if pieces else ""
            label = f"{cue.voice}: " if cue.voice and new_voice else ""
            pieces += [gap, label]
            length += len(gap)
            if label or (new_voice and told and cue.voice == UNKNOWN):
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
    return replace(file, text="".join([*pieces, "\n"]), blocks=tuple(told), times=tuple(times), url=url or file.url)


def is_new_paragraph(before: Cue | None, cue: Cue) -> bool:
    """Whether a sentence of the same voice begins after a pause."""
    return before is None or (cue.start - before.end >= PAUSE and SENTENCE_END.search(before.text) is not None)


def spoken(cues: Iterable[Cue]) -> Iterator[Cue]:
    """What is said, on one line a cue; what the screen still shows of the cue before, and what is only heard, is out.

    Where voices are told, a cue without one is of that of the cue before; a mark that somebody else speaks ends it.
    """
    lines = list(shown(cues))
    names = voices_by_colon(lines)
    alone = {line.words.casefold() for line in lines if HEARD.fullmatch(line.words)}
    voice: str | None = None
    given: Cue | None = None
    begins = False
    for line in lines:
        if line.cue is not given:
            voice, given = line.cue.voice or voice, line.cue
        words = line.words
        if line.name and key(line.name) in names and line.cue.voice is None:
            voice, words, begins = line.voice, line.rest, False
        elif line.mark:
            voice = line.cue.voice or UNKNOWN
            begins = voice == UNKNOWN
        words = without_sounds(words, alone)
        if words:
            yield Cue(line.cue.start, line.cue.end, words, voice, begins)
            begins = False


def shown(cues: Iterable[Cue]) -> Iterator[Line]:
    """The lines of cues that the cue before did not show already, without their markup."""
    before: list[str] = []
    end = 0.0
    for cue in cues:
        lines = [" ".join(html.unescape(TAG.sub("", line)).split()) for line in cue.text.split("\n")]
        lines = [line for line in lines if line]
        is_rolling = cue.voice is None and cue.start - end < ROLLING
        for line in lines[overlap(before, lines) if is_rolling else 0 :]:
            mark = MARK.match(line)
            words = line[mark.end() :] if mark else line
            yield Line(cue, words, mark is not None, label_of(words, mark is not None))
        before, end = lines, cue.end


def label_of(words: str, has_mark: bool) -> re.Match | None:
    """What may name who speaks at the head of a line; an office behind a comma only where the name is set off, for
    sentences go on so too (`In May, he said: no`)."""
    found = LABEL.match(words)
    is_loose = found is not None and (found["role"] or "").rpartition(")")[2] and not found["name"].isupper()
    return None if is_loose and not has_mark else found


def voices_by_colon(lines: Sequence[Line]) -> set[str]:
    """The keys of the names before what is said: by their marks, their capitals, their words, or how they come again.

    A lone word with a colon is one only where it comes again, or others have labels (`Warning:` is none).
    """
    found = [line for line in lines if line.name and line.cue.voice is None and is_like_name(line.name)]
    with_colon = [line for line in found if line.label and (line.label["name"] or line.label["colon"])]
    times = Counter(key(line.name) for line in with_colon)
    letters = [letter for line in lines for letter in line.words if letter.isalpha()]
    is_shouted = sum(map(str.isupper, letters)) > MOST_SHOUTED * len(letters)
    names = {key(line.name) for line in with_colon if times[key(line.name)] > 1 or is_clear(line, is_shouted)}
    if sum(times[name] for name in names) > 1:
        names |= set(times)
    return names | {name for name, number in set_apart(found, names).items() if number > 1}


def set_apart(lines: Iterable[Line], names: Collection[str]) -> Counter[str]:
    """How often several words in brackets stand before what is said that tell of no sound (`(ANN ROWE) No.`)."""
    several = (line for line in lines if " " in line.name and line.rest and not is_sound(line.name))
    return Counter(key(line.name) for line in several if key(line.name) not in names)


def is_like_name(name: str) -> bool:
    """Whether words may name somebody: capitals, with short words or a number among them."""
    first, *others = name.split(" ")
    if not first[0].isupper():
        return False
    is_short = (word[0].isupper() or word.isdigit() or len(word) <= LONGEST_JOINING for word in others)
    return all(is_short) and not (others and others[-1].islower())


def is_clear(line: Line, is_shouted: bool) -> bool:
    """Whether a label is one by how it is written."""
    assert line.label is not None
    capitals = not is_shouted and line.name.isupper() and len(line.name) > 1
    several = sum(word[0].isupper() for word in line.name.split(" ")) > 1
    return line.mark or line.label["set"] is not None or capitals or several


def key(name: str) -> str:
    """By what a name is known when it comes again."""
    return " ".join(name.casefold().split())


def without_sounds(line: str, alone: Collection[str]) -> str:
    """The words of a line that are said: what brackets tell is heard is out, what nobody understood stays.

    Args:
        alone: brackets that stand on lines of their own elsewhere, in small letters.
    """
    if HEARD.fullmatch(line):
        return ""

    def kept(match: re.Match) -> str:
        inner = match[1].strip()
        is_edge = match.start() == 0 or match.end() == len(line)
        heard = is_sound(inner) or match.group().strip().casefold() in alone or (is_edge and inner.isupper())
        return "" if heard and not is_unheard(inner) else match.group()

    return " ".join(BRACKETS.sub(kept, SUNG.sub("", line)).split()).strip("♪♫ ")


def is_sound(words: str) -> bool:
    """Whether words tell what is heard."""
    return not is_unheard(words) and not sounds()[0].isdisjoint(bare(words))


def is_unheard(words: str) -> bool:
    """Whether words tell that somebody was not understood."""
    return not sounds()[1].isdisjoint(bare(words))


def bare(words: str) -> Iterator[str]:
    """Words as lexicons have them."""
    return (word.strip(".,;:").casefold() for word in words.split())


@cache
def sounds() -> tuple[frozenset[str], frozenset[str]]:
    """The words that tell what is heard, and those that tell that somebody was not understood."""
    from claims_cli.rulebook import load_lexicon  # few files need it

    words = load_lexicon("turns")
    return words["turns.stage"], words["turns.unheard"]


def overlap(before: Sequence[str], lines: Sequence[str]) -> int:
    """How many lines at the head of a cue stood at the end of the one before."""
    return next(
        (size for size in range(min(len(before), len(lines), MOST_SHOWN), 0, -1) if before[-size:] == lines[:size]), 0
    )

"""GUM's interviews as transcripts: set as plain text in three ways, with the annotated speakers as gold.

`names` has `Nick Bos: ` before the words of a turn, `above` has `NICK BOS` on a line above them, `marks` has `Q: ` and
`A: `; the last only where one person answers, whom the title or one of the two paragraphs below it names. Who asks most
of his sentences is the asker. Captions are left out.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from benchmarks.gum import FOLDER
from benchmarks.transcripts import Label, Paragraph, Transcript
from claims_cli.formats import plain

LEAD = 3
BETWEEN_NAMES = re.compile(r"(?<=[a-z])(?<!Mc)(?<!Mac)(?=[A-Z])")


@dataclass
class Spoken:
    """A paragraph of an interview; `speaker` is None for what stands around the turns.

    Attributes:
        new_turn: whether a turn is marked to begin here.
    """

    speaker: str | None
    sentences: list[str]
    new_turn: bool
    is_caption: bool

    @property
    def text(self) -> str:
        return " ".join(self.sentences)


def interviews(setting: str) -> list[Transcript]:
    """All interviews in one of the settings."""
    read = {path.stem: list(spoken(path)) for path in sorted(FOLDER.glob("*_interview_*.conllu"))}
    if setting == "marks":
        read = {title: found for title, found in read.items() if len(speakers(found)) == 2 and names_answerer(found)}
    return [laid_out(name, found, SETTINGS[setting]) for name, found in read.items()]


def spoken(path: Path) -> Iterator[Spoken]:
    """The paragraphs of a text of the corpus, captions left out."""
    found: Spoken | None = None
    for sentence in path.read_text(encoding="utf-8").strip().split("\n\n"):
        told = {key: value for key, value in map(told_by, sentence.splitlines()) if key}
        speaker, block = name(told.get("speaker")), told.get("newpar_block")
        if found and block is None and speaker == found.speaker:
            found.sentences.append(told["text"])
            continue
        if found and not found.is_caption:
            yield found
        found = Spoken(speaker, [told["text"]], "sp who" in (block or ""), "figure" in (block or ""))
    if found and not found.is_caption:
        yield found


def told_by(line: str) -> tuple[str, str]:
    """What a line of comment tells: `# speaker = NickBos`."""
    key, _, value = line.removeprefix("# ").partition(" = ")
    return (key, value) if line.startswith("# ") else ("", "")


def name(speaker: str | None) -> str | None:
    """`Nick Bos` of `NickBos`."""
    return " ".join(BETWEEN_NAMES.split(speaker)) if speaker else None


def speakers(found: list[Spoken]) -> list[str]:
    """All who speak, the asker first: of whose sentences most are questions."""
    asked: dict[str, list[bool]] = {}
    for one in found:
        if one.speaker:
            asked.setdefault(one.speaker, []).extend(sentence.endswith("?") for sentence in one.sentences)
    return sorted(asked, key=lambda who: -sum(asked[who]) / len(asked[who]))


def names_answerer(found: list[Spoken]) -> bool:
    """Whether the title or one of the two paragraphs below it has the last name of who answers."""
    before = list(takewhile(lambda one: one.speaker is None, found))[:LEAD]
    return any(speakers(found)[-1].split()[-1] in one.text for one in before)


def as_name(who: str, asks: bool) -> tuple[Label, str]:
    return Label(who, who), ": "


def as_line(who: str, asks: bool) -> tuple[Label, str]:
    return Label(who.upper(), who), "\n"


def as_mark(who: str, asks: bool) -> tuple[Label, str]:
    return (Label("Q", None) if asks else Label("A", who)), ": "


SETTINGS = {"names": as_name, "above": as_line, "marks": as_mark}


def laid_out(title: str, found: list[Spoken], label_of: Callable[[str, bool], tuple[Label, str]]) -> Transcript:
    """An interview as plain text."""
    asker = speakers(found)[0]
    text, paragraphs, turn = "", [], 0
    last = None  # who spoke in the paragraph before
    for one in found:
        over = ""
        if one.speaker:
            label, apart = label_of(one.speaker, one.speaker == asker)
            first = one.new_turn or last != one.speaker
            turn += first
            over = f"{label.words}{apart}" if first else ""
            paragraphs.append(Paragraph(one.text, label, turn, first))
        text += f"{over}{one.text}\n\n"
        last = one.speaker
    return Transcript(plain.read(f"{title}.txt", text.encode()), paragraphs)

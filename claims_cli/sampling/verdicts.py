"""What coders wrote into sheets: words of many kinds into verdicts, and the verdicts of several into one."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from claims_cli.claim import QUOTES, TYPES
from claims_cli.errors import UsageError
from claims_cli.names import suggest
from claims_cli.rulebook import SHIPPED, RuleSources, load_lexicon
from claims_cli.sampling.draw import CLAIM, UNTOLD
from claims_cli.sampling.sheet import DECIDED, FILLED, SUFFIXES, Record, Table, read
from claims_cli.store.marks import Mark

RIGHT, WRONG, UNSURE = "right", "wrong", "unsure"
NAMINGS = ("named", "unnamed", "nobody")
JUDGED = ("claim", "speaker_right", "content_right")  # columns of verdicts
CHOSEN = {"type": TYPES, "quote": QUOTES, "naming": NAMINGS}  # columns that hold a word of ours
COMPARED = (*JUDGED, "type", "missed")  # in which coders are compared
KEY_COLUMNS = ("id", "unit", "stratum", "stratum_size", "found_type", "found_quote", "found_naming", "together")
BRAT_NOTE = re.compile(r"#\d+\tAnnotatorNotes (T\d+)\t([0-9a-f]{16})\b")
BRAT_ATTRIBUTE = re.compile(r"A\d+\t(\w+) (T\d+) (\S+)")
MOST = 99  # claims in a sentence


@dataclass(frozen=True)
class Words:
    """What coders may write, by what it means; folded."""

    groups: Mapping[str, frozenset[str]]

    @classmethod
    def load(cls, sources: RuleSources = SHIPPED) -> "Words":
        """The words of a rulebook.

        Raises:
            RulebookError: its lexicon is broken.
        """
        found = load_lexicon("verdicts", sources)
        return cls({name.partition(".")[2]: frozenset(map(folded, words)) for name, words in found.items()})

    def meaning(self, word: str, *groups: str) -> str | None:
        """Which of some groups a word is of."""
        return next((group for group in groups if folded(word) in self.groups[group]), None)

    def read(self, column: str, cell: str) -> str:
        """What a cell says; nothing for an empty one.

        Raises:
            ValueError: it says nothing that is known; what is, in words.
        """
        if not cell.strip() or column == "note":
            return cell.strip()
        if column == "missed":
            return self.number(cell)
        known = CHOSEN.get(column, ())
        if folded(cell) in known:
            return folded(cell)
        if column in JUDGED and (found := self.meaning(cell, RIGHT, WRONG, UNSURE)):
            return found
        if column not in JUDGED and self.meaning(cell, UNSURE):
            return UNSURE
        allowed = (*known, UNSURE) if known else (RIGHT, WRONG, UNSURE)
        raise ValueError(" ".join(filter(None, [suggest(folded(cell), allowed), f"write {', '.join(allowed)}"])))

    def number(self, cell: str) -> str:
        """How many claims a sentence holds that were missed.

        Raises:
            ValueError: it is no number.
        """
        if self.meaning(cell, UNSURE):
            return UNSURE
        if folded(cell).isdecimal() and int(cell) <= MOST:
            return str(int(cell))
        found = self.meaning(cell, "none", "one")
        if found is None:
            raise ValueError(f"write how many claims were missed there, 0 to {MOST}")
        return "0" if found == "none" else "1"


def folded(word: str) -> str:
    """A word without capitals and white space around it."""
    return " ".join(word.casefold().split()).replace("’", "'")


def verdicts_of(table: Table, words: Words) -> dict[str, Record]:
    """What a sheet says of each unit, by its id and column; only what is filled in.

    Raises:
        UsageError: a cell says nothing that is known, or a unit stands there twice.
    """
    found: dict[str, Record] = {}
    for number, row in table.rows:
        unit = row.get("id", "").strip()
        if unit in found:
            raise UsageError(f"{table.path} has the unit {unit} twice (row {number})", "leave each row once")
        found[unit] = {}
        for column in FILLED:
            try:
                said = words.read(column, row.get(column, ""))
            except ValueError as error:
                reason = f"row {number} of {table.path}: '{row[column].strip()}' is nothing for the column {column}"
                raise UsageError(reason, str(error)) from None
            if said:
                found[unit][column] = said
    return found


@dataclass(frozen=True)
class Judged:
    """A unit of a sample with what coders agree on.

    Attributes:
        stratum, size: what it was drawn from, and how many units that has.
        is_claim: whether it is a claim, and not a sentence without one.
        outlet, type, quote, naming: as the tool has them.
        together: how many claims were found in its sentence.
        said: by column what was decided; `unsure` and what coders differ in is left out.
    """

    id: str
    stratum: str
    size: int
    is_claim: bool
    outlet: str
    type: str
    quote: str
    naming: str
    together: int
    said: Mapping[str, str]

    def is_right(self, column: str) -> bool | None:
        """The verdict of a column; None where there is none."""
        return self.said[column] == RIGHT if column in self.said else None


@dataclass(frozen=True)
class Sample:
    """A sample that was judged.

    Attributes:
        units: all that were drawn, in the order of the key.
        disputed: how many cells coders differ in, that nobody has decided.
        unsure: how many cells say `unsure`.
        sheets: how many sheets, people who marked and brat folders were read beside the key.
    """

    units: tuple[Judged, ...]
    disputed: int = 0
    unsure: int = 0
    sheets: int = 0


def sheets_beside(key: Path) -> list[Path]:
    """The sheets of the coders of a sample, and of what was decided in the end (last)."""
    named = [path for path in key.parent.glob(f"{glob_safe(key.stem)}-*") if path.suffix.lower() in SUFFIXES]
    letters = [path for path in named if path.stem.removeprefix(f"{key.stem}-") in (*map(chr, range(65, 91)), DECIDED)]
    return sorted(letters, key=lambda path: (path.stem.endswith(f"-{DECIDED}"), path.name))


def glob_safe(name: str) -> str:
    """A name as a pattern that only it fits."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def of_marks(marks: Mapping[str, Iterable[Mark]]) -> list[dict[str, Record]]:
    """What each person who marked claims in a store says of them: `right` is right in its speaker too."""
    found: dict[str, dict[str, Record]] = {}
    for claim, given in marks.items():
        for mark in given:
            if mark.speaker:
                said = {"claim": RIGHT, "speaker_right": WRONG}
            elif mark.verdict:
                said = {"claim": mark.verdict, "speaker_right": mark.verdict}
            else:
                continue
            found.setdefault(mark.by, {})[claim] = said
    return list(found.values())


def of_brat(folder: Path, words: Words) -> list[dict[str, Record]]:
    """What stands in the attributes of a folder that `claims sample` wrote for brat; nothing of another folder.

    Raises:
        UsageError: a file cannot be read, or an attribute says nothing that is known.
    """
    found: dict[str, Record] = {}
    for path in sorted(folder.glob("*.ann")):
        try:
            lines = path.read_text(encoding="utf-8").split("\n")
        except (OSError, UnicodeDecodeError):
            raise UsageError(f"{path} cannot be read", "check the file") from None
        units = {note[1]: note[2] for line in lines if (note := BRAT_NOTE.match(line))}
        for number, line in enumerate(lines, 1):
            attribute = BRAT_ATTRIBUTE.match(line)
            if attribute and attribute[1] in FILLED and attribute[2] in units:
                try:
                    said = words.read(attribute[1], attribute[3])
                except ValueError as error:
                    raise UsageError(f"{path}:{number}: '{attribute[3]}' is no {attribute[1]}", str(error)) from None
                found.setdefault(units[attribute[2]], {})[attribute[1]] = said
    return [found] if found else []


def read_sample(key: Path, words: Words, marks: Mapping[str, Iterable[Mark]] | None = None) -> Sample:
    """A sample with the verdicts of the sheets or brat's files beside its key, of its own columns, and of marks.

    Raises:
        UsageError: a file cannot be read, or says nothing that is known.
    """
    table = read(key, KEY_COLUMNS)
    rows = {row["id"]: (number, row) for number, row in table.rows}
    own, decided = verdicts_of(table, words), {}
    given = [*of_marks(marks or {}), *of_brat(key.parent, words)]
    paths = sheets_beside(key)
    for path in paths:
        verdicts = verdicts_of(read(path), words)
        if strange := next((unit for unit in verdicts if unit not in rows), None):
            raise UsageError(f"{path} has the unit {strange}, which {key} has not", "it is of another sample")
        if path.stem.endswith(f"-{DECIDED}"):
            decided = verdicts
        else:
            given.append(verdicts)
    units, counts = [], {UNSURE: 0, "disputed": 0}
    for unit, (number, row) in rows.items():
        votes = [verdicts.get(unit, {}) for verdicts in given]
        said = {**joined(votes, counts, decided.get(unit, {})), **own[unit], **decided.get(unit, {})}
        counts[UNSURE] += sum(value == UNSURE for column, value in said.items() if column in COMPARED)
        units.append(judged(table.path, number, row, {c: value for c, value in said.items() if value != UNSURE}))
    return Sample(tuple(units), counts["disputed"], counts[UNSURE], len(given) + bool(decided))


def joined(votes: Iterable[Record], counts: dict[str, int], decided: Record) -> Record:
    """What all who said something agree on; what they differ in is counted, unless it was decided."""
    votes = list(votes)
    found = {}
    for column in FILLED:
        said = {vote[column] for vote in votes if column in vote}
        if len(said) == 1:
            found[column] = said.pop()
        elif said and column in COMPARED and column not in decided:
            counts["disputed"] += 1
    return found


def judged(path: Path, number: int, row: Record, said: Record) -> Judged:
    """A row of a key.

    Raises:
        UsageError: a number in it is none.
    """
    try:
        size, together = int(row["stratum_size"]), int(row["together"] or 0)
    except ValueError:
        raise UsageError(f"row {number} of {path}: a number of the sample was changed", "draw it again") from None
    unit = Judged(
        row["id"], row["stratum"], size, row["unit"] == CLAIM, row.get("outlet") or UNTOLD, row["found_type"],
        row["found_quote"], row["found_naming"], together, said,
    )  # fmt: skip
    return replace(unit, said=completed(unit))


def completed(unit: Judged) -> Mapping[str, str]:
    """What was said of a unit, and what follows: what is no claim is right in nothing."""
    if unit.is_claim and unit.said.get("claim") == WRONG:
        return {**unit.said, **dict.fromkeys(JUDGED, WRONG)}
    return unit.said

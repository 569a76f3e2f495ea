"""The claims that are leafed through, held so that every keystroke searches all of them.

A line of folded words of each claim is in memory; the claim itself is read from the store when it is shown.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims_cli.choice import Choice
from claims_cli.claim import INFERRED, Claim, Document
from claims_cli.codec import claim_of
from claims_cli.query import STRAIGHT_MARKS, in_order
from claims_cli.store.marks import Mark, joint_verdict, marks_of
from claims_cli.store.queries import Further
from claims_cli.store.reading import COLUMNS, Reader

NOBODY = ""  # the id under which claims stand whose speaker the text does not name
GONE = "(no longer in the store)"
SEARCHED = """SELECT number, claims.id, speaker, cue, content FROM chosen CROSS JOIN claims USING (number)
ORDER BY chosen.document, chosen.number"""
SPOKEN = "SELECT DISTINCT claim, speaker FROM chosen JOIN claim_speakers ON claim = chosen.number"


@dataclass(frozen=True)
class ListedVoice:
    """A speaker with the number of claims that are shown; `id` is None for all speakers together."""

    id: str | None
    name: str
    named: bool
    claims: int


@dataclass(frozen=True)
class ClaimRow:
    """What a list shows of a claim.

    Attributes:
        verdict: what people made of it together; noted: whether there is a note, or another speaker.
        inferred: whether the speaker is not named beside the cue; article: its title, or the document's name.
    """

    speaker: str | None
    named: bool
    statement: str
    verdict: str | None
    noted: bool
    inferred: bool = False
    article: str = ""


class ClaimList:
    """The claims that options ask for, by their place in the order of the documents, or in the order asked for.

    Args:
        reader: asks the store that has them.
        choice, further: which of them; the tally then counts those that are not shown.
    """

    def __init__(self, reader: Reader, choice: Choice, further: Further):
        self.reader = reader
        reader.narrow(choice, further)
        rows = reader.connection.execute(SEARCHED).fetchall()
        rows = self.arranged(rows, choice)[: choice.query.limit]
        self.numbers = [row[0] for row in rows]
        self.ids = [row[1] for row in rows]
        self.texts = [folded("\n".join(words or "" for words in row[2:])) for row in rows]
        spoken: dict[int, list[str]] = defaultdict(list)
        for number, speaker in reader.connection.execute(SPOKEN):
            spoken[number].append(speaker)
        self.speakers: list[Sequence[str]] = [spoken.get(number, (NOBODY,)) for number in self.numbers]
        self.names = {one.id: (one.name, one.named) for one in reader.identities()}

    def arranged(self, rows: list[tuple], choice: Choice) -> list[tuple]:
        """Rows in the order that is asked for."""
        if not choice.query.order:
            return rows
        claims = list(self.reader.fitting(choice))
        by_claim = {(claim.doc, claim.id): row for claim, row in zip(claims, rows, strict=True)}
        return [by_claim[claim.doc, claim.id] for claim in in_order(claims, choice.query.order)]

    def __len__(self) -> int:
        return len(self.numbers)

    def holding(self, wanted: str) -> list[int]:
        """The places of the claims whose speaker, statement and cue hold every one of some words, or parts of words."""
        words = folded(wanted).split()
        places: Iterable[int] = range(len(self.texts))
        for word in words:
            texts = self.texts
            places = [place for place in places if word in texts[place]]
        return list(places)

    def voices(self, places: Sequence[int], kept: str | None) -> list[ListedVoice]:
        """All together, then who speaks at some places, most claims first; and the one that is `kept` in any case."""
        counts = Counter(speaker for place in places for speaker in self.speakers[place])
        if kept is not None:
            counts.setdefault(kept, 0)
        named = {NOBODY: ("(nobody named)", False), **self.names}
        found = [ListedVoice(one, *named[one], claims) for one, claims in counts.items()]
        found.sort(key=lambda voice: (-voice.claims, voice.name.casefold(), voice.id))
        return [ListedVoice(None, "everybody", True, len(places)), *found]

    def said_by(self, voice: str | None, places: list[int]) -> list[int]:
        """Those of some places where a speaker speaks."""
        return places if voice is None else [place for place in places if voice in self.speakers[place]]

    def row(self, place: int) -> ClaimRow:
        """What a list shows of the claim at a place."""
        found = self.found("speaker, named, content, speaker_basis, coalesce(title, doc)", place)
        if found is None:
            return ClaimRow(None, False, GONE, None, False)
        speaker, named, statement, basis, article = found
        marks = self.marks(place)
        return ClaimRow(
            speaker,
            bool(named),
            statement,
            joint_verdict(marks),
            any(mark.note or mark.speaker for mark in marks),
            basis in INFERRED,
            article,
        )

    def claim(self, place: int) -> Claim | None:
        """The claim at a place; None where another run has taken it out of the store since."""
        found = self.found(", ".join(COLUMNS), place)
        return None if found is None else claim_of(found)

    def found(self, columns: str, place: int) -> tuple | None:
        """Columns of the claim at a place; its id is asked for too, as numbers are given again."""
        query = f"SELECT {columns} FROM claims WHERE number = ? AND id = ?"
        return self.reader.connection.execute(query, (self.numbers[place], self.ids[place])).fetchone()

    def document(self, claim: Claim) -> Document:
        """The document of a claim; its text is empty where only its claims were exported."""
        return self.reader.document(claim.doc)

    def same_as(self, claim: Claim) -> list[Claim]:
        """The other claims of the store that are the same statement as one."""
        return self.reader.same_as(claim)

    def marks(self, place: int) -> list[Mark]:
        """What people made of the claim at a place."""
        return self.reader.marks_on(self.ids[place])

    def see_marks(self) -> None:
        """Read again what people made of claims."""
        self.reader.marks = marks_of(self.reader.connection)


def folded(text: str) -> str:
    """Text as it is searched: small letters without accents, quotation marks and apostrophes straight."""
    text = text.casefold()
    if text.isascii():
        return text
    letters = unicodedata.normalize("NFKD", text.translate(STRAIGHT_MARKS))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))

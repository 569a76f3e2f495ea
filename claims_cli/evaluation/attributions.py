"""One attribution as it is compared, whoever found it: where its source, cue and content stand."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from claims_cli.claim import Claim, Document, Offsets
from claims_cli.errors import AnnotationError
from claims_cli.outputs.escapes import clean

LONGEST_SHOWN = 60
NEAR = 2000
COUNTED = "offsets count characters from 0, a byte-order mark left out, a Windows line end as two"


@dataclass(frozen=True, eq=False)
class Attribution:
    """One attribution.

    Attributes:
        source, cue, content: ``(start, end)`` of each piece in code points of the document's text, in order, end
            exclusive; empty where there is none.
        stated: the values of further fields of the claim record, by their names; of an annotation only those it gives.
        place: ``FILE:LINE`` of an annotation; empty for a claim that was found.
        claim: the claim that was found; None for an annotation.
    """

    source: Offsets
    cue: Offsets
    content: Offsets
    stated: dict[str, Any] = field(default_factory=dict)
    place: str = ""
    claim: Claim | None = None

    @property
    def start(self) -> int:
        """Where it begins: the first character of the cue, or of the content where there is no cue."""
        return (self.cue or self.content)[0][0]


@dataclass
class AnnotationReading:
    """What an annotation file says of a text.

    Attributes:
        attributions: in the order of the file.
        errors: what could not be read.
        aside: how many entries were left out though nothing is wrong with them, by what they are.
    """

    attributions: list[Attribution] = field(default_factory=list)
    errors: list[AnnotationError] = field(default_factory=list)
    aside: Counter = field(default_factory=Counter)


def shown(text: str) -> str:
    """Words of a text for a message: on one line, quoted, long ones cut."""
    short = clean(text[: 10 * LONGEST_SHOWN])
    return f"'{short if len(short) <= LONGEST_SHOWN else short[: LONGEST_SHOWN - 1] + '…'}'"


def squeezed(text: str) -> str:
    """A text without its white space, which annotation tools and spreadsheets change."""
    return "".join(text.split())


def ordered(pieces: list[tuple[int, int]]) -> Offsets:
    """Offsets in the order of the text, each once."""
    return tuple(sorted(set(pieces)))


def check(
    error: Callable[[str, str], AnnotationError],
    what: str,
    document: Document,
    pieces: list[tuple[int, int]],
    words: str | None,
    joiner: str,
) -> None:
    """Check that pieces stand in a document's text, and that they are the words that the annotation gives.

    Args:
        error: makes an error of a reason and a remedy.
        what: the name of the annotated span.
        words: as the annotation gives them, the pieces joined by `joiner`; None where it gives none.

    Raises:
        AnnotationError: they do not, or are not.
    """
    length = len(document.text)
    for start, end in pieces:
        if not 0 <= start < end:
            raise error(f"{what} goes from {start} to {end}", "the end must be greater than the start")
        if end > length:
            reason = f"{what} ends at {end}, but {document.path} has {length} characters"
            raise error(reason, f"annotate this text anew, or give the text that was annotated; {COUNTED}")
    if words is None:
        return
    there = joiner.join(document.text[start:end] for start, end in pieces)
    if squeezed(words) != squeezed(there):
        places = ";".join(f"{start}-{end}" for start, end in pieces)
        reason = f"{what} is {shown(words)}, but at {places} of {document.path} stands {shown(there)}"
        raise error(reason, f"{elsewhere(document.text, words, pieces)}{COUNTED}")


def elsewhere(text: str, words: str, pieces: list[tuple[int, int]]) -> str:
    """Where words stand that do not stand where they should, if that is near."""
    if not words or len(pieces) > 1:
        return ""
    start = pieces[0][0]
    after = text.find(words, start, start + NEAR + len(words))
    before = text.rfind(words, max(0, start - NEAR), start + len(words))
    place = min((place for place in (after, before) if place >= 0), key=lambda place: abs(place - start), default=None)
    return "" if place is None else f"these words stand at {place}-{place + len(words)}; "

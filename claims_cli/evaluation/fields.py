"""The further fields of a claim that are compared where an annotation states them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from claims_cli.claim import KINDS, QUOTES, TYPES, Claim, Span
from claims_cli.evaluation.words import Words, same_source
from claims_cli.names import folded_name

UNSTATED = object()
VOICES = 'wants a list of names, or of objects {"speaker": …}'


@dataclass(frozen=True)
class Field:
    """How one field is compared.

    Attributes:
        of: its value in a claim.
        read: its value from JSON, `UNSTATED` for none; a `ValueError` says what it wants. None for a span, whose value
            is its pieces.
        same: whether an annotated value (first) and a found one are the same.
    """

    of: Callable[[Claim], Any]
    read: Callable[[Any], Any] | None
    same: Callable[[Any, Any, Words], bool]


def read_name(value: Any) -> str | None:
    """A speaker's name; None says that nobody is named."""
    if value is not None and not isinstance(value, str):
        raise ValueError("wants a name")
    return printable(value) or None


def read_truth(value: Any) -> Any:
    """True or false."""
    if value is None:
        return UNSTATED
    if not isinstance(value, bool):
        raise ValueError("wants true or false")
    return value


def read_one_of(names: tuple[str, ...]) -> Callable[[Any], Any]:
    """One of a field's values."""

    def read(value: Any) -> Any:
        if value is None:
            return UNSTATED
        if value not in names:
            raise ValueError(f"wants one of {', '.join(names)}")
        return value

    return read


def read_voices(value: Any) -> Any:
    """The names of the voices between the reader and the speaker: names, or objects with a `speaker`."""
    if value is None:
        return UNSTATED
    if not isinstance(value, list):
        raise ValueError(VOICES)
    names = [item.get("speaker") if isinstance(item, dict) else item for item in value]
    if not all(isinstance(name, str | None) for name in names):
        raise ValueError(VOICES)
    return tuple(printable(name) for name in names)


def printable(text: str | None) -> str:
    """A text that can be written as UTF-8: half a character that JSON spelt becomes a question mark."""
    return (text or "").encode("utf-8", "replace").decode("utf-8")


def equal(one: Any, other: Any, words: Words) -> bool:
    """The same value."""
    return one == other


def same_name(one: str | None, other: str | None, words: Words) -> bool:
    """The same name, whatever its capitals, accents, apostrophes and hyphens."""
    return folded_name(one or "") == folded_name(other or "")


def same_names(one: tuple[str, ...], other: tuple[str, ...], words: Words) -> bool:
    """The same names in the same order."""
    return list(map(folded_name, one)) == list(map(folded_name, other))


def overlapping(one: Any, other: Any, words: Words) -> bool:
    """Spans that overlap as two sources must that are the same."""
    return same_source(words.inside(one), words.inside(other))


def plain_field(name: str, read: Callable[[Any], Any]) -> Field:
    """A field whose value is the same or not."""
    return Field(lambda claim: getattr(claim, name), read, equal)


def span_field(name: str) -> Field:
    """A field that is a span."""

    def pieces(claim: Claim) -> Any:
        span: Span | None = getattr(claim, name)
        return span.spans if span else ()

    return Field(pieces, None, overlapping)


FIELDS = {
    "speaker": Field(lambda claim: claim.speaker, read_name, same_name),
    "speaker_kind": plain_field("speaker_kind", read_one_of(KINDS)),
    "named": plain_field("named", read_truth),
    "type": plain_field("type", read_one_of(TYPES)),
    "quote": plain_field("quote", read_one_of(QUOTES)),
    "negated": plain_field("negated", read_truth),
    "addressee": span_field("addressee"),
    "medium": span_field("medium"),
    "when": span_field("when"),
    "via": Field(lambda claim: tuple(voice.speaker or "" for voice in claim.via), read_voices, same_names),
}


def values_of(claim: Claim) -> dict[str, Any]:
    """The values of a claim's fields as they are compared."""
    return {name: field.of(claim) for name, field in FIELDS.items()}


def is_compared(annotated: Any, found: Any) -> bool:
    """Whether there is anything to compare: one of the two at least has a value."""
    return not (annotated in (None, ()) and found in (None, ()))

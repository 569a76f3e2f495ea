"""Claims as JSON Lines (the claim record, one object a line) and as one JSON list."""

from collections.abc import Iterable
from typing import TextIO

from claims_cli.claim import Claim
from claims_cli.outputs.columns import ENCODE
from claims_cli.outputs.escapes import CONTROL, DIRECTION
from claims_cli.outputs.layout import Layout

ESCAPED = {code: f"\\u{code:04x}" for code in (*CONTROL, *DIRECTION)}


def write_lines(claims: Iterable[Claim], stream: TextIO, layout: Layout) -> None:
    """One object a line."""
    for claim in claims:
        stream.write(encode(claim, layout) + "\n")


def write_list(claims: Iterable[Claim], stream: TextIO, layout: Layout) -> None:
    """One list, an object a line."""
    opening = "[\n"
    for claim in claims:
        stream.write(opening + encode(claim, layout))
        opening = ",\n"
    stream.write("[]\n" if opening == "[\n" else "\n]\n")


def encode(claim: Claim, layout: Layout) -> str:
    """A claim as JSON: control characters and marks of direction as escapes, which a reader of JSON turns back."""
    record = claim.to_json()
    if layout.marks:
        record.update(mark=claim.mark, note=claim.note)
    text = ENCODE(record)
    return text if text.isprintable() else text.translate(ESCAPED)

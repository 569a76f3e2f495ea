"""Claims as JSON Lines (the claim record, one object a line) and as one JSON list."""

import json
from collections.abc import Iterable
from typing import TextIO

from claims_cli.claim import Claim


def write_lines(claims: Iterable[Claim], stream: TextIO) -> None:
    """One object a line."""
    for claim in claims:
        stream.write(encode(claim) + "\n")


def write_list(claims: Iterable[Claim], stream: TextIO) -> None:
    """One list, an object a line."""
    opening = "[\n"
    for claim in claims:
        stream.write(opening + encode(claim))
        opening = ",\n"
    stream.write("[]\n" if opening == "[\n" else "\n]\n")


def encode(claim: Claim) -> str:
    """A claim as JSON; what is no valid Unicode is written as an escape."""
    text = json.dumps(claim.to_json(), ensure_ascii=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(claim.to_json())
    return (
        text.replace("\x7f", "\\u007f")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
        .replace("\x85", "\\u0085")
    )

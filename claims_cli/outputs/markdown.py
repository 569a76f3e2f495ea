"""Claims as a Markdown table (GitHub's flavour): white space collapsed, every mark-up character escaped."""

import re
from collections.abc import Iterable
from typing import TextIO

from claims_cli.claim import Claim
from claims_cli.outputs.columns import LINK, row
from claims_cli.outputs.delimited import text_of
from claims_cli.outputs.escapes import clean
from claims_cli.outputs.layout import Layout

MARK_UP = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_{}[]<>|~&#$@"})
WWW = re.compile(r"(www)\.", re.IGNORECASE)


def escaped(text: str) -> str:
    """Text that Markdown shows as it is; what would become a link of itself stays text."""
    shown = clean(text).translate(MARK_UP).replace("://", "\\://")
    return WWW.sub(r"\1\\.", shown) if "www." in shown.lower() else shown


def write(claims: Iterable[Claim], stream: TextIO, layout: Layout) -> None:
    """A header, then a row a claim."""
    stream.write(line([column.replace("_", "\\_") for column in layout.columns]))
    stream.write(line(["---"] * len(layout.columns)))
    for claim in claims:
        cells = zip(layout.columns, map(text_of, row(claim, layout.columns)), strict=True)
        stream.write(line([shown(column, text) for column, text in cells]))


def shown(column: str, text: str) -> str:
    """A cell; the link to the words is made to be followed, and holds no character that means something here."""
    return f"<{text}>" if column == LINK and text else escaped(text)


def line(cells: list[str]) -> str:
    """One row."""
    return f"| {' | '.join(cells)} |\n"

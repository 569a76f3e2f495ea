"""Markdown files: plain text, whose front matter (YAML between lines of dashes) tells title, author, date, address."""

import re
from dataclasses import replace
from typing import Any

import yaml

from claims_cli.claim import Document
from claims_cli.formats import plain
from claims_cli.formats.dates import iso_date
from claims_cli.formats.options import FIELDS, Columns, FormatOptions, folded_column

FRONT = re.compile(r"---[ \t]*\r?\n(?P<matter>.{0,20000}?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.S)


def read(path: str, data: bytes, options: FormatOptions, *, mend: bool = True) -> Document:
    """The document of a Markdown file; its front matter, whose keys are called as columns are, is furniture.

    Raises:
        InputError: the bytes are no text, or there is nothing in them.
    """
    document = plain.read(path, data, options.encoding, mend=mend)
    match = FRONT.match(document.text)
    told = mapping(match["matter"]) if match else {}
    if match is None or not told:
        return document
    fields: dict[str, Any] = {field: first_of(told, field, options.columns) for field in FIELDS}
    return replace(document, furniture=((0, match.end()),), **{**fields, "date": iso_date(fields["date"])})


def mapping(matter: str) -> dict[str, Any]:
    """Front matter as keys and values; nothing where it is no map, or no YAML."""
    try:
        told = yaml.load(matter, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def first_of(told: dict[str, Any], field: str, columns: Columns) -> str | None:
    """The first value for a field, as one line; several authors with a semicolon between them."""
    for key, value in told.items():
        if folded_column(str(key)) in columns[field]:
            parts = value if isinstance(value, list) else [value]
            words = "; ".join(" ".join(part.split()) for part in parts if isinstance(part, str))
            if words:
                return words
    return None

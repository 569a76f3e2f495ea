"""Markdown files: plain text, whose front matter (YAML between lines of dashes) tells title, author, date, address."""

import re
from dataclasses import replace
from typing import Any

import yaml

from claims_cli.claim import Document
from claims_cli.formats import plain
from claims_cli.formats.dates import iso_date

FRONT = re.compile(r"---[ \t]*\r?\n(?P<matter>.{0,20000}?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.S)
KEYS = {
    "title": ("title",),
    "author": ("author", "authors", "byline", "by"),
    "date": ("date", "published", "published_time", "pubdate", "created"),
    "url": ("url", "source_url", "canonical_url", "link", "source"),
    "outlet": ("outlet", "publication", "publisher", "site"),
}


def read(path: str, data: bytes, encoding: str | None = None) -> Document:
    """The document of a Markdown file, read as `encoding` where one is given; its front matter is furniture.

    Raises:
        InputError: the bytes are no text, or there is nothing in them.
    """
    document = plain.read(path, data, encoding)
    match = FRONT.match(document.text)
    if match is None:
        return document
    told = mapping(match["matter"])
    if not told:
        return document
    fields: dict[str, Any] = {field: first_of(told, keys) for field, keys in KEYS.items()}
    fields["date"] = iso_date(fields["date"])
    return replace(document, furniture=((0, match.end()),), **fields)


def mapping(matter: str) -> dict[str, Any]:
    """Front matter as keys and values; nothing where it is no map, or no YAML."""
    try:
        told = yaml.load(matter, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        return {}
    return {str(key).lower(): value for key, value in told.items()} if isinstance(told, dict) else {}


def first_of(told: dict[str, Any], keys: tuple[str, ...]) -> str | None:
    """The first value among some keys, as one line; several authors with a semicolon between them."""
    for key in keys:
        value = told.get(key)
        if isinstance(value, list):
            value = "; ".join(part for part in value if isinstance(part, str))
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return None

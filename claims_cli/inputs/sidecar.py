"""A table that the user keeps beside the documents (`--meta`): whose title, outlet, author, date … it tells."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from claims_cli.claim import Document
from claims_cli.errors import InputError, UsageError
from claims_cli.formats import plain
from claims_cli.formats.delimited import records, table
from claims_cli.formats.options import FIELDS, SECTION, Columns, folded_column
from claims_cli.formats.rows import TableRow
from claims_cli.inputs.sources import Input, data_of

PART = re.compile(r"[/!]")


@dataclass(frozen=True)
class Sidecar:
    """What is known of documents, by their names or the ends of their names.

    Attributes:
        fields: title, outlet, author, date, url and section by the name that a row gives, or by its address where it
            gives no name; only what is filled.
    """

    fields: Mapping[str, Mapping[str, str]]

    @classmethod
    def load(cls, path: Path, columns: Columns) -> "Sidecar":
        """Read the table: CSV, or TSV by its suffix.

        Raises:
            UsageError: it cannot be read, or does not say whose its rows are.
        """
        name = str(path)
        try:
            text = plain.decoded(name, data_of(Input(name, path))).text
            delimiter = "\t" if path.suffix.lower() in (".tsv", ".tab") else None
            rows = list(rows_of(name, text, delimiter))
        except InputError as error:
            raise UsageError(f"--meta {error.path}: {error.reason}", error.remedy) from None
        fields: dict[str, dict[str, str]] = {}
        for row in rows:
            cells = {group: first_filled(row, columns[group]) for group in ("path", *FIELDS, SECTION)}
            document = cells.pop("path").removeprefix("./") or cells["url"]
            if document:
                fields.setdefault(document, {group: cell for group, cell in cells.items() if cell})
        if not fields:
            remedy = "call it path, doc or url, and fill it"
            raise UsageError(f"--meta {name} has no column that names documents", remedy)
        return cls(fields)

    def name_of(self, path: str, url: str | None = None) -> str | None:
        """The name under which the table has a document: the longest that fits its path, or its address; else None."""
        path = path.removeprefix("./")
        ends = (path[start:] for start in [0, *(match.end() for match in PART.finditer(path))])
        return next((end for end in (*ends, url) if end in self.fields), None)

    def applied(self, document: Document) -> Document:
        """The document with what the table tells of it, which goes before what it tells of itself."""
        name = self.name_of(document.path, document.url)
        if name is None:
            return document
        fields: dict[str, Any] = dict(self.fields[name])
        section = fields.pop(SECTION, None)
        if section:
            others = ((key, value) for key, value in document.metadata if folded_column(key) != SECTION)
            fields["metadata"] = ((SECTION, section), *others)
        return replace(document, **fields)

    def unused(self, used: Collection[str | None]) -> list[str]:
        """The names that are not among those that were used."""
        return [name for name in self.fields if name not in used]


def rows_of(name: str, text: str, delimiter: str | None) -> Iterator[TableRow]:
    """The rows of the table.

    Raises:
        InputError: one cannot be read.
    """
    for row in table(name, records(name, text, delimiter)):
        if isinstance(row, InputError):
            raise row
        yield row


def first_filled(row: TableRow, names: frozenset[str]) -> str:
    """The first cell that is filled, of columns of these names."""
    return next((value.strip() for key, value in row.cells if folded_column(key) in names and value.strip()), "")

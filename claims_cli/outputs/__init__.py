"""Claims → files and tables: one table of formats, from which the command line takes its choices."""

import importlib.util
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims_cli.claim import Claim
from claims_cli.codec import all_columns
from claims_cli.errors import UsageError
from claims_cli.inputs import own
from claims_cli.names import one_of
from claims_cli.outputs import (
    brat,
    csvw,
    follow_the_money,
    html,
    inception,
    label_studio,
    parquet,
    schema_org,
    table,
    web_annotation,
    workbook,
)
from claims_cli.outputs.background import Background
from claims_cli.outputs.columns import READ, cells
from claims_cli.outputs.escapes import Screen
from claims_cli.outputs.files import whole_file, whole_folder
from claims_cli.outputs.layout import Layout
from claims_cli.outputs.tables import Rows, writers


@dataclass(frozen=True)
class OutputFormat:
    """One way to write claims.

    Attributes:
        write: writes claims to a stream; takes a `Background` too where the format shows texts.
        suffixes: of the files that are taken to be of this format.
        has_columns: whether its columns can be chosen.
        needs: the module that writes it, where that comes as an extra of the format's own name.
        has_bom: whether a file begins with a byte-order mark.
        is_whole: whether programs read it, for which it has the whole record where no columns are chosen.
        shows_texts: whether it shows the documents' texts beside the claims.
        is_folder: whether it is a folder of files, which `write` takes in place of a stream.
    """

    write: Callable[..., None]
    suffixes: tuple[str, ...]
    has_columns: bool = True
    needs: str | None = None
    has_bom: bool = False
    is_whole: bool = False
    shows_texts: bool = False
    is_folder: bool = False

    def columns(self) -> list[str]:
        """The columns where none are chosen."""
        return all_columns() if self.is_whole else list(READ)

    def put(self, claims: Iterable[Claim], stream: Any, layout: Layout, background: Background | None) -> None:
        """Write claims to a stream.

        Raises:
            UsageError: the format shows texts, and there are none.
        """
        if not self.shows_texts:
            self.write(claims, stream, layout)
        elif background is None:
            raise UsageError("this format shows the articles, and only their claims are here", "make it from the files")
        else:
            self.write(claims, stream, layout, background)


def rows_of(claims: Iterable[Claim], layout: Layout) -> Rows:
    """Claims as rows, and as the records that JSON has."""
    further = layout.people.cells
    rows = (cells(claim, layout.columns, layout.in_words, further) for claim in claims)
    return Rows(layout.columns, rows, (record_of(claim, layout.verdicts) for claim in claims))


def record_of(claim: Claim, with_verdict: bool) -> dict[str, Any]:
    """The record of a claim, with what people made of it where that is asked for."""
    record = claim.record()
    return {**record, "mark": claim.mark, "note": claim.note} if with_verdict else record


WRITERS = writers(rows_of)
FORMATS = {
    "table": OutputFormat(table.write, (".txt",), has_columns=False),
    "csv": OutputFormat(WRITERS["csv"], (".csv",), has_bom=True),
    "tsv": OutputFormat(WRITERS["tsv"], (".tsv", ".tab"), has_bom=True),
    "json": OutputFormat(WRITERS["json"], (".json",), has_columns=False),
    "jsonl": OutputFormat(WRITERS["jsonl"], (".jsonl", ".ndjson"), has_columns=False),
    "md": OutputFormat(WRITERS["md"], (".md", ".markdown")),
    "html": OutputFormat(html.write, (".html", ".htm"), has_columns=False, shows_texts=True),
    "brat": OutputFormat(brat.write, (), has_columns=False, shows_texts=True, is_folder=True),
    "inception": OutputFormat(inception.write, (), has_columns=False, needs="cassis", shows_texts=True, is_folder=True),
    "labelstudio": OutputFormat(label_studio.write, (), has_columns=False, shows_texts=True, is_folder=True),
    "webannotation": OutputFormat(web_annotation.write, (".jsonld",), has_columns=False, shows_texts=True),
    "schemaorg": OutputFormat(schema_org.write, (), has_columns=False, shows_texts=True),
    "ftm": OutputFormat(follow_the_money.write, (".ftm",), has_columns=False, shows_texts=True),
    "xlsx": OutputFormat(workbook.write, (".xlsx",), needs="xlsxwriter"),
    "parquet": OutputFormat(parquet.write, (".parquet", ".pq"), needs="pyarrow", is_whole=True),
}
DELIMITERS = {"csv": ",", "tsv": "\t"}  # of the formats that CSVW can describe
SUFFIXES = {suffix: name for name, format in FORMATS.items() for suffix in format.suffixes}


def choose_format(name: str | None, path: Path | None) -> str:
    """The format: as asked for, by the file's suffix, or a table.

    Raises:
        UsageError: there is no such format, it needs a file, or what writes it is not installed.
    """
    if name is None and path is not None:
        name = SUFFIXES.get(path.suffix.lower())
        if name is None:
            suffixes = ", ".join(SUFFIXES)
            raise UsageError(f"no format has the suffix of {path}", f"use one of {suffixes} or give --format")
    name = name or "table"
    one_of("format", [name], FORMATS)
    module = FORMATS[name].needs
    if module and importlib.util.find_spec(module) is None:
        raise UsageError(f"{name} files need {module}, which is not installed", f"pip install 'source-claims[{name}]'")
    if FORMATS[name].is_folder and path is None:
        raise UsageError(f"{name} is a folder of files", f"name it: --format {name} -o FOLDER")
    if module and path is None:
        raise UsageError(f"{name} is no text for a terminal or a pipe", f"give a file: -o claims.{name}")
    return name


def write_file(
    path: Path, name: str, claims: Iterable[Claim], layout: Layout, background: Background | None = None
) -> None:
    """Write claims to a file that appears whole or not at all; `background` for formats that show texts.

    Raises:
        OutputError: the file cannot be written.
    """
    format = FORMATS[name]
    if format.is_folder:
        with whole_folder(path) as folder:
            format.put(claims, folder, layout, background)
        return
    if format.needs:
        with whole_file(path, "wb") as stream:
            format.put(claims, stream, layout, background)
        return
    encoding = "utf-8-sig" if format.has_bom and layout.bom else "utf-8"
    with whole_file(path, encoding=encoding, newline="") as stream:
        format.put(claims, stream, layout, background)
    own.note(path)
    if layout.csvw:
        described = csvw.description(path.name, layout.columns, DELIMITERS[name], layout.in_words)
        with whole_file(path.with_name(path.name + csvw.ENDING), encoding="utf-8", newline="") as stream:
            stream.write(described)


def write_stream(name: str, claims: Iterable[Claim], layout: Layout, background: Background | None = None) -> None:
    """Write claims to standard output; on a terminal without a live control character."""
    on_screen = sys.stdout.isatty() and name != "table"
    stream = Screen(sys.stdout) if on_screen else sys.stdout
    FORMATS[name].put(claims, stream, layout, background)

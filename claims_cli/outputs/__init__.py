"""Claims → files and tables: one table of formats, from which the command line takes its choices."""

import importlib.util
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims_cli.claim import Claim
from claims_cli.errors import UsageError
from claims_cli.filters import one_of
from claims_cli.outputs import brat, delimited, html, json_lines, markdown, parquet, table, workbook
from claims_cli.outputs.background import Background
from claims_cli.outputs.columns import LINK, all_columns
from claims_cli.outputs.escapes import Screen
from claims_cli.outputs.files import whole_file, whole_folder
from claims_cli.outputs.layout import Layout


@dataclass(frozen=True)
class Format:
    """One way to write claims.

    Attributes:
        write: writes claims to a stream; takes a `Background` too where the format shows texts.
        suffixes: of the files that are taken to be of this format.
        has_columns: whether its columns can be chosen.
        needs: the module that writes it, where that comes as an extra of the format's own name.
        marked: whether a file begins with a byte-order mark.
        has_links: whether a person reads it, to whom a link to the words serves without being asked for.
        shows_texts: whether it shows the documents' texts beside the claims.
        is_folder: whether it is a folder of files, which `write` takes in place of a stream.
    """

    write: Callable[..., None]
    suffixes: tuple[str, ...]
    has_columns: bool = True
    needs: str | None = None
    marked: bool = False
    has_links: bool = False
    shows_texts: bool = False
    is_folder: bool = False

    def columns(self) -> list[str]:
        """The columns where none are chosen."""
        return all_columns() + ([LINK] if self.has_links else [])

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


FORMATS = {
    "table": Format(table.write, (".txt",), has_columns=False),
    "csv": Format(delimited.write_csv, (".csv",), marked=True),
    "tsv": Format(delimited.write_tsv, (".tsv", ".tab"), marked=True),
    "json": Format(json_lines.write_list, (".json",), has_columns=False),
    "jsonl": Format(json_lines.write_lines, (".jsonl", ".ndjson"), has_columns=False),
    "md": Format(markdown.write, (".md", ".markdown"), has_links=True),
    "html": Format(html.write, (".html", ".htm"), has_columns=False, shows_texts=True),
    "brat": Format(brat.write, (), has_columns=False, shows_texts=True, is_folder=True),
    "xlsx": Format(workbook.write, (".xlsx",), needs="xlsxwriter", has_links=True),
    "parquet": Format(parquet.write, (".parquet", ".pq"), needs="pyarrow"),
}
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
    encoding = "utf-8-sig" if format.marked and layout.mark else "utf-8"
    with whole_file(path, encoding=encoding, newline="") as stream:
        format.put(claims, stream, layout, background)


def write_stream(name: str, claims: Iterable[Claim], layout: Layout, background: Background | None = None) -> None:
    """Write claims to standard output; on a terminal without a live control character."""
    on_screen = sys.stdout.isatty() and name != "table"
    stream = Screen(sys.stdout) if on_screen else sys.stdout
    FORMATS[name].put(claims, stream, layout, background)

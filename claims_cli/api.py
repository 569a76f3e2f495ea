"""What Python programs call: documents read, claims extracted, a table of them."""

import os
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claims_cli import config as settings
from claims_cli.articles.duplicates import MARK, SKIP, WAYS, Duplicates
from claims_cli.articles.languages import ENGLISH, LANGUAGES
from claims_cli.claim import Claim, Document
from claims_cli.errors import InputError, InputWarning, UsageError
from claims_cli.filters import Filters, one_of
from claims_cli.filters import settle as settle_filters
from claims_cli.formats.options import FormatOptions, columns_of, shipped_columns
from claims_cli.inputs.options import ReadOptions
from claims_cli.rulebook import RuleSources, load

if TYPE_CHECKING:
    import pandas

    from claims_cli.extraction import Extractor

Input = str | os.PathLike | Document
OnError = Callable[[InputError], Any]


def extract(
    inputs: Input | Iterable[Input],
    *,
    types: str | Iterable[str] = "said",
    min_confidence: float | None = None,
    model: str | None = None,
    rules: Iterable[str | os.PathLike] = (),
    config: bool = False,
    language: str = ENGLISH,
    duplicates: str = MARK,
    jobs: int = 1,
    cache: bool = False,
    on_error: OnError | None = None,
) -> Iterator[Claim]:
    """Every attributed statement in documents, as `claims extract` prints them.

    The claims come one by one, in the order of the documents and of their text. All offsets in them are code points of
    the document's text (`Document.text`, what `claims text FILE` prints), so that ``text[start:end]`` is the span.

    Args:
        inputs: a path, a `Document`, or several of both. A folder stands for the files in it that can be read, a glob
            for what it matches. A string is always a path: for text itself there is `extract_text`.
        types: claim types, comma-separated or one by one: ``"denial"``; ``said``, ``held`` and ``all`` are groups.
        min_confidence: the lowest confidence to yield, from 0 to 1; None for the rulebook's own, 0.40.
        model: another installed spaCy pipeline.
        rules: files and folders of your own rules, beside the shipped ones; each is read once a session.
        config: whether the `claims.yaml` in the working directory or above it is used.
        language: ``en`` sets aside what is not English, ``any`` parses it as if it were.
        duplicates: articles that come again: ``mark`` warns, ``skip`` reads only the first, ``keep`` does not look.
        jobs: how many processes analyse; 1 for this one.
        cache: whether results are kept on disk and taken from there, as the command does.
        on_error: called with the `InputError` of each input that cannot be read or analysed. Without it such an input
            is an `InputWarning`. The others are read in either case.

    Raises:
        UsageError: a keyword asks for what there is not.
        ModelMissing: the spaCy pipeline is not installed.
        RulebookError: a rule or `claims.yaml` is broken.
    """
    one_of("language", [language], LANGUAGES)
    one_of("way with duplicates", [duplicates], WAYS)
    if jobs < 1:
        raise UsageError(f"{jobs} processes cannot analyse", "jobs is 1 or more")
    sources = settings.settle(tuple(os.fspath(path) for path in rules), use_file=config).sources
    rulebook = load(sources)
    named = types if isinstance(types, str) else ",".join(types)
    filters = settle_filters(rulebook.settings, types=named, min_confidence=min_confidence)
    seen = Duplicates(duplicates == SKIP) if duplicates in (MARK, SKIP) else None
    found = documents(inputs, ReadOptions(FormatOptions(columns_of(rulebook.lexicons))))
    return claims(found, extractor_of(model, sources, language, jobs, cache), filters, seen, on_error)


def extract_text(text: str, *, name: str = "text", **options: Any) -> list[Claim]:
    """Every attributed statement in a text; offsets are code points of it.

    Args:
        name: what the claims call the text (their field `doc`).
        options: those of `extract`. For an outlet, a date or an author, give `extract` a `Document`.

    Raises:
        InputError: the text could not be analysed.
        UsageError, ModelMissing, RulebookError: as `extract`.
    """
    return list(extract(Document(name, text), **{"on_error": refuse, **options}))


def read(
    inputs: Input | Iterable[Input],
    *,
    text_column: str | None = None,
    whole_page: bool = False,
    encoding: str | None = None,
    meta: str | os.PathLike | None = None,
    on_error: OnError | None = None,
) -> Iterator[Document]:
    """The documents of files and folders, for `extract` or for reading along: their text and what is known of them.

    Args:
        inputs: as `extract` takes them.
        text_column: the column of CSV, TSV, JSON, JSON Lines and Excel files that is the text; None to guess it.
        whole_page: of web pages all visible text, not only the main text.
        encoding: read every text file in this encoding; None to find out.
        meta: a CSV with title, outlet, author, date or url of documents (column path).
        on_error: as `extract` takes it.

    Raises:
        UsageError: there is no such encoding, or the file of `meta` cannot be read.
    """
    from claims_cli.formats.encodings import named
    from claims_cli.inputs.sidecar import Sidecar

    columns = shipped_columns()
    sidecar = Sidecar.load(Path(meta), columns) if meta is not None else None
    codec = named(encoding) if encoding is not None else None
    options = ReadOptions(FormatOptions(columns, text_column, whole_page, codec), sidecar)
    return readable(documents(inputs, options), on_error)


def to_dataframe(claims: Iterable[Claim]) -> "pandas.DataFrame":
    """Claims as a pandas DataFrame, a row each, in the columns that CSV and Parquet files have.

    A span is two columns, its words and its places (``12-40;55-80``), a list is JSON. Numbers and truth values are
    typed; where there is nothing stands None or NA.

    Raises:
        ImportError: pandas is not installed.
    """
    import pandas

    from claims_cli.codec import all_columns, column_type, row

    columns = all_columns()
    kinds = {int: "Int64", float: "float64", bool: "bool"}
    typed = {column: kinds[column_type(column)] for column in columns if column_type(column) in kinds}
    return pandas.DataFrame((row(claim, columns) for claim in claims), columns=columns).astype(typed)


@lru_cache(maxsize=2)
def extractor_of(model: str | None, sources: RuleSources, language: str, jobs: int, cache: bool) -> "Extractor":
    """The pipeline, kept: it takes seconds to load, and texts come one by one."""
    from claims_cli.extraction import Extractor

    return Extractor(model, sources, language, jobs, cache)


def documents(inputs: Input | Iterable[Input], options: ReadOptions) -> Iterator[Document | InputError]:
    """The documents of inputs, in order; what cannot be read comes as its error."""
    from claims_cli.inputs import readers
    from claims_cli.inputs.walking import inputs as walked

    several = [inputs] if isinstance(inputs, Input) else inputs
    for are_read, group in groupby(several, lambda item: isinstance(item, Document)):
        if are_read:
            yield from (hashed(document) for document in group if isinstance(document, Document))
            continue
        for item in walked([os.fsdecode(path) for path in group if not isinstance(path, Document)]):
            yield from [item] if isinstance(item, InputError) else readers.read(item, options)


def hashed(document: Document) -> Document:
    """The document with a hash, that of its text where it was not read from a file."""
    return document if document.sha256 else replace(document, sha256=document.text_sha256)


def readable(found: Iterable[Document | InputError], on_error: OnError | None) -> Iterator[Document]:
    """The documents among what was found; the errors are told."""
    for item in found:
        if isinstance(item, InputError):
            tell(item, on_error)
        else:
            yield item


def claims(
    found: Iterable[Document | InputError],
    extractor: "Extractor",
    filters: Filters,
    seen: Duplicates | None,
    on_error: OnError | None,
) -> Iterator[Claim]:
    """The claims of documents that the filters show; errors and notes are told."""
    last = None
    for result in extractor.extract(found, seen):
        if isinstance(result, InputError):
            tell(result, on_error)
            continue
        document, in_it = result
        if document is not last:
            for note in document.notes:
                warnings.warn(f"{document.path}: {note}", InputWarning, stacklevel=2)
        last = document
        yield from filter(filters.shows, in_it)


def tell(error: InputError, on_error: OnError | None) -> None:
    """Hand an error to the caller, as he asked for it."""
    if on_error is not None:
        on_error(error)
    else:
        warnings.warn(str(error), InputWarning, stacklevel=3)


def refuse(error: InputError) -> None:
    """Raise an error.

    Raises:
        InputError: always.
    """
    raise error

"""What Python programs call: documents read, claims extracted, a table and a network of them."""

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claims_cli import config as settings
from claims_cli.across import DAYS
from claims_cli.articles.duplicates import MARK, SKIP, WAYS, Duplicates
from claims_cli.articles.languages import ENGLISH, LANGUAGES
from claims_cli.choice import Choice
from claims_cli.claim import Claim, Document
from claims_cli.errors import UsageError
from claims_cli.inputs.options import ReadOptions, lexicons_of
from claims_cli.names import one_of
from claims_cli.query import settle as settle_query
from claims_cli.rulebook import RuleSources, load
from claims_cli.runs import Run, documents
from claims_cli.runs.documents import Input
from claims_cli.telling import OnError, Warner, readable, refuse

if TYPE_CHECKING:
    import networkx
    import pandas

    from claims_cli.across.differences import Comparison
    from claims_cli.across.disputes import Dispute
    from claims_cli.across.lines import Line
    from claims_cli.across.of_stores import Asked
    from claims_cli.across.quotes import Quotation
    from claims_cli.extraction import Extractor

Runs = str | os.PathLike | Iterable[Claim]  # a store, or the claims themselves


def extract(
    inputs: Input | Iterable[Input],
    *,
    types: str | Iterable[str] = "said",
    min_confidence: float | None = None,
    model: str | None = None,
    rules: Iterable[str | os.PathLike] = (),
    config: bool = False,
    fast: bool | None = None,
    language: str = ENGLISH,
    transcript: bool | None = None,
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
        fast: whether the rules read alone, without the small reader beside them; None leaves it to `claims.yaml`.
        language: ``en`` sets aside what is not English, ``any`` parses it as if it were.
        transcript: whether labels are those of a transcript's turns; None where the shape of a text tells.
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
    sources = settings.settle(tuple(os.fspath(path) for path in rules), use_file=config, fast=fast).sources
    rulebook = load(sources)
    named = types if isinstance(types, str) else ",".join(types)
    query = settle_query(rulebook.settings, types=named, min_confidence=min_confidence)
    seen = Duplicates(duplicates == SKIP) if duplicates in (MARK, SKIP) else None
    reading = ReadOptions.settled(rulebook.lexicons)
    found = documents(listed(inputs), reading, jobs=jobs)
    extract_all = partial(extractor_of(model, sources, language, jobs, cache, transcript).extract, seen=seen)
    return Choice(query).choose(Run(extract_all, Warner(on_error)).claims(found))


class Claims(list[Claim]):
    """A list of claims that a notebook shows as a table: ``Claims(extract("seeds/"))``."""

    def _repr_html_(self) -> str:
        """The first claims as a table, all text escaped."""
        from claims_cli.outputs.notebook import table

        return table(self)


def extract_text(text: str, *, name: str = "text", **options: Any) -> Claims:
    """Every attributed statement in a text; offsets are code points of it.

    Args:
        name: what the claims call the text (their field `doc`).
        options: those of `extract`. For an outlet, a date or an author, give `extract` a `Document`.

    Raises:
        InputError: the text could not be analysed.
        UsageError, ModelMissing, RulebookError: as `extract`.
    """
    return Claims(extract(Document(name, text), **{"on_error": refuse, **options}))


def read(
    inputs: Input | Iterable[Input],
    *,
    text_column: str | None = None,
    whole_page: bool = False,
    encoding: str | None = None,
    meta: str | os.PathLike | None = None,
    fetch: bool = False,
    on_error: OnError | None = None,
) -> Iterator[Document]:
    """The documents of files and folders, for `extract` or for reading along: their text and what is known of them.

    Args:
        inputs: as `extract` takes them.
        text_column: the column of CSV, TSV, JSON, JSON Lines and Excel files that is the text; None to guess it.
        whole_page: of web pages all visible text, not only the main text.
        encoding: read every text file in this encoding; None to find out.
        meta: a CSV with title, outlet, author, date, url or section of documents (column path).
        fetch: whether inputs that are addresses of the web, and lists of them, are fetched.
        on_error: as `extract` takes it.

    Raises:
        UsageError: there is no such encoding, or the file of `meta` cannot be read.
    """
    options = ReadOptions.settled(
        lexicons_of(),
        text_column=text_column,
        whole_page=whole_page,
        encoding=encoding,
        meta=Path(meta) if meta is not None else None,
        fetch=fetch,
    )
    return readable(documents(listed(inputs), options), on_error)


def compare(
    before: Runs, after: Runs, *, types: str | Iterable[str] = "said", min_confidence: float | None = None
) -> "Comparison":
    """What two runs differ in, as `claims diff` tells it.

    Args:
        before, after: of each run the claims, or the store that has them. Which documents were read is taken from
            there: of claims alone only those that have one are known.
        types, min_confidence: as `extract` takes them, of the claims of a store; claims that are given all count.

    Returns:
        A `Comparison`: its `differences` are `new`, `gone`, `changed` or `same`, `by("rule")` counts them.

    Raises:
        OutputError: a store cannot be read.
        UsageError: it is no store, or a keyword asks for what there is not.
    """
    from claims_cli.across.differences import compare as compare_runs

    (earlier, was), (later, now) = (held(run, types, min_confidence) for run in (before, after))
    return compare_runs(earlier, later, was, now)


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


def network(
    claims: Runs,
    *,
    relations: Iterable[str] = (),
    types: str | Iterable[str] = "said",
    min_confidence: float | None = None,
) -> "networkx.MultiDiGraph":
    """Who speaks to, of and through whom, as a graph of `networkx`; `claims network` says the same.

    Nodes have a label, the speaker's id, kind, role, whether named and how many claims; edges a relation, a weight (how
    many claims tell of it), how many documents, the first and the last day.

    Args:
        claims: those of a document one behind the other, or the store that has them.
        relations: some of ``addressee``, ``via``, ``outlet`` and ``about``; none for all.
        types, min_confidence: as `extract` takes them, of the claims of a store; claims that are given all count.

    Raises:
        ImportError: networkx is not installed.
        OutputError: the store cannot be read.
        UsageError: there is no such relation, or it is no store.
    """
    if isinstance(claims, (str, os.PathLike)):
        return asked(claims, types, min_confidence).network(relations)
    from claims_cli.across.of_claims import graph_of

    return graph_of(claims, relations)


def quotes(
    store: str | os.PathLike,
    *,
    types: str | Iterable[str] = "said",
    min_confidence: float | None = None,
    min_outlets: int = 0,
    altered: bool = False,
    rules: Iterable[str | os.PathLike] = (),
) -> "list[Quotation]":
    """The statements of a store that recur across its documents, as `claims quotes` lists them.

    Each has its `versions` by date, the first one first; a version has its `claim` and its `difference` from the first:
    `kind`, words `added`, `cut` and `altered`, and what it `alters`.

    Args:
        store: the file that `claims extract --db` wrote.
        types, min_confidence, rules: as `extract` takes them, of the versions that are shown.
        min_outlets: the fewest outlets that have it.
        altered: only those of which a version is another statement than the first.

    Raises:
        OutputError: the store cannot be read.
        UsageError: it is no store, or a keyword asks for what there is not.
        RulebookError: a rule is broken.
    """
    return asked(store, types, min_confidence, rules).quotations(min_outlets, altered)


def line(
    store: str | os.PathLike,
    name: str,
    *,
    topic: str | None = None,
    types: str | Iterable[str] | None = None,
    min_confidence: float | None = None,
    model: str | None = None,
    rules: Iterable[str | os.PathLike] = (),
) -> "Line":
    """What one speaker of a store said over time, as `claims line` tells it.

    It has `entries`: by what they are about, in each by day. An entry has its `statement` (whose `claim` is the claim,
    whose `day` that of its document), its `topic`, its `marks`, and how it stands to earlier ones: `relation`.

    Args:
        store: the file that `claims extract --db` wrote.
        name: who speaks: whole words of the name.
        topic: only statements that hold these words, or stand in a topic that does.
        types: as `extract` takes them; None for what is said, with stances and doubts.
        min_confidence, model, rules: as `extract` takes them.

    Raises:
        OutputError: the store cannot be read.
        UsageError: it is no store, several speakers have the name, or a keyword asks for what there is not.
        ModelMissing: the model is not installed.
        RulebookError: a rule is broken.
    """
    return asked(store, types or "said", min_confidence, rules, speakers=[name]).line(name, topic, types, model)


def disputes(
    store: str | os.PathLike,
    *,
    days: int = DAYS,
    types: str | Iterable[str] | None = None,
    min_confidence: float | None = None,
    model: str | None = None,
    rules: Iterable[str | os.PathLike] = (),
) -> "list[Dispute]":
    """The statements of a store of which one denies, contradicts or questions another's, as `claims disputes` lists.

    Each has `one` and `other`, statements with their `claim`, and their `contrast`: its `kind`, `why` in words, and
    whether it is `sure`.

    Args:
        store: the file that `claims extract --db` wrote.
        days: how many days may lie between two documents.
        types: as `extract` takes them; None for what is said, with stances and doubts.
        min_confidence, model, rules: as `extract` takes them.

    Raises:
        OutputError: the store cannot be read.
        UsageError: it is no store, or a keyword asks for what there is not.
        ModelMissing: the model is not installed.
        RulebookError: a rule is broken.
    """
    return asked(store, types or "said", min_confidence, rules).disputes(days, types, model)


def asked(
    store: str | os.PathLike,
    types: str | Iterable[str],
    min_confidence: float | None,
    rules: Iterable[str | os.PathLike] = (),
    **further: Any,
) -> "Asked":
    """A store, and which of its claims are asked for."""
    from claims_cli.across.of_stores import Asked
    from claims_cli.rulebook import load_settings

    sources = settings.settle(tuple(os.fspath(path) for path in rules), use_file=False).sources
    named = types if isinstance(types, str) else ",".join(types)
    query = settle_query(load_settings(sources), types=named, min_confidence=min_confidence, **further)
    return Asked(store, query, sources)


def held(run: Runs, types: str | Iterable[str], min_confidence: float | None) -> tuple[list[Claim], Mapping[str, str]]:
    """The claims of a run, and SHA-256 of its documents by their paths."""
    if isinstance(run, (str, os.PathLike)):
        return asked(run, types, min_confidence).claims()
    claims = list(run)
    return claims, {claim.doc: claim.doc_sha256 for claim in claims}


@lru_cache(maxsize=2)
def extractor_of(
    model: str | None, sources: RuleSources, language: str, jobs: int, cache: bool, transcript: bool | None = None
) -> "Extractor":
    """The pipeline, kept: it takes seconds to load, and texts come one by one."""
    from claims_cli.extraction import Extractor

    return Extractor(model, sources, language, jobs, cache, transcript=transcript)


def listed(inputs: Input | Iterable[Input]) -> Iterable[Input]:
    """Several inputs, also where one was given."""
    return [inputs] if isinstance(inputs, Input) else inputs

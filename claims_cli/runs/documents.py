"""What a run reads: documents out of files, folders, globs, standard input and documents that are at hand already."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import groupby

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.inputs.ignoring import Selection
from claims_cli.inputs.options import ReadOptions

Input = str | os.PathLike | Document
EVERYTHING = Selection()


def documents(
    inputs: Iterable[Input],
    options: ReadOptions,
    left_out: Counter | None = None,
    selection: Selection = EVERYTHING,
    jobs: int = 1,
) -> Iterator[Document | InputError]:
    """The documents of inputs, in order; what cannot be read comes as its error.

    Args:
        inputs: paths and globs, and documents, which come as they are.
        left_out: counts what is not read in folders, by why.
        selection: what of folders is read.
        jobs: how many inputs are read at once; addresses of the web are fetched one after the other.
    """
    from claims_cli.inputs.readers import read  # with the readers of all formats
    from claims_cli.inputs.reading_ahead import ahead
    from claims_cli.inputs.walking import inputs as walked

    counted: Counter = Counter() if left_out is None else left_out
    for are_read, group in groupby(inputs, lambda item: isinstance(item, Document)):
        if are_read:
            yield from (hashed(document) for document in group if isinstance(document, Document))
            continue
        paths = [os.fsdecode(path) for path in group if not isinstance(path, Document)]
        number = jobs if options.fetcher is None else 1
        yield from ahead(walked(paths, counted, selection), partial(read, options=options), number)


def hashed(document: Document) -> Document:
    """The document with a hash, that of its text where it was not read from a file."""
    return document if document.sha256 else replace(document, sha256=document.text_sha256)

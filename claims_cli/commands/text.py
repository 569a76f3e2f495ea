"""`claims text`: the text of documents, into which the offsets of claims count."""

import os
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Annotated

import typer

from claims_cli.claim import Document
from claims_cli.commands.extract import ending, piped, standard_output
from claims_cli.commands.messages import Messages
from claims_cli.commands.options import ReadingOptions, RuleOptions, sharing
from claims_cli.errors import EXIT_INPUT, EXIT_OK, InputError
from claims_cli.outputs import texts
from claims_cli.outputs.escapes import spelled
from claims_cli.rulebook import load


@sharing("reading", ReadingOptions)
@sharing("ruled", RuleOptions)
def text(
    context: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH...", help="Files, folders, one document (a.zip!b.txt, x.csv#12), or -."),
    ] = None,
    *,
    reading: ReadingOptions,
    ruled: RuleOptions,
    show_furniture: Annotated[
        bool, typer.Option("--show-furniture", help="Mark what is no prose and was set aside: ⟦…⟧.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No headings and notes.")] = False,
) -> None:
    """Print the text of documents, in which offsets count.

    \b
    Examples:
      claims text report.pdf                    what its claims' offsets count in
      claims text report.pdf --show-furniture   with what is set aside marked
      claims text 'export.csv#12'               one row of a table

    One document is printed to the character. Several are printed one after the other, each under a heading on standard
    error.
    """
    messages = Messages(quiet)
    with ending(messages):
        paths = paths or piped(context)
        config = ruled.settle()
        messages.configured(config)
        rulebook = load(config.sources)
        documents = found(paths, reading, rulebook)
        if show_furniture:
            documents = arranged(documents, rulebook)
        with standard_output():
            failed = show(documents, show_furniture, messages)
    raise typer.Exit(EXIT_INPUT if failed else EXIT_OK)


def found(paths: list[str], reading: ReadingOptions, rulebook) -> Iterator[Document | InputError]:
    """The documents of the inputs, or the ones that were named in them."""
    from claims_cli.inputs.readers import read, read_one, within
    from claims_cli.inputs.walking import inputs

    options = reading.settle(rulebook.lexicons)
    for path in paths:
        item = within(path)
        if item is not None:
            try:
                yield read_one(item, options, path)
            except InputError as error:
                yield error
            continue
        for one in inputs([path]):
            yield from [one] if isinstance(one, InputError) else read(one, options)


def arranged(documents: Iterable[Document | InputError], rulebook) -> Iterator[Document | InputError]:
    """The documents with their furniture set aside."""
    from claims_cli.articles.arranger import Arranger

    arranger = Arranger(rulebook)
    for item in documents:
        yield arranger.arrange(item) if isinstance(item, Document) else item


def show(documents: Iterator[Document | InputError], shows_furniture: bool, messages: Messages) -> bool:
    """Print the documents; whether one failed."""
    failed = False
    first: Document | None = None
    is_several = False
    dims = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    for item in chain(documents, [None]):
        if isinstance(item, InputError):
            messages.failed(item)
            failed = True
            continue
        is_several = is_several or (first is not None and item is not None)
        if first is not None:
            messages.noted(first)
            if is_several and not messages.quiet:
                typer.echo(spelled(f"== {first.path} =="), err=True)
            texts.write(first, sys.stdout, shows_furniture, dims)
            if is_several:
                sys.stdout.write("" if first.text.endswith("\n") else "\n")
                sys.stdout.flush()  # its heading is on the other stream
        first = item
    return failed

"""`claims explain`: why a claim was found, and why another was not."""

import os
import re
from pathlib import Path
from typing import Annotated

import typer

from claims_cli.claim import Document
from claims_cli.commands.options import Model, ReadingOptions, RuleOptions, sharing
from claims_cli.commands.rules import chosen
from claims_cli.errors import UsageError
from claims_cli.inputs.options import ReadOptions
from claims_cli.outputs.escapes import clean
from claims_cli.rulebook import load

PLACE = re.compile(r"(.+):(\d+)")
PATHS = ("/", "./", "../", "~")


@sharing("reading", ReadingOptions)
@sharing("ruled", RuleOptions)
def explain(
    context: typer.Context,
    file: Annotated[
        str | None, typer.Argument(metavar="[FILE[:LINE]]", help="A file, one line of it, or words.")
    ] = None,
    text: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Words to explain, though they be a file's name.")
    ] = None,
    rule: Annotated[str | None, typer.Option(metavar="ID", help="Say where this rule did not match.")] = None,
    no_tree: Annotated[bool, typer.Option("--no-tree", help="Leave the dependency trees out.")] = False,
    model: Model = None,
    *,
    reading: ReadingOptions,
    ruled: RuleOptions,
) -> None:
    """Say what was found in each sentence, by which rule, and why.

    \b
    Examples:
      claims explain seeds/004_17a6059d906b2d12.txt:42
      claims explain "The mayor said that the bridge was unsafe."
      claims explain --text "The mayor hinted at it." --rule clause-after
    """
    from claims_cli.explanation import DocumentExplainer

    sources = ruled.settle_aloud().sources
    rulebook = load(sources)
    named = chosen(rulebook, rule) if rule else None
    document, line = given(file, text, reading.settle(rulebook.lexicons))
    explainer = DocumentExplainer(rulebook, model)
    for number, sentence in explainer.sentences(document, named):
        if line in (None, number):
            show(sentence, number, with_tree=not no_tree, searched=rule)
    for number, words, by in explainer.set_aside(document):
        if line in (None, number):
            why = f"as furniture by {by}" if by else "with the line of furniture that it goes with"
            typer.echo(f"line {number}: set aside {why}: {clean(words)}")


def given(file: str | None, text: str | None, options: ReadOptions) -> tuple[Document, int | None]:
    """The document to explain, and the line that was asked for.

    Raises:
        UsageError: neither a file nor a text was given, or both.
        InputError: the file cannot be read.
    """
    from claims_cli.formats import plain
    from claims_cli.inputs.fetching import is_address
    from claims_cli.inputs.readers import read_one, within
    from claims_cli.inputs.sources import Input

    if text is None and file is not None and is_text(file):
        file, text = None, file
    if (file is None) == (text is None):
        raise UsageError("give a file or words, and not both", 'claims explain "She said no."')
    if text is not None:
        return plain.read("--text", text.encode("utf-8", "replace")), None
    name, line = file or "", None
    place = PLACE.fullmatch(name)
    if place and not os.path.lexists(name):
        name, line = place[1], int(place[2])
    holder = within(name)
    if holder is not None:
        return read_one(holder, options, name), line
    if is_address(name):
        return read_one(Input(name, None, place=name), options), line
    return read_one(Input(name, None if name == "-" else Path(name)), options), line


def is_text(argument: str) -> bool:
    """Whether what was given in a file's place is words: several, and neither a file nor the like of one."""
    from claims_cli.formats.table import BY_SUFFIX, suffix_of
    from claims_cli.inputs.fetching import is_address
    from claims_cli.inputs.readers import within

    place = PLACE.fullmatch(argument)
    name = place[1] if place else argument
    if len(argument.split()) < 2 or is_address(argument) or suffix_of(name) in BY_SUFFIX:
        return False
    return not (argument.startswith(PATHS) or os.path.lexists(argument) or os.path.lexists(name) or within(name))


def show(sentence, line: int, with_tree: bool, searched: str | None) -> None:
    """Print one sentence."""
    typer.echo(f"line {line}: {clean(sentence.text)}")
    for row in sentence.tree if with_tree else ():
        typer.echo(f"    {clean_row(row)}")
    for reading in sentence.found:
        show_reading("found by", reading)
    for reading in sentence.lost:
        show_reading("not shown:", reading)
    if not sentence.found and not sentence.lost:
        typer.echo("  nothing found")
    for row in sentence.missed:
        typer.echo(f"  {searched} did not match: {clean(row)}")
    typer.echo("")


def clean_row(row: str) -> str:
    """A line of a tree, its indent kept."""
    indent = len(row) - len(row.lstrip("│├└─ "))
    return row[:indent] + clean(row[indent:])


def show_reading(title: str, reading) -> None:
    """Print one candidate."""
    typer.echo(
        f"  {title} {reading.rule} ({reading.score:.2f})" + ("" if reading.fate == "found" else f": {reading.fate}")
    )
    if reading.roles:
        typer.echo("    " + "; ".join(f"{role}: {clean(words)}" for role, words in reading.roles))
    if reading.speaker:
        typer.echo(f"    speaker: {clean(reading.speaker)}")
    typer.echo("    tokens: " + ", ".join(f"{role} = {clean(words)}" for role, words in reading.tokens))
    for told in reading.evidence:
        typer.echo(f"      {clean(told)}")

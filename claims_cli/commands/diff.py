"""`claims diff`: two runs compared."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claims_cli import outputs
from claims_cli.claim import Claim
from claims_cli.commands.extract import ending
from claims_cli.commands.messages import Messages, count
from claims_cli.commands.options import (
    STANDARD_OUTPUT,
    FilterOptions,
    RuleOptions,
    completing,
    listed,
    sharing,
)
from claims_cli.commands.sources import opened
from claims_cli.commands.speakers import FORMATS, write_rows
from claims_cli.commands.writing import OutputFile, RawCells, format_option
from claims_cli.config import Config
from claims_cli.errors import EXIT_INPUT, EXIT_OK, UsageError
from claims_cli.names import one_of
from claims_cli.outputs.layout import Layout

if TYPE_CHECKING:
    from claims_cli.across.differences import Comparison

BY = ("claim", "rule", "speaker")
DIFFERENT = 1
MOST_NAMED = 3


@sharing("wanted", FilterOptions)
@sharing("ruled", RuleOptions)
def diff(
    first: Annotated[Path, typer.Argument(metavar="BEFORE", help="A store, or exported JSON Lines.")],
    second: Annotated[Path, typer.Argument(metavar="AFTER", help="The later one.")],
    *,
    wanted: FilterOptions,
    ruled: RuleOptions,
    by: Annotated[
        str,
        typer.Option(
            metavar="WHAT", help=f"What is listed: by {listed(BY)}.", autocompletion=completing(BY), show_default=False
        ),
    ] = "claim",
    exit_code: Annotated[bool, typer.Option("--exit-code", help="End with 1 where they differ, as git does.")] = False,
    format: Annotated[str | None, format_option(FORMATS)] = None,
    output: OutputFile = None,
    raw: RawCells = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No notes and totals.")] = False,
) -> None:
    """Compare two runs: claims that are new, gone or changed.

    \b
    Examples:
      claims diff monday.db tuesday.db
      claims diff before.jsonl after.jsonl --by rule   what a rule changed
      claims diff a.db b.db --by speaker               who came, who went
      claims diff a.db b.db --type all --min-confidence 0 -o diff.csv

    A document is the same by its path, or by its bytes; a claim by its id, or by where its words stand. The filters
    choose on both sides, so that a claim that falls below the threshold is gone. Confidence is not compared.
    """
    messages = Messages(quiet)
    with ending(messages):
        path = None if output == STANDARD_OUTPUT else output
        name = outputs.choose_format(format, path)
        one_of("format for differences", [name], FORMATS)
        one_of("list", [by], BY)
        found = compared(first, second, wanted, ruled.settle(), messages)
        write(found, by, name, path, Layout([], raw=raw))
        for note in notes(found):
            messages.say(note)
        differs = exit_code and any(one.kind != "same" for one in found.differences)
    raise typer.Exit(DIFFERENT if differs else EXIT_OK)


def compared(before: Path, after: Path, wanted: FilterOptions, config: Config, messages: Messages) -> "Comparison":
    """The comparison of two stores or exports.

    Raises:
        OutputError, RulebookError, UsageError: as their names say.
    """
    from claims_cli.across.differences import compare

    (earlier, was), (later, now) = (held(path, wanted, config, messages) for path in (before, after))
    return compare(earlier, later, was, now)


def held(
    path: Path, wanted: FilterOptions, config: Config, messages: Messages
) -> tuple[list[Claim], Mapping[str, str]]:
    """The claims of a store or an export, and SHA-256 of its documents by their paths.

    Raises:
        UsageError: it is neither.
    """
    from claims_cli.store import opening
    from claims_cli.store.importing import is_export

    if not opening.is_like_store(path) and not is_export(path):
        why = "is no store of claims and holds no exported claims" if path.exists() else "is not there"
        remedy = "give what claims extract wrote with --db FILE or with --format jsonl"
        raise UsageError(f"{path} {why}", remedy)
    with opened([str(path)], None, wanted, config, messages) as found:
        claims = list(found.reader.claims(found.choice))
        documents = dict(found.reader.connection.execute("SELECT path, sha256 FROM documents ORDER BY id"))
        if found.failed:
            raise typer.Exit(EXIT_INPUT)
        return claims, documents


def write(found: "Comparison", by: str, name: str, path: Path | None, layout: Layout) -> None:
    """Write claims, or totals, to a file or to standard output.

    Raises:
        OutputError: it cannot be written to.
    """
    from claims_cli.outputs.differences import COUNT_WRITERS, WRITERS

    if by != "claim":
        write_rows(COUNT_WRITERS[name], found.by(by), name, path, layout)
        return
    rows = [one for one in found.differences if one.kind != "same"]
    if rows or name != "table" or not sys.stdout.isatty():
        write_rows(WRITERS[name], rows, name, path, layout)


def notes(found: "Comparison") -> list[str]:
    """What is told beside the list: texts that changed, speakers that came and went, and how many claims of what."""
    came, went = found.speakers()
    told = [
        ("Another text than before, whose claims are compared by their words", found.altered),
        ("Only in the first", found.only_before),
        ("Only in the second", found.only_after),
        ("Speakers only in the first", went),
        ("Speakers only in the second", came),
    ]
    lines = [f"{what} ({len(names)}): {some(names)}." for what, names in told if names]
    moved = sum("speaker" in one.fields for one in found.differences)
    counts = {kind: found.count(kind) for kind in ("new", "gone", "changed", "same")}
    parts = [f"{number} {kind}" for kind, number in counts.items()]
    parts[2] += f" (of {moved} the speaker)" if moved else ""
    return [*lines, f"{count(sum(counts.values()), 'claim')}: {', '.join(parts)}."]


def some(names: Sequence[str]) -> str:
    """The first of some names."""
    further = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {further} more" if further > 0 else "")

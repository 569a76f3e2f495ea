"""`claims extract`: files in, claims out."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from claims_cli import outputs
from claims_cli.claim import HELD, Claim, Document
from claims_cli.config import Filters, settle
from claims_cli.errors import EXIT_INPUT, EXIT_INTERRUPTED, EXIT_OK, InputError, UsageError


def extract(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, or - for standard input.")],
    speaker: Annotated[
        list[str] | None, typer.Option(help="Only this speaker: whole words of the name. Repeatable.")
    ] = None,
    types: Annotated[
        str | None,
        typer.Option(
            "--type", help="Claim types, comma-separated; all, said (the default) or held. all adds thoughts."
        ),
    ] = None,
    min_confidence: Annotated[float | None, typer.Option(min=0, max=1, help="Lowest confidence to show.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Only what is very likely right.")] = False,
    limit: Annotated[int | None, typer.Option(min=0, help="Show at most this many claims.")] = None,
    format: Annotated[str | None, typer.Option("--format", help=f"One of {', '.join(outputs.WRITERS)}.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file; its suffix names the format.")
    ] = None,
    model: Annotated[str | None, typer.Option(help="Another installed spaCy pipeline.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no totals.")] = False,
) -> None:
    """Print every attributed statement in text files.

    \b
    Examples:
      claims extract seeds/                         a table
      claims extract seeds/ --type all --strict     thoughts and plans too, only the surest
      cat story.txt | claims extract - --format jsonl | head
    """
    name = chosen_format(format, output)
    try:
        from claims_cli.extraction import Extractor  # spaCy takes seconds to import

        extractor = Extractor(model)
        filters = settle(extractor.rulebook.settings, types, strict, min_confidence, speaker or (), limit)
        run = Run(extractor, paths, filters, quiet)
        if output is not None:
            outputs.write_file(output, name, run.claims())
        else:
            print_claims(name, run)
        run.report(output)
    except KeyboardInterrupt:
        typer.echo("claims: interrupted", err=True)
        raise typer.Exit(EXIT_INTERRUPTED) from None
    raise typer.Exit(EXIT_INPUT if run.failed else EXIT_OK)


def print_claims(name: str, run: "Run") -> None:
    """Write to standard output; a reader that has seen enough (`| head`) ends the run quietly."""
    try:
        outputs.write_stream(name, run.claims())
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(EXIT_OK) from None


def chosen_format(format: str | None, output: Path | None) -> str:
    """The output format: as asked for, by the file's suffix, or a table.

    Raises:
        UsageError: there is no such format.
    """
    if format is None:
        return outputs.format_of(output) if output else "table"
    if format not in outputs.WRITERS:
        raise UsageError(f"there is no format '{format}'", f"use one of {', '.join(outputs.WRITERS)}")
    return format


class Run:
    """One run over the inputs: yields the claims to show, counts, and says on stderr what failed."""

    def __init__(self, extractor, paths: list[str], filters: Filters, quiet: bool):
        self.extractor = extractor
        self.paths = paths
        self.filters = filters
        self.quiet = quiet
        self.failed = 0
        self.documents = 0

    def inputs(self) -> Iterator[Document | InputError]:
        """Each document, or why it cannot be read."""
        from claims_cli.documents.walking import inputs, read

        for item in inputs(self.paths):
            if isinstance(item, InputError):
                yield item
                continue
            try:
                yield read(item)
            except InputError as error:
                yield error

    def claims(self) -> Iterator[Claim]:
        """The claims to show, document by document."""
        for result in self.extractor.extract(self.inputs()):
            if isinstance(result, InputError):
                self.failed += 1
                typer.echo(f"claims: {result}", err=True)
                continue
            self.documents += 1
            self.progress(result[0])
            yield from self.filters.choose(result[1])
        self.progress(None)

    def progress(self, path: str | None) -> None:
        """Show the document that was read last, on a terminal only."""
        if self.quiet or not sys.stderr.isatty():
            return
        from claims_cli.outputs.table import clean

        text = f"{self.documents} read, {clean(path)}"[:78] if path else ""
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()

    def report(self, output: Path | None) -> None:
        """The totals, and what was kept back with the option that shows it."""
        if self.quiet:
            return
        to_terminal = sys.stdout.isatty() and output is None
        typer.echo(self.totals(output), err=not to_terminal)
        if self.filters.speakers and not self.filters.shown:
            near = ", ".join(self.filters.nearest_speakers())
            typer.echo(f"No speaker matches {', '.join(self.filters.speakers)}. Nearest: {near or 'nobody'}", err=True)

    def totals(self, output: Path | None) -> str:
        """One line: claims, documents, what was kept back."""
        filters = self.filters
        where = f" written to {output}" if output else ""
        parts = [f"{count(filters.shown, 'claim')} from {count(self.documents, 'document')}{where}"]
        if self.failed:
            parts.append(f"{self.failed} failed")
        held = {name: filters.kept_back[name] for name in filters.kept_back if filters.kept_back[name]}
        if held:
            kinds = ", ".join(f"{held[name]} {name}" for name in sorted(held, key=lambda name: -held[name]))
            option = "--type all" if set(held) & set(HELD) else "--type"
            parts.append(f"kept back: {kinds} ({option} shows them)")
        if filters.uncertain:
            parts.append(f"{filters.uncertain} below confidence {filters.threshold:.2f} (--min-confidence)")
        return "; ".join(parts) + "."


def count(number: int, noun: str) -> str:
    """`1 claim`, `2 claims`."""
    return f"{number} {noun}" + ("" if number == 1 else "s")

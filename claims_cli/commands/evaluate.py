"""`claims evaluate`: how well claims are found in texts that somebody has annotated."""

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import typer

from claims_cli.choice import Choice
from claims_cli.commands.extract import ERROR_STYLES, ending, standard_output
from claims_cli.commands.help import WRITTEN
from claims_cli.commands.judged_samples import sample_report
from claims_cli.commands.messages import Messages, count
from claims_cli.commands.options import STANDARD_OUTPUT, MeasureOptions, Model, RuleOptions, completing, sharing
from claims_cli.config import Config
from claims_cli.errors import EXIT_INPUT, EXIT_OK, AnnotationError, InputError, UsageError
from claims_cli.names import one_of
from claims_cli.outputs.escapes import spelled
from claims_cli.outputs.files import whole_file
from claims_cli.rulebook import load_settings

if TYPE_CHECKING:
    from claims_cli.evaluation.gold import Gold
    from claims_cli.evaluation.measuring import Evaluation

FORMATS = {"table": ".txt", "json": ".json"}
MOST_TOLD = 20


@dataclass(frozen=True)
class ReportOptions:
    """What is listed, and where to."""

    heading: ClassVar[str] = WRITTEN
    differences: Annotated[
        bool, typer.Option("--differences", help="List also in what the claims that were found differ.")
    ] = False
    no_list: Annotated[bool, typer.Option("--no-list", help="Only the figures.")] = False
    format: Annotated[
        str | None,
        typer.Option(metavar="NAME", help=f"One of {', '.join(FORMATS)}.", autocompletion=completing(FORMATS)),
    ] = None
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to this file; its suffix names the format."),
    ] = None

    def settle(self) -> "Target":
        """What is written.

        Raises:
            UsageError: there is no such format.
        """
        path = None if self.output == STANDARD_OUTPUT else self.output
        kinds = () if self.no_list else ("missed", "extra", "differences") if self.differences else ("missed", "extra")
        return Target(path, format_of(self.format, path), kinds)


@dataclass(frozen=True)
class Target:
    """What is written: to which file (None for standard output), in which format, and what is listed."""

    path: Path | None
    format: str
    kinds: tuple[str, ...]


@sharing("wanted", MeasureOptions)
@sharing("written", ReportOptions)
@sharing("ruled", RuleOptions)
def evaluate(
    context: typer.Context,
    folder: Annotated[
        str | None, typer.Argument(metavar="[GOLD_FOLDER]", help="Texts, and annotations of them.")
    ] = None,
    *,
    wanted: MeasureOptions,
    written: ReportOptions,
    ruled: RuleOptions,
    marks: Annotated[
        Path | None, typer.Option(metavar="STORE", help="Instead: what was marked right and wrong in this store.")
    ] = None,
    sample: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Instead: a sample of claims sample, with the sheets that lie beside it."),
    ] = None,
    nested: Annotated[bool, typer.Option("--nested", help="Compare claims inside another's content too.")] = False,
    errors: Annotated[
        str,
        typer.Option(
            metavar="STYLE",
            help="text, or json: one object for each thing that failed.",
            autocompletion=completing(ERROR_STYLES),
        ),
    ] = "text",
    model: Model = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, notes and totals.")] = False,
) -> None:
    """Measure how well claims are found in texts you annotated.

    \b
    Examples:
      claims evaluate gold/                      precision, recall, every miss
      claims evaluate gold/ --differences        and where words differ
      claims evaluate gold/ --no-list --strict   only the figures, of what is sure
      claims evaluate gold/ -o figures.json      all of it, for a program
      claims evaluate --marks claims.db          precision by rule, by marks
      claims evaluate --sample sample.csv        precision and recall of a corpus

    GOLD_FOLDER holds texts and annotations in any of four formats: brat's (NAME.txt with NAME.ann), INCEpTION's
    (NAME.xmi), JSON Lines and CSV (as claims extract writes them; doc names the text). By default the outermost claims
    of all types are compared.
    """
    messages = Messages(quiet, errors == "json")
    with ending(messages):
        one_of("style of errors", [errors], ERROR_STYLES)
        target = written.settle()
        config = ruled.settle()
        messages.configured(config)
        if sample is not None:
            put_out(*sample_report(sample, folder, marks, target.format, config.sources, messages), target)
            raise typer.Exit(EXIT_OK)
        if marks is not None or folder is None:
            judge(folder, marks, wanted, config, target)
            raise typer.Exit(EXIT_OK)
        evaluation, versions = measured(folder, wanted, config, model, nested, messages)
        write(evaluation, versions, target)
        if not messages.quiet:
            typer.echo(spelled(totals(evaluation, target.path)), err=True)
    raise typer.Exit(EXIT_INPUT if evaluation.report.failed else EXIT_OK)


def judge(folder: str | None, marks: Path | None, wanted: MeasureOptions, config: Config, target: "Target") -> None:
    """Write the precision of what was marked in a store: of all of it, unless options or `claims.yaml` set a threshold.

    Raises:
        OutputError, UsageError: as their names say.
    """
    from claims_cli.evaluation.judgements import judged, write_json, write_table
    from claims_cli.store import opening
    from claims_cli.store.marks import verdicts

    if (folder is None) == (marks is None):
        raise UsageError("give a folder of annotated texts, or --marks, or --sample", "claims evaluate --help")
    settings = load_settings(config.sources)
    own = dict(config.sources.settings).get("threshold", 0.0)
    query = wanted.settle(replace(settings, threshold=own))
    with opening.readable(Path(str(marks))) as connection:
        found = judged(verdicts(connection, query.types, query.threshold))
    if not found:
        raise UsageError(f"nothing in {marks} was marked right or wrong", f"claims mark ID right --db {marks}")
    put_out(write_table if target.format == "table" else write_json, found, target)


def put_out(writer: Callable, found: Any, target: "Target") -> None:
    """Write to a file whole or not at all, or to standard output.

    Raises:
        OutputError: it cannot be written.
    """
    if target.path is None:
        with standard_output():
            writer(found, sys.stdout)
        return
    with whole_file(target.path, encoding="utf-8", newline="") as stream:
        writer(found, stream)


def format_of(name: str | None, path: Path | None) -> str:
    """The format: as asked for, by the file's suffix, or a table.

    Raises:
        UsageError: there is no such format.
    """
    if name is None and path is not None:
        by_suffix = {suffix: name for name, suffix in FORMATS.items()}
        if path.suffix.lower() not in by_suffix:
            raise UsageError(f"no format has the suffix of {path}", f"use {' or '.join(by_suffix)}, or give --format")
        return by_suffix[path.suffix.lower()]
    one_of("format", [name or "table"], FORMATS)
    return name or "table"


def measured(
    folder: str, wanted: MeasureOptions, config: Config, model: str | None, nested: bool, messages: Messages
) -> tuple["Evaluation", dict[str, str]]:
    """The evaluation of a folder, and the versions that it rests on.

    Raises:
        InputError, ModelMissing, RulebookError, UsageError: as their names say.
    """
    from claims_cli.evaluation import gold
    from claims_cli.evaluation.measuring import Evaluation
    from claims_cli.rulebook import load

    rulebook = load(config.sources)
    choice = Choice(wanted.settle(rulebook.settings))
    found = gold.find(folder)
    teller = Teller(messages)
    teller.found(found)
    from claims_cli.extraction import Extractor  # spaCy takes seconds to import
    from claims_cli.manifest import versions

    extractor = Extractor(model, config.sources)
    evaluation = Evaluation(found, choice, nested, teller.failed, teller.done)
    evaluation.run(extractor.extract)
    teller.end()
    return evaluation, versions(extractor.model, rulebook.fingerprint)


class Teller:
    """Says on standard error what fails; of each annotation file the first faults, then how many there are."""

    def __init__(self, messages: Messages):
        self.messages = messages
        self.faults: Counter[str] = Counter()
        self.documents = 0

    def found(self, gold: "Gold") -> None:
        """What is wrong or doubtful in how a folder's annotations were read.

        Raises:
            InputError: none of its texts is annotated.
        """
        for file, note in () if self.messages.quiet else gold.notes:
            self.messages.tell(f"{file}: {note}")
        for error in gold.errors:
            self.failed(error)
        if not gold.texts:
            self.end()
            reason = "no text in this folder is annotated" if gold.bare else "there is no text in this folder"
            remedy = "put texts (.txt) and annotations (.ann, .xmi, .jsonl, .csv) there: claims evaluate --help"
            raise InputError(gold.folder, reason, remedy, "find")

    def failed(self, error: InputError) -> None:
        """One thing that failed."""
        if isinstance(error, AnnotationError):
            self.faults[error.file] += 1
            if self.faults[error.file] > MOST_TOLD and not self.messages.as_json:
                return
        self.messages.failed(error)

    def done(self, document) -> None:
        """One text that was compared."""
        self.documents += 1
        self.messages.noted(document)
        self.messages.progress(self.documents, document.path)

    def end(self) -> None:
        """What was not told one by one."""
        self.messages.wipe()
        for file, number in self.faults.items():
            if number > MOST_TOLD and not self.messages.as_json:
                self.messages.tell(f"{file}: {number - MOST_TOLD} more faults in this file (--errors json tells all)")


def write(evaluation: "Evaluation", versions: dict[str, str], target: Target) -> None:
    """Write the report, to a file whole or not at all.

    Raises:
        OutputError: it cannot be written.
    """
    from claims_cli.evaluation.report import write_json, write_table

    writer = write_table if target.format == "table" else partial(write_json, versions=versions)
    put_out(lambda found, stream: writer(found, target.kinds, stream), evaluation, target)


def totals(evaluation: "Evaluation", output: Path | None) -> str:
    """One line: what was compared, and everything that was not, with the option that compares it."""
    report, gold = evaluation.report, evaluation.gold
    figure = report.scores.figures["detection"]
    where = f", written to {output}" if output else ""
    annotated = count(figure.gold, "annotated claim")
    parts = [f"{annotated} compared with {figure.found} found, in {count(len(report.texts), 'text')}{where}"]
    if report.failed:
        parts.append(f"{count(len(report.failed), 'fault')} told above, what they concern left out")
    if gold.bare:
        parts.append(f"{count(gold.bare, 'text')} without annotations left out")
    if gold.doubled:
        text, file = gold.doubled[0]
        example = f"({file} comes second for {text})"
        parts.append(f"{count(len(gold.doubled), 'further annotation')} of a text left out {example}")
    if report.nested.total():
        sides = f"{report.nested['annotated']} annotated, {report.nested['found']} found"
        parts.append(f"inside others and set aside: {sides} (--nested compares them)")
    if report.other_types:
        parts.append(f"annotated as another type: {report.other_types} (--type)")
    parts += [f"{name}: {number}" for name, number in sorted(report.aside.items())]
    others = sorted((+gold.left_out).items())
    if others:
        parts.append(f"not read: {', '.join(f'{name} ({number})' for name, number in others)}")
    return "; ".join(parts) + "."

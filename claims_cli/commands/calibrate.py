"""`claims calibrate`: confidence and speaker confidence as a user's own marks say they are."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claims_cli.commands.extract import ending, standard_output
from claims_cli.commands.judged_samples import sample_of
from claims_cli.commands.messages import Messages, count
from claims_cli.commands.options import RuleOptions, sharing
from claims_cli.commands.sources import ENVIRONMENT, store_named
from claims_cli.config import Config
from claims_cli.errors import EXIT_OK, InputError
from claims_cli.outputs.listing import print_rows
from claims_cli.rulebook.calibration import UNCALIBRATED, Calibration, basis, in_force
from claims_cli.rulebook.files import fingerprint
from claims_cli.store import opening

if TYPE_CHECKING:
    from claims_cli.sampling.calibrating import Cases, Lesson, Verdicts

DRAW = "claims sample {store} --noted -o sample.csv draws claims to mark"
AGAIN = "claims extract PATH --db {store} reads the texts again, with this rulebook; marks stay"


@sharing("ruled", RuleOptions)
def calibrate(
    *,
    ruled: RuleOptions,
    marks: Annotated[
        Path | None,
        typer.Option(metavar="STORE", help=f"The store with the marks; by default that which {ENVIRONMENT} names."),
    ] = None,
    sample: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Only what was judged of this sample, each as it was drawn."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No notes and totals.")] = False,
) -> None:
    """Learn from your marks how sure claims are.

    \b
    Examples:
      claims calibrate --marks claims.db                   from all marks
      claims calibrate --marks claims.db --sample key.csv  from a judged sample

    It takes 100 marks in 10 documents, 10 right and 10 wrong ones among them (claims mark, claims browse, a page), best
    of claims drawn by chance: of marks on what struck you it learns what strikes you. What it learns it tries on
    documents it has not learned from. Where that is better, it stands in claims-calibration.yaml beside claims.yaml, or
    in this folder; runs go by it and say so. Delete the file to have the shipped confidence back.
    """
    messages = Messages(quiet)
    with ending(messages):
        config = ruled.settle()
        messages.configured(config)
        store = store_named(marks)
        cases = judged(store, sample, config, messages)
        found = learned(store, cases)
        with standard_output():
            from claims_cli.sampling.calibrating import HEADINGS

            print_rows(HEADINGS, (lesson.cells() for lesson in found))
        tell_others(cases, found, messages)
        messages.say(kept(found, store, config))
    raise typer.Exit(EXIT_OK)


def judged(store: Path, sample: Path | None, config: Config, messages: Messages) -> "Cases":
    """The verdicts that count; which do not is told.

    Raises:
        OutputError, RulebookError, UsageError: as their names say.
    """
    from claims_cli.sampling.calibrating import cases_of, of_sample, of_store

    opening.refuse_missing(store)
    drawn = of_sample(sample_of(sample, config.sources, store)) if sample is not None else None
    with opening.readable(store) as connection:
        verdicts = drawn or of_store(connection)
        cases = cases_of(connection, verdicts, undoing(config))
    tell_left_out(verdicts, cases, store, messages)
    return cases


def undoing(config: Config) -> Mapping[str, Calibration]:
    """By the fingerprint of a rulebook what gives the confidence back that it had before it was calibrated.

    Raises:
        RulebookError, UsageError: as their names say.
    """
    plain = replace(config.sources, calibration=None)
    return {fingerprint(config.sources): in_force(config.sources).inverse(), fingerprint(plain): UNCALIBRATED}


def tell_left_out(verdicts: "Verdicts", cases: "Cases", store: Path, messages: Messages) -> None:
    """Say which verdicts count for nothing."""
    if verdicts.disputed:
        messages.tell(f"{count(verdicts.disputed, 'cell')} in which people differ left out")
    if cases.missing:
        messages.tell(f"{count(cases.missing, 'verdict')} left out, on claims that {store} has not")
    if cases.stale:
        messages.tell(f"{count(cases.stale, 'verdict')} left out, on claims that another rulebook found")


def learned(store: Path, cases: "Cases") -> list["Lesson"]:
    """What is learned.

    Raises:
        InputError: the verdicts are too few for anything.
    """
    from claims_cli.sampling.calibrating import CONFIDENCE, lacking, lessons

    found = lessons(cases.by_field)
    if not found:
        missing = ", ".join(lacking(cases.by_field[CONFIDENCE]))
        remedy = (AGAIN if cases.stale else DRAW).format(store=store)
        raise InputError(str(store), f"too few marks to learn from; missing: {missing}", remedy)
    return found


def tell_others(cases: "Cases", found: list["Lesson"], messages: Messages) -> None:
    """Say of which fields nothing is kept, and why."""
    from claims_cli.sampling.calibrating import lacking

    better = {lesson.field: lesson.trial.is_better for lesson in found}
    for name, own in cases.by_field.items():
        if name not in better:
            messages.tell(f"{name} stays as shipped; missing: {', '.join(lacking(own))}")
        elif not better[name]:
            messages.tell(
                f"{name} stays as shipped: in documents it was not learned from, what was learned is no better"
            )


def kept(found: list["Lesson"], store: Path, config: Config) -> str:
    """Write what is better; one line on what was done.

    Raises:
        OutputError: it cannot be written.
    """
    from claims_cli.manifest import now
    from claims_cli.outputs.files import whole_file
    from claims_cli.rulebook.calibration import lines_of

    better = {lesson.field: lesson.found for lesson in found if lesson.trial.is_better}
    path = config.calibration
    if not better:
        there = f"; {path}, learned before, stays: delete it to have that back" if path.exists() else ""
        return f"The shipped confidence is as good: nothing written{there}."
    made = Calibration(basis(config.sources), now()[:10], **better)
    with whole_file(path, encoding="utf-8") as stream:
        stream.write(lines_of(made))
    return (
        f"{path} written: {made}. Runs go by it from now on; stored claims do after claims extract PATH --db {store}."
    )

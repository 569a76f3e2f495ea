"""`claims sample`: a random sample of what was found and of what was not, for people to judge."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claims_cli.commands.extract import ending
from claims_cli.commands.help import WRITTEN
from claims_cli.commands.messages import Messages, count, kept_back
from claims_cli.commands.options import FilterOptions, Model, RuleOptions, listed, sharing
from claims_cli.commands.sources import Db, FurtherOptions, Opened, Sources, opened
from claims_cli.errors import EXIT_INPUT, EXIT_OK, UsageError

if TYPE_CHECKING:
    from claims_cli.sampling.draw import Unit

LETTERS = "ABCDEFGH"
CLAIMS, SENTENCES = 200, 200
MARK = "sample"  # in whose name drawn claims are noted in a store


@sharing("wanted", FilterOptions)
@sharing("asked", FurtherOptions)
@sharing("ruled", RuleOptions)
def sample(
    sources: Sources = None,
    *,
    wanted: FilterOptions,
    asked: FurtherOptions,
    ruled: RuleOptions,
    db: Db = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The key: .csv, .tsv or .xlsx; the coders' sheets stand beside it. Or a new folder, for brat.",
            rich_help_panel=WRITTEN,
        ),
    ] = None,
    claims: Annotated[int, typer.Option("--claims", "-n", metavar="N", min=0, help="How many claims.")] = CLAIMS,
    sentences: Annotated[
        int, typer.Option(metavar="N", min=0, help="How many sentences in which no claim was found.")
    ] = SENTENCES,
    coders: Annotated[int, typer.Option(metavar="N", min=1, max=len(LETTERS), help="How many blind sheets.")] = 2,
    seed: Annotated[int, typer.Option(metavar="N", min=0, help="The same seed draws the same sample again.")] = 1,
    noted: Annotated[
        bool, typer.Option("--noted", help="Note the drawn claims in the store too, to mark them in claims browse.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Write over sheets that are there.", rich_help_panel=WRITTEN)
    ] = False,
    model: Model = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, notes and totals.")] = False,
) -> None:
    """Draw a random sample to judge, blind, for two coders.

    \b
    Examples:
      claims sample claims.db -o sample.csv            with blind sheets A and B
      claims sample claims.db -o sample.xlsx -n 400    for Excel, with more claims
      claims sample claims.db -o sample.csv --seed 7   another one
      claims sample texts/ -o sample.csv --coders 1    from texts, for one coder
      claims sample claims.db -o brat/                 a folder that brat opens

    Drawn are claims that the same options would list, by confidence, outlet and rule, and sentences in which none of
    them stands, by outlet and by what they hold. Coders fill claim, speaker_right, content_right (right, wrong,
    unsure), type, and missed: how many claims stand in the sentence that were not found. Their sheets tell neither
    confidence nor rule nor each other's verdicts; the key does. Then: claims agreement, claims evaluate --sample.
    """
    messages = Messages(quiet)
    with ending(messages):
        if output is None:
            raise UsageError("no file for the sample is named", "claims sample claims.db -o sample.csv")
        if wanted.limit is not None or wanted.sort is not None:
            raise UsageError("a sample has neither limit nor order", "--claims N says how many are drawn")
        refuse_written(output, coders, force)
        config = ruled.settle()
        messages.configured(config)
        with opened(sources, db, wanted, config, messages, model, asked=asked) as found:
            from claims_cli.sampling.draw import draw

            if noted and found.name is None:
                raise UsageError("--noted needs a store", "claims extract PATH --db FILE makes one")
            units = draw(found.reader, found.choice, asked.settle(), claims, sentences, seed)
            if not units:
                raise UsageError("there is nothing to draw from", "look with claims list what there is")
            write(found, output, units, coders, seed)
            line = told(units, output, coders, seed, found)
        if noted:
            note(Path(str(found.name)), units, seed)
        messages.say(line)
    raise typer.Exit(EXIT_INPUT if found.failed else EXIT_OK)


def is_sheet(path: Path) -> bool:
    """Whether sheets are asked for, and not a folder."""
    return bool(path.suffix)


def refuse_written(output: Path, coders: int, force: bool) -> None:
    """Refuse to write over what somebody may have filled in.

    Raises:
        UsageError: it is there, or its suffix is that of no sheet.
    """
    from claims_cli.sampling.sheet import checked

    if is_sheet(output):
        there = next((path for path in [checked(output), *sheets(output, coders)] if path.exists()), None)
        if there is not None and not force:
            raise UsageError(f"{there} is there, and may be filled in", "name another file, or give --force")


def sheets(key: Path, coders: int) -> list[Path]:
    """The files of the coders' sheets."""
    from claims_cli.sampling.sheet import coder_path

    return [coder_path(key, letter) for letter in LETTERS[:coders]]


def write(found: Opened, output: Path, units: list["Unit"], coders: int, seed: int) -> None:
    """Write the key and the coders' sheets, or a folder.

    Raises:
        OutputError: something cannot be written.
    """
    from claims_cli.sampling import brat, sheet

    if not is_sheet(output):
        brat.write(output, units, found.reader)
        return
    sheet.write_key(output, units)
    for path in sheets(output, coders):
        sheet.write_blind(path, units, f"{seed} {path.stem}")


def note(store: Path, units: list["Unit"], seed: int) -> None:
    """Note in a store which claims were drawn.

    Raises:
        OutputError, UsageError: the store cannot be written to.
    """
    from claims_cli.manifest import now
    from claims_cli.sampling.draw import CLAIM
    from claims_cli.store import opening
    from claims_cli.store.marks import Mark, give
    from claims_cli.store.writing import transaction

    with opening.writable(store, alone=False) as connection, transaction(connection):
        for unit in units:
            if unit.unit == CLAIM:
                give(connection, unit.id, Mark(None, f"sample {seed}", MARK, now()))


def told(units: list["Unit"], output: Path, coders: int, seed: int, found: Opened) -> str:
    """One line: how much was drawn of how much, and where it stands."""
    from claims_cli.sampling.draw import CLAIM, SENTENCE

    parts = []
    for kind, noun in ((CLAIM, "claim"), (SENTENCE, "sentence")):
        own = [unit for unit in units if unit.unit == kind]
        whole = sum({unit.stratum: unit.stratum_size for unit in own}.values())
        parts.append(f"{count(len(own), noun)} of {whole:,}{' without claims' if kind == SENTENCE else ''}")
    where = f"key in {output}"
    if is_sheet(output):
        where += f", to fill in: {listed(str(path) for path in sheets(output, coders))}"
    return "; ".join([f"{' and '.join(parts)} drawn (seed {seed}); {where}", *kept_back(found.choice)]) + "."

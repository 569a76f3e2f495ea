"""`claims agreement`: how far two coders of a sample agree, and where they do not."""

from pathlib import Path
from typing import Annotated

import typer

from claims_cli.commands.extract import ending, standard_output
from claims_cli.commands.messages import Messages, count
from claims_cli.commands.options import RuleOptions, sharing
from claims_cli.commands.sources import needing
from claims_cli.errors import EXIT_OK, UsageError
from claims_cli.outputs.listing import print_rows


@sharing("ruled", RuleOptions)
def agreement(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="A B", help="Filled sheets of the same sample, two or more.")
    ] = None,
    *,
    ruled: RuleOptions,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write a sheet of what they differ in: .csv, .tsv, .xlsx."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a sheet that is there.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No totals.")] = False,
) -> None:
    """Tell how far coders agree, field by field.

    \b
    Examples:
      claims agreement sample-A.csv sample-B.csv
      claims agreement sample-A.csv sample-B.csv -o sample-decided.csv

    Alpha is Krippendorff's: 1 is full agreement, 0 what chance would give; .80 is the usual bar, .667 the lowest.
    Decide the cells in which they differ in the sheet that -o writes; named SAMPLE-decided and left beside the others,
    it is what claims evaluate --sample goes by. Cells left empty or filled with unsure count for neither.
    """
    messages = Messages(quiet)
    with ending(messages):
        if len(files or []) < 2:
            raise UsageError("agreement is between two sheets or more", "claims agreement sample-A.csv sample-B.csv")
        needing("krippendorff", "trust")
        if output is not None and output.exists() and not force:
            raise UsageError(f"{output} is there, and may be filled in", "name another file, or give --force")
        from claims_cli.sampling import agreement as agreeing
        from claims_cli.sampling import sheet
        from claims_cli.sampling.verdicts import Words

        words = Words.load(ruled.settle().sources)
        tables = [sheet.read(path) for path in files or []]
        found = agreeing.agreements(tables, words)
        if not found:
            raise UsageError("no unit was judged in more than one of these sheets", "fill them in first")
        with standard_output():
            print_rows(agreeing.HEADINGS, map(agreeing.cells, found))
        columns, *rows = agreeing.disagreements(tables, words)
        if output is not None:
            sheet.write(sheet.checked(output), columns, rows)
        where = f", written to {output}" if output else " (-o FILE lists them)" if rows else ""
        messages.say(f"{count(len(rows), 'unit')} in which they differ{where}.")
    raise typer.Exit(EXIT_OK)

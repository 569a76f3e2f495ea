"""Options of the commands that write something made of claims: its format and file, and how it is told."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from claims_cli.commands.help import WRITTEN
from claims_cli.commands.options import completing, listed


def format_option(names: Iterable[str]) -> Any:
    """The option that names one of some formats."""
    return typer.Option(
        "--format",
        metavar="NAME",
        help=f"One of {listed(names)}.",
        autocompletion=completing(names),
        rich_help_panel=WRITTEN,
    )


OutputFile = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to this file; its suffix names the format.",
        rich_help_panel=WRITTEN,
    ),
]
RawCells = Annotated[
    bool,
    typer.Option("--raw", help="Leave cells as they are: formulas, control characters.", rich_help_panel=WRITTEN),
]
TextModel = Annotated[str | None, typer.Option(metavar="NAME", help="Another spaCy pipeline, for texts.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, notes and totals.")]

"""`claims config`: what is set, and where."""

import typer

from claims_cli.commands.options import RuleOptions, sharing
from claims_cli.config import NAMED_LISTS, working_folder
from claims_cli.outputs.listing import print_rows
from claims_cli.rulebook import load
from claims_cli.rulebook.calibration import UNCALIBRATED
from claims_cli.rulebook.model import Settings


@sharing("ruled", RuleOptions)
def config(context: typer.Context, *, ruled: RuleOptions) -> None:
    """Show each setting with its value and where it came from.

    \b
    Examples:
      claims config                       what is in force here
      claims config --no-config           what is in force without claims.yaml
      claims config --rules mine.yaml     with rules of your own

    claims.yaml is looked for in the working directory and above it, never in a folder that is read.
    """
    settled = ruled.settle()
    rulebook = load(settled.sources)
    rows = [("file", str(settled.path) if settled.path else "(none)", f"nearest to {working_folder()}")]
    set_here = {value.value[0]: value.origin for value in settled.values if value.name == "thresholds"}
    for name in Settings.__dataclass_fields__:
        rows.append((name, f"{getattr(rulebook.settings, name):g}", set_here.get(name, "shipped")))
    for value in settled.values:
        if value.name in NAMED_LISTS:
            rows.append((value.name, f"{value.value[0]}: {', '.join(value.value[1])}", value.origin))
        elif value.name != "thresholds":
            rows.append((value.name, str(value.value), value.origin))
    if settled.sources.calibration is not None:
        force = (
            str(rulebook.calibration) if rulebook.calibration != UNCALIBRATED else "not in force: of another rulebook"
        )
        rows.append(("calibration", force, settled.sources.calibration))
    print_rows(("Setting", "Value", "From"), rows)

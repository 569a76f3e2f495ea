"""How a command's `--help` is laid out: usage as its arguments are written, options in groups under headings."""

from typing import Any

import typer
from typer.core import TyperCommand

READ = "What is read"
SHOWN = "What is shown"
COMPARED = "What is compared"
WRITTEN = "How it is written"
RULES = "Rules and model"
OTHER = "Options"


class Command(TyperCommand):
    """A command whose help fits a narrow terminal and reads well aloud: headings and no boxes."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """`[OPTIONS]` and the arguments as their help writes them."""
        return ["[OPTIONS]", *map(called, arguments(self))]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The arguments, then the options group by group."""
        rows = [(called(argument), argument.help or "") for argument in arguments(self)]
        if rows:
            with formatter.section("Arguments"):
                formatter.write_dl(rows)
        for heading, options in grouped(self.get_params(ctx)).items():
            with formatter.section(heading):
                formatter.write_dl([option.get_help_record(ctx) for option in options])


def arguments(command: Any) -> list[Any]:
    """The arguments of a command."""
    return [parameter for parameter in command.params if parameter.param_type_name == "argument"]


def called(parameter: Any) -> str:
    """What an argument, or the value of an option, is called."""
    return parameter.metavar or parameter.name.upper()


def grouped(parameters: list[Any]) -> dict[str, list[Any]]:
    """The options among parameters by their heading, in the order in which headings come; those without one last."""
    found: dict[str, list[Any]] = {}
    for parameter in parameters:
        if parameter.param_type_name == "option" and not parameter.hidden:
            found.setdefault(getattr(parameter, "rich_help_panel", None) or OTHER, []).append(parameter)
    if OTHER in found:
        found[OTHER] = found.pop(OTHER)
    return found


def lay_out(app: typer.Typer) -> None:
    """Give every command of an application this help."""
    for command in app.registered_commands:
        command.cls = Command
    for group in app.registered_groups:
        if group.typer_instance is not None:
            lay_out(group.typer_instance)

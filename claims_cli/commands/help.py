"""How a command's `--help` is laid out: usage as its arguments are written, options in groups under headings."""

from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from claims_cli.errors import UsageError
from claims_cli.names import CLEAR, LIKE, alike, meant, one_of

READ = "What is read"
SHOWN = "What is shown"
COMPARED = "What is compared"
WRITTEN = "How it is written"
RULES = "Rules and model"
OTHER = "Options"
WRONG_USAGE: Any = typer.BadParameter.__bases__[0]  # of the click that typer brings, or else imports


class Command(TyperCommand):
    """A command whose help fits a narrow terminal and reads well aloud: headings and no boxes."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The arguments that are left.

        Raises:
            UsageError: there is no such option; those that may be meant are told with what they do.
        """
        try:
            return super().parse_args(ctx, args)
        except WRONG_USAGE as error:
            if not hasattr(error, "option_name"):
                raise
            option = next((one for one in self.params if error.option_name in one.opts), None)
            if option is not None:
                raise UsageError(f"{error.option_name} wants a value", explained(error.option_name, option)) from None
            raise UsageError(f"{ctx.command_path} has no option {error.option_name}", nearest(self, error)) from None

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


def explained(name: str, option: Any) -> str:
    """An option with what it takes, and what it does."""
    return f"{name} {option.metavar or 'VALUE'}: {first_sentence(option.help)}"


def nearest(command: Any, error: Any) -> str:
    """The options that may be meant by one that there is not, each with what it does."""
    known = {name: option for option in command.params if option.param_type_name == "option" for name in option.opts}
    word = error.option_name.lstrip("-")
    named = alike(error.option_name, known, 1, CLEAR) or [name for name in meant("option", word) if name in known]
    named = named or list(dict.fromkeys([*(error.possibilities or []), *alike(error.option_name, known, 2, LIKE)]))
    told = [f"{name} ({first_sentence(known[name].help)})" for name in named if name in known]
    rest = f"{command.name} --help lists all"
    return f"did you mean {', or '.join(told)}? {rest}" if told else rest


def first_sentence(help: str) -> str:
    """What an option does, in short."""
    return help.split(". ")[0].rstrip(".")


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


def lay_out(app: typer.Typer, kind: type[Command] = Command) -> None:
    """Give every command of an application this help, or be of a kind that has more."""
    for command in app.registered_commands:
        command.cls = kind
    for group in app.registered_groups:
        if group.typer_instance is not None:
            lay_out(group.typer_instance, kind)


def show_help(
    context: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(metavar="COMMAND...", help="The command to tell of.")] = None,
) -> None:
    """Tell what a command does, as its --help does.

    \b
    Examples:
      claims help               every command
      claims help extract       one of them
      claims help rules test    one of a group
    """
    at: Any = context.find_root()
    for word in words or []:
        inner = getattr(at.command, "commands", {})
        if inner:
            one_of("command", [word], inner)
            at = type(at)(inner[word], parent=at, info_name=word)
    typer.echo(at.get_help())

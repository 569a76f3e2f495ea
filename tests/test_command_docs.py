"""The page of the command line is what the commands are, and every help reads well on a narrow terminal."""

import re
import shlex

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from claims_cli.commands.app import app
from claims_cli.commands.help import arguments
from claims_cli.commands.reference import EXAMPLES, commands, page
from tests.conftest import ROOT

COMMANDS = dict(commands("claims", get_command(app)))


def help_of(name: str) -> str:
    done = CliRunner().invoke(app, [*name.split()[1:], "--help"], prog_name="claims", env={"COLUMNS": "80"})
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("width", ["40", "200"])
def test_the_page_of_commands_is_not_stale_at_any_width(monkeypatch, width):
    monkeypatch.setenv("COLUMNS", width)
    written = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert page() == written, "run: python -m claims_cli.commands.reference > docs/cli.md"


def test_the_page_has_every_command_with_each_of_its_options():
    sections = dict(re.findall(r"^## (claims.*)\n((?:(?!^## ).*\n)*)", page(), re.MULTILINE))
    assert list(sections) == list(COMMANDS)
    assert len(sections) > 14
    for name, command in COMMANDS.items():
        for parameter in command.params:
            assert parameter.help, (name, parameter.name)
            if parameter not in arguments(command):
                assert all(
                    re.search(rf"^\| `.*{spelled}\b", sections[name], re.MULTILINE) for spelled in parameter.opts
                )


@pytest.mark.parametrize("name", COMMANDS)
def test_a_help_leads_with_examples_and_fits_eighty_columns(name):
    text = help_of(name)
    assert max(map(len, text.splitlines())) <= 80
    assert "..." not in re.sub(r"(?:PATH|\[ARGS\]|\[SOURCE\]|STORE|NOTE|COMMAND)\.\.\.", "", text), "cut short"
    first = next(place for place, line in enumerate(text.splitlines()) if line.startswith("  Examples:"))
    assert first == 4, "below one line that says what it does"


@pytest.mark.parametrize("name", COMMANDS)
def test_examples_use_options_that_there_are(name):
    lines = re.findall(r"^\s+(claims .*)", COMMANDS[name].help.partition(EXAMPLES)[2], re.MULTILINE)
    assert lines
    for line in lines:
        words = shlex.split(line.replace("claims' offsets", "").partition(" > ")[0], comments=True)
        used = max((other for other in COMMANDS if line.startswith(other)), key=len)
        assert used.startswith(name), line
        known = {spelled for parameter in COMMANDS[used].params for spelled in parameter.opts}
        assert {word for word in words if word.startswith("-")} <= known, line


def test_options_stand_under_headings():
    text = help_of("claims extract")
    headings = re.findall(r"^(\w.*):$", text, re.MULTILINE)
    assert headings == [
        "Arguments", "What is read", "What is shown", "How it is written", "Rules and model", "Options",
    ]  # fmt: skip
    assert text.index("What is read:") < text.index("--include") < text.index("What is shown:") < text.index("--cue")

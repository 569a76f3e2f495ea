"""The README is short, its links lead somewhere, its commands exist; so are those of the guide."""

import re
import shlex

import pytest
from typer.main import get_command

from claims_cli.commands.app import app
from claims_cli.commands.reference import commands
from tests.conftest import ROOT

MOST_WORDS = 1_200
COMMANDS = dict(commands("claims", get_command(app)))
PAGES = [
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    *(str(path.relative_to(ROOT)) for path in sorted((ROOT / "docs").glob("*.md"))),
]
LINK = re.compile(r"\]\(([^)#\s]*)(#[^)\s]*)?\)")


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def test_the_readme_is_short_enough_for_a_newcomer():
    assert len(text_of("README.md").split()) <= MOST_WORDS


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page):
    for target, place in LINK.findall(re.sub(r"```.*?```", "", text_of(page), flags=re.S)):
        if "://" in target or target.startswith("mailto:"):
            continue
        path = (ROOT / page).parent / target if target else ROOT / page
        assert path.exists(), target
        if place and path.suffix == ".md":
            headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.M)
            assert place[1:] in map(anchor, headings), f"{target}{place}"


def anchor(heading: str) -> str:
    """A heading as GitHub names its place."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", ["README.md", "docs/guide.md"])
def test_commands_use_options_that_there_are(page):
    blocks = re.findall(r"^```sh\n(.*?)^```", text_of(page), re.S | re.M)
    lines = [line for block in blocks for line in block.splitlines() if re.match(r"(?:.*\| )?claims ", line)]
    assert len(lines) > 10
    for line in lines:
        command = line[line.index("claims ") :].partition(" > ")[0].partition(" | ")[0]
        words = shlex.split(command, comments=True)
        used = [name for name in COMMANDS if command.startswith(f"{name} ") or command == name]
        if not used:
            assert words[1] == "--install-completion", line
            continue
        known = {option for parameter in COMMANDS[max(used, key=len)].params for option in parameter.opts}
        assert {word for word in words if word.startswith("-") and word != "-"} <= known, line


def test_what_is_cited_is_the_version_that_runs():
    from claims_cli import __version__

    assert f"\nversion: {__version__}\n" in text_of("CITATION.cff")
    assert f"\n## {__version__}," in text_of("CHANGELOG.md")
    assert "doi:" not in text_of("CITATION.cff")  # the versioned one comes with a release

"""The documentation of the rules is what the rules are, and the tutorial's steps do what they say."""

import re

import pytest

from claims_cli.outputs.rule_pages import page
from claims_cli.rulebook import load
from tests.command import ROOT
from tests.command import shell as run_line

TUTORIAL = (ROOT / "docs" / "rules-tutorial.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", TUTORIAL, re.MULTILINE | re.DOTALL)
RULE = next(text for kind, text in BLOCKS if kind == "yaml" and "has-it-that" in text)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "my-rules.yaml").write_text(RULE, encoding="utf-8")
    (tmp_path / "story.txt").write_text("Rumour has it that the ferry sank.\n", encoding="utf-8")
    return tmp_path


def shell(command: str, folder) -> str:
    """What a command of the tutorial prints, standard error included."""
    done = run_line(command, folder)
    return done.stdout.decode() + done.stderr.decode()


def step(number: int) -> list[tuple[str, str]]:
    """The blocks of one step."""
    text = re.split(r"^## ", TUTORIAL, flags=re.MULTILINE)[number]
    return re.findall(r"^```(\w*)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def test_the_page_of_rules_is_not_stale():
    path = ROOT / "docs" / "rules.md"
    assert path.read_text(encoding="utf-8") == page(load()), "run: claims rules docs > docs/rules.md"


def test_every_key_of_the_language_is_described():
    rows = re.findall(r"^\| `(\w+)`[^|]*\|([^|]*)\|([^|]*)\|", page(load()), re.MULTILINE)
    assert len(rows) > 40
    assert [name for name, description, values in rows if not description.strip() or not values.strip()] == []


def test_step_one_shows_the_tree_it_says(folder):
    (_, command), (_, output) = step(1)
    assert output in shell(command, folder)
    assert "found by has-it-that" not in shell(command, folder)


def test_the_rule_has_ten_lines_and_passes_as_step_three_says(folder):
    assert len(RULE.splitlines()) == 10
    (_, command), (_, output), (_, broken) = step(3)
    assert shell(command, folder) == output
    (folder / "my-rules.yaml").write_text(
        RULE.replace("child_of: cue, dep: nsubj", "childof: cue, dep: nsubj"), encoding="utf-8"
    )
    told = shell(command, folder)
    assert told.startswith(broken.partition("ent_type")[0])


def test_step_four_finds_the_claim(folder):
    (_, command), (_, config) = step(4)
    assert "Rumour\thas\tthat the ferry sank" in shell(command, folder)
    (folder / "claims.yaml").write_text(config, encoding="utf-8")
    told = shell("claims extract story.txt", folder)
    assert "Rumour\thas\tthat the ferry sank" in told
    assert "claims.yaml (rules 1); --no-config leaves it out" in told


def test_step_five_disables_a_rule(folder):
    ((_, config),) = step(5)
    (folder / "claims.yaml").write_text(config, encoding="utf-8")
    assert "adverb\t" not in shell("claims rules list", folder)
    assert "has-it-that\t" in shell("claims rules list", folder)


def test_step_six_shows_a_words_class_and_lets_one_join_another(folder):
    (_, commands), (_, words) = step(6)
    word, group = commands.splitlines()
    assert "answer\tattribution.answer\tstatement\t" in shell(word, folder)
    assert "retort\n" in shell(group, folder)
    (folder / "story.txt").write_text("Ann Roe snarked that the ferry sank.\n", encoding="utf-8")
    assert "Ann Roe" not in shell("claims extract story.txt", folder)
    (folder / "claims.yaml").write_text(words, encoding="utf-8")
    assert "Ann Roe\tsnarked\tthat the ferry sank" in shell("claims extract story.txt", folder)


def test_step_seven_says_why(folder):
    (_, commands), (_, output) = step(7)
    first, second = commands.splitlines()
    assert "found by has-it-that" in shell(first, folder)
    assert output in shell(second, folder)


def test_step_eight_sets_aside_furniture(folder):
    (_, words), (_, rule), (_, command), (_, output) = step(8)
    (folder / "my-rules" / "furniture").mkdir(parents=True)
    (folder / "my-rules" / "furniture" / "ticker.yaml").write_text(rule, encoding="utf-8")
    assert shell(command, folder) == output
    (folder / "claims.yaml").write_text(f"{words}rules: [my-rules]\n", encoding="utf-8")
    told = "Ann Roe said that it rained.\n\n+++ Jim Lee said that the ferry sank. +++\n\nMeistgelesen\nBaker says no\n"
    (folder / "story.txt").write_text(told, encoding="utf-8")
    found = shell("claims extract story.txt", folder)
    assert "Ann Roe\tsaid\tthat it rained" in found
    assert "ferry" not in found
    assert "Baker" not in found

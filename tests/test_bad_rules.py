"""Broken rule files: each kind with the exact message that it must give (`tests/bad_rules/`)."""

import pytest

from claims_cli.errors import ClaimsError
from claims_cli.pipeline import parser
from claims_cli.pipeline.parse.labels import check_labels
from claims_cli.rulebook import RuleSources, load
from tests.conftest import ROOT

FOLDER = ROOT / "tests" / "bad_rules"
FILES = sorted(FOLDER.glob("*.yaml"))
ALL = [*FILES, *sorted(FOLDER.glob("furniture/*.yaml"))]


@pytest.fixture(scope="module")
def nlp():
    return parser()


def message_of(path, nlp) -> str:
    """What is said of a rule file; the model's own labels, which are many, left out."""
    try:
        check_labels(load(RuleSources(added=(str(path),))).rules, nlp)
    except ClaimsError as error:
        lines = str(error).replace(f"{FOLDER}/", "").split("\n")
        return "\n".join(line.partition(f"{nlp.meta['name']} has:")[0].rstrip() for line in lines) + "\n"
    return "no problem\n"


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_a_broken_rule_file_says_what_is_wrong_and_what_would_be_right(path, nlp):
    assert message_of(path, nlp) == path.with_suffix(".txt").read_text(encoding="utf-8")


def test_there_are_many_kinds():
    assert len(FILES) >= 30


def write_messages() -> None:
    """Write the messages anew: `python -m tests.test_bad_rules`, then read each."""
    nlp = parser()
    for path in ALL:
        path.with_suffix(".txt").write_text(message_of(path, nlp), encoding="utf-8")


if __name__ == "__main__":
    write_messages()

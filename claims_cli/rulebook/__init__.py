"""The rulebook: YAML → validated rules and lexicons."""

import hashlib
from functools import lru_cache
from pathlib import Path

from claims_cli.errors import RulebookError, RuleProblem
from claims_cli.rulebook.lexicons import (
    PRECISIONS,
    WEIGHTS,
    read_lexicon,
    read_precisions,
    read_settings,
    read_weights,
)
from claims_cli.rulebook.model import Precision, Rule, Rulebook, Weights
from claims_cli.rulebook.reading import read_rules

SHIPPED = "shipped"


def shipped_folder() -> Path:
    """Where the shipped rules are: beside the package in a checkout, inside it in a wheel."""
    inside = Path(__file__).parent.parent / "rules"
    return inside if inside.is_dir() else Path(__file__).parent.parent.parent / "rules"


@lru_cache(maxsize=8)
def load(rules: str | None = None) -> Rulebook:
    """Read and check all rules and lexicons of a folder.

    Raises:
        RulebookError: something in them is wrong; it carries every problem of every file.
    """
    folder = Path(rules) if rules else shipped_folder()
    problems: list[RuleProblem] = []
    words: dict[str, frozenset[str]] = {}
    precisions: dict[str, Precision] = {}
    weights = Weights()
    for path in sorted((folder / "lexicons").glob("*.yaml")):
        name = f"rules/lexicons/{path.name}"
        if path.name == PRECISIONS:
            source, precisions = read_precisions(path, name)
        elif path.name == WEIGHTS:
            source, weights = read_weights(path, name)
        else:
            source, groups = read_lexicon(path, name)
            words.update(groups)
        problems += source.problems
    source, settings = read_settings(folder / "settings.yaml", "rules/settings.yaml")
    problems += source.problems
    found: list[Rule] = []
    for path in sorted(folder.glob("*.yaml")):
        if path.name == "settings.yaml":
            continue
        source, own = read_rules(path, f"rules/{path.name}", SHIPPED, words)
        problems += source.problems
        problems += repeated(own, found, source.path)
        found += own
    problems += dangling(found)
    if problems:
        raise RulebookError(problems)
    return Rulebook(tuple(found), words, precisions, settings, weights, fingerprint(folder))


def repeated(found: list[Rule], before: list[Rule], path: str) -> list[RuleProblem]:
    """A problem for each rule whose id another rule has already."""
    seen = {rule.id for rule in before}
    problems = []
    for rule in found:
        if rule.id in seen:
            problems.append(RuleProblem(path, 1, 1, f"two rules have the id '{rule.id}'"))
        seen.add(rule.id)
    return problems


def dangling(rules: list[Rule]) -> list[RuleProblem]:
    """A problem for each rule that replaces one that does not exist."""
    known = {rule.id for rule in rules}
    return [
        RuleProblem(
            f"rules/{rule.construction}.yaml", 1, 1, f"rule '{rule.id}' replaces '{other}', which does not exist"
        )
        for rule in rules
        for other in rule.replaces
        if other not in known
    ]


def fingerprint(folder: Path) -> str:
    """12 hex digits over every file of a rulebook folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]

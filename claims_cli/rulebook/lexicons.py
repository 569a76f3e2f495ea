"""Lexicons: groups of words by name; classes of cues with a rate of their own; the numbers of `settings.yaml`."""

from pathlib import Path

import yaml

from claims_cli.names import suggest
from claims_cli.rulebook.model import Prior, Settings
from claims_cli.rulebook.yaml_nodes import (
    SourceFile,
    compose,
    entries,
    number_of,
    texts_of,
    truth_of,
)

PRIORS = "priors.yaml"
PRIOR_KEYS = ("right", "exact", "weighed")
RENAMED = {"floor": "min_precision", "least": "min_candidate", "nested": "nested_penalty"}


def read_lexicon(path: Path, name: str) -> tuple[SourceFile, dict[str, frozenset[str]]]:
    """Word groups of one lexicon file, by `file.group`."""
    source, node = compose(path, name)
    groups = {}
    for key, _, value in entries(source, node, "a lexicon"):
        words = texts_of(source, value, f"group '{key}'")
        groups[f"{path.stem}.{key}"] = frozenset(words)
        if len(words) > len(groups[f"{path.stem}.{key}"]):
            doubled(source, key, value)
    return source, groups


def doubled(source: SourceFile, group: str, node: yaml.Node) -> None:
    """A problem for each word of a group that stands there a second time."""
    seen: set[str] = set()
    for word in node.value:
        if word.value in seen:
            source.problem(word, f"group '{group}': '{word.value}' stands here a second time")
        seen.add(word.value)


def read_priors(path: Path, name: str, words: dict[str, frozenset[str]]) -> tuple[SourceFile, dict[str, Prior]]:
    """Classes of cues by lexicon group: ``verbs.hearsay: {right: 0.65, exact: 0.26, weighed: false}``."""
    source, node = compose(path, name)
    priors = {}
    for group, group_node, value in entries(source, node, "priors"):
        if group not in words:
            source.problem(group_node, f"there is no lexicon group '{group}'", suggest(group, words))
            continue
        prior = read_prior(source, group, value, words[group])
        if prior is not None:
            priors[group] = prior
    return source, priors


def read_prior(source: SourceFile, group: str, node: yaml.Node, words: frozenset[str]) -> Prior | None:
    """One class; without `exact`, half of the right ones are right to the word."""
    parts = {}
    for key, key_node, value in entries(source, node, f"class '{group}'"):
        if key in PRIOR_KEYS:
            parts[key] = value
        else:
            source.unknown(key_node, PRIOR_KEYS, f"class '{group}': ")
    if "right" not in parts:
        source.problem(node, f"class '{group}': needs a rate (right)")
        return None
    right = number_of(source, parts["right"], f"class '{group}': right") or 0.0
    exact = number_of(source, parts["exact"], f"class '{group}': exact") if "exact" in parts else right / 2
    weighed = truth_of(source, parts["weighed"], f"class '{group}': weighed") if "weighed" in parts else True
    return Prior(group, words, right, exact or 0.0, weighed)


def unknown_setting(source: SourceFile, key_node: yaml.Node) -> None:
    """Note an unknown number of the settings; one that has another name now is told it."""
    new = RENAMED.get(str(key_node.value))
    if new is None:
        source.unknown(key_node, Settings.__dataclass_fields__)
    else:
        source.problem(key_node, f"'{key_node.value}' is called '{new}'", f"write: {new}")


def read_settings(path: Path, name: str) -> tuple[SourceFile, Settings]:
    """The thresholds of `settings.yaml`."""
    source, node = compose(path, name)
    numbers = {}
    for key, key_node, value in entries(source, node, "settings"):
        if key not in Settings.__dataclass_fields__:
            unknown_setting(source, key_node)
            continue
        numbers[key] = number_of(source, value, key) or 0.0
    return source, Settings(**{name: numbers.get(name, 0.0) for name in Settings.__dataclass_fields__})

"""Lexicons: groups of words by name, and the precisions that were counted for the rules."""

from pathlib import Path

import yaml

from claims_cli.rulebook.model import Precision, Prior, Settings, Weights
from claims_cli.rulebook.yaml_nodes import (
    SourceFile,
    compose,
    entries,
    items,
    nearest,
    number_of,
    texts_of,
    truth_of,
)

PRECISIONS = "precisions.yaml"
WEIGHTS = "weights.yaml"
PRIORS = "priors.yaml"
PRIOR_KEYS = ("right", "exact", "weighed")
RENAMED = {"floor": "min_precision", "least": "min_candidate", "nested": "nested_penalty"}
MOST_LOG_ODDS = 20


def read_lexicon(path: Path, name: str) -> tuple[SourceFile, dict[str, frozenset[str]]]:
    """Word groups of one lexicon file, by `file.group`."""
    source, node = compose(path, name)
    groups = {}
    for key, _, value in entries(source, node, "a lexicon"):
        groups[f"{path.stem}.{key}"] = frozenset(texts_of(source, value, f"group '{key}'"))
    return source, groups


def read_precisions(path: Path, name: str) -> tuple[SourceFile, dict[str, Precision]]:
    """Counted precisions by rule id: ``rule: {unseen: [0.4, 0.2], cues: {say: [9, 7, 10]}}``."""
    source, node = compose(path, name)
    found = {}
    for rule_id, _, value in entries(source, node, "precisions"):
        unseen, cues = [0.0, 0.0], {}
        for key, key_node, part in entries(source, value, f"rule '{rule_id}'"):
            if key == "unseen":
                unseen = [number_of(source, item, "unseen") or 0.0 for item in items(source, part, "unseen")]
            elif key == "cues":
                cues = read_counts(source, part)
            else:
                source.unknown(key_node, ("unseen", "cues"), f"rule '{rule_id}': ")
        found[rule_id] = Precision(unseen[0], unseen[1], cues)
    return source, found


def read_counts(source: SourceFile, node: yaml.Node) -> dict[str, tuple[int, int, int]]:
    """``cue: [right, exact, seen]`` for each cue of a rule."""
    counts = {}
    for cue, _, value in entries(source, node, "cues"):
        try:
            right, exact, seen = (int(part.value) for part in value.value)
            counts[cue] = (right, exact, seen)
        except (TypeError, ValueError, AttributeError):
            source.problem(value, f"the counts of '{cue}' must be [right, exact, seen]")
    return counts


def read_priors(path: Path, name: str, words: dict[str, frozenset[str]]) -> tuple[SourceFile, dict[str, Prior]]:
    """Classes of cues by lexicon group: ``verbs.hearsay: {right: 0.65, exact: 0.26, weighed: false}``."""
    source, node = compose(path, name)
    priors = {}
    for group, group_node, value in entries(source, node, "priors"):
        if group not in words:
            source.problem(group_node, f"there is no lexicon group '{group}'", nearest(group, words))
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


def read_weights(path: Path, name: str) -> tuple[SourceFile, Weights]:
    """Weights of evidence: ``bias``, ``lexicon``, then a map of values for each feature."""
    source, node = compose(path, name)
    numbers, features = {"bias": 0.0, "lexicon": 1.0}, {}
    for key, _, value in entries(source, node, "weights"):
        if key in numbers:
            numbers[key] = number_of(source, value, key, -MOST_LOG_ODDS, MOST_LOG_ODDS) or 0.0
            continue
        features[key] = {
            name: number_of(source, part, name, -MOST_LOG_ODDS, MOST_LOG_ODDS) or 0.0
            for name, _, part in entries(source, value, f"feature '{key}'")
        }
    return source, Weights(numbers["bias"], numbers["lexicon"], features)

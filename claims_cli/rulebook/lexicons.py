"""Lexicons: groups of words by name, and the precisions that were counted for the rules."""

from pathlib import Path

import yaml

from claims_cli.rulebook.model import Precision, Settings, Weights
from claims_cli.rulebook.yaml_nodes import SourceFile, compose, entries, items, number_of, texts_of

PRECISIONS = "precisions.yaml"
WEIGHTS = "weights.yaml"
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


def read_settings(path: Path, name: str) -> tuple[SourceFile, Settings]:
    """The thresholds of `settings.yaml`."""
    source, node = compose(path, name)
    numbers = {}
    for key, key_node, value in entries(source, node, "settings"):
        if key not in Settings.__dataclass_fields__:
            source.unknown(key_node, Settings.__dataclass_fields__)
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

"""`lexicons/attribution.yaml` → classes of attribution words, and the lexicon groups that they are named by."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import yaml

from claims_cli.rulebook.attribution_words import PARTS, AttributionClass
from claims_cli.rulebook.yaml_nodes import SourceFile, compose, entries

CLASSES = "attribution.yaml"
NAME = CLASSES.removesuffix(".yaml")


def read_classes(
    path: Path, name: str, known: Mapping[str, AttributionClass]
) -> tuple[SourceFile, list[AttributionClass]]:
    """The classes of one file, and where its problems are gathered; words of a class that is `known` join it.

    Raises:
        RulebookError: the file cannot be read, or is no YAML.
    """
    source, top = compose(path, name)
    classes = (
        read_class(source, key, key_node, value, known.get(key))
        for key, key_node, value in entries(source, top, "a lexicon of attribution words")
    )
    return source, [read for read in classes if read is not None]


def read_class(
    source: SourceFile, name: str, key_node: yaml.Node, node: yaml.Node, known: AttributionClass | None
) -> AttributionClass | None:
    """One class; None where something in it is wrong."""
    from claims_cli.rulebook.language import ClassText  # not at every start: a tenth of a second
    from claims_cli.rulebook.validation import Part, node_at

    where = f"class '{name}'"
    text = Part(source, {"": ClassText}, lambda _: where).read(node)
    if text is None:
        return None
    for part in PARTS:
        doubled = [word for word, times in Counter(getattr(text, part)).items() if times > 1]
        for word in doubled:
            source.problem(node_at(node, (part,)), f"{where}: '{word}' stands twice among its {part}")
    words = {part: frozenset(getattr(text, part)) for part in PARTS}
    if known is not None:
        return replace(known, words={part: known.words[part] | words[part] for part in PARTS})
    if not text.type or not text.description:
        source.problem(key_node, f"{where}: a new class needs a type and a description")
        return None
    told = {key: getattr(text, key) for key in ("description", "type", "right", "quoted", "evidence")}
    return AttributionClass(name, frames=frozenset(text.frames), words=words, **told)


def group_name(known: AttributionClass, part: str) -> str:
    """The lexicon group of a class's words: `attribution.argue` its verbs, `attribution.argue-nouns` its nouns."""
    return f"{NAME}.{known.name}" + ("" if part == "verbs" else f"-{part}")


def groups_of(classes: Iterable[AttributionClass]) -> dict[str, frozenset[str]]:
    """The words of classes as lexicon groups."""
    return {group_name(known, part): known.words[part] for known in classes for part in PARTS if known.words[part]}


def with_words(known: AttributionClass, groups: Mapping[str, frozenset[str]]) -> AttributionClass:
    """A class with the words that its groups have."""
    return replace(known, words={part: groups.get(group_name(known, part), frozenset()) for part in PARTS})


def by_type(classes: Iterable[AttributionClass]) -> dict[str, frozenset[str]]:
    """The words of all classes that make a type of claim, for rules: `attribution.of-statement`."""
    groups: dict[str, frozenset[str]] = {}
    for known in classes:
        name = f"{NAME}.of-{known.type}"
        groups[name] = groups.get(name, frozenset()).union(*known.words.values())
    return groups

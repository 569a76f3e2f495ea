"""Files of furniture rules → `FurnitureRule` records, as strict as the reading of rules of claims."""

from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from claims_cli.rulebook.furniture import CLASSES, FurnitureRule, LineTest
from claims_cli.rulebook.furniture_language import MODELS, FurnitureText, LineText
from claims_cli.rulebook.reading import identified
from claims_cli.rulebook.validation import Part, node_at
from claims_cli.rulebook.vocabulary import Vocabulary
from claims_cli.rulebook.yaml_nodes import SourceFile, compose, items

COMPILED = ("id", "line", "examples")  # keys of a rule that are more than a value


def read_furniture(
    path: Path, name: str, origin: str, vocabulary: Vocabulary
) -> tuple[SourceFile, list[FurnitureRule]]:
    """The rules of furniture of one file, and where its problems are gathered."""
    source, top = compose(path, name)
    nodes = items(source, top, "a file of furniture rules") if top is not None else []
    rules = (read_rule(source, node, origin, vocabulary) for node in nodes)
    return source, [rule for rule in rules if rule is not None]


def read_rule(source: SourceFile, node: yaml.Node, origin: str, vocabulary: Vocabulary) -> FurnitureRule | None:
    """One rule; None where something in it is wrong."""
    named = identified(source, node, FurnitureText)
    if named is None:
        return None
    rule_id, id_node = named
    where = f"rule '{rule_id}'"
    text = Part(source, MODELS, lambda _: where, vocabulary).read(node)
    if text is None:
        return None
    lines = (*text.examples.match, *text.examples.no_match)
    for line, number in Counter(lines).items():
        if number > 1:
            source.problem(node_at(node, ("examples",)), f"{where}: the example '{line}' stands there twice")
    return FurnitureRule(
        id=rule_id,
        test=line_test(text.line),
        origin=origin,
        place=source.place(id_node),
        written=source.written(node),
        match=text.examples.match,
        no_match=text.examples.no_match,
        **{name: getattr(text, name) for name in text.model_fields_set.difference(COMPILED)},
    )


def line_test(text: LineText) -> LineTest:
    """What a line is like, as the matcher takes it."""
    plain = ("begins", "ends", "equals", "holds", "most_words", "least_words", "capitals", "enclosed")
    fields: dict[str, Any] = {name: getattr(text, name) for name in plain}
    fields |= {name: line_test(part) for name in ("label", "brackets", "tail") if (part := getattr(text, name))}
    if text.made_of is not None:
        words = frozenset(text.made_of)
        fields["made_of"] = words.difference(CLASSES)
        fields |= {"names": "$names" in words, "numbers": "$numbers" in words}
    return LineTest(
        alternatives=tuple(map(line_test, text.any_of)), barred=tuple(map(line_test, text.none_of)), **fields
    )

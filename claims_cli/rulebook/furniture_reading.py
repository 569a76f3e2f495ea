"""Files of furniture rules → `FurnitureRule` records, as strict as the reading of rules of claims."""

from pathlib import Path

import yaml

from claims_cli.rulebook.furniture import (
    CAPITALS,
    CLASSES,
    ENCLOSED,
    MOST_WORDS,
    NUMBER_KEYS,
    PART_KEYS,
    PHRASE_KEYS,
    RULE_KEYS,
    SETS_ASIDE,
    TEST_KEYS,
    FurnitureRule,
    LineTest,
)
from claims_cli.rulebook.reading import RuleReader, Vocabulary
from claims_cli.rulebook.yaml_nodes import SourceFile, compose, entries, items, number_of, text_of, texts_of, truth_of


class FurnitureReader(RuleReader):
    """Reads the rules of furniture of one file; the problems gather in `source`."""

    rule_keys = tuple(RULE_KEYS)

    def read_furniture(self, node: yaml.Node | None) -> list[FurnitureRule]:
        """The rules of the file's top list."""
        if node is None:
            return []
        found = [self.read_line_rule(item) for item in items(self.source, node, "a file of furniture rules")]
        return [rule for rule in found if rule is not None]

    def read_line_rule(self, node: yaml.Node) -> FurnitureRule | None:
        """One rule; None where too much is wrong to go on."""
        begun = self.begin(node, ("description", "line"))
        if begun is None:
            return None
        rule_id, id_node, values = begun
        match, no_match = self.read_lines(values.get("examples"))
        sets_aside = self.one_of(values["sets_aside"], "sets_aside", SETS_ASIDE) if "sets_aside" in values else None
        truths = {
            name: truth_of(self.source, values[name], self.where + name)
            for name in ("sentences", "opens_article", "ends_article", "override")
            if name in values
        }
        return FurnitureRule(
            id=rule_id,
            description=text_of(self.source, values["description"], "description") or "",
            test=self.read_line_test(values["line"]),
            origin=self.origin,
            place=self.source.place(id_node),
            written=self.source.written(node),
            sets_aside=sets_aside or "line",
            match=match,
            no_match=no_match,
            **truths,
        )

    def read_lines(self, node: yaml.Node | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The examples: (match, no_match)."""
        found: dict[str, tuple[str, ...]] = {"match": (), "no_match": ()}
        for key, key_node, value in entries(self.source, node, self.where + "examples"):
            if key in found:
                found[key] = tuple(texts_of(self.source, value, self.where + key))
            else:
                self.unknown(key_node, tuple(found))
        return found["match"], found["no_match"]

    def read_line_test(self, node: yaml.Node) -> LineTest:
        """What a line is like."""
        fields: dict = {}
        for key, key_node, value in entries(self.source, node, self.where + "line"):
            if key in PHRASE_KEYS:
                fields[key] = self.read_words(value, key)
            elif key == "made_of":
                fields.update(self.read_material(value))
            elif key in PART_KEYS:
                fields[key] = self.read_line_test(value)
            elif key in NUMBER_KEYS:
                number = number_of(self.source, value, self.where + key, 1, MOST_WORDS)
                fields[key] = int(number) if number else None
            elif key in ("capitals", "enclosed"):
                fields[key] = self.one_of(value, key, CAPITALS if key == "capitals" else ENCLOSED)
            elif key in ("any", "not"):
                nodes = value.value if isinstance(value, yaml.SequenceNode) else [value]
                tests = tuple(self.read_line_test(item) for item in nodes)
                fields["alternatives" if key == "any" else "barred"] = tests
            else:
                self.unknown(key_node, tuple(TEST_KEYS))
        if not fields and isinstance(node, yaml.MappingNode) and not node.value:
            self.source.problem(node, f"{self.where}a test without a key holds of every line", "say what it is like")
        return LineTest(**fields)

    def read_material(self, node: yaml.Node) -> dict:
        """`made_of`: words, lexicon groups, `$names` and `$numbers`."""
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        classes = {item.value for item in nodes if item.value in CLASSES}
        words: frozenset[str] = frozenset()
        for item in nodes:
            if item.value not in CLASSES:
                words |= self.read_words(item, "made_of")
        if not nodes:
            self.source.problem(node, f"{self.where}made_of allows nothing")
        return {"made_of": words, "names": "$names" in classes, "numbers": "$numbers" in classes}


def read_furniture(
    path: Path, name: str, origin: str, vocabulary: Vocabulary
) -> tuple[SourceFile, list[FurnitureRule]]:
    """The rules of furniture of one file, and where its problems are gathered."""
    source, node = compose(path, name)
    return source, FurnitureReader(source, path.stem, origin, vocabulary).read_furniture(node)

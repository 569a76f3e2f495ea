"""Rule files → `Rule` records. Strict: what is not known is an error that says where and what would be right.

`language` says what may stand in a rule; here its parts are brought together: roles that refer to each other, named
nodes, classes of cues, examples that must hold the words they yield.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from pydantic import BaseModel

from claims_cli.names import suggest
from claims_cli.rulebook.language import (
    ExamplesText,
    ExampleText,
    NamedNodeText,
    NodeText,
    QuotationText,
    RuleText,
    StretchText,
    TestText,
)
from claims_cli.rulebook.model import (
    AT_TAGS,
    RELATIONS,
    ROLES,
    Example,
    Label,
    NamedNode,
    Node,
    Prior,
    Rule,
)
from claims_cli.rulebook.nodes import joined, labels_of, node_of, references
from claims_cli.rulebook.validation import Part, key_at, keys_of, node_at
from claims_cli.rulebook.vocabulary import Vocabulary
from claims_cli.rulebook.yaml_nodes import SourceFile, compose, entries, items

RENAMED_ROLES = {"cited": "citing"}
MODELS: dict[str, type[BaseModel]] = {
    "": RuleText,
    "pattern": NodeText,
    **dict.fromkeys(("any", "has", "lacks", "not"), TestText),
    "quotation": QuotationText,
    "stretch": StretchText,
    "examples": ExamplesText,
    "match": ExampleText,
    "known_gap": ExampleText,
}
COMPILED = ("pattern", "priors", "examples", "id")  # keys of a rule that are more than a value


def read_rules(path: Path, name: str, origin: str, vocabulary: Vocabulary) -> tuple[SourceFile, list[Rule]]:
    """The rules of one file, and where its problems are gathered."""
    source, top = compose(path, name)
    nodes = items(source, top, "a rule file") if top is not None else []
    rules = (read_rule(source, node, path.stem, origin, vocabulary) for node in nodes)
    return source, [rule for rule in rules if rule is not None]


def read_nodes(path: Path, name: str, origin: str, vocabulary: Vocabulary) -> tuple[SourceFile, list[NamedNode]]:
    """The named nodes of one file, and where its problems are gathered."""
    source, top = compose(path, name)
    named = (
        read_named_node(source, key_node, value, origin, vocabulary)
        for _, key_node, value in entries(source, top, "a file of named nodes")
    )
    return source, [node for node in named if node is not None]


def read_named_node(
    source: SourceFile, key_node: yaml.Node, value: yaml.Node, origin: str, vocabulary: Vocabulary
) -> NamedNode | None:
    """One named node; None where something in it is wrong."""
    name, where = str(key_node.value), f"node '{key_node.value}'"
    part = Part(source, {**MODELS, "": NamedNodeText}, lambda _: where, vocabulary)
    text = part.read(value)
    if text is None:
        return None
    if text.use:
        source.problem(node_at(value, ("use",)), f"{where}: a named node does not use another")
    labels = tuple(labels_of(source, value, where))
    return NamedNode(name, text.description, node_of(name, text), origin, source.place(key_node), labels)


def identified(source: SourceFile, node: yaml.Node, model: type[BaseModel]) -> tuple[str, yaml.Node] | None:
    """The id of a rule and where it stands; None where it has none."""
    if not isinstance(node, yaml.MappingNode):
        source.problem(node, "a rule must be a map of keys and values", f"its keys: {', '.join(keys_of(model))}")
        return None
    id_node = node_at(node, ("id",))
    if id_node is node:
        source.problem(node, "a rule needs an id")
        return None
    if not isinstance(id_node, yaml.ScalarNode):
        source.problem(id_node, "id must be a word or a text")
        return None
    return id_node.value, id_node


def read_rule(
    source: SourceFile, node: yaml.Node, construction: str, origin: str, vocabulary: Vocabulary
) -> Rule | None:
    """One rule; None where something in it is wrong."""
    named = identified(source, node, RuleText)
    if named is None:
        return None
    rule_id, id_node = named
    reader = RuleReader(source, node, rule_id, vocabulary)
    text = Part(source, MODELS, reader.called, vocabulary).read(node)
    if not reader.has_sound_roles() or text is None:
        return None
    noted = len(source.problems)
    rule = Rule(
        id=rule_id,
        construction=construction,
        origin=origin,
        nodes=reader.nodes(text),
        place=source.place(id_node),
        written=source.written(node),
        priors=reader.priors(text),
        labels=reader.labels,
        **reader.examples(text.examples),
        **{name: getattr(text, name) for name in text.model_fields_set.difference(COMPILED)},
    )
    reader.check_score(rule)
    return rule if len(source.problems) == noted else None


@dataclass
class RuleReader:
    """Brings the parts of one rule together; `node` is the rule in the file."""

    source: SourceFile
    node: yaml.Node
    rule_id: str
    vocabulary: Vocabulary
    labels: tuple[Label, ...] = ()
    unknown_uses: set[str] = field(default_factory=set)

    def called(self, path: tuple[str | int, ...]) -> str:
        """What a place in the rule is called."""
        role = f", role '{path[1]}'" if path[:1] == ("pattern",) and len(path) > 1 else ""
        return f"rule '{self.rule_id}'{role}"

    def problem(self, path: tuple[str | int, ...], message: str, hint: str = "") -> None:
        """Note that something is wrong at a path."""
        self.source.problem(node_at(self.node, path), f"{self.called(path)}: {message}", hint)

    def role_problem(self, role: str, message: str, hint: str = "") -> None:
        """Note that something is wrong with a role, at its name."""
        key_node = key_at(node_at(self.node, ("pattern",)), role)
        self.source.problem(key_node, f"rule '{self.rule_id}': role '{role}'{message}", hint)

    def has_sound_roles(self) -> bool:
        """Whether the roles of the pattern and of the examples are known, and those that are needed stand there."""
        pattern = node_at(self.node, ("pattern",))
        if pattern is self.node or not isinstance(pattern, yaml.MappingNode):
            return False
        roles = [key_node for key_node, _ in pattern.value]
        misspelt = [role for role in roles if role.value not in ROLES and not str(role.value).startswith("_")]
        for role in misspelt:
            self.unknown_role(role, (*ROLES, "_helper"), self.called(("pattern", role.value)))
        for role in self.yielded():
            if role.value not in ROLES:
                self.unknown_role(role, ROLES, self.called(()))
                misspelt.append(role)
        names = {role.value for role in roles}
        attaches = key_at(self.node, "attach_to") is not self.node
        if key_at(self.node, "stands") is not self.node:
            is_tagged = getattr(node_at(self.node, ("stands",)), "value", None) == AT_TAGS
            if not misspelt and names - ({"cue"} if is_tagged else set()) != {"source"}:
                self.problem(("pattern",), "the pattern of a quotation without a cue has a source, and nothing else")
                return False
            return not misspelt
        if not misspelt and ("cue" not in names or not (attaches or "content" in names)):
            self.problem(("pattern",), "a pattern needs the roles cue and content")
            return False
        return not misspelt

    def yielded(self) -> Iterator[yaml.Node]:
        """The roles that the examples name."""
        for part in ("match", "known_gap"):
            listed = node_at(self.node, ("examples",))
            for example in getattr(node_at(listed, (part,)), "value", ()) if listed is not self.node else ():
                if isinstance(example, yaml.MappingNode):
                    yields = node_at(example, ("yields",))
                    if yields is not example and isinstance(yields, yaml.MappingNode):
                        yield from (role for role, _ in yields.value)

    def unknown_role(self, key_node: yaml.Node, allowed: Iterable[str], where: str) -> None:
        """Note an unknown role; one that has another name now is told it."""
        new = RENAMED_ROLES.get(str(key_node.value))
        if new is None:
            self.source.unknown(key_node, allowed, f"{where}: ")
        else:
            self.source.problem(key_node, f"{where}: the role '{key_node.value}' is called '{new}'", f"write: {new}")

    def nodes(self, text: RuleText) -> tuple[Node, ...]:
        """The nodes of the pattern, in an order in which each hangs on an earlier one."""
        nodes = {}
        for name, node in text.pattern.items():
            at = node_at(self.node, ("pattern", name))
            self.labels += tuple(labels_of(self.source, at, self.called(("pattern", name))))
            nodes[name] = self.with_named(name, node)
        if text.stands:
            return tuple(nodes.values())
        given = frozenset(ROLES) - set(nodes) if text.attach_to else frozenset()
        return self.in_order(nodes, given)

    def with_named(self, name: str, text: NodeText) -> Node:
        """A node; what it says itself is added to the named node that it uses, or takes its place."""
        own = node_of(name, text)
        if not text.use:
            return own
        named = self.vocabulary.nodes.get(text.use)
        if named is None:
            known = self.vocabulary.nodes
            hint = suggest(text.use, known) or f"nodes.yaml has: {', '.join(known) or 'none'}"
            self.unknown_uses.add(name)
            self.problem(("pattern", name, "use"), f"there is no named node '{text.use}'", hint)
            return own
        self.labels += named.labels
        return joined(named.node, own, text)

    def in_order(self, nodes: Mapping[str, Node], given: frozenset[str]) -> tuple[Node, ...]:
        """The nodes sorted so that each stands after those it refers to; the roles `given` stand already."""
        done: list[Node] = []
        waiting = dict(nodes)
        while waiting:
            placed = given | {node.name for node in done}
            ready = [node for node in waiting.values() if references(node) <= placed]
            if not ready:
                self.unplaced(waiting, set(nodes) | given)
                return ()
            done += ready
            for node in ready:
                del waiting[node.name]
        for node in done:
            placed_at = node.relation or node.quotation or node.stretch or node.name in self.unknown_uses
            if node.name != "cue" and not placed_at:
                places = ", ".join((*RELATIONS, "quotation", "stretch"))
                self.role_problem(node.name, " hangs nowhere", f"say where: {places}")
        required = [node for node in done if not node.optional]
        return (*required, *(node for node in done if node.optional))

    def unplaced(self, waiting: Mapping[str, Node], known: set[str]) -> None:
        """Note what nodes refer to that is not there, or that they hang on each other in a circle."""
        for name, node in waiting.items():
            missing = sorted(references(node) - known)
            reason = f"there is no role '{missing[0]}'" if missing else "it hangs on itself, or on one that does"
            self.role_problem(name, f": {reason}")

    def priors(self, text: RuleText) -> tuple[Prior, ...]:
        """Classes of cues, by the lexicon groups that hold them."""
        known = {f"${group}": prior for group, prior in self.vocabulary.priors.items()}
        for place, name in enumerate(text.priors):
            if name not in known:
                hint = suggest(name, known) or f"lexicons/priors.yaml has: {', '.join(known) or 'none'}"
                self.problem(("priors", place), f"there is no class '{name}' in lexicons/priors.yaml", hint)
        return tuple(known[name] for name in text.priors if name in known)

    def check_score(self, rule: Rule) -> None:
        """A problem for each node to score by that the pattern does not have."""
        names = [node.name for node in rule.nodes]
        for place, name in enumerate(rule.score):
            if names and rule.stands is None and name not in names:
                near = suggest(name, names)
                allowed = f"{near}{'  ' if near else ''}allowed: {', '.join(names)}"
                self.problem(("score", place), f"score cannot be '{name}'", allowed)

    def examples(self, text: ExamplesText) -> dict:
        """What proves the rule; no text stands twice, and a known gap says why."""
        for place, gap in enumerate(text.known_gap):
            if not gap.why:
                self.problem(("examples", "known_gap", place), "a known gap says why it is missed", "add: why")
        texts = [example.text for example in (*text.match, *text.known_gap)] + list(text.no_match)
        for doubled, number in Counter(texts).items():
            if number > 1:
                self.problem(("examples",), f"the example '{doubled}' stands there twice")
        match = tuple(self.example(example, ("match", place)) for place, example in enumerate(text.match))
        gaps = tuple(self.example(gap, ("known_gap", place)) for place, gap in enumerate(text.known_gap))
        return {"match": match, "no_match": text.no_match, "known_gap": gaps}

    def example(self, text: ExampleText, path: tuple[str | int, ...]) -> Example:
        """One example; the words it yields must stand in its text."""
        for role, pieces in text.yields.items():
            for piece in pieces:
                if piece not in text.text:
                    yields = node_at(self.node, ("examples", *path, "yields"))
                    message = f"{self.called(())}: '{piece}' ({role}) does not stand in the example"
                    self.source.problem(key_at(yields, role), message)
        return Example(text.text, tuple(text.yields.items()), text.why)

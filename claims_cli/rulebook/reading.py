"""Rule files → `Rule` records. Strict: what is not known is an error that says where and what would be right."""

from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

import yaml

from claims_cli.claim import QUOTES, TYPES
from claims_cli.rulebook.model import (
    EXTENTS,
    HIGHEST,
    LABELS,
    ORDERS,
    QUOTATION_LINKS,
    QUOTATION_SIDES,
    RELATIONS,
    ROLES,
    TOKEN_KEYS,
    Example,
    Label,
    NamedNode,
    Node,
    Prior,
    Rule,
    TokenTest,
)
from claims_cli.rulebook.yaml_nodes import (
    SourceFile,
    compose,
    entries,
    items,
    nearest,
    number_of,
    text_of,
    texts_of,
    truth_of,
)

RENAMED_ROLES = {"cited": "citing"}
Words = dict[str, frozenset[str]]
RULE_KEYS = (
    "id",
    "description",
    "pattern",
    "score",
    "type",
    "default_type",
    "quote",
    "negated",
    "confidence",
    "weighed",
    "priors",
    "nests",
    "priority",
    "replaces",
    "attach_to",
    "override",
    "tags",
    "examples",
)
TEST_KEYS = (*TOKEN_KEYS, "any", "has", "lacks", "not")
NODE_KEYS = (
    *TEST_KEYS,
    *RELATIONS,
    *ORDERS,
    "quotation",
    "stretch",
    "inside",
    "outside",
    "extent",
    "extends",
    "optional",
    "use",
)


@dataclass
class Vocabulary:
    """What rules refer to by name.

    Attributes:
        words: the words of lexicon groups, by `lexicon.group`.
        priors: classes of cues with a rate of their own, by the lexicon group that holds them.
        nodes: the named nodes that rules share.
    """

    words: Words = field(default_factory=dict)
    priors: dict[str, Prior] = field(default_factory=dict)
    nodes: dict[str, NamedNode] = field(default_factory=dict)


class RuleReader:
    """Reads the rules of one file; the problems gather in `source`."""

    rule_keys: tuple[str, ...] = RULE_KEYS

    def __init__(self, source: SourceFile, construction: str, origin: str, vocabulary: Vocabulary):
        self.source = source
        self.construction = construction
        self.origin = origin
        self.vocabulary = vocabulary
        self.words = vocabulary.words
        self.where = ""
        self.labels: list[Label] = []
        self.broken: set[str] = set()

    def read(self, node: yaml.Node | None) -> list[Rule]:
        """The rules of the file's top list."""
        if node is None:
            return []
        rules = [self.read_rule(item) for item in items(self.source, node, "a rule file")]
        return [rule for rule in rules if rule is not None]

    def unknown(self, key_node: yaml.Node, allowed: tuple[str, ...]) -> None:
        """Note an unknown key, with the nearest right one."""
        self.source.unknown(key_node, allowed, self.where)

    def unknown_role(self, key_node: yaml.Node, allowed: tuple[str, ...]) -> None:
        """Note an unknown role; one that has another name now is told it."""
        new = RENAMED_ROLES.get(str(key_node.value))
        if new is None:
            self.unknown(key_node, allowed)
        else:
            self.source.problem(key_node, f"{self.where}the role '{key_node.value}' is called '{new}'", f"write: {new}")

    def one_of(self, node: yaml.Node, what: str, allowed: tuple[str, ...]) -> str | None:
        """A word from a closed list."""
        word = text_of(self.source, node, self.where + what)
        if word is None or word in allowed:
            return word
        near = get_close_matches(word, allowed, 1, 0.6)
        hint = f"did you mean '{near[0]}'?  " if near else ""
        message = f"{self.where}{what} cannot be '{word}'"
        self.source.problem(node, message, f"{hint}allowed: {', '.join(allowed)}")
        return None

    def begin(self, node: yaml.Node, needed: tuple[str, ...]) -> tuple[str, yaml.Node, dict[str, yaml.Node]] | None:
        """The id of a rule, where it stands, and the value of each key; None where one that is needed is missing."""
        self.where = ""
        self.labels = []
        if not isinstance(node, yaml.MappingNode):
            keys = ", ".join(self.rule_keys)
            self.source.problem(node, "a rule must be a map of keys and values", f"its keys: {keys}")
            return None
        parts = {key: (key_node, value) for key, key_node, value in entries(self.source, node, "a rule")}
        rule_id = text_of(self.source, parts["id"][1], "id") if "id" in parts else None
        if rule_id is None:
            self.source.problem(node, "a rule needs an id")
            return None
        self.where = f"rule '{rule_id}': "
        for key, (key_node, _) in parts.items():
            if key not in self.rule_keys:
                self.unknown(key_node, self.rule_keys)
        for key in needed:
            if key not in parts:
                self.source.problem(node, f"{self.where}needs a {key}")
                return None
        return rule_id, parts["id"][1], {key: value for key, (_, value) in parts.items()}

    def read_rule(self, node: yaml.Node) -> Rule | None:
        """One rule; None where too much is wrong to go on."""
        begun = self.begin(node, ("description", "pattern"))
        if begun is None:
            return None
        rule_id, id_node, values = begun
        attach_to = self.one_of(values["attach_to"], "attach_to", ("any",)) if "attach_to" in values else None
        nodes = self.read_pattern(values["pattern"], rule_id, bool(attach_to))
        if not nodes:
            return None
        match, no_match, known_gap = self.read_examples(values.get("examples"))
        return Rule(
            id=rule_id,
            description=text_of(self.source, values["description"], "description") or "",
            construction=self.construction,
            origin=self.origin,
            nodes=nodes,
            attach_to=attach_to,
            match=match,
            no_match=no_match,
            known_gap=known_gap,
            labels=tuple(self.labels),
            place=self.source.place(id_node),
            written=self.source.written(node),
            **self.read_fields(values, nodes),
        )

    def read_fields(self, values: dict[str, yaml.Node], nodes: tuple[Node, ...]) -> dict:
        """The claim fields and the scoring of a rule, only those that it sets."""
        fields: dict = {}
        for name, allowed in (("type", TYPES), ("default_type", TYPES), ("quote", QUOTES)):
            if name in values:
                word = self.one_of(values[name], name, allowed)
                fields.update({name: word} if word else {})
        for name in ("replaces", "tags"):
            if name in values:
                fields[name] = tuple(texts_of(self.source, values[name], self.where + name))
        for name in ("negated", "weighed", "nests", "override"):
            if name in values:
                fields[name] = truth_of(self.source, values[name], self.where + name)
        if "confidence" in values:
            fields["confidence"] = number_of(self.source, values["confidence"], self.where + "confidence") or 0.0
        if "priors" in values:
            fields["priors"] = self.read_priors(values["priors"])
        if "priority" in values:
            fields["priority"] = int(
                number_of(self.source, values["priority"], self.where + "priority", 0, HIGHEST) or 0
            )
        if "score" in values:
            names = tuple(node.name for node in nodes)
            parts = values["score"].value if isinstance(values["score"], yaml.SequenceNode) else [values["score"]]
            fields["score"] = tuple(filter(None, (self.one_of(part, "score", names) for part in parts)))
        return fields

    def read_priors(self, node: yaml.Node) -> tuple[Prior, ...]:
        """Classes of cues, by the lexicon groups that hold them."""
        parts = node.value if isinstance(node, yaml.SequenceNode) else [node]
        known = {f"${group}": prior for group, prior in self.vocabulary.priors.items()}
        names = [(part, text_of(self.source, part, self.where + "priors")) for part in parts]
        for part, name in names:
            if name is not None and name not in known:
                hint = nearest(name, known) or f"lexicons/priors.yaml has: {', '.join(known) or 'none'}"
                self.source.problem(part, f"{self.where}there is no class '{name}' in lexicons/priors.yaml", hint)
        return tuple(known[name] for _, name in names if name in known)

    def read_named_nodes(self, node: yaml.Node | None) -> list[NamedNode]:
        """The nodes of a file `nodes.yaml`: a description each, and what stands in a rule's own node."""
        named = []
        for name, key_node, value in entries(self.source, node, "a file of named nodes"):
            self.where, self.labels = f"node '{name}': ", []
            parts = {key: part for key, _, part in entries(self.source, value, f"node '{name}'")}
            if "description" not in parts:
                self.source.problem(key_node, f"{self.where}needs a description")
            description = text_of(self.source, parts["description"], "description") if "description" in parts else ""
            read = self.read_node(name, value, ("description", *NODE_KEYS[:-1]))
            place = self.source.place(key_node)
            named.append(NamedNode(name, description or "", read, self.origin, place, tuple(self.labels)))
        return named

    def named_node(self, node: yaml.Node) -> Node | None:
        """The node that `use` names; the model's labels in it are this rule's too."""
        name = text_of(self.source, node, self.where + "use")
        if name is None or name in self.vocabulary.nodes:
            named = self.vocabulary.nodes.get(name or "")
            self.labels += named.labels if named else ()
            return named.node if named else None
        nodes = self.vocabulary.nodes
        hint = nearest(name, nodes) or f"nodes.yaml has: {', '.join(nodes) or 'none'}"
        self.source.problem(node, f"{self.where}there is no named node '{name}'", hint)
        return None

    def read_pattern(self, node: yaml.Node, rule_id: str, attaches: bool) -> tuple[Node, ...]:
        """The nodes of a pattern, in an order in which each hangs on an earlier one.

        A rule that attaches needs no content, and its nodes may hang on any role of the attribution it attaches to.
        """
        found: dict[str, Node] = {}
        places: dict[str, yaml.Node] = {}
        self.broken = set()
        for name, key_node, value in entries(self.source, node, self.where + "pattern"):
            noted = len(self.source.problems)
            self.where = f"rule '{rule_id}', role '{name}': "
            if name not in ROLES and not name.startswith("_"):
                self.unknown_role(key_node, (*ROLES, "_helper"))
                self.broken.add(name)
                continue
            found[name] = self.read_node(name, value)
            places[name] = key_node
            if len(self.source.problems) > noted:
                self.broken.add(name)
        self.where = f"rule '{rule_id}': "
        if "cue" not in found or not (attaches or "content" in found):
            if self.broken - set(found):
                return ()  # a misspelt role has been told already
            self.source.problem(node, f"{self.where}a pattern needs the roles cue and content")
            return ()
        return self.in_order(found, places, frozenset(ROLES) - set(found) if attaches else frozenset())

    def in_order(self, found: dict[str, Node], places: dict[str, yaml.Node], given: frozenset[str]) -> tuple[Node, ...]:
        """The nodes sorted so that each stands after those it refers to; the roles `given` stand already."""
        done: list[Node] = []
        waiting = dict(found)
        while waiting:
            placed = given | {node.name for node in done}
            ready = [node for node in waiting.values() if references(node) <= placed]
            if not ready:
                for name, node in waiting.items():
                    missing = sorted(references(node) - set(found) - given)
                    reason = (
                        f"there is no role '{missing[0]}'" if missing else "it hangs on itself, or on one that does"
                    )
                    self.source.problem(places[name], f"{self.where}role '{name}': {reason}")
                return ()
            done += ready
            for node in ready:
                del waiting[node.name]
        for node in done:
            if node.name in self.broken or node.name == "cue":
                continue
            if node.relation is None and node.quotation is None and node.stretch is None:
                problem = f"{self.where}role '{node.name}' hangs nowhere"
                self.source.problem(
                    places[node.name], problem, f"say where: {', '.join((*RELATIONS, 'quotation', 'stretch'))}"
                )
        required = [node for node in done if not node.optional]
        return (*required, *(node for node in done if node.optional))

    def read_node(self, name: str, value: yaml.Node, allowed: tuple[str, ...] = NODE_KEYS) -> Node:
        """One node of a pattern; what it says itself is added to a named node that it uses, or takes its place."""
        parts = entries(self.source, value, self.where.rstrip(": "))
        test = self.read_test(value, allowed)
        named = next((self.named_node(part) for key, _, part in parts if key == "use"), None)
        settings: dict = {}
        orders = []
        for key, _, part in parts:
            if key in RELATIONS:
                settings["relation"] = (key, text_of(self.source, part, key) or "")
            elif key in ORDERS:
                orders.append((key, text_of(self.source, part, key) or ""))
            elif key in ("inside", "outside"):
                self.one_of(part, key, ("quotation",))
                settings["standing"] = key
            elif key == "extent":
                settings["extent"] = self.one_of(part, key, EXTENTS)
            elif key == "extends":
                settings["extends"] = self.one_of(part, key, ROLES)
            elif key == "optional":
                settings["optional"] = truth_of(self.source, part, self.where + key)
            elif key == "stretch":
                settings["stretch"] = self.read_stretch(part)
            elif key == "quotation":
                settings["quotation"] = self.read_quotation(part)
        if named is None:
            return Node(name=name, test=test, orders=tuple(orders), **settings)
        return replace(
            named,
            name=name,
            test=joined(named.test, test),
            orders=tuple({**dict(named.orders), **dict(orders)}.items()),
            **settings,
        )

    def read_quotation(self, node: yaml.Node) -> tuple[str, str, tuple[str, ...]] | None:
        """``{before: cue, link: [comma]}``: where a quotation stands, and what stands between."""
        side, target = "", ""
        links: tuple[str, ...] = QUOTATION_LINKS
        for key, key_node, value in entries(self.source, node, self.where + "quotation"):
            if key in QUOTATION_SIDES:
                side, target = key, text_of(self.source, value, key) or ""
            elif key == "link":
                parts = value.value if isinstance(value, yaml.SequenceNode) else [value]
                links = tuple(filter(None, (self.one_of(part, "link", QUOTATION_LINKS) for part in parts)))
            else:
                self.unknown(key_node, (*QUOTATION_SIDES, "link"))
        if not side:
            self.source.problem(node, f"{self.where}a quotation says where it stands", f"{', '.join(QUOTATION_SIDES)}")
            return None
        return side, target, links

    def read_stretch(self, node: yaml.Node) -> tuple[str, str] | None:
        """``{before: source}``: the sentence before another role; ``{after: cue}``: the line after it."""
        found = None
        for key, key_node, value in entries(self.source, node, self.where + "stretch"):
            if key in ORDERS:
                found = (key, text_of(self.source, value, key) or "")
            else:
                self.unknown(key_node, ORDERS)
        return found

    def read_test(self, value: yaml.Node, allowed: tuple[str, ...] = TEST_KEYS) -> TokenTest:
        """The token test in a map, whose other keys are the node's own."""
        attributes = []
        groups: dict[str, tuple[TokenTest, ...]] = {"any": (), "has": (), "lacks": (), "not": ()}
        for key, key_node, part in entries(self.source, value, self.where.rstrip(": ")):
            if key in TOKEN_KEYS:
                attributes.append((key, self.read_words(part, key)))
            elif key in groups:
                nodes = part.value if isinstance(part, yaml.SequenceNode) else [part]
                groups[key] = tuple(self.read_test(item) for item in nodes)
            elif key not in allowed:
                self.unknown(key_node, allowed)
        return TokenTest(tuple(attributes), groups["any"], groups["has"], groups["lacks"], groups["not"])

    def read_words(self, node: yaml.Node, key: str) -> frozenset[str]:
        """Allowed values of an attribute, `$lexicon.group` replaced by its words."""
        found: set[str] = set()
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        if not nodes:
            self.source.problem(node, f"{self.where}{key} allows nothing")
        for item in nodes:
            word = text_of(self.source, item, self.where + key)
            if word is None:
                continue
            if not word.startswith("$"):
                found.add(word)
                if key in LABELS:
                    problem = self.source.place(item, f"{self.where}the model has no {key} '{word}'")
                    self.labels.append(Label(key, word, problem))
            elif word[1:] in self.words:
                found |= self.words[word[1:]]
            else:
                near = get_close_matches(word[1:], self.words, 1, 0.6)
                hint = f"did you mean '${near[0]}'?" if near else ""
                self.source.problem(item, f"{self.where}there is no lexicon group '{word}'", hint)
        return frozenset(found)

    def read_examples(self, node: yaml.Node | None) -> tuple:
        """(match, no_match, known_gap)."""
        match: tuple[Example, ...] = ()
        no_match: tuple[str, ...] = ()
        known_gap: tuple[Example, ...] = ()
        for key, key_node, value in entries(self.source, node, self.where + "examples"):
            if key == "match":
                match = tuple(self.read_example(item) for item in items(self.source, value, self.where + key))
            elif key == "known_gap":
                known_gap = tuple(self.read_example(item) for item in items(self.source, value, self.where + key))
            elif key == "no_match":
                no_match = tuple(texts_of(self.source, value, self.where + key))
            else:
                self.unknown(key_node, ("match", "no_match", "known_gap"))
        return match, no_match, known_gap

    def read_example(self, node: yaml.Node) -> Example:
        """One example; the words it yields must stand in its text."""
        text, why, yields = "", "", []
        allowed = ("text", "yields", "why")
        for key, key_node, value in entries(self.source, node, self.where + "example"):
            if key == "text":
                text = text_of(self.source, value, self.where + key) or ""
            elif key == "why":
                why = text_of(self.source, value, self.where + key) or ""
            elif key == "yields":
                for role, role_node, words in entries(self.source, value, self.where + key):
                    if role not in ROLES:
                        self.unknown_role(role_node, ROLES)
                        continue
                    pieces = tuple(texts_of(self.source, words, self.where + role))
                    yields.append((role, pieces, role_node))
            else:
                self.unknown(key_node, allowed)
        for role, pieces, role_node in yields:
            for piece in pieces:
                if piece not in text:
                    self.source.problem(role_node, f"{self.where}'{piece}' ({role}) does not stand in the example")
        return Example(text, tuple((role, pieces) for role, pieces, _ in yields), why)


def joined(named: TokenTest, own: TokenTest) -> TokenTest:
    """The test of a named node with that of the node that uses it; an attribute that both test is the latter's."""
    return TokenTest(
        tuple({**dict(named.attributes), **dict(own.attributes)}.items()),
        own.alternatives or named.alternatives,
        named.has + own.has,
        named.lacks + own.lacks,
        named.barred + own.barred,
    )


def references(node: Node) -> set[str]:
    """Names of the nodes that this one refers to."""
    names = {target for _, target in node.orders}
    if node.relation:
        names.add(node.relation[1])
    if node.quotation:
        names.add(node.quotation[1])
    if node.stretch:
        names.add(node.stretch[1])
    if node.extends:
        names.add(node.extends)
    return names


def read_rules(path: Path, name: str, origin: str, vocabulary: Vocabulary) -> tuple[SourceFile, list[Rule]]:
    """The rules of one file, and where its problems are gathered."""
    source, node = compose(path, name)
    return source, RuleReader(source, path.stem, origin, vocabulary).read(node)


def read_nodes(path: Path, name: str, origin: str, vocabulary: Vocabulary) -> tuple[SourceFile, list[NamedNode]]:
    """The named nodes of one file, and where its problems are gathered."""
    source, node = compose(path, name)
    return source, RuleReader(source, path.stem, origin, vocabulary).read_named_nodes(node)

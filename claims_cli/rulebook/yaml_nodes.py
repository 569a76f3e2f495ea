"""YAML read so that every value keeps its line and column, and nothing is dropped or guessed in silence.

PyYAML alone drops duplicate keys and reads bare `on` and `no` as booleans; both are problems here.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

import yaml

from claims_cli.errors import RulebookError, RuleProblem
from claims_cli.names import suggest

MOST_BYTES = 1_000_000
DEEPEST = 40
TOO_DEEP = "lists and maps stand too deep inside one another"
YAML_BOOLEANS = frozenset(["yes", "no", "on", "off", "y", "n"])
TAGS = "tag:yaml.org,2002:"
BOOLEAN, NULL = TAGS + "bool", TAGS + "null"
SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class NodeLoader(SafeLoader):
    """Tells booleans and nothing from other words. To look for numbers and dates too takes longer than all the rest."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, written) for tag, written in known if tag in (BOOLEAN, NULL)]
        for first, known in SafeLoader.yaml_implicit_resolvers.items()
    }


class Bare(str):
    """A word without quotes that YAML reads as yes or no."""


class SourceFile:
    """A rule file's lines, and the problems found in it so far."""

    def __init__(self, path: str, text: str):
        self.path = path
        self.lines = text.splitlines()
        self.problems: list[RuleProblem] = []

    def problem(self, node: yaml.Node, message: str, hint: str = "") -> None:
        """Note that something is wrong at `node`."""
        self.problems.append(self.place(node, message, hint))

    def unknown(self, key_node: yaml.Node, allowed: Iterable[str], where: str = "") -> None:
        """Note an unknown key, with the nearest right one."""
        names = list(allowed)
        near = suggest(str(key_node.value), names)
        hint = f"{near}{'  ' if near else ''}allowed: {', '.join(names)}"
        self.problem(key_node, f"{where}unknown key '{key_node.value}'", hint)

    def place(self, node: yaml.Node, message: str = "", hint: str = "") -> RuleProblem:
        """A problem at `node` that is not noted."""
        return self.at_mark(node.start_mark, message, hint, mark_width(node))

    def problem_at(self, mark: Any, message: str, hint: str = "", width: int = 1) -> None:
        """Note that something is wrong at a YAML mark (0-based line and column)."""
        self.problems.append(self.at_mark(mark, message, hint, width))

    def written(self, node: yaml.Node) -> str:
        """The lines of the file on which a node stands."""
        last = node.end_mark.line + (node.end_mark.column > 0)
        return "\n".join(self.lines[node.start_mark.line : last]).rstrip()

    def at_mark(self, mark: Any, message: str, hint: str, width: int) -> RuleProblem:
        excerpt = self.lines[mark.line] if mark.line < len(self.lines) else ""
        return RuleProblem(self.path, mark.line + 1, mark.column + 1, message, excerpt, width, hint)


def mark_width(node: yaml.Node) -> int:
    """How many characters of its first line a node takes."""
    if node.start_mark.line == node.end_mark.line:
        return max(1, node.end_mark.column - node.start_mark.column)
    return 1


def compose(path: Path, name: str | None = None) -> tuple[SourceFile, yaml.Node | None]:
    """The YAML node tree of a file.

    Raises:
        RulebookError: the file cannot be read, is too large, or is no YAML.
    """
    shown = name or str(path)
    source = SourceFile(shown, read_text(path, shown))
    text = "\n".join(source.lines)
    try:
        refuse_hostile(source, text)
        return source, yaml.compose(text, Loader=NodeLoader)
    except yaml.YAMLError as error:
        source.problems.append(no_yaml(source, text, error))
    raise RulebookError(source.problems)


def no_yaml(source: SourceFile, text: str, error: yaml.YAMLError) -> RuleProblem:
    """What PyYAML could not read, in its words; what stands too deep is told in ours, whatever its version says."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = getattr(error, "problem", None) or getattr(error, "context", None) or str(error).splitlines()[0]
    message = TOO_DEEP if bracket_depth(text) > DEEPEST else f"no valid YAML: {said}"
    return source.at_mark(mark, message, "", 1) if mark else RuleProblem(source.path, 1, 1, message)


def bracket_depth(text: str) -> int:
    """How deep brackets, and dashes in one line, stand inside one another; those in quotes count too."""
    depth = deepest = 0
    for character in text:
        depth += (character in "[{") - (character in "]}")
        deepest = max(deepest, depth)
    return max(deepest, *(line.count("- ") for line in text.splitlines()), 0)


def read_text(path: Path, shown: str) -> str:
    """The text of a rule file.

    Raises:
        RulebookError: it cannot be read, is too large, or is no UTF-8.
    """
    try:
        return read_bytes(path, shown).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RulebookError([RuleProblem(shown, 1, 1, f"is no UTF-8 at byte {error.start}")]) from None


def read_bytes(path: Path, shown: str) -> bytes:
    """The bytes of a rule file.

    Raises:
        RulebookError: it cannot be read, or is too large.
    """
    try:
        if path.exists() and not path.is_file():  # a pipe would wait for its writer, a device has no end
            raise RulebookError([RuleProblem(shown, 1, 1, "is no regular file", hint="save it as a file")])
        if path.stat().st_size > MOST_BYTES:
            raise RulebookError([RuleProblem(shown, 1, 1, f"is larger than {MOST_BYTES:,} bytes", hint="split it")])
        return path.read_bytes()
    except OSError as error:
        raise RulebookError([RuleProblem(shown, 1, 1, f"cannot be read: {error.strerror}")]) from None


def refuse_hostile(source: SourceFile, text: str) -> None:
    """Refuse YAML aliases, by which a few lines can stand for a billion, and depths that overrun the C library's stack.

    Raises:
        RulebookError: there is one.
    """
    depth = 0
    for event in yaml.parse(text, Loader=NodeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            source.problem_at(event.start_mark, f"the YAML alias '*{event.anchor}' is no part of the rule language")
            raise RulebookError(source.problems)
        if depth > DEEPEST:
            source.problem_at(event.start_mark, TOO_DEEP)
            raise RulebookError(source.problems)


def entries(source: SourceFile, node: yaml.Node | None, what: str) -> list[tuple[str, yaml.Node, yaml.Node]]:
    """(key, key node, value node) of a map; a duplicate key or another kind of node is a problem."""
    if node is None:
        return []
    if not isinstance(node, yaml.MappingNode):
        source.problem(node, f"{what} must be a map of keys and values")
        return []
    pairs, seen = [], set()
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in seen:
            source.problem(key_node, f"{what}: the key '{key}' stands here a second time")
            continue
        seen.add(key)
        pairs.append((key, key_node, value_node))
    return pairs


def items(source: SourceFile, node: yaml.Node, what: str) -> list[yaml.Node]:
    """The nodes of a list; anything else is a problem."""
    if not isinstance(node, yaml.SequenceNode):
        source.problem(node, f"{what} must be a list")
        return []
    return list(node.value)


def text_of(source: SourceFile, node: yaml.Node, what: str) -> str | None:
    """A word or a text; a bare boolean, a list or a map is a problem."""
    if not isinstance(node, yaml.ScalarNode):
        source.problem(node, f"{what} must be a word or a text")
        return None
    if not node.style and (node.tag == BOOLEAN or node.value.lower() in YAML_BOOLEANS):
        source.problem(node, f"{what}: YAML reads bare {node.value} as yes or no", f'write "{node.value}" in quotes')
        return None
    if node.tag == NULL:
        source.problem(node, f"{what} is empty")
        return None
    return node.value


def texts_of(source: SourceFile, node: yaml.Node, what: str) -> list[str]:
    """A word, or a list of words."""
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    if not nodes:
        source.problem(node, f"{what} is an empty list")
    words = [text_of(source, item, what) for item in nodes]
    return [word for word in words if word is not None]


def number_of(source: SourceFile, node: yaml.Node, what: str, low: float = 0, high: float = 1) -> float | None:
    """A number between `low` and `high`."""
    try:
        value = float(node.value)
    except (TypeError, ValueError):
        value = high + 1
    if not low <= value <= high:
        source.problem(node, f"{what} must be a number from {low:g} to {high:g}")
        return None
    return value


def truth_of(source: SourceFile, node: yaml.Node, what: str) -> bool:
    """`true` or `false`."""
    if isinstance(node, yaml.ScalarNode) and node.value in ("true", "false"):
        return node.value == "true"
    source.problem(node, f"{what} must be true or false")
    return False

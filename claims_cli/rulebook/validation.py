"""YAML nodes checked against the language: plain data for its models, and their errors as problems with a place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from claims_cli.rulebook.yaml_nodes import BOOLEAN, NULL, YAML_BOOLEANS, Bare, SourceFile

Path = tuple[str | int, ...]

NUMBERS = ("float_", "int_", "greater_than", "less_than")


@dataclass
class Part:
    """A part of a file that is checked: what its places are called, and which model its keys are of.

    Attributes:
        models: the model of a part by the key under which it stands; `""` is the whole.
        called: what is said before a problem at a path (`rule 'x', role 'source'`).
        context: what the validators look up.
    """

    source: SourceFile
    models: Mapping[str, type[BaseModel]]
    called: Callable[[Path], str]
    context: Any = None

    def read(self, node: yaml.Node) -> Any:
        """The model of a node, or None where something is wrong in it."""
        noted = len(self.source.problems)
        value = self.plain(node, ())
        try:
            read = self.models[""].model_validate(value, context=self.context)
        except ValidationError as errors:
            details = errors.errors(include_url=False, include_input=False)
            for error in sorted(details, key=lambda error: error["type"] == "missing"):  # a misspelt key comes first
                self.note(error, node)
            return None
        return read if len(self.source.problems) == noted else None

    def plain(self, node: yaml.Node, path: Path) -> Any:
        """A node as maps, lists and words; a key that stands twice or has no value is a problem, and left out."""
        if isinstance(node, yaml.MappingNode):
            return self.plain_map(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(item, (*path, place)) for place, item in enumerate(node.value)]
        if not isinstance(node, yaml.ScalarNode):
            return None
        bare = not node.style and (node.tag == BOOLEAN or node.value.lower() in YAML_BOOLEANS)
        return Bare(node.value) if bare else node.value

    def plain_map(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        """A map of keys and values."""
        plain: dict[str, Any] = {}
        seen: set[str] = set()
        for key_node, value_node in node.value:
            key = str(key_node.value)
            where = self.title(path)
            if key in seen:
                self.source.problem(key_node, f"{where}: the key '{key}' stands here a second time")
            elif isinstance(value_node, yaml.ScalarNode) and value_node.tag == NULL:
                self.source.problem(value_node, f"{where}: {key} is empty")
            else:
                plain[key] = self.plain(value_node, (*path, key))
            seen.add(key)
        return plain

    def note(self, error: ErrorDetails, top: yaml.Node) -> None:
        """Note one error of the model at its place."""
        path, kind = error["loc"], error["type"]
        inner = path[:-1] if kind in ("extra_forbidden", "missing") else path
        node = node_at(top, inner)
        key = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
        where = self.called(path[:-1])
        if kind == "extra_forbidden":
            key_node = key_at(node, str(path[-1]))
            self.source.unknown(key_node, keys_of(self.model_at(inner)), f"{self.called(inner)}: ")
        elif kind == "missing":
            if key_at(node, key) is node:
                self.source.problem(node, f"{self.called(inner)}: needs a {key}")
        elif kind == "claims":
            context = error["ctx"]
            message = f"{where}: {context['message'].replace('{key}', key)}"
            self.source.problem(node, message, context["hint"])
        elif kind in ("model_type", "dict_type", "model_attributes_type"):
            self.source.problem(node, f"{self.title(path)} must be a map of keys and values")
        else:
            self.source.problem(node, f"{where}: {key} {self.in_words(error)}")

    def title(self, path: Path) -> str:
        """What the value at a path is called itself."""
        outer = self.called(path[:-1])
        own = self.called(path)
        return f"{outer}: {path[-1]}" if path and own == outer else own

    def in_words(self, error: ErrorDetails) -> str:
        """What a value must be, by the kind of an error."""
        kind = error["type"]
        if kind == "string_type":
            return "must be a word or a text"
        if kind in ("list_type", "tuple_type"):
            return "must be a list"
        if kind == "too_short":
            return "allows nothing"
        if kind.startswith(NUMBERS):
            return f"must be a number from {' to '.join(map(str, self.bounds(error['loc'])))}"
        return error["msg"]

    def bounds(self, path: Path) -> tuple[Any, Any]:
        """Between which numbers the value of a key lies."""
        metadata = self.model_at(path[:-1]).model_fields[str(path[-1])].metadata
        limits = {name: getattr(part, name) for part in metadata for name in ("ge", "le") if hasattr(part, name)}
        return limits.get("ge"), limits.get("le")

    def model_at(self, path: Path) -> type[BaseModel]:
        """The model whose keys stand at a path."""
        keys = [part for part in path if isinstance(part, str) and part in self.models]
        return self.models[keys[-1] if keys else ""]


def keys_of(model: type[BaseModel]) -> tuple[str, ...]:
    """The keys of a part of the language, as they are written."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


def node_at(node: yaml.Node, path: Path) -> yaml.Node:
    """The value at a path; a value alone stands for a list of one."""
    for part in path:
        if isinstance(part, int):
            node = node.value[part] if isinstance(node, yaml.SequenceNode) else node
        else:
            node = next((value for key, value in node.value if key.value == part), node)
    return node


def key_at(node: yaml.Node, key: str) -> yaml.Node:
    """The key of a map, or the map where it has no such key."""
    return next((key_node for key_node, _ in node.value if key_node.value == key), node)

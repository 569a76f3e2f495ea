"""The rule language as JSON Schema, by which editors complete and check rule files; it comes from `language`."""

from typing import Any

from pydantic import BaseModel

from claims_cli.rulebook.language import RuleText
from claims_cli.rulebook.model import ROLES

DRAFT = "https://json-schema.org/draft/2020-12/schema"
HEADER = "# yaml-language-server: $schema=rules.schema.json"
UNSAID = ("title", "default")  # of pydantic's own, and not ours


def schema() -> dict[str, Any]:
    """The schema of a rule file."""
    rule = plain_schema(RuleText)
    definitions = rule.pop("$defs")
    by_role(rule["properties"]["pattern"], helpers=True)
    has_cue = {"properties": {"pattern": {"required": ["cue"]}}}
    rule["anyOf"] = [{"required": ["stands"]}, has_cue]  # a quotation without a cue has its place instead
    by_role(definitions["ExampleText"]["properties"]["yields"], helpers=False)
    return {
        "$schema": DRAFT,
        "title": "A rule file of claims",
        "type": "array",
        "items": rule,
        "$defs": definitions,
    }


def plain_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The schema of one model, with what it says itself and nothing beside."""
    return said(model.model_json_schema(by_alias=True))


def said(value: Any) -> Any:
    """A schema without what pydantic adds of its own; names of keys are no keywords."""
    if isinstance(value, list):
        return [said(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: {name: said(part) for name, part in inner.items()} if key in ("properties", "$defs") else said(inner)
        for key, inner in value.items()
        if key not in UNSAID
    }


def by_role(mapping: dict[str, Any], helpers: bool) -> None:
    """Let a map have the roles as its keys, and `_helpers`, and no others."""
    value = mapping.pop("additionalProperties")
    mapping["properties"] = dict.fromkeys(ROLES, value)
    mapping["additionalProperties"] = False
    if helpers:
        mapping["patternProperties"] = {"^_": value}

"""The rule language as JSON Schema, by which editors complete and check rule files."""

from typing import Any

from claims_cli.claim import QUOTES, TYPES
from claims_cli.rulebook.model import (
    EXTENTS,
    HIGHEST,
    ORDERS,
    QUOTATION_LINKS,
    QUOTATION_SIDES,
    RELATIONS,
    ROLES,
    TOKEN_KEYS,
)

DRAFT = "https://json-schema.org/draft/2020-12/schema"
HEADER = "# yaml-language-server: $schema=rules.schema.json"
NODE = {"type": "string", "description": "name of another role or helper of the pattern"}
WORDS = {
    "description": "a value, a list of values, or $lexicon.group",
    "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}],
}
DESCRIPTIONS = {
    "lemma": "base form of the word, in small letters",
    "lower": "the word itself, in small letters",
    "pos": "part of speech (Universal Dependencies)",
    "tag": "part of speech (Penn Treebank)",
    "dep": "dependency on its head",
    "ent_type": "entity type",
    "child_of": "hangs on that node",
    "head_of": "that node hangs on it",
    "under": "stands somewhere below that node in the tree",
    "over": "stands somewhere above that node in the tree",
    "subject_of": "is the subject of that verb, or of the verb above it where it has none of its own; also its agent",
    "just_before": "the noun phrase right before that verb",
    "apposed_before": "the noun phrase before that verb, set off by commas",
    "opens_line": "the noun phrase that is all that stands in the line before that token",
    "closes_line": "the noun phrase that is all that stands in the line after that token",
    "before": "stands before that node",
    "after": "stands behind that node",
}


def one_of(values: tuple[str, ...], description: str) -> dict[str, Any]:
    """A closed list."""
    return {"enum": list(values), "description": description}


def closed(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A map that takes no other keys."""
    return {"type": "object", "properties": properties, "additionalProperties": False, **more}


def token_test(more: dict[str, Any]) -> dict[str, Any]:
    """A token test with the keys that may stand beside it."""
    nested = {"anyOf": [{"$ref": "#/$defs/test"}, {"type": "array", "items": {"$ref": "#/$defs/test"}}]}
    tests = {name: {**WORDS, "description": f"{DESCRIPTIONS[name]}: {WORDS['description']}"} for name in TOKEN_KEYS}
    groups = {
        "any": "at least one of these tests holds",
        "has": "some child passes each of these tests",
        "lacks": "no child passes any of these tests",
        "not": "the token itself passes none of these tests",
    }
    return closed({**tests, **{name: {**nested, "description": text} for name, text in groups.items()}, **more})


def node() -> dict[str, Any]:
    """One node of a pattern."""
    places = {name: {**NODE, "description": DESCRIPTIONS[name]} for name in (*RELATIONS, *ORDERS)}
    links = one_of(QUOTATION_LINKS, "what stands between the quotation and the clause")
    quotation = closed(
        {
            **dict.fromkeys(QUOTATION_SIDES, NODE),
            "link": {"anyOf": [links, {"type": "array", "items": links}]},
        }
    )
    stretch = closed(dict.fromkeys(ORDERS, NODE))
    return token_test(
        {
            **places,
            "quotation": {**quotation, "description": "the node is a quotation that stands there"},
            "stretch": {**stretch, "description": "the node is all that stands before or behind another"},
            "inside": {"const": "quotation", "description": "the token stands inside quotation marks"},
            "outside": {"const": "quotation", "description": "the token stands outside quotation marks"},
            "extent": one_of(EXTENTS, "how the head word grows to a span"),
            "extends": one_of(ROLES, "the role whose span this node's words join"),
            "optional": {"type": "boolean", "description": "the rule matches without it too"},
            "use": {
                "type": "string",
                "description": "a named node of nodes.yaml, to which the other keys are added or whose place they take",
            },
        }
    )


def example() -> dict[str, Any]:
    """One example."""
    yields = closed(dict.fromkeys(ROLES, WORDS), description="the words of each role, as they stand in the text")
    text = {"type": "string", "description": "a sentence or two"}
    why = {"type": "string", "description": "why it is missed, for a known gap"}
    return closed({"text": text, "yields": yields, "why": why}, required=["text"])


def schema() -> dict[str, Any]:
    """The schema of a rule file."""
    listed = {"type": "array", "items": {"$ref": "#/$defs/example"}}
    examples = closed(
        {
            "match": {**listed, "description": "what it must find, each role to the word"},
            "no_match": {
                "type": "array",
                "items": {"type": "string"},
                "description": "texts in which it must find nothing",
            },
            "known_gap": {**listed, "description": "what it should find and does not yet; fails once it does"},
        },
        description="what proves the rule: what it must find, must not find, and is known to miss",
    )
    roles = {role: {"$ref": "#/$defs/node"} for role in ROLES}
    pattern = {
        "type": "object",
        "properties": roles,
        "patternProperties": {"^_": {"$ref": "#/$defs/node"}},
        "additionalProperties": False,
        "required": ["cue"],
        "description": "named nodes; the cue anchors, every other says where it hangs; _helpers land in no claim",
    }
    rule = closed(
        {
            "id": {"type": "string", "description": "unique; stands in every claim that the rule finds"},
            "description": {"type": "string", "description": "one line that says what the rule finds"},
            "pattern": pattern,
            "score": {**WORDS, "description": "the nodes whose lemmas the precision is counted by; the cue by default"},
            "type": one_of(TYPES, "the type of every claim of this rule"),
            "default_type": one_of(TYPES, "the type where the lexicon of types has none for the cue"),
            "quote": one_of(QUOTES, "the kind of quotation"),
            "negated": {"type": "boolean", "description": "whether its claims deny that it was said"},
            "confidence": {"type": "number", "minimum": 0, "maximum": 1, "description": "until it is calibrated"},
            "weighed": {"type": "boolean", "description": "false: only the precision of its cue counts"},
            "priors": {**WORDS, "description": "classes of cues (lexicons/priors.yaml) that have a rate of their own"},
            "nests": {"type": "boolean", "description": "false: not inside what another claim says"},
            "priority": {
                "type": "integer",
                "minimum": 0,
                "maximum": HIGHEST,
                "description": "at one cue the highest takes the place of all lower ones (0 by default); "
                "a quotation only gives way to another reading of a quotation",
            },
            "replaces": {**WORDS, "description": "ids of rules that give way at the same cue"},
            "attach_to": one_of(("any",), "adds its roles to a claim that another rule found"),
            "override": {"type": "boolean", "description": "takes the place of the shipped rule of the same id"},
            "tags": {**WORDS, "description": "words to choose rules by"},
            "examples": examples,
        },
        required=["id", "description", "pattern"],
    )
    return {
        "$schema": DRAFT,
        "title": "A rule file of claims",
        "type": "array",
        "items": rule,
        "$defs": {"test": token_test({}), "node": node(), "example": example()},
    }

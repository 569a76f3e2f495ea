"""The description of the HTTP interface (OpenAPI 3.1), from the table of operations and from the records themselves."""

from dataclasses import asdict
from typing import Any

import msgspec

from claims_cli import __version__
from claims_cli.claim import INTERNAL, Claim
from claims_cli.corpus import Identity
from claims_cli.outputs.speakers import to_json
from claims_cli.serving.operations import HTML, OPERATIONS, Operation, Parameter
from claims_cli.store.marks import Mark
from claims_cli.store.stats import Count

PLACE = "#/components/schemas/{name}"
DESCRIPTION = (
    "Claims of a store: who said what, citing whom. Offsets count code points of the document's text, the end "
    "exclusive. The speaker may be null or unknown; confidence is how many such claims are right."
)
WRONG = {"400": "A parameter is wrong.", "404": "There is no such thing.", "503": "The store cannot be read now."}
WRONG_WRITING = {
    "401": "The token is missing or wrong.", "403": "Nothing may be written.", "413": "The body is too large.",
    "415": "The body is no JSON.",
}  # fmt: skip
STRING, INTEGER, OBJECT = {"type": "string"}, {"type": "integer"}, {"type": "object"}
TEXT_OR_NULL = {"type": ["string", "null"]}


def record(properties: dict[str, Any]) -> dict[str, Any]:
    """An object that has these properties, all of them and no other."""
    return {
        "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False,
    }  # fmt: skip


def several(name: str) -> dict[str, Any]:
    """A list of records."""
    return {"type": "array", "items": {"$ref": PLACE.format(name=name)}}


def shaped(values: dict[str, Any]) -> dict[str, Any]:
    """The object that an example is one of; what the example has as None may be text."""
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", type(None): "string"}
    found = {name: {"type": kinds[type(value)]} for name, value in values.items()}
    return record({**found, **{name: TEXT_OR_NULL for name, value in values.items() if value is None}})


def claim_schemas() -> dict[str, Any]:
    """The schemas of the claim record, with what people made of it, and of the records in it."""
    (_, schemas) = msgspec.json.schema_components([Claim], ref_template=PLACE)
    claim = schemas["Claim"]
    for name in set(INTERNAL) - {"mark", "note"}:
        del claim["properties"][name]
    return {**schemas, "Claim": record(claim["properties"])}


def body_schemas() -> dict[str, Any]:
    """The schemas of the bodies."""
    bodies = [one.body for one in OPERATIONS if one.body is not None]
    return msgspec.json.schema_components(bodies, ref_template=PLACE)[1]


def fields(body: type[msgspec.Struct] | None) -> dict[str, str]:
    """What a body holds, for people, by name."""
    if body is None:
        return {}
    schema = body_schemas()[body.__name__]
    wanted = schema["required"]
    return {name: in_words(one) + ", required" * (name in wanted) for name, one in schema["properties"].items()}


def in_words(schema: dict[str, Any]) -> str:
    """What a value must be, for people."""
    if "anyOf" in schema:
        return " or ".join(map(in_words, schema["anyOf"]))
    if "enum" in schema:
        return " or ".join("null" if one is None else one for one in schema["enum"])
    told = f"{schema['items']['type']}s" if schema["type"] == "array" else schema["type"]
    if "maximum" in schema:
        told += f" from {schema['minimum']:,} to {schema['maximum']:,}"
    if "maxLength" in schema:
        told += f" of at most {schema['maxLength']:,} characters"
    return told + (f", as it is {schema['default']:,}" if schema.get("default") else "")


def schemas() -> dict[str, Any]:
    """Every schema of a body or an answer, by name."""
    placed = {"total": INTEGER, "offset": INTEGER, "next_offset": {"type": ["integer", "null"]}}
    strangers = {"unknown_speakers": {"type": "object", "additionalProperties": {"type": "array", "items": STRING}}}
    by_type = {"type": "object", "additionalProperties": INTEGER}
    speaker = shaped({**to_json(Identity("", "", "", False)), "documents": 0})
    return {
        **claim_schemas(),
        **body_schemas(),
        "Mark": shaped(asdict(Mark(None, None, "", ""))),
        "Claims": record(
            {
                "claims": several("Claim"), **placed,
                "kept_back": record({"by_type": by_type, "by_confidence": INTEGER}), **strangers,
            }
        ),
        "ClaimPage": record(
            {
                "claim": {"$ref": PLACE.format(name="Claim")},
                "paragraph": {"type": "array", "items": record({"text": STRING, "role": TEXT_OR_NULL})},
                "chain": STRING, "why": record({"rule": STRING, "description": STRING}),
                "told": {"type": "array", "items": record({"label": STRING, "text": STRING})},
                "marks": several("Mark"), "also_in": {"type": "array", "items": STRING},
            }
        ),
        "Speaker": speaker,
        "Speakers": record({"speakers": several("Speaker"), **placed, **strangers}),
        "Count": counted(),
        "Stats": record(
            {
                "held": record({"documents": INTEGER, "claims": INTEGER}),
                "sections": {"type": "object", "additionalProperties": several("Count")},
            }
        ),
        "Error": record({"error": record({"reason": STRING, "remedy": STRING})}),
    }  # fmt: skip


def counted() -> dict[str, Any]:
    """The object of a row of the statistics, which says what was found right only where enough was marked."""
    values = asdict(Count("", "", "", 0, 0.0, 0, 0, 0, 0, 0, 0))
    found = {name: {"type": ["number", "null"]} for name, value in values.items() if value is None}
    return record({**shaped(values)["properties"], **found})


def described(writes: bool) -> dict[str, Any]:
    """The whole description; without what writes where nothing may be written."""
    paths: dict[str, dict[str, Any]] = {}
    for one in OPERATIONS:
        if writes or one.body is None:
            paths.setdefault(one.path, {})[one.method.lower()] = operation(one)
    return {
        "openapi": "3.1.0",
        "info": {"title": "claims", "version": __version__, "description": DESCRIPTION},
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": schemas(), "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }  # fmt: skip


def operation(one: Operation) -> dict[str, Any]:
    """One operation."""
    told: dict[str, Any] = {"operationId": one.name, "summary": one.summary, "responses": responses(one)}
    if one.parameters:
        told["parameters"] = [parameter(each) for each in one.parameters]
    if one.body is not None:
        schema = {"$ref": PLACE.format(name=one.body.__name__)}
        told["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
        told["security"] = [{"token": []}]
    return told


def parameter(one: Parameter) -> dict[str, Any]:
    """One parameter."""
    told = {"name": one.name, "in": one.where, "description": one.description, "schema": one.schema}
    return {**told, "required": True} if one.where == "path" else told


def responses(one: Operation) -> dict[str, Any]:
    """What is answered, by status."""
    wrong = {**WRONG, **WRONG_WRITING} if one.body is not None else WRONG
    content: dict[str, Any] = (
        {"application/json": {"schema": {"$ref": PLACE.format(name=one.returns)}}} if one.returns else {HTML: {}}
    )
    error = {"application/json": {"schema": {"$ref": PLACE.format(name="Error")}}}
    bad = {status: {"description": told, "content": error} for status, told in sorted(wrong.items())}
    return {"200": {"description": one.summary, "content": content}, **bad}

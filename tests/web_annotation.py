"""What the W3C's Web Annotation Data Model (Recommendation of 2017) says of what is written, for tests.

CONTEXT has the terms of http://www.w3.org/ns/anno.jsonld that are used, as they are published there. SCHEMA says what
must be (*MUST*) of a page and its collection, of annotations, bodies, targets, selectors and styles.
"""

from typing import Any

CONTEXT = {
    "oa": "http://www.w3.org/ns/oa#", "dc": "http://purl.org/dc/elements/1.1/", "foaf": "http://xmlns.com/foaf/0.1/",
    "as": "http://www.w3.org/ns/activitystreams#", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id", "type": "@type", "Annotation": "oa:Annotation", "TextualBody": "oa:TextualBody",
    "SpecificResource": "oa:SpecificResource", "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextPositionSelector": "oa:TextPositionSelector", "CssStylesheet": "oa:CssStyle", "Software": "as:Application",
    "AnnotationCollection": "as:OrderedCollection", "AnnotationPage": "as:OrderedCollectionPage",
    "describing": "oa:describing", "identifying": "oa:identifying", "tagging": "oa:tagging",
    **{term: {"@id": iri, "@type": "@id"} for term, iri in {
        "body": "oa:hasBody", "target": "oa:hasTarget", "source": "oa:hasSource", "selector": "oa:hasSelector",
        "generator": "as:generator", "stylesheet": "oa:styledBy", "partOf": "as:partOf", "first": "as:first",
        "last": "as:last",
    }.items()},
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"}, "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "format": "dc:format", "value": "rdf:value", "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix",
    "styleClass": "oa:styleClass", "name": "foaf:name", "label": "rdfs:label",
    **{term: {"@id": iri, "@type": "xsd:nonNegativeInteger"} for term, iri in {
        "start": "oa:start", "end": "oa:end", "total": "as:totalItems", "startIndex": "as:startIndex",
    }.items()},
}  # fmt: skip

WEB = "http://www.w3.org/ns/anno.jsonld"
COUNT = {"type": "integer", "minimum": 0}
TEXT = {"type": "string"}
IRI = {"type": "string", "format": "iri"}
REFERENCE = {"type": "string", "format": "iri-reference"}
MOTIVATION = {
    "enum": [
        "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting",
        "identifying", "linking", "moderating", "questioning", "replying", "tagging",
    ]
}  # fmt: skip


def one(value: dict[str, Any]) -> dict[str, Any]:
    """A value, or several in a list."""
    return {"anyOf": [value, {"type": "array", "items": value, "minItems": 1}]}


def thing(type: str, required: tuple[str, ...], **properties: Any) -> dict[str, Any]:
    """An object of a class, with nothing else than is told."""
    return {
        "type": "object",
        "properties": {"type": {"const": type}, **properties},
        "required": ["type", *required],
        "additionalProperties": False,
    }


COLLECTION = thing(
    "AnnotationCollection", ("id", "label", "total"), id=IRI, label=TEXT, total=COUNT, first=IRI, last=IRI
) | {
    "if": {"properties": {"total": {"minimum": 1}}, "required": ["total"]}, "then": {"required": ["first", "last"]},
}  # fmt: skip
BODY = thing("TextualBody", ("value",), value=TEXT, purpose=one(MOTIVATION), format=TEXT)
QUOTE = thing("TextQuoteSelector", ("exact", "prefix", "suffix"), exact=TEXT, prefix=TEXT, suffix=TEXT)
POSITION = thing("TextPositionSelector", ("start", "end"), start=COUNT, end=COUNT)
TARGET = thing(
    "SpecificResource", ("source", "selector"), source=REFERENCE, selector=one({"anyOf": [QUOTE, POSITION]}),
    styleClass=one(TEXT),
)  # fmt: skip
ANNOTATION = thing(
    "Annotation", ("id", "target"), id=IRI, motivation=one(MOTIVATION), body=one(BODY), target=one(TARGET),
    generator=thing("Software", ("id",), id=IRI, name=TEXT), stylesheet=thing("CssStylesheet", ("value",), value=TEXT),
)  # fmt: skip
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "oneOf": [
        thing(
            "AnnotationPage", ("@context", "id", "items", "startIndex", "partOf"), **{"@context": {"const": WEB}},
            id=IRI, partOf=COLLECTION, startIndex=COUNT, items={"type": "array", "items": ANNOTATION, "minItems": 1},
        ),
        {**COLLECTION, "properties": {**COLLECTION["properties"], "@context": {"const": WEB}},
         "required": ["@context", *COLLECTION["required"]]},
    ],
}  # fmt: skip

"""Claims as W3C Web Annotations: one page of annotations in JSON-LD.

A claim is one annotation. Each piece of source, cue and content is a target with its place and its words; `styleClass`
tells which of the three it is. What else is known stands in the bodies.
"""

from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from claims_cli.claim import Claim, Document
from claims_cli.outputs.annotated import ROLES, address, by_document, urn, whole
from claims_cli.outputs.background import Background
from claims_cli.outputs.layout import Layout
from claims_cli.outputs.tables import encoded

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32  # characters before and behind the words, by which they are found where the text has moved
STYLE = ".source{background:#f4b183}.cue{background:#d9b3f0}.content{background:#9fd8cd}"


def write(claims: Iterable[Claim], stream: TextIO, layout: Layout, background: Background) -> None:
    """An `AnnotationPage`, an annotation a line, and the collection that it is the only page of.

    A page has at least one annotation: where there is no claim, it is the empty collection alone.
    """
    found = [(document, claim) for document, members in by_document(claims, background) for claim in members]
    ids = [f"{document.text_sha256} {claim.doc} {claim.id}" for document, claim in found]
    page = urn("page", *ids)
    collection = {"id": urn("collection", *ids), "type": "AnnotationCollection", "label": "Claims", "total": len(ids)}
    if not found:
        stream.write(encoded({"@context": CONTEXT, **collection}) + "\n")
        return
    stream.write(f'{{"@context": "{CONTEXT}", "id": "{page}", "type": "AnnotationPage", ')
    stream.write(f'"partOf": {encoded({**collection, "first": page, "last": page})}, "startIndex": 0, "items": [')
    for number, (document, claim) in enumerate(found):
        stream.write(("," if number else "") + "\n" + encoded(annotation(claim, document)))
    stream.write("\n]}\n")


def annotation(claim: Claim, document: Document) -> dict[str, Any]:
    """One claim."""
    return {
        "id": urn(document.text_sha256, claim.doc, claim.id),
        "type": "Annotation",
        "motivation": "describing",
        "generator": {
            "id": "https://pypi.org/project/source-claims/",
            "type": "Software",
            "name": "claims",
        },
        "stylesheet": {"type": "CssStylesheet", "value": STYLE},
        "body": list(bodies(claim)),
        "target": list(targets(claim, document)),
    }


def bodies(claim: Claim) -> Iterator[dict[str, Any]]:
    """Who said it, what kind of claim it is, and how sure that is."""
    if claim.speaker:
        yield body("identifying", claim.speaker)
    for tag in (claim.type, claim.quote, *(["negated"] if claim.negated else [])):
        yield body("tagging", tag)
    known = f"rule {claim.rule}, confidence {claim.confidence:.2f}"
    yield body("describing", f"{known}, speaker {claim.speaker_basis} ({claim.speaker_confidence:.2f})")


def body(purpose: str, value: str) -> dict[str, Any]:
    """A body of text."""
    return {"type": "TextualBody", "purpose": purpose, "value": whole(value), "format": "text/plain"}


def targets(claim: Claim, document: Document) -> Iterator[dict[str, Any]]:
    """Each piece of its words."""
    for role in ROLES:
        span = getattr(claim, role)
        for start, end in span.spans if span else ():
            yield {
                "type": "SpecificResource",
                "source": address(document),
                "styleClass": role,
                "selector": [
                    {"type": "TextPositionSelector", "start": start, "end": end},
                    quoted(document.text, start, end),
                ],
            }


def quoted(text: str, start: int, end: int) -> dict[str, str]:
    """The words with what stands around them."""
    before, behind = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return {
        "type": "TextQuoteSelector",
        "exact": whole(text[start:end]),
        "prefix": whole(before),
        "suffix": whole(behind),
    }

"""Claims for INCEpTION, out and back: a UIMA CAS XMI file a document, its text, and the layers as `TypeSystem.xml`.

`claims evaluate` reads the folder back. The text of an XMI file is XML's: a character that XML cannot hold is U+FFFD in
it and in the text beside it, so that all places stay.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claims_cli.claim import Claim, Document
from claims_cli.outputs.annotated import ROLES, by_document, named
from claims_cli.outputs.background import Background
from claims_cli.outputs.layout import Layout

if TYPE_CHECKING:
    from cassis import Cas, TypeSystem

SPAN = "webanno.custom.ClaimSpan"
RELATION = "webanno.custom.ClaimRelation"
FEATURES = ("role", "claim", "speaker", "kind", "quote", "rule", "confidence")
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TYPES_FILE = "TypeSystem.xml"


def write(claims: Iterable[Claim], folder: Path, layout: Layout, background: Background) -> None:
    """`NAME.xmi` and `NAME.txt` for each document that has a claim, and the layers."""
    held = list(by_document(claims, background))
    names, types = named(document.path for document, _ in held), type_system()
    for document, members in held:
        name = names[document.path]
        cas = annotated(document, members, types)
        (folder / f"{name}.txt").write_text(cas.sofa_string, encoding="utf-8", newline="")
        cas.to_xmi(folder / f"{name}.xmi")
    types.to_xml(folder / TYPES_FILE)


def type_system() -> "TypeSystem":
    """Two layers: spans with a role, and relations between them, as INCEpTION names their ends."""
    from cassis import TypeSystem

    types = TypeSystem()
    span = types.create_type(SPAN, "uima.tcas.Annotation", "The words of a claim that have one role")
    for feature in FEATURES:
        types.create_feature(span, feature, "uima.cas.String")
    relation = types.create_type(RELATION, "uima.tcas.Annotation", "What belongs to the words of a cue")
    types.create_feature(relation, "Governor", span)
    types.create_feature(relation, "Dependent", span)
    types.create_feature(relation, "role", "uima.cas.String")
    return types


def annotated(document: Document, claims: Iterable[Claim], types: "TypeSystem") -> "Cas":
    """A document with its claims."""
    from cassis import Cas

    text = xml_text(document.text)
    cas = Cas(types, sofa_string=text, document_language="en", sofa_mime="text/plain")
    cas.get_document_annotation().end = len(text)
    for claim in claims:
        parts = [(role, part) for role in ROLES for part in parts_of(claim, role, types)]
        cas.add_all([part for _, part in parts])
        head = next(part for wanted in ("cue", "content") for role, part in parts if role == wanted)
        cas.add_all([relation(head, part, role, types) for role, part in parts if part is not head])
    return cas


def xml_text(text: str) -> str:
    """Text as long as it was, in which every character is one that XML has."""
    return NO_XML.sub("\ufffd", text)


def parts_of(claim: Claim, role: str, types: "TypeSystem") -> list[Any]:
    """The pieces of a claim that have a role; what is known of the claim stands at its content."""
    span, make = getattr(claim, role), types.get_type(SPAN)
    told = known(claim) if role == "content" else {}
    return [
        make(begin=start, end=end, role=role, claim=claim.id, **told) for start, end in (span.spans if span else ())
    ]


def known(claim: Claim) -> dict[str, str | None]:
    """What is known of a claim beside its words."""
    speaker = xml_text(" ".join(claim.speaker.split())) if claim.speaker else None
    return {
        "speaker": speaker, "kind": claim.type, "quote": claim.quote, "rule": claim.rule,
        "confidence": f"{claim.confidence:.2f}",
    }  # fmt: skip


def relation(head: Any, part: Any, role: str, types: "TypeSystem") -> Any:
    """The relation from the words that lead a claim to another part of it; it stands where that part does."""
    return types.get_type(RELATION)(begin=part.begin, end=part.end, Governor=head, Dependent=part, role=role)

"""Claims in the words of schema.org, as JSON-LD: a `Quotation` where all of it is quoted, otherwise a `Claim`."""

from collections.abc import Iterable
from typing import Any, TextIO

from claims_cli.claim import Claim, Document
from claims_cli.outputs.annotated import address, by_document, urn, whole
from claims_cli.outputs.background import Background
from claims_cli.outputs.layout import Layout
from claims_cli.outputs.tables import encoded

CONTEXT = "https://schema.org"
PERSONS = {"person": "Person", "organization": "Organization", "media": "NewsMediaOrganization"}


def write(claims: Iterable[Claim], stream: TextIO, layout: Layout, background: Background) -> None:
    """One graph, a thing a line: each article, and behind it what was said in it."""
    stream.write(f'{{"@context": "{CONTEXT}", "@graph": [')
    comma = ""
    for document, members in by_document(claims, background):
        for thing in (article(document), *(statement(claim, document) for claim in members)):
            stream.write(f"{comma}\n{encoded(thing)}")
            comma = ","
    stream.write("\n]}\n")


def filled(values: dict[str, Any]) -> dict[str, Any]:
    """The values without those that are nothing."""
    return {name: whole(value) if isinstance(value, str) else value for name, value in values.items() if value}


def article(document: Document) -> dict[str, Any]:
    """The article in which something was said."""
    outlet = document.outlet and {"@type": "Organization", "name": whole(document.outlet)}
    author = document.author and {"@type": "Person", "name": whole(document.author)}
    return filled({
        "@type": "Article", "@id": address(document), "headline": document.title, "url": document.url,
        "datePublished": document.date, "publisher": outlet, "author": author, "inLanguage": document.language,
    })  # fmt: skip


def statement(claim: Claim, document: Document) -> dict[str, Any]:
    """What was said, by whom, and where it stands; who is no person and no organization is credited in words alone."""
    direct = claim.quote == "direct"
    speaker = author(claim)
    place = {"@id": address(document)}
    return filled({
        "@type": "Quotation" if direct else "Claim",
        "@id": urn(document.text_sha256, claim.doc, claim.id),
        "identifier": claim.id,
        "text": claim.content.text,
        "author": speaker,
        "spokenByCharacter": speaker if direct else None,
        "creditText": claim.speaker,
        "appearance": None if direct else place,
        "isPartOf": place,
        "keywords": [claim.type, claim.quote],
    })  # fmt: skip


def author(claim: Claim) -> list[dict[str, Any]]:
    """Who said it, one by one, where that is a named person or organization."""
    kind = PERSONS.get(claim.speaker_kind)
    if kind is None or not claim.named:
        return []
    alone = claim.speaker_role if kind == "Person" and len(claim.speakers) == 1 else None
    return [filled({"@type": kind, "name": name, "jobTitle": alone}) for name in claim.speakers]

"""What formats of annotations share: claims by their documents, addresses of documents, ids that are unique."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from urllib.parse import quote

from claims_cli.claim import Claim, Document
from claims_cli.outputs.background import Background
from claims_cli.outputs.page.safe import LONE, web_link

ROLES = ("source", "cue", "content")
SPACE = uuid.UUID("5b7c1c0e-4f53-5c0f-9a7e-3c1d8f0a26d4")  # under which names become ids; any constant does


def by_document(claims: Iterable[Claim], background: Background) -> Iterator[tuple[Document, list[Claim]]]:
    """Each document that has a claim, with its claims, in the order of the documents."""
    held: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        held[claim.doc].append(claim)
    for path, document in background.documents.items():
        if path in held:
            yield document, held[path]


def whole(text: str) -> str:
    """Text that UTF-8 can hold, as long as it was: half a character becomes U+FFFD."""
    return LONE.sub("\ufffd", text)


def address(document: Document) -> str:
    """The IRI of a document: its address on the web, otherwise its path, which is relative to where the run was."""
    if web_link(document.url) and document.url:
        return quote(whole(document.url), safe="%/:=&?~#+!$,;'@()*[]")
    path = quote(whole(document.path.replace("\\", "/")), safe="/!~-._")
    return f"file://{path}" if PurePath(document.path).is_absolute() and path.startswith("/") else path


def urn(*parts: str) -> str:
    """An IRI that the same parts always give, and others never."""
    return uuid.uuid5(SPACE, whole("\x1f".join(parts))).urn


def named(names: Iterable[str]) -> dict[str, str]:
    """For each path the name of its files; see `brat.distinct_names`."""
    from claims_cli.outputs.brat import distinct_names

    return distinct_names(names)

"""Claims as entities of FollowTheMoney, one a line, which OpenAleph takes in.

An article is an `Article`, a named speaker a `Person`, an `Organization` or a `LegalEntity`, his name a `Mention`,
and what he said a `Note` on him, with the article as its proof.

No two people become one without a word of it: who is whose is asked of the store. Without one, a name is the same
speaker in the same article only, and who he is across articles a person says, in OpenAleph.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha1
from typing import Any, TextIO

from claims_cli import __version__
from claims_cli.claim import ArticleSpan, Claim, Document
from claims_cli.names import folded_name, is_proper
from claims_cli.outputs.annotated import by_document, whole
from claims_cli.outputs.background import Background
from claims_cli.outputs.escapes import clean
from claims_cli.outputs.layout import Layout
from claims_cli.outputs.page.excerpts import bare_name
from claims_cli.outputs.page.safe import shown, web_link
from claims_cli.outputs.tables import encoded

SCHEMATA = {"person": "Person", "organization": "Organization", "media": "Organization"}
UNSURE = "LegalEntity"  # of which the two are kinds
DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
LONGEST = 60_000  # characters of a value, of which the model allows 65,000
LONGEST_NAME = 384

Entity = dict[str, Any]


@dataclass
class Voice:
    """A named speaker of the claims: how often each name, title and schema was met, and in which articles."""

    names: Counter = field(default_factory=Counter)
    roles: Counter = field(default_factory=Counter)
    schemata: Counter = field(default_factory=Counter)
    articles: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The fullest name."""
        return max(self.names, key=lambda name: (len(name.split()), self.names[name], name))

    @property
    def schema(self) -> str:
        """The commonest kind that says something."""
        known = [(count, schema) for schema, count in self.schemata.items() if schema != UNSURE]
        return max(known)[1] if known else UNSURE


def write(claims: Iterable[Claim], stream: TextIO, layout: Layout, background: Background) -> None:
    """Each entity once: articles, speakers, then article by article what stands in it."""
    documents = list(by_document(claims, background))
    found: dict[str, Voice] = {}
    for document, members in documents:
        for claim in members:
            add(found, claim, document, background)
    entities = [article(document, claim.article) for document, members in documents for claim in members]
    entities += [speaker(id, voice) for id, voice in found.items()]
    for document, members in documents:
        entities += (one for claim in members for one in said(claim, document, found, background))
    for one in {one["id"]: one for one in entities}.values():
        stream.write(encoded(one) + "\n")


def add(found: dict[str, Voice], claim: Claim, document: Document, background: Background) -> None:
    """Count the named speakers of a claim."""
    alone = len(claim.speakers) == 1
    for id, name in speakers_of(claim, document, background):
        voice = found.setdefault(id, Voice())
        voice.names[name] += 1
        voice.articles.add(article_id(document, claim.article))
        voice.schemata[SCHEMATA.get(claim.speaker_kind, UNSURE) if alone else UNSURE] += 1
        if alone and claim.speaker_role:
            voice.roles[clean(claim.speaker_role)] += 1


def speakers_of(claim: Claim, document: Document, background: Background) -> list[tuple[str, str]]:
    """The speakers of a claim who have names, each with the id of his entity."""
    known = background.speaker_ids(claim)
    home = article_id(document, claim.article)
    return [
        (key("stored", known[name]) if name in known else key("speaker", home, folded_name(name)), cut(clean(name)))
        for name in claim.speakers
        if is_proper(name, claim.named)
    ]


def key(*parts: str) -> str:
    """The id of an entity: the same parts always give the same."""
    return sha1(whole("\x1f".join(parts)).encode()).hexdigest()


def cut(name: str) -> str:
    """As much of a name as the model takes."""
    return name[:LONGEST_NAME].rstrip()


def entity(schema: str, id: str, **properties: Any) -> Entity:
    """An entity; every property is a list, those without a value are left out."""
    lists = {name: value if isinstance(value, list) else [value] for name, value in properties.items() if value}
    return {"id": id, "schema": schema, "properties": {name: list(map(whole, value)) for name, value in lists.items()}}


def speaker(id: str, voice: Voice) -> Entity:
    """A speaker; a name shorter than the fullest is not matched by."""
    name, others = voice.name, sorted(voice.names.keys() - {voice.name})
    full = len(name.split())
    return entity(
        voice.schema, id, name=name,
        alias=[other for other in others if len(other.split()) >= full],
        weakAlias=[other for other in others if len(other.split()) < full],
        position=sorted(voice.roles) if voice.schema == "Person" else [], notes=joined(len(voice.articles)),
    )  # fmt: skip


def joined(articles: int) -> str | None:
    """That a speaker was brought together by the store, which goes by names."""
    return f"brought together by name from {articles} articles: see that it is one speaker" if articles > 1 else None


def said(claim: Claim, document: Document, found: dict[str, Voice], background: Background) -> Iterator[Entity]:
    """The mentions of a claim's speakers in its article, and what was said."""
    home = article_id(document, claim.article)
    speakers = speakers_of(claim, document, background)
    for id, name in speakers:
        yield entity(
            "Mention", key("mention", home, id, name), document=home, resolved=id, name=name,
            detectedSchema=found[id].schema,
        )  # fmt: skip
    yield entity(
        "Note", key("note", home, claim.id), entity=[id for id, _ in speakers] or home, proof=home,
        name=f"{cut(clean(claim.speaker)) or 'Nobody named'}: {'no ' * claim.negated}{claim.type}",
        description=pieces(claim.content.text),
        summary=pieces(claim.sentence), notes=known(claim), publisher=clean(claim.outlet),
        keywords=[claim.type, claim.quote, *["negated"] * claim.negated],
        sourceUrl=web_link(claim.url), createdAt=day(claim.date),
    )  # fmt: skip


def known(claim: Claim) -> str:
    """How sure it is, through whom it came, and whom it rests on."""
    parts = [
        f"confidence {claim.confidence:.2f} (rule {claim.rule})",
        f"speaker {claim.speaker_confidence:.2f} ({claim.speaker_basis})",
    ]
    parts += [f"via {clean(voice.speaker) or 'nobody named'}" for voice in claim.via]
    parts += [f"citing {clean(basis.speaker)}" for basis in claim.citing]
    return "; ".join(parts)


def article_id(document: Document, number: int) -> str:
    """The id of an article: by the file and its bytes, so that a changed file is another."""
    return key("article", document.path, document.sha256, str(number))


def article(document: Document, number: int) -> Entity:
    """An article; where a file holds several, its own text and headline."""
    span = next((one for one in document.articles if one.number == number), None)
    own = span if span and len(document.articles) > 1 else ArticleSpan(number, 0, len(document.text), document.title)
    return entity(
        "Article", article_id(document, number), processingAgent=f"source-claims {__version__}",
        title=clean(own.title), author=clean(document.author),
        publisher=clean(document.outlet), publishedAt=day(document.date), sourceUrl=web_link(document.url),
        fileName=clean(bare_name(document.path)), bodyText=pieces(document.text[own.start : own.end]),
    )  # fmt: skip


def day(date: str | None) -> str | None:
    """The day of a date that ISO 8601 writes."""
    found = DATE.match(date or "")
    return found and found[0]


def pieces(text: str) -> list[str]:
    """A text in values that are short enough, without a live control character or white space around."""
    safe = shown(text)
    cuts = (safe[start : start + LONGEST].strip() for start in range(0, len(safe), LONGEST))
    return [piece for piece in cuts if piece]

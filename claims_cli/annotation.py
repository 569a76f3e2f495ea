"""Claims as spaCy's own objects: `doc.spans`, `DocBin`, and drawings by displacy."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from claims_cli.claim import Claim, Document

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, DocBin

KEY = "claims"
ROLES = ("source", "cue", "content", "addressee", "medium", "when")
COLORS = {"SOURCE": "#f4b183", "CUE": "#d9b3f0", "CONTENT": "#9fd8cd"}


def to_doc(document: Document, claims: Iterable[Claim], nlp: "Language | None" = None) -> "Doc":
    """A document with the spans of its claims in `doc.spans["claims"]`.

    Args:
        document: the text that the claims are of.
        claims: its claims.
        nlp: whose tokenizer is used; spaCy's for English where none is given.

    Returns:
        A `Doc` whose spans are labelled SOURCE, CUE, CONTENT, ADDRESSEE, MEDIUM and WHEN, a span for each piece, all
        pieces of one claim with its id as `span.id_`. Where a piece ends within a token, its span holds the whole
        token. `doc.user_data["claims"]` holds the records as JSON has them.
    """
    import spacy

    tokenizer = nlp or spacy.blank("en")
    doc = tokenizer.make_doc(document.text)
    claims = list(claims)
    doc.spans[KEY] = [
        doc.char_span(start, end, label=role.upper(), span_id=claim.id, alignment_mode="expand")
        for claim in claims
        for role in ROLES
        for start, end in (getattr(claim, role).spans if getattr(claim, role) else ())
    ]
    doc.user_data["path"] = document.path
    doc.user_data[KEY] = [claim.to_json() for claim in claims]
    return doc


def to_docbin(results: Iterable[tuple[Document, Iterable[Claim]]], nlp: "Language | None" = None) -> "DocBin":
    """Documents with their claims as one `DocBin`, for `to_disk` and for training.

    Args:
        results: each document with its claims, as `Extractor.extract` yields them.
        nlp: whose tokenizer is used; spaCy's for English where none is given.
    """
    import spacy
    from spacy.tokens import DocBin

    tokenizer = nlp or spacy.blank("en")
    return DocBin(docs=(to_doc(document, claims, tokenizer) for document, claims in results), store_user_data=True)


def render(document: Document, claims: Iterable[Claim], page: bool = False) -> str:
    """A document drawn by displacy, its sources, cues and contents underlined and labelled.

    Args:
        document: the text that the claims are of.
        claims: those to draw.
        page: whether the HTML is a page of its own rather than a part of one.
    """
    from spacy import displacy

    doc = to_doc(document, claims)
    doc.spans[KEY] = [span for span in doc.spans[KEY] if span.label_ in COLORS]
    options = {"spans_key": KEY, "colors": COLORS}
    return displacy.render(doc, style="span", page=page, options=options, jupyter=False)

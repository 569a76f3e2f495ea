"""Small stores of invented claims, made without reading any text."""

from dataclasses import replace
from pathlib import Path

from claims_cli.claim import FIELD_NAMES, Claim, Document, Span
from claims_cli.rulebook import load
from claims_cli.store import opening
from claims_cli.store.identities import identify
from claims_cli.store.marks import Mark, give
from claims_cli.store.writing import Writer

VERSIONS = dict.fromkeys(("claims", "python", "spacy", "model", "model_version", "rulebook"), "1")
ANYWHERE = ((0, 1),)
PLAIN = Claim(
    **{
        **dict.fromkeys(FIELD_NAMES),
        "article": 1, "line": 1, "start": 0, "end": 1, "sentence": "", "speaker_basis": "named",
        "speaker_confidence": 1.0, "speaker_kind": "person", "named": True, "cue_lemma": "say", "quote": "indirect",
        "type": "statement", "negated": False, "via": (), "citing": (), "rule": "clause", "confidence": 0.9,
    }
)  # fmt: skip


def said(speaker: str | None, content: str, **told) -> Claim:
    """A claim of one speaker, or of several that ` and ` joins."""
    speakers = tuple(speaker.split(" and ")) if speaker else ()
    if "addressee" in told:
        told["addressee"] = Span(told["addressee"], ANYWHERE)
    return replace(PLAIN, speaker=speaker, speakers=speakers, content=Span(content, ANYWHERE), **told)


def store_of(path: Path, *documents: tuple[dict, list[Claim]]) -> Path:
    """A store of documents, each with what is told of it and its claims, whose ids are numbered through."""
    number = 0
    with opening.writable(path) as connection:
        writer = Writer(connection)
        writer.begin(VERSIONS, {}, "2024-01-01")
        for place, (told, claims) in enumerate(documents):
            document = Document(f"{place}.txt", f"text {place}", f"{place:064x}", **told)
            own = []
            for claim in claims:
                number += 1
                fields = {name: getattr(document, name) for name in ("outlet", "author", "date")}
                own.append(replace(claim, id=f"{number:016x}", doc=document.path, doc_sha256=document.sha256, **fields))
            writer.put(document, own)
        identify(connection, load(), {})
        writer.end("2024-01-01", 0, 0)
    return path


def mark(path: Path, number: int, verdict: str, by: str = "Ann") -> None:
    """Judge the claim of a number."""
    with opening.writable(path) as connection:
        give(connection, f"{number:016x}", Mark(verdict, None, by, "2024-01-02"))
        identify(connection, load(), {})

"""Documents and their claims into a store, a transaction a document, so that a run may be killed at any moment."""

import json
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, NamedTuple

from claims_cli.claim import ArticleSpan, Claim, Document
from claims_cli.codec import STORED, row
from claims_cli.store import corrections
from claims_cli.store.marks import carry
from claims_cli.store.schema import METADATA, UNREAD

MADE_WITH = ("claims", "spacy", "model", "model_version", "rulebook")
TOLD = ("format", "language", "metadata")
FOUND = ("encoding", "notes", "articles", *UNREAD, "made_with", "text")
KEPT = ("path", "sha256", "text_sha256", *METADATA, *TOLD, *FOUND)
HALVES = re.compile("[\ud800-\udfff]")
NAMES = {
    "claims": "claims",
    "spacy": "spaCy",
    "model": "the model",
    "model_version": "the model",
    "rulebook": "the rulebook",
}
NEW, CHANGED, AGAIN, UNCHANGED = "new", "changed", "again", "unchanged"


class Known(NamedTuple):
    """What is known of a stored document: by it a document is recognised."""

    id: int
    sha256: str
    metadata: str
    read: tuple
    made_with: str


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing; inside another transaction, all or nothing of that one."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.rollback()
        raise
    connection.execute("COMMIT")


def whole_letters(text: str | None) -> str | None:
    """Text that UTF-8 can hold: half a character becomes the mark for what could not be read, offsets unchanged."""
    return HALVES.sub("\ufffd", text) if text else text


def marks_for(count: int) -> str:
    """So many places for values, in SQL."""
    return ", ".join("?" * count)


def quoted(names: Iterable[str]) -> str:
    """Names of columns, in SQL."""
    return ", ".join(f'"{name}"' for name in names)


INSERT_CLAIM = f"INSERT INTO claims (document, run, {quoted(STORED)}) VALUES ({marks_for(len(STORED) + 2)})"
INSERT_DOCUMENT = (
    f"INSERT INTO documents (run, {quoted(KEPT)}) VALUES ({marks_for(len(KEPT) + 1)}) ON CONFLICT (path) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in ("run", *KEPT[1:]))
    + " RETURNING id"
)


class Writer:
    """One run that writes.

    Attributes:
        run: the number of the run.
        counts: documents by what became of them.
    """

    def __init__(self, connection: sqlite3.Connection):
        self.connection = connection
        self.run = 0
        self.made_with = ""
        self.counts: Counter = Counter()
        columns = quoted(("path", "id", "sha256", "metadata", "text_sha256", *METADATA, "made_with"))
        self.known = {
            path: Known(number, sha256, told, tuple(read), made_with)
            for path, number, sha256, told, *read, made_with in connection.execute(f"SELECT {columns} FROM documents")
        }
        self.name_ids: dict[str, int] = {}

    def begin(self, versions: Mapping[str, str], options: Mapping[str, Any], started: str) -> None:
        """Record that a run begins."""
        self.made_with = json.dumps({name: versions[name] for name in MADE_WITH})
        values = (
            started,
            *(versions[name] for name in ("python", *MADE_WITH)),
            json.dumps(options, ensure_ascii=False),
        )
        names = ("started", "python", *MADE_WITH, "options")
        with transaction(self.connection):
            done = self.connection.execute(
                f"INSERT INTO runs ({quoted(names)}) VALUES ({marks_for(len(names))})",
                tuple(map(whole_letters, values)),
            )
        self.run = done.lastrowid or 0

    def state_of(self, document: Document) -> str:
        """Whether a document is new, changed, to be read again with what changed beside it, or as it was."""
        known = self.known.get(document.path)
        if known is None:
            return NEW
        if known.read != (document.text_sha256, *(whole_letters(getattr(document, name)) for name in METADATA)):
            return CHANGED
        return UNCHANGED if known.made_with == self.made_with else AGAIN

    def same(self, document: Document) -> None:
        """Count a document that is as it was; one that only stands in other bytes now gets their hash.

        What is told beside it, on which no claim rests, is kept as it is told now.
        """
        self.counts[UNCHANGED] += 1
        known = self.known[document.path]
        told = whole_letters(beside(document))
        if known.metadata != told:
            with transaction(self.connection):
                self.connection.execute("UPDATE documents SET metadata = ? WHERE id = ?", (told, known.id))
        if known.sha256 != document.sha256:
            with transaction(self.connection):
                self.connection.execute("UPDATE documents SET sha256 = ? WHERE id = ?", (document.sha256, known.id))
                self.connection.execute(
                    "UPDATE claims SET doc_sha256 = ? WHERE document = ?", (document.sha256, known.id)
                )
                self.forget_speakers()

    def stored(self, document: Document) -> tuple[Document, int]:
        """A document that is as it was, with its articles, and how many claims it has."""
        query = "SELECT articles, (SELECT count(*) FROM claims WHERE document = ?1) FROM documents WHERE id = ?1"
        articles, claims = self.connection.execute(query, (self.known[document.path].id,)).fetchone()
        return replace(document, articles=tuple(ArticleSpan(*one) for one in json.loads(articles))), claims

    def differing(self) -> str:
        """What differs between this run and what made the stored documents, in words; nothing where nothing does."""
        ours = json.loads(self.made_with)
        others = [json.loads(made) for made in {known.made_with for known in self.known.values()}]
        names = [NAMES[name] for name in MADE_WITH if any(other.get(name) != ours[name] for other in others)]
        return " and ".join(dict.fromkeys(names))

    def put(self, document: Document, claims: list[Claim]) -> None:
        """Store a document and its claims in place of what was stored of it."""
        state = self.state_of(document)
        with transaction(self.connection):
            known = self.known.get(document.path)
            before = self.standing(known.id) if known else {}
            number = self.put_document(self.run, kept(document, self.made_with))
            self.connection.execute("DELETE FROM claims WHERE document = ?", (number,))
            for claim in claims:
                old, run = heir(before, claim)
                if old not in (None, claim.id):
                    carry(self.connection, old, claim.id, document.text_sha256)
                self.put_claim(number, run or self.run, claim)
            corrections.settle(self.connection, corrections.corrected_among(self.connection, number))
            self.forget_speakers()
        self.counts[state] += 1

    def put_document(self, run: int, values: tuple) -> int:
        """Store the values of a document's columns (`KEPT`); its number stays where its path is known."""
        return self.connection.execute(INSERT_DOCUMENT, (run, *values)).fetchone()[0]

    def add(self, document: Document, claims: list[Claim]) -> None:
        """Store a document and its claims; to one that is there, those that it lacks."""
        with transaction(self.connection):
            found = self.connection.execute("SELECT id FROM documents WHERE path = ?", (document.path,)).fetchone()
            query = "SELECT id FROM claims WHERE document = ?"
            there = {row[0] for row in self.connection.execute(query, found)} if found else set()
            number = found[0] if found else self.put_document(self.run, kept(document, self.made_with))
            for claim in {claim.id: claim for claim in claims if claim.id not in there}.values():
                self.put_claim(number, self.run, claim)
            self.forget_speakers()

    def standing(self, document: int) -> dict[tuple, list[tuple[str, int]]]:
        """The ids and runs of a document's claims by their words, those that stand later last."""
        found: dict[tuple, list[tuple[str, int]]] = defaultdict(list)
        query = "SELECT source, cue, content, id, run FROM claims WHERE document = ? ORDER BY number DESC"
        for *words, claim, run in self.connection.execute(query, (document,)):
            found[tuple(words)].append((claim, run))
        return found

    def put_claim(self, document: int, run: int, claim: Claim) -> None:
        """One claim, and the names by which its speaker is found."""
        cells = [whole_letters(cell) if isinstance(cell, str) else cell for cell in row(claim, STORED)]
        number = self.connection.execute(INSERT_CLAIM, (document, run, *cells)).lastrowid
        names = corrections.names_of(claim.speaker, claim.speakers)
        self.connection.executemany(
            "INSERT OR IGNORE INTO claim_names (name, claim, single) VALUES (?, ?, ?)",
            [(self.name_id(name), number, single) for name, single in names],
        )

    def name_id(self, name: str) -> int:
        """The number of a folded name, which is stored where it is new."""
        if name not in self.name_ids:
            name = whole_letters(name) or ""
            self.connection.execute("INSERT OR IGNORE INTO names (name) VALUES (?)", (name,))
            found = self.connection.execute("SELECT id FROM names WHERE name = ?", (name,)).fetchone()[0]
            self.name_ids[name] = found
        return self.name_ids[name]

    def drop(self, paths: Iterable[str]) -> None:
        """Take documents with their claims out of the store."""
        with transaction(self.connection):
            for path in paths:
                self.connection.execute("DELETE FROM documents WHERE path = ?", (path,))
                self.known.pop(path, None)
            self.forget_speakers()

    def forget_speakers(self) -> None:
        """Note, in the transaction that changes claims, that who speaks and what recurs is to be found out again."""
        self.connection.execute("DELETE FROM state WHERE name IN ('speakers', 'statements')")

    def end(self, finished: str, vanished: int, failed: int) -> None:
        """Record that the run is done."""
        counts = (self.counts[NEW], self.counts[CHANGED] + self.counts[AGAIN], self.counts[UNCHANGED], vanished, failed)
        names = ("finished", "new", "changed", "unchanged", "vanished", "failed")
        changes = ", ".join(f"{name} = ?" for name in names)
        with transaction(self.connection):
            self.connection.execute(f"UPDATE runs SET {changes} WHERE id = ?", (finished, *counts, self.run))


def heir(before: dict[tuple, list[tuple[str, int]]], claim: Claim) -> tuple[str | None, int | None]:
    """The id and run of the claim of the same words that stood in a document before, each taken once."""
    words = tuple(whole_letters(span.text) if span else None for span in (claim.source, claim.cue, claim.content))
    found = before.get(words)
    return found.pop() if found else (None, None)


def beside(document: Document) -> str:
    """What is told of a document beside the fields that have columns of their own, as JSON."""
    return json.dumps(dict(document.metadata), ensure_ascii=False)


def kept(document: Document, made_with: str) -> tuple:
    """The values of a document's columns (`KEPT`)."""
    articles = [[one.number, one.start, one.end, one.title] for one in document.articles]
    told = (document.format, document.language, beside(document))
    lists = (document.notes, articles, document.furniture, document.foreign, document.skipped)
    return tuple(
        whole_letters(value)
        for value in (
            document.path, document.sha256, document.text_sha256, *(getattr(document, name) for name in METADATA),
            *told, document.encoding, *(json.dumps(value, ensure_ascii=False) for value in lists), made_with,
            document.text,
        )
    )  # fmt: skip

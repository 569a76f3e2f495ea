"""Claims out of a store."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

from claims_cli.choice import Choice
from claims_cli.claim import INFERRED, ArticleSpan, Claim, Document, Offsets
from claims_cli.codec import STORED, claim_of
from claims_cli.corpus import Identity
from claims_cli.query import in_order
from claims_cli.store.marks import Mark, joint_note, joint_verdict, marks_of
from claims_cli.store.queries import Further, add_functions, conditions
from claims_cli.store.schema import METADATA, UNREAD

COLUMNS = [f'claims."{column}"' for column in STORED]
SELECT = f"SELECT {', '.join(COLUMNS)} FROM chosen CROSS JOIN claims ON claims.number = chosen.number"
IN_ORDER = "ORDER BY chosen.document, chosen.number"
CHOSEN = """CREATE TEMP TABLE chosen (
document INTEGER, number INTEGER, type TEXT, confidence REAL, PRIMARY KEY (document, number)) WITHOUT ROWID"""
LINKED = """SELECT name, claim_speakers.speaker FROM claim_speakers JOIN claims ON number = claim
WHERE claims.id = ? AND claims.doc = ?"""
FITTING = "chosen.type IN (SELECT value FROM json_each(?)) AND chosen.confidence >= ?"


class Reader:
    """Asks one store.

    Args:
        documents: paths; only their claims are seen; None for all.

    Attributes:
        shown_documents: the documents of the claims that were given out.
    """

    def __init__(self, connection: sqlite3.Connection, documents: Iterable[str] | None = None):
        self.connection = connection
        self.documents = None if documents is None else list(documents)
        self.shown_documents: set[str] = set()
        self.marks = marks_of(connection)
        add_functions(connection)

    def claims(self, choice: Choice, further: Further | None = None, offset: int = 0) -> Iterator[Claim]:
        """The claims that are shown, sorted, up to the limit; the tally counts what is not, as `Choice.choose` does.

        `offset`: how many are passed over first.
        """
        self.choose(choice, further or Further())
        fitting = self.count_kept_back(choice)
        if choice.query.order:
            found: Iterable[Claim] = in_order(self.fitting(choice), choice.query.order)[offset:]
        else:
            found = self.fitting(choice, choice.query.limit, offset)
        for number, claim in enumerate(found):
            if choice.query.limit is not None and number >= choice.query.limit:
                break
            choice.tally.shown += 1
            self.shown_documents.add(claim.doc)
            yield claim
        choice.tally.cut += fitting - choice.tally.shown

    def narrow(self, choice: Choice, further: Further | None = None) -> None:
        """Leave in `chosen` only what is to be shown; the tally counts what is not."""
        self.choose(choice, further or Further())
        choice.tally.shown = self.count_kept_back(choice)
        values = (json.dumps(sorted(choice.query.types)), choice.query.threshold)
        self.connection.execute(f"DELETE FROM chosen WHERE NOT ({FITTING})", values)

    def choose(self, choice: Choice, further: Further) -> None:
        """Gather in `chosen` the numbers of the claims that fit, whatever their type and confidence."""
        tests = list(conditions(self.connection, choice, further))
        if self.documents is not None:
            paths = json.dumps(self.documents)
            tests.append(
                ("document IN (SELECT id FROM documents WHERE path IN (SELECT value FROM json_each(?)))", (paths,))
            )
        where = " AND ".join(test for test, _ in tests) or "true"
        values = tuple(value for _, given in tests for value in given)
        self.connection.execute("DROP TABLE IF EXISTS temp.chosen")
        self.connection.execute(CHOSEN)
        # one whose speaker is not as sure as is asked for counts as below any threshold
        sure = "CASE WHEN speaker_confidence >= ? THEN confidence ELSE -1 END"
        query = f"INSERT INTO chosen SELECT document, number, type, {sure} FROM claims WHERE {where}"
        self.connection.execute(query, (choice.query.least_speaker, *values))

    def count_kept_back(self, choice: Choice) -> int:
        """How many chosen claims are to be shown; those that are not are counted by why."""
        query = "SELECT type, sum(confidence >= ?), count(*) FROM chosen GROUP BY type"
        fitting = 0
        for kind, sure, all_of_it in self.connection.execute(query, (choice.query.threshold,)):
            if kind in choice.query.types:
                fitting += sure
                choice.tally.uncertain += all_of_it - sure
            else:
                choice.tally.kept_back[kind] += sure
                choice.tally.neither += all_of_it - sure
        return fitting

    def fitting(self, choice: Choice, limit: int | None = None, offset: int = 0) -> Iterator[Claim]:
        """The chosen claims of the types and from the confidence that are asked for, in the order of the documents."""
        query = f"{SELECT} WHERE {FITTING} {IN_ORDER}"
        values = (json.dumps(sorted(choice.query.types)), choice.query.threshold)
        most = -1 if limit is None else limit
        for row in self.connection.execute(f"{query} LIMIT ? OFFSET ?", (*values, most, offset)):
            claim = claim_of(row)
            yield self.marked(claim) if self.marks else claim

    def marked(self, claim: Claim) -> Claim:
        """A claim with what people made of it."""
        marks = self.marks_on(claim.id)
        return replace(claim, mark=joint_verdict(marks), note=joint_note(marks)) if marks else claim

    def claims_called(self, claim: str) -> Iterator[tuple[Claim, str]]:
        """The claims of an id, of each document that has its text, with that text."""
        query = (
            f"SELECT documents.text, {', '.join(COLUMNS)} FROM claims JOIN documents ON documents.id = document "
            "WHERE claims.id = ? ORDER BY document, number"
        )
        for text, *row in self.connection.execute(query, (claim,)).fetchall():
            yield self.marked(claim_of(row)), text

    def same_as(self, claim: Claim) -> list[Claim]:
        """The other claims that are the same statement, in the order of the documents."""
        query = f"SELECT {', '.join(COLUMNS)} FROM claims WHERE id IN (SELECT value FROM json_each(?)) ORDER BY number"
        return [claim_of(row) for row in self.connection.execute(query, (json.dumps(claim.same_as),))]

    def document(self, path: str) -> Document:
        """A document that the store keeps, with its text, articles and what of it was not read."""
        names = ("path", "text", "sha256", "encoding", *METADATA)
        query = f"SELECT {', '.join((*names, 'articles', *UNREAD))} FROM documents WHERE path = ?"
        *values, articles, furniture, foreign, skipped = self.connection.execute(query, (path,)).fetchone()
        return Document(
            **dict(zip(names, values, strict=True)),
            articles=tuple(ArticleSpan(*one) for one in json.loads(articles)),
            furniture=offsets_of(furniture),
            foreign=offsets_of(foreign),
            skipped=offsets_of(skipped),
        )

    def last_run(self) -> dict[str, Any]:
        """The last run that wrote to the store, by column."""
        cursor = self.connection.execute("SELECT * FROM runs ORDER BY id DESC LIMIT 1")
        values = cursor.fetchone()
        return {column[0]: value for column, value in zip(cursor.description, values, strict=True)}

    def held(self) -> dict[str, int]:
        """How many documents and claims the store has."""
        tables = ("documents", "claims")
        return {name: self.connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}

    def speakers(self, choice: Choice, further: Further | None = None) -> list[Identity]:
        """Who speaks in the claims that are shown: counts, roles and spellings are those of these claims alone."""
        self.narrow(choice, further)
        query = (
            "SELECT claim_speakers.speaker, claim_speakers.name, speaker_role, claims.doc, "
            "json_array_length(speakers), claims.speaker_basis "
            "FROM chosen JOIN claim_speakers ON claim = chosen.number JOIN claims ON claims.number = chosen.number"
        )
        found = {one.id: one for one in self.identities()}
        for speaker, name, role, doc, together, basis in self.connection.execute(query):
            one = found[speaker]
            one.claims += 1
            one.inferred += basis in INFERRED
            one.spellings[name] += 1
            one.documents.add(doc)
            if role and together < 2:
                one.roles[role] += 1
        return sorted((one for one in found.values() if one.claims), key=lambda one: (-one.claims, one.id, one.kind))

    def identities(self) -> Iterator[Identity]:
        """Every speaker of the store, nothing counted yet."""
        query = "SELECT id, name, kind, named, perhaps FROM speakers"
        for number, name, kind, named, perhaps in self.connection.execute(query):
            yield Identity(
                number, name, kind, bool(named), perhaps=[(other, why) for other, why in json.loads(perhaps)]
            )

    def speaker_ids(self, claim: Claim) -> dict[str, str]:
        """Under what each speaker of a claim stands in this store and no other, by the name that the claim has for him.

        Nothing of a store that is only in memory: what is brought together there stays apart the next time.
        """
        if not self.begun:
            return {}
        if claim.speaker_id and len(claim.speakers) == 1:
            return {claim.speakers[0]: f"{self.begun} {claim.speaker_id}"}
        found = self.connection.execute(LINKED, (claim.id, claim.doc))
        return {name: f"{self.begun} {speaker}" for name, speaker in found}

    @cached_property
    def begun(self) -> str:
        """What tells this store from others: its first run; nothing of one that is only in memory."""
        ((*_, path),) = self.connection.execute("SELECT * FROM pragma_database_list WHERE name = 'main'")
        return path and " ".join(self.connection.execute("SELECT started, options FROM runs ORDER BY id").fetchone())

    def marks_on(self, claim: str) -> list[Mark]:
        """What people made of a claim."""
        return self.marks.get(claim, [])


def offsets_of(cell: str) -> Offsets:
    """Stretches of a text, from JSON."""
    return tuple((start, end) for start, end in json.loads(cell))

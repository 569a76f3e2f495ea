"""Who speaks across the documents of a store: found out anew when claims, rules or aliases changed."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from claims_cli.corpus import Corpus, Identity
from claims_cli.names import folded_name
from claims_cli.rulebook.model import Rulebook
from claims_cli.store.writing import marks_for, quoted, transaction

SPEAKER_LISTS = ("roles", "spellings", "perhaps")
SPEAKER = ("id", "name", "kind", "named", "claims", "documents", *SPEAKER_LISTS)
UPSERT_SPEAKER = (
    f"INSERT INTO speakers ({quoted(SPEAKER)}) VALUES ({marks_for(len(SPEAKER))}) ON CONFLICT (id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in SPEAKER[1:])
)

WRITE_LINKS = (
    "CREATE UNIQUE INDEX temp.links_all ON links(claim, speaker, name)",
    "DELETE FROM claim_speakers WHERE (claim, speaker, name) NOT IN (SELECT claim, speaker, name FROM links)",
    "INSERT OR IGNORE INTO claim_speakers SELECT claim, speaker, name FROM links ORDER BY claim, speaker, name",
    """UPDATE claims SET speaker_id = (SELECT speaker FROM links WHERE claim = claims.number AND single)
    WHERE speaker_id IS NOT (SELECT speaker FROM links WHERE claim = claims.number AND single)""",
    "DROP TABLE links",
)


class Speaking(NamedTuple):
    """What of a stored claim tells who speaks: the fields that `Corpus` reads."""

    number: int
    doc: str
    doc_sha256: str
    row: int | None
    speaker: str | None
    speakers: tuple[str, ...]
    named: bool
    speaker_kind: str
    speaker_role: str | None
    sentence: str


def speaking(connection: sqlite3.Connection) -> Iterator[Speaking]:
    """Every stored claim that has a speaker, in order; of many millions never more than one is in memory."""
    query = (
        "SELECT number, doc, doc_sha256, row, speaker, speakers, named, speaker_kind, speaker_role, sentence "
        "FROM claims WHERE speaker IS NOT NULL OR speakers != '[]' ORDER BY document, number"
    )
    for number, doc, digest, row, speaker, speakers, named, kind, role, sentence in connection.execute(query):
        yield Speaking(
            number, doc, digest, row, speaker, tuple(json.loads(speakers)), bool(named), kind, role, sentence
        )


def identify(connection: sqlite3.Connection, rulebook: Rulebook, aliases: Mapping[str, tuple[str, ...]]) -> None:
    """Find out who speaks across the documents, unless that is known already by the same rules and aliases."""
    settled = hashlib.sha256(repr((rulebook.fingerprint, sorted(aliases.items()))).encode()).hexdigest()
    if connection.execute("SELECT 1 FROM state WHERE name = 'speakers' AND value = ?", (settled,)).fetchone():
        return
    corpus = Corpus(speaking(connection), rulebook, aliases)  # type: ignore[arg-type]
    with transaction(connection):
        put_speakers(connection, corpus.identities)
        put_links(connection, speaking(connection), corpus)
        known = {one.id for one in corpus.identities}
        gone = [row for row in connection.execute("SELECT id FROM speakers") if row[0] not in known]
        connection.executemany("DELETE FROM speakers WHERE id = ?", gone)
        connection.execute("INSERT OR REPLACE INTO state VALUES ('speakers', ?)", (settled,))


def put_speakers(connection: sqlite3.Connection, identities: Iterable[Identity]) -> None:
    """The speakers, and the folded names of those who have a name."""
    connection.execute("DELETE FROM speaker_names")
    for one in identities:
        lists = (json.dumps(getattr(one, name), ensure_ascii=False) for name in SPEAKER_LISTS)
        values = (one.id, one.name, one.kind, one.named, one.claims, len(one.documents), *lists)
        connection.execute(UPSERT_SPEAKER, values)
        names = {folded_name(name) for name in (*one.spellings, one.name)} if one.named else ()
        connection.executemany("INSERT INTO speaker_names (name, speaker) VALUES (?, ?)", [(n, one.id) for n in names])


def put_links(connection: sqlite3.Connection, found: Iterable[Speaking], corpus: Corpus) -> None:
    """Which claim is whose: several speakers of one claim are linked each, and `speaker_id` is only for one alone.

    Only what differs is written: most of a growing store stays as it was.
    """
    connection.execute("CREATE TEMP TABLE links (claim INTEGER, speaker TEXT, name TEXT, single INTEGER)")
    for claim in found:
        members = corpus.speakers_of(claim)  # type: ignore[arg-type]
        rows = {(claim.number, one.id, name, len(members) == 1) for name, one in members}
        connection.executemany("INSERT INTO links VALUES (?, ?, ?, ?)", sorted(rows))
    for statement in WRITE_LINKS:
        connection.execute(statement)

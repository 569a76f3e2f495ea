"""Which claims of a store are one statement, kept in it: found out anew when claims, speakers or words changed."""

import hashlib
import json
import sqlite3
from collections.abc import Mapping

from claims_cli.across.recurring import groups
from claims_cli.across.wording import LEXICONS, Wording
from claims_cli.rulebook import RuleSources, load_lexicon
from claims_cli.rulebook.model import Rulebook
from claims_cli.store.identities import identify
from claims_cli.store.writing import transaction

MOST_LISTED = 100  # of `same_as`: what a thousand print would be a million ids
VERSION = 2  # of how statements are compared: a higher one has every store looked at again


def bring_claims_together(
    connection: sqlite3.Connection, rulebook: Rulebook, aliases: Mapping[str, tuple[str, ...]]
) -> None:
    """Find out who speaks across the documents and which claims are one statement, unless that is known already."""
    identify(connection, rulebook, aliases)
    settled = settled_by(connection, rulebook.lexicons)
    if known(connection) == settled:
        return
    found = groups(connection, Wording(rulebook.lexicons))
    with transaction(connection):
        keep(connection, found)
        connection.execute("INSERT OR REPLACE INTO state VALUES ('statements', ?)", (settled,))


def statements(connection: sqlite3.Connection, sources: RuleSources) -> list[list[int]]:
    """The numbers of the claims of each statement: as they are kept, or where claims changed since found out anew."""
    words = words_of(sources)
    if known(connection) != settled_by(connection, words):
        return groups(connection, Wording(words))
    found: dict[int, list[int]] = {}
    for statement, claim in connection.execute("SELECT statement, claim FROM statements ORDER BY statement, claim"):
        found.setdefault(statement, []).append(claim)
    return list(found.values())


def words_of(sources: RuleSources) -> dict[str, frozenset[str]]:
    """The lexicons by which statements are compared, without reading the rest of the rules.

    Raises:
        RulebookError: something in them is wrong.
    """
    return {group: words for name in LEXICONS for group, words in load_lexicon(name, sources).items()}


def settled_by(connection: sqlite3.Connection, lexicons: Mapping[str, frozenset[str]]) -> str:
    """On what the groups rest beside the claims: who speaks, the words of the lexicons, how they are compared."""
    own = [(group, sorted(words)) for group, words in sorted(lexicons.items()) if group.partition(".")[0] in LEXICONS]
    speakers = connection.execute("SELECT value FROM state WHERE name = 'speakers'").fetchone()
    return hashlib.sha256(repr((VERSION, speakers, own)).encode()).hexdigest()


def known(connection: sqlite3.Connection) -> str | None:
    """On what the groups rested that are kept; None where claims changed since."""
    found = connection.execute("SELECT value FROM state WHERE name = 'statements'").fetchone()
    return found[0] if found else None


def keep(connection: sqlite3.Connection, found: list[list[int]]) -> None:
    """Keep groups, and beside each claim the ids of the others; only what differs is written."""
    connection.execute("DELETE FROM statements")
    rows = [(claim, group[0]) for group in found for claim in group]
    connection.executemany("INSERT INTO statements (claim, statement) VALUES (?, ?)", rows)
    query = "SELECT number, id FROM claims WHERE number IN (SELECT claim FROM statements)"
    ids: dict[int, str] = dict(connection.execute(query).fetchall())
    wanted = {number: others(number, group, ids) for group in found for number in group}
    query = "SELECT number, same_as FROM claims WHERE same_as != '[]'"
    there: dict[int, str] = dict(connection.execute(query).fetchall())
    changed = [(wanted.get(number, "[]"), number) for number in wanted.keys() | there.keys()
               if wanted.get(number, "[]") != there.get(number, "[]")]  # fmt: skip
    connection.executemany("UPDATE claims SET same_as = ? WHERE number = ?", sorted(changed))


def others(number: int, group: list[int], ids: Mapping[int, str]) -> str:
    """The ids of the other claims of a group as JSON, each once; a copy of the same text has the claim's own id."""
    own = ids[number]
    return json.dumps(list(dict.fromkeys(ids[one] for one in group if ids[one] != own))[:MOST_LISTED])

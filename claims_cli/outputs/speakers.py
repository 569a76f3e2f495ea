"""The speakers of a corpus as a table, CSV, TSV, Markdown, JSON or JSON Lines."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, TextIO

from claims_cli.codec import Cell
from claims_cli.corpus import Identity
from claims_cli.outputs.layout import Layout
from claims_cli.outputs.listing import write_rows
from claims_cli.outputs.people import PREFIX
from claims_cli.outputs.tables import Rows, writers

HEADINGS = ("Speaker", "Kind", "Claims", "Inferred", "Documents", "Roles", "Also written", "Perhaps the same")
MOST_ROLES = 3


def ranked(counts: Counter) -> list[str]:
    """The commonest first, equal ones by letters."""
    return sorted(counts, key=lambda name: (-counts[name], name))


def to_json(one: Identity) -> dict[str, Any]:
    """A speaker as an object."""
    return {
        "id": one.id,
        "speaker": one.name,
        "kind": one.kind,
        "named": one.named,
        "claims": one.claims,
        "inferred": one.inferred,
        "documents": sorted(one.documents),
        "roles": ranked(one.roles),
        "spellings": ranked(one.spellings),
        "perhaps": [{"speaker": name, "why": why} for name, why in one.perhaps],
    }


COLUMNS = tuple(to_json(Identity("", "", "", False)))  # the same names in every format


def cells(one: Identity) -> list[Cell]:
    """A speaker's cells for a spreadsheet: lists joined by semicolons, documents counted."""
    perhaps = "; ".join(f"{name} ({why})" for name, why in one.perhaps)
    return [
        one.id, one.name, one.kind, one.named, one.claims, one.inferred, len(one.documents),
        "; ".join(ranked(one.roles)), "; ".join(ranked(one.spellings)), perhaps,
    ]  # fmt: skip


def write_table(found: Iterable[Identity], stream: TextIO, layout: Layout) -> None:
    """For reading: drawn on a terminal, tab-separated when piped."""
    rows = []
    for one in found:
        others = [name for name in ranked(one.spellings) if name != one.name]
        perhaps = "; ".join(f"{name} ({why})" for name, why in one.perhaps)
        roles = "; ".join(ranked(one.roles)[:MOST_ROLES])
        counts = map(str, (one.claims, one.inferred, len(one.documents)))
        rows.append((one.name, one.kind, *counts, roles, "; ".join(others), perhaps))
    write_rows(HEADINGS, rows, stream)


def rows_of(speakers: Iterable[Identity], layout: Layout) -> Rows:
    """Speakers as rows and as objects, with what the user's sheet tells of them."""
    people = layout.people
    columns = [*COLUMNS, *(f"{PREFIX}{column}" for column in people.columns)]
    return Rows(
        columns,
        ([*cells(one), *map(people.of_speaker(one.id).get, people.columns)] for one in speakers),
        (to_json(one) | ({"people": dict(people.of_speaker(one.id))} if people.columns else {}) for one in speakers),
    )


WRITERS = {"table": write_table, **writers(rows_of)}

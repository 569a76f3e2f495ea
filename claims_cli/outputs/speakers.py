"""The speakers of a corpus as a table, CSV, TSV, Markdown, JSON or JSON Lines."""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, TextIO

from claims_cli.corpus import Identity
from claims_cli.outputs.delimited import defused, line
from claims_cli.outputs.json_lines import ESCAPED
from claims_cli.outputs.layout import Layout
from claims_cli.outputs.listing import write_rows
from claims_cli.outputs.markdown import escaped
from claims_cli.outputs.markdown import line as markdown_line

HEADINGS = ("Speaker", "Kind", "Claims", "Documents", "Roles", "Also written", "Perhaps the same")
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
        "documents": sorted(one.documents),
        "roles": ranked(one.roles),
        "spellings": ranked(one.spellings),
        "perhaps": [{"speaker": name, "why": why} for name, why in one.perhaps],
    }


COLUMNS = tuple(to_json(Identity("", "", "", False)))  # the same names in every format


def cells(one: Identity) -> list[str]:
    """A speaker's cells for a spreadsheet: lists joined by semicolons, documents counted."""
    perhaps = "; ".join(f"{name} ({why})" for name, why in one.perhaps)
    return [
        one.id, one.name, one.kind, str(one.named).lower(), str(one.claims), str(len(one.documents)),
        "; ".join(ranked(one.roles)), "; ".join(ranked(one.spellings)), perhaps,
    ]  # fmt: skip


def write_table(found: Iterable[Identity], stream: TextIO, layout: Layout) -> None:
    """For reading: drawn on a terminal, tab-separated when piped."""
    rows = []
    for one in found:
        others = [name for name in ranked(one.spellings) if name != one.name]
        perhaps = "; ".join(f"{name} ({why})" for name, why in one.perhaps)
        roles = "; ".join(ranked(one.roles)[:MOST_ROLES])
        rows.append((one.name, one.kind, str(one.claims), str(len(one.documents)), roles, "; ".join(others), perhaps))
    write_rows(HEADINGS, rows, stream)


def delimited(delimiter: str) -> Callable[[Iterable[Identity], TextIO, Layout], None]:
    """CSV or TSV, a row a speaker."""

    def write(found: Iterable[Identity], stream: TextIO, layout: Layout) -> None:
        stream.write(line(COLUMNS, delimiter))
        for one in found:
            stream.write(line(cells(one) if layout.raw else map(defused, cells(one)), delimiter))

    return write


def write_markdown(found: Iterable[Identity], stream: TextIO, layout: Layout) -> None:
    """A Markdown table."""
    stream.write(markdown_line(list(COLUMNS)))
    stream.write(markdown_line(["---"] * len(COLUMNS)))
    for one in found:
        stream.write(markdown_line([escaped(cell) for cell in cells(one)]))


def write_lines(found: Iterable[Identity], stream: TextIO, layout: Layout) -> None:
    """One object a line."""
    for one in found:
        stream.write(json.dumps(to_json(one), ensure_ascii=False).translate(ESCAPED) + "\n")


def write_list(found: Iterable[Identity], stream: TextIO, layout: Layout) -> None:
    """One list of objects."""
    rows = [json.dumps(to_json(one), ensure_ascii=False).translate(ESCAPED) for one in found]
    stream.write("[\n" + ",\n".join(rows) + "\n]\n" if rows else "[]\n")


WRITERS = {
    "table": write_table,
    "csv": delimited(","),
    "tsv": delimited("\t"),
    "md": write_markdown,
    "json": write_list,
    "jsonl": write_lines,
}

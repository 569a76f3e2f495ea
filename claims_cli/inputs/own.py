"""Files that this program wrote, known by a mark in them: in folders they are no documents.

Pages, Markdown, workbooks, Parquet and brat folders carry the mark; tables and JSON are known by their columns or keys.
Where a few columns were chosen that anybody's table might have, the file system keeps a note on the file, if it can.
"""

import gzip
import os
import re
import stat
import zipfile
import zlib
from contextlib import suppress
from functools import cache
from pathlib import Path

from claims_cli.codec import all_columns
from claims_cli.formats.rows import OWN_COLUMNS
from claims_cli.formats.table import suffix_of

MARK = "source-claims"  # what all that carries one says of itself
NOTE = f"user.{MARK}"  # of the file system; what it says is the size, for a file that was changed is a document
COMMENT = f"<!-- {MARK} -->\n"  # in Markdown
HEAD, TAIL = 1 << 14, 1 << 16  # bytes that are looked at
CONFIGURATION = "annotation.conf"  # of a folder for brat
PLAN = "plan.json"  # of a folder of shards
SHARDED = re.compile(r"(?:claims|documents|failures|done)-\d{5,}\.jsonl?(?:\.gz)?")
LAYERS = "TypeSystem.xml"  # of a folder for INCEpTION
SETUPS = (b'<View>\n  <Labels name="label" toName="text">\n    <Label value="Source"', b"webanno.custom.ClaimSpan")
KEY = re.compile(rb'"(\w+)": ?')
TABLES = {".csv": ",", ".tsv": "\t", ".tab": "\t", ".txt": "\t"}
SIGNATURES = (
    *OWN_COLUMNS,
    {"spellings", "roles", "claims"},  # speakers, and a sheet of people
    {"alters", "first_date"},  # quotes
    {"changed_from", "changed_words"},  # a line
    {"certainty", "other_statement"},  # disputes
    {"source_name", "target_name", "relation"},  # a network
    {"section", "words_share", "right_from"},  # statistics
    {"section", "name", "measure"},
    {"manifest", "versions", "options"},
    {"versions", "figures", "strict"},  # an evaluation
    {"marks", "rules", "disputed"},
    {"id", "verdict", "at"},  # marks of a page
    {"data", "doc_sha256"},  # tasks of Label Studio
    {"creditText", "isPartOf"},  # schema.org
    {"startIndex", "stylesheet", "generator"},  # Web Annotation
    {"schema", "properties", "processingAgent"},  # FollowTheMoney
)
HEADINGS = (  # of the same as text with tabs
    {"Speaker", "Cue", "Statement", "How known"},
    {"Speaker", "Claims", "Also written"},
    {"Statement", "Changed", "Wire"},
    {"topic", "marks", "earlier"},
    {"certainty", "other statement"},
    {"From", "Relation", "To"},
    {"section", "words_share", "right_from"},
    {"Precision", "Right"},
)


def is_output(path: Path) -> bool:
    """Whether a file is an output of this program; one that cannot be read is none, and whoever reads it tells why."""
    suffix = suffix_of(path.name)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return False
        if is_noted(path):
            return True
        if suffix in (".html", ".htm", ".xhtml"):
            return f'<meta name="generator" content="{MARK}">'.encode() in head_of(path)
        if suffix == ".md":
            return head_of(path).startswith(COMMENT.encode())
        if suffix == ".xlsx":
            return is_workbook(path)
        if suffix in (".parquet", ".pq"):
            return MARK.encode() in tail_of(path)
        if suffix in TABLES and is_table(head_of(path), TABLES[suffix]):
            return True
        if suffix in (".json", ".jsonl", ".ndjson", ".gz"):
            return is_of_shards(path) or is_json(head_of(path))
        if suffix == ".xml":
            return is_setup(path)
        return suffix == ".txt" and (is_of_brat(path) or is_of_inception(path))
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, ValueError):
        return False


def note(path: Path) -> None:
    """Note on a file that it is ours, where the file system keeps such notes (Linux does; a copy loses it)."""
    if not isinstance(path, os.PathLike):  # it lies elsewhere
        return
    with suppress(OSError, AttributeError):
        os.setxattr(path, NOTE, str(path.stat().st_size).encode())


def is_noted(path: Path) -> bool:
    """Whether it is noted on a file that it is ours."""
    with suppress(OSError, AttributeError):
        return os.getxattr(path, NOTE) == str(path.stat().st_size).encode()
    return False


def head_of(path: Path) -> bytes:
    """How a file begins; of a packed one, what is packed."""
    with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as stream:
        return stream.read(HEAD)


def tail_of(path: Path) -> bytes:
    """How a file ends."""
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - TAIL))
        return stream.read(TAIL)


def is_workbook(path: Path) -> bool:
    """Whether the properties of a workbook carry the mark."""
    with zipfile.ZipFile(path) as book, book.open("docProps/core.xml") as stream:
        return MARK.encode() in stream.read(HEAD)


def is_table(head: bytes, delimiter: str) -> bool:
    """Whether the first line of a table is one of ours, or columns that were chosen of a record."""
    first = head.decode("utf-8-sig", "replace").splitlines()[:1]
    names = first[0].split(delimiter) if first else []
    return len(names) > 1 and (has_all(names, HEADINGS if delimiter == "\t" else ()) or has_all(names) or chosen(names))


def has_all(names: list[str], signatures: tuple[set[str], ...] = SIGNATURES) -> bool:
    """Whether all names of a signature are among some."""
    return any(signature.issubset(names) for signature in signatures)


def chosen(names: list[str]) -> bool:
    """Whether names are columns of a record, one at the least as nobody else would call one."""
    return known_columns().issuperset(names) and any("_" in name or name == "cue" for name in names)


@cache
def known_columns() -> frozenset[str]:
    """All columns that claims can have in a table."""
    return frozenset([*all_columns(), "link", "mark", "note"])


def is_json(head: bytes) -> bool:
    """Whether JSON begins with a record of ours."""
    return head == b"[]\n" or (
        head[:2] in (b"[\n", b'{"', b"{\n") and has_all([key.decode() for key in KEY.findall(head)])
    )


def is_of_shards(path: Path) -> bool:
    """Whether a file is a plan, or lies beside one and is called as those of shards are."""
    if path.name == PLAN:
        return b'"versions"' in (head := head_of(path)) and b'"options"' in head
    return bool(SHARDED.fullmatch(path.name)) and is_output(path.with_name(PLAN))


def is_of_brat(path: Path) -> bool:
    """Whether a text was written for brat: its annotations and our configuration lie beside it."""
    configuration = path.with_name(CONFIGURATION)
    return os.path.isfile(path.with_suffix(".ann")) and head_of(configuration).startswith(f"# {MARK}\n".encode())


def is_setup(path: Path) -> bool:
    """Whether XML tells Label Studio or INCEpTION what claims are made of."""
    return any(one in head_of(path) for one in SETUPS)


def is_of_inception(path: Path) -> bool:
    """Whether a text was written for INCEpTION: its annotations and our layers lie beside it."""
    return os.path.isfile(path.with_suffix(".xmi")) and is_setup(path.with_name(LAYERS))

"""What the columns of a CSV file are, as the W3C's CSV on the Web tells it: `claims.csv-metadata.json` beside it."""

from typing import Any
from urllib.parse import quote

from claims_cli.claim import FIELD_NAMES, LIST_FIELDS
from claims_cli.codec import column_type
from claims_cli.outputs.columns import LINK
from claims_cli.outputs.tables import encoded

CONTEXT = "http://www.w3.org/ns/csvw"
DATATYPES = {int: "integer", float: "number", bool: "boolean", str: "string"}
ENDING = "-metadata.json"


def description(name: str, columns: list[str], delimiter: str, in_words: bool) -> str:
    """The description of a file of claims.

    Args:
        name: that of the file, which stands in the same folder.
        columns: its columns, in order.
        delimiter: what parts its cells.
        in_words: whether `via` has names for people in place of JSON.
    """
    described = {
        "@context": CONTEXT,
        "url": quote(name),
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": delimiter, "doubleQuote": True},
        "tableSchema": {"columns": [column(one, in_words) for one in columns]},
    }
    return encoded(described) + "\n"


def column(name: str, in_words: bool) -> dict[str, Any]:
    """One column: its name, what it holds, and how a list in it is parted."""
    told: dict[str, Any] = {"name": name, "titles": name, "datatype": DATATYPES[column_type(name)]}
    if name.endswith("_spans"):
        return {**told, "separator": ";", "datatype": {"base": "string", "format": r"\d+-\d+"}}
    if name in LIST_FIELDS:
        return {**told, "datatype": "string"} if in_words and name == "via" else {**told, "datatype": "json"}
    if name == LINK:
        return {**told, "datatype": "anyURI"}
    return {**told, "required": True} if name in ("id", "doc") and name in FIELD_NAMES else told

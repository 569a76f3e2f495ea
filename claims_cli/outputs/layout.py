"""What the user may choose of a format."""

from dataclasses import dataclass, field

from claims_cli.codec import all_columns
from claims_cli.outputs.people import People


@dataclass(frozen=True)
class Layout:
    """How claims are laid out.

    Attributes:
        columns: the columns of the formats that have any, in order.
        in_words: whether lists in cells are for people, the names alone, and not JSON.
        raw: whether cells stand as they are: what a spreadsheet takes for formulas, and what a terminal obeys.
        kept: whether the claims come from a store: the table shows ids, and what people made of the claims.
        verdicts: whether JSON has what people made of the claims beside the fields of the record.
        bom: whether a CSV or TSV file begins with a byte-order mark, by which Excel knows UTF-8.
        people: what the user's sheet tells of the speakers.
        csvw: whether a file beside a CSV or TSV file tells what its columns are (CSV on the Web).
        excerpts: whether a page holds of each article only the sentences around claims, and no folders.
    """

    columns: list[str] = field(default_factory=all_columns)
    in_words: bool = False
    raw: bool = False
    bom: bool = True
    excerpts: bool = False
    kept: bool = False
    verdicts: bool = False
    people: People = field(default_factory=People)
    csvw: bool = False

"""The columns that csv, tsv, md, xlsx and parquet share: those of `codec`, and a link to the claim's words."""

from collections.abc import Callable, Iterable, Mapping

from claims_cli.claim import Claim
from claims_cli.codec import CELLS, Cell, all_columns
from claims_cli.names import one_of
from claims_cli.outputs.links import link

LINK = "link"
DERIVED = (LINK, "headline")  # columns that are written only where they are asked for
MARK_COLUMNS = ["mark", "note"]
ALL = "all"
NONE: Mapping[str, Callable[[Claim], Cell]] = {}
READ = (
    *("speaker", "speaker_role", "content", "cue", "type", "quote", "via"),
    *("doc", "line", "page", "date", "outlet", LINK),
    *("confidence", "speaker_confidence", "id"),
)  # what people read, where no columns are chosen


def read_columns(names: str, further: Iterable[str] = ()) -> list[str]:
    """The columns of a comma-separated list, in its order; `all` is the whole record and `further` ones.

    Raises:
        UsageError: there is no such column.
    """
    whole = [*all_columns(), *further]
    asked = [part if part in whole else part.lower() for part in map(str.strip, names.split(","))]
    one_of("column", asked, [*whole, *DERIVED, ALL])
    return list(dict.fromkeys(column for name in asked for column in (whole if name == ALL else [name])))


def cells(
    claim: Claim, columns: Iterable[str], in_words: bool = False, further: Mapping[str, Callable[[Claim], Cell]] = NONE
) -> list[Cell]:
    """A claim's cells, each a number, a truth value, text, or None where there is nothing.

    Args:
        in_words: whether `via` has the names of the voices in place of JSON.
        further: what makes the cells of columns beside those of the record.
    """
    made = IN_WORDS if in_words else AS_RECORDED
    return [(made.get(column) or further[column])(claim) for column in columns]


def voices(claim: Claim) -> str | None:
    """Who stands between the reader and the speaker, outermost first."""
    return "; ".join([voice.speaker or "?" for voice in claim.via]) or None


AS_RECORDED: dict[str, Callable[[Claim], Cell]] = {**CELLS, LINK: link}
IN_WORDS = {**AS_RECORDED, "via": voices}

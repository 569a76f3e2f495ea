"""How much is said, by whom, in which form: counts of the claims that are shown."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Any

from claims_cli.choice import Choice
from claims_cli.store.queries import VERDICT, Further
from claims_cli.store.reading import Reader

ALL, SPEAKER = "all", "speaker"
LEAST_MARKS = 10  # below that an interval tells nothing
WITHIN = 1.959964  # standard deviations on both sides hold 95 of 100
MEASURES = """count(*), sum(counted.words), count(DISTINCT claims.document),
sum(quote = 'direct'), sum(quote = 'mixed'), sum(quote = 'indirect'), sum(NOT claims.named),
count(counted.verdict), sum(counted.verdict = 'right')"""
CLAIMS = "counted CROSS JOIN claims ON claims.number = counted.number"
LINKS = """(SELECT DISTINCT claim, speaker FROM claim_speakers) AS links ON links.claim = claims.number
JOIN speakers ON speakers.id = links.speaker"""
MONTH = "CASE WHEN date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]*' THEN substr(date, 1, 7) END"
NAMING = "CASE WHEN named THEN 'named' WHEN speaker IS NULL THEN 'nobody' ELSE 'unnamed' END"


@dataclass(frozen=True)
class Grouping:
    """What claims are told apart by.

    Attributes:
        section: what it is called.
        members: SQL of which each row is the number of a claim, what it is grouped by (None for no group), how that is
            called, and the kind of speaker, empty where it is none; a claim may be in several groups.
        by_name: whether the groups stand in the order of their names, and not the largest first.
        is_cut: whether only the largest groups are listed, as many as are asked for.
    """

    section: str
    members: str
    by_name: bool = False
    is_cut: bool = False


def by(section: str, key: str, joined: str = "", by_name: bool = False, is_cut: bool = False) -> Grouping:
    """A grouping by an expression of SQL over claims, and over what is `joined` to them."""
    members = f"SELECT DISTINCT claims.number, {key} AS key, {key} AS name, '' AS kind FROM {CLAIMS} {joined}"
    return Grouping(section, members, by_name, is_cut)


SPEAKERS = Grouping(
    SPEAKER,
    f"SELECT claims.number, speakers.id AS key, speakers.name, speakers.kind FROM {CLAIMS} JOIN {LINKS}",
    is_cut=True,
)
FORMS = (
    by("quotation", "quote"),
    by("naming", NAMING),
    by("kind of speaker", "speaker_kind"),
    by("type", "type"),
)
PLACES = (by("outlet", "outlet"), by("author", "author", is_cut=True), by("month", MONTH, by_name=True))
GROUPINGS = (SPEAKERS, *FORMS, *PLACES)


@dataclass(frozen=True)
class Count:
    """How much one speaker, form or month has.

    Attributes:
        section: what is told apart; name: the one of it; kind: of a speaker.
        share: of all claims that are shown, from 0 to 1; words_share: of all their words.
        words: of what was said.
        marked: how many claims people agree to be right, or wrong.
        right: the share of right ones among these, with the 95 % interval after Wilson, `right_from` to `right_to`;
            None of fewer than `LEAST_MARKS`.
    """

    section: str
    name: str
    kind: str
    claims: int
    share: float
    words: int
    documents: int
    direct: int
    mixed: int
    indirect: int
    unnamed: int
    words_share: float = 0.0
    marked: int = 0
    right: float | None = None
    right_from: float | None = None
    right_to: float | None = None


def stats(
    reader: Reader, choice: Choice, further: Further, most: int, groupings: Iterable[Grouping] = GROUPINGS
) -> Iterator[Count]:
    """The counts, section by section: all, then those of each grouping, of cut ones the `most` largest groups.

    A claim of several speakers counts for each. Outlets and months come only where documents tell them.
    """
    whole = count(reader, choice, further)
    if whole is None:
        return
    yield whole
    for grouping in groupings:
        yield from counts(reader, grouping, most, whole)


def count(reader: Reader, choice: Choice, further: Further) -> Count | None:
    """Gather the claims that are shown in `counted`, with their words and verdicts; their count, None without any."""
    reader.narrow(choice, further)
    connection = reader.connection
    connection.execute("DROP TABLE IF EXISTS temp.counted")
    verdict = f"nullif({VERDICT}, 'disputed')"
    gathered = (
        f"SELECT number, words(content) AS words, {verdict} AS verdict FROM chosen CROSS JOIN claims USING (number)"
    )
    connection.execute("CREATE TEMP TABLE counted (number INTEGER PRIMARY KEY, words INTEGER, verdict TEXT)")
    connection.execute(f"INSERT INTO counted {gathered}")
    if not choice.tally.shown:
        return None
    return counted(ALL, "", "", connection.execute(f"SELECT {MEASURES} FROM {CLAIMS}").fetchone())


def counts(reader: Reader, grouping: Grouping, most: int, whole: Count) -> Iterator[Count]:
    """The counts of one grouping's groups."""
    order = "name" if grouping.by_name else "count(*) DESC, sum(counted.words) DESC, key"
    query = (
        f"SELECT members.name, members.kind, {MEASURES} FROM ({grouping.members}) AS members "
        "CROSS JOIN counted ON counted.number = members.number CROSS JOIN claims ON claims.number = counted.number "
        f"WHERE key IS NOT NULL GROUP BY key ORDER BY {order} LIMIT ?"
    )
    for name, kind, *measures in reader.connection.execute(query, (most if grouping.is_cut else -1,)):
        yield counted(grouping.section, name, kind, measures, whole)


def counted(section: str, name: str, kind: str, measures: Sequence[Any], whole: Count | None = None) -> Count:
    """One row of the statistics; `whole` is the row of all claims, None for that itself."""
    claims, words, *forms, marked, right = measures
    share = claims / (whole.claims if whole else claims)
    words_share = words / max(1, whole.words if whole else words)
    row = Count(section, str(name), kind, claims, round(share, 4), words, *forms)
    row = replace(row, words_share=round(words_share, 4), marked=marked)
    if marked < LEAST_MARKS:
        return row
    share, low, high = interval(right, marked)
    return replace(row, right=share, right_from=low, right_to=high)


def interval(right: float, marked: float) -> tuple[float, float, float]:
    """The share of right ones, and the ends of its 95 % interval after Wilson; `marked` is above 0."""
    share, weight = right / marked, WITHIN**2 / marked
    middle = (share + weight / 2) / (1 + weight)
    half = WITHIN * sqrt(share * (1 - share) / marked + weight / marked / 4) / (1 + weight)
    return round(share, 4), round(max(0.0, middle - half), 4), round(min(1.0, middle + half), 4)

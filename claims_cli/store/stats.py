"""How much is said, by whom, in which form: counts of the claims that are shown."""

from collections.abc import Iterator
from dataclasses import dataclass

from claims_cli.choice import Choice
from claims_cli.store.queries import Further
from claims_cli.store.reading import Reader

MEASURES = """count(*), sum(counted.words), count(DISTINCT claims.document),
sum(quote = 'direct'), sum(quote = 'mixed'), sum(quote = 'indirect'), sum(NOT claims.named)"""
COUNTED = "FROM counted CROSS JOIN claims ON claims.number = counted.number"
SPEAKERS = f"""SELECT speakers.name, speakers.kind, {MEASURES} {COUNTED}
JOIN (SELECT DISTINCT claim, speaker FROM claim_speakers) AS links ON links.claim = claims.number
JOIN speakers ON speakers.id = links.speaker
GROUP BY speakers.id ORDER BY count(*) DESC, sum(counted.words) DESC, speakers.id LIMIT ?"""
GROUPS = {
    "quotation": "quote",
    "naming": "CASE WHEN named THEN 'named' WHEN speaker IS NULL THEN 'nobody' ELSE 'unnamed' END",
    "kind of speaker": "speaker_kind",
    "type": "type",
    "outlet": "outlet",
    "month": "CASE WHEN date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]*' THEN substr(date, 1, 7) END",
}
BY_NAME = frozenset({"month"})
ALL, SPEAKER = "all", "speaker"


@dataclass(frozen=True)
class Count:
    """How much one speaker, form or month has.

    Attributes:
        section: what is told apart; name: the one of it; kind: of a speaker.
        share: of all claims that are shown, from 0 to 1.
        words: of what was said.
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


def stats(reader: Reader, choice: Choice, further: Further, most: int) -> Iterator[Count]:
    """The counts, section by section: all, the speakers with most claims (`most` of them), forms, outlets, months.

    A claim of several speakers counts for each. Outlets and months come only where documents tell them.
    """
    reader.narrow(choice, further)
    connection = reader.connection
    connection.execute("DROP TABLE IF EXISTS temp.counted")
    words = "SELECT number, words(content) AS words FROM chosen CROSS JOIN claims USING (number)"
    connection.execute(f"CREATE TEMP TABLE counted AS {words}")
    if not choice.tally.shown:
        return
    yield counted(ALL, "", "", connection.execute(f"SELECT {MEASURES} {COUNTED}").fetchone(), choice.tally.shown)
    for name, kind, *measures in connection.execute(SPEAKERS, (most,)):
        yield counted(SPEAKER, name, kind, measures, choice.tally.shown)
    for section, key in GROUPS.items():
        order = "1" if section in BY_NAME else "count(*) DESC, 1"
        query = f"SELECT {key}, {MEASURES} {COUNTED} WHERE {key} IS NOT NULL GROUP BY 1 ORDER BY {order}"
        for name, *measures in connection.execute(query):
            yield counted(section, name, "", measures, choice.tally.shown)


def counted(section: str, name: str, kind: str, measures, everything: int) -> Count:
    """One row of the statistics."""
    claims, *rest = measures
    return Count(section, name, kind, claims, round(claims / everything, 4), *rest)

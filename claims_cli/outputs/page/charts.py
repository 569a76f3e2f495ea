"""What the charts of a page show: who speaks most and how, and who relays whom."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from claims_cli.claim import QUOTES, Claim
from claims_cli.corpus import Identity
from claims_cli.outputs.page.safe import on_one_line

NOBODY = "nobody named"
MOST_VOICES = 10
MOST_RELAYS = 12
BAR_WIDTH = 205
ROW_HEIGHT = 24
NAME_LENGTH = 24


@dataclass
class ChartedVoice:
    """One speaker and how often he is quoted how."""

    name: str
    named: bool
    quotes: Counter = field(default_factory=Counter)

    @property
    def claims(self) -> int:
        """How many claims there are of him."""
        return self.quotes.total()


class Names:
    """What each speaker is called across documents."""

    def __init__(self, identities: Iterable[Identity]):
        self.called: dict[tuple[str, bool, str | None], str] = {}
        for one in identities:
            for spelling in one.spellings:
                for document in [None] if one.named else sorted(one.documents):
                    self.called[spelling, one.named, document] = one.name

    def of(self, name: str | None, document: str) -> str:
        """The name across documents of a speaker as a document calls him."""
        if name is None:
            return NOBODY
        return on_one_line(self.called.get((name, True, None)) or self.called.get((name, False, document)) or name)


def voices(claims: Iterable[Claim], names: Names) -> list[ChartedVoice]:
    """Everybody who speaks, most claims first; joint speakers each, and nobody too."""
    found: dict[str, ChartedVoice] = {}
    for claim in claims:
        for name in dict.fromkeys(names.of(one, claim.doc) for one in claim.speakers or (claim.speaker,)):
            voice = found.setdefault(name, ChartedVoice(name, claim.named))
            voice.quotes[claim.quote] += 1
            voice.named |= claim.named
    return sorted(found.values(), key=lambda voice: (voice.name == NOBODY, -voice.claims, voice.name))


def relays(claims: Iterable[Claim], names: Names) -> list[tuple[str, str, int]]:
    """Who relays whom, and how often; most first."""
    found: Counter = Counter()
    for claim in claims:
        chain = [names.of(voice.speaker, claim.doc) for voice in claim.via] + [names.of(claim.speaker, claim.doc)]
        found.update(pair for pair in pairwise(chain) if pair[0] != pair[1])
    return sorted(((*pair, count) for pair, count in found.items()), key=lambda item: (-item[2], item[:2]))


@dataclass(frozen=True)
class Bar:
    """One row of the chart of voices, in units of the drawing."""

    voice: ChartedVoice
    name: str
    top: int
    parts: tuple[tuple[str, float, float], ...]
    end: float


def bars(found: list[ChartedVoice]) -> list[Bar]:
    """The rows of the chart, each with its parts: kind of quotation, left edge, width."""
    shown = [voice for voice in found if voice.name != NOBODY][:MOST_VOICES]
    scale = BAR_WIDTH / max((voice.claims for voice in shown), default=1)
    rows = []
    for place, voice in enumerate(shown):
        left, parts = 0.0, []
        for quote in QUOTES:
            width = round(voice.quotes[quote] * scale, 1)
            if width:
                parts.append((quote, round(left, 1), width))
            left += width
        rows.append(Bar(voice, shortened(voice.name), place * ROW_HEIGHT, tuple(parts), round(left, 1)))
    return rows


@dataclass(frozen=True)
class Relay:
    """A line of the graph, from the voice at the left to the one at the right: heights and width."""

    start: float
    end: float
    width: float
    told: str


@dataclass(frozen=True)
class Graph:
    """Who relays whom, drawn: names with their heights at the left and right, and the lines between."""

    left: list[tuple[str, str, float]]
    right: list[tuple[str, str, float]]
    lines: list[Relay]
    height: int


def graph(found: list[tuple[str, str, int]]) -> Graph:
    """The most frequent relays as a graph of two columns; a voice that is relayed and relays stands in both."""
    shown = found[:MOST_RELAYS]
    left, right = list(dict.fromkeys(one for one, _, _ in shown)), list(dict.fromkeys(other for _, other, _ in shown))
    relayers = {name: [left.index(one) for one, other, _ in shown if other == name] for name in right}
    right.sort(key=lambda name: sum(relayers[name]) / len(relayers[name]))  # so that few lines cross
    height = max(len(left), len(right), 1) * ROW_HEIGHT
    at = [
        {name: round((place + 0.5) * height / len(column), 1) for place, name in enumerate(column)}
        for column in (left, right)
    ]
    lines = [
        Relay(at[0][one], at[1][other], min(1 + count, 9), f"{one} relays {other}: {count}")
        for one, other, count in shown
    ]
    columns = [[(name, shortened(name), places[name]) for name in places] for places in at]
    return Graph(columns[0], columns[1], lines, height)


def shortened(name: str) -> str:
    """A name that fits beside a chart."""
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1].rstrip() + "…"

"""Claims as one HTML page: the articles with every claim marked, a list that filters, charts. It loads nothing.

The text of an article is anybody's: the template escapes all of it, the data are JSON that cannot leave their element,
and a content security policy lets no style and no script run but those of this package.
"""

import base64
import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TextIO

from claims_cli.claim import KINDS, QUOTES, TYPES, ArticleSpan, Claim, Document
from claims_cli.outputs.background import Background
from claims_cli.outputs.layout import Layout

HERE = Path(__file__).parent / "page"


def write(claims: Iterable[Claim], stream: TextIO, layout: Layout, background: Background) -> None:
    """The page; with `layout.excerpts` only the sentences around claims, and no folders."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    page = Page(list(claims), layout, background)
    for part in environment.get_template("page.html").generate(page.content()):
        stream.write(part)


@dataclass(frozen=True)
class Section:
    """One article on the page.

    Attributes:
        number: from 1.
        title: its headline, or the name of its file.
        place: the file, beside a headline.
        told: outlet, author, date, place, as far as they are known.
        claims: each with its number on the page (from 0) and the id that links to it.
    """

    number: int
    document: Document
    article: ArticleSpan
    title: str
    place: str
    told: list[str]
    link: str | None
    claims: list[tuple[int, Claim, str]] = field(default_factory=list)


class Page:
    """What the template is given.

    Args:
        claims: those to show, in order.
        layout: whether only excerpts are shown.
        background: the documents and the run.
    """

    def __init__(self, claims: list[Claim], layout: Layout, background: Background):
        self.claims = claims
        self.excerpts = layout.excerpts
        self.background = background

    def content(self) -> dict[str, Any]:
        """Every value that the template names."""
        from markupsafe import Markup

        from claims_cli.outputs.page import charts
        from claims_cli.outputs.page.safe import embedded

        style, script = (Markup((HERE / name).read_text(encoding="utf-8")) for name in ("page.css", "page.js"))
        voices, relays = charts.voices(self.claims, self.names), charts.relays(self.claims, self.names)
        return {
            "policy": policy(style, script),
            "style": style,
            "script": script,
            "data": embedded(self.data()),
            "facts": self.background.facts(),
            "sections": self.sections,
            "stretches": self.stretches,
            "excerpts": self.excerpts,
            "claims": self.claims,
            "counts": {name: self.counted(name) for name in ("speaker_kind", "type", "quote")},
            "named": sum(claim.named for claim in self.claims),
            "inferred": sum(claim.is_inferred for claim in self.claims),
            "joint": sum(len(claim.speakers) > 1 for claim in self.claims),
            "nobody": sum(claim.speaker is None for claim in self.claims),
            "surely": least(self.claims),
            "voices": voices,
            "bars": charts.bars(voices),
            "relays": relays,
            "graph": charts.graph(relays),
            "relayed": sum(bool(claim.via) for claim in self.claims),
        }

    def counted(self, name: str) -> list[tuple[str, int]]:
        """How many claims have each value of a field, in the order of the record."""
        order = {"speaker_kind": KINDS, "type": TYPES, "quote": QUOTES}[name]
        counts = Counter(getattr(claim, name) for claim in self.claims)
        return [(value, counts[value]) for value in order if counts[value]]

    @cached_property
    def names(self):
        """What each speaker is called across the documents."""
        from claims_cli.outputs.page.charts import Names

        return Names(self.background.identities(self.claims))

    @cached_property
    def links(self) -> list[str]:
        """The id of each claim; where a text was given twice, the later ones have a number behind it."""
        seen: Counter = Counter()
        found = []
        for claim in self.claims:
            seen[claim.id] += 1
            found.append(claim.id if seen[claim.id] == 1 else f"{claim.id}-{seen[claim.id]}")
        return found

    @cached_property
    def sections(self) -> list[Section]:
        """The articles that have a claim, in the order of the documents and not of the claims."""
        held: dict[tuple[str, int], list[tuple[int, Claim, str]]] = defaultdict(list)
        for number, (claim, link) in enumerate(zip(self.claims, self.links, strict=True)):
            held[claim.doc, claim.article].append((number, claim, link))
        found: list[Section] = []
        for path, document in self.background.documents.items():
            for article in document.articles:
                own = held.get((path, article.number))
                if own:
                    found.append(self.section(len(found) + 1, document, article, own))
        return found

    def section(
        self, number: int, document: Document, article: ArticleSpan, claims: list[tuple[int, Claim, str]]
    ) -> Section:
        """One article; of excerpts what stands in the text besides them is left out, and who wrote it."""
        from claims_cli.outputs.page.excerpts import bare_name
        from claims_cli.outputs.page.safe import on_one_line, web_link
        from claims_cli.outputs.page.titles import headline

        place = self.place(document.path)
        title = document.title if self.excerpts else headline(document, article, self.common)
        told = [document.outlet, None if self.excerpts else document.author, document.date]
        link = web_link(document.url)
        shown = [on_one_line(text) for text in told if text]
        return Section(number, document, article, on_one_line(title or bare_name(place)), place, shown, link, claims)

    @cached_property
    def common(self) -> frozenset[str]:
        """Titles that say nothing of an article."""
        from claims_cli.outputs.page.titles import repeated

        return repeated(self.background.documents.values())

    def run(self) -> str:
        """What tells this page from others, under which a browser keeps the marks that are made on it."""
        told = "|".join([str(self.background.facts()["started"]), *self.links])
        return hashlib.sha256(told.encode("utf-8")).hexdigest()[:16]

    def place(self, path: str) -> str:
        """A file as it was given, or without its folders."""
        from claims_cli.outputs.page.excerpts import bare_name
        from claims_cli.outputs.page.safe import on_one_line

        return on_one_line(bare_name(path) if self.excerpts else path)

    def stretches(self, section: Section) -> Iterator[list]:
        """The lines of an article in groups; of excerpts only those with sentences around claims, gaps between."""
        from claims_cli.outputs.page.excerpts import sentences
        from claims_cli.outputs.page.marking import Marker, stretches

        marker = Marker(section.document, section.claims)
        if not self.excerpts:
            yield from stretches(marker.lines(section.article.start, section.article.end))
            return
        pieces = sentences(section.document.text, (claim for _, claim, _ in section.claims))
        excerpts = (enumerate(marker.lines(*piece)) for piece in pieces)
        yield from stretches(replace(line, follows_gap=not place) for lines in excerpts for place, line in lines)

    def data(self) -> dict[str, Any]:
        """What the script is given: the claims without the places of their words, and what their rules find."""
        from claims_cli.outputs.page.cards import card

        sections = {number: section.number for section in self.sections for number, _, _ in section.claims}
        numbers: dict[tuple[str, str], int] = {}
        for number, claim in enumerate(self.claims):
            numbers.setdefault((claim.doc, claim.id), number)
        by_id: dict[str, list[int]] = defaultdict(list)
        for number, claim in enumerate(self.claims):
            by_id[claim.id].append(number)
        records = []
        for number, (claim, link) in enumerate(zip(self.claims, self.links, strict=True)):
            alike = [other for one in claim.same_as for other in by_id.get(one, ())]
            found = card(claim, self.names, self.place(claim.doc), numbers, alike)
            records.append({"id": link, "article": sections.get(number), **found})
        rules = {claim.rule for claim in self.claims} & self.background.rules.keys()
        return {
            "run": self.run(),
            "articles": [{"title": section.title, "place": section.place} for section in self.sections],
            "claims": records,
            "rules": {rule: self.background.rules[rule] for rule in sorted(rules)},
        }


def least(claims: list[Claim]) -> float:
    """The confidence, in steps of 0.05, that every claim has."""
    return math.floor(min((claim.confidence for claim in claims), default=0) * 20 + 1e-9) / 20


def own_policy() -> str:
    """The policy of every page that `write` makes."""
    style, script = ((HERE / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    return policy(style, script)


def policy(style: str, script: str) -> str:
    """A content security policy by which nothing is loaded, and only this style and this script count."""
    allowed = [
        base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii") for text in (style, script)
    ]
    return (
        f"default-src 'none'; style-src 'sha256-{allowed[0]}'; script-src 'sha256-{allowed[1]}'; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )

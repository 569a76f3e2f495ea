"""A newsroom's worth of invented articles, and what is to be found across them.

`articles.yaml` has the articles of six papers, `answers.yaml` the answers, whose head says how they are meant.
"""

import datetime
import json
from functools import cache
from itertools import count
from pathlib import Path
from typing import Literal

import msgspec
import yaml

HERE = Path(__file__).parent
COLUMNS = ("text", "outlet", "date", "author", "title", "section", "url")


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is read from YAML: a field that nobody knows is an error."""


class Written(Record, frozen=True):
    """An article as `articles.yaml` has it."""

    id: str
    date: datetime.date
    author: str | None
    title: str
    section: str
    text: str


class Article(Written, frozen=True):
    """An article, with its paper and where it stands once it is written."""

    outlet: str
    file: str
    row: int

    @property
    def document(self) -> str:
        """How the document is called, below the folder: `courier.jsonl#3`."""
        return f"{self.file}#{self.row}"

    @property
    def url(self) -> str:
        """An address that leads nowhere."""
        return f"https://{self.file.removesuffix('.jsonl')}.example/{self.date:%Y/%m}/{self.id}"

    @property
    def columns(self) -> dict[str, str | None]:
        """What the row of this article says, by column."""
        values = {name: getattr(self, name) for name in COLUMNS}
        return {**values, "date": self.date.isoformat()}


class Place(Record, frozen=True):
    """Essential words of a statement in an article; several pieces where a cue parts them."""

    article: str
    content: str | tuple[str, ...]
    speaker: str | None = None
    denial: bool = False

    @property
    def pieces(self) -> tuple[str, ...]:
        """The words as they are printed, piece by piece."""
        return (self.content,) if isinstance(self.content, str) else self.content


class Version(Place, frozen=True, kw_only=True):
    """One printing of a statement, held against the first one."""

    kind: Literal["first", "verbatim", "cut", "edited", "altered"] = msgspec.field(name="as")
    added: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()
    changed: tuple[tuple[str, str], ...] = ()
    respelled: tuple[tuple[str, str], ...] = ()
    wire: bool = False
    unnamed: bool = False


class Group(Record, frozen=True):
    """One statement in several papers."""

    id: str
    speaker: str
    versions: tuple[Version, ...]


class NearMiss(Record, frozen=True):
    """Two statements that look like one, or a dispute, and why they are not."""

    why: str
    pair: tuple[Place, Place]


class Relation(Record, frozen=True):
    """How a later statement of a topic stands to an earlier one, counted from 1."""

    earlier: int = msgspec.field(name="from")
    later: int = msgspec.field(name="to")
    kind: Literal["repetition", "change"] = msgspec.field(name="is")
    what: str = ""


class Topic(Record, frozen=True):
    """Statements of one speaker about the same thing, in order of time."""

    about: str
    statements: tuple[Place, ...]
    relations: tuple[Relation, ...] = ()


class Line(Record, frozen=True):
    """What one speaker said over the months."""

    speaker: str
    topics: tuple[Topic, ...]
    refusals: tuple[Place, ...] = ()


class Dispute(Record, frozen=True):
    """Two speakers about the same thing, the second against the first."""

    how: Literal["denies", "contradicts", "questions"]
    sure: bool
    one: Place
    other: Place


class Voice(Record, frozen=True):
    """How often one speaker is heard, and where."""

    speaker: str
    statements: int
    articles: tuple[str, ...]


class Unnamed(Record, frozen=True):
    """Somebody who speaks without a name, in the words of the article."""

    article: str
    source: str


class Voices(Record, frozen=True):
    """Counts by hand."""

    speakers: tuple[Voice, ...]
    unnamed: tuple[Unnamed, ...]
    roles: dict[str, tuple[str, ...]]


class Answers(Record, frozen=True, kw_only=True):
    """All that is to be found across the articles."""

    groups: tuple[Group, ...]
    near_misses: tuple[NearMiss, ...]
    either: tuple[NearMiss, ...]
    lines: tuple[Line, ...]
    disputes: tuple[Dispute, ...]
    not_disputes: tuple[NearMiss, ...]
    also_disputes: tuple[Dispute, ...] = ()
    also_not: tuple[NearMiss, ...] = ()
    wire: tuple[str, ...]
    near_duplicates: tuple[tuple[str, str], ...]
    voices: Voices


class Papers(Record, frozen=True):
    """What `articles.yaml` holds: the names of the papers and their articles."""

    outlets: dict[str, str]
    articles: tuple[Written, ...]


@cache
def articles() -> tuple[Article, ...]:
    """The articles, in the order of `articles.yaml`."""
    papers = msgspec.convert(_read("articles.yaml"), Papers)
    rows = {paper: count(1) for paper in papers.outlets}
    return tuple(_placed(written, papers.outlets, rows) for written in papers.articles)


@cache
def answers() -> Answers:
    """The answers, as `answers.yaml` has them."""
    return msgspec.convert(_read("answers.yaml"), Answers)


def write(folder: Path) -> dict[str, Article]:
    """Write a JSON Lines file a paper into `folder`; the articles by their documents' names below it."""
    for file in {article.file: None for article in articles()}:
        rows = [json.dumps(article.columns, ensure_ascii=False) for article in articles() if article.file == file]
        (folder / file).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return {article.document: article for article in articles()}


def _placed(written: Written, outlets: dict[str, str], rows: dict[str, "count[int]"]) -> Article:
    paper = written.id.split("-")[0]
    return Article(
        **msgspec.structs.asdict(written), outlet=outlets[paper], file=f"{paper}.jsonl", row=next(rows[paper])
    )


def _read(name: str) -> object:
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))

"""What a command tells of the newsroom, held against the answers: a claim is found again by the place it stands at."""

import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from tests import newsroom
from tests.newsroom import Place, Version

LEAST = 0.95
EVERYTHING = ("--type", "all", "--min-confidence", "0")
ANSWERS = newsroom.answers()


@dataclass(frozen=True)
class Key:
    """A version of the answers, by its group and its place there."""

    group: int
    place: int

    @property
    def answer(self) -> Version:
        return ANSWERS.groups[self.group].versions[self.place]


@dataclass
class Store:
    """The claims of the newsroom, beside the answers.

    Attributes:
        path: of the store; claims: every claim of it.
        articles: by their documents.
    """

    path: Path
    claims: list[dict]
    articles: dict[str, newsroom.Article]
    spans: dict[tuple[str, str], list[tuple[int, int]]] = field(default_factory=dict)

    def __post_init__(self):
        for claim in self.claims:
            self.spans[claim["doc"], claim["id"]] = [tuple(span) for span in claim["content"]["spans"]]

    @cached_property
    def extracted(self) -> set[Key]:
        """The versions with which a claim overlaps."""
        return {key for claim in self.claims for key in self.keys(claim)}

    def keys(self, claim: dict) -> list[Key]:
        """The versions with which a claim overlaps, that with most first."""
        shared = [
            (self.shared(claim, version), Key(number, place))
            for number, group in enumerate(ANSWERS.groups)
            for place, version in enumerate(group.versions)
        ]
        return [key for size, key in sorted(shared, key=lambda pair: -pair[0]) if size]

    def key(self, claim: dict) -> Key | None:
        """The version that a claim is."""
        return next(iter(self.keys(claim)), None)

    def shared(self, claim: dict, place: Place) -> int:
        """How many characters a claim has in common with a place of the answers."""
        article = self.articles[claim["doc"]]
        if article.id != place.article:
            return 0
        spans = self.spans[claim["doc"], claim["id"]]
        pieces = [span_of(article.text, piece) for piece in place.pieces]
        return sum(max(0, min(end, last) - max(start, first)) for start, end in spans for first, last in pieces)

    def is_of(self, claim: dict, place: Place) -> bool:
        """Whether a claim is what stands at a place, or another version of that."""
        if self.shared(claim, place):
            return True
        key = self.key(claim)
        versions = ANSWERS.groups[key.group].versions if key else ()
        return any(one.article == place.article and set(one.pieces) & set(place.pieces) for one in versions)

    def are_of(self, one: dict, other: dict, pair: tuple[Place, Place]) -> bool:
        """Whether two claims are what stands at two places, in whatever order."""
        orders = [(one, other), (other, one)]
        return any(all(map(self.is_of, order, pair)) for order in orders)


def store_of(claims, folder: Path) -> Store:
    """The newsroom, extracted into a store in `folder`."""
    (folder / "articles").mkdir()
    articles = newsroom.write(folder / "articles")
    done = claims("extract", folder / "articles", "--db", folder / "claims.db", "-q")
    assert done.returncode == 0, done.stderr
    every = rows(claims("list", folder / "claims.db", *EVERYTHING, "--format", "jsonl").stdout)
    documents = {str(folder / "articles" / name): article for name, article in articles.items()}
    return Store(folder / "claims.db", every, documents)


def span_of(text: str, words: str) -> tuple[int, int]:
    found = re.search(r"\s+".join(map(re.escape, words.split())), text)
    assert found, words
    return found.span()


def rows(written: bytes) -> list[dict]:
    return [json.loads(line) for line in written.splitlines()]


def share(right: list, wrong: list, what: str) -> float:
    """How many are right; what is not stands in the output of the test."""
    figure = len(right) / max(1, len(right) + len(wrong))
    print(f"{what}: {figure:.3f} of {len(right) + len(wrong)}", *wrong, sep="\n  ")
    return figure


def scored(cases: list[tuple[str, object, object]], what: str) -> float:
    """How many answers are those that were given."""
    right = [case for case in cases if case[1] == case[2]]
    return share(right, [f"{name}: {told}, not {wanted}" for name, told, wanted in cases if told != wanted], what)

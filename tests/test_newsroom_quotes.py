"""What `claims quotes` finds in the invented newsroom, held against the answers that were written by hand.

A claim is a version of a statement where its words overlap with those of the answer. What the answers call `edited`
and only respelled is `verbatim` here, or `cut` where words are left out besides; `edited` with words before or
behind is `fuller`.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, combinations

import pytest

from tests import newsroom
from tests.newsroom import Group, Place, Version

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
class Found:
    """What the command told, beside the answers.

    Attributes:
        statements: as the command gave them; claims: every claim of the store.
        articles: by their documents.
    """

    statements: list[dict]
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

    @cached_property
    def versions(self) -> list[tuple[Key, dict, dict]]:
        """The versions that were found in the statement that has most of their group, with that statement."""
        found = []
        for number in range(len(ANSWERS.groups)):
            told = [[(key, version, one) for version in one["versions"] if (key := self.key(version))
                     and key.group == number] for one in self.statements]  # fmt: skip
            found += list({key: (key, *rest) for key, *rest in max(told, key=self.size)}.values())
        return found

    def size(self, versions: list) -> tuple[int, int]:
        """How many versions of a group a statement has, and how many of their characters."""
        return len({key for key, *_ in versions}), sum(self.shared(version, key.answer) for key, version, _ in versions)

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

    def joined(self) -> Iterator[tuple[dict, dict]]:
        """Each pair of versions of a statement in two documents."""
        for one in self.statements:
            yield from (pair for pair in combinations(one["versions"], 2) if pair[0]["doc"] != pair[1]["doc"])

    def is_either(self, one: dict, other: dict) -> bool:
        """Whether a pair may be joined or left apart."""
        pairs = [(one, other), (other, one)]
        return any(
            all(self.is_of(claim, place) for claim, place in zip(pair, miss.pair, strict=True))
            for pair in pairs
            for miss in ANSWERS.either
        )

    def is_of(self, claim: dict, place: Place) -> bool:
        """Whether a claim is what stands at a place, or another version of that."""
        if self.shared(claim, place):
            return True
        key = self.key(claim)
        versions = ANSWERS.groups[key.group].versions if key else ()
        return any(one.article == place.article and set(one.pieces) & set(place.pieces) for one in versions)


def span_of(text: str, words: str) -> tuple[int, int]:
    found = re.search(r"\s+".join(map(re.escape, words.split())), text)
    assert found, words
    return found.span()


@pytest.fixture(scope="module")
def found(claims, tmp_path_factory) -> Found:
    folder = tmp_path_factory.mktemp("newsroom")
    (folder / "articles").mkdir()
    articles = newsroom.write(folder / "articles")
    done = claims("extract", folder / "articles", "--db", folder / "claims.db", "-q")
    assert done.returncode == 0, done.stderr
    commands = [("quotes", folder / "claims.db"), ("list", folder / "claims.db", *EVERYTHING)]
    told = [rows(claims(*command, "--format", "jsonl").stdout) for command in commands]
    documents = {str(folder / "articles" / name): article for name, article in articles.items()}
    return Found(*told, documents)


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


def true_pairs(group: int, versions: tuple[Version, ...]) -> Iterator[frozenset[Key]]:
    yield from (frozenset(Key(group, place) for place in pair) for pair in combinations(range(len(versions)), 2))


def pairs_of_answers() -> set[frozenset[Key]]:
    return set(chain.from_iterable(true_pairs(number, one.versions) for number, one in enumerate(ANSWERS.groups)))


def named(key: Key) -> str:
    return f"{ANSWERS.groups[key.group].id} in {key.answer.article}"


def test_what_is_joined_is_one_statement(found):
    pairs = [(pair, [found.key(claim) for claim in pair]) for pair in found.joined() if not found.is_either(*pair)]
    right = [pair for pair, keys in pairs if all(keys) and keys[0].group == keys[1].group]
    wrong = [[claim["content"] for claim in pair] for pair, keys in pairs
             if not (all(keys) and keys[0].group == keys[1].group)]  # fmt: skip
    assert share(right, wrong, "pairs that are joined") >= LEAST


def test_what_is_one_statement_is_joined(found):
    pairs = {frozenset(map(found.key, pair)) for pair in found.joined()}
    wanted = pairs_of_answers()
    missed = [" and ".join(sorted(map(named, pair))) for pair in wanted - pairs]
    assert share(list(wanted & pairs), missed, "pairs of the answers") >= LEAST
    there = {pair for pair in wanted if pair <= found.extracted}
    missed = [" and ".join(sorted(map(named, pair))) for pair in there - pairs]
    assert share(list(there & pairs), missed, "pairs of which there are claims") >= LEAST


def test_the_first_version_is_told(found):
    told = {key.group: found.key(one["versions"][0]) for key, _, one in found.versions}
    joined = {key.group for key, version, one in found.versions
              if is_other(found, key, one) and found.is_either(one["versions"][0], version)}  # fmt: skip
    cases = [(group.id, first_of(told.get(number), group), True)
             for number, group in enumerate(ANSWERS.groups) if number not in joined]  # fmt: skip
    assert scored(cases, "first versions") >= LEAST


def first_of(key: Key | None, group: Group) -> bool:
    """Whether a version is of the day of the first."""
    dates = {article.id: article.date for article in newsroom.articles()}
    return key is not None and dates[key.answer.article] == dates[group.versions[0].article]


def test_the_kind_of_each_later_version_is_told(found):
    cases = [(named(key), kind_of(version["kind"]), answer_of(key.answer)) for key, version in later(found)]
    assert scored(cases, "kinds") >= LEAST


def later(found: Found) -> list[tuple[Key, dict]]:
    """The versions that are held against the first one of their own group."""
    return [(key, version) for key, version, one in found.versions if key.place
            and not (is_other(found, key, one) and found.is_either(one["versions"][0], version))]  # fmt: skip


def is_other(found: Found, key: Key, one: dict) -> bool:
    """Whether the first version of a statement is of another group, with which it may be joined."""
    first = found.key(one["versions"][0])
    return first is not None and first.group != key.group


def kind_of(kind: str) -> str:
    return {"fuller": "edited"}.get(kind, kind)


def answer_of(version: Version) -> str:
    """The kind that is right: letters alone are no change."""
    if version.kind != "edited" or version.added or version.changed or not version.respelled:
        return version.kind
    return "cut" if version.cut else "verbatim"


def test_the_words_that_differ_are_told(found):
    cases = [(named(key), words_told(version), words_wanted(key.answer)) for key, version in later(found)]
    assert scored(cases, "words") >= LEAST


def words_told(version: dict) -> tuple[Counter, Counter]:
    pairs = [(pair["before"], pair["now"]) for pair in version["altered"]]
    return differing(version["cut"], version["added"], pairs)


def words_wanted(version: Version) -> tuple[Counter, Counter]:
    return differing(version.cut, version.added, [*version.changed, *version.respelled])


def differing(cut, added, pairs) -> tuple[Counter, Counter]:
    """The words gone and come; what was only put elsewhere is neither."""
    gone, come = (
        Counter(re.findall(r"[\w’'-]+", " ".join(words).casefold().replace("’", "'")))
        for words in ([*cut, *(before for before, _ in pairs)], [*added, *(now for _, now in pairs)])
    )
    return gone - come, come - gone


def test_wire_copy_is_told_from_reports(found):
    cases = [(named(key), version["wire"] is not None, key.answer.wire) for key, version, _ in found.versions]
    assert scored(cases, "wire") >= LEAST


def test_who_is_not_named_is_told(found):
    cases = [(named(key), not version["named"], key.answer.unnamed) for key, version, _ in found.versions
             if ANSWERS.groups[key.group].speaker.istitle()]  # fmt: skip
    assert scored(cases, "unnamed") >= LEAST

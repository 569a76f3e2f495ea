"""What `claims quotes` finds in the invented newsroom, held against the answers that were written by hand.

A claim is a version of a statement where its words overlap with those of the answer. What the answers call `edited`
and only respelled is `verbatim` here, or `cut` where words are left out besides; `edited` with words before or
behind is `fuller`.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations
from re import findall

import pytest

from tests import newsroom
from tests.newsroom import Group, Version
from tests.newsroom.scoring import ANSWERS, LEAST, Key, Store, rows, scored, share


@dataclass
class Found(Store):
    """What the command told, beside the answers.

    Attributes:
        statements: as the command gave them.
    """

    statements: list[dict] = ()  # type: ignore[assignment]

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

    def joined(self) -> Iterator[tuple[dict, dict]]:
        """Each pair of versions of a statement in two documents."""
        for one in self.statements:
            yield from (pair for pair in combinations(one["versions"], 2) if pair[0]["doc"] != pair[1]["doc"])

    def is_either(self, one: dict, other: dict) -> bool:
        """Whether a pair may be joined or left apart."""
        return any(self.are_of(one, other, miss.pair) for miss in ANSWERS.either)


@pytest.fixture(scope="module")
def found(claims, newsroom_store) -> Found:
    told = rows(claims("quotes", newsroom_store.path, "--format", "jsonl").stdout)
    return Found(newsroom_store.path, newsroom_store.claims, newsroom_store.articles, statements=told)


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
        Counter(findall(r"[\w’'-]+", " ".join(words).casefold().replace("’", "'")))
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

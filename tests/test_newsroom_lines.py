"""What `claims line` tells of six speakers of the invented newsroom, held against the answers written by hand.

A statement of the answers is found by any of its printings that stands in the line. Two statements are put together
where they are of one topic that is no rest. A relation of the answers is found where a printing of the later one is
marked as changing, or saying again, a printing of the earlier one, or of one that said the same before that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import pytest

from claims_cli.across.topics import REST
from tests.newsroom import Line, Place, Relation, Topic
from tests.newsroom.scoring import ANSWERS, LEAST, Store, rows, scored, share


@dataclass
class Found(Store):
    """What the command told, beside the answers.

    Attributes:
        entries: as the command gave them, by speaker.
    """

    entries: dict[str, list[dict]] = ()  # type: ignore[assignment]

    def of(self, line: Line, place: Place) -> list[dict]:
        """The entries that are a statement of the answers, its own printing first."""
        told = [entry for entry in self.entries[line.speaker] if self.is_of(entry, place)]
        return sorted(told, key=lambda entry: not self.shared(entry, place))

    def entry(self, line: Line, ident: str) -> dict:
        return next(entry for entry in self.entries[line.speaker] if entry["id"] == ident)

    def relations(self, kind: str) -> Iterator[tuple[Line, dict, dict]]:
        """What an entry is marked to change, or to say again."""
        for line in ANSWERS.lines:
            for entry in self.entries[line.speaker]:
                earlier = [entry[f"{kind}_from"], *entry.get(f"also_{kind}", [])]
                yield from ((line, self.entry(line, ident), entry) for ident in earlier if ident)


ALSO_APART = ["for a charge on every ship that docks there"]  # asked of the council, which the answers leave out
KINDS = {"repetition": "again", "change": "changed"}


@pytest.fixture(scope="module")
def found(claims, newsroom_store) -> Found:
    told = {
        line.speaker: rows(claims("line", line.speaker, newsroom_store.path, "--format", "jsonl").stdout)
        for line in ANSWERS.lines
    }
    return Found(newsroom_store.path, newsroom_store.claims, newsroom_store.articles, entries=told)


def statements() -> Iterator[tuple[Line, Topic, Place]]:
    for line in ANSWERS.lines:
        yield from ((line, topic, place) for topic in line.topics for place in topic.statements)


def test_the_statements_of_a_speaker_are_found(found):
    """Those of whom an article says only `the minister` are listed apart; missed is `the head of the company`."""
    every = [(line, place) for line, _, place in statements()]
    every += [(line, place) for line in ANSWERS.lines for place in line.refusals]
    missed = [f"{line.speaker}: {one.content} ({one.article})" for line, one in every if not found.of(line, one)]
    assert share([1] * (len(every) - len(missed)), missed, "statements") >= LEAST
    apart = [f"{line.speaker}: {one.content}" for line, one in every if is_apart(found.of(line, one))]
    assert share([1] * (len(every) - len(missed) - len(apart)), [*missed, *apart], "statements under the name") >= 0.9


def test_what_is_listed_apart_is_the_speakers(found):
    told = [(line, entry) for line in ANSWERS.lines for entry in found.entries[line.speaker] if is_apart([entry])]
    places = {line.speaker: [*line.refusals, *(place for topic in line.topics for place in topic.statements)]
              for line in ANSWERS.lines}  # fmt: skip
    right = [
        entry for line, entry in told
        if any(found.is_of(entry, place) for place in places[line.speaker]) or entry["statement"] in ALSO_APART
    ]  # fmt: skip
    wrong = [f"{line.speaker}: {entry['statement']}" for line, entry in told if entry not in right]
    assert share(right, wrong, "statements listed apart") == 1


def is_apart(entries: list[dict]) -> bool:
    """Whether a statement stands only among those of whom an article does not tell the name."""
    return bool(entries) and all("perhaps" in entry["marks"] for entry in entries)


def test_they_stand_in_order_of_date(found):
    for line in ANSWERS.lines:
        days: dict[tuple[str, bool], list[str]] = {}
        for entry in found.entries[line.speaker]:
            days.setdefault((entry["topic"], is_apart([entry])), []).append(entry["date"])
        assert all(dates == sorted(dates) for dates in days.values())


def test_what_is_about_one_thing_stands_together(found):
    cases = []
    for line in ANSWERS.lines:
        told = [(topic, place, found.of(line, place)) for topic in line.topics for place in topic.statements]
        told = [(topic, place, entries[0]["topic"]) for topic, place, entries in told if entries]
        cases += [
            (f"{line.speaker}: {one[1].content} / {other[1].content}", one[2] == other[2] != REST, one[0] is other[0])
            for one, other in combinations(told, 2)
        ]
    assert scored(cases, "pairs of statements") >= LEAST


@pytest.mark.parametrize(("kind", "least"), [("repetition", LEAST), ("change", 0.8)])
def test_relations_are_found(found, kind, least):
    """Missed are changes of which one side is not found, and one that only a reader sees (`He goes with thanks`)."""
    right, missed = [], []
    for line in ANSWERS.lines:
        for topic in line.topics:
            for relation in topic.relations:
                if relation.kind == kind:
                    is_found = any(is_it(found, line, topic, relation, *told) for told in told_of(found, line, kind))
                    (right if is_found else missed).append(told_in_words(line, topic, relation))
    assert share(right, missed, f"{kind}s of the answers") >= least


def told_in_words(line: Line, topic: Topic, relation: Relation) -> str:
    earlier, later = topic.statements[relation.earlier - 1], topic.statements[relation.later - 1]
    return f"{line.speaker}: {earlier.content} / {later.content}"


def told_of(found: Found, line: Line, kind: str) -> list[tuple[dict, dict]]:
    return [(earlier, later) for one, earlier, later in found.relations(KINDS[kind]) if one is line]


def is_it(found: Found, line: Line, topic: Topic, relation: Relation, earlier: dict, later: dict) -> bool:
    before = [topic.statements[place - 1] for place in saying_the_same(topic, relation.earlier)]
    return any(found.is_of(earlier, place) for place in before) and found.is_of(
        later, topic.statements[relation.later - 1]
    )


def saying_the_same(topic: Topic, place: int) -> set[int]:
    """A statement of a topic and those that only repeat one another with it."""
    same = {place}
    for relation in (*topic.relations, *reversed(topic.relations)):
        if relation.kind == "repetition" and {relation.earlier, relation.later} & same:
            same |= {relation.earlier, relation.later}
    return same


@pytest.mark.parametrize(("kind", "least"), [("repetition", LEAST), ("change", 0.93)])
def test_no_relation_is_invented(found, kind, least):
    """Wrong is one change: the article's `he` was read as another speaker."""
    told = list(found.relations(KINDS[kind]))
    wrong = [
        f"{line.speaker}: {earlier['statement']} ({earlier['date']}) / {later['statement']} ({later['date']})"
        for line, earlier, later in told
        if not (kind == "repetition" and is_printed_again(found, earlier, later))
        and not is_right(found, line, kind, earlier, later)
    ]
    assert share([1] * (len(told) - len(wrong)), wrong, f"{kind}s that are told") >= least


def is_right(found: Found, line: Line, kind: str, earlier: dict, later: dict) -> bool:
    """Whether a relation of the answers, or what follows from two of them, holds between two entries."""
    for topic in line.topics:
        for relation in topic.relations:
            if relation.kind != kind:
                continue
            before = [topic.statements[place - 1] for place in saying_the_same(topic, relation.earlier)]
            after = [topic.statements[place - 1] for place in saying_the_same(topic, relation.later)]
            if any(found.is_of(earlier, one) for one in before) and any(found.is_of(later, one) for one in after):
                return True
    return False


def is_printed_again(found: Found, earlier: dict, later: dict) -> bool:
    """Whether two entries are printings of one statement."""
    keys = [found.key(entry) for entry in (earlier, later)]
    return None not in keys and keys[0].group == keys[1].group  # type: ignore[union-attr]


def test_denials_and_refusals_are_marked(found):
    cases = [
        (place.content, "denial" in entries[0]["marks"], place.denial)
        for line, _, place in statements()
        if (entries := found.of(line, place))
    ]
    refused = [(line, place) for line in ANSWERS.lines for place in line.refusals]
    cases += [
        (place.content, "refusal" in entries[0]["marks"], True)
        for line, place in refused
        if (entries := found.of(line, place))
    ]
    assert scored(cases, "marks") >= LEAST

"""What `claims disputes` finds in the invented newsroom, held against the answers that were written by hand.

A pair is one of the answers where its two statements overlap with those of the answer, or with other printings of them.
Every pair that was found beside those was read, and stands in `also_disputes` or `also_not`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.newsroom import Dispute
from tests.newsroom.scoring import ANSWERS, LEAST, Store, rows, share

DAYS = 60  # between two statements about one matter
KINDS = {"other number": "contradicts"}


@dataclass
class Found(Store):
    """What the command told, beside the answers.

    Attributes:
        pairs: as the command gave them.
    """

    pairs: list[dict] = ()  # type: ignore[assignment]

    def places(self, pair: dict) -> Iterator[tuple[dict, dict]]:
        """The two statements, wherever the same words are printed."""
        yield pair["one"], pair["other"]
        yield from ((again[0], again[1]) for again in pair["again"])

    def is_any(self, pair: dict, answers) -> bool:
        """Whether a pair is one of some answers."""
        return any(self.are_of(*place, answer) for place in self.places(pair) for answer in answers)

    def found(self, answer: Dispute) -> list[dict]:
        """The pairs that are one answer."""
        return [pair for pair in self.pairs if self.is_any(pair, [(answer.one, answer.other)])]

    def is_dispute(self, pair: dict) -> bool:
        """Whether a pair is a dispute; one that nobody has read fails the test."""
        if self.is_any(pair, [(one.one, one.other) for one in (*ANSWERS.disputes, *ANSWERS.also_disputes)]):
            return True
        assert self.is_any(pair, [one.pair for one in (*ANSWERS.not_disputes, *ANSWERS.also_not)]), named(pair)
        return False


def named(pair: dict) -> str:
    sides = [f"{side['speaker']} ({side['outlet']}): {side['statement']}" for side in (pair["one"], pair["other"])]
    return f"{pair['certainty']}, {pair['kind']}: {' / '.join(sides)} [{pair['why']}]"


@pytest.fixture(scope="module")
def found(claims, newsroom_store) -> Found:
    told = rows(claims("disputes", newsroom_store.path, "--days", DAYS, "--format", "jsonl").stdout)
    return Found(newsroom_store.path, newsroom_store.claims, newsroom_store.articles, pairs=told)


@pytest.mark.parametrize(("sure", "least"), [(True, LEAST), (False, 0.7)])
def test_the_disputes_of_the_answers_are_found(found, sure, least):
    """What is missed: of one the speaker is read wrong; others follow only from what a reader knows (`happy`)."""
    wanted = [one for one in ANSWERS.disputes if one.sure == sure]
    right = [one for one in wanted if found.found(one)]
    missed = [f"{one.one.content} / {one.other.content}" for one in wanted if one not in right]
    assert share(right, missed, f"{'sure' if sure else 'doubtful'} disputes of the answers") >= least


@pytest.mark.parametrize(("certainty", "least"), [("sure", 1.0), ("doubtful", LEAST), ("", LEAST)])
def test_what_is_found_is_a_dispute(found, certainty, least):
    told = [pair for pair in found.pairs if certainty in ("", pair["certainty"])]
    right = [pair for pair in told if found.is_dispute(pair)]
    wrong = [named(pair) for pair in told if pair not in right]
    assert share(right, wrong, f"pairs that are {certainty or 'found'}") >= least


def test_what_the_answers_doubt_is_not_sure(found):
    """What readers may differ about is never sure."""
    told = [(one, {pair["certainty"] for pair in found.found(one)}) for one in ANSWERS.disputes]
    told = [(one, kinds) for one, kinds in told if kinds]
    right = [one for one, kinds in told if ("sure" in kinds) == one.sure]
    wrong = [f"{one.one.content} / {one.other.content}: {kinds}" for one, kinds in told if one not in right]
    assert share(right, wrong, "sure against doubtful") >= LEAST
    assert [one for one, kinds in told if "sure" in kinds and not one.sure] == []


def test_how_one_is_against_the_other_is_told(found):
    told = [(one, {KINDS.get(pair["kind"], pair["kind"]) for pair in found.found(one)}) for one in ANSWERS.disputes]
    right = [one for one, kinds in told if one.how in kinds]
    wrong = [f"{one.one.content} / {one.other.content}: {kinds}" for one, kinds in told if kinds and one not in right]
    assert share(right, wrong, "how they are against each other") >= LEAST

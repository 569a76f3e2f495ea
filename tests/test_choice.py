"""Which of the candidates at one cue is kept, function by function, on candidates made by hand."""

from claims_cli.pipeline.match.choice import choose
from claims_cli.pipeline.parse.quotations import Quotation
from tests.hand_built import candidate, node, rule

QUOTATION = Quotation(0, 9, 0, 3, True, 0)


def test_the_candidate_that_is_worth_most_takes_the_cue():
    candidates = [candidate(rule("weak"), 0.5, cue=2), candidate(rule("strong"), 0.8, cue=2)]
    winners, lost_to = choose(candidates)
    assert [winner.rule.id for winner in winners] == ["strong"]
    assert lost_to == {0: "strong"}


def test_candidates_at_different_cues_are_all_kept_in_the_order_of_the_text():
    winners, lost_to = choose([candidate(rule("b"), 0.9, cue=7), candidate(rule("a"), 0.5, cue=2)])
    assert [winner.cue for winner in winners] == [2, 7]
    assert lost_to == {}


def test_of_equals_the_one_that_fills_more_roles_is_kept():
    winners, _ = choose([candidate(rule("a"), cue=2, content=4), candidate(rule("b"), cue=2, content=4, source=0)])
    assert [winner.rule.id for winner in winners] == ["b"]


def test_a_word_that_a_cue_takes_in_is_no_other_cue():
    wide = rule("wide", node("_preposition", extends="cue"))
    winners, lost_to = choose([candidate(wide, 0.9, cue=2, _preposition=3), candidate(rule("narrow"), 0.8, cue=3)])
    assert [winner.rule.id for winner in winners] == ["wide"]
    assert lost_to == {1: "wide"}


def test_a_rule_that_replaces_another_does_so_whatever_they_are_worth():
    special = rule("special", replaces=("general",))
    winners, lost_to = choose([candidate(rule("general"), 0.9, cue=2), candidate(special, 0.3, cue=2)])
    assert [winner.rule.id for winner in winners] == ["special"]
    assert lost_to == {0: "special"}


def test_a_rule_replaces_another_only_at_its_own_cue():
    special = rule("special", replaces=("general",))
    winners, _ = choose([candidate(rule("general"), 0.9, cue=2), candidate(special, 0.3, cue=5)])
    assert [winner.rule.id for winner in winners] == ["general", "special"]


def test_a_higher_priority_takes_the_cue():
    winners, lost_to = choose([candidate(rule("a"), 0.9, cue=2), candidate(rule("b", priority=1), 0.3, cue=2)])
    assert [winner.rule.id for winner in winners] == ["b"]
    assert lost_to == {0: "b"}


def test_a_quotation_gives_way_only_to_another_reading_of_a_quotation():
    quoted = candidate(rule("quoted"), 0.9, QUOTATION, cue=2)
    winners, _ = choose([quoted, candidate(rule("clause", priority=1), 0.3, cue=2)])
    assert [winner.rule.id for winner in winners] == ["quoted"]
    winners, _ = choose([quoted, candidate(rule("quote", priority=1), 0.3, QUOTATION, cue=2)])
    assert [winner.rule.id for winner in winners] == ["quote"]

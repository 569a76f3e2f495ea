"""Every shipped rule proves itself by its examples, alone."""

import pytest

from claims_cli.pipeline import parser
from claims_cli.rule_tests import RuleTester
from claims_cli.rulebook import load

RULES = load().rules


@pytest.fixture(scope="module")
def tester():
    return RuleTester(parser(), load())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_examples_of_a_rule_hold(tester, rule):
    assert len(rule.match) >= 2, "one matching example proves little"
    assert rule.no_match, "a rule without a near miss proves nothing"
    assert [str(failure) for failure in tester.failures(rule)] == []


def test_what_an_example_yields_is_compared_word_by_word(tester):
    rule = next(rule for rule in RULES if rule.id == "according-to")
    example = rule.match[0]
    wrong = type(example)(example.text, (("source", ("the bridge",)),))
    assert "source: expected 'the bridge'" in str(next(iter(tester.check(rule, wrong))))

"""Every shipped rule proves itself by its examples, alone."""

import pytest

from claims_cli.pipeline import parsed, parser
from claims_cli.pipeline.match.patterns import Pattern, compile_test
from claims_cli.pipeline.parse.reading import Reading
from claims_cli.rule_tests import RuleTester
from claims_cli.rulebook import load
from claims_cli.rulebook.model import AT_TAGS, TokenTest

RULES = load().rules
FINDING = [rule for rule in RULES if rule.finds]
STANDING = [rule for rule in RULES if rule.stands not in (None, AT_TAGS)]


@pytest.fixture(scope="module")
def tester():
    return RuleTester(parser(), load())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_examples_of_a_rule_hold(tester, rule):
    assert len(rule.match) >= 2, "one matching example proves little"
    assert rule.no_match, "a rule without a near miss proves nothing"
    assert [str(failure) for failure in tester.failures(rule)] == []


@pytest.mark.parametrize("rule", FINDING, ids=lambda rule: rule.id)
def test_in_a_near_miss_a_word_that_may_be_the_cue_stands_in_another_shape(tester, rule):
    assert len(rule.no_match) >= 2, "one near miss proves little"
    pattern, may_be_cue = Pattern(rule, None), compile_test(word_test(rule.nodes[0].test))
    for text in rule.no_match:
        article = parsed(tester.nlp(Reading.of(text).prepared), tester.rulebook)
        cues = [index for index in range(article.syntax.length) if may_be_cue(article.syntax, index)]
        assert cues, f"no word of this can be the cue: {text}"
        matches = [pattern.matches(article.syntax, article.quotations, {"cue": cue}) for cue in cues]
        assert not any(matches), f"only its score speaks against this: {text}"


@pytest.mark.parametrize("rule", STANDING, ids=lambda rule: rule.id)
def test_in_a_near_miss_a_quotation_stands_in_another_place(tester, rule):
    assert len(rule.no_match) >= 2, "one near miss proves little"
    for text in rule.no_match:
        article = parsed(tester.nlp(Reading.of(text).prepared), tester.rulebook)
        assert article.quotations.outermost, f"no quotation stands in this: {text}"


def word_test(test: TokenTest) -> TokenTest:
    """What a test asks of the word itself, without its place in the tree."""
    return TokenTest(tuple((name, allowed) for name, allowed in test.attributes if name != "dep"), barred=test.barred)


def test_what_an_example_yields_is_compared_word_by_word(tester):
    rule = next(rule for rule in RULES if rule.id == "according-to")
    example = rule.match[0]
    wrong = type(example)(example.text, (("source", ("the bridge",)),))
    assert "source: expected 'the bridge'" in str(next(iter(tester.check(rule, wrong))))

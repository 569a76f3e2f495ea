"""Type, negation and kind of quotation, function by function, on sentences parsed by hand."""

import pytest

from claims_cli.pipeline.attribute.classify import TypeLexicon, is_negated, quote_of, type_of
from claims_cli.rulebook import load
from tests.hand_built import article, attribution, rule


@pytest.fixture(scope="module")
def lexicon():
    return TypeLexicon.of(load())


# Roe did not say why it fell .
NOT_SAID = article("""
Roe roe PROPN NNP nsubj 3
did do AUX VBD aux 3
not not PART RB neg 3
say say VERB VB ROOT 3
why why SCONJ WRB advmod 6
it it PRON PRP nsubj 6
fell fall VERB VBD ccomp 3
. . PUNCT . punct 3
""")
# The study found “ no fault ” in it .
QUOTED = article("""
The the DET DT det 1
study study NOUN NN nsubj 2
found find VERB VBD ROOT 2
“ “ PUNCT `` punct 5
no no DET DT det 5
fault fault NOUN NN dobj 2
” ” PUNCT '' punct 5
in in ADP IN prep 5
it it PRON PRP pobj 7
. . PUNCT . punct 2
""")


def test_a_negation_at_the_cue_negates(lexicon):
    assert is_negated(attribution(3, (4, 7)), NOT_SAID, lexicon)


def test_a_negation_in_the_content_does_not(lexicon):
    assert not is_negated(attribution(2, (3, 9), key="find"), QUOTED, lexicon)


def test_a_rule_may_say_that_its_claims_are_negated_or_never_are(lexicon):
    assert is_negated(attribution(2, (3, 9), of=rule(negated=True)), QUOTED, lexicon)
    assert not is_negated(attribution(3, (4, 7), of=rule(negated=False)), NOT_SAID, lexicon)


def test_the_rules_own_type_comes_first(lexicon):
    assert type_of(attribution(3, (4, 7), of=rule(type="evidence")), NOT_SAID, lexicon, "person") == "evidence"


def test_what_was_not_said_is_no_comment_where_it_asks(lexicon):
    claim = attribution(3, (4, 7), tokens={"content": 6})
    assert type_of(claim, NOT_SAID, lexicon, "person") == "no-comment"


def test_what_was_not_said_is_a_statement_where_it_does_not_ask(lexicon):
    claim = attribution(3, (5, 7), tokens={"content": 6})
    assert type_of(claim, NOT_SAID, lexicon, "person") == "statement"


def test_what_a_document_finds_is_evidence_and_what_a_person_finds_is_not(lexicon):
    claim = attribution(2, (3, 9), key="find", tokens={"content": 5})
    assert type_of(claim, QUOTED, lexicon, "document") == "evidence"
    assert type_of(claim, QUOTED, lexicon, "person") != "evidence"


def test_what_somebody_went_to_say_is_meant_and_what_somebody_went_on_to_say_is_said(lexicon):
    rows = """
    Roe roe PROPN NNP nsubj 1
    met meet VERB VBD ROOT 1
    to to PART TO aux 3
    say say VERB VB advcl 1
    so so ADV RB advmod 3
    """
    claim = attribution(3, (4, 5), tokens={"content": 4})
    assert type_of(claim, article(rows), lexicon, "person") == "intention"
    assert type_of(claim, article(rows.replace("met meet", "went go")), lexicon, "person") == "statement"


UNKNOWN = """
The the DET DT det 1
judge judge NOUN NN nsubj 2
zzzed zzz VERB VBD ROOT 2
that that SCONJ IN mark 5
it it PRON PRP nsubj 5
fell fall VERB VBD ccomp 2
"""


def test_a_word_that_no_lexicon_has_takes_the_default_of_its_rule(lexicon):
    claim = attribution(2, (3, 6), key="zzz", of=rule(default_type="attitude", frame="clause"))
    assert type_of(claim, article(UNKNOWN), lexicon, "person") == "attitude"


def test_a_word_takes_the_type_of_its_class_in_the_classes_frames_only(lexicon):
    ruled = article(UNKNOWN.replace("zzzed zzz", "ruled rule"))
    claim = attribution(2, (3, 6), key="rule", of=rule(default_type="attitude", frame="clause"))
    assert type_of(claim, ruled, lexicon, "person") == "statement"
    claim = attribution(2, (3, 6), key="rule", of=rule(default_type="attitude", frame="object"))
    assert type_of(claim, ruled, lexicon, "person") == "attitude"


def test_a_clause_that_is_an_infinitive_is_no_clause(lexicon):
    claim = attribution(2, (3, 6), key="rule", tokens={"content": 5}, of=rule(default_type="attitude", frame="clause"))
    rows = UNKNOWN.replace("zzzed zzz", "ruled rule").replace("fell fall VERB VBD", "fall fall VERB VB")
    assert type_of(claim, article(rows), lexicon, "person") == "statement"  # `ruled that it fall`
    bare = rows.replace("that that SCONJ IN mark", "now now ADV RB advmod")
    assert type_of(claim, article(bare), lexicon, "person") == "attitude"


def test_what_people_find_is_evidence_where_they_inquire_into_it(lexicon):
    found = UNKNOWN.replace("zzzed zzz", "found find")
    claim = attribution(2, (3, 6), key="find", tokens={"source": 1, "content": 5}, of=rule(frame="clause"))
    assert type_of(claim, article(found), lexicon, "person") == "statement"
    assert type_of(claim, article(found.replace("judge judge", "lab researcher")), lexicon, "person") == "evidence"


def test_marks_around_all_part_or_none_of_a_content(lexicon):
    assert quote_of(attribution(2, (3, 7)), QUOTED, lexicon, []) == "direct"
    assert quote_of(attribution(2, (3, 9)), QUOTED, lexicon, []) == "mixed"
    assert quote_of(attribution(2, (7, 9)), QUOTED, lexicon, []) == "indirect"
    assert quote_of(attribution(2, (7, 9), of=rule(quote="direct")), QUOTED, lexicon, []) == "direct"


def test_marks_of_a_claim_nested_in_it_are_not_its_own(lexicon):
    inner = attribution(8, (3, 7))
    assert quote_of(attribution(2, (3, 9)), QUOTED, lexicon, [inner]) == "indirect"


def test_marks_around_the_cue_are_another_speakers(lexicon):
    claim = attribution(5, (3, 6))
    assert quote_of(claim, QUOTED, lexicon, []) == "indirect"

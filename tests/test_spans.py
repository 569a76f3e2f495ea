"""Heads grown to spans, function by function, on sentences parsed by hand."""

from claims_cli.pipeline.attribute.asides import additions, dateline, in_brackets
from claims_cli.pipeline.attribute.content_span import content_span
from claims_cli.pipeline.attribute.cue_span import cue_span
from claims_cli.pipeline.attribute.edges import trim, unbroken
from claims_cli.pipeline.attribute.source_span import phrase_span, source_span
from claims_cli.pipeline.attribute.spans import grow
from tests.hand_built import article, candidate, node, rule, words

CLAUSE = rule("clause", node("source"), node("content", extent="clause"))
# The mayor , which surprised us , has not said that it fell .
ASIDE = article("""
The the DET DT det 1
mayor mayor NOUN NN nsubj 9
, , PUNCT , punct 1
which which PRON WDT nsubj 4
surprised surprise VERB VBD relcl 1
us we PRON PRP dobj 4
, , PUNCT , punct 1
has have AUX VBZ aux 9
not not PART RB neg 9
said say VERB VBN ROOT 9
that that SCONJ IN mark 12
it it PRON PRP nsubj 12
fell fall VERB VBD ccomp 9
. . PUNCT . punct 9
""")
# Roe told O'Hara : “ It fell . ”
TOLD = article("""
Roe roe PROPN NNP nsubj 1
told tell VERB VBD ROOT 1
Ohara ohara ADV RB advmod 1
: : PUNCT : punct 1
“ “ PUNCT `` punct 6
It it PRON PRP nsubj 6
fell fall VERB VBD ccomp 1
. . PUNCT . punct 6
” ” PUNCT '' punct 6
""")


def test_a_cue_has_its_auxiliaries_and_its_negation():
    assert words(ASIDE, [cue_span(candidate(CLAUSE, cue=9, source=1, content=12), ASIDE)]) == ["has not said"]


def test_a_cue_takes_no_capital_for_an_adverb_and_no_word_of_another_role():
    assert words(TOLD, [cue_span(candidate(CLAUSE, cue=1, content=6), TOLD)]) == ["told"]


def test_a_colon_right_behind_the_cue_belongs_to_it():
    plain = article("""
    Roe roe PROPN NNP nsubj 1
    said say VERB VBD ROOT 1
    : : PUNCT : punct 1
    it it PRON PRP nsubj 4
    fell fall VERB VBD ccomp 1
    """)
    assert words(plain, [cue_span(candidate(CLAUSE, cue=1, content=4), plain)]) == ["said :"]


def test_what_a_rule_adds_to_its_cue_is_part_of_it():
    called = rule("called", node("_preposition", extends="cue", extent="token"))
    asked = article("""
    Roe roe PROPN NNP nsubj 1
    called call VERB VBD ROOT 1
    for for ADP IN prep 1
    help help NOUN NN pobj 2
    """)
    assert words(asked, [cue_span(candidate(called, cue=1, _preposition=2), asked)]) == ["called for"]


def test_a_source_ends_before_which_merely_adds():
    assert words(ASIDE, source_span(candidate(CLAUSE, cue=9, source=1, content=12), ASIDE, {9})) == ["The mayor"]


def test_a_source_keeps_the_clause_that_says_who_it_is():
    who = article("""
    The the DET DT det 1
    man man NOUN NN nsubj 4
    who who PRON WP nsubj 3
    fell fall VERB VBD relcl 1
    said say VERB VBD ROOT 4
    so so ADV RB advmod 4
    """)
    assert words(who, source_span(candidate(CLAUSE, cue=4, source=1), who, {4})) == ["The man who fell"]


def test_a_source_that_is_a_list_of_subjects_is_whole():
    listed = article("""
    Roe roe PROPN NNP nsubj 4
    , , PUNCT , punct 0
    Lee lee PROPN NNP nsubj 4
    never never ADV RB neg 4
    said say VERB VBD ROOT 4
    """)
    assert words(listed, source_span(candidate(CLAUSE, cue=4, source=0), listed, {3, 4})) == ["Roe , Lee"]


def test_a_phrase_leaves_out_the_words_of_other_roles():
    medium = article("""
    Roe roe PROPN NNP nsubj 1
    said say VERB VBD ROOT 1
    in in ADP IN prep 1
    May May PROPN NNP pobj 2
    """)
    when = rule("when", node("when"))
    assert words(medium, phrase_span(candidate(when, cue=1, when=2), medium, "when", {3})) == ["in"]


def test_a_content_is_its_clause_without_the_full_stop():
    assert words(ASIDE, content_span(candidate(CLAUSE, cue=9, source=1, content=12), ASIDE, {9})) == ["that it fell"]


def test_a_content_that_ends_inside_a_quotation_takes_the_whole_of_it():
    assert words(TOLD, content_span(candidate(CLAUSE, cue=1, content=6), TOLD, {1, 3})) == ["“ It fell . ”"]


def test_a_content_of_one_token_is_that_token():
    token = rule("token", node("content", extent="token"))
    assert words(ASIDE, content_span(candidate(token, cue=9, content=11), ASIDE, {9})) == ["it"]


def test_a_last_relative_clause_behind_a_comma_may_be_the_reporters():
    added = article("""
    Roe roe PROPN NNP nsubj 1
    said say VERB VBD ROOT 1
    bridges bridge NOUN NNS nsubj 3
    fell fall VERB VBD ccomp 1
    , , PUNCT , punct 2
    which which PRON WDT nsubj 6
    hurts hurt VERB VBZ relcl 2
    """)
    assert additions(added, 1, {2, 3, 4, 5, 6}) == {5, 6}
    assert additions(added, 6, {2, 3, 4, 5, 6}) == set()


def test_a_dateline_is_no_content_and_a_small_word_before_a_dash_is_no_dateline():
    rows = """
    BEIRUT Beirut PROPN NNP dep 3
    -- -- PUNCT : punct 3
    Roe roe PROPN NNP nsubj 3
    left leave VERB VBD ROOT 3
    """
    assert dateline(article(rows), 3) == (0, 2)
    assert dateline(article(rows.replace("BEIRUT", "Beirut")), 3) == (0, 0)


def test_a_content_whose_cue_stands_in_brackets_keeps_to_them():
    inside = article("""
    It it PRON PRP nsubj 1
    fell fall VERB VBD ROOT 1
    ( ( PUNCT -LRB- punct 4
    Roe roe PROPN NNP nsubj 4
    said say VERB VBD parataxis 1
    so so ADV RB advmod 4
    ) ) PUNCT -RRB- punct 4
    """)
    assert in_brackets(inside.syntax, 4, {0, 1, 5}) == {5}
    assert in_brackets(inside.syntax, 1, {0, 5}) == {0, 5}


def test_runs_of_words_are_joined_over_their_own_punctuation_and_trimmed():
    assert unbroken(ASIDE.syntax, [0, 1, 3, 4, 5]) == [(0, 6)]
    assert unbroken(ASIDE.syntax, [0, 1, 9, 10]) == [(0, 2), (9, 11)]
    assert trim(ASIDE.syntax, (5, 7)) == (5, 6)
    assert trim(ASIDE.syntax, (6, 7)) is None


def test_a_cue_inside_marks_has_no_content_outside_them():
    assert grow(candidate(CLAUSE, cue=9, source=1, content=12), ASIDE) is not None
    outside = article("""
    “ “ PUNCT `` punct 2
    He he PRON PRP nsubj 2
    said say VERB VBD ROOT 2
    ” ” PUNCT '' punct 2
    it it PRON PRP nsubj 5
    fell fall VERB VBD ccomp 2
    """)
    assert grow(candidate(CLAUSE, cue=2, source=1, content=5), outside) is None


def test_no_content_is_no_attribution():
    empty = article("""
    Roe roe PROPN NNP nsubj 1
    said say VERB VBD ROOT 1
    , , PUNCT , punct 1
    """)
    assert grow(candidate(CLAUSE, cue=1, source=0, content=2), empty) is None

"""Attributions that overlap and quotations that go on, function by function, on sentences parsed by hand."""

from textwrap import dedent

from claims_cli.pipeline.attribute.continuations import with_continuations
from claims_cli.pipeline.attribute.nesting import cut_off, divide, drop_rivals, may_nest, nest, settled
from tests.hand_built import article, attribution, rule

SURE = 0.4
# Roe said that Lee denied that the bridge fell .
DENIED = article("""
Roe roe PROPN NNP nsubj 1
said say VERB VBD ROOT 1
that that SCONJ IN mark 4
Lee lee PROPN NNP nsubj 4
denied deny VERB VBD ccomp 1
that that SCONJ IN mark 8
the the DET DT det 7
bridge bridge NOUN NN nsubj 8
fell fall VERB VBD ccomp 4
. . PUNCT . punct 1
""")
# Roe said A -- the B that fell , Lee say .
DASHED = article("""
Roe roe PROPN NNP nsubj 1
said say VERB VBD ROOT 1
it it PRON PRP nsubj 3
rained rain VERB VBD ccomp 1
-- -- PUNCT : punct 1
the the DET DT det 6
bridge bridge NOUN NN nsubj 7
fell fall VERB VBD ccomp 10
, , PUNCT , punct 10
Lee lee PROPN NNP nsubj 10
said say VERB VBD parataxis 1
. . PUNCT . punct 1
""")


def test_divide_parts_two_that_hold_each_other_at_a_dash():
    both = [attribution(1, (2, 11)), attribution(10, (0, 8), source=((9, 10),))]
    earlier, later = divide(both, DASHED.quotations, SURE)
    assert earlier.content == ((2, 4),)
    assert later.content == ((5, 8),)


def test_divide_makes_the_later_one_the_outer_where_no_dash_stands_between():
    both = [attribution(1, (2, 9)), attribution(8, (0, 5))]
    earlier, later = divide(both, DENIED.quotations, SURE)
    assert earlier.content == ((2, 8),)
    assert later.content == ((0, 5),)


def test_divide_leaves_alone_what_is_unsure_or_holds_no_other():
    unsure = [attribution(1, (2, 11)), attribution(10, (0, 8), score=0.3)]
    assert divide(unsure, DASHED.quotations, SURE) == unsure
    inside = [attribution(1, (2, 9)), attribution(4, (5, 9))]
    assert divide(inside, DENIED.quotations, SURE) == inside


def test_drop_rivals_keeps_the_surer_of_two_with_as_good_as_the_same_content():
    kept = drop_rivals([attribution(1, (2, 9), score=0.5), attribution(9, (2, 9), score=0.8)], DENIED.syntax)
    assert [one.head for one in kept] == [9]


def test_drop_rivals_drops_what_crosses_a_surer_one():
    kept = drop_rivals([attribution(0, (2, 6), score=0.9), attribution(9, (4, 8), score=0.5)], DENIED.syntax)
    assert [one.head for one in kept] == [0]


def test_drop_rivals_keeps_a_claim_inside_another():
    both = [attribution(1, (2, 9)), attribution(4, (5, 9))]
    assert drop_rivals(both, DENIED.syntax) == both


def test_nest_gives_each_the_innermost_that_holds_its_cue():
    outer, middle, inner = nest([attribution(1, (2, 9)), attribution(4, (5, 9)), attribution(8, (6, 8))], SURE)
    assert (outer.outer, middle.outer, inner.outer) == (None, 0, 1)


def test_nest_passes_over_what_is_not_shown():
    _, inner = nest([attribution(1, (2, 9), score=0.3), attribution(4, (5, 9))], SURE)
    assert inner.outer is None


def test_contents_in_pieces_that_hold_each_others_cues_nest_in_no_circle():
    ring = nest([attribution(0, (4, 5), (6, 7)), attribution(4, (5, 6), (8, 9)), attribution(8, (0, 1), (9, 10))], SURE)
    for place in range(len(ring)):
        seen, at = [], place
        while at is not None:
            assert at not in seen
            seen.append(at)
            at = ring[at].outer


def test_cut_off_takes_the_speakers_own_next_clause_out_of_the_content():
    source = ((0, 1),)
    both = nest([attribution(1, (2, 9), source=source), attribution(8, (6, 8), source=source)], SURE)
    outer, inner = cut_off(both, DENIED.syntax, SURE)
    assert outer.content == ((2, 5),)
    assert inner.outer is None


def test_cut_off_leaves_another_speakers_clause_in():
    both = nest([attribution(1, (2, 9), source=((0, 1),)), attribution(8, (6, 8), source=((3, 4),))], SURE)
    assert cut_off(both, DENIED.syntax, SURE) == both


def test_may_nest_refuses_an_infinitive_of_the_same_speaker_and_rules_that_never_nest():
    refused = article("""
    Roe roe PROPN NNP nsubj 1
    refused refuse VERB VBD ROOT 1
    to to PART TO aux 3
    say say VERB VB xcomp 1
    why why SCONJ WRB advmod 5
    left leave VERB VBD ccomp 3
    """)
    outer = attribution(1, (2, 6), source=((0, 1),))
    assert not may_nest(attribution(3, (4, 6), source=((0, 1),)), outer, refused.syntax)
    assert may_nest(attribution(3, (4, 6), source=((4, 5),)), outer, refused.syntax)
    never = rule("never", nests=False)
    assert not may_nest(attribution(4, (5, 9), of=never), attribution(1, (2, 9)), DENIED.syntax)


def test_settled_claims_inside_another_are_less_sure():
    nested = nest([attribution(1, (2, 9)), attribution(4, (5, 9))], SURE)
    outer, inner = settled(nested, DENIED.syntax, SURE, 0.4)
    assert (outer.score, outer.doubt) == (0.9, 0.0)
    assert inner.score < 0.9
    assert inner.outer == 0


# “ No , ” Roe said . “ Never . ” He left . / “ Nor I . ”
GOING_ON = """
“ “ PUNCT `` punct 5
No no INTJ UH ccomp 5
, , PUNCT , punct 5
” ” PUNCT '' punct 5
Roe roe PROPN NNP nsubj 5
said say VERB VBD ROOT 5
. . PUNCT . punct 5
“ “ PUNCT `` punct 8
Never never ADV RB ROOT 8
. . PUNCT . punct 8
” ” PUNCT '' punct 8
"""


def test_a_quotation_that_follows_in_the_paragraph_goes_on():
    read = article(GOING_ON)
    (claim,) = with_continuations([attribution(5, (0, 4), source=((4, 5),))], read, SURE)
    assert claim.content == ((0, 4), (7, 11))


def test_a_quotation_behind_another_verb_goes_on_with_nothing():
    between = GOING_ON.replace("“ “ PUNCT `` punct 8", "Lee lee PROPN NNP nsubj 8\nlaughed laugh VERB VBD ROOT 8")
    read = article(between.replace("Never never ADV RB ROOT 8", "“ “ PUNCT `` punct 10\nNever never ADV RB ROOT 10"))
    claims = [attribution(5, (0, 4), source=((4, 5),))]
    assert with_continuations(claims, read, SURE) == claims


def test_a_quotation_at_the_head_of_the_next_paragraph_goes_on_and_one_inside_it_does_not():
    head = article(GOING_ON.replace(". . PUNCT . punct 5\n", ". . PUNCT . punct 5\n\n").replace("punct 8", "punct 9"))
    (claim,) = with_continuations([attribution(5, (0, 4), source=((4, 5),))], head, SURE)
    assert len(claim.content) == 2
    inside = GOING_ON.replace(". . PUNCT . punct 5\n“", ". . PUNCT . punct 5\n\nThen then ADV RB advmod 8\n“")
    read = article(inside)
    (claim,) = with_continuations([attribution(5, (0, 4), source=((4, 5),))], read, SURE)
    assert len(claim.content) == 1


def test_a_paragraph_of_one_quotation_leads_up_to_the_next_ones_claim():
    before = """
    “ “ PUNCT `` punct 1
    Never never ADV RB ROOT 1
    . . PUNCT . punct 1
    ” ” PUNCT '' punct 1

    """
    after = "\n".join(
        f"{' '.join(line.split()[:5])} {int(line.split()[5]) + 5}" for line in GOING_ON.strip().split("\n")[:7]
    )
    read = article(dedent(before).strip() + "\n\n" + after)
    (claim,) = with_continuations([attribution(10, (5, 9), source=((9, 10),))], read, SURE)
    assert claim.content == ((0, 4), (5, 9))

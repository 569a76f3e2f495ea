"""Each sieve that finds out who speaks, with what it answers and what it leaves alone, on sentences parsed by hand."""

from dataclasses import replace

import pytest

from claims_cli.pipeline.article import Speaker
from claims_cli.pipeline.resolve.discourse import Discourse
from claims_cli.pipeline.resolve.mentions import NameFinder
from claims_cli.pipeline.resolve.sieves import SIEVES
from claims_cli.rulebook import load
from tests.hand_built import answer, answer_of, article, attribution, discourse

ROE, LEE = "Ann Roe", "Jo Lee"


def test_every_sieve_has_a_name_of_its_own():
    assert len({sieve.name for sieve in SIEVES}) == len(SIEVES)


# Ann Roe laughed . / She said so .
SHE = """
Ann Ann PROPN NNP compound 1
Roe Roe PROPN NNP nsubj 2
laughed laugh VERB VBD ROOT 2
. . PUNCT . punct 2

She she PRON PRP nsubj 6
said say VERB VBD ROOT 6
so so ADV RB advmod 6
"""


def test_third_person_takes_the_one_person_before():
    assert answer(discourse(SHE, PERSON=ROE), 5) == (ROE, "third person")


def test_third_person_takes_nobody_of_another_gender_or_kind():
    assert answer(discourse(SHE.replace("She she", "He he"), PERSON=ROE), 5) == ("He", "words")
    assert answer(discourse(SHE.replace("She she", "It it"), PERSON=ROE), 5) == ("It", "words")


def test_third_person_prefers_who_spoke():
    rows = """
    Jo Jo PROPN NNP compound 1
    Lee Lee PROPN NNP nsubj 2
    met meet VERB VBD ROOT 2
    Ann Ann PROPN NNP compound 4
    Roe Roe PROPN NNP dobj 2

    They they PRON PRP nsubj 7
    left leave VERB VBD ROOT 7

    She she PRON PRP nsubj 10
    said say VERB VBD ROOT 10
    """
    known = discourse(rows, PERSON=f"{LEE}/{ROE}")
    known.note_spoken(4, Speaker(ROE, (ROE,), "person", True, name=known.registry.at(4), head=4))
    assert answer(known, 9)[0] == ROE


def test_first_person_inside_a_quotation_is_its_speaker():
    rows = """
    “ “ PUNCT `` punct 2
    I I PRON PRP nsubj 2
    know know VERB VBP ccomp 5
    ” ” PUNCT '' punct 5
    Roe Roe PROPN NNP nsubj 5
    said say VERB VBD ROOT 5
    """
    read = article(rows, {"Roe": "PERSON"})
    claims = (attribution(5, (0, 4), source=((4, 5),)), attribution(2, (1, 2), source=((1, 2),)))
    known = Discourse(replace(read, attributions=claims), NameFinder(read.syntax, load()).registry(), load())
    assert answer(known, 1) == ("I", "words")  # nobody is known to speak yet
    known.by_place[0] = Speaker("Roe", ("Roe",), "person", True)
    assert answer(known, 1) == ("Roe", "first person")


@pytest.mark.parametrize(("marks", "text"), [("“”", "Roe"), ("--", None)], ids=["quoted", "not quoted"])
def test_first_person_in_a_quotation_of_no_claim_is_the_paragraphs_only_speaker(marks, text):
    rows = """
    “ “ PUNCT `` punct 1
    Yes yes INTJ UH ccomp 4
    ” ” PUNCT '' punct 4
    Roe Roe PROPN NNP nsubj 4
    said say VERB VBD ROOT 4
    {0} {0} PUNCT `` punct 7
    I I PRON PRP nsubj 7
    know know VERB VBP ROOT 7
    {1} {1} PUNCT '' punct 7
    """
    read = article(rows.format(*marks), {"Roe": "PERSON"})
    claims = (attribution(4, (1, 2), source=((3, 4),)),)
    known = Discourse(replace(read, attributions=claims), NameFinder(read.syntax, load()).registry(), load())
    known.by_place[0] = Speaker("Roe", ("Roe",), "person", True)
    assert answer_of("first person", known, 6) == text


def test_a_name_is_its_fullest_form_and_a_word_that_is_none_is_left_alone():
    rows = SHE.replace("She she PRON PRP nsubj 6", "Roe Roe PROPN NNP nsubj 6")
    assert answer(discourse(rows, PERSON=f"{ROE}/Roe"), 5) == (ROE, "name")
    assert answer(discourse(SHE, PERSON=ROE), 7, 7, 8)[1] == "words"


# Ann Roe 's statement said so .
STATEMENT = """
Ann Ann PROPN NNP compound 1
Roe Roe PROPN NNP poss 3
's 's PART POS case 1
statement statement NOUN NN nsubj 4
said say VERB VBD ROOT 4
so so ADV RB advmod 4
"""


def test_a_statement_is_its_issuers():
    assert answer(discourse(STATEMENT, PERSON=ROE), 3, 0, 4) == (ROE, "issuer")


def test_a_thing_that_carries_no_words_has_no_issuer():
    rows = STATEMENT.replace("statement statement", "bridge bridge")
    assert answer(discourse(rows, PERSON=ROE), 3, 0, 4)[1] != "issuer"


def test_a_statement_is_of_the_subject_that_puts_it_out():
    rows = """
    Roe Roe PROPN NNP nsubj 1
    issued issue VERB VBD ROOT 1
    a a DET DT det 3
    statement statement NOUN NN dobj 1
    """
    assert answer(discourse(rows, PERSON="Roe"), 3, 2, 4) == ("Roe", "issuer")
    assert answer_of("issuer", discourse(rows.replace("dobj", "npadvmod"), PERSON="Roe"), 3, 2, 4) is None


def test_a_statement_is_of_who_stands_behind_by_and_not_of_whom_it_is_about():
    rows = """
    A a DET DT det 1
    statement statement NOUN NN nsubj 4
    by by ADP IN prep 1
    Roe Roe PROPN NNP pobj 2
    said say VERB VBD ROOT 4
    """
    assert answer(discourse(rows, PERSON="Roe"), 1, 0, 4) == ("Roe", "issuer")
    assert answer_of("issuer", discourse(rows.replace("by by", "about about"), PERSON="Roe"), 1, 0, 4) is None


def test_a_survey_is_not_of_the_place_that_it_asks_about():
    rows = """
    Springfield Springfield PROPN NNP compound 1
    report report NOUN NN nsubj 2
    said say VERB VBD ROOT 2
    """
    assert answer(discourse(rows, GPE="Springfield"), 1, 0, 2) == ("Springfield", "issuer")
    assert answer_of("issuer", discourse(rows.replace("report", "poll"), GPE="Springfield"), 1, 0, 2) is None


def test_a_person_in_apposition_is_who_a_description_names():
    rows = """
    The the DET DT det 1
    mayor mayor NOUN NN nsubj 5
    , , PUNCT , punct 1
    Ann Ann PROPN NNP compound 4
    Roe Roe PROPN NNP appos 1
    said say VERB VBD ROOT 5
    """
    assert answer(discourse(rows, PERSON=ROE), 1, 0, 5) == (ROE, "apposed name")
    assert answer_of("apposed name", discourse(rows.replace("appos 1", "conj 1"), PERSON=ROE), 1, 0, 5) is None
    assert answer_of("apposed name", discourse(rows, PERSON=ROE), 1, 0, 2) is None  # the source ends before it


def test_the_two_are_two_who_were_named_together():
    rows = """
    Ann Ann PROPN NNP compound 1
    Roe Roe PROPN NNP nsubj 5
    and and CCONJ CC cc 1
    Jo Jo PROPN NNP compound 4
    Lee Lee PROPN NNP conj 1
    met meet VERB VBD ROOT 5

    The the DET DT det 8
    two two NUM CD nsubj 9
    said say VERB VBD ROOT 9
    """
    assert answer(discourse(rows, PERSON=f"{ROE}/{LEE}"), 8, 7, 9) == (f"{ROE} and {LEE}", "counted")
    alone = rows.replace("nsubj 5", "nsubj 5").replace("and and CCONJ CC cc 1", "saw see VERB VBD dep 5")
    assert answer(discourse(alone.replace("conj 1", "dobj 5"), PERSON=f"{ROE}/{LEE}"), 8, 7, 9)[1] == "words"


def test_her_proposal_is_of_whom_the_same_thing_was_before():
    rows = """
    Ann Ann PROPN NNP compound 1
    Roe Roe PROPN NNP poss 3
    's 's PART POS case 1
    proposals proposal NOUN NNS nsubj 4
    helped help VERB VBD ROOT 4

    Her her PRON PRP$ poss 7
    proposal proposal NOUN NN nsubj 8
    failed fail VERB VBD ROOT 8
    """
    assert answer(discourse(rows, PERSON=ROE), 6) == (ROE, "owner of the same")
    other = discourse(rows.replace("proposal proposal NOUN NN ", "budget budget NOUN NN "), PERSON=ROE)
    assert answer_of("owner of the same", other, 6) is None


def test_both_are_the_only_two_of_the_paragraph():
    rows = """
    Ann Ann PROPN NNP compound 1
    Roe Roe PROPN NNP nsubj 2
    met meet VERB VBD ROOT 2
    Jo Jo PROPN NNP compound 4
    Lee Lee PROPN NNP dobj 2
    . . PUNCT . punct 2
    Both both PRON DT nsubj 7
    laughed laugh VERB VBD ROOT 7
    """
    assert answer(discourse(rows, PERSON=f"{ROE}/{LEE}"), 6) == (f"{ROE} and {LEE}", "pair")
    assert answer_of("pair", discourse(rows.replace("Both both", "All all"), PERSON=f"{ROE}/{LEE}"), 6) is None
    alone = rows.replace("Jo Jo PROPN", "no no DET").replace("Lee Lee PROPN NNP", "farmer farmer NOUN NN")
    assert answer_of("pair", discourse(alone, PERSON=ROE), 6) is None


def test_a_noun_that_only_says_that_it_is_a_place_is_the_name_behind_of():
    rows = """
    The the DET DT det 1
    city city NOUN NN nsubj 4
    of of ADP IN prep 1
    Springfield Springfield PROPN NNP pobj 2
    sued sue VERB VBD ROOT 4
    """
    assert answer(discourse(rows, GPE="Springfield"), 1, 0, 4) == ("Springfield", "place")
    other = discourse(rows.replace("city city", "mayor mayor"), GPE="Springfield")
    assert answer_of("place", other, 1, 0, 4) is None


def test_a_name_with_a_common_noun_in_small_letters_is_no_name():
    rows = """
    Springfield Springfield PROPN NNP compound 1
    Council council NOUN NN nsubj 2
    sued sue VERB VBD ROOT 2
    """
    assert answer(discourse(rows, ORG="Springfield Council"), 1, 0, 2) == ("Springfield Council", "name")
    small = discourse(rows.replace("Council council", "council council"), ORG="Springfield council")
    assert answer_of("name", small, 1, 0, 2) is None


# Jo Lee of the institute said so: the parser took the institute for the subject
LEADING = """
Jo Jo PROPN NNP compound 1
Lee Lee PROPN NNP compound 4
of of ADP IN prep 1
the the DET DT det 4
institute institute NOUN NN nsubj 5
said say VERB VBD ROOT 5
"""


def test_a_person_who_opens_a_phrase_is_who_speaks():
    assert answer(discourse(LEADING, PERSON=LEE), 4, 0, 5) == (LEE, "leading name")
    day = LEADING.replace("of of ADP IN prep 1", "Tuesday Tuesday PROPN NNP npadvmod 5")
    assert answer(discourse(day, PERSON=LEE), 2, 0, 3) == (LEE, "leading name")


def test_a_person_whose_thing_it_is_does_not_open_the_phrase():
    owner = LEADING.replace("of of ADP IN prep 1", "'s 's PART POS case 1").replace(
        "the the DET DT det", "new new ADJ JJ amod"
    )
    assert answer_of("leading name", discourse(owner, PERSON=LEE), 4, 0, 5) is None

"""Sieves of descriptions: what a definite one takes up and what it leaves alone, on sentences parsed by hand."""

import pytest

from claims_cli.pipeline.article import Speaker
from tests.hand_built import answer, answer_of, discourse, paragraphs

ROE = "Ann Roe"
RAIN = "Rain rain NOUN NN ROOT 0"


def test_a_description_takes_up_the_same_noun_before():
    rows = """
    A a DET DT det 2
    tall tall ADJ JJ amod 2
    farmer farmer NOUN NN nsubj 3
    laughed laugh VERB VBD ROOT 3

    The the DET DT det 6
    farmer farmer NOUN NN nsubj 7
    said say VERB VBD ROOT 7
    """
    assert answer(discourse(rows), 6, 5, 7) == ("A tall farmer", "same noun")
    other = rows.replace("farmer farmer NOUN NN nsubj 7", "grocer grocer NOUN NN nsubj 7")
    assert answer(discourse(other), 6, 5, 7)[1] != "same noun"


def test_the_newspaper_is_the_outlet_named_last():
    rows = """
    Reuters Reuters PROPN NNP nsubj 1
    came come VERB VBD ROOT 1

    The the DET DT det 4
    newspaper newspaper NOUN NN nsubj 5
    said say VERB VBD ROOT 5
    """
    assert answer(discourse(rows, ORG="Reuters"), 4, 3, 5) == ("Reuters", "last medium")
    assert answer(discourse(rows.replace("Reuters", "Springfield"), GPE="Springfield"), 4, 3, 5)[1] != "last medium"


def test_whose_office_it_is_is_told_by_the_fullest_phrase():
    rows = """
    Ann Ann PROPN NNP compound 1
    Roe Roe PROPN NNP poss 3
    's 's PART POS case 1
    office office NOUN NN nsubj 4
    called call VERB VBD ROOT 4

    Roe Roe PROPN NNP poss 8
    's 's PART POS case 6
    office office NOUN NN nsubj 9
    said say VERB VBD ROOT 9
    """
    assert answer(discourse(rows, PERSON=f"{ROE}/Roe"), 8, 6, 9) == ("Ann Roe 's office", "possessed")
    other = rows.replace("Roe Roe PROPN NNP poss 8", "Lee Lee PROPN NNP poss 8")
    assert answer(discourse(other, PERSON=f"{ROE}/Lee"), 8, 6, 9) == ("Lee 's office", "possessed")


# Harbour Union met Dock Union . / The union said
UNIONS = """
Harbour Harbour PROPN NNP compound 1
Union Union PROPN NNP nsubj 2
met meet VERB VBD ROOT 2
Dock Dock PROPN NNP compound 4
Union Union PROPN NNP dobj 2

The the DET DT det 8
{} {} ADJ JJ amod 8
union union NOUN NN nsubj 9
said say VERB VBD ROOT 9
"""


def test_the_union_is_the_one_that_is_named_most_or_that_its_modifiers_name():
    several = discourse(UNIONS.format("dock", "dock"), ORG="Harbour Union/Dock Union")
    assert answer(several, 8, 6, 9) == ("Dock Union", "organization")
    assert answer(several, 8, 8, 9)[1] == "words"  # indefinite
    rows = UNIONS.replace("Dock Dock PROPN", "no no DET").replace(
        "Union Union PROPN NNP dobj", "ship ship NOUN NN dobj"
    )
    only = discourse(rows.format("said", "said").replace("ADJ JJ amod", "DET DT det"), ORG="Harbour Union")
    assert answer(only, 8, 6, 9) == ("Harbour Union", "organization")


def test_the_union_is_none_of_several_that_are_named_as_often_or_otherwise():
    alike = discourse(
        UNIONS.format("said", "said").replace("ADJ JJ amod", "DET DT det"), ORG="Harbour Union/Dock Union"
    )
    assert answer_of("organization", alike, 8, 6, 9) is None
    other = discourse(UNIONS.format("rival", "rival"), ORG="Harbour Union/Dock Union")
    assert answer_of("organization", other, 8, 6, 9) is None


# The ministry spoke in a statement . / The latest statement added
STATEMENT = """
The the DET DT det 1
ministry ministry NOUN NN nsubj 2
spoke speak VERB VBD ROOT 2
in in ADP IN prep 2
a a DET DT det 5
statement statement NOUN NN pobj 3

The the DET DT det 9
latest late ADJ JJS amod 9
statement statement NOUN NN nsubj 10
added add VERB VBD ROOT 10
"""


@pytest.mark.parametrize(
    ("noun", "speaker"), [("statement statement", "The ministry"), ("report report", None)], ids=["same", "other"]
)
def test_a_statement_is_of_who_spoke_last_through_one(noun, speaker):
    known = discourse(STATEMENT.replace("statement statement NOUN NN nsubj", f"{noun} NOUN NN nsubj"))
    known.note_spoken(1, Speaker("The ministry", ("The ministry",), "organization", medium=(4, 6)))
    assert answer_of("last statement", known, 9, 7, 10) == speaker
    assert (answer(known, 9, 7, 10)[1] == "last statement") == (speaker is not None)


# A farmer spoke . / The man said
MAN = """
A a DET DT det 1
farmer farmer NOUN NN nsubj 2
spoke speak VERB VBD ROOT 2

The the DET DT det 5
man man NOUN NN nsubj 6
said say VERB VBD ROOT 6
"""


@pytest.mark.parametrize(
    ("last", "text"),
    [
        (Speaker("A farmer", ("A farmer",), "person"), "A farmer"),
        (Speaker("Farmers", ("Farmers",), "person", plural=True), None),
        (Speaker(ROE, (ROE,), "person", named=True), None),
        (Speaker("A company", ("A company",), "organization"), None),
    ],
    ids=["unnamed", "several", "named", "organization"],
)
def test_a_word_for_anybody_is_who_spoke_last_unless_named(last, text):
    known = discourse(MAN)
    known.note_spoken(1, last)
    assert answer_of("last voice", known, 5, 4, 6) == text
    assert (answer(known, 5, 4, 6)[1] == "last voice") == (text is not None)


THE_FARMER = """
The the DET DT det 1
farmer farmer NOUN NN nsubj 2
said say VERB VBD ROOT 2
"""


@pytest.mark.parametrize(
    ("before", "sieve"),
    [
        ("A a DET DT det 1\nfarmer farmer NOUN NN nsubj 2\nate eat VERB VBD ROOT 2", "same noun"),
        ("Old old ADJ JJ amod 1\nfarmers farmer NOUN NNS nsubj 2\nate eat VERB VBD ROOT 2", "words"),
        ("“ “ PUNCT `` punct 1\nFarmer farmer NOUN NN ROOT 1\n” ” PUNCT '' punct 1", "words"),
    ],
    ids=["alike", "several", "in a quotation"],
)
def test_the_same_noun_stands_in_the_same_number_and_outside_of_quotations(before, sieve):
    assert answer(discourse(paragraphs(before, THE_FARMER)), 5, 4, 6)[1] == sieve


def test_an_outlet_or_a_voice_is_only_taken_up_nearby():
    newspaper = THE_FARMER.replace("farmer farmer", "newspaper newspaper")
    for between, text in ((0, "Reuters"), (4, None)):
        rows = paragraphs("Reuters Reuters PROPN NNP ROOT 0", *[RAIN] * between, newspaper)
        head = 3 + 2 * between
        assert answer_of("last medium", discourse(rows, ORG="Reuters"), head, head - 1, head + 1) == text
    for between, text in ((1, "A source"), (2, None)):
        rows = paragraphs("Source source NOUN NN ROOT 0", *[RAIN] * between, THE_FARMER)
        known = discourse(rows)
        known.note_spoken(0, Speaker("A source", ("A source",), "person", head=0))
        head = 3 + 2 * between
        assert answer_of("last voice", known, head, head - 1, head + 1) == text


def test_who_is_told_to_be_something_is_nobody_who_is_something_else():
    known = discourse(paragraphs("Banker banker NOUN NN ROOT 0", THE_FARMER))
    known.note_spoken(0, Speaker("A banker", ("A banker",), "person", head=0))
    assert answer_of("last voice", known, 3, 2, 4) is None


@pytest.mark.parametrize(("noun", "text"), [("union", "Springfield Union"), ("government", None)])
def test_a_word_for_a_country_is_no_organization_that_was_named(noun, text):
    named = "Springfield Springfield PROPN NNP compound 1\n{0} {0} PROPN NNP ROOT 1".format(noun.title())
    rows = paragraphs(named, THE_FARMER.replace("farmer farmer", f"{noun} {noun}"))
    assert answer_of("organization", discourse(rows, ORG=f"Springfield {noun.title()}"), 4, 3, 5) == text

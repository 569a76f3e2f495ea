"""Sieves of descriptions: what a definite one takes up and what it leaves alone, on sentences parsed by hand."""

import pytest

from claims_cli.pipeline.article import Speaker
from claims_cli.pipeline.resolve.persons import learn_roles
from tests.hand_built import answer, answer_of, discourse

ROE, LEE = "Ann Roe", "Jo Lee"


# Mayor Ann Roe met Jo Lee . / The mayor said so .
MAYOR = """
Mayor Mayor PROPN NNP compound 2
Ann Ann PROPN NNP compound 2
Roe Roe PROPN NNP nsubj 3
met meet VERB VBD ROOT 3
Jo Jo PROPN NNP compound 5
Lee Lee PROPN NNP dobj 3

The the DET DT det 8
mayor mayor NOUN NN nsubj 9
said say VERB VBD ROOT 9
so so ADV RB advmod 9
"""


def test_a_description_is_the_person_whose_role_it_names():
    assert answer(discourse(MAYOR, PERSON=f"{ROE}/{LEE}"), 8, 7, 9) == (ROE, "role nearby")


@pytest.mark.parametrize(
    "change", [("The the DET DT", "A a DET DT"), ("mayor mayor NOUN NN nsubj", "men man NOUN NNS nsubj")]
)
def test_an_indefinite_or_plural_description_is_nobody_of_those(change):
    text, sieve = answer(discourse(MAYOR.replace(*change), PERSON=f"{ROE}/{LEE}"), 8, 7, 9)
    assert sieve == "words"
    assert ROE not in text


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


def with_title(title: str, noun: str) -> str:
    """The article of the mayor with another title before the name, and another noun."""
    return MAYOR.replace("Mayor Mayor", f"{title} {title}").replace("mayor mayor", f"{noun} {noun}")


# The adviser said so . / Adviser Ann Roe left
NAMED_LATER = """
The the DET DT det 1
{0} {0} NOUN NN nsubj 2
said say VERB VBD ROOT 2

Adviser adviser PROPN NNP compound 6
Ann Ann PROPN NNP compound 6
Roe Roe PROPN NNP nsubj 7
left leave VERB VBD ROOT 7
"""


def test_a_word_for_the_unnamed_is_the_person_with_that_role():
    assert answer(discourse(NAMED_LATER.format("adviser"), PERSON=ROE), 1, 0, 2) == (ROE, "role")
    assert answer_of("role", discourse(NAMED_LATER.format("diplomat"), PERSON=ROE), 1, 0, 2) is None


def test_a_word_for_the_unnamed_takes_up_the_same_word_before_anybodys_role():
    assert answer(discourse(with_title("Adviser", "adviser"), PERSON=f"{ROE}/{LEE}"), 8, 7, 9) == (
        "Adviser",
        "same noun",
    )


def test_a_short_title_is_told_by_its_full_word():
    assert answer(discourse(with_title("Sen.", "senator"), PERSON=f"{ROE}/{LEE}"), 8, 7, 9) == (ROE, "title")
    assert answer(discourse(with_title("Sen.", "governor"), PERSON=f"{ROE}/{LEE}"), 8, 7, 9) == (
        "The governor",
        "words",
    )


# Ann Roe laughed . / The tycoon said
TYCOON = """
Ann Ann PROPN NNP compound 1
Roe Roe PROPN NNP nsubj 2
laughed laugh VERB VBD ROOT 2

The the DET DT det 5
tycoon tycoon NOUN NN nsubj 6
said say VERB VBD ROOT 6
"""


def test_an_epithet_is_the_one_person_that_the_text_just_spoke_of():
    assert answer(discourse(TYCOON, PERSON=ROE), 5, 4, 6) == (ROE, "epithet")


@pytest.mark.parametrize("noun", ["husband husband", "staff staff"])
def test_an_epithet_is_nobody_of_another_gender_and_no_collective(noun):
    known = discourse(TYCOON.replace("tycoon tycoon", noun), PERSON=ROE)
    assert answer_of("epithet", known, 5, 4, 6) is None


def test_an_epithet_is_not_who_says_the_statement_in_which_it_stands():
    known = discourse(TYCOON, PERSON=ROE)
    known.by_place[0] = Speaker(ROE, (ROE,), "person", True)
    assert answer_of("epithet", known, 5, 4, 6, outer=0) is None


def test_an_epithet_is_neither_of_two_persons():
    rows = TYCOON.replace(
        "laughed laugh VERB VBD ROOT 2",
        "laughed laugh VERB VBD ROOT 2\nJo Jo PROPN NNP compound 4\nLee Lee PROPN NNP nsubj 2",
    )
    rows = rows.replace("det 5", "det 7").replace("nsubj 6", "nsubj 8").replace("ROOT 6", "ROOT 8")
    assert answer_of("epithet", discourse(rows, PERSON=f"{ROE}/{LEE}"), 7, 6, 8) is None


def test_what_the_text_calls_a_person_is_the_role_of_the_name():
    rows = """
    Ann Ann PROPN NNP compound 1
    Roe Roe PROPN NNP nsubj 2
    laughed laugh VERB VBD ROOT 2
    . . PUNCT . punct 2
    The the DET DT det 6
    {} {} ADJ JJ amod 6
    analyst analyst NOUN NN nsubj 7
    smiled smile VERB VBD ROOT 7
    """
    known = discourse(rows.format("former", "former"), PERSON=ROE)
    learn_roles(known)
    assert known.speaker_of(known.registry.at(1)).role == "former analyst"
    bare = discourse(rows.format("very", "very").replace("ADJ JJ amod", "ADV RB advmod"), PERSON=ROE)
    learn_roles(bare)
    assert bare.speaker_of(bare.registry.at(1)).role is None

"""Sieves of persons by what they are: roles and titles, on sentences parsed by hand."""

import pytest

from claims_cli.pipeline.resolve.persons import learn_roles
from tests.hand_built import answer, answer_of, discourse, paragraphs

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
    assert answer(discourse(MAYOR, PERSON=f"{ROE}/{LEE}"), 8, 7, 9) == (ROE, "role")


@pytest.mark.parametrize(
    "change", [("The the DET DT", "A a DET DT"), ("mayor mayor NOUN NN nsubj", "men man NOUN NNS nsubj")]
)
def test_an_indefinite_or_plural_description_is_nobody_of_those(change):
    text, sieve = answer(discourse(MAYOR.replace(*change), PERSON=f"{ROE}/{LEE}"), 8, 7, 9)
    assert sieve == "words"
    assert ROE not in text


@pytest.mark.parametrize(
    "noun", ["mayors mayor NOUN NNS nsubj 9", "young young ADJ JJ amod 9\nmayor mayor NOUN NN nsubj 10"]
)
def test_a_description_of_several_or_of_another_one_is_not_the_person_with_the_role(noun):
    rows = MAYOR.replace("mayor mayor NOUN NN nsubj 9", noun)
    head = 7 + len(noun.split("\n"))
    rows = rows if head == 8 else rows.replace("ROOT 9", "ROOT 10").replace("advmod 9", "advmod 10")
    assert answer_of("role", discourse(rows, PERSON=f"{ROE}/{LEE}"), head, 7, head + 1) is None


RAIN = "Rain rain NOUN NN ROOT 0"
ROE_IS_MAYOR = """
Mayor Mayor PROPN NNP compound 2
Ann Ann PROPN NNP compound 2
Roe Roe PROPN NNP nsubj 3
laughed laugh VERB VBD ROOT 3
"""
LEE_SMILED = """
Jo Jo PROPN NNP compound 1
Lee Lee PROPN NNP nsubj 2
smiled smile VERB VBD ROOT 2
"""
THE_MAYOR = """
The the DET DT det 1
mayor mayor NOUN NN nsubj 2
said say VERB VBD ROOT 2
"""


@pytest.mark.parametrize("between", [1, 4], ids=["near", "far"])
def test_who_was_not_met_for_some_paragraphs_gives_way_to_nobody_who_is_not_called_so(between):
    rows = paragraphs(ROE_IS_MAYOR, *[RAIN] * between, LEE_SMILED, THE_MAYOR)
    head = 5 + 2 * between + 4 + 1
    assert answer(discourse(rows, PERSON=f"{ROE}/{LEE}"), head, head - 1, head + 1) == (ROE, "role")


def test_a_noun_that_its_own_clause_tells_takes_up_nobody():
    rows = paragraphs(ROE_IS_MAYOR, THE_MAYOR.strip() + "\nwho who PRON WP nsubj 4\nlost lose VERB VBD {} 1")
    assert answer(discourse(rows.replace("{}", "relcl"), PERSON=ROE), 6, 5, 7) == ("The mayor", "words")
    assert answer(discourse(rows.replace("{}", "dep"), PERSON=ROE), 6, 5, 7) == (ROE, "role")


@pytest.mark.parametrize(
    ("rows", "head", "expected"),
    [
        (paragraphs("Mayor mayor NOUN NN nsubj 1\nsues sue VERB VBZ ROOT 1", ROE_IS_MAYOR), 0, (ROE, "role")),
        (paragraphs("mayor mayor NOUN NN nsubj 1\nsues sue VERB VBZ ROOT 1", ROE_IS_MAYOR), 0, ("mayor", "words")),
        (paragraphs(ROE_IS_MAYOR, "Mayor mayor NOUN NN nsubj 1\nsues sue VERB VBZ ROOT 1"), 5, ("Mayor", "words")),
    ],
    ids=["headline", "small letter", "text"],
)
def test_a_headline_needs_no_article(rows, head, expected):
    assert answer(discourse(rows, PERSON=ROE), head) == expected


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
    assert answer(discourse(NAMED_LATER.format("adviser"), PERSON=ROE), 1, 0, 2) == (ROE, "role of anybody")
    assert answer_of("role of anybody", discourse(NAMED_LATER.format("diplomat"), PERSON=ROE), 1, 0, 2) is None


def test_a_word_for_the_unnamed_takes_up_the_name_beside_the_same_word_before_anybodys_role():
    assert answer(discourse(with_title("Adviser", "adviser"), PERSON=f"{ROE}/{LEE}"), 8, 7, 9) == (ROE, "same noun")


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
FOREIGN_TYCOON = TYCOON.replace("det 5\n", "det 6\nforeign foreign ADJ JJ amod 6\n").replace("nsubj 6\n", "nsubj 7\n")
FOREIGN_TYCOON = FOREIGN_TYCOON.replace("ROOT 6\n", "ROOT 7\n")


def test_a_noun_is_nobody_whom_the_text_does_not_call_so():
    assert answer(discourse(TYCOON, PERSON=ROE), 5, 4, 6) == ("The tycoon", "words")
    assert answer(discourse(FOREIGN_TYCOON, PERSON=ROE), 6, 4, 7) == ("The foreign tycoon", "words")


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


def test_what_the_text_calls_a_person_is_nobodys_role_where_two_were_subjects():
    rows = """
    Roe Roe PROPN NNP nsubj 2
    Lee Lee PROPN NNP nsubj 2
    laughed laugh VERB VBD ROOT 2
    . . PUNCT . punct 2
    The the DET DT det 6
    former former ADJ JJ amod 6
    analyst analyst NOUN NN nsubj 7
    smiled smile VERB VBD ROOT 7
    """
    known = discourse(rows, PERSON="Roe/Lee")
    learn_roles(known)
    assert [known.speaker_of(known.registry.at(place)).role for place in (0, 1)] == [None, None]

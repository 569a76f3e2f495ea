"""Each sieve that finds out who speaks, with what it answers and what it leaves alone, on sentences parsed by hand."""

from dataclasses import replace

import pytest

from claims_cli.pipeline.article import Speaker
from claims_cli.pipeline.resolve.discourse import Discourse, Mention
from claims_cli.pipeline.resolve.mentions import NameFinder
from claims_cli.pipeline.resolve.sieves import SIEVES, resolve
from claims_cli.rulebook import load
from tests.hand_built import article, attribution

ROE, LEE = "Ann Roe", "Jo Lee"


def discourse(rows: str, **entities: str) -> Discourse:
    """What is known of an article before anybody is resolved; entities as LABEL=words, several with `/`."""
    labels = {words: label for label, several in entities.items() for words in several.split("/")}
    read = article(rows, labels)
    return Discourse(read, NameFinder(read.syntax, load()).registry(), load())


def answer(known: Discourse, head: int, start: int | None = None, end: int | None = None, outer: int | None = None):
    """Who the words around a head stand for, and by which sieve."""
    claim = attribution(known.article.syntax.head[head], outer=outer)
    mention = Mention(head, head if start is None else start, head + 1 if end is None else end, claim)
    resolution = resolve(mention, known)
    return resolution.speaker.text, resolution.sieve


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
    other = rows.replace("appos 1", "dobj 5")
    assert answer(discourse(other, PERSON=ROE), 1, 0, 2)[1] != "apposed name"


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


def test_whose_office_it_is_is_told_by_the_fullest_phrase():
    rows = """
    Ann Ann PROPN NNP compound 1
    Roe Roe PROPN NNP poss 3
    's 's PART POS case 1
    office office NOUN NN nsubj 4
    called call VERB VBD ROOT 4

    Her her PRON PRP$ poss 7
    office office NOUN NN nsubj 8
    said say VERB VBD ROOT 8
    """
    text, sieve = answer(discourse(rows, PERSON=ROE), 7, 6, 8)
    assert sieve == "possessed"
    assert "office" in text

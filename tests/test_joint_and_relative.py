"""Several who speak together, and the noun that `who` takes up, on sentences parsed by hand."""

import pytest

from claims_cli.pipeline.resolve import joint, relatives
from tests.hand_built import discourse, mention

ROE, LEE = "Ann Roe", "Jo Lee"

TWO = """
Ann Ann PROPN NNP compound 1
Roe Roe PROPN NNP nsubj 5
and and CCONJ CC cc 1
Jo Jo PROPN NNP compound 4
Lee Lee PROPN NNP conj 1
said say VERB VBD ROOT 5
"""


def spans(mentions):
    """Head, start and end of mentions."""
    return [(each.head, each.start, each.end) for each in mentions]


def test_joined_speakers_are_mentions_of_their_own_without_the_conjunction():
    known = discourse(TWO, PERSON=f"{ROE}/{LEE}")
    assert spans(joint.parts(mention(known, 1, 0, 5), known)) == [(1, 0, 2), (4, 3, 5)]
    assert joint.parts(mention(known, 1, 0, 2), known) == []  # the source ends before the second


def test_nouns_under_one_determiner_are_one_person():
    rows = """
    The the DET DT det 1
    governor governor NOUN NN nsubj 5
    and and CCONJ CC cc 1
    {} {} {} {} {} 4
    nominee nominee NOUN NN conj 1
    said say VERB VBD ROOT 5
    """
    shared = discourse(rows.format("current", "current", "ADJ", "JJ", "amod"))
    assert joint.parts(mention(shared, 1, 0, 5), shared) == []
    apart = discourse(rows.format("the", "the", "DET", "DT", "det"))
    assert spans(joint.parts(mention(apart, 1, 0, 5), apart)) == [(1, 0, 2), (4, 3, 5)]


# the parser saw no list
LISTED = """
Ann Ann PROPN NNP compound 1
Roe Roe PROPN NNP nsubj 7
, , PUNCT , punct 1
Jo Jo PROPN NNP compound 4
Lee Lee PROPN NNP dep 7
{} {} {} 7
Day Day PROPN NNP dep 7
said say VERB VBD ROOT 7
"""


@pytest.mark.parametrize(
    ("before_last", "text"),
    [("and and CCONJ", "Ann Roe, Jo Lee and Day"), (", , PUNCT", None), ("saw see VERB", None)],
    ids=["and", "comma", "verb"],
)
def test_names_in_a_list_that_the_parser_did_not_see_speak_together(before_last, text):
    tags = {"and and CCONJ": "CC cc", ", , PUNCT": ", punct", "saw see VERB": "VBD dep"}
    rows = LISTED.replace("{} {} {} 7", f"{before_last} {tags[before_last]} 7")
    known = discourse(rows, PERSON=f"{ROE}/{LEE}/Day")
    speaker = joint.listed_names(mention(known, 1, 0, 7), known)
    assert (speaker and speaker.text) == text


# The head of the firm who lost said so: the parser hung the clause on the firm
CLAUSE = """
The the DET DT det 1
head head NOUN NN nsubj 7
of of ADP IN prep 1
the the DET DT det 4
firm firm NOUN NN pobj 2
who who PRON WP nsubj 6
lost lose VERB VBD relcl 4
left leave VERB VBD ROOT 7
"""


def test_who_is_the_person_above_the_thing_on_which_its_clause_hangs():
    known = discourse(CLAUSE)
    taken = relatives.taken_up(mention(known, 5), known)
    assert (taken.head, taken.start) == (1, 0)


def test_which_is_the_thing_on_which_its_clause_hangs():
    known = discourse(CLAUSE.replace("who who PRON WP", "which which DET WDT"))
    assert spans([relatives.taken_up(mention(known, 5), known)]) == [(4, 3, 5)]


def test_a_question_word_takes_nothing_up():
    rows = """
    Who who PRON WP nsubj 1
    lost lose VERB VBD ROOT 1
    """
    known = discourse(rows)
    asked = mention(known, 0)
    assert relatives.is_relative(known, 0)
    assert relatives.taken_up(asked, known) == asked

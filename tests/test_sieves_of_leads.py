"""Sieves of leads and of bodies: what they answer and what they leave alone, on sentences parsed by hand."""

from dataclasses import replace

from tests.hand_built import answer_of, attribution, discourse

LEE, HELIX = "Jo Lee", "Helix"
LEAD = """
A a DET DT det 1
vicar vicar NOUN NN nsubj 2
spoke speak VERB VBD ROOT 2
. . PUNCT . punct 2

Jo Jo PROPN NNP compound 6
Lee Lee PROPN NNP nsubj 7
agreed agree VERB VBD ROOT 7
"""
BODY = """
Helix Helix PROPN NNP nsubj 1
cut cut VERB VBD ROOT 1
fares fare NOUN NNS dobj 1
. . PUNCT . punct 1

They they PRON PRP nsubj 6
said say VERB VBD ROOT 6
"""
SAME = """
Helix Helix PROPN NNP nsubj 1
leased lease VERB VBD ROOT 1
jets jet NOUN NNS dobj 1
the the DET DT det 4
group group NOUN NN nsubj 5
said say VERB VBD relcl 2
"""


def lead(rows: str, entity: str = LEE):
    """An article of a lead and a sentence in which somebody named speaks."""
    known = discourse(rows, PERSON=entity)
    spoken = attribution(7, (7, 8), tokens={"source": 6}, source=((5, 7),))
    known.article = replace(known.article, attributions=(spoken,))
    return known


def test_whom_a_lead_describes_is_who_speaks_next():
    assert answer_of("named later", lead(LEAD), 1, 0, 2) == LEE


def test_a_source_or_somebody_named_before_is_not_named_later():
    assert answer_of("named later", lead(LEAD.replace("vicar vicar", "source source")), 1, 0, 2) is None
    named = LEAD.replace("A a DET DT det 1", "Lee Lee PROPN NNP nsubj 2")
    assert answer_of("named later", lead(named, "Lee"), 1, 0, 2) is None


def test_they_are_the_body_of_the_sentence_before():
    assert answer_of("body as they", discourse(BODY, ORG=HELIX), 5) == HELIX


def test_they_are_no_body_that_met_people():
    rows = BODY.replace("fares fare", "workers worker")
    assert answer_of("body as they", discourse(rows, ORG=HELIX), 5) is None


def test_the_group_is_the_subject_of_its_sentence():
    assert answer_of("subject of its sentence", discourse(SAME, ORG=HELIX), 4, 3, 5) == HELIX
    other = SAME.replace("jets jet NOUN NNS", "firm firm NOUN NN")
    assert answer_of("subject of its sentence", discourse(other, ORG=HELIX), 4, 3, 5) is None

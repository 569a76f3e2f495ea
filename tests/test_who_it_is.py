"""Titles, ages, origins, media, acronyms and bodies: the name they stand for, and none where it may be another."""

import pytest

TITLES = {
    "The gang was broken up, said Special Agent in Charge Miguel Ortega of the Dallas office.": "Miguel Ortega",
    "Senior District Judge Okechukwu Eze ruled that the men must pay.": "Okechukwu Eze",
    "Principal Secretary for Roads and Transport, Peter Mwangi, said the bridge was safe.": "Peter Mwangi",
    "The Permanent Secretary, Ministry of Works, Ibrahim Sule, said the bridge was safe.": "Ibrahim Sule",
    "Director of Public Prosecutions Noordin Hassan said the charges stood.": "Noordin Hassan",
    "Council of Mayors Chairperson Grace Auma said the pay would be late.": "Grace Auma",
    "Steel and Iron Workers Union (SIWU) president Ana Kovac said the offer was poor.": "Ana Kovac",
    "The Principal Secretary said the bridge was safe.": "The Principal Secretary",
    "A spokesman for Jane Roe said she was ill.": "A spokesman for Jane Roe",
    "The wife of President Paul Biya said she was well.": "The wife of President Paul Biya",
    "Chief of Staff to President Ann Roe said talks had failed.": "Chief of Staff to President Ann Roe",
}


@pytest.mark.parametrize(("text", "speaker"), TITLES.items())
def test_an_office_is_its_holders_where_the_phrase_names_one(claims_of, text, speaker):
    assert claims_of(f"{text}\n")[0].speaker == speaker


def test_a_title_alone_is_no_name(claims_of):
    claim = claims_of("The District Judge said the men must pay.\n")[0]
    assert not claim.named
    assert claim.speaker_confidence < 0.9


@pytest.mark.parametrize("surname", ["Judge", "Baker", "Marshall"])
def test_a_surname_that_is_a_title_is_a_name(claims_of, surname):
    text = f"Michael {surname} left on Friday. {surname} said he was tired.\n"
    assert claims_of(text)[0].speaker == f"Michael {surname}"


@pytest.mark.parametrize(
    "words",
    ["62-year-old Dubliner", "The 62-year-old Dubliner", "The 62-year-old", "The Dubliner", "The mother of two"],
)
def test_an_age_or_origin_is_of_the_person_told_of(claims_of, words):
    text = f"Singer Moira Keane has cancelled her tour.\n\n{words} said the shows would be held in May.\n"
    claim = claims_of(text)[-1]
    assert (claim.speaker, claim.speaker_basis) == ("Moira Keane", "description")


@pytest.mark.parametrize(
    "text",
    [
        "A 44-year-old man was held on Monday, Jane Roe said. The 44-year-old said he was lost.",
        "A Turkish driver was held, police spokeswoman Jane Roe said. The Turk said he was lost.",
        "Jane Roe, 38, met the driver. The 44-year-old said he was lost.",
    ],
)
def test_an_age_or_origin_of_somebody_else_is_nobodys_name(claims_of, text):
    assert "Roe" not in claims_of(f"{text}\n")[-1].speaker


def test_an_age_tells_which_of_two(claims_of):
    text = "Police arrested Rob Hale, 29, and Tim Orr, 35. The 35-year-old said it was a mistake.\n"
    assert claims_of(text)[-1].speaker == "Tim Orr"


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("Carla Mendes' introduction began", "Carla Mendes"),
        ("The ministry's statement read", "The ministry"),
        ("Ines Roth lived there. Her letter began", "Ines Roth"),
    ],
)
def test_what_somebody_wrote_is_the_medium(claims_of, words, speaker):
    claim = claims_of(f'{words}: "The river was green in those years."\n')[-1]
    assert claim.speaker == speaker
    assert claim.medium is not None


def test_each_signature_is_of_its_own_quotation(claims_of):
    text = (
        '"We fear no one, and we know them - Karim Haddad, club secretary.\n\n'
        '"It is a very tough draw for us" - Ole Berg, captain.\n\n'
        '"It could have been worse." - Rick Tan, coach.\n'
    )
    found = [(claim.speaker, claim.content.text[:8]) for claim in claims_of(text)]
    assert found == [("Karim Haddad", '"We fear'), ("Ole Berg", '"It is a'), ("Rick Tan", '"It coul')]


@pytest.mark.parametrize("short", ["HPA", "the HPA"])
def test_an_acronym_is_the_name_with_its_initials(claims_of, short):
    text = f"The Hockey Players Association met in May.\n\nThe sale was sudden, {short} said.\n"
    assert claims_of(text)[-1].speaker == "Hockey Players Association"


def test_an_acronym_of_two_names_stands_as_it_is(claims_of):
    both = "The Hockey Players Association met the Harbour Pilots Association in May."
    text = f"{both}\n\nThe sale was sudden, the HPA said.\n"
    assert claims_of(text)[-1].speaker == "HPA"


def test_a_body_is_taken_up_by_what_it_is(claims_of):
    text = "The flaw was found by security firm Netgrove in May. The firm said the app gave away addresses.\n"
    assert claims_of(text)[-1].speaker == "Netgrove"


def test_another_body_is_not_taken_up(claims_of):
    text = "Netgrove cut 300 jobs in May. The parent company said demand had fallen.\n"
    assert claims_of(text)[-1].speaker == "The parent company"


def test_by_saying_is_what_the_subject_does(claims_of):
    text = "The Health Secretary, Jack Rowe, surprised doctors and the public by saying smoking would be banned.\n"
    assert [claim.speaker for claim in claims_of(text)] == ["Jack Rowe"]


def test_who_adds_something_beside_is_who_said_it(claims_of):
    text = "European governments should vaccinate more, the agency said, also signalling it was ready to help.\n"
    assert {claim.speaker for claim in claims_of(text)} == {"the agency"}


def test_a_thing_speaks_no_further_quotation(claims_of):
    text = (
        "Ms Holm said the fair was a public event, which let everybody speak, “including the priests”.\n\n"
        "“We want to say that the priests were real.”\n"
    )
    assert claims_of(text)[-1].speaker == "Holm"


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("CEO of Steelworks", "The chief executive"),
        ("chief executive of Steelworks", "The CEO"),
        ("coach of Rovers", "The manager"),
        ("a biologist at Hallam", "The researcher"),
    ],
)
def test_another_word_for_the_same_title_is_the_same_person(claims_of, role, words):
    text = f"Dana Pope, {role}, met reporters in May. {words} said it was too early.\n"
    assert claims_of(text)[-1].speaker == "Dana Pope"


def test_the_team_is_of_the_only_people_who_spoke(claims_of):
    text = "The Tarnish investigators said the boat was hit.\n\nThe Tarnish team said that the shots were meant.\n"
    assert claims_of(text)[-1].speaker == "The Tarnish investigators"


def test_the_team_of_two_groups_stands_as_it_is(claims_of):
    text = "Scientists said the lake was dry.\n\nEngineers said the dam leaked.\n\nThe team said it was bad.\n"
    assert claims_of(text)[-1].speaker == "The team"

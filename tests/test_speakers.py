"""Who the words of a source stand for; a wrong name is worse than none."""

import re

import pytest


def speakers(claims) -> list[str | None]:
    return [claim.speaker for claim in claims]


def test_a_last_name_is_given_its_full_form(claims_of):
    text = "Senator Ann Roe said the bridge was unsafe. The council met. Roe said it would close.\n"
    assert speakers(claims_of(text)) == ["Ann Roe", "Ann Roe"]


def test_he_is_the_one_who_spoke_before(claims_of):
    text = "John Roe said the bridge was unsafe.\n\nHe said it would be closed.\n"
    assert speakers(claims_of(text)) == ["John Roe", "John Roe"]


def test_she_is_not_he(claims_of):
    text = "Mr. John Roe met Ms. Ann Lee in May. She said the bridge was unsafe.\n"
    assert speakers(claims_of(text)) == ["Ann Lee"]


def test_the_official_takes_up_the_official(claims_of):
    text = "A senior Iranian official said the talks had failed.\n\n“There is no hope,” the official said.\n"
    first, second = claims_of(text)
    assert first.speaker == second.speaker == "A senior Iranian official"
    assert (second.speaker_kind, second.named) == ("person", False)


def test_a_description_that_nothing_fits_stays_as_it_stands(claims_of):
    claim = claims_of("The bridge is unsafe, the engineer said.\n")[0]
    assert (claim.speaker, claim.named) == ("the engineer", False)


def test_nobody_is_invented_for_a_pronoun(claims_of):
    claim = claims_of("The bridge is unsafe, he said.\n")[0]
    assert (claim.speaker, claim.speaker_kind, claim.named) == ("he", "unknown", False)


def test_joint_speakers_are_kept_together_and_listed(claims_of):
    claim = claims_of("Ann Roe and John Lee said the bridge was unsafe.\n")[0]
    assert claim.speaker == "Ann Roe and John Lee"
    assert claim.speakers == ("Ann Roe", "John Lee")
    assert claim.speaker_kind == "group"


def test_a_statement_speaks_for_whoever_issued_it(claims_of):
    text = "The Hezbollah statement said the men had met. The statement added that they would meet again.\n"
    first, second = claims_of(text)
    assert first.speaker == second.speaker == "Hezbollah"
    assert first.medium.text == "The Hezbollah statement"


def test_a_relative_pronoun_is_the_one_it_follows(claims_of):
    claim = claims_of("The council heard a Lebanese source who said the talks had failed.\n")[-1]
    assert (claim.source.text, claim.speaker) == ("who", "a Lebanese source")


def test_a_pronoun_never_crosses_into_another_article(claims_of):
    prose = "John Roe said that the bridge over the river was unsafe and that the council had known of it for years. "
    filler = "The ferry will run for most of the year and the council of the town will pay for it as before. "
    text = (
        f"Bridge Over River Is Unsafe\n\nBridge Over River Is Unsafe\n\n{prose}{filler}\n\n\n"
        f"Ferry To Run All Year\n\nFerry To Run All Year\n\nHe said the ferry would run. {filler}{filler}\n"
    )
    first, second = claims_of(text)
    assert (first.article, first.speaker) == (1, "John Roe")
    assert (second.article, second.speaker) == (2, "He")


def test_a_given_name_tells_whom_she_takes_up(claims_of):
    text = "Carol Lee met John Roe on Friday. She said the bridge was unsafe.\n\nHe denied that it was.\n"
    assert speakers(claims_of(text)) == ["Carol Lee", "John Roe"]


def test_a_first_name_finds_its_full_one(claims_of):
    text = "Carol Lee runs the port. Ms. Carol said the ferry was late.\n"
    assert speakers(claims_of(text)) == ["Carol Lee"]


def test_people_of_a_party_are_no_organization(claims_of):
    claim = claims_of("Some Republicans said the bridge was unsafe.\n")[0]
    assert (claim.speaker, claim.speaker_kind, claim.named) == ("Some Republicans", "group", False)


def test_a_description_with_a_name_is_that_person(claims_of):
    claim = claims_of("The governor's chief of staff, Ann Roe, said the bridge was unsafe.\n")[0]
    assert (claim.speaker, claim.speaker_role) == ("Ann Roe", "The governor's chief of staff")


def test_a_title_written_short_is_the_description_written_long(claims_of):
    text = "Sen. Ann Roe and Gov. John Lee met on Monday.\n\nThe senator said the bridge was unsafe.\n"
    assert speakers(claims_of(text)) == ["Ann Roe"]


NOUNS = """
councilwoman defendant victim lawyer nurse engineer teacher senator farmer banker captain priest widow
tenant driver sheriff diplomat singer broker pilot baker minister student doctor coach sculptor historian
landlord soldier fisherman plumber ambassador novelist chemist juror curator midwife colonel prosecutor
candidate
"""


@pytest.mark.parametrize(
    "text",
    [
        "Mayor Tom Hale said the plan was dead.\n\nThe {} said it was alive.\n",
        "Mayor Tom Hale opened the hall. The former {} said it was alive.\n",
        "Tom Hale, a painter, said the plan was dead.\n\n“It is alive,” said the young {}.\n",
        "Tom Hale said the plan was dead. The {}, who lives next door, said it was alive.\n",
    ],
)
def test_a_noun_is_nobody_whom_the_text_does_not_call_so(claims_of, text):
    told = {noun: claims_of(text.format(noun))[-1].speaker for noun in re.findall(r"\w+", NOUNS)}
    assert {noun: speaker for noun, speaker in told.items() if noun not in speaker} == {}


def test_an_office_is_not_somebody_elses(claims_of):
    text = "President Ann Roe spoke first. The French president said the port would close.\n"
    assert speakers(claims_of(text)) == ["The French president"]


def test_he_in_an_indirect_statement_is_who_makes_it(claims_of):
    text = "Jim Lee spoke first on Monday.\n\nJohn Roe said he hoped that the bridge would open.\n"
    found = [claim.speaker for claim in claims_of(text) if claim.cue.text == "hoped"]
    assert found == ["John Roe"]


def test_they_take_up_joined_names(claims_of):
    text = "John Roe and Ann Lee met on Monday. They said the bridge was unsafe.\n"
    assert speakers(claims_of(text)) == ["John Roe and Ann Lee"]


def test_a_poll_of_a_place_is_not_the_places(claims_of):
    claim = claims_of("Florida polls show that voters want a bridge.\n")[0]
    assert (claim.speaker, claim.speaker_kind) == ("Florida polls", "document")


def test_a_statement_from_an_office_is_the_offices(claims_of):
    claim = claims_of("A statement from the mayor’s office said the bridge was unsafe.\n")[0]
    assert claim.speaker == "the mayor’s office"
    assert claim.medium.text == "A statement from the mayor’s office"


def test_the_role_stands_behind_the_name_too(claims_of):
    claim = claims_of("The port is closed, said Ann Roe, a senior researcher at the Sea Institute.\n")[0]
    assert (claim.speaker, claim.speaker_role) == ("Ann Roe", "a senior researcher at the Sea Institute")


def test_a_verb_and_a_day_are_no_part_of_a_name(claims_of):
    text = "Entrusting Donald Roe with the port is a risk. He said that the bridge was unsafe.\n"
    assert speakers(claims_of(text)) == ["Donald Roe"]


def test_a_chain_is_kept_whichever_way_the_parser_reads_it(claims_of):
    before = "Hizbullah's Al-Manar TV reported that the crossing was closed.\n\n"
    sentence = "“This is our fight,” Roe told Lee, said one Iranian source.\n"
    for text in (sentence, before + sentence):
        found = {claim.speaker: claim for claim in claims_of(text)}
        assert found["one Iranian source"].content.text == "“This is our fight,” Roe told Lee"
        assert [voice.speaker for voice in found["Roe"].via] == ["one Iranian source"]
        assert found["Roe"].addressee.text == "Lee"


def test_a_ministry_is_not_some_other_body(claims_of):
    text = "The fighters of Hizbullah left on Monday.\n\nThe ministry said that the port was closed.\n"
    assert speakers(claims_of(text)) == ["The ministry"]


def test_the_statement_is_whose_it_was(claims_of):
    text = "The ministry said in a statement that the port was closed. The statement added that ships had left.\n"
    first, second = claims_of(text)
    assert first.speaker == second.speaker == "The ministry"
    assert second.medium.text == "The statement"


def test_who_is_asked_is_not_who_asks(claims_of):
    asked, said = claims_of("Asked whether the bridge would open, the mayor said, “Probably.”\n")
    assert (asked.speaker, asked.type) == (None, "question")
    assert (said.speaker, said.content.text) == ("the mayor", "“Probably.”")


def test_a_suffix_belongs_to_the_name(claims_of):
    text = "John Roe, Jr. denied that the port was open. Roe added that it never would be.\n"
    assert speakers(claims_of(text)) == ["John Roe, Jr."] * 2


def test_both_are_the_two_persons_of_the_paragraph(claims_of):
    (claim,) = claims_of("Ann Roe met John Lee on Thursday. Both said the bridge was unsafe.\n")
    assert claim.speakers == ("Ann Roe", "John Lee")


def test_both_of_three_persons_stays_both(claims_of):
    (claim,) = claims_of("Ann Roe met John Lee on Thursday. Mary Fox was ill. Both said the bridge was unsafe.\n")
    assert claim.speaker == "Both"


def test_the_city_of_a_name_is_that_city(claims_of):
    (claim,) = claims_of("The cities of Blackpool and Liverpool said they would close their bridges.\n", least=0.7)
    assert (claim.speakers, claim.speaker_kind) == (("Blackpool", "Liverpool"), "organization")


def test_a_persons_campaign_is_named_by_the_person(claims_of):
    text = "Ann Roe's campaign said the bridge was unsafe. The campaign said it would close.\n"
    named, again = claims_of(text)
    assert (named.speaker, named.named) == ("Ann Roe's campaign", True)
    assert (again.speaker, again.named) == ("Ann Roe's campaign", True)


def test_some_of_a_group_are_they(claims_of):
    said, believe = claims_of("Some 20 percent of people said they believe the bridge is unsafe.\n")
    assert said.speaker == believe.speaker == "Some 20 percent of people"
    assert believe.via == ()


def test_a_cue_in_brackets_keeps_to_its_brackets(claims_of):
    text = "The mayor said the port would cost nothing (the price is closer to 15 million, according to the council).\n"
    _mayor, council = claims_of(text)
    assert council.content.text == "the price is closer to 15 million"


def test_a_cue_alone_in_brackets_takes_what_stands_before_them(claims_of):
    claims = claims_of("The bridge will be closed for a year (according to the council).\n")
    assert [claim.content.text for claim in claims] == ["The bridge will be closed for a year"]


def test_who_is_a_person_and_no_place_beside_them(claims_of):
    text = (
        "The unreleased department video of the fight has become a focal point for demonstrators here, "
        "who have taken to the streets and called for footage to be released.\n"
    )
    assert speakers(claims_of(text)) == ["demonstrators here"]


def test_the_wife_is_not_the_man_just_named(claims_of):
    text = "John Roe was at home on Monday. The wife said the bridge was unsafe.\n"
    assert speakers(claims_of(text)) == ["The wife"]


def test_a_family_is_none_of_its_members(claims_of):
    text = "John Roe was buried on Monday. The family said the bridge was unsafe.\n"
    assert speakers(claims_of(text)) == ["The family"]


def test_a_description_with_a_clause_of_its_own_takes_up_nobody(claims_of):
    text = "A report called the bridge safe. The report released by the union said the bridge was unsafe.\n"
    assert claims_of(text)[-1].speaker == "The report released by the union"


def test_months_are_nobody(claims_of):
    text = "The count rose in January and September. They said the bridge was unsafe.\n"
    assert speakers(claims_of(text)) == ["They"]


def test_he_of_a_side_clause_is_the_subject_it_hangs_on(claims_of):
    text = "John Roe said Jim Lee had been warned before he told the council that the bridge was safe.\n"
    assert speakers(claims_of(text)) == ["John Roe", "Jim Lee"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Tunde Adeyemi, an engineer at the plant, said the wall was safe. “We checked it,” Adeyemi said.",
            "Tunde Adeyemi",
        ),
        ("Ananya Chatterjee said the wall was safe.", "Ananya Chatterjee"),
        ("Naledi Dlamini told the council that it was safe. She said that it was old.", "Naledi Dlamini"),
        ("Wang Fang said the wall was safe. Wang added that it was old.", "Wang Fang"),
        ("Lt. Col. Maya Reyes said the wall was safe.", "Maya Reyes"),
    ],
)
def test_a_person_is_one_wherever_the_name_is_from(claims_of, text, expected):
    told = claims_of(f"{text}\n")
    assert {(claim.speaker, claim.speaker_kind) for claim in told} == {(expected, "person")}


def test_two_of_one_surname_named_side_by_side_are_either(claims_of):
    text = "Senator Bernard Hart and clerk Sarah Hart met on Monday.\n\nHart said the cuts would hurt children.\n"
    assert speakers(claims_of(text)) == ["Hart"]


def test_he_is_the_subject_of_the_sentence_before_rather_than_the_last_speaker(claims_of):
    text = "Marco Rossi said the plan was dead.\n\nDavid Lang disagreed. “It lives,” he said.\n"
    assert speakers(claims_of(text)) == ["Marco Rossi", "David Lang"]


def test_the_company_is_the_subject_of_the_sentence_before(claims_of):
    text = "Ruth Abel of Lazard declined to comment.\n\nHelix Robotics cut its forecast. "
    assert speakers(claims_of(f"{text}The company said its target stood.\n"))[-1] == "Helix Robotics"


def test_a_suffix_belongs_to_a_name_and_a_rank_does_not(claims_of):
    text = "Lt. Col. Maya P. Reyes Jr. told the council that the bridge was closed.\n"
    assert speakers(claims_of(text)) == ["Maya P. Reyes Jr."]

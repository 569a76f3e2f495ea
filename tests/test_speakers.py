"""Who the words of a source stand for; a wrong name is worse than none."""


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
    claim = claims_of("The council heard a Lebanese source who said the talks had failed.\n")[0]
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

"""Quotations that no cue claims: whose they are, what they are not, and how a claim without a cue is shown."""

from claims_cli import api
from claims_cli.claim import Claim
from claims_cli.formats import plain


def listed(text: str) -> list[Claim]:
    return list(api.extract([plain.read("a.txt", text.encode())], duplicates="keep"))


def test_a_quotation_behind_a_statement_has_its_speaker_and_no_cue():
    _, claim = listed("Mayor Ann Roe said the town was broke. “We have sold the fire engine.”")
    assert (claim.speaker, claim.cue, claim.cue_lemma, claim.source.text) == ("Ann Roe", None, None, "Mayor Ann Roe")
    assert (claim.quote, claim.type, claim.negated) == ("direct", "statement", False)
    assert (claim.start, claim.end) == claim.content.spans[0]


def test_what_is_asked_is_a_question():
    *_, claim = listed("The teachers said they were tired. “Does anybody read our letters?”")
    assert (claim.speaker, claim.type) == ("The teachers", "question")


def test_what_is_told_in_it_stands_inside_it():
    claims = listed("Ann Roe shook her head. “Jim Lee told me that the bridge was safe.”")
    outer, inner = claims
    assert (outer.speaker, outer.cue) == ("Ann Roe", None)
    assert inner.speaker == "Jim Lee"
    assert [(voice.speaker, voice.cue, voice.claim) for voice in inner.via] == [("Ann Roe", None, outer.id)]


def test_a_quotation_goes_on_behind_the_words_that_tell_who_said_the_first():
    text = "“I will not pay,” Ann Roe told “Morning News” on Monday. “I have no money.”"
    (claim,) = (claim for claim in listed(text) if claim.speaker == "Ann Roe")
    assert [claim.content.text.count(words) for words in ("I will not pay", "I have no money")] == [1, 1]


def test_titles_slogans_and_names_are_no_quotations():
    assert listed("Ann Roe sold the house in May. “The House That Floats” stood on its gate.") == []
    assert listed("Ann Roe bought a ticket. “The Bridge.”") == []


def test_a_block_below_its_announcement_is_all_one_claim():
    (claim,) = listed(
        "The ministry wrote on Monday:\n\n    The ship left. No shot was fired.\n\n    It is back.\n\nIt is old."
    )
    assert claim.cue.text == "wrote"
    assert claim.content.text == "The ship left. No shot was fired.\n\n    It is back"


def test_a_signature_in_the_line_below_ends_the_words_of_its_signer():
    text = "“I am proud of this vote.”\n— Ann Roe\n\n“I am ashamed of this vote.”\n— Jim Lee"
    assert [(claim.speaker, claim.content.text) for claim in listed(text)] == [
        ("Ann Roe", "“I am proud of this vote.”"),
        ("Jim Lee", "“I am ashamed of this vote.”"),
    ]

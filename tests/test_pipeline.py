"""What is found in small invented stories, as a reader would want it."""

import pytest

from claims_cli.pipeline.attribute.nesting import nest
from claims_cli.pipeline.attribute.spans import Attribution
from claims_cli.pipeline.match.candidates import Candidate


def only(claims):
    assert len(claims) == 1, [(claim.speaker, claim.content.text) for claim in claims]
    return claims[0]


def said(claims) -> list[tuple[str | None, str]]:
    return [(claim.speaker, claim.content.text) for claim in claims]


def test_a_heading_does_not_run_into_the_next_line(claims_of):
    claim = only(claims_of("City Council News\nThe bridge is unsafe, said Ann Roe.\n"))
    assert (claim.speaker, claim.content.text, claim.line) == ("Ann Roe", "The bridge is unsafe", 2)


def test_a_line_broken_at_a_width_is_one_sentence(claims_of):
    text = (
        "The mayor of the city said on Monday that the old bridge over the\n"
        "river would be closed to all cars for most of the coming year and\n"
        "that the council had agreed to pay for a ferry until it was open.\n"
        "Nobody had asked him about the cost of the ferry or of the bridge\n"
        "before the meeting.\n"
    )
    claim = claims_of(text)[0]
    assert claim.speaker == "The mayor of the city"
    assert "would be closed to all cars" in " ".join(claim.content.text.split())


def test_a_quotation_goes_on_behind_its_cue_and_in_the_next_paragraph(claims_of):
    text = (
        "“The bridge is unsafe,” said Ann Roe. “We have to close it.\n\n"
        "“There is no other way.”\n\nThe council met later.\n"
    )
    claim = only(claims_of(text))
    assert claim.content.text == "“The bridge is unsafe,” … “We have to close it. … “There is no other way.”"
    assert claim.quote == "direct"


def test_an_interrupted_content_keeps_both_halves(claims_of):
    claim = only(claims_of("The bridge, she said, is unsafe.\n"))
    assert claim.content.text == "The bridge … is unsafe"
    assert claim.content.spans == ((0, 10), (22, 31))


def test_a_nested_attribution_is_a_claim_of_its_own_with_its_voices(claims_of):
    outer, inner = claims_of("Ann Roe said that the minister had told the council the bridge was safe.\n")
    assert (outer.speaker, outer.via) == ("Ann Roe", ())
    assert (inner.speaker, inner.addressee.text) == ("the minister", "the council")
    assert [(voice.speaker, voice.cue, voice.claim) for voice in inner.via] == [("Ann Roe", "said", outer.id)]
    assert inner.sentence == outer.sentence


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("“The bridge is unsafe,” said Ann Roe.", "direct"),
        ("Ann Roe said the bridge was “a disaster.”", "mixed"),
        ("Ann Roe said the bridge was unsafe.", "indirect"),
    ],
)
def test_the_quote_kind_tells_how_much_stands_in_marks(claims_of, text, quote):
    assert claims_of(text)[0].quote == quote


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ann Roe said that the bridge was unsafe.", "statement"),
        ("Ann Roe denied that the bridge was unsafe.", "denial"),
        ("Ann Roe asked whether the bridge was safe.", "question"),
        ("Ann Roe urged the council to close the bridge.", "request"),
        ("Ann Roe vowed to close the bridge.", "commitment"),
        ("Ann Roe declined to comment.", "no-comment"),
        ("The company did not respond to requests for comment.", "no-comment"),
        ("The poll shows that most voters want a ferry.", "evidence"),
        ("Ann Roe believes that the bridge is unsafe.", "thought"),
        ("Ann Roe wants to close the bridge.", "intention"),
    ],
)
def test_the_type_tells_what_was_done_with_words(claims_of, text, kind):
    assert claims_of(text)[0].type == kind


def test_a_negated_attribution_says_so(claims_of):
    claim = only(claims_of("Ann Roe did not tell the council that the bridge was unsafe."))
    assert (claim.negated, claim.type) == (True, "statement")
    assert claim.cue.text == "did not tell"
    assert claim.addressee.text == "the council"


def test_a_claim_without_a_source_names_nobody(claims_of):
    claim = claims_of("It was reported that the bridge had fallen.")[0]
    assert (claim.speaker, claim.speakers, claim.speaker_kind, claim.named) == (None, (), "unknown", False)


def test_an_outlet_that_was_told_is_the_medium(claims_of):
    claim = only(claims_of("The bridge is unsafe, Ann Roe told Reuters on Monday."))
    assert (claim.medium.text, claim.addressee) == ("Reuters", None)
    assert claim.when.text == "on Monday"


def test_citing_names_the_basis(claims_of):
    claim = claims_of("The company will close, The Daily Post reported, citing two officials.")[0]
    assert [basis.speaker for basis in claim.citing] == ["two officials"]


def test_captions_and_repeated_lines_make_no_claims(claims_of):
    text = (
        "Mayor Says Bridge Is Unsafe\n\nAnn Roe says the bridge is closed. (Jo Lee/Reuters)\n\n"
        "Mayor Says Bridge Is Unsafe\n\nThe council met on Monday to talk to the people of the town.\n"
    )
    assert [claim.line for claim in claims_of(text)] == [1]


def test_ids_depend_on_the_text_alone(extractor):
    from claims_cli.formats import plain

    data = b"Ann Roe said the bridge was unsafe. She denied the report.\n"
    (one,), (other,) = ([r[1] for r in extractor.extract([plain.read(name, data)])] for name in ("a.txt", "b/c.txt"))
    assert [claim.id for claim in one] == [claim.id for claim in other]
    assert len({claim.id for claim in one}) == len(one)


def test_contents_in_pieces_that_hold_each_others_cues_nest_in_no_circle():
    def attribution(cue: int, *content: tuple[int, int]) -> Attribution:
        candidate = Candidate(None, {"cue": cue}, None, "", 0.9, 0.9)
        return Attribution(candidate, [(cue, cue)], list(content))

    ring = [attribution(0, (4, 4), (6, 6)), attribution(4, (5, 5), (8, 8)), attribution(8, (0, 0), (9, 9))]
    nest(ring, 0.4)
    for one in ring:
        around = [one]
        while around[-1].outer is not None and len(around) < 9:
            around.append(around[-1].outer)
        assert len(around) <= len(ring)

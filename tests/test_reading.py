"""What is read of a text: words without what nobody sees in them, each at its own place."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claims_cli.pipeline.parse.reading import Reading

ODD = "\u00ad\u200b\u200e\u202a\u2060\u2068\ufeff"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("an\u00adnounced", "announced"),
        ("\u202aAl-Farabi\u202c said", "Al-Farabi said"),
        ("It is over.\u200bThe mill", "It is over. The mill"),
        ("har\u00ad\nbour", "harbour"),
        ("con\ufb01rmed o\ufb03cers", "confirmed officers"),
        ("“We will pay,”¹ said Roe.²", "“We will pay,” said Roe."),
        ("“We will pay,”12 the union said.13", "“We will pay,” the union said."),
        ("Roe¹ sold 40 m² of it", "Roe sold 40 m² of it"),
        ("It was . . . late. . . . He left", "It was ... late.... He left"),
        ("On May 3. He left in 1999. It rained", "On May 3. He left in 1999. It rained"),
    ],
)
def test_what_is_no_word_is_left_out(text, read):
    assert Reading.of(text).text == read


@given(st.text(alphabet=f"ab .,”’123¹\n\ufb01{ODD}", max_size=60))
@example("1\na.")
def test_every_character_read_stands_at_its_place(text):
    reading = Reading.of(text)
    assert len(reading.places) == len(reading.text)
    assert list(reading.places) == sorted(reading.places)
    for place, letter in zip(reading.places, reading.text, strict=True):
        is_joined = (letter, text[place]) == (" ", "\n")  # a line that goes on is read behind a space
        assert text[place] == letter or is_joined or text[place] in f"\ufb01{ODD}"


def test_spans_are_the_words_as_they_stand(claims_of):
    text = "\ufeff“We will not leave,”¹ sa\u200bid Nora Wil\u00adkins\u2060, the o\ufb03cial.\n"
    (claim,) = claims_of(text)
    assert claim.speaker == "Nora Wilkins"
    assert (claim.source.text, claim.cue.text) == ("Nora Wil\u00adkins\u2060, the o\ufb03cial", "sa\u200bid")
    for span in (claim.source, claim.cue, claim.content):
        assert all(re.fullmatch(r"\S(.*\S)?", text.lstrip("\ufeff")[start:end], re.S) for start, end in span.spans)


@pytest.mark.parametrize("odd", ["\u00ad", "\u200b", "\u200e", "\u2060"])
def test_odd_characters_change_no_claim(claims_of, odd):
    plain = "“We will not leave,” said Nora Wilkins, the warden. Pavel Horak told reporters that the mill was sold.\n"
    strewn = re.sub(r"(?<=\w)(?=\w)", odd, plain)
    found, expected = claims_of(strewn), claims_of(plain)
    assert [claim.speaker for claim in found] == [claim.speaker for claim in expected]
    assert [claim.content.text.replace(odd, "") for claim in found] == [claim.content.text for claim in expected]

"""A content ends where the next voice begins, told from the contents that are listed."""

import pytest

import claims_cli


def said(text: str) -> list[tuple[str | None, str]]:
    """Speaker and content of every claim, in the order of the text."""
    return [(claim.speaker, claim.content.text) for claim in claims_cli.extract_text(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mia Dahl said the well was dry, while Tom Brandt said it had never been fuller.",
            [("Mia Dahl", "the well was dry"), ("Tom Brandt", "it had never been fuller")],
        ),
        (
            "The captain said the ship was sound; the inspector said it was not.",
            [("The captain", "the ship was sound"), ("the inspector", "it was not")],
        ),
        (
            "The pier would close, Ann Roe said; the levy was void, Tom Brandt said.",
            [("Ann Roe", "The pier would close"), ("Tom Brandt", "the levy was void")],
        ),
        (
            "“We lost everything,” said Mia Dahl; “we lost nothing,” said Tom Brandt.",
            [("Mia Dahl", "“We lost everything,”"), ("Tom Brandt", "“we lost nothing,”")],
        ),
        (
            "Mia Dahl said the orchard was sold and insisted that the price was fair.",
            [("Mia Dahl", "the orchard was sold"), ("Mia Dahl", "that the price was fair")],
        ),
        (
            "The company said two hundred jobs would go, while the union put the figure at five hundred.",
            [("The company", "two hundred jobs would go"), ("the union", "the figure at five hundred")],
        ),
    ],
)
def test_a_content_ends_where_the_next_voice_begins(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize("mark", ["[3]", "[12][13]", "[a]", "[note 3]", "¹", "†", "7"])
def test_a_footnote_mark_ends_no_less_than_the_sentence_before_it(mark):
    text = f"The clinic said the vaccine was harmless.{mark} Mia Dahl said it was not tested."
    assert said(text) == [("The clinic", "the vaccine was harmless"), ("Mia Dahl", "it was not tested")]


def test_a_footnote_mark_inside_a_content_stays_in_its_text():
    assert said("The clinic said the vaccine[3] was harmless.") == [("The clinic", "the vaccine[3] was harmless")]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Mia Dahl said that Tom Brandt had denied it.", "Mia Dahl", "that Tom Brandt had denied it"),
        (
            "Mia Dahl said that the well was dry and that Tom Brandt said so too.",
            "Mia Dahl",
            "that the well was dry and that Tom Brandt said so too",
        ),
        (
            "Mia Dahl said the well was dry; the pump was broken; the pipes had burst.",
            "Mia Dahl",
            "the well was dry; the pump was broken; the pipes had burst",
        ),
        ("The well was dry; the pump was broken, Mia Dahl said.", "Mia Dahl", "The well was dry; the pump was broken"),
        (
            "Mia Dahl said the well was full, while the farmers wanted a new one.",
            "Mia Dahl",
            "the well was full, while the farmers wanted a new one",
        ),
    ],
)
def test_what_a_speaker_tells_of_others_stays_in_the_content(text, speaker, content):
    assert (speaker, content) in said(text)

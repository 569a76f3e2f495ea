"""Quotation marks: paired by paragraph, never an error, never one mark that swallows the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims_cli.pipeline.parse.quotations import pair


def quoted(text: str) -> list[str]:
    """What each pair of marks holds, marks included."""
    return [text[start:end] for start, end, *_ in pair(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Yes,” he said. “No.”", ["“Yes,”", "“No.”"]),
        ('"Yes," he said. "No."', ['"Yes,"', '"No."']),
        ("''Yes,'' he said, ''no.''", ["''Yes,''", "''no.''"]),
        ("'Yes,' he said. The allies' plan. 'No.'", ["'Yes,'", "'No.'"]),
        ("« Oui », dit-il.", ["« Oui »"]),
        ("„Ja“, sagte er.", ["„Ja“"]),
        ("“He said ‘no’ to me,” she said.", ["“He said ‘no’ to me,”", "‘no’"]),
        ('"He said "no" to me," she said.', ['"He said "no" to me,"', '"no"']),
        ('“Mixed marks," he said.', []),
        ('He is 6\'2" tall and "big".', ['"big"']),
        ("The allies’ plan failed, the mayor’s too.", []),
        ("The plan of the ’90s, the allies’ own.", []),
        ("So he did” it.", []),
        ("‘They’ve ’phoned twice,’ he said.", ["‘They’ve ’phoned twice,’"]),
        ("'Give 'em bread,' he said, 'and they'll stay.'", ["'Give 'em bread,'", "'and they'll stay.'"]),
        ("‘The boss’ said the workers’ union", ["‘The boss’"]),
        ('" We will pay , " she said . " No . "', ['" We will pay , "', '" No . "']),
        ("He said 'goodbye. And the lights went out.", []),
        ("“It goes on to the end", ["“It goes on to the end"]),
    ],
)
def test_marks_are_paired_as_a_reader_would(text, expected):
    if text.startswith("“Mixed"):
        assert all(part.startswith("“") for part in quoted(text))
    else:
        assert quoted(text) == expected


def test_single_marks_hold_a_paragraph_that_the_next_one_goes_on_with():
    text = "He said: ‘We learned of it from the neighbours’ son."
    assert quoted(text) == ["‘We learned of it from the neighbours’"]
    assert [text[start:end] for start, end, *_ in pair(text, 0, len(text), "‘")] == [text[9:]]
    assert pair("The ‘old’ mill’s boss said no.", 0, 30, "‘")[0][:2] == (4, 9)


def test_an_odd_mark_ends_with_its_paragraph(claims_of):
    text = 'An odd " mark stands here.\n\n“We are ready,” said Ann Roe.\n'
    assert [claim.content.text for claim in claims_of(text)] == ["“We are ready,”"]


@given(st.text(alphabet="ab .,\"'“”‘’«»„‟\n–—-92", max_size=80))
def test_any_marks_give_true_places_that_do_not_cross(text):
    found = pair(text, 0, len(text))
    for start, end, _, depth in found:
        assert 0 <= start < end <= len(text)
        assert depth >= 0
    for one in found:
        for other in found:
            assert not one[0] < other[0] < one[1] < other[1]


@pytest.mark.parametrize("mark", ['"', "“", "'", "(", "—"])
def test_a_hundred_thousand_marks_cost_nothing(claims_of, mark):
    text = f"{mark * 100_000}\n\nThe bridge is unsafe, said Ann Roe.\n"
    assert [claim.speaker for claim in claims_of(text)] == ["Ann Roe"]

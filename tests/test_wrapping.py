"""Lines that were broken at a width."""

import pytest

from claims_cli.articles.lines import lines_of
from claims_cli.articles.wrapping import is_next_line, is_wrapped_throughout

WRAPPED = [
    "The mayor said on Monday that the old bridge",
    "was unsafe, and that the ferry would replace",
    "it from Thursday. A spokesman for the mayor",
    "declined to say what that would cost.",
]
LIST = [
    "Bridge is unsafe, engineers warn the old town",
    "Ferry to replace the bridge, says its mayor",
    "Council to meet on Thursday about the costs",
    "Fishermen threaten to go to court over it",
]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_paragraph_that_was_broken_at_a_width_is_one_line(end):
    text = end.join(WRAPPED)
    (line,) = lines_of(text, 0, len(text))
    assert (line.start, line.end, line.text) == (0, len(text), " ".join(WRAPPED))


@pytest.mark.parametrize("lines", [LIST, ["the ferry", "the bridge", "the mayor"]], ids=["headlines", "narrow"])
def test_lines_that_end_where_their_writer_wanted_stay_lines(lines):
    text = "\n".join(lines)
    assert [line.text for line in lines_of(text, 0, len(text))] == lines


def test_an_empty_line_divides_paragraphs_that_were_broken_at_a_width():
    text = "\n".join(WRAPPED) + "\n \n" + "\n".join(WRAPPED)
    assert [line.text for line in lines_of(text, 0, len(text))] == [" ".join(WRAPPED)] * 2
    assert not is_next_line(text, text.index("\n \n"), text.index("\n \n") + 3)


def test_a_text_is_broken_at_a_width_where_most_of_its_lines_go_on():
    assert is_wrapped_throughout("\n".join(WRAPPED))
    assert not is_wrapped_throughout("\n".join(LIST))
    assert not is_wrapped_throughout("\n".join(WRAPPED[:3]))  # two line ends are too few to tell

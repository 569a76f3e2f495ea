"""Texts of many megabytes are arranged stretch by stretch, and read as they are at once."""

import pytest

from claims_cli.articles import stretches
from claims_cli.articles.arranger import Arranger
from claims_cli.articles.languages import Linguist
from claims_cli.formats import plain
from claims_cli.rulebook import load

ARTICLE = """Mayor number {0} says bridge will stay closed

By Ann Roe

Published 4 November 2013

Share on Facebook

The mayor said on Monday that the old bridge number {0} would have to be closed to all traffic until the spring of next
year at the very least, and she added that nobody knew what it would cost.

MR. MILLER: I was warned {0} times.

“We waited for {0} years,” Jim Lee said. He blamed the council.

"""
TEXTS = {
    "articles": "".join(ARTICLE.format(number) for number in range(10, 30)),
    "ends of Windows": "".join(ARTICLE.format(number) for number in range(10, 30)).replace("\n", "\r\n"),
    "a transcript": "".join(
        f"MS. ROE: Did you see it {n} times?\n\nMR. LEE: I saw it {n} times.\n\n" for n in range(40)
    ),
    "rows": "| Who | What |\n|---|---|\n| Roe | I saw it |\n| Lee | I did not |\n\nShe said no.\n\n" * 30,
    "one paragraph": "She said that it was so. " * 200,
    "another language": "Der Bürgermeister sagte am Montag, dass die Brücke geschlossen bleiben muss.\n\n" * 40,
}


@pytest.mark.parametrize("name", list(TEXTS))
def test_a_text_in_stretches_is_arranged_as_at_once(monkeypatch, name):
    rulebook = load()
    arranger, linguist = Arranger(rulebook), Linguist(rulebook)
    document = plain.read("story.txt", TEXTS[name].encode())
    whole = linguist.recognise(arranger.arrange(document))
    monkeypatch.setattr(stretches, "LONGEST", 1_500)
    apart = linguist.recognise(arranger.arrange(document))
    assert apart.text == whole.text
    assert apart.language == whole.language
    assert apart.foreign == whole.foreign
    assert [turn.speaker for turn in apart.turns] == [turn.speaker for turn in whole.turns]
    assert [turn.body for turn in apart.turns] == [turn.body for turn in whole.turns]
    assert apart.blocks == whole.blocks
    assert apart.articles[0].start == 0
    assert apart.articles[-1].end == len(document.text)
    assert all(one.end == other.start for one, other in zip(apart.articles, apart.articles[1:], strict=False))
    assert [article.number for article in apart.articles] == list(range(1, len(apart.articles) + 1))

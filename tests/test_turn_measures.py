"""What the benchmark of turns takes for gold, and what it counts as right."""

from types import SimpleNamespace

import pytest

from benchmarks import interviews, transcripts, turns
from claims_cli.claim import Document, Span

BRIEFING = """---
title: A briefing
---

The mill
11:02 A.M. EST

MS. LIE:\xa0 Good morning.\xa0 The ferry is
late.\xa0 (Laughter.)

It sank: all of it.

(Applause.)

Q\xa0\xa0\xa0 Who rang \\[inaudible\\] the bell?

MR. OUD: The cook.

END\xa0 11:40 A.M. EST
"""

INTERVIEW = """# newpar
# newpar_block = head (1 s)
# text = McLie talks
1	x

# newpar
# newpar_block = sp who:::"#Gazette" (1 s) | p (1 s)
# speaker = Gazette
# text = Why is it late?
1	x

# newpar
# newpar_block = sp who:::"#TuvaMcLie" (2 s) | p (2 s)
# speaker = TuvaMcLie
# text = It sank.
1	x

# speaker = TuvaMcLie
# text = All of it.
1	x

# newpar
# newpar_block = figure (1 s) | caption (1 s)
# text = A ferry.
1	x

# newpar
# newpar_block = p (1 s)
# speaker = TuvaMcLie
# text = We swam.
1	x
"""


@pytest.fixture
def briefing(tmp_path) -> transcripts.Transcript:
    path = tmp_path / "2020.md"
    path.write_text(BRIEFING, encoding="utf-8")
    return transcripts.Transcript(Document(str(path), BRIEFING), list(transcripts.labelled(path)))


def claim(text: str, speaker: str, *contents: str, source: str = "MS. LIE", cue: str | None = None) -> SimpleNamespace:
    def span(*pieces: str) -> Span:
        return Span.of(text, tuple((text.index(one), text.index(one) + len(one)) for one in pieces))

    fields = {"speaker": speaker, "source": span(source), "content": span(*contents), "cue": cue and span(cue)}
    return SimpleNamespace(**fields, rule="turn", type="statement", confidence=0.9, doc="")


def whole(briefing: transcripts.Transcript, *claims: SimpleNamespace) -> list[bool]:
    read = turns.Read(briefing, list(claims))  # type: ignore[arg-type]
    return [read.is_whole(one) for one in briefing.paragraphs]


def test_each_paragraph_is_under_the_label_above_it(briefing) -> None:
    found = [(one.label.words, one.first, " ".join(one.text.split())) for one in briefing.paragraphs]
    assert found == [
        ("MS. LIE:", True, "Good morning. The ferry is late. (Laughter.)"),
        ("MS. LIE:", False, "It sank: all of it."),
        ("Q", True, "Who rang \\[inaudible\\] the bell?"),
        ("MR. OUD:", True, "The cook."),
    ]
    assert "".join(BRIEFING[at] for at in briefing.paragraphs[2].letters) == "Whorangthebell"


def test_a_paragraph_stands_whole_under_the_speaker_of_its_label(briefing) -> None:
    first, second = "Good morning.\xa0 The ferry is\nlate", "It sank: all of it"
    turn = claim(BRIEFING, "Tuva Lie", first, second)
    assert whole(briefing, turn) == [True, True, False, False]
    assert whole(briefing, claim(BRIEFING, "Piet Oud", first, second)) == [False] * 4
    assert whole(briefing, claim(BRIEFING, "Tuva Lie", first[:30], second)) == [False, True, False, False]
    assert whole(briefing, claim(BRIEFING, "Tuva Lie", first, "The cook")) == [False] * 4


def test_a_label_that_names_nobody_is_no_other_speaker_s(briefing) -> None:
    asked = "Who rang", "the bell?"
    assert whole(briefing, claim(BRIEFING, "Q", *asked, source="Q"))[2]
    assert not whole(briefing, claim(BRIEFING, "Piet Oud", *asked, source="Q"))[2]
    assert not whole(briefing, claim(BRIEFING, "Q", *asked, source="MR. OUD"))[2]


def test_an_interview_is_set_in_three_ways(tmp_path, monkeypatch) -> None:
    (tmp_path / "X_interview_ferry.conllu").write_text(INTERVIEW, encoding="utf-8")
    monkeypatch.setattr(interviews, "FOLDER", tmp_path)
    texts = {}
    for setting in interviews.SETTINGS:
        [found] = interviews.interviews(setting)
        texts[setting] = found.document.text.strip().split("\n\n")
        assert [one.first for one in found.paragraphs] == [True, True, False]
        assert all(one.letters for one in found.paragraphs)
    assert texts["names"] == ["McLie talks", "Gazette: Why is it late?", "Tuva McLie: It sank. All of it.", "We swam."]
    assert texts["above"][1:3] == ["GAZETTE\nWhy is it late?", "TUVA MCLIE\nIt sank. All of it."]
    assert texts["marks"][1:3] == ["Q: Why is it late?", "A: It sank. All of it."]

"""What is said under labels: turns, what they report, who `I` and `you` are, and when a text is no transcript."""

import json

import pytest

from claims_cli.claim import JOINER

HEARING = """Hearing on the Kolby Dam

Present: Lena Forst, engineer; Hamish Orr, chairman of the water board.

THE CHAIRMAN: Ms. Forst, did you see the crack?

MS. FORST: I saw it in May. (Laughter.) I told the board that the dam was unsafe.

The board said that it had no money.

THE CHAIRMAN: You told us. [Crosstalk.]

MS. FORST: The mayor said that he would not pay.
"""
PROSE = "Roe: We will go.\n\nThe council met on Monday and talked about the bridge for three hours.\n"


def found(claims, text: str, *options: str) -> list[dict]:
    done = claims("extract", "-", *options, "--format", "jsonl", "--no-cache", stdin=text.encode())
    assert done.returncode == 0
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_a_turn_is_a_claim_of_its_speaker_without_a_cue_and_without_stage_directions(claims):
    turns = [claim for claim in found(claims, HEARING) if claim["cue"] is None]
    assert [turn["speaker"] for turn in turns] == ["The Chairman", "Lena Forst", "The Chairman", "Lena Forst"]
    first, second, third, _ = turns
    assert (first["type"], first["quote"], first["source"]["text"]) == ("question", "direct", "THE CHAIRMAN")
    assert second["content"]["text"] == JOINER.join(
        ["I saw it in May.", "I told the board that the dam was unsafe.", "The board said that it had no money."]
    )
    assert third["content"]["text"] == "You told us."
    for turn in turns:
        assert all(HEARING[start:end] in turn["content"]["text"] for start, end in turn["content"]["spans"])


def test_what_a_turn_reports_has_its_speaker_in_via_and_i_is_that_speaker(claims):
    told = {claim["content"]["text"]: claim for claim in found(claims, HEARING) if claim["cue"]}
    own = told["that the dam was unsafe"]
    assert (own["speaker"], own["via"]) == ("Lena Forst", [])
    reported = told["that he would not pay"]
    assert reported["speaker"] == "The mayor"
    assert [voice["speaker"] for voice in reported["via"]] == ["Lena Forst"]
    turn = next(claim for claim in found(claims, HEARING) if claim["id"] == reported["via"][0]["claim"])
    assert turn["cue"] is None


def test_a_colon_in_prose_makes_no_transcript_and_the_option_overrides(claims):
    assert [claim for claim in found(claims, PROSE) if claim["cue"] is None] == []
    (turn,) = (claim for claim in found(claims, PROSE, "--transcript", "yes") if claim["cue"] is None)
    assert turn["speaker"] == "Roe"
    assert [claim for claim in found(claims, HEARING, "--transcript", "no") if claim["rule"] == "turn"] == []
    refused = claims("extract", "-", "--transcript", "maybe", stdin=b"x")
    assert refused.returncode == 2
    assert b"there are: yes, no" in refused.stderr


def test_headlines_that_come_again_are_no_labels(claims):
    text = "Bridge: who pays\n\nBridge: who pays\n\nFerry: no more runs\n\nFerry: no more runs\n\n" + PROSE[18:] * 3
    assert [claim for claim in found(claims, text) if claim["rule"] == "turn"] == []


def test_the_front_matter_of_markdown_tells_the_title_and_is_no_prose(claims, tmp_path):
    file = tmp_path / "briefing.md"
    file.write_text(
        '---\ntitle: "Briefing by Press Secretary Lena Forst"\ndate: 2024-03-05\nauthors: [Ann Roe, Jim Lee]\n---\n\n'
        "MS. FORST: We will go.\n\nQ: When?\n\nMS. FORST: In May.\n",
        encoding="utf-8",
    )
    rows = [json.loads(line) for line in claims("extract", file, "--format", "jsonl").stdout.decode().splitlines()]
    assert {(row["title"], row["date"], row["author"]) for row in rows} == {
        ("Briefing by Press Secretary Lena Forst", "2024-03-05", "Ann Roe; Jim Lee")
    }
    assert [row["speaker"] for row in rows if row["cue"] is None] == ["Lena Forst", "Q", "Lena Forst"]


def test_a_front_matter_that_is_none_is_read_as_text(claims, tmp_path):
    file = tmp_path / "odd.md"
    file.write_text("---\n- [\n---\n\nAnn Roe said that it rained.\n", encoding="utf-8")
    done = claims("extract", file, "--format", "jsonl")
    assert json.loads(done.stdout)["speaker"] == "Ann Roe"


def test_you_is_the_other_speaker_of_the_same_article(claims):
    text = (
        "MR. LEE: You said that the ferry was safe.\n\nMS. ROE: I said no such thing. I never went aboard.\n\n###\n\n"
        "MR. ORR: We are here to talk about the mill.\n\nMS. SAND: The mill is shut.\n"
    )
    told = {claim["content"]["text"]: claim for claim in found(claims, text) if claim["cue"]}
    assert told["that the ferry was safe"]["speaker"] == "Roe"


def test_the_turns_of_a_text_that_is_not_read_are_no_claims(claims):
    text = (
        "HERR LANG: Die Brücke wird im Mai geöffnet, das haben wir der Stadt lange versprochen, dabei bleibt es.\n\n"
        "FRAU ROTH: Das glaube ich nicht, denn die Arbeiten haben noch nicht begonnen und das Geld ist nicht da.\n\n"
    ) * 3
    assert found(claims, text) == []
    assert [claim["rule"] for claim in found(claims, text, "--language", "any") if claim["cue"] is None]


def test_an_interviews_questions_are_the_outlets_where_the_document_tells_one(claims, tmp_path):
    text = (
        "---\noutlet: Skerry Post\n---\n\nMarit Sand talked to us about the ice.\n\n"
        "**Were you cold?**\n\nEvery day of it.\n\n**Would you go again?**\n\nTomorrow.\n"
    )
    file = tmp_path / "talk.md"
    for written in (text, text.replace("**Were", "Q: Were").replace("**Would", "Q: Would").replace("**", "")):
        written = (
            written if "**" in written else written.replace("Every", "A: Every").replace("Tomorrow", "A: Tomorrow")
        )
        file.write_text(written, encoding="utf-8")
        told = claims("extract", file, "--format", "jsonl").stdout.decode().splitlines()
        rows = [row for row in map(json.loads, told) if row["rule"] == "turn"]
        kinds = [(row["speaker"], row["speaker_kind"]) for row in rows]
        assert kinds == [("Skerry Post", "media"), ("Marit Sand", "person")] * 2


PARLIAMENTS = {
    "dots and dashes": (
        "Repair of Bridges (Question No. 7/2031)\nHON. T. VAKALO asked the Government, upon notice:\n"
        "Can the Minister tell the House how many bridges were repaired?\n"
        "HON. DR. A. REWA (Minister for Roads, Bridges and the Maintenance of Public Works).-  Mr. Speaker, nine.\n"
        "(Honourable Members interject)\nHON. SPEAKER.- Order!\nPage 12\n14th March, 2031\nQuestions\n812\n"
        "HON. DR. A. REWA.— I thank you, Mr. Speaker.\n(Honourable Members interject)\nHON. SPEAKER.– We move on.\n",
        ["T. Vakalo", "A. Rewa", "Hon. Speaker", "A. Rewa", "Hon. Speaker"],
    ),
    "names behind offices": (
        "THE MINISTER OF WATER RESOURCES (SHRI ANAND DESHPOTE): The Government has sent four teams.\n\n"
        "DR. (SHRIMATI) LEELA NAMBOR: They came late.\n\n… (Interruptions)\n\n"
        "MR. CHAIRMAN: Nothing will go on record.\n",
        ["Anand Deshpote", "Leela Nambor", "Mr. Chairman"],
    ),
    "several at once": (
        "Mr. Luc Trembley (Lac-Vert, BQ): When will they be paid?\n\nHon. Joyce Kapur (Labour, Lib.): Soon.\n\n"
        "Some hon. members: Oh, oh!\n\nThe Assistant Deputy Speaker (Mrs. Alice Wonga): Order.\n",
        ["Luc Trembley", "Joyce Kapur", "Some hon. members", "Alice Wonga"],
    ),
    "to the minister": (
        "HELEN MARSDON (Green) to the Minister of Transport: Does he stand by his word?\n\n"
        "Hon PETER WARBECK (Minister of Transport): Yes, I do.\n\nHelen Marsdon: Why?\n",
        ["Helen Marsdon", "Peter Warbeck", "Helen Marsdon"],
    ),
    "names above the words": (
        "Dame Harriet Lowin\n(Kings Lea) (Lab)\n\nWhen will it be published?\n\nThe Secretary for Ships (Sir Al Tarry)"
        "\n\nIn the spring.\n\nDame Harriet Lowin\n\nWhich spring?\n\nSir Al Tarry\n\nThis spring, I hope.\n",
        ["Harriet Lowin", "Al Tarry", "Harriet Lowin", "Al Tarry"],
    ),
}


@pytest.mark.parametrize("parliament", PARLIAMENTS)
def test_parliaments_label_their_members_in_many_ways(claims, parliament):
    text, speakers = PARLIAMENTS[parliament]
    turns = [claim for claim in found(claims, text) if claim["rule"] == "turn"]
    assert [turn["speaker"] for turn in turns] == speakers
    said = " ".join(turn["content"]["text"] for turn in turns)
    assert not any(other in said for other in ("Page", "March", "Interr", "interject", "Lab"))


def test_a_surname_may_be_a_word_for_a_person_and_an_office_is_no_name(claims):
    labels = ["Operator", "Ms. Baker", "Mr. Mayor", "Mr. BISHOP of Utah", "Rosa Cook", "The Rt Hon Ann Sand MP", "Q1"]
    text = "\n\n".join(f"{label}: I paid {place} crowns." for place, label in enumerate(labels * 2))
    turns = [claim for claim in found(claims, text) if claim["rule"] == "turn"]
    assert [(turn["speaker"], turn["named"]) for turn in turns[:7]] == [
        ("Operator", False),
        ("Baker", True),
        ("Mr. Mayor", False),
        ("BISHOP of Utah", True),
        ("Rosa Cook", True),
        ("Ann Sand", True),
        ("Q", False),
    ]


def test_who_is_only_addressed_in_a_turn_says_nothing(claims):
    text = "MR. HALL: Mr. Speaker, thank you for the floor.\n\nMR. SPEAKER: Sit down.\n\nMR. HALL: I thank you.\n"
    assert [claim["rule"] for claim in found(claims, text, "--type", "all")] == ["turn"] * 3

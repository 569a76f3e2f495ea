"""Subtitles and transcripts of recordings: what is said in turns, by whom, and at which second."""

import json
import random

import pytest

from claims_cli.claim import Document
from claims_cli.errors import InputError
from tests.formats import damaged
from tests.test_formats import documents_of

VTT = """WEBVTT

NOTE made by hand

1
00:00:00.500 --> 00:00:04.100
<v Nora Lee>The port will not
sell its <i>last</i> crane

2
00:00:04.200 --> 00:00:06.900
<v Nora Lee>before the spring.

3
01:01:07.400 --> 01:01:10.300 align:start
<v.loud Jim Hall>It was never for sale.
"""
SRT = """1
00:00:01,000 --> 00:00:04,000
{\\an8}The harbour board met on Monday,

2
00:00:04,000 --> 00:00:06,500
and Nora Lee said the quay

3
00:00:06,500 --> 00:00:08,500
and Nora Lee said the quay
would be closed by June.

4
00:00:09,000 --> 00:00:10,000
[MUSIC]

5
00:01:06,500 --> 00:01:09,000
>> JIM HALL: We sold the crane.

6
00:01:10,000 --> 00:01:12,000
>> NORA LEE: We rented it.
"""
TTML = """<tt xmlns="http://www.w3.org/ns/ttml"><body><div>
<p begin="00:00:01.000" end="00:00:03.000">The mayor said<br/>the quay</p><p begin="63.5s" end="65s">was unsafe.</p>
</div></body></tt>"""
WHISPER = {
    "segments": [
        {"start": 0.0, "end": 2.5, "text": " The board said the levy", "speaker": "Nora Lee"},
        {"start": 2.5, "end": 4, "text": " would rise.", "speaker": "Nora Lee"},
        {"start": 75.2, "end": 78, "text": " I never said that.", "speaker": "Jim Hall"},
    ],
    "webpage_url": "https://www.youtube.com/watch?v=x1&t=4",
}
FILES = {"a.vtt": VTT, "a.srt": SRT, "a.ttml": TTML, "a.json": json.dumps(WHISPER)}
TEXTS = {
    "a.vtt": "Nora Lee: The port will not sell its last crane before the spring.\n\nJim Hall: It was never for sale.\n",
    "a.srt": "The harbour board met on Monday, and Nora Lee said the quay would be closed by June.\n\n"
    "JIM HALL: We sold the crane.\n\nNORA LEE: We rented it.\n",
    "a.ttml": "The mayor said the quay was unsafe.\n",
    "a.json": "Nora Lee: The board said the levy would rise.\n\nJim Hall: I never said that.\n",
}
SAID = {
    "a.vtt": [("Nora Lee", 0), ("Jim Hall", 3667)],
    "a.srt": [("Nora Lee", 4), ("Jim Hall", 66), ("Nora Lee", 70)],
    "a.ttml": [("The mayor", 1)],
    "a.json": [("Nora Lee", 0), ("The board", 0), ("Jim Hall", 75)],
}


@pytest.mark.parametrize("name", FILES)
def test_what_is_on_the_screen_becomes_what_is_said(tmp_path, name):
    (tmp_path / name).write_text(FILES[name], encoding="utf-8")
    (document,) = documents_of(tmp_path / name)
    assert isinstance(document, Document)
    assert document.text == TEXTS[name]


@pytest.mark.parametrize("name", FILES)
def test_each_claim_has_its_speaker_and_its_second(claims, tmp_path, name):
    (tmp_path / name).write_text(FILES[name], encoding="utf-8")
    done = claims("extract", tmp_path / name, "--format", "jsonl", "--no-cache")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(one["speaker"], one["time"]) for one in found if one["content"]["text"] != "that"] == SAID[name]


def test_a_link_opens_the_recording_at_the_second(claims, tmp_path):
    (tmp_path / "a.json").write_text(FILES["a.json"], encoding="utf-8")
    done = claims("extract", tmp_path / "a.json", "--format", "csv", "--columns", "link", "--no-cache")
    assert "https://www.youtube.com/watch?v=x1&t=75" in done.stdout.decode()


@pytest.mark.parametrize("name", ["a.vtt", "a.srt", "a.ttml"])
@pytest.mark.parametrize("text", ["WEBVTT\n", "1\n00:00 --> x\nHe said no.\n", "<tt/>", "\n\n-->\n"])
def test_a_file_without_words_says_so(tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    (error,) = documents_of(tmp_path / name)
    assert not isinstance(error, Document)
    assert error.remedy


@pytest.mark.parametrize("name", FILES)
def test_damaged_recordings_are_errors_or_texts(tmp_path, name):
    for data in damaged(FILES[name].encode(), random.Random(name)):
        (tmp_path / name).write_bytes(data)
        for item in documents_of(tmp_path / name):
            assert "could not be read" not in str(item) if isinstance(item, InputError) else item.text.strip()


@pytest.mark.parametrize("second", ["1e300", "NaN", "-5", "1e17"])
def test_a_second_that_no_recording_has_is_none(tmp_path, second):
    written = json.dumps(WHISPER).replace("75.2", second)
    (tmp_path / "a.json").write_text(written, encoding="utf-8")
    assert not any(isinstance(item, Document) and item.times for item in documents_of(tmp_path / "a.json"))


def srt(*texts, step=3):
    """SRT of cues that follow each other."""
    return "\n".join(
        f"{n + 1}\n00:00:{n * step:02},000 --> 00:00:{n * step + step:02},000\n{text}\n" for n, text in enumerate(texts)
    )


def text_of(tmp_path, name, written):
    (tmp_path / name).write_text(written, encoding="utf-8", newline="")
    (document,) = documents_of(tmp_path / name)
    assert isinstance(document, Document), document
    return document


def said_in(claims, path):
    """Speaker, whether named, and second of each claim that is a turn."""
    done = claims("extract", path, "--format", "jsonl", "--no-cache")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return [(one["speaker"], one["named"], one["time"]) for one in found if one["rule"] == "turn"]


FIRST, SECOND = "The quay was closed.", "It opened again."
ONE, TWO = "00:00:01,000 --> 00:00:03,000\n", "00:00:04,000 --> 00:00:06,000\n"
PLAIN = f"1\n{ONE}{FIRST}\n\n2\n{TWO}{SECOND}\n"
LOOSE = {
    "a blank line inside": PLAIN.replace("quay was", "quay\n\nwas"),
    "no blank lines between": PLAIN.replace("\n\n", "\n"),
    "no numbers": f"{ONE}{FIRST}\n\n{TWO}{SECOND}\n",
    "a mark of the byte order": f"\ufeff{PLAIN}",
    "CRLF": PLAIN.replace("quay was", "quay\nwas").replace("\n", "\r\n"),
    "CR": PLAIN.replace("\n", "\r"),
    "spaces in timings": PLAIN.replace(ONE, " 00: 00: 01, 000  -->  00 : 00 : 03 , 000\n"),
    "no spaces in timings": PLAIN.replace(" --> ", "-->"),
    "dots": PLAIN.replace(",000", ".000"),
    "no thousandths": PLAIN.replace(",000", ""),
    "short times": PLAIN.replace(ONE, "0:01.5 --> 0:03.5\n").replace(TWO, "0:04.2 -> 0:06\n"),
    "out of order": f"2\n{TWO}{SECOND}\n\n1\n{ONE}{FIRST}\n",
    "overlapping": PLAIN.replace("00:00:03", "00:00:05"),
    "position tags": PLAIN.replace("The quay", "{\\an8}{\\pos(192,240)}The <font color='#fff'>quay</font>").replace(
        "03,000", "03,000 X1:10 X2:20 Y1:5 Y2:9"
    ),
}


@pytest.mark.parametrize("written", LOOSE.values(), ids=LOOSE)
def test_srt_is_read_however_loosely_it_is_written(tmp_path, written):
    document = text_of(tmp_path, "a.srt", written)
    assert document.text == f"{FIRST} {SECOND}\n"
    assert document.times[0] == (0, 1)
    assert document.times[-1] == (len(FIRST) + 1, 4)


def test_a_number_that_is_said_is_no_number_of_a_cue(tmp_path):
    assert text_of(tmp_path, "a.srt", srt("It was in", "2024", "or so.")).text == "It was in 2024 or so.\n"


def test_notes_and_names_of_cues_are_not_said(tmp_path):
    note = "NOTE she nods\nand leaves"
    written = (
        f"WEBVTT\n\nintro\n00:01.000 --> 00:03.000\n{FIRST}\n\n{note}\n\nnext\n00:04.000 --> 00:06.000\n{SECOND}\n"
    )
    assert text_of(tmp_path, "a.vtt", written).text == f"{FIRST} {SECOND}\n"


TT = (
    '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" '
    'xmlns:ttm="http://www.w3.org/ns/ttml#metadata" {}><head><metadata><ttm:agent xml:id="a1" type="person">'
    '<ttm:name type="alias">AR</ttm:name><ttm:name type="full">Ann Rowe</ttm:name></ttm:agent></metadata></head>{}</tt>'
)
TIMED = {
    "ticks": (
        'ttp:tickRate="10000000"',
        '<body><div><p begin="620000000t" end="630000000t">We rose.</p></div></body>',
        62,
    ),
    "ticks of frames": ('ttp:frameRate="25"', '<body><div><p begin="1550t" end="2000t">We rose.</p></div></body>', 62),
    "frames": ('ttp:frameRate="25"', '<body><div><p begin="1560f" end="2000f">We rose.</p></div></body>', 62),
    "frames by the clock": ("", '<body><div><p begin="00:01:02:15" end="00:01:03:00">We rose.</p></div></body>', 62),
    "a rate that is multiplied": (
        'ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001"',
        '<body><div><p begin="1860f" dur="30f">We rose.</p></div></body>',
        62,
    ),
    "on the body": ("", '<body begin="1m"><div><p begin="2s" dur="2s">We rose.</p></div></body>', 62),
    "on the division alone": ("", '<body begin="60s"><div begin="2s"><p>We rose.</p></div></body>', 62),
    "on a span alone": ("", '<body><div><p><span begin="62s" end="63s">We rose.</span></p></div></body>', 62),
    "spans from their paragraph on": (
        "",
        '<body><div><p begin="60s"><span begin="2s" end="3s">We</span> <span begin="3s" end="4s">rose.</span></p></div>'
        "</body>",
        62,
    ),
    "a break": ("", '<body><div><p begin="62s" end="1.1m">We<br/>rose.</p></div></body>', 62),
    "a break with space round it": ("", '<body><div><p begin="0.0175h">\n  We<br/>\n  rose.\n</p></div></body>', 63),
    "thousandths": ("", '<body><div><p begin="62500ms">We <metadata>x</metadata>rose.</p></div></body>', 62),
}  # fmt: skip


@pytest.mark.parametrize(("root", "body", "second"), TIMED.values(), ids=TIMED)
def test_times_of_ttml_are_seconds_however_they_are_told(tmp_path, root, body, second):
    document = text_of(tmp_path, "a.ttml", TT.format(root, body))
    assert document.text == "We rose.\n"
    assert document.times[0] == (0, second)


def test_agents_of_ttml_are_voices(claims, tmp_path):
    body = (
        '<body><div><p begin="1s" end="2s" ttm:agent="a1">We sold the crane.</p><p begin="5s" end="6s">'
        '<span ttm:agent="a1">We rented it first.</span></p></div></body>'
    )
    document = text_of(tmp_path, "a.ttml", TT.format("", body))
    assert document.text == "Ann Rowe: We sold the crane.\n\nWe rented it first.\n"
    assert said_in(claims, tmp_path / "a.ttml")[0] == ("Ann Rowe", True, 1)


WE, IT = "We sold the crane last year.", "It was never for sale."
UNNAMED = {
    "numbers": srt(f"SPEAKER 1: {WE}", f"SPEAKER 2: {IT}"),
    "small letters": srt(f"Speaker 1: {WE}", f"Speaker 2: {IT}", f"Speaker 1: {WE}"),
    "letters": srt(f"Speaker A: {WE}", f"Speaker B: {IT}"),
    "Whisper's": srt(f"SPEAKER_00: {WE}", f"SPEAKER_01: {IT}"),
    "in brackets": srt(f"[SPEAKER_00]: {WE}", f"[SPEAKER_01]: {IT}"),
    "arrows": srt(f">> SPEAKER 1: {WE}", f">> SPEAKER 2: {IT}"),
    "what they are": srt(f"MAN: {WE}", f"WOMAN: {IT}"),
    "both": srt(f"MALE SPEAKER: {WE}", f"FEMALE SPEAKER: {IT}"),
    "nobody knows": srt(f"UNIDENTIFIED SPEAKER: {WE}", f"REPORTER: {IT}"),
    "voices": srt(f"Voice 1: {WE}", f"Voice 2: {IT}", f"Voice 1: {WE}"),
    "tags": srt(f"<v Speaker 1>{WE}", f"<v Speaker 2>{IT}"),
}


@pytest.mark.parametrize("written", UNNAMED.values(), ids=UNNAMED)
def test_a_speaker_who_is_only_counted_has_no_name(claims, tmp_path, written):
    (tmp_path / "a.srt").write_text(written, encoding="utf-8")
    said = said_in(claims, tmp_path / "a.srt")
    assert len({speaker for speaker, _, _ in said}) == 2
    assert not any(named for _, named, _ in said)


VOICES = {
    "capitals": (srt(f"ANN ROWE: {WE}", f"LUIS: {IT}"), ["ANN ROWE", "LUIS"]),
    "arrows": (srt(f">> ANN ROWE: {WE}", f">>> Luis: {IT}"), ["ANN ROWE", "Luis"]),
    "brackets": (srt(f"[Ann Rowe]: {WE}", f"[Luis]: {IT}"), ["Ann Rowe", "Luis"]),
    "parentheses": (srt(f"(ANN ROWE) {WE}", f"(LUIS MOTA) {IT}", f"(ANN ROWE) {WE}", f"(LUIS MOTA) {IT}"),
                    ["ANN ROWE", "LUIS MOTA", "ANN ROWE", "LUIS MOTA"]),
    "dashes": (srt(f"- Ann: {WE}\n- Luis: {IT}"), ["Ann", "Luis"]),
    "two words": (srt(f"Ann Rowe: {WE}", f"Luis de Mota: {IT}"), ["Ann Rowe", "Luis de Mota"]),
    "captions of meetings": (srt("Ann Rowe: We sold the", "Ann Rowe: crane last year.", f"Luis Mota: {IT}"),
                             ["Ann Rowe", "Luis Mota"]),
    "an office in brackets": (srt(f"ANN ROWE (Mayor): {WE}", f"LUIS MOTA (Clerk): {IT}"),
                              ["ANN ROWE (Mayor)", "LUIS MOTA (Clerk)"]),
    "an office": (srt(f"ANN ROWE, mayor: {WE}", f">> Luis Mota, clerk: {IT}"), ["ANN ROWE, mayor", "Luis Mota, clerk"]),
    "a title": (srt(f"Mr Mota: {WE}", f"Dr. Rowe: {IT}"), ["Mr Mota", "Dr. Rowe"]),
    "names that come again": (srt(f"Ann: {WE}", f"Luis: {IT}", f"Ann: {WE}"), ["Ann", "Luis", "Ann"]),
    "a name above": (srt(f"ANN ROWE:\n{WE}", f"LUIS MOTA:\n{IT}"), ["ANN ROWE", "LUIS MOTA"]),
    "a label alone in its cue": (srt("ANN ROWE:", WE, "LUIS MOTA:", IT), ["ANN ROWE", "LUIS MOTA"]),
}  # fmt: skip


@pytest.mark.parametrize(("written", "voices"), VOICES.values(), ids=VOICES)
def test_names_before_what_is_said_are_voices(tmp_path, written, voices):
    document = text_of(tmp_path, "a.srt", written)
    assert [document.text[one.start : one.end].rstrip(": ") for one in document.blocks] == voices
    assert [line.partition(": ")[2] for line in document.text.splitlines() if line][:2] == [WE, IT]


@pytest.mark.parametrize(
    "line",
    ["He said: no.", "Warning: the road is closed.", "Note: this was filmed in May.", "Question: who pays for it?",
     "And then: nothing.", "It is this: we lost.", "Chapter 1: the crane.", "In short: no.", "In May, he said: no.",
     "The mayor of Quay: a liar.",
     "Update: she left."],
)  # fmt: skip
def test_words_before_a_colon_are_no_voice(tmp_path, line):
    document = text_of(tmp_path, "a.srt", srt("We sold it", "last year.", line, "And it was sold."))
    assert document.blocks == ()
    assert document.text == f"We sold it last year. {line} And it was sold.\n"


def test_an_office_behind_a_voice_is_its_role(claims, tmp_path):
    (tmp_path / "a.srt").write_text(VOICES["an office in brackets"][0], encoding="utf-8")
    assert said_in(claims, tmp_path / "a.srt") == [("Ann Rowe", True, 0), ("Luis Mota", True, 3)]


def test_counted_speakers_of_a_text_have_no_name(claims, tmp_path):
    (tmp_path / "a.txt").write_text(f"Speaker 1: {WE}\n\nSpeaker 2: {IT}\n\nSpeaker 1: {WE}\n", encoding="utf-8")
    said = said_in(claims, tmp_path / "a.txt")
    assert [(speaker, named) for speaker, named, _ in said] == [(f"Speaker {n}", False) for n in (1, 2, 1)]


def test_who_begins_to_speak_without_a_name_is_not_the_one_before(claims, tmp_path):
    (tmp_path / "a.srt").write_text(srt(f">> ANN ROWE: {WE}", f">> {IT}", f">> LUIS: {WE}"), encoding="utf-8")
    assert said_in(claims, tmp_path / "a.srt") == [("Ann Rowe", True, 0), ("Luis", True, 6)]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("We won [APPLAUSE] the day.", "We won the day."),
        ("We won (laughter) the day.", "We won the day."),
        ("We won the day. [cheering and applause]", "We won the day."),
        ("[DOOR SLAMS] We won the day.", "We won the day."),
        ("(SIGHS) We won the day.", "We won the day."),
        ("♪ we shall win the day ♪\nWe won the day.", "We won the day."),
        ("♪ We shall win\nWe won the day. ♪♪", "We won the day."),
        ("We won [inaudible] the day.", "We won [inaudible] the day."),
        ("We won [CROSSTALK] the day.", "We won [CROSSTALK] the day."),
        ("We won [the mayor's] day.", "We won [the mayor's] day."),
        ("The NHS (National Health Service) won.", "The NHS (National Health Service) won."),
        ("It fell by\n-5 degrees.", "It fell by -5 degrees."),
        ("A < B and C > D.", "A < B and C > D."),
    ],
)
def test_what_is_only_heard_is_not_said(tmp_path, line, words):
    assert text_of(tmp_path, "a.srt", srt("So", "(MUSIC)", line)).text == f"So {words}\n"


SEGMENT = {"start": 2.0, "end": 3.0, "text": " We sold it."}
HEARD = {
    "no start": {"segments": [{"start": 1.0, "end": 2.0, "text": "Yes."}, SEGMENT | {"start": None}]},
    "no end": {"segments": [{"start": 1.0, "text": "Yes."}, SEGMENT]},
    "words alone in a segment": {
        "segments": [
            {"start": 1.0, "end": 2.0, "words": [{"word": " Yes."}]},
            {"start": 2.0, "end": 3.0, "words": [{"word": "We"}, {"word": "sold"}, {"word": "it."}]},
        ]
    },
    "words alone": {
        "words": [
            {"word": word, "start": start, "end": start}
            for word, start in (("Yes.", 1), ("We", 2), ("sold", 2), ("it.", 3))
        ]
    },
    "a list": [
        {"text": "Yes.", "start": 1.0, "duration": 2.5},
        {"text": "We sold it.", "start": 2.0, "duration": 2.0},
    ],
    "whisper.cpp": {
        "transcription": [
            {"timestamps": {"from": "00:00:01,000"}, "offsets": {"from": 1000, "to": 2000}, "text": " Yes."},
            {"timestamps": {"from": "00:00:02,000"}, "offsets": {"from": 2000, "to": 3000}, "text": " We sold it."},
        ]
    },
    "AssemblyAI": {
        "text": "Yes. We sold it.",
        "utterances": [
            {"speaker": "A", "start": 1000, "end": 2000, "text": "Yes."},
            {"speaker": "A", "start": 2000, "end": 3000, "text": "We sold it."},
        ],
    },
    "Deepgram": {
        "results": {
            "utterances": [
                {"start": 1.0, "end": 2.0, "transcript": "Yes.", "speaker": 0},
                {"start": 2.0, "end": 3.0, "transcript": "We sold it.", "speaker": 0},
            ]
        }
    },
    "Deepgram's paragraphs": {
        "results": {
            "channels": [
                {
                    "alternatives": [
                        {
                            "transcript": "Yes. We sold it.",
                            "paragraphs": {
                                "paragraphs": [
                                    {"sentences": [{"text": "Yes."}], "start": 1.0, "end": 2.0, "speaker": 0},
                                    {"sentences": [{"text": "We sold it."}], "start": 2.0, "end": 3.0, "speaker": 0},
                                ]
                            },
                        }
                    ]
                }
            ]
        }
    },
    "Amazon's": {
        "results": {
            "audio_segments": [
                {"start_time": "1.0", "end_time": "2.0", "transcript": "Yes.", "speaker_label": "spk_0"},
                {"start_time": "2.0", "end_time": "3.0", "transcript": "We sold it.", "speaker_label": "spk_0"},
            ]
        }
    },
}


@pytest.mark.parametrize("value", HEARD.values(), ids=HEARD)
def test_what_machines_hear_is_read(tmp_path, value):
    document = text_of(tmp_path, "a.json", json.dumps(value))
    assert document.text.partition(": ")[2] or document.text == "Yes. We sold it.\n"
    assert document.text.endswith("Yes. We sold it.\n")
    assert document.times[0][1] == 1
    assert document.times[1][1] == 2


@pytest.mark.parametrize("value", HEARD.values(), ids=HEARD)
def test_damaged_transcripts_of_machines_are_errors_or_texts(tmp_path, value):
    for data in damaged(json.dumps(value).encode(), random.Random(1)):
        (tmp_path / "a.json").write_bytes(data)
        for item in documents_of(tmp_path / "a.json"):
            assert "could not be read" not in str(item) if isinstance(item, InputError) else item.text.strip()


def test_the_speaker_of_most_words_speaks(tmp_path):
    words = [{"word": word, "speaker": f"SPEAKER_0{n}"} for word, n in (("We", 1), ("sold", 0), ("it.", 0))]
    document = text_of(tmp_path, "a.json", json.dumps({"segments": [SEGMENT | {"words": words}]}))
    assert document.text == "SPEAKER_00: We sold it.\n"


ROLLING = """WEBVTT
Kind: captions
Language: en

00:00:01.000 --> 00:00:02.990 align:start position:0%
{blank}
the<00:00:01.200><c> board</c><00:00:01.500><c> said</c>

00:00:02.990 --> 00:00:03.000 align:start position:0%
the board said
{blank}

00:00:03.000 --> 00:00:05.990 align:start position:0%
the board said
it<00:00:03.400><c> would</c><00:00:04.000><c> rise</c>

00:00:05.990 --> 00:00:06.000 align:start position:0%
it would rise
{blank}

00:00:06.000 --> 00:00:08.000 align:start position:0%
it would rise
in<00:00:06.400><c> May</c>
""".format(blank=" ")


def test_captions_that_roll_are_said_once(tmp_path):
    document = text_of(tmp_path, "a.vtt", ROLLING)
    assert document.text == "the board said it would rise in May\n"
    assert document.times == ((0, 1), (15, 3), (29, 6))


def test_what_is_said_again_is_kept(tmp_path):
    written = "1\n00:00:01,000 --> 00:00:02,000\nNo.\n\n2\n00:00:03,000 --> 00:00:04,000\nNo.\n"
    assert text_of(tmp_path, "a.srt", written).text == "No. No.\n"


SHORT = [
    ("0:00", "[Music]"), ("0:03", "good evening the board said"), ("0:06", "the levy would rise in spring"),
    ("0:09", "and Nora Lee said that was too late"), ("0:13", "to sell the crane again"), ("0:16", "she said"),
]  # fmt: skip
COPIED = {
    "below": "\n".join(f"{time}\n{line}" for time, line in SHORT),
    "behind": "\n".join(f"{time} {line}" for time, line in SHORT),
    "behind a tab": "\n".join(f"{time}\t{line}" for time, line in SHORT),
    "below, apart": "\n\n".join(f"{time}\n{line}" for time, line in SHORT),
    "of two digits": "\n".join(f"0{time}\n{line}" for time, line in SHORT),
    "of three parts": "\n".join(f"00:0{time} {line}" for time, line in SHORT),
    "in brackets": "\n".join(f"[00:0{time}] {line}" for time, line in SHORT),
    "told in words": "\n".join(f"{time}{int(time[2:])} seconds{line}" for time, line in SHORT),
    "told in words, apart": "\n".join(f"{time}{int(time[2:])} seconds {line}" for time, line in SHORT),
    "CRLF": "\r\n".join(f"{time}\r\n{line}" for time, line in SHORT),
    "chapters": "Transcript\nIntro\n" + "\n".join(f"{time}\n{line}" for time, line in SHORT[:3]) + "\nThe crane\n"
    + "\n".join(f"{time}\n{line}" for time, line in SHORT[3:]) + "\nEnglish (auto-generated)",
}  # fmt: skip
SPOKEN = " ".join(line for _, line in SHORT[1:])


@pytest.mark.parametrize("written", COPIED.values(), ids=COPIED)
def test_a_transcript_copied_from_a_page_is_a_recording(tmp_path, written):
    document = text_of(tmp_path, "a.txt", written + "\n")
    assert document.text == f"{SPOKEN}\n"
    assert [second for _, second in document.times] == [3, 6, 9, 13, 16]


@pytest.mark.parametrize("written", COPIED.values(), ids=COPIED)
def test_damaged_copies_are_errors_or_texts(tmp_path, written):
    for data in damaged(written.encode(), random.Random(1)):
        (tmp_path / "a.txt").write_bytes(data)
        for item in documents_of(tmp_path / "a.txt"):
            assert "could not be read" not in str(item) if isinstance(item, InputError) else item.text.strip()


@pytest.mark.parametrize("address", ["https://www.youtube.com/watch?v=x1&t=9s", "https://youtu.be/x1?t=9"])
def test_a_copied_transcript_with_an_address_links_to_the_second(claims, tmp_path, address):
    (tmp_path / "a.txt").write_text(f"The board on the levy\n{address}\n\n{COPIED['below']}\n", encoding="utf-8")
    done = claims("extract", tmp_path / "a.txt", "--format", "csv", "--columns", "link,time,title", "--no-cache")
    assert "t=9,9,The board on the levy" in done.stdout.decode()


PROSE = "The board said the levy would rise in the spring, and that nobody had been asked about it at all."
ORDINARY = {
    "minutes of a match": "0:40 Kick off.\n3:12 Ann Rowe shoots wide of the post.\n17:45 Goal.\n31:20 Corner.\n",
    "an agenda": "9:00 Doors open\n9:30 The mayor speaks\n10:15 Coffee\n10:45 Talks\n12:00 Lunch\n",
    "a chat": "[10:32] Ann: hi there\n[10:33] Luis: the levy will rise\n[10:33] Ann: no\n[10:35] Luis: yes\n",
    "a chat at night": "[00:01] Ann: hi there\n[00:03] Luis: the levy will rise\n[00:04] Ann: no\n[00:06] Luis: yes\n",
    "a live blog": "\n\n".join(f"10:3{n}\n{PROSE} {PROSE}" for n in range(6)),
    "a live blog at night": "\n\n".join(f"00:3{n}\n{PROSE} {PROSE}" for n in range(6)),
    "chapters": "0:00 Intro\n2:15 The crane\n7:40 The levy\n12:30 Questions\n19:05 End\n",
    "an article": f"{PROSE}\n\nAt 10:15 she left.\n\n{PROSE}\n\n0:59 was the time of the winner.\n\n{PROSE}\n",
    "a timetable": "0:05\n0:25\n0:45\n1:05\n1:25\n",
    "results": "1. Ann Rowe 0:58\n2. Luis Mota 0:59\n3. Nora Lee 1:01\n4. Jim Hall 1:02\n",
    "the results of a run": "0:58 Ann Rowe\n0:59 Luis Mota\n1:01 Nora Lee\n1:02 Jim Hall\n1:02 Eva Lund\n",
    "scores": "0:1 Rovers lost.\n2:0 Town won.\n3:3 A draw.\n1:0 City won.\n0:0 A draw.\n",
}  # fmt: skip


@pytest.mark.parametrize("written", ORDINARY.values(), ids=ORDINARY)
def test_other_texts_with_times_are_no_recordings(tmp_path, written):
    document = text_of(tmp_path, "a.txt", written)
    assert document.times == ()
    assert document.text == written


@pytest.mark.parametrize(("second", "shown"), [(0, "0:00"), (9, "0:09"), (125, "2:05"), (3725, "1:02:05")])
def test_times_are_shown_as_players_show_them(claims, tmp_path, second, shown):
    value = {"segments": [{"start": second, "end": second + 3, "text": "Nora Lee said the levy would rise."}]}
    (tmp_path / "a.json").write_text(json.dumps(value), encoding="utf-8")
    done = claims("extract", tmp_path / "a.json", "--format", "jsonl", "--no-cache")
    claim = json.loads(done.stdout)
    assert claim["time"] == second
    assert f", at {shown}, " in claims("show", claim["id"], tmp_path / "a.json").stdout.decode()
    page = claims("extract", tmp_path / "a.json", "--format", "html", "--no-cache").stdout.decode()
    assert f'"time":"{shown}"' in page.replace(": ", ":")

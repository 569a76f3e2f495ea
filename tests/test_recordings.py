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

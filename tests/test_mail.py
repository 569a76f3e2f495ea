"""Mailboxes, messages of Outlook, and who wrote which part of a message."""

import email
import random
import struct
from datetime import UTC, datetime

import pytest

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats import eml
from tests import outlook
from tests.formats import damaged
from tests.test_formats import documents_of

MAILBOX = b"""From jo@mill.example Mon Mar  4 09:00:00 2024
From: Jo Fell <jo@mill.example>
Subject: The weir
Date: Mon, 4 Mar 2024 09:00:00 +0000
Message-ID: <1@mill.example>

The weir is closed, said Ada Crane, the keeper.

>From the weir she walked home.
>>From here on nobody spoke.

From the mill it is a mile.

From kit@mill.example Tue Mar  5 09:00:00 2024
From: Kit Hale <kit@mill.example>
Subject: =?utf-8?Q?The_caf=C3=A9?=
Date: Tue, 5 Mar 2024 09:00:00 +0000
Message-ID: <2@mill.example>
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

The caf=C3=A9 opens, said Kit Hale.

From jo@mill.example Wed Mar  6 09:00:00 2024
From: Jo Fell <jo@mill.example>
Message-ID: <1@mill.example>

The weir is closed, said Ada Crane, the keeper.

From nobody Thu Mar  7 09:00:00 2024

broken without a header

From kit@mill.example Fri Mar  8 09:00:00 2024
From: kit@mill.example

The boats return, said Kit Hale.
"""


def mailbox(tmp_path, data: bytes) -> list[Document | InputError]:
    path = tmp_path / "a.mbox"
    path.write_bytes(data)
    return documents_of(path)


def test_the_messages_of_a_mailbox(tmp_path):
    first, second, broken, last = mailbox(tmp_path, MAILBOX)
    assert (first.path, first.row, first.format) == ("a.mbox#1", 1, "mbox")
    assert (first.title, first.author, first.date) == ("The weir", "Jo Fell", "2024-03-04")
    assert "\n\nFrom the weir she walked home.\n>From here on nobody spoke." in first.text
    assert "From the mill it is a mile." in first.text
    assert (second.path, second.title, second.author) == ("a.mbox#2", "The café", "Kit Hale")
    assert second.text.strip() == "The café opens, said Kit Hale."
    assert isinstance(broken, InputError)
    assert broken.path == "a.mbox#4"
    assert (last.path, last.author) == ("a.mbox#5", "kit@mill.example")
    assert last.notes == ("messages that were read before in this file: 1 (3)",)


def test_line_ends_of_windows_and_lines_without_a_time(tmp_path):
    windows = mailbox(tmp_path, MAILBOX.replace(b"\n", b"\r\n"))
    assert [one.path for one in windows] == ["a.mbox#1", "a.mbox#2", "a.mbox#4", "a.mbox#5"]
    bare = b"From -\nFrom: a@b.example\n\nAda Crane said no.\n\nFrom -\nFrom: c@b.example\n\nKit Hale said yes.\n"
    assert [one.author for one in mailbox(tmp_path, bare)] == ["a@b.example", "c@b.example"]


def test_what_is_no_mailbox(tmp_path):
    for data, reason in [(b"The mayor said no.", "is no mailbox"), (b"From - \nFrom: a\n\n", "has a text")]:
        (error,) = mailbox(tmp_path, data)
        assert isinstance(error, InputError)
        assert reason in str(error)


def test_damaged_mailboxes_are_errors_or_texts(tmp_path):
    for data in damaged(MAILBOX, random.Random(5)):
        for item in mailbox(tmp_path, data):
            assert "could not be read" not in str(item) if isinstance(item, InputError) else item.text.strip()


def test_a_header_of_any_length_is_decoded_no_further_than_its_beginning(tmp_path, monkeypatch):
    decoded = []
    fetch = email.policy.EmailPolicy.header_fetch_parse
    monkeypatch.setattr(
        email.policy.EmailPolicy,
        "header_fetch_parse",
        lambda self, name, value: decoded.append(len(value)) or fetch(self, name, value),
    )
    for value in (b"=?utf-8?Q?ab?= " * 20_000, b"(" * 200_000, b"a, " * 50_000, b'"' * 100_000, b"\\(" * 100_000):
        data = b"From: " + value + b"\nSubject: " + value + b"\nDate: " + value + b"\n\nHe said no.\n"
        document = eml.read("a.eml", data, None)
        assert document.text == "He said no.\n"
        assert document.notes == ("headers longer than 2,000 characters were cut",)
    assert max(decoded) <= eml.LONGEST_HEADER


OUTLOOK = {0x37: "The weir", 0x0C1A: "Jo Fell", 0x0C1F: "jo@mill.example", 0x39: datetime(2024, 3, 4, tzinfo=UTC)}
SAID = "The weir is closed, said Ada Crane."


def outlook_file(tmp_path, data: bytes) -> Document | InputError:
    path = tmp_path / "a.msg"
    path.write_bytes(data)
    (item,) = documents_of(path)
    return item


def test_a_message_of_outlook(tmp_path):
    attached = {"__attach_version1.0_#00000000": {outlook.PROPERTIES: b"\0" * 8}}
    document = outlook_file(tmp_path, outlook.message({**OUTLOOK, 0x1000: SAID + "\r\n"}, attached))
    assert (document.text, document.format) == (SAID + "\n", "msg")
    assert (document.title, document.author, document.date) == ("The weir", "Jo Fell", "2024-03-04")
    assert document.notes == ("attachments that were not read: 1",)


def test_a_message_of_outlook_with_a_page_and_headers(tmp_path):
    headers = "From: =?utf-8?Q?J=C3=B8_Fell?= <jo@mill.example>\r\nDate: Mon, 4 Mar 2024 23:30:00 -0500\r\n"
    page = f"<html><meta charset=utf-8><p>{SAID}</p><p>“No” – Jø</p></html>".encode()
    document = outlook_file(tmp_path, outlook.message({0x7D: headers, 0x1013: page}))
    assert document.text == f"{SAID}\n\n“No” – Jø"
    assert (document.title, document.author, document.date) == (None, "Jø Fell", "2024-03-04")


def test_a_message_of_outlook_without_text_or_whose_streams_are_one(tmp_path):
    assert "holds no text" in str(outlook_file(tmp_path, outlook.message(OUTLOOK)))
    data = outlook.message({**OUTLOOK, 0x1000: SAID * 7})
    size = struct.pack("<Q", len(SAID) * 14)
    assert data.count(size) == 1
    assert "larger than the file" in str(outlook_file(tmp_path, data.replace(size, struct.pack("<Q", 1 << 31))))


def test_damaged_messages_of_outlook_are_errors_or_texts(tmp_path):
    whole = outlook.message({**OUTLOOK, 0x1000: SAID, 0x1013: b"<p>No.</p>"})
    for data in damaged(whole, random.Random(7)):
        item = outlook_file(tmp_path, data)
        assert "could not be read" not in str(item) if isinstance(item, InputError) else item.text.strip()


HEAD = "From: Mira Sand <mira@press.example>\nSubject: Valve\nDate: Mon, 3 Jun 2024 11:30:00 +0000\n\n"
OWN = "Thanks, I told the desk that it runs.\n\n"
TAKEN = ["I told the board that the sensor", "was broken. The pump failed twice."]
QUOTED = "".join(f"> {line}\n" for line in TAKEN)
BARE = "\n".join(TAKEN) + "\n"
HEADERS = (
    "From: Jonas Berg <jonas@plant.example>\nSent: Monday, June 3, 2024 10:30 AM\nTo: Mira Sand\nSubject: Valve\n\n"
)


@pytest.mark.parametrize(
    "taken",
    [
        "On Mon, 3 Jun 2024 at 10:30, Jonas Berg <jonas@plant.example> wrote:\n\n" + QUOTED,
        "On Mon, Jun 3, 2024 at 10:30 AM Jonas Berg\n<jonas@plant.example> wrote:\n" + QUOTED,
        "On 3 Jun 2024, at 10:30 AM, Jonas Berg wrote:\n> \n" + QUOTED,
        "Jonas Berg <jonas@plant.example> wrote on Mon, 3 Jun 2024:\n" + QUOTED,
        "Am 2024-06-03 um 10:30 schrieb Jonas Berg:\n" + QUOTED,
        "Le 2024-06-03 10:30, Jonas Berg <jonas@plant.example> a écrit :\n" + QUOTED,
        "-----Original Message-----\n" + HEADERS + BARE,
        "________________________________\n" + HEADERS + BARE,
        HEADERS + BARE,
        "Begin forwarded message:\n\n" + "".join(f"> {line}\n" for line in (HEADERS + BARE).splitlines()),
        "---------- Forwarded message ---------\nFrom: Jonas Berg <jonas@plant.example>\nDate: 3 Jun 2024 10:30\n\n"
        + BARE,
    ],
)
def test_what_is_taken_over_belongs_to_its_writer(tmp_path, extractor, taken):
    path = tmp_path / "a.eml"
    path.write_text(HEAD + OWN + taken, encoding="utf-8")
    ((document, claims),) = extractor.extract(documents_of(path))
    assert BARE.strip() in document.text
    told = {claim.content.text.replace("\n", " "): claim for claim in claims if claim.cue and claim.cue.text == "told"}
    assert {content: (claim.speaker, claim.author, claim.date) for content, claim in told.items()} == {
        "that it runs": ("Mira Sand", "Mira Sand", "2024-06-03"),
        "that the sensor was broken": ("Jonas Berg", "Jonas Berg", "2024-06-03"),
    }
    for claim in claims:
        for start, end in claim.content.spans:
            assert document.text[start:end] in claim.content.text


@pytest.mark.parametrize(
    "text",
    [
        "> I told the board that it is old.\n",
        "On Monday Ann Roe wrote:\n\nThe valve is old.\n",
        "From: the pier\nto the mill it is a mile.\n",
        "_____________________\nThe list of the mill\n",
        "On :\n> a\n-----Original Message-----\n\nwrote:\n",
        ">" * 500 + " wrote:\n",
    ],
)
def test_what_tells_no_writer_stays_as_it_is(tmp_path, text):
    path = tmp_path / "a.eml"
    path.write_text(HEAD + OWN + text, encoding="utf-8")
    (document,) = documents_of(path)
    assert document.text == OWN + text
    assert document.blocks == ()


def test_what_stands_in_another_message_is_read_once(tmp_path, extractor):
    first = "From - \nFrom: Jonas Berg <jonas@plant.example>\n\n" + BARE + "\n"
    answer = "From - \n" + HEAD + OWN + "On Mon, 3 Jun 2024 at 10:30, Jonas Berg wrote:\n\n" + QUOTED
    path = tmp_path / "a.mbox"
    path.write_text(first + answer, encoding="utf-8")
    claims = [claim for _, found in extractor.extract(documents_of(path)) for claim in found]
    told = [(claim.doc, claim.speaker) for claim in claims if claim.cue and claim.cue.text == "told"]
    assert told == [("a.mbox#1", "Jonas Berg"), ("a.mbox#2", "Mira Sand")]


def test_a_thread_of_any_length_takes_time_in_proportion(tmp_path):
    import time

    def seconds(count: int) -> float:
        lines = "On 3 Jun 2024, at 10:30, Jo Fell <jo@mill.example> wrote:\n> no\nFrom: a\n" * count
        begun = time.process_time()
        eml.read("a.eml", (HEAD + lines).encode(), None)
        return time.process_time() - begun

    seconds(100)
    assert seconds(16_000) < 40 * max(seconds(2_000), 0.01)

"""Mailboxes, messages of Outlook, and who wrote which part of a message."""

import email
import random

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats import eml
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
    chance = random.Random(5)
    for _ in range(100):
        data = bytearray(MAILBOX)
        for _ in range(chance.randrange(1, 20)):
            place = chance.randrange(len(data))
            data[place : place + chance.choice([0, 1, 50])] = chance.randbytes(chance.choice([0, 1, 4]))
        for item in mailbox(tmp_path, bytes(data)):
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

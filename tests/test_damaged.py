"""A store or an export that was damaged on the way: told as such with the remedy, and never as a fault of ours."""

import json
import random
import shutil
import sqlite3
from contextlib import closing

import pytest

from tests.formats import DAMAGED

STORY = (
    "“The bridge is unsafe,” said Ann Roe on Monday.\n\n"
    "John Lee said that the ferry was late, according to Ann Roe. He thinks it will sink.\n"
) * 3
ALTERATIONS = [
    None, 0, -1, 1.5, 1e400, 2**70, True, "", "x", "\ud800", "\x00", [], {}, [1], ["a", None], [[]], {"text": "a"},
    {"text": "ab", "spans": [[0, 1]]}, {"text": "a", "spans": [[1, 0]]}, "2024-13-45",
]  # fmt: skip
FLIPS = 2 * DAMAGED
READING = ["list", "show", "stats", "speakers", "mark", "network"]


@pytest.fixture(scope="module")
def sound(claims, tmp_path_factory):
    """A folder with a small store, its export, and the id of a claim."""
    folder = tmp_path_factory.mktemp("sound")
    (folder / "story.txt").write_text(STORY, encoding="utf-8")
    claims("extract", "story.txt", "--db", "a.db", cwd=folder)
    claims("list", "a.db", "-o", "a.jsonl", cwd=folder)
    number = json.loads((folder / "a.jsonl").read_text(encoding="utf-8").splitlines()[0])["id"]
    claims("mark", number, "right", "--by", "Ann", "a.db", cwd=folder)
    return folder, number


def flipped(data: bytes, seed: int) -> bytes:
    """The bytes of a store with one or more of them changed, now and then in its head."""
    chance = random.Random(seed)
    bad = bytearray(data)
    at = chance.randrange(100) if seed % 4 == 0 else chance.choice([place for place, byte in enumerate(data) if byte])
    for place in range(at, min(len(bad), at + chance.choice((1, 1, 3, 20)))):
        bad[place] = chance.choice((0, 255, bad[place] ^ 1, chance.randrange(256)))
    return bytes(bad)


@pytest.mark.parametrize("command", READING)
def test_a_store_with_a_changed_byte_is_read_or_told_as_damaged(claims, sound, tmp_path, command):
    folder, number = sound
    data = (folder / "a.db").read_bytes()
    db = tmp_path / "b.db"
    asked = {
        "show": ["show", number, db],
        "mark": ["mark", number, "wrong", db],
        "list": ["list", db, "--sort", "quote"],
    }
    damaged = 0
    for seed in range(READING.index(command), FLIPS, len(READING)):
        db.write_bytes(flipped(data, seed))
        result = claims(*asked.get(command, [command, db]))
        told = result.stderr.decode()
        damaged += "it is damaged; restore it from a copy, or begin a new one" in told
        # its id, or the number of the version, is another now
        is_gone = f"no claim has the id {number}" in told or "was written by a newer version" in told
        assert result.returncode == 0 or (result.returncode == 2 and ("is damaged; restore" in told or is_gone)), told
    assert damaged > FLIPS // 40


@pytest.mark.parametrize("length", [16, 50, 99, 100, 4000, 4096, 8192, 20_000, -4096, -1])
def test_a_store_that_was_cut_is_told(claims, sound, tmp_path, length):
    folder, number = sound
    db = tmp_path / "b.db"
    db.write_bytes((folder / "a.db").read_bytes()[:length])
    for arguments in (["list", db], ["show", number, db], ["stats", db]):
        result = claims(*arguments)
        assert "fault" not in result.stderr.decode()
        assert result.returncode in (1, 2) or length == -1


@pytest.mark.parametrize("command", [["list"], ["stats"], ["speakers"], ["network"]])
def test_a_head_that_is_overwritten_is_told(claims, sound, tmp_path, command):
    db = tmp_path / "b.db"
    db.write_bytes(b"\0" * 100 + (sound[0] / "a.db").read_bytes()[100:])
    for result in (claims(*command, db), claims("extract", sound[0] / "story.txt", "--db", db)):
        assert result.returncode == 2
        assert "it is damaged; restore it from a copy, or begin a new one" in result.stderr.decode()


def test_what_can_be_read_of_a_damaged_store_is_saved(claims, sound, tmp_path):
    folder, number = sound
    (tmp_path / "other.txt").write_text("Eva Lund said that the port was closed.\n" * 200, encoding="utf-8")
    shutil.copyfile(folder / "a.db", tmp_path / "b.db")
    claims("extract", "other.txt", "--db", "b.db", cwd=tmp_path)
    with closing(sqlite3.connect(tmp_path / "b.db")) as connection:
        connection.execute("UPDATE documents SET text = replace(text, 'port', 'fort') WHERE path = 'other.txt'")
        connection.execute("UPDATE claims SET content = 'that it floats' WHERE content LIKE '%ferry%'")
        connection.commit()
    (tmp_path / "b.db").write_bytes(b"\0" * 100 + (tmp_path / "b.db").read_bytes()[100:])
    told = claims("list", "b.db", cwd=tmp_path).stderr.decode()
    assert "claims merge FILE -o NEW.db saves what can be read of it" in told
    saved = claims("merge", "b.db", "-o", "new.db", cwd=tmp_path)
    told = saved.stderr.decode()
    assert saved.returncode == 1
    assert "b.db: lost: other.txt: its text is damaged" in told
    assert "b.db: lost: story.txt: claim " in told
    assert "Saved: 1 document, " in told
    assert "1 mark. Written to new.db; claims extract with --db reads the documents again" in told
    listed = claims("list", "new.db", cwd=tmp_path).stdout.decode()
    assert "The bridge is unsafe" in listed
    assert "right" in claims("show", number, "new.db", cwd=tmp_path).stdout.decode()
    assert "floats" not in listed
    again = claims("extract", "story.txt", "--db", tmp_path / "new.db", cwd=folder).stderr.decode()
    assert "1 read again" in again
    assert "ferry" in claims("list", "new.db", cwd=tmp_path).stdout.decode()
    assert claims("merge", "b.db", "-o", "new.db", cwd=tmp_path).returncode == 2


def test_a_store_with_a_lost_head_alone_loses_nothing(claims, sound, tmp_path):
    data = (sound[0] / "a.db").read_bytes()
    (tmp_path / "b.db").write_bytes(b"\0" * 100 + data[100:])
    assert claims("merge", "b.db", "-o", "new.db", cwd=tmp_path).returncode == 0
    wanted = claims("list", sound[0] / "a.db", "--marks", "--format", "jsonl").stdout
    assert claims("list", tmp_path / "new.db", "--marks", "--format", "jsonl").stdout == wanted


def test_a_store_of_which_nothing_can_be_read_says_so(claims, sound, tmp_path):
    (tmp_path / "b.db").write_bytes((sound[0] / "a.db").read_bytes()[:5000])
    saved = claims("merge", "b.db", "-o", "new.db", cwd=tmp_path)
    assert saved.returncode == 2
    assert "no document of b.db can be read any more" in saved.stderr.decode()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.db"]


def altered(lines: list[bytes], seed: int) -> tuple[bytes, int]:
    """An export one line of which was changed, and which."""
    chance = random.Random(seed)
    place = chance.randrange(len(lines))
    record = json.loads(lines[place])
    name = chance.choice(list(record))
    if seed % 5 == 4:
        raw = bytearray(lines[place])
        raw[chance.randrange(len(raw))] = chance.randrange(256)
        changed = bytes(raw).replace(b"\n", b" ")
    elif seed % 5 == 3:
        changed = json.dumps({key: value for key, value in record.items() if key != name}).encode()
    else:
        changed = json.dumps({**record, name: chance.choice(ALTERATIONS)}).encode()
    return b"\n".join([*lines[:place], changed, *lines[place + 1 :], b""]), place + 1


@pytest.mark.parametrize("command", [["list"], ["stats"], ["speakers"], ["network"], ["list", "--sort", "quote,date"]])
def test_an_altered_export_is_read_or_names_the_line(claims, sound, tmp_path, command):
    lines = (sound[0] / "a.jsonl").read_bytes().splitlines()
    export = tmp_path / "b.jsonl"
    named = 0
    for seed in range(len("".join(command)) % 4, FLIPS, 4):
        data, line = altered(lines, seed)
        export.write_bytes(data)
        result = claims(*command, export)
        told = result.stderr.decode()
        named += f"{export}:{line}: is no claim record" in told
        assert result.returncode == 0 or (result.returncode == 1 and f"{export}:{line}: is no claim record" in told), (
            told
        )
    assert named > FLIPS // 20

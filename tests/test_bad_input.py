"""Bad input is normal input: each kind through the command."""

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.bounds import hostile
from tests.conftest import ROOT

STORY = "“The bridge is unsafe,” said Ann Roe.\n\nJohn Lee said that the ferry’s engine was late.\n"
HOSTILE = hostile(part=3)  # a square of these takes minutes too; `benchmarks.bounds` takes them whole
FOUND = [("Ann Roe", "“The bridge is unsafe,”", 1), ("John Lee", "that the ferry’s engine was late", 3)]


class Result:
    """What a run printed: claims, and its messages on standard error."""

    def __init__(self, done: subprocess.CompletedProcess):
        self.code = done.returncode
        self.rows = [json.loads(line) for line in done.stdout.splitlines()]
        self.found = [(row["speaker"], row["content"]["text"], row["line"]) for row in self.rows]
        self.errors = done.stderr.decode()
        self.messages = [line for line in self.errors.splitlines() if line.startswith("claims: ")]
        assert "Traceback" not in self.errors
        assert "\x1b" not in self.errors


@pytest.fixture
def run(claims):
    def runs(*arguments, **options):
        return Result(claims("extract", *map(str, arguments), "--format", "jsonl", **options))

    return runs


@pytest.fixture
def write(tmp_path):
    def writes(name, data) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return writes


def test_no_such_path(run, tmp_path):
    result = run(tmp_path / "no.txt")
    assert result.code == 1
    assert result.messages == [f"claims: {tmp_path}/no.txt: no such file or folder; check the path"]


def test_an_empty_folder(run, tmp_path):
    result = run(tmp_path)
    assert result.code == 1
    assert "no file in this folder is of a kind that is read (.txt, .text, .md, " in result.messages[0]


def test_files_of_other_kinds_in_a_folder_are_counted(run, write, tmp_path):
    write("a.txt", STORY)
    for name in ("b.jpg", "c.jpg", "d"):
        write(name, b"x")
    (tmp_path / "e").symlink_to(ROOT / "seeds")
    result = run(tmp_path)
    assert (result.code, result.found) == (0, FOUND)
    assert "not read in folders: .jpg (2), link to a folder, no suffix" in result.errors


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \n\t\r\n \xc2\xa0\n", "holds nothing but white space"),
        (b"\xef\xbb\xbf\n", "holds nothing but white space"),
        (bytes(range(256)) * 40, "is binary data and no text"),
        (b"\0" * 5000, "is binary data and no text"),
        (b"%PDF-1.7\n1 0 obj\n", "is a PDF and no plain text"),
        (b"PK\x03\x04\x14\0\x08\0", "is a ZIP archive or an Office document"),
        (b"{\\rtf1\\ansi Hello}", "is an RTF document"),
    ],
)
def test_files_that_hold_no_text(run, write, data, reason):
    path = write("a.txt", data)
    result = run(path)
    assert (result.code, result.rows) == (1, [])
    assert len(result.messages) == 1
    assert result.messages[0].startswith(f"claims: {path}: {reason}")
    assert "; " in result.messages[0], "the message names no remedy"


@pytest.mark.parametrize(
    ("data", "note"),
    [
        (STORY.encode("utf-8-sig"), ""),
        (STORY.encode("utf-16"), ""),
        (STORY.encode("utf-32"), ""),
        (b"\xfe\xff" + STORY.encode("utf-16-be"), ""),
        (STORY.replace("\n", "\r\n").encode(), ""),
        (STORY.replace("\n", "\r").encode(), ""),
        (STORY.encode("utf-16-le"), "looks like UTF-16 and was read so"),
        (
            STORY.encode("cp1252"),
            "is no UTF-8; read as Windows-1252 (if letters look wrong, give its --encoding)",
        ),
        (STORY.encode() + b"\nThe end.\xff\n", "1 character could not be read as UTF-8; in their place stands \ufffd"),
    ],
    ids=["utf-8 mark", "utf-16", "utf-32", "utf-16-be", "crlf", "cr", "utf-16 no mark", "windows-1252", "broken utf-8"],
)
def test_encodings_and_line_ends_change_no_claim(run, write, data, note):
    path = write("a.txt", data)
    result = run(path)
    assert (result.code, result.found) == (0, FOUND)
    assert result.messages == ([f"claims: {path}: {note}"] if note else [])


def test_null_bytes_in_a_text_stay_in_it(run, write):
    text = "John Lee said that the fer\0ry was late. " + "It rains. " * 20
    result = run(write("a.txt", text))
    assert result.code == 0
    assert result.rows[0]["speaker"] == "John Lee"
    assert result.rows[0]["content"]["text"] == "that the fer\0ry was late"


UNPRIVILEGED = """
import importlib.metadata, os, sys
import claims_cli.extraction
from claims_cli.commands.app import main
given, loaded = sys.argv[1:], claims_cli.extraction.Extractor()
claims_cli.extraction.Extractor = lambda *_, **__: loaded
importlib.metadata.version = lambda name: "0"

def run(*arguments):
    sys.argv = ["claims", "extract", *arguments]
    try:
        main()
    except SystemExit as ending:
        return ending.code

# what an unprivileged user may not read is loaded before
run("seeds", "/no/such/file", "--quiet", "--errors", "json", "--format", "jsonl", "-o", "/dev/null")
print("---", file=sys.stderr, flush=True)
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
sys.exit(run(*given, "--format", "jsonl"))
"""


def test_files_and_folders_without_permission_to_read(write, tmp_path):
    good = write("good.txt", STORY)
    closed = write("closed.txt", STORY)
    write("shut/inside.txt", STORY)
    closed.chmod(0)
    (tmp_path / "shut").chmod(0)
    for folder in [tmp_path, *tmp_path.parents][:4]:
        if folder.owner() == Path.home().owner():
            folder.chmod(folder.stat().st_mode | 0o055)
    done = subprocess.run(
        [sys.executable, "-c", UNPRIVILEGED, str(tmp_path), str(tmp_path / "shut" / "inside.txt")],
        capture_output=True,
        cwd=ROOT,
        timeout=120,
    )
    (tmp_path / "shut").chmod(0o700)
    done.stderr = done.stderr.partition(b"---\n")[2]
    result = Result(done)
    assert (result.code, result.found) == (1, FOUND)
    assert {row["doc"] for row in result.rows} == {str(good)}
    assert result.messages == [
        f"claims: {tmp_path}/shut: the folder cannot be read: permission denied; check its permissions",
        f"claims: {closed}: cannot be read: permission denied; check the file and its permissions",
        f"claims: {tmp_path}/shut/inside.txt: cannot be read: permission denied; "
        "check the path and the permissions of its folders",
    ]


def test_a_folder_that_vanishes_while_it_is_read(write, tmp_path):
    write("in/a.txt", "\n".join(f"“Bridge number {number} is unsafe,” said Ann Roe.\n" for number in range(2000)))
    write("in/b.txt", STORY)
    command = [sys.executable, "-m", "claims_cli", "extract", str(tmp_path / "in"), "--jobs", "1", "--format", "jsonl"]
    with (tmp_path / "errors").open("wb") as errors:
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors)
    with process:
        first = process.stdout.readline()
        shutil.rmtree(tmp_path / "in")
        rest = process.stdout.read()
    assert process.returncode == 1
    assert {json.loads(line)["doc"] for line in [first, *rest.splitlines()]} == {str(tmp_path / "in/a.txt")}
    assert f"{tmp_path}/in/b.txt: is not there; check the file" in (tmp_path / "errors").read_text(encoding="utf-8")


def test_links_that_go_in_circles_or_nowhere(run, write, tmp_path):
    write("in/a.txt", STORY)
    (tmp_path / "in" / "up").symlink_to("..")
    (tmp_path / "in" / "self.txt").symlink_to("self.txt")
    (tmp_path / "in" / "z.txt").symlink_to("nowhere")
    result = run(tmp_path / "in", tmp_path / "in" / "self.txt")
    assert (result.code, result.found) == (1, FOUND)
    assert [message.rpartition("/")[2].split(";")[0] for message in result.messages] == [
        "self.txt: cannot be read: too many levels of symbolic links",
        "z.txt: is not there",
        "self.txt: is a link that leads nowhere",
    ]


def test_pipes_sockets_and_devices_are_not_waited_for(run, write, tmp_path):
    write("a.txt", STORY)
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    here = os.getcwd()
    os.chdir(tmp_path)  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("sock.txt")
        os.chdir(here)
        result = run(tmp_path, "/dev/null", timeout=60)
    assert (result.code, result.found) == (1, FOUND)
    assert [message.rpartition("/")[2].split(";")[0] for message in result.messages] == [
        "pipe.txt: is a pipe and no file",
        "sock.txt: is a socket and no file",
        "zero.txt: is a device and no file",
        "null: is a device and no file",
    ]


def test_a_pipe_that_somebody_writes_to_is_read(tmp_path):
    script = f"{sys.executable} -m claims_cli extract <(sleep 1; cat '{tmp_path}/a.txt') --format jsonl"
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    done = subprocess.run(["bash", "-c", script], capture_output=True, cwd=ROOT, timeout=60)
    assert Result(done).found == FOUND


def test_odd_file_names(run, write, tmp_path):
    names = [b"new\nline.txt", b"quo\"te's.txt", b"raw\xff\xfe.txt", b"red\x1b[31m.txt", " \u202egnp.txt".encode()]
    for name in names:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(STORY.encode())
    (tmp_path / "empty\n\x1b[2J.txt").write_bytes(b"")
    result = run(tmp_path, "--duplicates", "keep")
    assert result.code == 1
    assert [row["doc"].rpartition("/")[2] for row in result.rows[::2]] == [
        " \u202egnp.txt", "new\nline.txt", "quo\"te's.txt", "raw\\xff\\xfe.txt", "red\x1b[31m.txt",
    ]  # fmt: skip
    assert result.found == FOUND * 5
    assert [line.rpartition("/")[2] for line in result.messages] == [
        "empty\\n\\x1b[2J.txt: is empty; check that it was saved"
    ]


def test_a_text_over_the_models_limit_is_worked_through_in_parts(run, write):
    others = ["“The tunnel is closed,” said Eva Lund.\n", "Max Berg said that the port was open.\n"]
    text = ("\n" * 700_000).join([STORY, *others])
    result = run(write("long.txt", text), timeout=120)
    assert result.code == 0
    assert len(text) > 1_400_000
    assert [speaker for speaker, _, _ in result.found] == ["Ann Roe", "John Lee", "Eva Lund", "Max Berg"]
    for row in result.rows:
        ((start, end),) = row["content"]["spans"]
        assert text[start:end] == row["content"]["text"]
        assert row["line"] == text.count("\n", 0, start) + 1


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_hostile_text_hides_no_claim_and_takes_no_more_than_seconds(run, write, name):
    path = write("a.txt", STORY + "\n" + HOSTILE[name] + "\n\n" + STORY.replace("Ann Roe", "Eva Lund"))
    result = run(path, timeout=60)
    assert result.code == 0
    assert result.found[:2] == FOUND
    assert "Eva Lund" in {speaker for speaker, _, _ in result.found}


def test_marks_of_direction_escapes_and_markup_stay_text(run, write, claims):
    words = "the \u202ebridge\u202c \x1b[31m[bold]fell[/bold] {{ x }} <b>"
    path = write("a.txt", f"Ann Roe said that {words} down.\n")
    assert run(path).rows[0]["content"]["text"] == f"that {words} down"
    for options in ([], ["--format", "md", "--columns", "content"]):
        output = claims("extract", str(path), *options).stdout.decode()
        assert not set("\x1b\u202e\u202c") & set(output)
        assert "bold" in output


@pytest.fixture
def all_bad(write, tmp_path):
    """A folder of ten good files among bad ones; what each bad one must be told as."""
    for number in range(10):
        write(f"in/good{number}.txt", STORY.replace("Ann Roe", f"Ann R{'aeioulmnst'[number]}y"))
    write("in/bad-binary.txt", bytes(range(256)) * 20)
    write("in/bad-empty.txt", b"")
    write("in/bad-white.txt", b" \n \n")
    write("in/bad-pdf.txt", b"%PDF-1.7 \0\1")
    write("in/bad-\x1b]0;x\x07.txt", b"")
    os.mkfifo(tmp_path / "in" / "bad-pipe.txt")
    (tmp_path / "in" / "bad-loop.txt").symlink_to("bad-loop.txt")
    (tmp_path / "in" / "bad-gone.txt").symlink_to("nowhere")
    (tmp_path / "in" / "bad-zero.txt").symlink_to("/dev/zero")
    return tmp_path / "in"


def test_bad_files_among_good_ones_cost_a_line_each(run, all_bad):
    alone = [run(all_bad / f"good{number}.txt").rows for number in (0, 9)]
    result = run(all_bad)
    assert result.code == 1
    assert [row for row in result.rows if row["doc"].endswith(("good0.txt", "good9.txt"))] == alone[0] + alone[1]
    assert len(result.rows) == 20
    assert len(result.messages) == 9
    assert all("/bad-" in message for message in result.messages)


def test_errors_as_json_are_one_object_a_failed_input(claims, all_bad):
    done = claims("extract", str(all_bad), "/no/such", "--format", "jsonl", "--errors", "json")
    failed = [json.loads(line) for line in done.stderr.splitlines()]
    assert len(failed) == 10
    assert all(set(item) == {"path", "stage", "reason", "remedy"} and item["remedy"] for item in failed)
    assert {item["stage"] for item in failed} == {"find", "read", "decode"}
    assert done.returncode == 1


def test_a_document_that_the_pipeline_fails_on_costs_no_other_its_claims(extractor, monkeypatch):
    from spacy.lang.en import English

    from claims_cli.errors import InputError
    from claims_cli.formats import plain

    make = English.make_doc

    def breaks(nlp, text):
        if "poison" in text:
            raise ValueError("no parse")
        return make(nlp, text)

    monkeypatch.setattr(English, "make_doc", breaks)
    texts = [STORY, "poison", STORY]
    documents = [plain.read(f"{number}.txt", text.encode()) for number, text in enumerate(texts)]
    first, failed, last = extractor.extract(documents)
    assert len(first[1]) == len(last[1]) == 2
    assert isinstance(failed, InputError)
    assert (failed.path, failed.stage) == ("1.txt", "extract")
    assert "no parse" in failed.reason

"""What a person at a terminal sees, and what scripts rely on: colours, widths, exit codes, the manifest."""

import hashlib
import io
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
from fcntl import ioctl

import pytest

from claims_cli.commands.messages import duration
from claims_cli.outputs import listing
from tests.conftest import ROOT

STORY = "“The bridge is unsafe,” said Ann Roe. John Lee said that the ferry would be late again on Monday.\n"
ESCAPE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
PLAIN = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TERM": "xterm-256color"}


def at_terminal(*arguments: str, name: str = "extract", width: int = 100, **environment: str) -> str:
    """Everything a terminal receives from a command, standard error included."""
    ours, theirs = pty.openpty()
    ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
    command = [sys.executable, "-m", "claims_cli", name, *arguments]
    environment = {**PLAIN, **environment}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    received = b""
    while select.select([ours], [], [], 60)[0]:
        try:
            chunk = os.read(ours, 65536)
        except OSError:
            break
        if not chunk:
            break
        received += chunk
    process.wait(timeout=10)
    os.close(ours)
    return received.decode()


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return str(path)


def test_a_terminal_gets_colours_and_totals(story):
    shown = at_terminal(story)
    assert re.search(r"\x1b\[1?;?3[0-9]m", shown), "no colour"
    assert "Ann Roe" in ESCAPE.sub("", shown)
    assert "2 claims from 1 document" in shown


def test_no_color_and_a_dumb_terminal_are_respected(story):
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", at_terminal(story, NO_COLOR="1"))
    assert "\x1b" not in at_terminal(story, TERM="dumb")


@pytest.mark.parametrize("columns", ["60", "140"])
def test_columns_sets_the_width(story, columns):
    lines = ESCAPE.sub("", at_terminal(story, "--quiet", COLUMNS=columns)).splitlines()
    assert max(map(len, lines)) <= int(columns)
    assert max(map(len, lines)) > int(columns) - 20
    assert "".join(lines).count("Monday") == 1, "the statement is cut"


LONG = "a folder of a rather long name"
TALK = (
    "Deputy Undersecretary Maximiliana Featherstone said that the acknowledgement of the telecommunication treaty was "
    "misunderstood. She warned that representatives had repeatedly misinterpreted it.\n"
)


def drawn(width: int, *arguments: str, name: str = "extract") -> list[str]:
    """The lines that a terminal of a width shows."""
    shown = ESCAPE.sub("", at_terminal(*arguments, "--quiet", name=name, width=width))
    return [line.rstrip() for line in shown.splitlines()]


@pytest.fixture
def stories(tmp_path):
    folder = tmp_path / LONG
    folder.mkdir()
    (folder / "a.txt").write_text(TALK, encoding="utf-8")
    (folder / "b.txt").write_text(STORY, encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize("width", [40, 72, 80, 120, 200])
def test_no_word_is_cut_and_a_file_is_named_once(stories, width):
    lines = drawn(width, stories)
    assert max(map(len, lines)) <= width
    words = set(" ".join(lines).split())
    assert {"Maximiliana", "Featherstone", "acknowledgement", "telecommunication", "misunderstood"} <= words
    assert {"representatives", "misinterpreted", "repeatedly", "had"} <= words
    whole = "".join(lines)
    assert [whole.count(f"/{name}.txt") for name in "ab"] == [1, 1]
    assert whole.count("Maximiliana") == 2


def test_columns_that_would_be_empty_are_not_there(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(STORY, encoding="utf-8")
    assert drawn(80, str(path))[0].split() == ["Speaker", "Cue", "Statement", "Line"]
    path.write_text("According to the Courier, Ann Roe said the bridge was unsafe.\n", encoding="utf-8")
    assert "Via / citing" in drawn(80, str(path))[0]


def test_a_narrow_terminal_gets_cards(story, stories):
    lines = drawn(40, story)
    place = lines.index("Ann Roe")
    assert lines[place : place + 4] == ["Ann Roe", "“The bridge is unsafe,”", "said · line 1", ""]
    assert not [line for line in lines if line.startswith("Speaker")]
    assert [line for line in drawn(60, stories) if line.startswith("warned · line 1 · pronoun ")]


@pytest.mark.parametrize("width", [40, 72, 80, 120])
def test_claims_of_a_store_are_drawn_likewise(claims, stories, tmp_path, width):
    db = str(tmp_path / "claims.db")
    assert claims("extract", stories, "--db", db).returncode == 0
    lines = drawn(width, db, name="list")
    assert max(map(len, lines)) <= width
    assert [("".join(lines)).count(f"/{name}.txt") for name in "ab"] == [1, 1]
    assert {"acknowledgement", "telecommunication", "misinterpreted"} <= set(" ".join(lines).split())
    assert [line for line in lines if line.endswith("said · line 1")]


def test_no_progress_stays_above_the_table(story):
    shown = at_terminal(story)
    assert shown.rindex("\r\x1b[K", 0, shown.index("Speaker")) > shown.rindex("1 read,", 0, shown.index("Speaker"))


@pytest.mark.parametrize("name", ["table", "csv", "tsv", "md", "json", "jsonl"])
def test_no_live_control_character_reaches_a_terminal(tmp_path, name):
    path = tmp_path / "red\x1b]0;owned\x07\n.txt"
    path.write_text("Ann Roe said that the \x1b[31mbridge\x9b2J \u202efell\x07 down.\n", encoding="utf-8")
    shown = at_terminal(str(path), str(tmp_path / "no\x1b[5m"), "--format", name, TERM="dumb")
    assert "bridge" in shown
    assert not set("\x1b\x9b\x07\u202e") & set(shown)
    assert r"no\x1b[5m: no such file" in shown


def test_progress_is_not_drawn_where_it_is_not_wanted(story):
    assert "1 of 1 read, " in at_terminal(story)
    streamed = at_terminal(story, "--format", "csv")
    for drawn in (at_terminal(story, "--quiet"), at_terminal(story, TERM="dumb"), streamed):
        assert " read, " not in drawn
        assert "loading" not in drawn


@pytest.mark.parametrize("name", ["extract", "list", "speakers"])
@pytest.mark.parametrize("width", [40, 100])
def test_progress_tells_how_far_it_is_and_leaves_nothing_behind(tmp_path, name, width):
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(f"{STORY}{'The end. ' * number}", encoding="utf-8")
    shown = at_terminal(str(tmp_path), "--duplicates", "keep", name=name, width=width)
    assert shown.index("loading the model …") < shown.index("4 of 4 read, ")
    assert all(f"{number} of 4 read" in shown for number in (1, 2, 3))
    pieces = shown.split("\r\x1b[K")
    drawn = [piece for piece in pieces if " read, " in piece or "loading" in piece]
    assert max(map(len, drawn)) < width
    assert not any("Ann Roe" in piece for piece in drawn), "each line of progress is wiped"
    assert not pieces[0]
    assert "Ann" in ESCAPE.sub("", "".join(pieces))


def test_an_input_that_holds_several_has_no_total(tmp_path):
    (tmp_path / "a.csv").write_text(f'text\n"{STORY.strip()}"\n"{STORY.strip()} And more."\n', encoding="utf-8")
    shown = at_terminal(str(tmp_path), "--duplicates", "keep")
    assert "2 read, " in shown
    assert " of " not in shown.split("2 read, ")[0]


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.2, "1 s"), (41.4, "41 s"), (61, "1 min"), (130, "2 min"), (5400, "1.5 h")]
)
def test_the_time_left_is_told_in_one_unit(seconds, told):
    assert duration(seconds) == told


def test_quiet_tells_only_what_failed(claims, story):
    assert claims("extract", story, "--quiet").stderr == b""
    errors = claims("extract", story, "/no/such", "--quiet").stderr.decode().splitlines()
    assert errors == ["claims: /no/such: no such file or folder; check the path"]


def test_nothing_found_is_no_failure(claims):
    result = claims("extract", "-", stdin=b"It rains.\n")
    assert result.returncode == 0
    assert "0 claims from 1 document" in result.stderr.decode()


def test_piped_output_is_utf_8_in_any_locale(claims_process, story):
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    result = claims_process("extract", story, "--format", "csv", env=environment)
    assert result.returncode == 0
    assert "“The bridge is unsafe,”" in result.stdout.decode("utf-8")


def test_a_full_standard_output_is_told():
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full here")
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "claims_cli", "extract", "seeds", "--format", "jsonl"]
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, cwd=ROOT, timeout=120)
    assert result.returncode == 2
    assert result.stderr.decode().splitlines() == [
        "claims: standard output cannot be written: No space left on device; check the disk"
    ]


def test_output_can_be_named_a_hyphen_and_written_to_a_device(claims_process, story):
    assert claims_process("extract", story, "-o", "-").stdout.startswith(b"Speaker\t")
    assert claims_process("extract", story, "-o", "/dev/stdout", "--format", "csv", "--no-bom").stdout.startswith(
        b"speaker,speaker_role,content,"
    )


def test_columns_go_with_formats_that_have_them(claims, story):
    shown = claims("extract", story, "--format", "tsv", "--columns", "speaker,cue").stdout.decode()
    assert shown == "speaker\tcue\nAnn Roe\tsaid\nJohn Lee\tsaid\n"
    result = claims("extract", story, "--format", "jsonl", "--columns", "speaker")
    assert result.returncode == 2
    assert "--columns goes with --format csv, tsv, md, xlsx, parquet" in result.stderr.decode()


def test_the_manifest_tells_how_to_repeat_the_run(claims, story, tmp_path):
    target, manifest = tmp_path / "out.csv", tmp_path / "run.json"
    (tmp_path / "empty.txt").write_bytes(b"")
    options = ["-o", str(target), "--manifest", str(manifest), "--speaker", "Roe", "--type", "all"]
    assert claims("extract", story, str(tmp_path / "empty.txt"), *options).returncode == 1
    record = json.loads(manifest.read_text(encoding="utf-8"))
    version = claims("--version").stdout.decode().split()
    assert [record["versions"][name] for name in ("claims", "model", "model_version", "rulebook")] == [
        version[1], version[3], version[4], version[6],
    ]  # fmt: skip
    assert record["options"] == {
        "paths": [story, str(tmp_path / "empty.txt")], "output": str(target), "manifest": str(manifest),
        "speaker": ["Roe"], "type": "all", "errors": "text", "language": "en", "duplicates": "mark",
    }  # fmt: skip
    read, failed = record["inputs"]
    assert read["sha256"] == hashlib.sha256(STORY.encode()).hexdigest()
    assert (read["path"], read["claims"], read["encoding"]) == (story, 2, "utf-8")
    assert failed["error"]["reason"] == "is empty"
    counts = record["counts"]
    assert (counts["documents"], counts["failed"], counts["claims"], counts["shown"]) == (1, 1, 2, 1)
    assert record["started"] <= record["finished"]


def test_wrong_usage_is_json_too_where_errors_are(claims, story):
    result = claims("extract", story, "--type", "x", "--errors", "json")
    assert result.returncode == 2
    assert json.loads(result.stderr)["reason"] == "there is no claim type 'x'"


@pytest.mark.parametrize(
    ("words", "offers"),
    [
        ("claims ex", ["extract", "explain"]),
        ("claims extract --speaker-kind pe", ["person"]),
        ("claims extract --type said,de", ["said,denial"]),
        ("claims extract --format j", ["json", "jsonl"]),
        ("claims extract --sort conf", ["confidence"]),
    ],
)
def test_the_shell_completes_commands_and_names(claims, words, offers):
    environment = {
        **PLAIN, "_CLAIMS_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1),
    }  # fmt: skip
    program = "import sys; sys.argv = ['claims']\nfrom claims_cli.commands.app import main\nmain()"
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, cwd=ROOT, timeout=60)
    assert done.stdout.decode().split() == offers


def test_an_interrupt_leaves_the_old_file_and_one_message(tmp_path):
    target = tmp_path / "out.csv"
    target.write_text("old", encoding="utf-8")
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number}.txt").write_text(f"{STORY * 400}{number}\n", encoding="utf-8")
    command = [sys.executable, "-m", "claims_cli", "extract", str(folder), "-", "-o", str(target)]
    # its standard input is left open, so that the run cannot end before it is interrupted
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    while len(list(tmp_path.iterdir())) < 3 and process.poll() is None:
        select.select([], [], [], 0.05)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 130
    message = (
        "interrupted; no output file was changed; what was analysed is kept, and the same command goes on from there"
    )
    assert process.stderr.read().decode().splitlines() == [f"claims: {message}"]
    assert target.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out.csv"]


def test_an_interrupt_while_it_is_loaded_is_told_as_one(tmp_path):
    program = (
        "import sys\n"
        "from claims_cli.__main__ import main\n"
        "class Pressed:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'claims_cli.commands.extract':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Pressed())\n"
        "main()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, cwd=ROOT, timeout=60, env=PLAIN)
    assert done.returncode == 130
    assert done.stderr.decode().splitlines() == ["claims: interrupted"]


def test_a_fault_of_ours_is_one_line(tmp_path):
    program = (
        "import sys; sys.argv = ['claims', 'extract', '-']\n"
        "import claims_cli.commands.run as run\n"
        "def fails(*_): raise RuntimeError('odd\\x1b[31m')\n"
        "run.CommandRun.__init__ = fails\n"
        "from claims_cli.commands.app import main\nmain()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, cwd=ROOT, timeout=60, env=PLAIN)
    assert done.returncode == 70
    assert done.stderr.decode().splitlines() == [
        r"claims: a fault of this program: RuntimeError: odd\x1b[31m; please report it with what CLAIMS_DEBUG=1 shows"
    ]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_no_word_is_cut_in_the_list_of_speakers(width, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(width))
    rows = [
        ("A leadership source in Hamas", "organization", "3", "0", "Secretary-General", ""),
        ("the Iranian sources within the inner circle", "group", "12", "1", "a former intelligence official", ""),
    ]
    stream = Terminal()
    listing.write_rows(("Speaker", "Kind", "Claims", "Inferred", "Roles", "Perhaps the same"), rows, stream)
    shown = re.sub(r"\x1b\[[0-9;]*m", "", stream.getvalue())
    assert "Perhaps" not in shown
    words = {word for row in rows for cell in row for word in cell.split()}
    assert words <= set(shown.replace("·", " ").split())
    assert max(len(line.rstrip()) for line in shown.splitlines()) <= width

"""Standard streams that are closed or full: a message, the exit code, the file written."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import ROOT

SAID = '"We will not pay the levy," the minister David Lang said on Monday.\n'
FULL = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
PRINTING = (
    "--help",
    "--version",
    "config",
    "rules list",
    "help",
    "extract --help",
    "extract a.txt",
    "text a.txt",
    "doctor",
)


@pytest.fixture
def shell(tmp_path):
    """Run a line of a shell in a folder with a text."""
    (tmp_path / "a.txt").write_text(SAID)
    env = {**os.environ, "PYTHONPATH": str(ROOT)}

    def run(line: str, **more: str) -> subprocess.CompletedProcess:
        line = f"{sys.executable} -m claims_cli {line}"
        return subprocess.run(line, shell=True, capture_output=True, cwd=tmp_path, env={**env, **more}, timeout=120)

    run.place = tmp_path
    return run


@FULL
@pytest.mark.parametrize("line", PRINTING)
def test_a_full_standard_output_is_told(shell, line):
    """One message, exit code 2."""
    done = shell(f"{line} >/dev/full")
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1] == (
        "claims: standard output cannot be written: No space left on device; check the disk"
    )


@pytest.mark.parametrize("line", PRINTING)
def test_a_closed_standard_output_is_told(shell, line):
    """One message that names what to do, exit code 2."""
    done = shell(f"{line} >&-")
    assert done.returncode == 2
    assert "standard output cannot be written: it is closed" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.parametrize("way", [">&-", "2>&-", ">&- 2>&-", "<&-", "<&- >&- 2>&-", "2>/dev/full", ">/dev/full"])
def test_the_file_is_written_whatever_the_streams(shell, way):
    """What was asked for with -o is there and whole, and the exit code is that of a run that is done."""
    for name in ("out.csv", "out.html"):
        done = shell(f"extract a.txt -o {name} {way}")
        assert done.returncode == 0, done.stderr.decode()
        assert "Lang" in (shell.place / name).read_text()
        assert b"Traceback" not in done.stderr


def test_errors_keep_their_code_where_nobody_is_told(shell):
    """A missing input is 1 and a wrong option 2, with standard error closed or full."""
    for way in ("2>&-", "2>/dev/full"):
        assert shell(f"extract missing.txt {way}").returncode == 1
        assert shell(f"extract a.txt --no-such {way}").returncode == 2
        assert shell(f"extract a.txt --format nosuch {way}").returncode == 2


def test_closed_standard_input_is_an_empty_one(shell):
    """No traceback: it is told that nothing was on it."""
    done = shell("extract - <&-")
    assert done.returncode == 1
    assert "is empty" in done.stderr.decode()


def test_a_reader_that_has_seen_enough_ends_it_quietly(shell):
    """`| head -1` of a long help and of claims: nothing on standard error."""
    for line in ("extract --help", "rules list", "extract a.txt --format jsonl"):
        done = shell(f"{line} | head -c 1")
        assert done.stdout
        assert b"rror" not in done.stderr


def test_a_full_folder_for_temporary_files_is_told_as_that(shell):
    """Not as standard output; the remedy names the folder."""
    room = Path(shell.place / "room")
    room.mkdir()
    if os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "none", room]).returncode:
        pytest.skip("no small disk can be made here")
    try:
        (shell.place / "long.txt").write_text((SAID + "\n") * 6000)
        done = shell("extract long.txt --jobs 2 --no-cache --format csv", TMPDIR=str(room))
    finally:
        subprocess.run(["umount", room], check=True)
    assert done.returncode == 2, done.stderr.decode()
    assert f"make room in {room}, or set TMPDIR" in done.stderr.decode()
    assert "standard output" not in done.stderr.decode()

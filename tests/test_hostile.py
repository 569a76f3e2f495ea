"""Hostile files: each is refused or read within seconds and a bounded memory, in a process of its own."""

import subprocess
import sys

import pytest

from claims_cli.errors import InputError
from claims_cli.formats import isolation
from claims_cli.inputs.readers import read
from claims_cli.inputs.sources import Input
from tests.conftest import ROOT
from tests.hostile_files import FILES, SHOWN, pdf, zlib

SECONDS = 60
KILOBYTES = 2_400_000
MEASURED = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "claims_cli", "text", *sys.argv[1:]])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(done.returncode)
"""


@pytest.mark.parametrize("name", list(FILES))
def test_a_hostile_file_is_refused_and_the_run_goes_on(tmp_path, name):
    suffix, make, reason = FILES[name]
    path, good = tmp_path / f"bad{suffix}", tmp_path / "good.txt"
    make(path)
    good.write_text("The mayor said no.\n", encoding="utf-8")
    command = [sys.executable, "-c", MEASURED, str(path), str(good)]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, timeout=SECONDS, text=True)
    *shown, memory = done.stdout.splitlines()
    told = [line for line in done.stderr.splitlines() if line.startswith("claims: ")]
    assert done.returncode == 1
    assert "".join(shown) == "The mayor said no."
    assert len(told) == 1
    assert reason in told[0]
    assert int(memory) < KILOBYTES
    assert "Traceback" not in done.stderr


def test_a_pdf_whose_table_is_broken_is_read_all_the_same(tmp_path):
    path = tmp_path / "a.pdf"
    pdf(path, zlib.compress(SHOWN), xref=False)
    (document,) = read(Input("a.pdf", path))
    assert document.text == "The mayor said that the bridge was unsafe."


def test_a_file_that_takes_too_long_is_given_up_and_the_next_one_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(isolation.Openers, "waiting", [])
    monkeypatch.setattr(isolation, "SECONDS", 1)
    slow, good = tmp_path / "slow.rtf", tmp_path / "good.rtf"
    slow.write_bytes(b"{\\rtf1 " + b"{" * 30_000_000)
    good.write_bytes(b"{\\rtf1 The mayor said no.}")
    (failed,) = read(Input("slow.rtf", slow))
    assert isinstance(failed, InputError)
    assert "takes more than 1 seconds to read as RTF" in str(failed)
    monkeypatch.setattr(isolation, "SECONDS", 60)
    (document,) = read(Input("good.rtf", good))
    assert document.text == "The mayor said no."


def test_a_module_in_the_folder_of_the_documents_is_not_run(tmp_path):
    for name in ("striprtf", "trafilatura", "json", "claims_cli"):
        (tmp_path / f"{name}.py").write_text("open('ran', 'w')", encoding="utf-8")
    (tmp_path / "a.rtf").write_bytes(b"{\\rtf1 The mayor said no.}")
    script = f"import sys; sys.path[0] = {str(ROOT)!r}; from claims_cli.commands.app import main; main()"
    command = [sys.executable, "-c", script, "text", "a.rtf"]
    done = subprocess.run(command, capture_output=True, cwd=tmp_path, timeout=SECONDS, text=True)
    assert done.stdout == "The mayor said no."
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("seed", range(3))
def test_damaged_files_are_errors_or_texts(tmp_path, seed, articles):
    """Every format with bytes changed, cut and doubled: nothing but documents and errors comes out."""
    import random

    chance = random.Random(seed)
    for source in articles:
        data = bytearray(source.read_bytes())
        for _ in range(chance.randrange(1, 20)):
            place = chance.randrange(len(data))
            data[place : place + chance.choice([0, 1, 50])] = chance.randbytes(chance.choice([0, 1, 4]))
        path = tmp_path / source.name
        path.write_bytes(data[: chance.randrange(len(data))] if seed == 0 else data)
        for item in read(Input(path.name, path)):
            assert isinstance(item, InputError) or item.text.strip()
            item.text.encode() if not isinstance(item, InputError) else str(item)

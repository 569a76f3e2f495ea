"""An output that is an input is refused before anything is read; nothing is destroyed."""

import os
import shutil
from pathlib import Path

import pytest

from tests.command import ROOT

SAID = '"We will not pay the levy," the minister David Lang said on Monday.\n'
TABLE = f'title,text\nLevy,"{SAID.strip().replace(chr(34), chr(34) * 2)}"\n'


@pytest.fixture
def place(tmp_path, claims) -> Path:
    """A folder with a table, a text in a folder, a store of them, a table of metadata and rules."""
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "a.txt").write_text(SAID)
    (tmp_path / "d.csv").write_text(TABLE)
    (tmp_path / "meta.csv").write_text("path,outlet\na.txt,The Post\n")
    (tmp_path / "people.csv").write_text("id,name,party\n,David Lang,Labour\n")
    shutil.copy(ROOT / "rules" / "passives.yaml", tmp_path / "own.yaml")
    assert claims("extract", "f", "--db", "S.db", cwd=tmp_path).returncode == 0
    shutil.copy(tmp_path / "S.db", tmp_path / "T.db")
    return tmp_path


def contents(place: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file()}


CASES = [
    ("extract d.csv -o d.csv", "d.csv"),
    ("extract ./f/../d.csv -o d.csv", "d.csv"),
    ("extract f -o f/a.txt --format csv", "f/a.txt"),
    ("extract f/*.txt -o f/a.txt", "f/a.txt"),
    ("extract f --manifest f/a.txt", "f/a.txt"),
    ("extract d.csv --manifest d.csv", "d.csv"),
    ("extract f --meta meta.csv -o meta.csv", "meta.csv"),
    ("extract f --rules own.yaml -o own.yaml --format csv", "own.yaml"),
    ("extract f -o new.json --manifest new.json", "one file"),
    ("extract f --db S.db --manifest S.db", "one file"),
    ("extract f --db new.db --manifest new.db", "one file"),
    ("list S.db -o S.db --format csv", "S.db"),
    ("list --db S.db -o S.db --format csv", "S.db"),
    ("list S.db --people people.csv -o people.csv", "people.csv"),
    ("speakers S.db --sheet S.db", "S.db"),
    ("speakers f -o f/a.txt", "f/a.txt"),
    ("quotes S.db -o S.db --format csv", "S.db"),
    ("stats S.db -o S.db --format csv", "S.db"),
    ("line Lang S.db -o S.db --format csv", "S.db"),
    ("disputes S.db -o S.db --format csv", "S.db"),
    ("network S.db -o S.db --format csv", "S.db"),
    ("merge S.db T.db -o T.db", "T.db"),
    ("evaluate --marks S.db -o S.db --format json", "S.db"),
    ("evaluate f -o f/a.txt", "f/a.txt"),
]


@pytest.mark.parametrize(("line", "named"), CASES, ids=[line for line, _ in CASES])
def test_an_output_that_is_an_input_is_refused(claims, place, line, named):
    """Exit code 2, the message says which, and every file is as it was."""
    before = contents(place)
    done = claims(*line.split(), cwd=place)
    assert done.returncode == 2, done.stderr.decode()
    assert named in done.stderr.decode()
    assert "name another file" in done.stderr.decode()
    assert contents(place) == before


@pytest.mark.parametrize("way", [os.symlink, os.link])
def test_links_are_followed(claims, place, way):
    """A link to the input, and a second name of it, are the input."""
    way(place / "d.csv", place / "other.csv")
    way(place / "f" / "a.txt", place / "b.txt")
    before = contents(place)
    for line in ("extract d.csv -o other.csv", "extract other.csv -o d.csv", "extract f -o b.txt"):
        done = claims(*line.split(), cwd=place)
        assert done.returncode == 2
        assert "which --output would destroy" in done.stderr.decode()
    assert contents(place) == before


def test_what_claims_yaml_names_is_an_input(claims, place):
    """The file itself, rules and the sheet of people that it names; the sheet alone is brought up to date."""
    (place / "claims.yaml").write_text("people: people.csv\nrules: [own.yaml]\n")
    before = contents(place)
    for name in ("claims.yaml", "own.yaml", "people.csv"):
        done = claims("list", "S.db", "-o", name, "--format", "csv", cwd=place)
        assert done.returncode == 2
        assert name in done.stderr.decode()
    assert contents(place) == before
    assert claims("speakers", "S.db", "--sheet", "people.csv", cwd=place).returncode == 0
    assert "Labour" in (place / "people.csv").read_text()


def test_the_store_that_the_environment_names_is_an_input(claims, place):
    """`CLAIMS_DB` counts as a name on the command line does."""
    done = claims("list", "-o", "S.db", "--format", "csv", cwd=place, env={**os.environ, "CLAIMS_DB": "S.db"})
    assert done.returncode == 2
    assert "S.db" in done.stderr.decode()


def test_standard_input_that_is_the_output_is_refused(claims_process, place):
    """`claims extract -o d.txt < d.txt` keeps the file."""
    import subprocess
    import sys

    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with (place / "f" / "a.txt").open() as stream:
        done = subprocess.run(
            [sys.executable, "-m", "claims_cli", "extract", "-", "-o", "f/a.txt"],
            stdin=stream, capture_output=True, cwd=place, env=env,
        )  # fmt: skip
    assert done.returncode == 2
    assert (place / "f" / "a.txt").read_text() == SAID


def test_shards_that_are_collected_are_inputs(claims, place):
    """The files of a plan and its shards are no place for what is collected; others of the folder are."""
    assert claims("extract", "f", "-o", "OUT", "--shards", "1", cwd=place).returncode == 0
    assert claims("extract", "--plan", "OUT/plan.json", cwd=place).returncode == 0
    before = contents(place)
    for path in sorted((place / "OUT").iterdir()):
        done = claims("collect", "OUT", "-o", f"OUT/{path.name}", "--format", "csv", cwd=place)
        assert done.returncode == 2, path
    assert contents(place) == before
    for _ in range(2):
        assert claims("collect", "OUT", "-o", "OUT/claims.csv", cwd=place).returncode == 0


def test_the_same_output_can_be_written_again(claims, place):
    """What is there and no input is written over, as before."""
    for _ in range(2):
        assert claims("extract", "f", "-o", "out.csv", "--manifest", "run.json", cwd=place).returncode == 0
        assert claims("list", "S.db", "-o", "list.jsonl", cwd=place).returncode == 0

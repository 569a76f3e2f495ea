"""Outputs that were written into the folder that is read are known, and left out."""

import json
import os
import shutil
from pathlib import Path

import pytest

TEXT = """"We will not pay the levy," the minister David Lang said on Monday.

Ann Reed denied that the levy would rise. Reed told Lang on Tuesday that it was wrong.
"""
SUFFIXES = ("txt", "csv", "tsv", "json", "jsonl", "md", "html", "xlsx", "parquet")


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "a.txt").write_text(TEXT)
    return tmp_path


def counted(claims, folder: Path, *more: str) -> tuple[int, int, str]:
    """How many claims and inputs a run over the folder has, and its last line."""
    done = claims("extract", "f", "--format", "jsonl", "--manifest", "run.json", "--type", "all", *more, cwd=folder)
    assert done.returncode == 0, done.stderr.decode()
    facts = json.loads((folder / "run.json").read_text())["counts"]
    return len(done.stdout.splitlines()), facts["documents"], done.stderr.decode().splitlines()[-1]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_output_in_the_folder_is_not_read_back(claims, folder, suffix):
    """Three times the same, and the last line counts it."""
    found = set()
    for _ in range(3):
        done = claims("extract", "f", "-o", f"f/out.{suffix}", cwd=folder)
        assert done.returncode == 0, done.stderr.decode()
        found.add(counted(claims, folder)[:2])
    assert len(found) == 1
    assert found.pop()[1] == 1
    assert "outputs of claims" in counted(claims, folder)[2]


@pytest.mark.parametrize("suffix", ["csv", "tsv", "md", "xlsx", "parquet"])
def test_columns_that_were_chosen_do_not_hide_it(claims, folder, suffix):
    """A few columns, all of the record, no byte-order mark, raw cells."""
    for number, way in enumerate((["--columns", "speaker,cue,content"], ["--columns", "all"], ["--raw", "--no-bom"])):
        claims("extract", "f", "-o", f"f/out{number}.{suffix}", *way, cwd=folder)
    assert counted(claims, folder)[1] == 1


@pytest.mark.parametrize("format", ["labelstudio", "inception", "schemaorg", "webannotation", "ftm"])
def test_what_is_written_for_other_tools_is_not_read_back(claims, folder, format):
    """Folders and JSON; `claims evaluate` still finds the texts of an annotated folder."""
    if format == "inception":
        pytest.importorskip("cassis")
    before = counted(claims, folder)[:2]
    output = f"f/{format}" if format in ("labelstudio", "inception") else "f/out.json"
    assert claims("extract", "f", "--format", format, "-o", output, cwd=folder).returncode == 0
    assert counted(claims, folder)[:2] == before
    assert "outputs of claims" in counted(claims, folder)[2]


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="no notes on files here")
def test_a_few_plain_columns_do_not_hide_it_either(claims, folder):
    """The file system keeps a note on it; once it was changed, it is anybody's table."""
    done = claims("extract", "f", "--columns", "speaker,content,date", "--no-bom", "-o", "f/out.csv", cwd=folder)
    assert done.returncode == 0
    if not any("source-claims" in name for name in os.listxattr(folder / "f" / "out.csv")):
        pytest.skip("no notes on files here")
    assert counted(claims, folder)[1] == 1
    said = TEXT.splitlines()[0].replace('"', '""')
    with (folder / "f" / "out.csv").open("a", encoding="utf-8") as stream:
        stream.write(f'Lang,"{said}",\n')
    assert counted(claims, folder)[1] > 1


COMMANDS = ("list", "list --marks", "speakers", "quotes", "line Lang", "disputes", "network", "stats")


@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_made_of_a_store_is_not_read_either(claims, folder, command):
    """Every command that writes, in each of its formats; the store itself, its manifest, a sheet of people."""
    words = command.split()
    written = []
    assert claims("extract", "f", "--db", "f/S.db", "--manifest", "f/run.json", cwd=folder).returncode == 0
    assert claims("speakers", "f/S.db", "--sheet", "f/people.csv", cwd=folder).returncode == 0
    for suffix in SUFFIXES:
        done = claims(words[0], *words[1:], "f/S.db", "-o", f"f/{words[0]}.{suffix}", cwd=folder)
        if done.returncode == 0 and (folder / "f" / f"{words[0]}.{suffix}").stat().st_size > 2:
            written.append(suffix)
        else:  # no such format, or nothing to tell, which only JSON writes as nothing at all
            (folder / "f" / f"{words[0]}.{suffix}").unlink(missing_ok=True)
    assert len(written) >= 2
    assert counted(claims, folder)[1] == 1


def test_folders_of_brat_and_of_shards_are_left_out(claims, folder):
    """Texts that were copied for brat are no second ones; those that a person puts there are read."""
    assert claims("extract", "f", "--format", "brat", "-o", "f/brat", cwd=folder).returncode == 0
    assert claims("extract", "f", "-o", "f/OUT", "--shards", "1", cwd=folder).returncode == 0
    assert claims("extract", "--plan", "f/OUT/plan.json", cwd=folder).returncode == 0
    assert counted(claims, folder)[1] == 1
    (folder / "f" / "brat" / "further.txt").write_text(TEXT)
    assert counted(claims, folder)[1] == 2


def test_a_report_of_an_evaluation_is_left_out(claims, folder):
    """Figures as a table and as JSON."""
    assert claims("extract", "f", "-o", "gold.jsonl", cwd=folder).returncode == 0
    (folder / "gold").mkdir()
    shutil.copy(folder / "f" / "a.txt", folder / "gold")
    record = (folder / "gold.jsonl").read_text().replace("f/a.txt", "a.txt")
    (folder / "gold" / "gold.jsonl").write_text(record)
    for name in ("f/figures.txt", "f/figures.json"):
        assert claims("evaluate", "gold", "-o", name, cwd=folder).returncode == 0
    assert counted(claims, folder)[1] == 1


def test_a_file_that_is_named_is_read(claims, folder):
    """Whoever names an output means it."""
    assert claims("extract", "f", "-o", "f/out.md", cwd=folder).returncode == 0
    done = claims("text", "f/out.md", cwd=folder)
    assert b"levy" in done.stdout


def test_a_folder_of_outputs_alone_says_so(claims, folder):
    """And not that nothing in it can be read."""
    (folder / "out").mkdir()
    assert claims("extract", "f", "-o", "out/o.html", cwd=folder).returncode == 0
    done = claims("extract", "out", cwd=folder)
    assert done.returncode == 1
    assert "was written by claims" in done.stderr.decode()


def test_what_others_wrote_is_read(claims, folder):
    """Tables, pages, JSON and Markdown with words of ours are documents as before."""
    said = TEXT.splitlines()[0].replace('"', '""')
    (folder / "f" / "b.csv").write_text(f'title,date,speaker,content\nLevy,2024-01-02,Lang,"{said}"\n')
    (folder / "f" / "c.md").write_text(f"<!-- a comment -->\n# source-claims\n\n{TEXT}")
    (folder / "f" / "d.html").write_text(
        '<html><head><meta name="generator" content="WordPress"></head>'
        f"<body><p>{TEXT}</p><p>source-claims</p></body></html>"
    )
    (folder / "f" / "e.jsonl").write_text(json.dumps({"id": 1, "title": "Levy", "text": TEXT * 3}) + "\n")
    assert counted(claims, folder)[1] == 5

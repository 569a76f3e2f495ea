"""The command as a user runs it, in a process of its own."""

import csv
import io
import json
import re
import sys

import pytest

from claims_cli.claim import FIELD_NAMES
from tests.conftest import ROOT

STORY = "“The bridge is unsafe,” said Ann Roe.\n\nJohn Lee said that the ferry was late. He thinks it will sink.\n"


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


def test_help_leads_with_examples_and_imports_no_spacy(claims):
    result = claims("--help")
    assert result.returncode == 0
    assert result.stdout.decode().index("claims extract seeds/") < result.stdout.decode().index("Options")
    program = "import sys; sys.argv = ['claims', '--help']\nfrom claims_cli.commands.app import app\n"
    program += "try:\n    app()\nexcept SystemExit:\n    pass\nassert 'spacy' not in sys.modules, 'spacy was imported'"
    import subprocess

    assert subprocess.run([sys.executable, "-c", program], capture_output=True, cwd=ROOT).returncode == 0


def test_version_names_tool_model_and_rulebook(claims):
    lines = claims("--version").stdout.decode().splitlines()
    assert re.fullmatch(r"claims \d+\.\d+\.\d+", lines[0])
    assert re.fullmatch(r"model en_core_web_sm\w* 3\.\d+\.\d+", lines[1])
    assert re.fullmatch(r"rulebook [0-9a-f]{12}", lines[2])


def test_a_piped_table_is_plain_and_complete(claims, story):
    result = claims("extract", str(story))
    rows = [line.split("\t") for line in result.stdout.decode().splitlines()]
    assert rows[0] == ["Speaker", "Cue", "Statement", "Via / citing", "Where", "How known"]
    assert rows[1] == ["Ann Roe", "said", "“The bridge is unsafe,”", "", f"{story}:1", "named 0.97"]
    assert b"\x1b" not in result.stdout + result.stderr
    assert "2 of 3 claims from 1 document; 1 kept back: 1 thought (--type all shows them)" in result.stderr.decode()


def test_json_lines_have_every_field_of_the_record(claims, story):
    rows = [json.loads(line) for line in claims("extract", str(story), "--format", "jsonl").stdout.splitlines()]
    assert [list(row) for row in rows] == [list(FIELD_NAMES)] * 2
    assert rows[0]["speaker_id"] is None
    assert rows[0]["content"] == {"text": "“The bridge is unsafe,”", "spans": [[0, 23]]}


def test_json_is_one_list(claims, story):
    assert len(json.loads(claims("extract", str(story), "--format", "json").stdout)) == 2
    assert json.loads(claims("extract", str(story), "--format", "json", "--limit", "0").stdout) == []


def test_csv_is_flat_and_a_formula_is_defused(claims, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("“The bridge is unsafe,” said @annroe.\n", encoding="utf-8")
    result = claims("extract", str(path), "--format", "csv", "--columns", "all")
    rows = list(csv.DictReader(io.StringIO(result.stdout.decode())))
    assert (rows[0]["content"], rows[0]["content_spans"]) == ("“The bridge is unsafe,”", "0-23")
    assert rows[0]["speaker"] == "'@annroe"


def test_output_takes_its_format_from_the_suffix_and_prints_no_table(claims, story, tmp_path):
    target = tmp_path / "out.csv"
    result = claims("extract", str(story), "-o", str(target))
    assert result.stdout == b""
    assert target.read_bytes().startswith(b"\xef\xbb\xbfspeaker,speaker_role,content,")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", "story.txt"]


def test_a_suffix_that_names_no_format_is_told(claims, story, tmp_path):
    result = claims("extract", str(story), "-o", str(tmp_path / "out.doc"))
    assert result.returncode == 2
    assert "no format has the suffix" in result.stderr.decode()


def test_filters_act_on_what_is_printed(claims, story):
    def rows(*options):
        output = claims("extract", str(story), "--format", "jsonl", *options).stdout
        return [json.loads(line) for line in output.splitlines()]

    assert [row["speaker"] for row in rows("--speaker", "LEE")] == ["John Lee"]
    assert [row["type"] for row in rows("--type", "thought")] == ["thought"]
    assert len(rows("--type", "all")) == 3
    assert len(rows("--limit", "1")) == 1
    everything = {row["id"]: row for row in rows("--type", "all", "--min-confidence", "0")}
    assert all(everything[row["id"]] == row for row in rows("--strict"))
    assert all(row["confidence"] >= 0.7 for row in rows("--strict"))


def test_a_speaker_who_is_not_there_names_the_nearest(claims, story):
    result = claims("extract", str(story), "--speaker", "Ann Row")
    assert result.returncode == 0
    assert "No speaker matches 'Ann Row'. Nearest: Ann Roe." in result.stderr.decode()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--strict", "--min-confidence", "0.5"], "--strict and --min-confidence both set the threshold"),
        (["--type", "statment"], "did you mean 'statement'?"),
        (["--format", "docx"], "there is no format 'docx'"),
        (["--model", "xx_nosuch_sm"], "try: python -m spacy download xx_nosuch_sm"),
    ],
)
def test_wrong_usage_is_one_line_with_the_remedy(claims, story, options, message):
    result = claims("extract", str(story), *options)
    assert result.returncode == 2
    assert message in result.stderr.decode()
    assert len(result.stderr.decode().strip().splitlines()) == 1


def test_standard_input_is_a_document(claims):
    result = claims("extract", "-", "--format", "jsonl", stdin=STORY.encode())
    assert [json.loads(line)["doc"] for line in result.stdout.splitlines()] == ["-", "-"]


def test_folders_are_read_recursively_in_sorted_order(claims, tmp_path):
    for name in ("b.txt", "a/z.txt", "a/b.txt", ".hidden/x.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("Ann Roe said the bridge was unsafe.\n", encoding="utf-8")
    rows = [json.loads(line) for line in claims("extract", str(tmp_path), "--format", "jsonl").stdout.splitlines()]
    assert [row["doc"] for row in rows] == [f"{tmp_path}/{name}" for name in ("a/b.txt", "a/z.txt", "b.txt")]


def test_a_bad_file_costs_its_own_line_and_the_rest_is_done(claims, story, tmp_path):
    (tmp_path / "binary.txt").write_bytes(b"\0\1\2" * 100)
    (tmp_path / "empty.txt").write_bytes(b"")
    result = claims("extract", str(tmp_path), "/no/such/file", "--format", "jsonl")
    assert result.returncode == 1
    assert len(result.stdout.splitlines()) == 2
    errors = [line for line in result.stderr.decode().splitlines() if line.startswith("claims: ")]
    assert [line.split(": ")[1].rsplit("/", 1)[1] for line in errors] == ["binary.txt", "empty.txt", "file"]
    assert "Traceback" not in result.stderr.decode()


def test_control_characters_of_a_text_never_reach_the_terminal(claims, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("“The \x1b[31mbridge\u202e [bold]fell,” said Ann Roe.\n", encoding="utf-8")
    table = claims("extract", str(path)).stdout.decode()
    assert "\x1b" not in table
    assert "\u202e" not in table
    assert "[bold]fell" in table
    assert "\x1b" not in claims("extract", str(path), "--format", "jsonl").stdout.decode()


def test_a_reader_that_has_seen_enough_ends_the_run_quietly():
    import subprocess

    command = f"{sys.executable} -m claims_cli extract seeds --format jsonl | head -1; echo ${{PIPESTATUS[0]}}"
    result = subprocess.run(["bash", "-c", command], capture_output=True, cwd=ROOT, timeout=120)
    assert result.stdout.splitlines()[-1] == b"0"
    assert b"Traceback" not in result.stderr

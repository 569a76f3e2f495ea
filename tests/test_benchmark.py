"""The benchmark that others run: any tool's JSON Lines, on any annotated texts, in one table; figures in pages."""

import json
import subprocess
import sys

import pytest

from benchmarks import card
from benchmarks import table as benchmarks_table

TEXT = "“The bridge is unsafe,” said Ann Roe. John Lee said that the ferry was late.\n"
GOLD = [
    {"doc": "bridge.txt", "source": [[29, 36]], "cue": [[24, 28]], "content": [[0, 23]], "speaker": "Ann Roe"},
    {"doc": "bridge.txt", "source": [[38, 46]], "cue": [[47, 51]], "content": [[52, 75]], "speaker": "John Lee"},
]


def lines(rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def gold(tmp_path):
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "bridge.txt").write_text(TEXT, encoding="utf-8")
    (folder / "bridge.jsonl").write_text(lines(GOLD), encoding="utf-8")
    return folder


@pytest.fixture
def table(monkeypatch, capsys):
    """Run the benchmark, in this process."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["table", *map(str, arguments)])
        code = 0
        try:
            benchmarks_table.main()
        except SystemExit as ending:
            code = ending.code if isinstance(ending.code, int) else 1
            if isinstance(ending.code, str):
                print(ending.code, file=sys.stderr)
        return subprocess.CompletedProcess(sys.argv, code or 0, *capsys.readouterr())

    return run


def row(done, name):
    (found,) = [line.split() for line in done.stdout.splitlines() if line.startswith(name)]
    return dict(zip(("texts", "marked", "found", "P", "R", "F1", "source", "words", "speaker"), found[1:], strict=True))


def test_another_tools_claims_are_measured_by_their_offsets_alone(gold, tmp_path, table):
    (tmp_path / "found.jsonl").write_text(lines([{"doc": "bridge.txt", "content": [[0, 23]]}]), encoding="utf-8")
    figures = row(table("--gold", gold, "--tool", tmp_path / "found.jsonl"), "gold")
    assert (figures["marked"], figures["found"]) == ("2", "1")
    assert (figures["P"], figures["R"]) == ("1.000", "0.500")
    assert (figures["source"], figures["speaker"]) == ("0.000", "–")  # it tells neither


def test_the_speaker_counts_where_a_tool_tells_it(gold, tmp_path, table):
    found = [dict(GOLD[0], speaker="the Ann Roe"), dict(GOLD[1], speaker="Max Berg")]
    (tmp_path / "found.jsonl").write_text(lines(found), encoding="utf-8")
    figures = row(table("--gold", gold, "--tool", tmp_path / "found.jsonl"), "gold")
    assert (figures["source"], figures["words"], figures["speaker"]) == ("1.000", "1.000", "0.500")


def test_broken_lines_are_told_and_the_others_measured(gold, tmp_path, table):
    rows = lines([GOLD[0], {"doc": "bridge.txt", "content": [[0, 999]]}, {"doc": "other.txt", "content": [[0, 3]]}])
    (tmp_path / "found.jsonl").write_text(f"{rows}no json\n", encoding="utf-8")
    done = table("--gold", gold, "--tool", tmp_path / "found.jsonl")
    assert done.returncode == 1
    assert row(done, "gold")["found"] == "1"
    assert "found.jsonl:2: content ends at 999" in done.stderr
    assert "found.jsonl:4: is no JSON" in done.stderr
    assert "other.txt" in done.stderr


def test_texts_are_written_as_another_tool_must_read_them(gold, tmp_path, table):
    assert table("--gold", gold, "--texts", tmp_path / "texts").returncode == 0
    assert (tmp_path / "texts" / "bridge.txt").read_text(encoding="utf-8") == TEXT


def test_a_folder_that_holds_no_corpus_is_told(tmp_path, table):
    for option in ("--polnear", "--gum", "--gold"):
        done = table(option, tmp_path / "nowhere")
        assert done.returncode == 1
        assert "nowhere" in done.stderr
        assert "Traceback" not in done.stderr


def test_figures_of_a_page_are_what_commands_print(tmp_path, monkeypatch, capsys):
    page = tmp_path / "page.md"
    begin, end = "<!-- printed: python -m benchmarks.table --help -->", "<!-- end -->"
    page.write_text(f"Before.\n\n{begin}\noutdated\n{end}\n\nAfter.\n", encoding="utf-8")

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["card", *map(str, arguments)])
        with pytest.raises(SystemExit) as done:
            card.main()
        return done.value.code

    assert run("--check", page) == 1
    assert "outdated" in page.read_text(encoding="utf-8")
    assert run(page) == 0
    text = page.read_text(encoding="utf-8")
    assert "outdated" not in text
    assert "$ python -m benchmarks.table --help\nusage:" in text
    assert text.startswith("Before.")
    assert text.endswith("After.\n")
    assert run("--check", page) == 0
    capsys.readouterr()


def test_a_page_may_not_run_anything_else(tmp_path, monkeypatch, capsys):
    page = tmp_path / "page.md"
    page.write_text("<!-- printed: touch here -->\nold\n<!-- end -->\n", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["card", str(page)])
    with pytest.raises(SystemExit) as done:
        card.main()
    assert done.value.code == 1
    assert "touch here" in capsys.readouterr().err


def test_annotations_that_do_not_fit_their_text_are_told(gold, tmp_path, table):
    (gold / "bridge.jsonl").write_text(lines([*GOLD, {"doc": "bridge.txt", "content": [[0, 999]]}]), encoding="utf-8")
    (tmp_path / "found.jsonl").write_text(lines(GOLD), encoding="utf-8")
    done = table("--gold", gold, "--tool", tmp_path / "found.jsonl")
    assert done.returncode == 1
    assert row(done, "gold")["F1"] == "1.000"
    assert "bridge.jsonl:3: content ends at 999" in done.stderr


def test_the_test_part_of_polnear_is_never_read(tmp_path, table):
    for part in ("dev", "test"):
        for folder, name, content in (("text", "a.txt", TEXT), ("attributions", "a.ann", "T1\tContent 0 23\n")):
            (tmp_path / part / folder).mkdir(parents=True)
            (tmp_path / part / folder / name).write_text(content, encoding="utf-8")
    (tmp_path / "found.jsonl").write_text(lines(GOLD), encoding="utf-8")
    done = table("--polnear", tmp_path, "--tool", tmp_path / "found.jsonl")
    assert [line.split()[:2] for line in done.stdout.splitlines()[1:]] == [["PolNeAR", "dev"]]
    assert table("--polnear", tmp_path, "--part", "test").returncode == 2

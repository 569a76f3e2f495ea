"""Samples: what is drawn, what coders are shown, what they wrote, and what follows from it for a corpus."""

import csv
import json
import re
from pathlib import Path

import pytest

from benchmarks.corrected import CORPORA, simulate
from benchmarks.trust_example import work
from claims_cli.sampling.estimates import Design, ratio
from claims_cli.sampling.strata import OTHERS, allocated, strata
from tests.conftest import ROOT

STORY = """“The bridge is unsafe,” said Ann Roe. John Lee said that the ferry was late.

The harbour was quiet in the morning. Nobody worked on the pier until noon.

The mayor denied that the road was closed. Mia Poe told reporters the bus =would run.
"""


@pytest.fixture(scope="module")
def store(claims, tmp_path_factory) -> Path:
    """A store of a few invented texts."""
    folder = tmp_path_factory.mktemp("texts")
    for number in range(6):
        (folder / f"{number}.txt").write_text(STORY.replace("bridge", f"bridge {number}"), encoding="utf-8")
    path = folder / "claims.db"
    assert claims("extract", folder, "--db", path, "-q").returncode == 0
    return path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def fill(path: Path, verdicts) -> None:
    """Fill in a sheet: `verdicts` tells of a row which cells."""
    filled = [{**row, **verdicts(row)} for row in rows(path)]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, filled[0].keys())
        writer.writeheader()
        writer.writerows(filled)


def judge(row: dict[str, str]) -> dict[str, str]:
    """Everything right, but for John Lee, who said nothing; in each quiet harbour one claim was missed."""
    if row["unit"] == "sentence":
        return {"missed": "Yes", "type": "statement"} if "harbour" in row["sentence"] else {"missed": "0"}
    if row["speaker"] == "John Lee":
        return {"claim": " NO "}
    return {"claim": "Right", "speaker_right": "y", "content_right": "ok", "type": "denial" if "mayor" in row["speaker"]
            else "statement"}  # fmt: skip


def test_a_seed_draws_the_same_sample_again(claims, store, tmp_path):
    for name, seed in (("one", 1), ("same", 1), ("other", 2)):
        done = claims("sample", store, "-o", tmp_path / f"{name}.csv", "-n", 8, "--sentences", 4, "--seed", seed)
        assert done.returncode == 0, done.stderr
    one, same, other = ((tmp_path / f"{name}.csv").read_text() for name in ("one", "same", "other"))
    assert one == same != other
    assert b"8 claims of 24 and 4 sentences of 12 without claims drawn (seed 2)" in done.stderr


def test_coders_see_neither_confidence_nor_rule_nor_type_in_orders_of_their_own(claims, store, tmp_path):
    claims("sample", store, "-o", tmp_path / "s.csv", "-n", 10, "--sentences", 4)
    key, first, second = (rows(tmp_path / name) for name in ("s.csv", "s-A.csv", "s-B.csv"))
    assert {"rule", "confidence", "stratum", "found_type"} <= key[0].keys()
    assert not {"rule", "confidence", "stratum", "found_type"} & first[0].keys()
    ids = [[row["id"] for row in sheet] for sheet in (key, first, second)]
    assert sorted(ids[0]) == sorted(ids[1]) == sorted(ids[2])
    assert len({tuple(order) for order in ids}) == 3
    assert all(row["missed"] == row["claim"] == "" for row in first)


def test_sentences_without_claims_are_such(claims, store, tmp_path):
    claims("sample", store, "-o", tmp_path / "s.csv", "-n", 2, "--sentences", 50)
    sentences = [row["sentence"] for row in rows(tmp_path / "s.csv") if row["unit"] == "sentence"]
    assert set(sentences) == {
        "The harbour was quiet in the morning.",
        "Nobody worked on the pier until noon.",
    }
    assert len(sentences) == 12


def test_a_filled_sheet_is_not_written_over(claims, store, tmp_path):
    claims("sample", store, "-o", tmp_path / "s.csv", "-n", 2)
    done = claims("sample", store, "-o", tmp_path / "s.csv", "-n", 2)
    assert done.returncode == 2
    assert b"may be filled in" in done.stderr
    assert claims("sample", store, "-o", tmp_path / "s.csv", "-n", 2, "--force").returncode == 0


def test_agreement_names_where_coders_differ_and_the_sheet_of_it_decides(claims, store, tmp_path):
    claims("sample", store, "-o", tmp_path / "s.csv", "-n", 24, "--sentences", 12)
    one, other = tmp_path / "s-A.csv", tmp_path / "s-B.csv"
    fill(one, judge)
    differing = next(row["id"] for row in rows(one) if row["speaker"] == "Ann Roe")
    fill(other, lambda row: {"claim": "wrong"} if row["id"] == differing else judge(row))
    done = claims("agreement", one, other, "-o", tmp_path / "s-decided.csv")
    assert done.returncode == 0, done.stderr
    found = {line.split("\t")[0]: line.split("\t")[1:] for line in done.stdout.decode().splitlines()}
    assert found["missed"] == ["1.000", "100%", "12", "0"]
    assert found["claim"][1:] == ["96%", "24", "1"]
    decided = rows(tmp_path / "s-decided.csv")
    assert [row["id"] for row in decided] == [differing]
    assert decided[0]["claim (A)"] == "right"
    assert decided[0]["claim (B)"] == "wrong"

    before = claims("evaluate", "--sample", tmp_path / "s.csv")
    assert b"1 cell in which coders differ left out" in before.stderr
    fill(tmp_path / "s-decided.csv", lambda row: {"claim": "right"})
    after = claims("evaluate", "--sample", tmp_path / "s.csv", "--format", "json")
    assert b"differ" not in after.stderr
    figures = {(one["figure"], one["name"]): one for one in json.loads(after.stdout)["figures"]}
    assert figures["precision", "all"]["share"] == 0.75
    assert figures["recall", "all"]["share"] == 0.75
    assert figures["precision", "direct"]["share"] == 1


def test_a_workbook_is_filled_in_as_well(claims, store, tmp_path):
    import openpyxl

    claims("sample", store, "-o", tmp_path / "s.xlsx", "-n", 24, "--sentences", 0, "--coders", 1)
    book = openpyxl.load_workbook(tmp_path / "s-A.xlsx")
    heading = [cell.value for cell in book.active[1]]
    for row in book.active.iter_rows(min_row=2):
        row[heading.index("claim")].value = 1 if row[heading.index("speaker")].value != "John Lee" else 0
        assert all(cell.data_type != "f" for cell in row)
    book.save(tmp_path / "s-A.xlsx")
    done = claims("evaluate", "--sample", tmp_path / "s.xlsx")
    assert done.stdout.decode().splitlines()[1].startswith("precision\tall\t0.750\t")


def test_marks_and_brat_are_verdicts_too(claims, store, tmp_path):
    copy = tmp_path / "copy.db"
    copy.write_bytes(store.read_bytes())
    claims("sample", copy, "-o", tmp_path / "s.csv", "-n", 24, "--sentences", 0, "--noted")
    assert claims("list", copy, "--marked", "any", "-q").stdout.count(b"\n") == 25
    for row in rows(tmp_path / "s.csv"):
        claims("mark", row["id"], "wrong" if row["speaker"] == "John Lee" else "right", "--by", "Ann", copy)
    marked = claims("evaluate", "--sample", tmp_path / "s.csv", "--marks", copy)
    assert "precision\tall\t0.750\t" in marked.stdout.decode(), marked.stderr

    assert claims("sample", copy, "-o", tmp_path / "brat", "-n", 24, "--sentences", 4).returncode == 0
    for path in (tmp_path / "brat").glob("*.ann"):
        lines = path.read_text(encoding="utf-8").splitlines()
        wrong = {line.split("\t")[1].split()[1] for line in lines if line.endswith("; John Lee")}
        units = [line.split("\t")[0] for line in lines if "\tClaim " in line]
        lines += [f"A{n}\tclaim {unit} {'wrong' if unit in wrong else 'right'}" for n, unit in enumerate(units, 1)]
        path.write_text("\n".join(lines), encoding="utf-8")
    folder = claims("evaluate", "--sample", tmp_path / "brat" / "sample.csv")
    assert "precision\tall\t0.750\t" in folder.stdout.decode(), folder.stderr


def test_shares_are_corrected_and_a_table_for_r_is_written(claims, store, tmp_path):
    claims("sample", store, "-o", tmp_path / "s.csv", "-n", 24, "--sentences", 12, "--coders", 1)
    fill(tmp_path / "s-A.csv", judge)
    done = claims("stats", store, "--corrected", tmp_path / "s.csv", "--by", "type", "--for-r", tmp_path / "r.csv")
    assert done.returncode == 0, done.stderr
    found = {line.split("\t")[1]: line.split("\t")[2:4] for line in done.stdout.decode().splitlines()}
    assert found["denial"] == ["25.0%", "25.0%"]  # 6 of 18 right ones and 6 missed statements
    table = rows(tmp_path / "r.csv")
    assert len(table) == 24
    assert {(row["w_denial"], row["x_denial"]) for row in table} == {("0", "0"), ("1", "1")}
    assert [row["x_claim"] for row in table].count("0") == 6

    other = claims("stats", store, "--corrected", tmp_path / "s.csv", "--type", "denial")
    assert other.returncode == 2
    assert b"drawn from 24 claims, and 6 are shown" in other.stderr


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        ("id,claim\nx,perhapz\n", "row 2 of {path}: 'perhapz' is nothing for the column claim"),
        ("id,claim\nx,right\nx,right\n", "{path} has the unit x twice (row 3)"),
        ("claim\nright\n", "{path} has no column 'id'"),
        ("id,claim\nx,right\n", "{path} has the unit x, which {key} has not"),
    ],
)
def test_what_is_wrong_in_a_sheet_is_told_with_its_row(claims, store, tmp_path, sheet, told):
    key = tmp_path / "s.csv"
    claims("sample", store, "-o", key, "-n", 4)
    (tmp_path / "s-A.csv").write_text(sheet)
    done = claims("evaluate", "--sample", key)
    assert done.returncode == 2
    assert told.format(path=tmp_path / "s-A.csv", key=key) in done.stderr.decode()


def test_an_unjudged_sample_says_so(claims, store, tmp_path):
    claims("sample", store, "-o", tmp_path / "s.csv", "-n", 4)
    done = claims("evaluate", "--sample", tmp_path / "s.csv")
    assert done.returncode == 2
    assert b"was judged; fill in" in done.stderr


def test_small_strata_are_put_together_and_each_gets_two():
    keys = [("high", "Post", "a")] * 50 + [("high", "Post", "b")] * 40 + [("high", "Post", f"r{n}") for n in range(10)]
    found = strata(keys, 20)
    assert set(found) == {("high", "Post", "a"), ("high", "Post", "b"), ("high", "Post", OTHERS)}
    assert allocated({("a",): 90, ("b",): 10, ("c",): 1}, 20) == {("a",): 17, ("b",): 2, ("c",): 1}


def test_a_ratio_weighs_each_stratum_by_its_size():
    import numpy

    design = Design.of(["large"] * 4 + ["small"] * 4, [900] * 4 + [100] * 4)
    right = numpy.array([1.0, 1, 1, 0, 0, 0, 0, 0])
    found = ratio(design, right, numpy.ones(8))
    assert found is not None
    assert found.share == pytest.approx(0.675)
    assert found.low < 0.675 < found.high


@pytest.mark.slow
def test_corrected_intervals_hold_the_truth_where_those_of_the_counts_do_not():
    held = simulate(CORPORA[1], 120, 3)
    for name in ("statement", "denial", "request"):
        naive, corrected = held[name]["naive"], held[name]["corrected"]
        assert naive.held / naive.draws < 0.2
        assert 0.9 <= corrected.held / corrected.draws <= 0.99
        assert corrected.width < held[name]["sample"].width


@pytest.mark.slow
def test_every_figure_of_the_page_is_what_the_script_prints(tmp_path):
    page = (ROOT / "docs" / "trust.md").read_text(encoding="utf-8")
    printed = work(tmp_path)
    blocks = [block for block in re.findall(r"^```\w*\n(.*?)^```", page, re.MULTILINE | re.DOTALL) if block[:1] == "$"]
    assert len(blocks) == 5
    for block in blocks:
        assert block.removesuffix("…\n") in printed
    quoted = " ".join(line.removeprefix("> ") for line in page.splitlines() if line.startswith("> "))
    assert quoted == printed.strip().splitlines()[-1]

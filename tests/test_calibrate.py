"""`claims calibrate`: what marks say of the confidence, where that is kept, and what it changes."""

import csv
import json
import sqlite3
from pathlib import Path

import pytest

from claims_cli.rulebook.calibration import CALIBRATION, Recalibration
from claims_cli.sampling.logistic import Case, learned

DOCUMENTS = 30
TEXT = """John Lee said that bridge {0} was closed. According to Mia Poe, the ferry was late on day {0}.

Ann Roe denied that road {0} had been sold. “The harbour is {0} years old,” said David Lang.
"""
AT = "2024-03-01T10:00:00Z"


@pytest.fixture(scope="module")
def folder(claims, tmp_path_factory) -> Path:
    """Invented texts, and a store of their claims."""
    folder = tmp_path_factory.mktemp("calibrate")
    with (folder / "texts.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = [{"text": TEXT.format(number)} for number in range(DOCUMENTS)]
        writer = csv.DictWriter(stream, ["text"])
        writer.writeheader()
        writer.writerows(rows)
    assert claims("extract", "texts.csv", "--db", "claims.db", "-q", cwd=folder).returncode == 0
    return folder


@pytest.fixture
def work(folder, tmp_path) -> Path:
    """A folder of its own with the texts and the store."""
    for name in ("texts.csv", "claims.db"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    return tmp_path


def stored(work: Path) -> list[dict]:
    """The claims of the store."""
    connection = sqlite3.connect(work / "claims.db")
    connection.row_factory = sqlite3.Row
    found = [dict(row) for row in connection.execute("SELECT * FROM claims ORDER BY number")]
    connection.close()
    return found


def mark(claims, work: Path, verdict_of, by: str = "ann") -> None:
    """Mark the claims of the store: `verdict_of` tells of a claim, with its place among those of its rule, the mark."""
    places: dict[str, int] = {}
    lines = []
    for claim in stored(work):
        places[claim["rule"]] = places.get(claim["rule"], -1) + 1
        said = verdict_of(claim, places[claim["rule"]])
        if said:
            lines.append(json.dumps({"id": claim["id"], "at": AT, **said}) + "\n")
    (work / "marks.jsonl").write_text("".join(lines), encoding="utf-8")
    done = claims("mark", "--from", "marks.jsonl", "claims.db", "--by", by, cwd=work)
    assert done.returncode == 0, done.stderr


def often_wrong(claim: dict, place: int) -> dict:
    """`According to` is wrong two times of three; David Lang is somebody else every second time."""
    if claim["rule"] == "according-to" and place % 3:
        return {"verdict": "wrong"}
    return {"speaker": "Zoe Day"} if claim["speaker"] == "David Lang" and place % 2 else {"verdict": "right"}


def by_rule(work: Path) -> dict[str, float]:
    """The confidence of the last claim of each rule."""
    return {claim["rule"]: claim["confidence"] for claim in stored(work)}


def rows_of(done) -> dict[str, list[str]]:
    """The table that was printed."""
    return {line.split("\t")[0]: line.split("\t")[1:] for line in done.stdout.decode().splitlines()}


def test_too_few_marks_say_how_many_are_missing(claims, work):
    mark(claims, work, lambda claim, place: {"verdict": "right" if place else "wrong"} if place < 9 else None)
    marked = sum(1 for _ in (work / "marks.jsonl").open())
    done = claims("calibrate", "--marks", "claims.db", cwd=work)
    assert done.returncode == 1
    told = done.stderr.decode()
    assert f"missing: {100 - marked} marks, {10 - len(by_rule(work))} wrong ones, 1 document;" in told
    assert "claims sample claims.db --noted" in told
    assert not (work / CALIBRATION).exists()


def test_what_marks_say_is_kept_told_and_goes_into_the_next_run(claims, work):
    (work / "claims.yaml").write_text("thresholds: {strict: 0.8}\n", encoding="utf-8")
    claims("extract", "texts.csv", "--db", "claims.db", "-q", cwd=work)
    before, shown = by_rule(work), [(claim["id"], claim["speaker"], claim["start"]) for claim in stored(work)]
    mark(claims, work, often_wrong)
    (work / "inside").mkdir()
    done = claims("calibrate", "--marks", "../claims.db", cwd=work / "inside")
    assert done.returncode == 0, done.stderr
    rows = rows_of(done)
    assert rows["confidence"][:2] == [str(len(shown)), "20"]
    assert rows["speaker_confidence"][:2] == [str(len(shown) - 20), "15"]
    assert float(rows["confidence"][3]) < float(rows["confidence"][2])
    assert (work / CALIBRATION).exists()

    version = claims("--version", cwd=work).stdout.decode()
    assert f"confidence from {len(shown)} marks" in version
    assert f"calibration\tconfidence from {len(shown)} marks" in claims("config", cwd=work).stdout.decode()
    assert f"{CALIBRATION}: confidence from" in claims("doctor", cwd=work).stdout.decode()
    assert claims("list", "claims.db", "-o", CALIBRATION, "--format", "csv", cwd=work).returncode == 2
    done = claims("extract", "texts.csv", "--db", "claims.db", "--manifest", "run.json", cwd=work)
    assert f"{CALIBRATION}: confidence from {len(shown)} marks" in done.stderr.decode()
    told = json.loads((work / "run.json").read_text())["calibration"]
    assert told["confidence"] == {"marks": len(shown), "wrong": 20}
    after = by_rule(work)
    assert after["according-to"] < 0.65 < 0.9 < before["according-to"]
    others = [rule for rule in before if rule != "according-to"]
    assert all(after[rule] > 0.9 for rule in others)
    assert [(claim["id"], claim["start"]) for claim in stored(work)] == [(one, start) for one, _, start in shown]
    corrected = {claim["id"] for claim in stored(work) if claim["found_speaker"]}
    assert all(
        claim["speaker"] == who
        for claim, (one, who, _) in zip(stored(work), shown, strict=True)
        if one not in corrected
    )
    unsure = [claim for claim in stored(work) if claim["speaker"] == "David Lang"]
    assert all(claim["speaker_confidence"] < 0.9 for claim in unsure)
    plain = claims("extract", "texts.csv", "--no-config", "--type", "all", "--format", "jsonl", cwd=work)
    assert "calibration" not in plain.stderr.decode()
    assert {json.loads(line)["rule"]: json.loads(line)["confidence"] for line in plain.stdout.splitlines()} == before


def test_marks_on_calibrated_claims_teach_the_same_again(claims, work):
    mark(claims, work, often_wrong)
    first = rows_of(claims("calibrate", "--marks", "claims.db", cwd=work))
    claims("extract", "texts.csv", "--db", "claims.db", "-q", cwd=work)
    again = rows_of(claims("calibrate", "--marks", "claims.db", cwd=work))
    for field in ("confidence", "speaker_confidence"):
        assert [float(cell) for cell in first[field]] == pytest.approx([float(cell) for cell in again[field]], abs=0.02)


def test_a_calibration_counts_for_no_other_rulebook(claims, work):
    mark(claims, work, often_wrong)
    claims("calibrate", "--marks", "claims.db", cwd=work)
    text = "According to Mia Poe, the ferry was late."
    (work / "one.txt").write_text(text, encoding="utf-8")
    options = ("extract", "one.txt", "--format", "jsonl", "--no-cache")
    known, other, without = (claims(*options, *more, cwd=work) for more in ((), ("--fast",), ("--fast", "--no-config")))
    assert json.loads(known.stdout)["confidence"] < 0.65
    assert other.stdout == without.stdout
    assert "is not in force, since it was learned for another rulebook" in other.stderr.decode()
    done = claims("calibrate", "--marks", "claims.db", "--fast", cwd=work)
    assert done.returncode == 1
    assert "120 verdicts left out, on claims that another rulebook found" in done.stderr.decode()
    assert "claims extract PATH --db claims.db reads the texts again" in done.stderr.decode()

    (work / "claims.yaml").write_text("thresholds: {threshold: 0.3}\n", encoding="utf-8")
    assert json.loads(claims(*options, cwd=work).stdout)["confidence"] < 0.65


def test_where_the_confidence_is_right_as_it_is_nothing_is_written(claims, work):
    connection = sqlite3.connect(work / "claims.db")
    with connection:
        connection.execute("UPDATE claims SET confidence = 0.9, speaker_confidence = 1")
    connection.close()
    mark(claims, work, lambda claim, place: {"verdict": "wrong" if place % 10 == 3 else "right"})
    done = claims("calibrate", "--marks", "claims.db", cwd=work)
    assert done.returncode == 0
    told = done.stderr.decode()
    assert "speaker_confidence stays as shipped; missing: 10 wrong ones" in told
    assert "The shipped confidence is as good: nothing written." in told
    assert not (work / CALIBRATION).exists()


def test_on_what_people_differ_counts_for_nothing(claims, work):
    mark(claims, work, often_wrong)

    def half(claim: dict, place: int) -> dict | None:
        return {"verdict": "wrong"} if claim["speaker"] == "David Lang" and place % 2 == 0 else None

    mark(claims, work, half, by="bob")
    done = claims("calibrate", "--marks", "claims.db", cwd=work)
    assert "30 cells in which people differ left out" in done.stderr.decode()
    assert rows_of(done)["confidence"][:2] == ["105", "20"]


def test_a_broken_calibration_is_told_with_its_place(claims, work):
    (work / CALIBRATION).write_text("confidence:\n  slope: -1\n  rulez: {}\nnote: x\n", encoding="utf-8")
    done = claims("extract", "texts.csv", cwd=work)
    assert done.returncode == 3
    told = done.stderr.decode()
    assert f"{CALIBRATION}:2:10: confidence: slope must be a number from 0.1 to 20" in told
    assert f"{CALIBRATION}:3:3: confidence: unknown key 'rulez'" in told
    assert f"{CALIBRATION}:4:1: unknown key 'note'" in told
    version = claims("--version", cwd=work)
    assert version.returncode == 0
    assert b"calibration not known" in version.stdout


def test_of_a_sample_only_what_was_drawn_counts(claims, work):
    mark(claims, work, lambda claim, place: {"verdict": "right"})
    claims("sample", "claims.db", "-o", "s.csv", "-n", "60", "--sentences", "0", "--coders", "1", cwd=work)
    done = claims("calibrate", "--marks", "claims.db", "--sample", "s.csv", cwd=work)
    assert done.returncode == 1
    assert "missing: 40 marks, 10 wrong ones" in done.stderr.decode()


def test_explain_tells_what_marks_did(claims, work):
    mark(claims, work, often_wrong)
    claims("calibrate", "--marks", "claims.db", cwd=work)
    told = claims("explain", "--text", "According to Mia Poe, the ferry was late.", cwd=work).stdout.decode()
    assert "marks of your own: 0.9" in told


def test_a_rule_with_few_verdicts_moves_little_and_order_is_never_turned_round():
    cases = [Case(0.9, "often", number % 10 > 0, str(number)) for number in range(100)]
    few = learned([*cases, Case(0.9, "seldom", False, "x")])
    assert few.after(0.9, "often") == pytest.approx(0.9, abs=0.03)
    assert 0.7 < few.after(0.9, "seldom") < few.after(0.9, "often")
    turned = learned([Case(0.6 + 0.3 * (n % 2), "rule", n % 2 == 0, str(n)) for n in range(400)])
    assert turned.after(0.6, "rule") < turned.after(0.9, "rule")


def test_a_verdict_counts_for_as_many_claims_as_it_stands_for():
    def cases(weight: float) -> list[Case]:
        wrong = [Case(0.9, "rule", False, str(number), weight) for number in range(40)]
        return [*wrong, *(Case(0.9, "rule", True, str(number)) for number in range(40, 80))]

    often, alike, seldom = (learned(cases(weight)).after(0.9, "rule") for weight in (4.0, 1.0, 0.25))
    assert often < alike < seldom


def test_a_correction_can_be_taken_back():
    made = Recalibration(-0.4, 0.7, {"a": 0.5})
    assert made.inverse().after(made.after(0.8, "a"), "a") == pytest.approx(0.8)

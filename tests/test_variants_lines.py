"""What `claims line` tells of invented persons, kind by kind: what it should find, and near misses of the same kind.

The cases stand in `variants/*.yaml`, each with a name of its own, so that they can stand in one store.
"""

import datetime
import json
from pathlib import Path

import pytest
import yaml

VARIANTS = Path(__file__).parent / "variants"
FIRST_DAY = datetime.date(2020, 1, 1)
APART = datetime.timedelta(days=45)


def cases(name: str) -> list[dict]:
    return yaml.safe_load((VARIANTS / f"{name}.yaml").read_text(encoding="utf-8"))


def store(claims, folder: Path, found: list[dict]) -> Path:
    """A store of the articles of all cases, weeks between those of one."""
    rows = []
    for number, case in enumerate(found):
        for place, text in enumerate(case["articles"]):
            path = folder / f"{number:02}-{place}.txt"
            path.write_text(text.replace("\\n", "\n") + "\n", encoding="utf-8")
            rows.append(f"{path.name},Herald,{FIRST_DAY + place * APART}")
    (folder / "meta.csv").write_text("\n".join(["path,outlet,date", *rows]) + "\n")
    run = claims("extract", *sorted(folder.glob("*.txt")), "--meta", folder / "meta.csv", "--db", folder / "c.db", "-q")
    assert run.returncode == 0, run.stderr
    return folder / "c.db"


def told(claims, path: Path, who: str) -> list[dict]:
    run = claims("line", who, path, "--format", "json")
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


DESCRIBED = cases("described")


@pytest.fixture(scope="module")
def described(claims, tmp_path_factory) -> Path:
    return store(claims, tmp_path_factory.mktemp("described"), DESCRIBED)


@pytest.mark.parametrize("case", DESCRIBED, ids=lambda case: case["name"])
def test_who_is_only_described_is_listed_apart_where_it_can_be_nobody_else(case, claims, described):
    entries = told(claims, described, case["who"])
    assert entries
    assert [entry["statement"] for entry in entries if "perhaps" in entry["marks"]] == case["his"]


CHANGES = cases("changes")


@pytest.fixture(scope="module")
def changed(claims, tmp_path_factory) -> Path:
    return store(claims, tmp_path_factory.mktemp("changes"), CHANGES)


@pytest.mark.parametrize("case", CHANGES, ids=lambda case: case["name"])
def test_a_change_is_told_as_a_reader_would(case, claims, changed):
    entries = told(claims, changed, case["who"])
    assert len(entries) > 1
    assert any(entry["changed_from"] for entry in entries) == (case["is"] == "changed")

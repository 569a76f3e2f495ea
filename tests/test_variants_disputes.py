"""What `claims disputes` finds of invented pairs, kind by kind, and of near misses of each kind."""

import datetime
import json
from collections import defaultdict

import pytest

from tests.test_variants_lines import cases

CASES = cases("disputes")
FIRST_DAY = datetime.date(2020, 2, 1)
DAYS = 10
RANK = {"none": 0, "doubtful": 1, "sure": 2}


@pytest.fixture(scope="module")
def found(claims, tmp_path_factory) -> dict[str, set[str]]:
    """How certain the pairs are that are found in the articles of each case."""
    folder = tmp_path_factory.mktemp("disputes")
    rows = ["path,outlet,date,title"]
    for number, case in enumerate(CASES):
        for place, text in enumerate(case["articles"]):
            name = f"{number:02}-{place}.txt"
            (folder / name).write_text(text + "\n", encoding="utf-8")
            day = FIRST_DAY + datetime.timedelta(days=(number * 3 + place) * DAYS)
            rows.append(f"{name},Herald,{day if len(case['articles']) > 1 else ''},{case.get('title', '')}")
    meta = tmp_path_factory.mktemp("beside") / "meta.csv"
    meta.write_text("\n".join(rows) + "\n")
    run = claims(
        "disputes", *sorted(folder.iterdir()), "--meta", meta, "--days", DAYS, "--no-cache", "--format", "json"
    )
    assert run.returncode == 0, run.stderr
    certain = defaultdict(set)
    for pair in json.loads(run.stdout):
        certain[CASES[int(pair["one"]["doc"].split("/")[-1][:2])]["name"]].add(pair["certainty"])
    return certain


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_pair_is_found_as_a_reader_would(case, found):
    told = max((RANK[one] for one in found[case["name"]]), default=0)
    assert told == RANK[case["is"]]

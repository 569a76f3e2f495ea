"""Pipes without a writer, devices without an end and files without measure: refused, never waited for."""

import os

import pytest

SAID = '"We will not pay the levy," the minister David Lang said on Monday.\n'
CASES = [
    "extract a.txt --rules {}",
    "rules test {}",
    "extract a.txt --meta {}",
    "list S.db --people {}",
    "speakers S.db --sheet {}",
    "mark --from {} S.db",
    "extract --plan {}",
    "collect {}",
    "list {}",
    "list --db {}",
    "merge S.db {}",
    "evaluate {}",
    "evaluate --marks {}",
    "extract a.txt --db {}",
    "extract {}",
]
HUGE = 200_000_001


@pytest.fixture
def place(tmp_path, claims):
    (tmp_path / "a.txt").write_text(SAID)
    assert claims("extract", "a.txt", "--db", "S.db", cwd=tmp_path).returncode == 0
    os.mkfifo(tmp_path / "pipe")
    with (tmp_path / "huge").open("wb") as stream:
        stream.truncate(HUGE)  # takes no room
    return tmp_path


@pytest.mark.parametrize("special", ["pipe", "/dev/zero"])
@pytest.mark.parametrize("line", CASES)
def test_what_is_no_file_is_refused(claims, place, line, special):
    """A message that names it, within seconds, and no fault of this program."""
    done = claims(*line.format(special).split(), cwd=place, timeout=60)
    assert done.returncode in (1, 2, 3), done.stderr.decode()
    assert special in done.stderr.decode()
    assert "interrupted" not in done.stderr.decode()


@pytest.mark.parametrize("line", [line for line in CASES[:6] if "sheet" not in line and "people" not in line])
def test_what_is_far_too_large_is_refused(claims, place, line):
    """It is not read into memory first."""
    done = claims(*line.format("huge").split(), cwd=place, timeout=60)
    assert done.returncode in (1, 2, 3), done.stderr.decode()
    assert "huge" in done.stderr.decode()
    assert "larger than" in done.stderr.decode()


@pytest.mark.parametrize("text", ["rules: [{}]\n", "people: {}\n"])
@pytest.mark.parametrize("special", ["pipe", "/dev/zero"])
def test_what_claims_yaml_names_is_a_file(claims, place, text, special):
    """As on the command line."""
    (place / "claims.yaml").write_text(text.format(special))
    done = claims("list", "S.db", cwd=place, timeout=60)
    if text.startswith("rules"):
        done = claims("extract", "a.txt", cwd=place, timeout=60)
    assert done.returncode in (1, 2, 3), done.stderr.decode()
    assert special in done.stderr.decode()


def test_claims_yaml_is_a_file(claims, place):
    """A pipe of that name is refused, and not passed over in silence."""
    os.mkfifo(place / "claims.yaml")
    done = claims("extract", "a.txt", cwd=place, timeout=60)
    assert done.returncode == 3
    assert "claims.yaml" in done.stderr.decode()
    assert claims("extract", "a.txt", "--no-config", cwd=place, timeout=60).returncode == 0

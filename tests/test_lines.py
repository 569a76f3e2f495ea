"""What one speaker said over time."""

import csv
import io
import json

import pytest

import claims_cli

FIRST = "David Lang, the mayor, said he supports the school levy.\n\nLang said the levy would cost $40."
STORIES = {
    "a.txt": ("2024-01-10", FIRST),
    "b.txt": ("2024-03-02", "David Lang said he opposes the school levy. Lang denied taking money from builders."),
    "c.txt": ("2024-02-05", "David Lang declined to comment on the school levy. Mary Holt said the bridge is safe."),
    "d.txt": ("2024-04-01", "David Lang said the levy would cost $55. Lang said the harbor is deep."),
    "e.txt": ("", "David Lang said the school levy is popular."),
}


@pytest.fixture(scope="module")
def store(claims, tmp_path_factory):
    """A store of five stories, one without a date."""
    folder = tmp_path_factory.mktemp("line")
    for name, (_, text) in STORIES.items():
        (folder / name).write_text(text + "\n")
    rows = [f"{name},Herald,{day}" for name, (day, _) in STORIES.items()]
    (folder / "meta.csv").write_text("\n".join(["path,outlet,date", *rows]) + "\n")
    paths = [folder / name for name in STORIES]
    run = claims("extract", *paths, "--meta", folder / "meta.csv", "--db", folder / "claims.db", "--no-cache", "-q")
    assert run.returncode == 0, run.stderr
    return folder / "claims.db"


def told(claims, store, *options) -> list[dict]:
    run = claims("line", "David Lang", store, "--format", "json", *options)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_statements_stand_by_topic_in_order_of_date(claims, store):
    entries = told(claims, store)
    days = {topic: [entry["date"] for entry in entries if entry["topic"] == topic] for topic in ("school levy", "levy")}
    assert days == {
        "school levy": ["2024-01-10", "2024-02-05", "2024-03-02", None],
        "levy": ["2024-01-10", "2024-04-01"],
    }
    assert all(entry["speaker"] == "David Lang" for entry in entries)


def test_denials_and_refusals_are_marked(claims, store):
    marks = {entry["statement"]: entry["marks"] for entry in told(claims, store)}
    assert marks["taking money from builders"] == ["denial"]
    assert next(mark for text, mark in marks.items() if "comment" in text) == ["refusal"]


def test_a_change_of_stance_tells_the_words(claims, store):
    (changed,) = [entry for entry in told(claims, store) if "opposes" in entry["statement"]]
    assert changed["marks"] == ["changed?"]
    assert changed["changed_date"] == "2024-01-10"
    assert changed["changed_words"] == "“opposes” against “supports”, both of: school, levy"


def test_another_number_is_a_change(claims, store):
    (changed,) = [entry for entry in told(claims, store) if "$55" in entry["statement"]]
    assert "$55” against “$40" in changed["changed_words"]


def test_what_is_said_otherwise_of_another_thing_is_no_change(claims, store):
    assert sum(bool(entry["changed_from"]) for entry in told(claims, store)) == 2


def test_a_topic_is_found_in_any_form_of_its_word(claims, store):
    assert {entry["statement"] for entry in told(claims, store, "--topic", "levies")} == {
        entry["statement"] for entry in told(claims, store) if "levy" in entry["topic"]
    }


def test_two_of_one_surname_are_told_apart(claims, tmp_path):
    (tmp_path / "a.txt").write_text("David Lang said the bridge is safe. Mary Lang said the harbor is deep.\n")
    run = claims("line", "Lang", tmp_path / "a.txt", "--no-cache")
    assert run.returncode == 2
    assert b"'Lang' may be David Lang (1), Mary Lang (1)" in run.stderr
    run = claims("line", "Mary Lang", tmp_path / "a.txt", "--no-cache")
    assert b"harbor" in run.stdout
    assert b"bridge" not in run.stdout


def test_nobody_of_a_name_is_said(claims, store):
    run = claims("line", "Davit Langg", store)
    assert (run.returncode, run.stdout.count(b"\n")) == (0, 1)
    assert b"No speaker matches 'Davit Langg'" in run.stderr


def test_a_spreadsheet_has_a_row_a_statement(claims, store):
    run = claims("line", "David Lang", store, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(run.stdout.decode())))
    assert len(rows) == len(told(claims, store))
    assert rows[0]["outlet"] == "Herald"


def test_markdown_is_made_to_print(claims, store, tmp_path):
    assert claims("line", "David Lang", store, "-o", tmp_path / "lang.md").returncode == 0
    text = (tmp_path / "lang.md").read_text()
    assert text.startswith("<!-- source-claims -->\n# David Lang\n")
    assert "- **no date** the school levy is popular" in text


def test_the_page_has_bars_and_can_be_read_without_seeing(claims, store, tmp_path, browser):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    assert claims("line", "David Lang", store, "-o", tmp_path / "lang.html").returncode == 0
    page = browser.new_page()
    page.goto((tmp_path / "lang.html").as_uri())
    assert page.locator("svg rect.count").count() == 5
    assert page.locator("li.said").count() == len(told(claims, store))
    assert axe.Axe().run(page).response["violations"] == []
    page.close()


def test_what_is_said_again_or_printed_otherwise_is_marked(claims, tmp_path):
    said = "“We will not move the old ferry before the new pier of the harbor is finished,” David Lang said.\n"
    stories = {"a": ("2024-01-10", said), "b": ("2024-01-12", said), "c": ("2024-01-13", said.replace(" not", ""))}
    for name, (_, text) in stories.items():
        (tmp_path / f"{name}.txt").write_text(text)
    rows = [f"{name}.txt,{day}" for name, (day, _) in stories.items()]
    (tmp_path / "meta.csv").write_text("\n".join(["path,date", *rows]) + "\n")
    options = ("--meta", tmp_path / "meta.csv", "--include", "*.txt", "--duplicates", "keep", "--no-cache")
    run = claims("line", "David Lang", tmp_path, *options, "--format", "json")
    first, again, altered = json.loads(run.stdout)
    assert (first["marks"], again["marks"], altered["marks"]) == ([], ["again"], ["altered"])
    assert (again["again_from"], altered["altered_date"]) == (first["id"], "2024-01-10")


def test_python_programs_get_the_same_line(claims, store):
    line = claims_cli.line(store, "David Lang")
    assert [entry.statement.claim.id for entry in line.entries] == [entry["id"] for entry in told(claims, store)]
    assert [entry.topic for entry in claims_cli.line(store, "Lang", topic="harbor").entries] == ["other matters"]
    with pytest.raises(claims_cli.ClaimsError):
        claims_cli.line(store.with_name("none.db"), "Lang")


def test_other_speakers_and_orders_are_refused(claims, store):
    run = claims("line", "Lang", store, "--sort", "type")
    assert run.returncode == 2
    assert b"leave out --speaker, --sort and --limit" in run.stderr

"""Claims found again: a store, an export and texts are asked alike, and answer as the filters do in Python."""

import csv
import io
import json
import subprocess
import sys
from contextlib import closing
from itertools import product

import pytest

from claims_cli.choice import Choice
from claims_cli.claim import FIELD_NAMES, Document
from claims_cli.corpus import Corpus
from claims_cli.inputs.readers import read_one
from claims_cli.inputs.walking import inputs
from claims_cli.query import settle
from claims_cli.rulebook import load
from claims_cli.store import opening
from claims_cli.store.identities import identify
from claims_cli.store.importing import add_export
from claims_cli.store.reading import Reader
from claims_cli.store.writing import Writer
from tests.conftest import ROOT
from tests.test_terminal import ESCAPE, at_terminal

ASKED = (
    *({"speakers": [name]} for name in ("nasrallah", "Qassem", "hezbollah", "HIZBULLAH", "source", "no one")),
    {"speakers": ["qaani", "hamas officials"], "types": "all"},
    {"kinds": "organization,media"},
    {"unnamed": True, "sort": "speaker,-confidence"},
    {"quotes": "direct,mixed", "limit": 3},
    {"cues": ["according to", "tell"]},
    {"grep": "october|beirut", "types": "all"},
    {"negated": True},
    {"strict": True, "limit": 5, "sort": "-confidence"},
    {"min_confidence": 0, "types": "held"},
)  # fmt: skip
VERSIONS = dict.fromkeys(("claims", "spacy", "model", "model_version", "rulebook", "python"), "x")
ALTERED = {
    "line": ("4", "Expected `int | null`, got `str` - at `$.line`"),
    "start": (-1, "Expected `int` >= 0"),
    "end": (10**40, "Expected `int` <="),
    "confidence": (1.5, "Expected `float` <= 1.0"),
    "type": ("rumour", "Expected `str` matching"),
    "content": ({"text": "it", "spans": [[0, 3]]}, "the words of `content` are not as long as its offsets say"),
    "cue": ({"text": "", "spans": []}, "the words of `cue` are not as long as its offsets say"),
    "via": ([{"speaker": "Ann Roe", "cue": None}], "Object missing required field `claim`"),
    "citing": ([{"speaker": "it", "span": {"text": "it", "spans": [[0, 2]], "x": 1}}], "has a field that none has"),
    "\x1b[2J": (1, "no record has the field `\\x1b[2J`"),
    "nested": (True, "no record has the field `nested`"),
}


@pytest.fixture(scope="module")
def found(extractor):
    """The documents of the seeds with their claims."""
    return list(extractor.extract([read_one(item) for item in inputs([str(ROOT / "seeds")])]))


@pytest.fixture(scope="module")
def db(found, tmp_path_factory):
    """The same in a store."""
    path = tmp_path_factory.mktemp("store") / "seeds.db"
    with opening.writable(path) as connection:
        writer = Writer(connection)
        writer.begin(VERSIONS, {}, "2024-01-01")
        for document, claims in found:
            writer.put(document, claims)
        identify(connection, load(), {})
        writer.end("2024-01-02", 0, 0)
    return path


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_a_store_answers_as_the_filters_do(found, db, asked):
    claims = [claim for _, members in found for claim in members]
    ours, theirs = Choice(settle(load().settings, **asked)), Choice(settle(load().settings, **asked))
    corpus = Corpus(claims, load())
    theirs.spellings = {wanted: corpus.spellings_of(wanted) for wanted in theirs.query.speakers}
    expected = list(theirs.choose(claims))
    with opening.readable(db) as connection:
        shown = list(Reader(connection).claims(ours))
    assert [(one.doc, one.id, one.to_json() | {"speaker_id": None}) for one in shown] == [
        (one.doc, one.id, one.to_json()) for one in expected
    ]
    assert ours.tally.to_json() == theirs.tally.to_json()
    assert ours.strangers().keys() == theirs.strangers().keys()


def listed(here, *arguments):
    """What a list shows: speakers and statements."""
    text = here("list", *arguments, "--format", "csv", "--columns", "speaker,content").stdout
    return [(row["speaker"], row["content"]) for row in csv.DictReader(io.StringIO(text))]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--via", "seven sources"], "claim"),
        (["--medium", "statement"], "medium"),
        (["--addressee", "qaani"], "addressee"),
        (["--role", "leader"], "speaker_role"),
        (["--doc", "004_*"], "doc"),
    ],
)
def test_further_questions_find_what_they_name(here, db, options, expected):
    rows = [json.loads(line) for line in here("list", db, *options, "--format", "jsonl").stdout.splitlines()]
    assert rows
    word = options[1].strip("_*").casefold()
    for row in rows:
        value = [voice["speaker"] for voice in row["via"]] if expected == "claim" else row[expected]
        assert word in json.dumps(value).casefold()
    everything = here("list", db, "--format", "jsonl").stdout.splitlines()
    assert len(rows) < len(everything)


def test_full_text_is_searched_by_words_phrases_and_beginnings(here, db):
    found = [
        json.loads(line) for line in here("list", db, "--search", '"a war"', "--format", "jsonl").stdout.splitlines()
    ]
    assert found
    assert all("a war" in one["sentence"].lower() for one in found)
    assert len(listed(here, db, "--search", "meeting* OR war")) > len(listed(here, db, "--search", "war")) > 0
    without = listed(here, db, "--search", "war NOT lebanon")
    assert without
    assert listed(here, db, "--search", "war’s U.S.-led don't") == []
    assert "is no query" in here("list", db, "--search", "AND (", code=2).stderr


def test_a_speaker_nobody_knows_names_the_nearest(here, db):
    done = here("list", db, "--speaker", "Nasralah")
    assert "No speaker matches 'Nasralah'. Nearest: Hassan Nasrallah, " in done.stderr


def test_an_export_and_texts_are_asked_like_a_store(here, db, tmp_path):
    export = tmp_path / "claims.jsonl"
    here("list", db, "--type", "all", "--min-confidence", "0", "-o", export)
    for options in (["--speaker", "hezbollah"], ["--unnamed", "--sort", "speaker"], ["--search", "war"]):
        expected = listed(here, db, *options)
        assert expected == listed(here, export, *options)
        assert expected == listed(here, "seeds", *options)
    stats = [here("stats", source, "--format", "csv").stdout for source in (db, export, "seeds")]
    assert stats[0] == stats[1] == stats[2]
    people = [here("speakers", source, "--format", "csv").stdout for source in (db, export)]
    assert people[0] == people[1]


def test_a_line_that_is_no_claim_is_told_and_the_rest_is_read(here, db, tmp_path):
    export = tmp_path / "claims.jsonl"
    here("list", db, "-o", export)
    lines = export.read_text(encoding="utf-8").splitlines()
    export.write_text("\n".join([*lines[:2], '{"id": 1}', "{", *lines[:1]]), encoding="utf-8")
    done = here("list", export, "--format", "jsonl", code=1)
    assert len(done.stdout.splitlines()) == 2
    assert f"{export}:3: is no claim record" in done.stderr
    assert f"{export}:4: is no claim record" in done.stderr


@pytest.mark.parametrize("field", [*ALTERED, None])
def test_an_altered_record_is_told_with_what_is_wrong_in_it(here, db, tmp_path, field):
    export = tmp_path / "claims.jsonl"
    here("list", db, "-o", export)
    first, second, *_ = export.read_text(encoding="utf-8").splitlines()
    value, message = ALTERED.get(field, (None, "missing required field `rule`"))
    record = json.loads(second)
    record |= {field: value} if field else {}
    record = {name: value for name, value in record.items() if field or name != "rule"}
    export.write_text(f"{first}\n{json.dumps(record)}\n", encoding="utf-8")
    done = here("list", export, "--format", "jsonl", code=1)
    assert done.stdout.count("\n") == 1
    assert done.stderr.startswith(f"claims: {export}:2: is no claim record: ")
    assert message in done.stderr.splitlines()[0]


def test_an_export_that_comes_back_knows_what_is_nested_and_what_stands_in_a_headline(found, tmp_path):
    path = tmp_path / "claims.jsonl"
    claims = [claim for _, members in found for claim in members]
    path.write_text("".join(f"{json.dumps(claim.to_json())}\n" for claim in claims), encoding="utf-8")
    with closing(opening.in_memory()) as connection:
        writer = Writer(connection)
        writer.begin(VERSIONS, {}, "2024-01-01")
        assert list(add_export(writer, str(path))) == []
        rows = connection.execute("SELECT doc, id, nested, headline FROM claims ORDER BY number").fetchall()
    assert rows == [(claim.doc, claim.id, claim.nested, claim.headline) for claim in claims]
    assert sum(claim.nested for claim in claims) > 40
    assert sum(claim.headline for claim in claims) > 2


def test_what_is_no_prose_and_what_was_not_read_stay_apart(tmp_path):
    parts = {"furniture": ((0, 7),), "foreign": ((8, 12),), "skipped": ((20, 30), (31, 40))}
    with opening.writable(tmp_path / "x.db") as connection:
        writer = Writer(connection)
        writer.begin(VERSIONS, {}, "2024-01-01")
        writer.put(Document("a.txt", "x" * 40, **parts), [])
        document = Reader(connection).document("a.txt")
        stored = connection.execute("SELECT furniture, other_language, skipped FROM documents").fetchone()
    assert {name: getattr(document, name) for name in parts} == parts
    assert stored == ("[[0, 7]]", "[[8, 12]]", "[[20, 30], [31, 40]]")


def test_the_environment_names_the_store(here, db, monkeypatch):
    assert "no store is named" in here("list", code=2).stderr
    monkeypatch.setenv("CLAIMS_DB", str(db))
    assert here("list").stdout == here("list", db).stdout == here("list", "--db", db).stdout


def test_json_lines_of_a_store_are_the_record_and_marks_come_when_asked(here, db):
    (first,) = here("list", db, "--limit", "1", "--format", "jsonl").stdout.splitlines()
    assert tuple(json.loads(first)) == FIELD_NAMES
    (first,) = here("list", db, "--limit", "1", "--format", "jsonl", "--marks").stdout.splitlines()
    assert tuple(json.loads(first)) == (*FIELD_NAMES, "mark", "note")


@pytest.mark.parametrize("suffix", ["csv", "tsv", "json", "jsonl", "md", "xlsx", "parquet", "txt"])
def test_a_list_is_written_in_every_format(here, db, tmp_path, suffix):
    path = tmp_path / f"list.{suffix}"
    here("list", db, "-o", path, "--speaker", "nasrallah")
    assert path.stat().st_size > 100


def test_a_claim_is_shown_in_its_paragraph(here, db):
    rows = [
        json.loads(line) for line in here("list", db, "--speaker", "nasrallah", "--format", "jsonl").stdout.splitlines()
    ]
    claim = next(row for row in rows if row["via"] and row["addressee"])
    shown = here("show", claim["id"][:8], db).stdout
    assert f"«{claim['content']['text']}»" in shown
    assert f"<{claim['cue']['text']}>" in shown
    assert f"{claim['via'][0]['speaker']} ({claim['via'][0]['cue']}) → {claim['speaker']}" in shown
    assert f"rule {claim['rule']}" in shown
    assert f"{claim['doc']}:{claim['line']}" in shown
    assert json.loads(here("show", claim["id"], db, "--format", "jsonl").stdout)["id"] == claim["id"]


def test_a_claim_of_an_export_is_shown_in_its_sentence(here, db, tmp_path):
    export = tmp_path / "claims.jsonl"
    here("list", db, "--speaker", "nasrallah", "-o", export)
    claim = json.loads(export.read_text(encoding="utf-8").splitlines()[0])
    assert "«" in here("show", claim["id"], export).stdout


@pytest.mark.parametrize(
    ("given", "message"), [("ffff0000ffff", "no claim has the id"), ("xyz", "is no id of a claim")]
)
def test_a_claim_that_is_not_there_is_told(here, db, given, message):
    assert message in here("show", given, db, code=2).stderr


def test_statistics_add_up(here, db):
    rows = list(csv.DictReader(io.StringIO(here("stats", db, "--format", "csv", "--limit", "1000").stdout)))
    by_section = {name: [row for row in rows if row["section"] == name] for name in {row["section"] for row in rows}}
    (whole,) = by_section["all"]
    listed_claims = len(here("list", db, "--format", "jsonl").stdout.splitlines())
    assert int(whole["claims"]) == listed_claims
    for section, measure in product(("quotation", "naming", "kind of speaker", "type"), ("claims", "words", "direct")):
        assert sum(int(row[measure]) for row in by_section[section]) == int(whole[measure])
    counts = [int(row["claims"]) for row in by_section["speaker"]]
    assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize("width", [80, 120])
def test_screens_fit_the_terminal(db, width):
    for name, options in (("list", ["--speaker", "nasrallah"]), ("stats", []), ("show", [])):
        number = [first_id(db)] if name == "show" else []
        shown = ESCAPE.sub("", at_terminal(*number, str(db), *options, name=name, width=width))
        lines = shown.replace("\r", "").splitlines()
        assert len(lines) > 3, shown
        drawn = [line for line in lines if "kept back" not in line and not line.startswith("claims:")]
        assert max(map(len, drawn)) <= width, shown


def first_id(db):
    with opening.readable(db) as connection:
        return connection.execute("SELECT id FROM claims").fetchone()[0]


def test_reading_a_store_loads_neither_model_nor_rules(db):
    program = "import sys; sys.argv = ['claims', 'list', sys.argv[1], '--speaker', 'nasrallah']\n"
    program += "import claims_cli.rulebook as rulebook\nfrom claims_cli.commands.app import main\n"
    program += "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
    program += "assert 'spacy' not in sys.modules\nassert not rulebook.load.cache_info().currsize"
    done = subprocess.run([sys.executable, "-c", program, db], cwd=ROOT, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert b"Hassan Nasrallah" in done.stdout


def test_a_store_that_may_only_be_read_is_read(here, db, tmp_path):
    locked = tmp_path / "locked"
    locked.mkdir()
    copy = locked / "copy.db"
    copy.write_bytes(db.read_bytes())
    copy.chmod(0o444)
    locked.chmod(0o555)
    try:
        assert here("list", copy).stdout == here("list", db).stdout
    finally:
        locked.chmod(0o755)


def test_a_page_from_a_store_shows_the_articles_of_the_claims_that_are_shown(here, db, tmp_path):
    page = tmp_path / "page.html"
    here("list", db, "--speaker", "Nasrallah", "-o", page)
    html = page.read_text(encoding="utf-8")
    assert "This is our fight" in html
    assert "001_b070e076cb45a92f.txt" in html
    assert "002_ef4b678260719a25.txt" not in html


def test_a_page_is_made_while_claims_are_stored(here, tmp_path):
    story, page = tmp_path / "story.txt", tmp_path / "page.html"
    story.write_text("Ann Roe said the bridge was unsafe. The bridge is old.\n", encoding="utf-8")
    here("extract", story, "--db", tmp_path / "claims.db", "-o", page)
    assert "The bridge is old." in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        (["--after", "2024-01-01"], [2]),
        (["--before", "2024-01-01"], [1]),
        (["--outlet", "daily"], [2]),
        (["--outlet", "weekly", "--after", "2024-01-01"], []),
    ],
)
def test_outlet_and_day_are_those_of_the_document(here, tmp_path, asked, rows):
    table = tmp_path / "rows.jsonl"
    lines = [
        {"text": "Ann Roe said the bridge was unsafe.", "outlet": "The Weekly", "date": "2023-05"},
        {"text": "Ann Roe said the bridge was open.", "outlet": "Daily Example", "date": "2024-05-01"},
        {"text": "Ann Roe said the bridge was new."},
    ]
    table.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    here("extract", table, "--db", tmp_path / "rows.db")
    done = here("list", tmp_path / "rows.db", *asked, "--format", "jsonl")
    assert [json.loads(line)["row"] for line in done.stdout.splitlines()] == rows
    assert ("1 document without a date left out" in done.stderr) == (len(asked) == 2 and asked[0] != "--outlet")

"""Claims kept in a store: what is new is read, what is judged stays judged, what is no store is left alone."""

import json
import sqlite3
import subprocess
import sys

import pytest

from claims_cli.errors import OutputError
from claims_cli.store import opening, schema
from tests.conftest import ROOT

STORY = "“The bridge is unsafe,” said Ann Roe.\n\nJohn Lee said that the ferry was late. He thinks it will sink.\n"
OTHER = "Minister Carla Ortiz denied that the port was closed. A senior official said it was open.\n"


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "in"
    path.mkdir()
    (path / "a.txt").write_text(STORY, encoding="utf-8")
    (path / "b.txt").write_text(OTHER, encoding="utf-8")
    return path


@pytest.fixture
def db(tmp_path):
    return tmp_path / "claims.db"


def rows(path, query, *values):
    connection = sqlite3.connect(path)
    found = connection.execute(query, values).fetchall()
    connection.close()
    return found


def test_a_run_stores_every_claim_and_prints_none(here, folder, db):
    done = here("extract", folder, "--db", db)
    assert done.stdout == ""
    assert done.stderr.startswith("2 new, 0 changed, 0 unchanged.")
    types = dict(rows(db, "SELECT type, count(*) FROM claims GROUP BY type"))
    assert types == {"statement": 3, "denial": 1, "thought": 1}
    assert rows(db, "SELECT text FROM documents ORDER BY path") == [(STORY,), (OTHER,)]
    ((finished, new, options),) = rows(db, "SELECT finished, new, options FROM runs")
    assert finished
    assert new == 2
    assert json.loads(options)["paths"] == [str(folder)]


def test_a_store_has_the_fields_of_the_record_under_their_names(here, folder, db):
    here("extract", folder, "--db", db)
    printed = [
        json.loads(line) for line in here("extract", folder, "--format", "jsonl", "--type", "all").stdout.splitlines()
    ]
    kept = [json.loads(line) for line in here("list", db, "--format", "jsonl", "--type", "all").stdout.splitlines()]
    assert [{**one, "speaker_id": None} for one in kept] == printed
    assert [one["speaker_id"] for one in kept][:2] == ["ann-roe", "john-lee"]
    names = [row[1] for row in rows(db, "PRAGMA table_info(claims)")]
    assert set(printed[0]) <= set(names)


def test_the_filters_choose_what_is_printed_of_a_run(here, folder, db):
    shown = here("extract", folder, "--db", db, "--format", "tsv", "--columns", "speaker", "--speaker", "lee")
    assert shown.stdout.split() == ["speaker", "John", "Lee"]
    assert rows(db, "SELECT count(*) FROM claims") == [(5,)]
    more = folder.parent / "c.txt"
    more.write_text("Gita Shah said it rained.\n", encoding="utf-8")
    shown = here("extract", more, "--db", db, "--format", "tsv", "--columns", "speaker")
    assert shown.stdout.splitlines() == ["speaker", "Gita Shah"], "only what this run's inputs hold"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--speaker", "lee"], "--db stores every claim, and filters choose what is printed"),
        (["-"], "standard input has no name under which --db could keep it"),
    ],
)
def test_what_makes_no_sense_with_a_store_is_refused(here, folder, db, options, message):
    assert message in here("extract", folder, *options, "--db", db, code=2).stderr
    assert not db.exists()


def test_prune_goes_with_a_store(here, folder):
    assert "name the store: --db FILE" in here("extract", folder, "--prune", code=2).stderr


def test_a_second_run_reads_only_what_is_new_or_changed(here, folder, db):
    here("extract", folder, "--db", db)
    assert here("extract", folder, "--db", db).stderr.startswith("0 new, 0 changed, 2 unchanged.")
    (folder / "b.txt").write_text(OTHER + "Gita Shah said it rained.\n", encoding="utf-8")
    (folder / "c.txt").write_text("Omar Diaz said it snowed.\n", encoding="utf-8")
    assert here("extract", folder, "--db", db).stderr.startswith("1 new, 1 changed, 1 unchanged.")
    listed = here("list", db, "--new", "--format", "tsv", "--columns", "speaker").stdout.splitlines()[1:]
    assert listed == ["Gita Shah", "Omar Diaz"], "claims that stood there before are not new"


def test_where_nothing_is_to_be_done_the_model_is_not_loaded(here, folder, db):
    here("extract", folder, "--db", db)
    program = "import sys; sys.argv = ['claims', 'extract', sys.argv[1], '--db', sys.argv[2]]\n"
    program += "from claims_cli.commands.app import main\n"
    program += "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\nassert 'spacy' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", program, folder, db], cwd=ROOT, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert b"2 unchanged" in done.stderr


def test_other_rules_read_everything_again_and_say_so(here, folder, db):
    here("extract", folder, "--db", db)
    rule = folder.parent / "rules.yaml"
    rule.write_text(here("rules", "new").stdout, encoding="utf-8")
    done = here("extract", folder, "--db", db, "--rules", rule)
    assert "the rulebook; they are read again" in done.stderr
    assert "0 new, 0 changed, 2 read again, 0 unchanged" in done.stderr
    assert rows(db, "SELECT count(*) FROM documents") == [(2,)]


def test_what_vanished_is_told_and_dropped_when_asked(here, folder, db):
    other = folder.parent / "other.txt"
    other.write_text("Gita Shah said it rained.\n", encoding="utf-8")
    here("extract", folder, other, "--db", db)
    (folder / "b.txt").unlink()
    assert "1 vanished (--prune drops them)" in here("extract", folder, "--db", db).stderr
    assert rows(db, "SELECT count(*) FROM documents") == [(3,)]
    assert "1 vanished (dropped)" in here("extract", folder, "--db", db, "--prune").stderr
    assert rows(db, "SELECT path FROM documents ORDER BY path") == [(f"{folder}/a.txt",), (str(other),)]
    assert "carla-ortiz" not in dict(rows(db, "SELECT id, name FROM speakers"))
    other.unlink()
    assert "1 vanished (dropped)" in here("extract", other, "--db", db, "--prune", code=1).stderr


def test_what_cannot_be_read_any_more_has_not_vanished(here, folder, db):
    here("extract", folder, "--db", db)
    (folder / "b.txt").write_bytes(b"\0\1\2" * 100)
    done = here("extract", folder, "--db", db, "--prune", code=1)
    assert "1 failed" in done.stderr
    assert "vanished" not in done.stderr
    assert rows(db, "SELECT count(*) FROM documents") == [(2,)]


def test_speakers_are_who_they_are_across_documents(here, folder, db):
    (folder / "c.txt").write_text("Roe said the ferry was fine. Roe and John Lee said it was late.\n", encoding="utf-8")
    here("extract", folder, "--db", db)
    assert rows(db, "SELECT claims, documents, named FROM speakers WHERE id = 'ann-roe'") == [(3, 2, 1)]
    linked = rows(db, "SELECT count(*) FROM claim_speakers WHERE speaker = 'ann-roe'")
    alone = rows(db, "SELECT count(*) FROM claims WHERE speaker_id = 'ann-roe'")
    assert (linked, alone) == ([(3,)], [(2,)])


@pytest.mark.parametrize("kind", ["text", "database"])
def test_a_file_that_is_no_store_is_refused_and_left_alone(here, folder, db, kind):
    if kind == "text":
        db.write_text("not yours", encoding="utf-8")
    else:
        connection = sqlite3.connect(db)
        connection.execute("CREATE TABLE accounts (id)")
        connection.close()
    before = db.read_bytes()
    assert "no store of claims" in here("extract", folder, "--db", db, code=2).stderr
    assert "no store of claims" in here("mark", "ab", "right", "--db", db, code=2).stderr
    assert db.read_bytes() == before


def test_a_second_run_at_the_same_time_is_told(here, folder, db, monkeypatch):
    here("extract", folder, "--db", db)
    monkeypatch.setattr(opening, "PATIENCE", 0.1)
    with opening.writable(db):
        done = here("extract", folder, "--db", db, code=2)
        assert "is being written to by another run" in done.stderr
        number = rows(db, "SELECT id FROM claims LIMIT 1")[0][0]
        here("mark", number, "right", "--db", db)
        assert len(here("list", db).stdout.splitlines()) > 2, "it can be read and judged meanwhile"


def test_a_full_disk_loses_nothing_that_was_there(here, folder, db):
    here("extract", folder, "--db", db)
    before = rows(db, "SELECT id, content FROM claims ORDER BY number")
    (folder / "c.txt").write_text("Omar Diaz said that it snowed. " * 400, encoding="utf-8")
    program = (
        "import resource, sys; sys.argv[0] = 'claims'\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({db.stat().st_size},) * 2)\n"
        "from claims_cli.commands.app import main\nmain()"
    )
    command = [sys.executable, "-c", program, "extract", str(folder), "--db", str(db)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=120)
    assert done.returncode == 2, done.stderr
    assert b"claims.db cannot be written" in done.stderr
    assert b"Traceback" not in done.stderr
    assert rows(db, "SELECT id, content FROM claims ORDER BY number") == before
    assert here("extract", folder, "--db", db).stderr.startswith("1 new, 0 changed, 2 unchanged.")


def test_a_disk_error_is_one_message():
    with pytest.raises(OutputError, match="the disk is full; make room"), opening.told("x.db"):
        raise sqlite3.OperationalError("database or disk is full")


def test_an_older_store_is_brought_up_to_date(here, folder, db, tmp_path):
    here("extract", folder, "--db", db)
    old = tmp_path / "old.db"
    connection = sqlite3.connect(old)
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.executescript(schema.STEPS[0] + "PRAGMA user_version = 1;")
    connection.execute("ATTACH ? AS new", (str(db),))
    for table in ("runs", "documents", "speakers", "claims", "names", "claim_names", "claim_speakers", "state"):
        columns = ", ".join(f'"{column[1]}"' for column in connection.execute(f"PRAGMA main.table_info({table})"))
        connection.execute(f"INSERT INTO {table} SELECT {columns} FROM new.{table}")
    connection.commit()
    connection.close()
    assert "Ann Roe" in here("list", old, "--search", "bridges", "-q").stdout
    assert rows(old, "PRAGMA user_version") == [(schema.VERSION,)]
    assert here("extract", folder, "--db", old).stderr.startswith("0 new, 0 changed, 2 unchanged.")


def test_a_store_that_was_begun_and_no_more_is_one(here, folder, db):
    connection = sqlite3.connect(db)
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.close()
    here("extract", folder, "--db", db)
    assert rows(db, "SELECT count(*) FROM documents") == [(2,)]


def test_a_store_of_a_newer_version_is_left_alone(here, folder, db):
    here("extract", folder, "--db", db)
    connection = sqlite3.connect(db)
    connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    connection.close()
    for arguments in (["extract", folder, "--db", db], ["list", db]):
        assert "was written by a newer version of claims" in here(*arguments, code=2).stderr


def test_letters_that_no_store_can_hold_keep_the_offsets(here, folder, db, extractor):
    from claims_cli.claim import Document
    from claims_cli.store.writing import Writer

    document = Document("x.txt", "Ann \ud800 Roe said that it rained \ud801here.\n", "0" * 64)
    ((read, claims),) = extractor.extract([document])
    with opening.writable(db) as connection:
        writer = Writer(connection)
        versions = dict.fromkeys(("claims", "spacy", "model", "model_version", "rulebook", "python"), "x")
        writer.begin(versions, {}, "2024")
        writer.put(read, claims)
    ((text,),) = rows(db, "SELECT text FROM documents")
    assert len(text) == len(document.text)
    for content, start, end in rows(db, 'SELECT content, start, "end" FROM claims'):
        assert content in text
        assert 0 <= start < end <= len(text)


def test_a_store_is_read_where_the_locks_of_unix_are_not(here, folder, db):
    here("extract", folder, "--db", db)
    program = "import sys; sys.modules['fcntl'] = None; sys.argv[0] = 'claims'\n"
    program += "from claims_cli.commands.app import main\nmain()"
    command = [sys.executable, "-c", program, "list", str(db), "--format", "csv"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert (done.stdout, done.returncode) == (here("list", db, "--format", "csv").stdout, 0), done.stderr


def test_a_run_by_another_name_of_the_store_is_told(here, folder, db, tmp_path, monkeypatch):
    here("extract", folder, "--db", db)
    monkeypatch.setattr(opening, "PATIENCE", 0.1)
    link = tmp_path / "link.db"
    link.symlink_to(db)
    with opening.writable(db):
        assert "is being written to by another run" in here("extract", folder, "--db", link, code=2).stderr


def test_a_killed_run_keeps_nobody_out(here, folder, db, monkeypatch):
    here("extract", folder, "--db", db)
    program = "import sys, time\nfrom pathlib import Path\nfrom claims_cli.store import opening\n"
    program += "with opening.writable(Path(sys.argv[1])):\n    print('open', flush=True)\n    time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", program, str(db)], stdout=subprocess.PIPE, cwd=ROOT) as run:
        assert run.stdout.readline() == b"open\n"
        run.kill()
    monkeypatch.setattr(opening, "PATIENCE", 0.1)
    assert "2 unchanged" in here("extract", folder, "--db", db).stderr

"""What is said to somebody who does not know the command yet: help, slips, and what a run is doing."""

import re
import signal
import subprocess
import sys
import time

import pytest

from tests.command import ROOT
from tests.test_terminal import at_terminal

STORY = "“The bridge is unsafe,” said Ann Roe.\n\nJohn Lee said that the ferry was late. He thinks it will sink.\n"
COMMANDS = (
    "extract",
    "text",
    "list",
    "show",
    "speakers",
    "stats",
    "browse",
    "mark",
    "merge",
    "network",
    "explain",
    "evaluate",
)


def said(result) -> str:
    """All that a command printed."""
    return (result.stdout + result.stderr).decode()


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


@pytest.mark.parametrize("command", [*COMMANDS, "config", "doctor", "rules", "rules test", "cache info", "help"])
@pytest.mark.parametrize("way", ["{} -h", "help {}"])
def test_every_command_tells_of_itself_when_asked_briefly(claims, command, way):
    result = claims(*way.format(command).split())
    assert result.returncode == 0
    assert result.stdout == claims(*command.split(), "--help").stdout
    assert f"{command} [OPTIONS]" in result.stdout.decode()


def test_help_alone_lists_the_commands_and_a_misspelt_one_is_told(claims):
    assert claims("help").stdout == claims("--help").stdout == claims("-h").stdout
    wrong = claims("help", "extrakt")
    assert wrong.returncode == 2
    assert "did you mean 'extract'?" in said(wrong)


@pytest.mark.parametrize("command", ["extract", "text"])
def test_what_is_piped_in_is_read_without_a_hyphen(claims, command):
    piped = claims(command, stdin=STORY.encode())
    assert piped.returncode == 0
    assert piped.stdout == claims(command, "-", stdin=STORY.encode()).stdout
    assert "bridge" in piped.stdout.decode()


@pytest.mark.parametrize("command", ["extract", "text"])
def test_a_terminal_without_a_path_gets_the_usage(command):
    shown = at_terminal(name=command)
    assert f"{command} [OPTIONS] PATH..." in shown
    assert "--help" in shown


@pytest.mark.parametrize(
    "text",
    [
        "Mr Smith said it was over.",
        "Mr Smith said it was over",
        "“It is over,” said Mr Smith.",
        "At 10:30 Mr Smith said it was over: 12",
        "Mr Smith said either/or was over.",
        "Mr Smith said it was over! He denied nothing.",
        "Mr Smith said item #12 was over.",
        "Mr Smith told the U.S.",
        "Mr Smith said no. " + "He said it again and again. " * 30,
    ],
)
def test_words_in_place_of_a_file_are_explained(claims, text):
    result = claims("explain", text, "--no-tree")
    assert result.returncode == 0
    assert "Smith" in result.stdout.decode()
    assert "found by" in result.stdout.decode() or "told" in text
    assert result.stdout == claims("explain", "--text", text, "--no-tree").stdout


@pytest.mark.parametrize("name", ["gone.txt", "my story.txt", "./no such place", "my story.pdf:12", "story"])
def test_a_file_that_is_not_there_is_no_text(claims, name):
    result = claims("explain", name)
    assert result.returncode == 1
    assert "is not there" in said(result)


def test_a_file_with_a_space_in_its_name_is_read(claims, tmp_path):
    (tmp_path / "my story").write_text(STORY, encoding="utf-8")
    assert "Ann Roe" in said(claims("explain", "my story", "--no-tree", cwd=tmp_path))


@pytest.mark.parametrize("command", ["extract", "list", "text", "explain", "speakers", "stats"])
@pytest.mark.parametrize("address", ["https://example.org/a", "http://example.org/a.pdf"])
def test_an_address_says_that_nothing_is_fetched_unasked(claims, command, address):
    result = claims(command, address)
    assert result.returncode == 1
    assert f"{address}: is an address, and nothing is fetched unasked; add --fetch" in said(result)


# ---------------------------------------------------------------- names that there are not


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--type", "quote"], "did you mean --quote?"),
        (["--type", "quotes"], "did you mean --quote?"),
        (["--type", "Opinion"], "did you mean 'thought'?"),
        (["--type", "belief"], "did you mean 'thought'?"),
        (["--type", "promise"], "did you mean 'commitment'?"),
        (["--type", "statements"], "did you mean 'statement'?"),
        (["--type", "qestion"], "did you mean 'question'?"),
        (["--type", "person"], "did you mean --speaker-kind?"),
        (["--quote", "paraphrase"], "did you mean 'indirect'?"),
        (["--quote", "verbatim"], "did you mean 'direct'?"),
        (["--quote", "denial"], "did you mean --type?"),
        (["--speaker-kind", "company"], "did you mean 'organization'?"),
        (["--speaker-kind", "organisation"], "did you mean 'organization'?"),
        (["--speaker-kind", "people"], "did you mean 'person'?"),
        (["--speaker-basis", "surname"], "did you mean 'short-name'?"),
        (["--sort", "name"], "did you mean 'speaker'?"),
        (["--sort", "-time"], "did you mean 'date'?"),
        (["--sort", "file"], "did you mean 'document'?"),
        (["--sort", "kind"], "did you mean 'speaker-kind'?"),
        (["--format", "csv", "--columns", "text"], "did you mean 'content'?"),
        (["--format", "csv", "--columns", "id,name"], "did you mean 'speaker'?"),
        (["--format", "csv", "--columns", "verb"], "did you mean 'cue'?"),
        (["--format", "csv", "--columns", "speakr"], "did you mean 'speaker'?"),
        (["--format", "excel"], "did you mean 'xlsx'?"),
        (["--format", "markdown"], "did you mean 'md'?"),
    ],
)
def test_a_name_that_there_is_not_leads_to_what_is_meant(claims, story, options, message):
    result = claims("extract", story, *options)
    assert result.returncode == 2
    assert message in said(result)
    assert "there are: " in said(result)
    assert len(said(result).splitlines()) == 1


@pytest.mark.parametrize(
    "options",
    [["--type", "banana"], ["--sort", "zzz"], ["--quote", "xylophone"], ["--format", "csv", "--columns", "q"]],
)
def test_where_nothing_is_near_nothing_is_suggested(claims, story, options):
    told = said(claims("extract", story, *options))
    assert "did you mean" not in told
    assert "there are: " in told


@pytest.mark.parametrize(
    ("option", "names"),
    [
        ("--kind", ["--speaker-kind (Speaker kinds", "--type (Claim types", "--quote (How it is quoted"]),
        ("--speakr", ["--speaker (Only this speaker"]),
        ("--since", ["--after (Only documents of this day"]),
        ("--name", ["--speaker (Only this speaker"]),
        ("--search-for", []),
        ("--excel", ["--format (One of"]),
        ("--newspaper", ["--outlet (Only documents"]),
        ("--threads", ["--jobs (Processes"]),
        ("--zzz", []),
    ],
)
def test_an_option_that_there_is_not_names_those_that_may_be_meant(claims, story, option, names):
    result = claims("extract", story, option, "x")
    assert result.returncode == 2
    assert all(name in said(result) for name in names), said(result)
    assert f"has no option {option}" in said(result)
    assert "extract --help lists all" in said(result)


@pytest.mark.parametrize("wanted", ["Smith", "Qxz", "Nobody Here", "Muhammad al-Khatib"])
@pytest.mark.parametrize("command", ["extract", "list", "speakers"])
def test_a_speaker_like_nobody_is_told_as_such(claims, story, wanted, command):
    told = said(claims(command, story, "--speaker", wanted))
    assert (
        f"No speaker matches '{wanted}'. Nobody of a similar name speaks here; claims speakers lists who does." in told
    )
    assert "Nearest" not in told


@pytest.mark.parametrize(("wanted", "near"), [("An Roe", "Ann Roe"), ("Jon Lee", "John Lee")])
def test_a_misspelt_speaker_still_names_the_nearest(claims, story, wanted, near):
    assert f"Nearest: {near}" in said(claims("extract", story, "--speaker", wanted))


# ---------------------------------------------------------------- marks


@pytest.fixture
def db(claims, story, tmp_path):
    path = tmp_path / "claims.db"
    claims("extract", story, "--db", path)
    return path


@pytest.fixture
def number(claims, db):
    return claims("list", db, "--format", "csv", "--no-bom", "--columns", "id").stdout.decode().splitlines()[1]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("rigth", "right"),
        ("rght", "right"),
        ("worng", "wrong"),
        ("correct", "right"),
        ("OK", "right"),
        ("true", "right"),
        ("yes", "right"),
        ("false", "wrong"),
        ("incorrect", "wrong"),
        ("no", "wrong"),
        ("author", "speaker"),
    ],
)
def test_a_word_that_is_no_verdict_is_no_note(claims, db, number, word, meant):
    result = claims("mark", number, word, db)
    assert result.returncode == 2
    assert f"there is no verdict '{word}'; did you mean '{meant}'?" in said(result)
    assert f"--note '{word}'" in said(result)
    assert "mark\n" in said(claims("list", db, "--marked", "any")).lower()
    assert "0 claims" in said(claims("list", db, "--marked", "any"))


@pytest.mark.parametrize("words", [["ask the ministry"], ["ask", "her"], ["hm"], ["not right"]])
def test_a_note_alone_says_that_it_is_one(claims, db, number, words):
    wrong = claims("mark", number, *words, db)
    assert wrong.returncode == 2
    assert f"a note: claims mark {number} --note '{' '.join(words)}'" in said(wrong)
    assert claims("mark", number, "--note", " ".join(words), "--by", "Ann", db).returncode == 0
    assert f"Ann: {' '.join(words)}" in said(claims("list", db, "--format", "csv"))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["wrong"], "wrong (Ann)"),
        (["WRONG"], "wrong (Ann)"),
        (["Right"], "right (Ann)"),
        (["wrong", "it was his deputy"], "wrong: it was his deputy (Ann)"),
        (["wrong", "it", "was", "his", "deputy"], "wrong: it was his deputy (Ann)"),
        (["wrong", "--note", "his deputy"], "wrong: his deputy (Ann)"),
        (["speaker", "David Lang"], "the speaker is David Lang (Ann)"),
        (["speaker", "David", "Lang"], "the speaker is David Lang (Ann)"),
        (["speaker", "David Lang", "--note", "see line 4"], "the speaker is David Lang: see line 4 (Ann)"),
    ],
)
@pytest.mark.parametrize("way", ["last", "--db", "environment"])
def test_the_store_stands_where_show_and_list_take_it(claims, db, number, words, told, way, monkeypatch):
    monkeypatch.setenv("CLAIMS_DB", str(db))
    if way != "environment":
        monkeypatch.delenv("CLAIMS_DB")
    named = {"last": [db], "--db": ["--db", db], "environment": []}[way]
    result = claims("mark", number, *words, "--by", "Ann", *named)
    assert result.returncode == 0, said(result)
    assert said(result).splitlines()[-1] == told


def test_kind_is_the_speaker_s_alone(claims, db, number, story):
    shown = said(claims("show", number, db))
    assert re.search(r"^Type +statement$", shown, re.M)
    assert re.search(r"^Quotation +direct$", shown, re.M)
    assert not re.search(r"^Kind", shown, re.M)
    assert claims("extract", story, "--sort", "speaker-kind").returncode == 0
    told = said(claims("extract", "--help"))
    for line in told.splitlines():
        assert "kind" not in line.lower() or "speaker" in line.lower() or "other kinds" in line, line


# ---------------------------------------------------------------- patterns that run away

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1e12)"
LONG = "the bridge was unsafe and " * 60
RUN_AWAY = [r"(.*a){25}X", r"((\w|\s)+)+\d", r"^(([a-z ])+.)+[A-Z]$", r"(.*)*(.*)*(.*)*\d"]
IN_RE_ONLY = [r"(\w+\s?)+X$", r"(a+)+$Z", r"(\w*\s*)*!!", r"(\s?[a-z]+)+\?$"]


@pytest.fixture
def long_story(tmp_path):
    path = tmp_path / "long.txt"
    path.write_text(f"Ann Roe said that {LONG}it {'a' * 60} fell.\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("pattern", RUN_AWAY)
@pytest.mark.parametrize("source", ["text", "store"])
def test_a_pattern_that_runs_away_is_stopped_with_a_message(claims, long_story, pattern, source):
    place = long_story
    if source == "store":
        place = long_story.with_suffix(".db")
        claims("extract", long_story, "--db", place)
    began = time.process_time()
    result = claims("list" if source == "store" else "extract", place, "--grep", pattern)
    assert time.process_time() - began < 5
    assert result.returncode == 2, said(result)
    assert f"--grep '{pattern}' takes too long, and was stopped" in said(result)
    assert "fault" not in said(result)


@pytest.mark.parametrize("pattern", IN_RE_ONLY)
def test_what_needs_not_run_away_is_answered(claims, long_story, pattern):
    began = time.process_time()
    assert claims("extract", long_story, "--grep", pattern).returncode == 0
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("bridge", 1),
        ("BRIDGE", 0),
        ("Bridge|ferry", 1),
        (r"\bunsafe\b", 1),
        (r"^.{1,30}$", 2),
        (r"un(?=safe)", 1),
        (r"(?i)BRIDGE", 1),
        (r"(?P<a>r)r", 1),
        (r"[^\W\d_]+ry", 1),
        (r"“the bridge is", 1),
        (r'"the bridge is', 1),
        (r"(\w+\s?)+", 2),
    ],
)
def test_patterns_that_end_find_what_they_found(claims, story, pattern, found):
    rows = claims("extract", story, "--format", "jsonl", "--grep", pattern).stdout.splitlines()
    assert len(rows) == found


@pytest.mark.parametrize("pattern", ["(", "[a", "*a", r"(?P<a>x)(?P<a>y)", r"\1", "a{2,1}"])
def test_what_is_no_pattern_is_told(claims, story, pattern):
    result = claims("extract", story, "--grep", pattern)
    assert result.returncode == 2
    assert "is no regular expression" in said(result)


@pytest.mark.parametrize(
    "query",
    [f"{ENDLESS} SELECT max(i) FROM n", f"{ENDLESS} SELECT max(words('a b')) FROM n"],
)
def test_ctrl_c_ends_a_query(db, query):
    program = (
        "import sys\nfrom pathlib import Path\nfrom claims_cli.commands import listing\n"
        "from claims_cli.store.reading import Reader\n"
        f"Reader.claims = lambda self, *_: self.connection.execute({query!r})\n"
        f"sys.argv = ['claims', 'list', {str(db)!r}]\n"
        "print('begun', flush=True)\nfrom claims_cli.commands.app import main\nmain()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    process.stdout.readline()
    time.sleep(2)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=20)
    assert process.returncode == 130, told
    assert b"interrupted" in told
    assert b"fault" not in told


def test_the_doctor_tells_versions_places_and_what_is_missing(claims, tmp_path, monkeypatch):
    (tmp_path / "claims.yaml").write_text("thresholds: {strict: 0.8}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    result = claims("doctor", cwd=tmp_path)
    assert result.returncode == 0
    rows = dict(line.split(maxsplit=1) for line in result.stdout.decode().splitlines())
    assert set(rows) >= {
        "claims",
        "python",
        "spacy",
        "model",
        "rulebook",
        "reader",
        "cache",
        "store",
        "reads",
        "writes",
    }
    assert set(rows) >= {"missing", "cores", "memory", "system"}
    assert str(tmp_path / "claims.yaml") in rows["claims.yaml"]
    assert rows["rulebook"] in claims("--version").stdout.decode() or rows["rulebook"]
    assert {".pdf", ".html", ".docx"} <= set(rows["reads"].split())
    assert {"csv", "xlsx", "html"} <= set(rows["writes"].split())


def test_the_doctor_finds_a_broken_configuration_and_ends_well(claims, tmp_path):
    (tmp_path / "claims.yaml").write_text("thresholds: [\n", encoding="utf-8")
    result = claims("doctor", cwd=tmp_path)
    assert result.returncode == 0
    assert "\nbroken " in result.stdout.decode()
    assert "\ncores " in result.stdout.decode()


def test_a_verdict_before_the_claim_says_that_the_claim_goes_first(claims, db, number):
    wrong = claims("mark", "right", number, db)
    assert wrong.returncode == 2
    assert f"the claim goes first: claims mark {number} right" in said(wrong)


@pytest.mark.parametrize(("option", "wanted"), [("--speaker", "--speaker NAME"), ("-o", "-o FILE")])
def test_an_option_without_its_value_says_what_it_wants(claims, option, wanted):
    done = claims("extract", "seeds/", option)
    assert done.returncode == 2
    assert f"{option} wants a value; {wanted}: " in said(done)


@pytest.mark.parametrize("name", ["government official", "official", "condition of anonymity"])
def test_a_speaker_is_found_by_words_beside_a_comma_in_a_run_and_in_a_store(claims, tmp_path, name):
    text = tmp_path / "a.txt"
    text.write_text("A government official, speaking on condition of anonymity, said the plan was dead.\n")
    claims("extract", text, "--db", tmp_path / "a.db", "-q")
    for done in (claims("extract", text, "--speaker", name), claims("list", tmp_path / "a.db", "--speaker", name)):
        assert b"the plan was dead" in done.stdout

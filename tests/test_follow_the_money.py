"""Claims as entities of FollowTheMoney: all that its model wants, and no two people joined that nobody joined."""

import json
from pathlib import Path

import pytest

# of the model, version 4.11: the properties that are written, and those that must be there
PERSON = {"name", "alias", "weakAlias", "position", "notes"}
MODEL = {
    "Article": ({"title", "author", "publisher", "publishedAt", "sourceUrl", "fileName", "bodyText",
                 "processingAgent"}, {"fileName"}),
    "Person": (PERSON, {"name"}),
    "Organization": (PERSON - {"position"}, {"name"}),
    "LegalEntity": (PERSON - {"position"}, {"name"}),
    "Mention": ({"document", "resolved", "name", "detectedSchema"}, {"document", "name"}),
    "Note": ({"entity", "proof", "name", "description", "summary", "notes", "publisher", "keywords", "sourceUrl",
              "createdAt"}, {"entity"}),
}  # fmt: skip
FIRST = (
    "“The bridge is unsafe,” said Ann Roe, the mayor. Roe said that the ferry was late.\n\n"
    "Ann Roe and Bob Poe said that the toll was too high. An official said that it was not.\n"
)
SECOND = "“The harbour is shut,” said Ann Roe, a nurse. Carl Moe told reporters that it would open.\n"


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "first.txt").write_text(FIRST, encoding="utf-8")
    (tmp_path / "in" / "second.txt").write_text(SECOND, encoding="utf-8")
    return tmp_path


@pytest.fixture
def entities(here, folder):
    """Run a command that writes entities; they, by schema."""

    def run(*arguments: object) -> dict[str, list[dict]]:
        here(*arguments, "--format", "ftm", "-o", folder / "claims.ftm", "-q")
        found: dict[str, list[dict]] = {}
        for line in (folder / "claims.ftm").read_text(encoding="utf-8").splitlines():
            found.setdefault(json.loads(line)["schema"], []).append(json.loads(line))
        return found

    return run


def called(entities: dict[str, list[dict]], name: str) -> list[dict]:
    everybody = [one for schema in ("Person", "Organization", "LegalEntity") for one in entities.get(schema, ())]
    return [one for one in everybody if name in one["properties"]["name"]]


def test_every_entity_leads_to_those_it_names(entities, folder):
    found = entities("extract", folder / "in")
    articles = {one["id"] for one in found["Article"]}
    everything = [one for group in found.values() for one in group]
    known = {one["id"] for one in everything}
    assert len(known) == len(everything)
    assert len(articles) == 2
    assert "The harbour is shut" in [one["properties"]["description"][0].strip("“,”") for one in found["Note"]]
    for note in found["Note"]:
        assert set(note["properties"]["proof"]) <= articles
        assert set(note["properties"]["entity"]) <= known
    for mention in found["Mention"]:
        assert set(mention["properties"]["document"]) <= articles
        assert set(mention["properties"]["resolved"]) <= known - articles


def test_properties_are_those_of_the_model_and_all_are_lists_of_text(entities, folder):
    found = entities("extract", folder / "in")
    assert {"Article", "Person", "Mention", "Note"} <= set(found) <= set(MODEL)
    for schema, group in found.items():
        allowed, required = MODEL[schema]
        for one in group:
            assert required <= set(one["properties"]) <= allowed
            assert all(value and isinstance(value, str) for values in one["properties"].values() for value in values)


def test_the_model_has_these_properties():
    model = pytest.importorskip("followthemoney", reason="its PyICU must be compiled").model
    for schema, (allowed, required) in MODEL.items():
        assert allowed <= set(model.get(schema).properties)
        assert set(model.get(schema).required) <= required


def test_without_a_store_namesakes_of_two_articles_are_two(entities, folder):
    found = entities("extract", folder / "in")
    one, other = called(found, "Ann Roe")
    assert one["id"] != other["id"]
    assert called(found, "An official") == []
    assert all("notes" not in each["properties"] for each in (one, other))


def test_texts_that_are_brought_together_for_one_command_only_are_no_store(entities, folder):
    found = entities("list", folder / "in")
    assert len(called(found, "Ann Roe")) == 2
    assert entities("list", folder / "in") == found


def test_a_store_says_who_is_one_and_the_entity_says_that_it_goes_by_the_name(entities, here, folder):
    here("extract", folder / "in", "--db", folder / "a.db", "-q")
    found = entities("list", folder / "a.db")
    (roe,) = called(found, "Ann Roe")
    assert roe["properties"]["notes"] == ["brought together by name from 2 articles: see that it is one speaker"]
    assert roe["schema"] == "Person"
    (poe,) = called(found, "Bob Poe")
    joint = next(one for one in found["Note"] if "toll" in one["properties"]["description"][0])
    assert joint["properties"]["entity"] == [roe["id"], poe["id"]]


def test_speakers_of_two_stores_are_never_one(entities, here, folder):
    here("extract", folder / "in" / "first.txt", "--db", folder / "a.db", "-q")
    here("extract", folder / "in" / "second.txt", "--db", folder / "b.db", "-q")
    (one,), (other,) = (called(entities("list", folder / name), "Ann Roe") for name in ("a.db", "b.db"))
    assert one["id"] != other["id"]


def test_articles_of_one_file_have_texts_and_people_of_their_own(entities, here, folder):
    rows = [{"text": FIRST, "date": "2026-03-01"}, {"text": SECOND, "url": "javascript:alert(1)"}]
    (folder / "all.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found = entities("extract", folder / "all.jsonl")
    assert len({one["id"] for one in called(found, "Ann Roe")}) == 2
    assert [one["properties"].get("publishedAt") for one in found["Article"]] == [["2026-03-01"], None]
    assert all("sourceUrl" not in one["properties"] for one in found["Article"])


def test_the_library_takes_every_value_as_it_is(entities, here, folder):
    model = pytest.importorskip("followthemoney", reason="its PyICU must be compiled").model
    nasty = "“Pay \x1b[31m<b>now</b>,” said Ann\tRoe.\n" * 2 + "x " * 40_000 + "\n\n“It is late,” said Ann Roe.\n"
    (folder / "in" / "nasty.txt").write_text(nasty, encoding="utf-8")
    here("extract", folder / "in", "--db", folder / "a.db", "-q")
    for found in (entities("extract", folder / "in"), entities("list", folder / "a.db", "--type", "all")):
        for one in (one for group in found.values() for one in group):
            model.get(one["schema"]).validate(one)
            kept = model.get_proxy(one, cleaned=False).to_dict()["properties"]
            assert {name: set(values) for name, values in kept.items()} == {
                name: set(values) for name, values in one["properties"].items()
            }

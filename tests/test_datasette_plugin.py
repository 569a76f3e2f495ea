"""A claim of a store drawn in its article by Datasette: a page of its own, for those who may see the tables."""

import asyncio
import re
import sqlite3

import pytest

pytest.importorskip("datasette")

from datasette.app import Datasette
from datasette.plugins import pm

from claims_cli.serving import datasette_plugin

TEXT = (
    "It rained.\n\n“The <script>alert(1)</script> bridge is unsafe,” said Ann \u202eRoe.\n\n"
    "The ministry said that the ferry was late.\n"
)


@pytest.fixture
def plugin():
    """The plugin, also where this program is not installed."""
    if not pm.is_registered(datasette_plugin):
        pm.register(datasette_plugin, "claims")


@pytest.fixture
def store(here, tmp_path):
    (tmp_path / "story.txt").write_text(TEXT, encoding="utf-8")
    here("extract", tmp_path / "story.txt", "--db", tmp_path / "my store.db", "-q")
    return tmp_path / "my store.db"


@pytest.fixture
def get(plugin, store):
    """What Datasette answers for an address."""

    def run(path: str, **options):
        return asyncio.run(Datasette([str(store)], **options).client.get(path))

    return run


def first(store) -> str:
    with sqlite3.connect(store) as connection:
        return connection.execute("SELECT id FROM claims ORDER BY number").fetchone()[0]


def test_a_claim_stands_in_its_passage_with_its_words_marked(get, store):
    answer = get(f"/-/claim/my+store/{first(store)}")
    assert answer.status_code == 200
    marked = re.findall(r'<mark class="(\w+)" title="\w+">(.*?)</mark>', answer.text)
    assert [role for role, _ in marked] == ["content", "cue", "source"]
    assert "bridge is unsafe" in marked[0][1]
    assert marked[1][1] == "said"
    assert "rule " in answer.text
    assert re.search(r"confidence 0\.\d\d", answer.text)


def test_nothing_of_a_text_is_markup_or_turns_the_direction(get, store):
    page = get(f"/-/claim/my+store/{first(store)}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "\u202e" not in page


def test_the_same_statement_elsewhere_is_linked(get, here, store, tmp_path):
    other = TEXT.replace("It rained", "It snowed").replace("the ferry was late", "nobody knew (of it)")
    (tmp_path / "other.txt").write_text(other, encoding="utf-8")
    here("extract", tmp_path / "story.txt", tmp_path / "other.txt", "--db", store, "-q")
    with sqlite3.connect(store) as connection:
        one, other = (row[0] for row in connection.execute("SELECT id FROM claims WHERE same_as != '[]' LIMIT 2"))
    assert f'<a href="/-/claim/my+store/{other}">{tmp_path}' in get(f"/-/claim/my+store/{one}").text


@pytest.mark.parametrize("table", ["claims", "judged"])
def test_ids_in_the_tables_lead_there(get, here, store, table):
    here("mark", first(store), "wrong", store)
    address = f'href="/-/claim/my+store/{first(store)}"'
    assert address in get(f"/my+store/{table}").text
    assert get(f"/-/claim/my+store/{first(store)}").status_code == 200


@pytest.mark.parametrize("path", ["my+store/0123456789abcdef", "other/0123456789abcdef", "_memory/" + "0" * 16])
def test_what_there_is_not_is_not_found(get, path):
    assert get(f"/-/claim/{path}").status_code == 404


@pytest.mark.parametrize("table", ["claims", "documents"])
def test_who_may_not_see_a_table_does_not_see_its_words_here(get, store, table):
    hidden = {"databases": {"my store": {"tables": {table: {"allow": False}}}}}
    assert get(f"/-/claim/my+store/{first(store)}", metadata=hidden).status_code == 403
    assert get(f"/-/claim/my+store/{first(store)}", metadata={"allow": {"id": "root"}}).status_code == 403


def test_a_store_of_another_version_and_another_database_stay_as_they_are(get, store):
    claim = first(store)
    with sqlite3.connect(store) as connection:
        connection.execute("PRAGMA user_version = 3")
    before = store.read_bytes()
    answer = get(f"/-/claim/my+store/{claim}")
    assert (answer.status_code, "brings it up to date" in answer.text) == (404, True)
    assert store.read_bytes() == before


def test_a_store_that_must_not_change_is_shown_too(plugin, store):
    served = Datasette([], immutables=[str(store)])
    answer = asyncio.run(served.client.get(f"/-/claim/my+store/{first(store)}"))
    assert "bridge is unsafe" in answer.text


def test_the_plugin_is_what_an_installation_offers():
    import tomllib

    from tests.conftest import ROOT

    offered = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    assert offered["datasette"] == {"claims": datasette_plugin.__name__}

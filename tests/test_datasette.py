"""A store opens in Datasette as it is, with its full-text search."""

import json
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

import pytest

pytest.importorskip("datasette")


@pytest.fixture
def address(here, tmp_path):
    """Where Datasette serves a store on this machine."""
    path = tmp_path / "claims.db"
    text = "Ann Roe said the bridges were unsafe. John Lee said that the ferry was late.\n"
    (tmp_path / "story.txt").write_text(text, encoding="utf-8")
    here("extract", tmp_path / "story.txt", "--db", path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "datasette", "serve", str(path), "--port", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    yield f"http://127.0.0.1:{port}/claims"
    process.terminate()
    process.wait(10)


def fetched(address: str):
    """The JSON at an address, as soon as it is served."""
    until = time.monotonic() + 30
    while True:
        try:
            with urlopen(address, timeout=10) as answer:
                return json.load(answer)
        except URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def test_datasette_serves_a_store_and_its_full_text_search(address):
    tables = {table["name"]: table for table in fetched(f"{address}.json")["tables"]}
    assert {"documents", "claims", "speakers", "runs", "marks"} <= set(tables)
    assert tables["claims"]["fts_table"] == "claims_fts"
    assert {key["other_table"] for key in tables["claims"]["foreign_keys"]["outgoing"]} == {
        "documents",
        "speakers",
        "runs",
    }
    found = fetched(f"{address}/claims.json?_search=bridge&_shape=objects")
    assert [row["speaker"] for row in found["rows"]] == ["Ann Roe"]
    assert found["rows"][0]["content"] == "the bridges were unsafe"
    assert fetched(f"{address}/claims.json?_facet=speaker_id&_labels=on")["facet_results"]

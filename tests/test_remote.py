"""Inputs that lie elsewhere: found, read and put into shards as files are; what is closed or missing is said."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from importlib.util import find_spec

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.inputs.options import ReadOptions
from claims_cli.runs.documents import documents
from tests.command import run

TEXT = b"Mayor Ann Rowe said that the levy was void.\n"
PAGE = b"<html><head><title>Levy</title></head><body><p>Luis Prado denied the theft.</p></body></html>"


@pytest.fixture
def store() -> Iterator[MemoryFileSystem]:
    """A file system in memory."""
    system = MemoryFileSystem()
    system.pipe({"/news/b.txt": TEXT, "/news/a/page.html": PAGE, "/news/x.bin": b"\0", "/empty/x.bin": b"\0"})
    yield system
    system.rm("/", recursive=True)


def read(*names: str) -> list[Document | InputError]:
    return list(documents(names, ReadOptions()))


@pytest.mark.parametrize("name", ["memory://news", "memory://news/", "memory://news/**"])
def test_a_folder_elsewhere_is_read_in_order(store, name):
    assert [item.path for item in read(name)] == ["memory://news/a/page.html", "memory://news/b.txt"]


def test_a_file_elsewhere_is_read_whatever_its_suffix(store):
    store.pipe("/news/odd.xyz", TEXT)
    (document,) = read("memory://news/odd.xyz")
    assert document.text == TEXT.decode()
    claims = run("extract", "memory://news", "--format", "csv", "--columns", "doc,speaker", "--jobs", 1).stdout
    assert claims.decode("utf-8-sig").splitlines()[1:] == [
        "memory://news/a/page.html,Luis Prado",
        "memory://news/b.txt,Ann Rowe",
    ]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("memory://news/none.txt", "no such file"),
        ("memory://empty", "no file of a kind that is read"),
        ("nosuch://x/y", "nothing is known of nosuch://"),
    ],
)
def test_what_cannot_be_had_is_said_and_the_rest_is_read(store, name, told):
    first, second = read(name, "memory://news/b.txt")
    assert isinstance(first, InputError)
    assert told in str(first)
    assert isinstance(second, Document)


@pytest.mark.parametrize("scheme", ["s3", "gs", "az", "hdfs"])
def test_what_is_missing_for_a_place_is_named(scheme, monkeypatch):
    def wanting(name: str) -> None:
        raise ImportError("no s3fs")

    monkeypatch.setattr("claims_cli.inputs.remote.opened", wanting)
    (error,) = read(f"{scheme}://bucket/a.txt")
    assert isinstance(error, InputError)
    assert "pip install" in str(error)


def test_shards_hold_what_lies_elsewhere(store, tmp_path):
    done = run("extract", "memory://news", "-o", tmp_path / "out", "--shards", 2)
    assert done.returncode == 0, done.stderr
    assert run("extract", "--plan", tmp_path / "out" / "plan.json", "--jobs", 1).returncode == 0
    claims = run("collect", tmp_path / "out", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["speaker"] for line in claims] == ["Luis Prado", "Ann Rowe"]


@pytest.mark.skipif(not (find_spec("moto") and find_spec("s3fs")), reason="moto and s3fs are not installed")
def test_a_bucket_is_read_and_one_that_is_closed_is_said(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        ready(address)
        env = {
            **os.environ,
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "a-secret-nobody-may-see",
            "FSSPEC_S3_ENDPOINT_URL": address,
        }
        put = (
            "import s3fs; fs = s3fs.S3FileSystem(); fs.mkdir('news');"
            f"fs.pipe({{'news/a.txt': {TEXT!r}, 'news/b/page.html': {PAGE!r}}})"
        )
        subprocess.run([sys.executable, "-c", put], env=env, check=True)
        line = [sys.executable, "-m", "claims_cli", "extract", "s3://news", "s3://none", "--format", "jsonl"]
        done = subprocess.run(line, env=env, capture_output=True, timeout=120)
        assert [json.loads(row)["speaker"] for row in done.stdout.splitlines()] == ["Ann Rowe", "Luis Prado"]
        assert done.returncode == 1
        assert b"s3://none" in done.stderr
        assert b"a-secret" not in done.stderr + done.stdout
    finally:
        server.kill()


def ready(address: str) -> None:
    """Wait for a server."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("no server")

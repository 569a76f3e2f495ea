"""Inputs that lie elsewhere: found, read and put into shards as files are; what is closed or missing is said."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.inputs.options import ReadOptions
from claims_cli.runs.documents import documents
from tests.command import run
from tests.conftest import ROOT

SECRET = "a-secret-nobody-may-see"
FORBIDDING = """
import http.server, sys

class Closed(http.server.BaseHTTPRequestHandler):
    def answer(self):
        self.send_response(403)
        self.send_header("Content-Length", "0")
        self.end_headers()
    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = answer

http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Closed).serve_forever()
"""
with_buckets = pytest.mark.skipif(
    not (find_spec("moto") and find_spec("s3fs")), reason="moto and s3fs are not installed"
)
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


class Bucket:
    """A server on loopback that speaks as S3 does, and what must be set to reach it."""

    def __init__(self, folder: Path, forbids: bool = False):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        address = f"http://127.0.0.1:{port}"
        self.folder, self.server = folder, started(port, forbids)
        self.env = {
            **os.environ,
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_MAX_ATTEMPTS": "1",
            "FSSPEC_S3_ENDPOINT_URL": address,
            "PYTHONPATH": str(ROOT),
        }
        ready(address)

    def put(self, **files: bytes) -> None:
        """Lay files into the bucket `news`."""
        names = {f"news/{name.replace('__', '/').replace('_', '.')}": data for name, data in files.items()}
        code = f"import s3fs; fs = s3fs.S3FileSystem(); fs.mkdir('news'); fs.pipe({names!r})"
        subprocess.run([sys.executable, "-c", code], env=self.env, check=True)

    def names(self) -> list[str]:
        """What lies in it."""
        code = "import s3fs; print(*s3fs.S3FileSystem().find('news'), sep='\\n')"
        done = subprocess.run([sys.executable, "-c", code], env=self.env, check=True, capture_output=True, text=True)
        return done.stdout.split()

    def claims(self, *arguments: object) -> subprocess.CompletedProcess:
        """The command; what it prints never holds the secret."""
        line = [sys.executable, "-m", "claims_cli", *map(str, arguments)]
        done = subprocess.run(line, env=self.env, cwd=self.folder, capture_output=True, timeout=120)
        assert SECRET.encode() not in done.stderr + done.stdout
        return done


def started(port: int, forbids: bool) -> subprocess.Popen:
    """The server, or one that answers 403 whatever it is asked."""
    program = ["-c", FORBIDDING, str(port)] if forbids else ["-m", "moto.server", "-p", str(port)]
    line = [sys.executable, *program]
    return subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture
def bucket(tmp_path) -> Iterator[Bucket]:
    """A bucket with two articles."""
    found = Bucket(tmp_path)
    found.put(a_txt=TEXT, b__page_html=PAGE)
    yield found
    found.server.kill()


@pytest.fixture
def closed(tmp_path) -> Iterator[Bucket]:
    """A service that lets nobody in."""
    found = Bucket(tmp_path, forbids=True)
    yield found
    found.server.kill()


def speakers(jsonl: bytes) -> list[str]:
    return [json.loads(row)["speaker"] for row in jsonl.splitlines()]


@with_buckets
def test_a_bucket_is_read_and_one_that_is_missing_is_said(bucket):
    done = bucket.claims("extract", "s3://news", "s3://none", "--format", "jsonl")
    assert speakers(done.stdout) == ["Ann Rowe", "Luis Prado"]
    assert done.returncode == 1
    assert b"s3://none" in done.stderr


@with_buckets
@pytest.mark.parametrize("name", ["claims.csv", "claims.xlsx", "claims.parquet"])
def test_outputs_go_into_a_bucket_whole(bucket, name):
    done = bucket.claims("extract", "s3://news", "-o", f"s3://news/out/{name}", "--jobs", 1)
    assert done.returncode == 0, done.stderr
    bucket.claims("extract", "s3://news/a.txt", "s3://news/b/page.html", "-o", name, "--jobs", 1)
    code = f"import s3fs; s3fs.S3FileSystem().get('news/out/{name}', 'got')"
    subprocess.run([sys.executable, "-c", code], env=bucket.env, cwd=bucket.folder, check=True)
    if name.endswith("csv"):
        assert (bucket.folder / "got").read_bytes() == (bucket.folder / name).read_bytes()
    assert (bucket.folder / "got").stat().st_size > 100


@with_buckets
def test_plan_shards_and_what_is_collected_lie_in_a_bucket(bucket):
    whole = bucket.claims("extract", "s3://news", "--format", "jsonl", "--jobs", 1).stdout
    done = bucket.claims("extract", "s3://news", "-o", "s3://news/OUT/", "--shards", 2)
    assert done.returncode == 0, done.stderr
    done = bucket.claims("extract", "--plan", "s3://news/OUT/plan.json", "--shard", 1, "--jobs", 1)
    assert done.returncode == 0, done.stderr
    done = bucket.claims("collect", "s3://news/OUT/")
    assert done.returncode == 2
    assert b"1 of 2 shards are not done: 0" in done.stderr
    done = bucket.claims("extract", "--plan", "s3://news/OUT/plan.json", "--jobs", 1)
    assert done.returncode == 0, done.stderr
    assert b"shard 1 of 2" not in done.stderr
    assert bucket.claims("collect", "s3://news/OUT/", "--format", "jsonl").stdout == whole
    done = bucket.claims("collect", "s3://news/OUT/", "-o", "s3://news/parts", "--by", "outlet")
    assert done.returncode == 0, done.stderr
    assert any(name.startswith("news/parts/outlet=unknown/") for name in bucket.names())
    done = bucket.claims("collect", "s3://news/OUT/", "-o", "s3://news/parts", "--by", "outlet")
    assert b"not empty" in done.stderr


@with_buckets
def test_dask_does_shards_that_lie_in_a_bucket(bucket):
    pytest.importorskip("distributed")
    bucket.claims("extract", "s3://news", "-o", "s3://news/OUT/", "--shards", 2)
    done = bucket.claims("extract", "--plan", "s3://news/OUT/plan.json", "--engine", "dask", "--jobs", 1)
    assert b"2 shards done by Dask, 0 failed" in done.stderr
    claims = bucket.claims("collect", "s3://news/OUT/", "--format", "jsonl").stdout
    assert speakers(claims) == ["Ann Rowe", "Luis Prado"]


@with_buckets
def test_a_bucket_that_answers_403_is_named_and_the_rest_is_done(closed):
    (closed.folder / "in.txt").write_bytes(TEXT)
    done = closed.claims("extract", "s3://news/a.txt", "in.txt", "-o", "OUT/", "--shards", 2)
    assert done.returncode == 0, done.stderr
    done = closed.claims("extract", "--plan", "OUT/plan.json", "--jobs", 1)
    assert done.returncode == 1
    failed = (closed.folder / "OUT" / "failures-00000.jsonl").read_text()
    assert json.loads(failed)["path"] == "s3://news/a.txt"
    assert "closed to you" in failed
    done = closed.claims("collect", "OUT/", "--format", "jsonl")
    assert done.returncode == 1
    assert speakers(done.stdout) == ["Ann Rowe"]
    assert b"s3://news/a.txt" in done.stderr
    done = closed.claims("extract", "in.txt", "-o", "s3://news/claims.csv")
    assert done.returncode == 2
    assert b"s3://news/claims.csv cannot be written: is closed to you" in done.stderr
    done = closed.claims("extract", "--plan", "s3://news/OUT/plan.json")
    assert done.returncode == 2
    assert b"closed to you" in done.stderr


def ready(address: str) -> None:
    """Wait for a server."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("no server")

"""Addresses of the web (`--fetch`), against a server on this machine: nothing unasked, robots.txt kept, no hurry."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

import pytest

from claims_cli import api
from claims_cli.inputs import fetching
from tests.command import run

PROSE = (
    "The dispute over the harbour levy has gone on for three years and has cost the town four lawyers, two mayors and "
    "most of its patience, as the council heard on Monday evening in the old customs house."
)


def page(*paragraphs: str) -> bytes:
    """A page with some paragraphs."""
    body = "".join(f"<p>{one}</p>" for one in (PROSE, *paragraphs))
    head = '<meta charset="utf-8"><title>News from the island</title>'
    return f"<!DOCTYPE html><html lang=en><head>{head}</head><body><article>{body}</article></body></html>".encode()


@dataclass
class Site:
    """A server: what it answers by path (status, type, body), and what it was asked, when."""

    answers: dict[str, tuple[int, str, bytes]] = field(default_factory=dict)
    asked: list[tuple[str, float, str]] = field(default_factory=list)
    address: str = ""

    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [path for path, _, _ in self.asked]


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, time.monotonic(), self.headers.get("User-Agent", "")))
            status, content_type, body = site.answers.get(self.path, (404, "text/plain", b"there is none"))
            self.send_response(status)
            self.send_header("Location" if 300 <= status < 400 else "Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site.address = f"http://127.0.0.1:{server.server_address[1]}"
    site.answers["/a"] = (200, "text/html; charset=utf-8", page("Mayor Ann Rowe said that the levy was void."))
    site.answers["/b"] = (200, "text/html", page("Luis Prado denied that he had seen the letter."))
    yield site
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "WAIT", 0.0)


def extracted(*arguments: object) -> tuple[list[dict], str, int]:
    """The claims of a run, what it said, and its exit code."""
    done = run("extract", *arguments, "--format", "jsonl")
    return [json.loads(line) for line in done.stdout.decode().splitlines()], done.stderr.decode(), done.returncode


def test_a_page_is_fetched_with_its_address_and_the_moment(site):
    claims, _, code = extracted("--fetch", f"{site.address}/a")
    (claim,) = claims
    assert code == 0
    assert (claim["speaker"], claim["doc"], claim["url"]) == ("Ann Rowe", f"{site.address}/a", f"{site.address}/a")
    assert site.paths() == ["/robots.txt", "/a"]
    assert site.asked[1][2].startswith("claims/")
    (document,) = api.read(f"{site.address}/a", fetch=True)
    assert dict(document.metadata)["captured"].startswith("20")


def test_nothing_is_fetched_unasked(site, tmp_path):
    claims, said, code = extracted(f"{site.address}/a")
    assert not claims
    assert code != 0
    assert "add --fetch" in said
    listed = tmp_path / "list.txt"
    listed.write_text(f"# pages\n{site.address}/a\n")
    claims, said, code = extracted(listed)
    assert not claims
    assert "list.txt" in said
    assert "add --fetch" in said
    assert site.asked == []


@pytest.mark.parametrize("form", ["lines", "windows", "sitemap", "index"])
def test_lists_of_addresses_are_followed_in_order(site, tmp_path, form):
    pages = [f"{site.address}/b", f"{site.address}/a", f"{site.address}/b"]
    sitemap = "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>" + "".join(
        f"<url><loc>{one}</loc></url>" for one in pages
    )
    site.answers["/map.xml"] = (200, "application/xml", f"{sitemap}</urlset>".encode())
    contents = {
        "lines": "# what to read\n" + "\n".join(pages) + "\n",
        "windows": "\ufeff" + "\r\n".join(pages),
        "sitemap": f"{sitemap}</urlset>",
        "index": f"<sitemapindex><sitemap><loc>{site.address}/map.xml</loc></sitemap></sitemapindex>",
    }
    listed = tmp_path / ("list.txt" if form in ("lines", "windows") else "sitemap.xml")
    listed.write_text(contents[form], encoding="utf-8")
    claims, _, code = extracted("--fetch", listed)
    assert code == 0
    assert [claim["speaker"] for claim in claims] == ["Luis Prado", "Ann Rowe"]
    assert site.paths().count("/robots.txt") == 1


def test_what_robots_txt_closes_is_left_and_said(site):
    site.answers["/robots.txt"] = (200, "text/plain", b"User-agent: *\nDisallow: /a\n")
    claims, said, code = extracted("--fetch", f"{site.address}/a", f"{site.address}/b")
    assert [claim["speaker"] for claim in claims] == ["Luis Prado"]
    assert "robots.txt" in said
    assert code != 0
    assert "/a" not in site.paths()


def test_a_robots_txt_that_fails_closes_the_site(site):
    site.answers["/robots.txt"] = (403, "text/plain", b"no")
    assert extracted("--fetch", f"{site.address}/a")[2] == 0  # there is none for us: open, as RFC 9309 has it
    fetcher = fetching.Fetcher()
    site.answers["/robots.txt"] = (501, "text/plain", b"broken")
    assert not fetcher.server(f"{site.address}/a").allows(f"{site.address}/a")


def test_a_server_is_asked_slowly(site, monkeypatch):
    site.answers["/robots.txt"] = (200, "text/plain", b"User-agent: *\nCrawl-delay: 1\n")
    extracted("--fetch", f"{site.address}/a", f"{site.address}/b")
    moments = [moment for _, moment, _ in site.asked]
    assert all(later - earlier >= 0.95 for earlier, later in pairwise(moments))


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ((404, "text/html", b"gone"), "was answered with 404"),
        ((200, "image/png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0"), "is binary data"),
        ((200, "text/html", b""), "is empty"),
        ((200, "text/html", b"<html></html>"), "holds no text"),
    ],
)
def test_what_cannot_be_had_is_said_and_the_others_are_read(site, answer, told):
    site.answers["/c"] = answer
    claims, said, code = extracted("--fetch", f"{site.address}/c", f"{site.address}/a")
    assert [claim["speaker"] for claim in claims] == ["Ann Rowe"]
    assert told in said
    assert f"{site.address}/c" in said
    assert code != 0


def test_a_server_that_is_not_there_is_said():
    claims, said, code = extracted("--fetch", "http://127.0.0.1:9/a")
    assert not claims
    assert "does not answer" in said
    assert code != 0


def test_redirects_are_followed_and_told(site):
    site.answers["/old"] = (301, f"{site.address}/a", b"")
    claims, _, code = extracted("--fetch", f"{site.address}/old")
    (claim,) = claims
    assert code == 0
    assert (claim["doc"], claim["url"]) == (f"{site.address}/old", f"{site.address}/a")


def test_other_formats_are_read_by_what_the_server_says_they_are(site):
    site.answers["/feed"] = (
        200,
        "application/rss+xml",
        b'<rss version="2.0"><channel><title>News</title><item><title>Levy</title><link>https://port.example/1</link>'
        b"<description>Mayor Ann Rowe said that the levy was void.</description></item></channel></rss>",
    )
    site.answers["/note"] = (
        200,
        "text/plain; charset=iso-8859-1",
        "José Prado said that it was void.\n".encode("latin-1"),
    )
    claims, _, code = extracted("--fetch", f"{site.address}/feed", f"{site.address}/note")
    assert code == 0
    assert [(claim["speaker"], claim["url"]) for claim in claims] == [
        ("Ann Rowe", "https://port.example/1"),
        ("José Prado", f"{site.address}/note"),
    ]

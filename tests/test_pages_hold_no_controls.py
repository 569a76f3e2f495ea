"""No page that is written holds a control character or one that turns direction, whatever a document holds."""

import json
import re

import pytest

HOSTILE = "".join(
    chr(code) for code in (*range(1, 9), 11, 12, *range(14, 32), *range(127, 160), *range(0x202A, 0x202F))
)
LIVE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\ud800-\udfff]")
SAID = (
    '"We will{} not pay the levy," the minister David{} Lang said on Monday.\n\n'
    "Dana{} Reyes, the county inspector, said the plant is safe. Tom Pike told Dana Reyes that the plant is not safe.\n"
)


@pytest.fixture
def place(tmp_path, claims):
    """A store of two documents, all of whose fields hold every control character."""
    fields = {
        "title": f"Levy{HOSTILE}",
        "outlet": f"Post{HOSTILE}",
        "author": f"Ann{HOSTILE}Lee",
        "date": "2024-03-01",
        "url": f"https://example.org/a{HOSTILE}b?q={HOSTILE}#{HOSTILE}",
        "section": f"News{HOSTILE}",
    }
    rows = [
        {**fields, "text": SAID.format(HOSTILE, "", "")},
        {**fields, "date": "2024-03-02", "text": SAID.format("", HOSTILE, HOSTILE)},
    ]
    (tmp_path / "d.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert claims("extract", "d.jsonl", "--db", "S.db", "--text-column", "text", cwd=tmp_path).returncode == 0
    return tmp_path


PAGES = (
    "extract d.jsonl --text-column text",
    "extract d.jsonl --text-column text --excerpts",
    "list S.db",
    "line Lang S.db",
    "disputes S.db",
    "network S.db",
)


@pytest.mark.parametrize("line", PAGES)
def test_no_page_holds_a_live_control(claims, place, line):
    """Text, links, titles, data for the script."""
    done = claims(*line.split(), "-o", "page.html", "--min-confidence", "0", cwd=place)
    assert done.returncode == 0, done.stderr.decode()
    page = (place / "page.html").read_text(encoding="utf-8")
    assert "Lang" in page or "Pike" in page
    found = LIVE.search(page)
    assert found is None, repr(page[max(0, found.start() - 80) : found.end() + 20])
    for link in re.findall(r'href="([^"]*)"', page):
        assert not LIVE.search(link)


def test_a_link_keeps_what_it_may(claims, place):
    """What is no part of an address is percent-encoded, the rest is as it was."""
    claims("extract", "d.jsonl", "--text-column", "text", "-o", "page.html", cwd=place)
    links = re.findall(r'href="(https://example.org/[^"]*)"', (place / "page.html").read_text(encoding="utf-8"))
    assert links
    assert all(link.startswith("https://example.org/a%01%02") for link in links)

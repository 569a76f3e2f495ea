"""Every span's offsets give its text, to the character, whatever the document."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.polnear import FOLDER
from claims_cli.claim import JOINER, SPAN_FIELDS, Claim
from claims_cli.formats import plain
from claims_cli.inputs.readers import read_one
from claims_cli.inputs.walking import inputs
from tests.conftest import ROOT


def assert_true_offsets(text: str, claims: list[Claim]) -> None:
    for claim in claims:
        spans = [getattr(claim, name) for name in SPAN_FIELDS] + [basis.span for basis in claim.citing]
        for span in filter(None, spans):
            assert span.text == JOINER.join(text[start:end] for start, end in span.spans)
            assert list(span.spans) == sorted(span.spans)
            assert all(0 <= start < end <= len(text) for start, end in span.spans)
        pieces = (*(claim.cue.spans if claim.cue else ()), *claim.content.spans)
        assert (claim.start, claim.end) == (min(a for a, _ in pieces), max(b for _, b in pieces))
        assert Claim.from_json(claim.to_json()).to_json() == claim.to_json()
    assert len({claim.id for claim in claims}) == len(claims)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_offsets_are_true_with_any_line_end(extractor, line_end):
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        data = path.read_text(encoding="utf-8").replace("\n", line_end).encode()
        document = plain.read(path.name, data)
        ((_, claims),) = extractor.extract([document])
        assert_true_offsets(document.text, claims)


def test_line_ends_change_neither_claims_nor_lines(extractor):
    text = (ROOT / "seeds" / "004_17a6059d906b2d12.txt").read_text(encoding="utf-8")
    shapes = [text, text.replace("\n", "\r\n"), text.replace("\n", "\r")]
    found = []
    for shape in shapes:
        ((_, claims),) = extractor.extract([plain.read("a", shape.encode())])
        found.append([(claim.line, claim.speaker, claim.content.text.replace("\r", "")) for claim in claims])
    assert found[0] == found[1] == found[2]


PARTS = 8  # of the train split, the first of them unless CLAIMS_ALL_ARTICLES is set, so that several processes share it
ALL = "CLAIMS_ALL_ARTICLES" in os.environ
WORDS = [
    "Ann Roe",
    "he",
    "said",
    "that",
    "told",
    "the mayor",
    "“No,”",
    '"',
    "‘",
    "’",
    "—",
    "bridge fell",
    ".",
    ",",
    "\n\n",
]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), min_size=1, max_size=25))
def test_offsets_are_true_in_any_jumble_of_words(extractor, words):
    data = " ".join(words).encode("utf-8", "ignore")
    if not data.decode().lstrip("\ufeff").strip() or plain.is_binary(data):
        return
    document = plain.read("jumble", data)
    ((_, claims),) = extractor.extract([document])
    assert_true_offsets(document.text, claims)


@pytest.mark.slow
@pytest.mark.skipif(not FOLDER.is_dir(), reason="PolNeAR is not here")
@pytest.mark.parametrize(("split", "first"), [("dev", 0), *(("train", first) for first in range(PARTS if ALL else 1))])
def test_offsets_are_true_in_every_article_of_polnear(extractor, split, first):
    items = list(inputs([str(FOLDER / split / "text")]))
    documents = [read_one(item) for item in (items if split == "dev" else items[first::PARTS])]
    seen = 0
    for document, claims in extractor.extract(documents):
        assert_true_offsets(document.text, claims)
        seen += len(claims)
    assert seen > 10 * len(documents)

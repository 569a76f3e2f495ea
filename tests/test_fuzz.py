"""Properties that hold over generated articles: quotation marks, paragraphs, cues, names, letters of many scripts."""

import csv
import dataclasses
import io
import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims_cli import outputs
from claims_cli.articles.wrapping import joins_of
from claims_cli.claim import Claim, Span
from claims_cli.codec import all_columns
from claims_cli.formats import plain
from claims_cli.formats.mojibake import mended
from claims_cli.outputs.layout import Layout
from tests.test_offsets import assert_true_offsets

NAMES = st.sampled_from(
    [
        "Ann Roe", "Roe", "He", "She", "They", "The mayor", "A senior official", "Élodie Nuñez-O’Hara",
        "Abdul al-Rahman", "Łukasz Żak", "Ms. Lund", "Acme Corp.", "The report", "Two of the officials",
        "王小明", "محمد", "the FBI", "Gov. J. D. Hale III", "",
    ]
)  # fmt: skip
CUES = st.sampled_from(
    [
        "said", "told Eva Lund", "denied", "asked", "announced", "did not say", "wrote", "is said to have claimed",
        "warned on Monday", "according to", "called it", "", "and", "said,", "—",
    ]
)  # fmt: skip
THINGS = st.sampled_from(
    [
        "that the bridge fell", "whether it was safe", "to close the port", "the ferry is late", "“No,”",
        "a “proud day”", "it’s the Smiths’ house", "5'10\" tall", "I’m sure", "that he said that she said no",
        "{{ x }}", "<b>all</b>", "http://a.example/b?c=d", "naïve cafés", "🙂", "e\u0301\u0301",
        "a\u00a0b\u200bc\u00add", "\u202eback\u202c", "tab\there",
    ]
)  # fmt: skip
MARKS = st.sampled_from([("“", "”"), ("‘", "’"), ('"', '"'), ("«", "»"), ("“", ""), ("", "”"), ("''", "''"), ("", "")])
ENDS = st.sampled_from([".", "?", "!", ",", "", "…", ".”", " ."])
BREAKS = st.sampled_from(["\n\n", "\n\n", "\n", " ", "\r\n\r\n", "\r", "\n \n\n"])


@st.composite
def sentences(draw) -> str:
    """One sentence of an article, well made or not."""
    opening, closing = draw(MARKS)
    thing, name, cue, end = draw(THINGS), draw(NAMES), draw(CUES), draw(ENDS)
    if draw(st.booleans()):
        return f"{opening}{thing}{draw(ENDS)}{closing} {cue} {name}{end}"
    return f"{name} {cue} {opening}{thing}{closing}{end}"


@st.composite
def articles(draw) -> str:
    """A headline and some paragraphs."""
    text = draw(st.sampled_from(["Bridge Falls, Mayor Says\n\n", "", "Report: port closed\n\n", "BEIRUT (AP) — "]))
    for sentence in draw(st.lists(sentences(), min_size=1, max_size=8)):
        text += sentence + draw(BREAKS)
    return text + draw(st.text(max_size=8))


FUZZ = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


def extracted(extractor, text: str) -> list[Claim]:
    document = plain.read("a.txt", text.encode("utf-8", "replace"))
    ((_, claims),) = extractor.extract([document])
    assert_true_offsets(document.text, claims)
    return claims


def readable_text(text: str) -> bool:
    data = text.encode("utf-8", "replace")
    return bool(text.strip("\ufeff").strip()) and not plain.is_binary(data) and plain.utf_16(data) is None


@FUZZ
@given(articles())
def test_offsets_are_true_and_ids_are_stable(extractor, text):
    if not readable_text(text):
        return
    first = extracted(extractor, text)
    assert [claim.to_json() for claim in extracted(extractor, text)] == [claim.to_json() for claim in first]


def without_place(claim: Claim, moved: int) -> dict:
    """A claim as it would be were its article moved back by some code points, and what names its file left out."""

    def back(span: Span | None) -> Span | None:
        return span and Span(span.text, tuple((start - moved, end - moved) for start, end in span.spans))

    spans = {name: back(getattr(claim, name)) for name in ("source", "cue", "content", "addressee", "medium", "when")}
    via = tuple((voice.speaker, voice.cue) for voice in claim.via)
    citing = tuple((basis.speaker, back(basis.span)) for basis in claim.citing)
    place = {"start": claim.start - moved, "end": claim.end - moved, "via": via, "citing": citing, "id": "", "line": 0}
    values = {field.name: getattr(claim, field.name) for field in dataclasses.fields(claim)}
    return {**values, **spans, **place, "article": 0, "doc_sha256": ""}


@FUZZ
@given(articles(), articles(), st.sampled_from(["###", "-30-", "# # #"]))
def test_the_claims_of_two_joined_articles_are_the_claims_of_each(extractor, one, other, line):
    if not readable_text(one) or not readable_text(other):
        return
    one, other = one.strip("\ufeff").strip(), other.strip("\ufeff").strip()
    before = f"{one}\n\n{line}\n\n"
    if len(joins_of(before + other)) != len(joins_of(one)) + len(joins_of(other)):
        return  # at which width lines were broken is told by the whole text
    if mended(before + other)[1]:
        return  # letters that are put back take less room
    joined = extracted(extractor, before + other)
    first = [without_place(claim, 0) for claim in joined if claim.end <= len(before)]
    second = [without_place(claim, len(before)) for claim in joined if claim.start >= len(before)]
    assert len(first) + len(second) == len(joined)
    assert first == [without_place(claim, 0) for claim in extracted(extractor, one)]
    assert second == [without_place(claim, 0) for claim in extracted(extractor, other)]


@FUZZ
@given(articles())
def test_every_text_format_is_read_back_as_it_was(extractor, text):
    if not readable_text(text):
        return
    claims = extracted(extractor, text)
    written = {}
    for name in ("csv", "tsv", "json", "jsonl", "md", "table"):
        stream = io.StringIO()
        outputs.FORMATS[name].write(claims, stream, Layout(raw=name in ("csv", "tsv")))
        written[name] = stream.getvalue()
    assert [Claim.from_json(item).to_json() for item in json.loads(written["json"])] == [c.to_json() for c in claims]
    assert [json.loads(line) for line in written["jsonl"].split("\n")[:-1]] == [c.to_json() for c in claims]
    for name, delimiter in (("csv", ","), ("tsv", "\t")):
        rows = list(csv.DictReader(io.StringIO(written[name], newline=""), delimiter=delimiter))
        assert [row["content"] for row in rows] == [claim.content.text for claim in claims]
        assert [row["content_spans"] for row in rows] == [
            ";".join(f"{a}-{b}" for a, b in claim.content.spans) for claim in claims
        ]
        assert all(list(row) == all_columns() for row in rows)
    assert written["md"].count("\n") == len(claims) + 3
    assert written["table"].count("\n") == len(claims) + 1
    assert not set("\x1b\x07\u202e\u202c") & set(written["md"] + written["table"])

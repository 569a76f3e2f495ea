"""Furniture of scraped pages is set aside, prose never is, and a user's own words and rules count."""

import pytest
import yaml

from benchmarks import furniture as benchmark
from benchmarks.polnear import FOLDER
from claims_cli.articles.arranger import Arranger
from claims_cli.claim import Document
from claims_cli.codec import row
from claims_cli.extraction import Extractor
from claims_cli.formats import plain
from claims_cli.rule_tests import furniture_failures, sets_aside
from claims_cli.rulebook import RuleSources, load
from tests.conftest import ROOT

RULES = load().furniture
CLOSED = "that the old stone bridge would have to be closed to all traffic until the spring of next year at least"
PROSE = f"The mayor said on Monday {CLOSED}."
HEADLINE = "Mayor says bridge will stay closed"
SCRAPED = f"""{HEADLINE}

{HEADLINE}

By Ann Roe and Jim Lee

Published 4 November 2013, 3:15 p.m.

Share on Facebook
Tweet
Email

Jim Lee tells reporters that he was warned of the flood. (Ann Roe/The Paper)

ROME (AFP) — {PROSE}

We use cookies. By going on you agree that we may.

RELATED: Baker claims he was robbed

12 comments

“It is not safe,” the engineer told the council.

Most Popular
Baker claims he was robbed
1 hour ago
Police say the ring is lost

The council denied that it had been warned.

© 2013 The Paper. All rights reserved.
"""


def arranged(text: str, sources: RuleSources = RuleSources()) -> Document:
    return Arranger(load(sources)).arrange(plain.read("story.txt", text.encode()))


def set_aside(text: str, sources: RuleSources = RuleSources()) -> list[str]:
    document = arranged(text, sources)
    return [document.text[start:end] for start, end in document.furniture]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_examples_of_a_rule_of_furniture_hold(rule):
    assert len(rule.match) >= 2, "one matching example proves little"
    assert rule.no_match, "a rule without prose that looks alike proves nothing"
    assert [str(failure) for failure in furniture_failures(rule)] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_prose_that_looks_like_furniture_is_left_alone_by_every_rule(rule):
    for text in rule.no_match:
        assert set_aside(text) == []


def test_the_claims_of_a_scraped_page_are_those_of_its_prose(claims_of):
    found = [(claim.line, claim.cue.text, claim.content.text) for claim in claims_of(SCRAPED)]
    assert found == [
        (1, "says", "bridge will stay closed"),
        (
            15,
            "said",
            "that the old stone bridge would have to be closed to all traffic until the spring of next year at least",
        ),
        (23, "told", "“It is not safe,”"),
        (30, "denied", "that it had been warned"),
    ]


def test_what_is_set_aside_is_kept_to_the_character():
    document = arranged(SCRAPED)
    assert document.text == SCRAPED
    pieces = [SCRAPED[start:end] for start, end in document.furniture]
    assert "ROME (AFP) —" in [piece.strip() for piece in pieces]
    assert list(document.furniture) == sorted(document.furniture)
    left = SCRAPED
    for start, end in reversed(document.furniture):
        left = left[:start] + left[end:]
    assert [line.strip() for line in left.split("\n") if line.strip()] == [
        HEADLINE,
        PROSE,
        "“It is not safe,” the engineer told the council.",
        "The council denied that it had been warned.",
    ]


def test_a_headline_gives_its_claim_once_and_says_so(claims_of):
    marks = [row(claim, ["headline", "title"]) for claim in claims_of(SCRAPED)]
    assert marks == [[True, HEADLINE], [False, HEADLINE], [False, HEADLINE], [False, HEADLINE]]


@pytest.mark.parametrize(
    "text",
    [
        "Share prices fell, analysts said.",
        "By Tuesday the minister had resigned.",
        "Related costs rose, the bank said.",
        "Photo editors lost their jobs, the union said.",
        "“Read more,” the teacher told them.",
        "Email me, the minister wrote.",
        "The Associated Press reported that he had resigned.",
        "Comments were made by the minister, who said he was sorry.",
        "Home is where they know you, she said.",
        "NATO — the alliance said on Monday — was ready.",
        "Video of the raid shows that they lied, the lawyer said (he has seen it).",
    ],
)
def test_prose_wins(text):
    assert set_aside(f"{PROSE}\n\n{text}\n\n{PROSE[:-1]} too.\n") == []


def test_a_list_of_headlines_ends_where_prose_begins():
    listed = (
        "Trending Now\nBaker claims he was robbed\nWhy she left\n“I was robbed,” the baker said on Monday.\n" + PROSE
    )
    assert set_aside(listed) == ["Trending Now", "Baker claims he was robbed", "Why she left"]


def test_a_paragraph_broken_at_a_width_is_read_as_one():
    text = "The paper and the agency both said that the picture was made by\nreuters photo\neditors, and was old.\n"
    assert set_aside(text) == []


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_matter(line_end):
    expected = [piece.replace("\n", line_end) for piece in set_aside(SCRAPED)]
    assert set_aside(SCRAPED.replace("\n", line_end)) == expected


def test_a_caption_goes_with_the_credit_right_below_it():
    caption = "Jim Lee tells reporters that he was warned of the flood."
    assert set_aside(f"{PROSE}\n\n{caption}\nCredit: Ann Roe\n\n{PROSE[4:]}") == [caption, "Credit: Ann Roe"]
    assert set_aside(f"{PROSE}\n\n{caption}\n\nCredit: Ann Roe\n\n{PROSE[4:]}") == ["Credit: Ann Roe"]


def test_a_second_article_begins_at_its_headline_byline_and_dateline():
    second = f"Baker claims he was robbed\n\nBy Jim Lee\n\nROME (AFP) — {PROSE}\n"
    document = arranged(f"{HEADLINE}\n\n{PROSE}\n\n{second}")
    assert [article.title for article in document.articles] == [HEADLINE, "Baker claims he was robbed"]
    assert document.text[document.articles[1].start :] == second
    assert len(arranged(f"{HEADLINE}\n\n{PROSE}\n\nWhat the baker claims now\n\n{PROSE}").articles) == 1


def test_words_of_ones_own_join_the_shipped_ones():
    line = "Teilen"
    assert set_aside(line) == []
    assert set_aside(line, RuleSources(words=(("furniture.buttons", ("teilen",)),))) == [line]


def test_rules_of_ones_own_set_aside_lines_and_shipped_ones_are_disabled(tmp_path):
    folder = tmp_path / "furniture"
    folder.mkdir()
    rule = {"id": "ticker", "description": "A line of the ticker", "line": {"begins": ["+++"]}, "sentences": True}
    (folder / "own.yaml").write_text(yaml.safe_dump([rule]), encoding="utf-8")
    ticker = "+++ Baker says that he was robbed. +++"
    assert set_aside(ticker, RuleSources(added=(str(tmp_path),))) == [ticker]
    assert set_aside(ticker, RuleSources(added=(str(folder / "own.yaml"),))) == [ticker]
    assert set_aside("Advertisement", RuleSources(disabled=("advertising",))) == []


def test_hostile_lines_take_no_time():
    lines = ["Share " * 400, "(" * 1990, "a. " * 600, "/" * 1999, "By " + "A and " * 300, "x: " * 600]
    document = arranged("\n\n".join(lines * 40))
    assert document.articles


def test_no_claim_of_the_seeds_comes_from_furniture(extractor):
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        document = plain.read(path.name, path.read_bytes())
        ((read, claims),) = extractor.extract([document])
        captions = [line for line in document.text.split("\n") if sets_aside_by_any(line)]
        assert not [claim for claim in claims if read.furniture_in(claim.start, claim.end)]
        assert not [claim for claim in claims if any(claim.sentence in line for line in captions)]


def sets_aside_by_any(line: str) -> bool:
    return any(sets_aside(rule, line) for rule in RULES if rule.sets_aside != "label")


def test_the_pool_of_the_benchmark_is_not_what_the_rules_were_written_on():
    examples = {text for rule in RULES for text in (*rule.match, *rule.no_match)}
    lines = {item for half in benchmark.HALVES for items in benchmark.pool(half).values() for item in items}
    attributing = {line for line in lines if len(line.split()) > 4}
    assert len(attributing) > 100
    assert not attributing & examples


@pytest.mark.slow
@pytest.mark.skipif(not FOLDER.is_dir(), reason="PolNeAR is not here")
def test_furniture_put_into_articles_gives_no_claims_and_costs_none(extractor: Extractor):
    pytest.importorskip("trafilatura")
    for title, figures in benchmark.measure(extractor, most=12).items():
        assert figures.bare > 150
        assert len(figures.furniture) <= 0.01 * figures.found, f"{title}: {figures.furniture}"
        assert len(figures.lost) <= 0.01 * figures.bare, f"{title}: {figures.lost}"


@pytest.mark.skipif(not FOLDER.is_dir(), reason="PolNeAR is not here")
def test_what_annotators_marked_is_no_furniture():
    from benchmarks.polnear import scorer

    marked = taken = 0
    arranger = Arranger(load())
    for name, text, gold in scorer().corpus(FOLDER, "dev"):
        document = arranger.arrange(Document(name, text, ""))
        spans = [(start, end) for one in gold for start, end in (*one.content, *one.cue)]
        marked += len(gold)
        taken += sum(bool(document.furniture_in(start, end)) for start, end in spans)
    assert marked > 2000
    assert taken <= 0.001 * marked

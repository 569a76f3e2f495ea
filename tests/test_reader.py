"""The small reader beside the rules: what it adds, how it is told, and how to do without it."""

import json
from dataclasses import replace

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims_cli.pipeline import parsed
from claims_cli.pipeline.article import Attribution, Candidate
from claims_cli.pipeline.attribute.tagged import links
from claims_cli.pipeline.attribute.tagged_edges import with_tagged_edges
from claims_cli.pipeline.encoded import CONTENT, CUE, SOURCE, Encoded
from claims_cli.pipeline.encoder.windows import MOST_PIECES, windows
from claims_cli.rulebook import load

TEXT = "Ann Roe said the levy would rise. It fell.\n\nNora Lee, who runs the port, was blunt: the ships had gone.\n"

FRAMED = "Ann Roe said even now the levy would rise, which hurt.\n"
QUOTED = 'Ann Roe said "Even now" the levy would rise with the levy of the port.\n'


@pytest.fixture(scope="module")
def reader():
    from claims_cli.pipeline.encoder.network import small_reader

    folder = load().reader
    assert folder is not None
    return small_reader(folder)


@pytest.fixture(scope="module")
def read(extractor):
    """A text parsed, without anything found in it."""
    from claims_cli.extraction.analysis import analyst_of

    analyst = analyst_of(extractor.setup)
    return lambda text: parsed(analyst.nlp(text), analyst.rulebook)


def tagged(article, **spans):
    """What a reader says that tags these words, and no others."""
    syntax = article.syntax
    tags = numpy.zeros((syntax.length, 3, 3), dtype=numpy.float32)
    tags[:, :, 0] = 1.0
    for role, words in zip(
        (CUE, SOURCE, CONTENT), (spans.get(one) for one in ("cue", "source", "content")), strict=True
    ):
        for start, end in found(syntax, words) if words else ():
            tags[start:end, role] = (0.05, 0.0, 0.95)
            tags[start, role] = (0.05, 0.95, 0.0)
    return Encoded(numpy.ones((syntax.length + 1, 1), dtype=numpy.float32), tags)


def found(syntax, words):
    """The tokens of some words."""
    for one in [words] if isinstance(words, str) else words:
        start = syntax.text.index(one)
        yield syntax.start.index(start), syntax.end.index(start + len(one)) + 1


def words_of(article, span):
    start, end = article.syntax.span(*span)
    return article.syntax.text[start:end]


@settings(deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=300), max_size=6))
def test_every_word_that_is_read_stands_once_in_a_window_of_bounded_size(read, reader, paragraphs):
    article = read("\n\n".join(paragraphs))
    syntax = article.syntax
    made = windows(syntax, article.quotations, range(len(syntax.paragraph_starts)), reader.tokenizer)
    seen = [token for window in made for token in window.tokens.tolist() if token >= 0]
    assert len(seen) == len(set(seen))
    assert all(0 <= token < syntax.length for token in seen)
    assert all(len(window.pieces) <= MOST_PIECES + 2 for window in made)


def test_a_paragraph_longer_than_a_window_is_cut_where_a_sentence_begins(read, reader):
    article = read(" ".join(["Ann Roe said the levy would rise in May."] * 40))
    syntax = article.syntax
    made = windows(syntax, article.quotations, [0], reader.tokenizer)
    assert len(made) > 1
    firsts = [next(token for token in window.tokens.tolist() if token >= 0) for window in made]
    assert all(syntax.sentence[token] == token for token in firsts)


def test_only_paragraphs_that_are_asked_for_are_read(read, reader):
    article = read(TEXT)
    encoded = reader.read(article.syntax, article.quotations, [1])
    first = article.syntax.paragraph_starts[1]
    assert not encoded.vectors[:first].any()
    assert encoded.vectors[first:-1].any(1).sum() > 10
    assert encoded.tags[:first, :, 0].min() == 1.0


def test_a_text_without_words_is_read_as_nothing(read, reader):
    for text in ("", "\n\n", "—"):
        article = read(text)
        encoded = reader.read(article.syntax, article.quotations, range(len(article.syntax.paragraph_starts)))
        assert len(encoded.tags) == article.syntax.length


def test_each_content_goes_to_the_nearest_cue_of_its_paragraph_and_that_to_its_source(read):
    article = read(TEXT)
    encoded = tagged(
        article, cue=["said", "was blunt"], source=["Ann Roe", "Nora Lee"], content=["the levy", "the ships had gone"]
    )
    told = [
        (words_of(article, one.cue), words_of(article, one.source), [words_of(article, piece) for piece in one.content])
        for one in links(encoded, article.syntax)
    ]
    assert told == [("said", "Ann Roe", ["the levy"]), ("was blunt", "Nora Lee", ["the ships had gone"])]


def test_a_content_without_a_cue_in_its_paragraph_is_no_attribution(read):
    article = read(TEXT)
    assert not list(links(tagged(article, cue="said", content="the ships had gone"), article.syntax))


@pytest.mark.parametrize(
    ("text", "content", "tags", "expected"),
    [
        (TEXT, "the levy", "the levy would rise", "the levy would rise"),
        (TEXT, "levy would", "the levy would rise. It fell", "the levy would rise"),  # not into the next sentence
        (TEXT, "the levy", "said the levy", "the levy"),  # nor over its cue
        (FRAMED, "the levy", "the levy would rise, which", "the levy would rise"),  # no clause of which only that is
        (FRAMED, "even now the levy would rise", "the levy would rise", "the levy would rise"),
        (FRAMED, "even now the levy would rise", "levy", "even now the levy would rise"),  # not over what hangs on it
        (FRAMED, "the levy would rise, which hurt", "the levy would rise", "the levy would rise"),
        (QUOTED, '"Even now" the levy would rise', "the levy would rise", '"Even now" the levy would rise'),
        (QUOTED, "with the levy", "the levy", "with the levy"),
    ],
)
def test_the_edges_of_a_content_move_to_where_its_tags_begin_and_end(read, text, content, tags, expected):
    article = read(text)
    rule = next(rule for rule in load().rules if rule.id == "reader")
    (cue,), (source,), (own,) = (tuple(found(article.syntax, words)) for words in ("said", "Ann Roe", content))
    candidate = Candidate(rule, {"cue": cue[0]}, None, "say", 0.9, 0.9, evidence={})
    attribution = Attribution(candidate, (cue,), (own,), (source,))
    (moved,) = with_tagged_edges([attribution], replace(article, encoded=tagged(article, content=tags)))
    assert [words_of(article, span) for span in moved.content] == [expected]


def test_without_the_reader_the_rules_read_alone_and_say_so(claims, monkeypatch, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr("claims_cli.rulebook.files.LIBRARIES", ("a_library_that_is_not_there",))
    done = claims("extract", tmp_path / "a.txt", "--format", "jsonl", "--no-cache")
    assert done.returncode == 0
    assert b"the rules read alone" in done.stderr
    assert b"pip install a_library_that_is_not_there" in done.stderr
    quiet = claims("extract", tmp_path / "a.txt", "--format", "jsonl", "--no-cache", "--fast")
    assert b"the rules read alone" not in quiet.stderr
    assert json.loads(quiet.stdout.splitlines()[0])["content"]["text"] == "the levy would rise"
    assert quiet.stdout == done.stdout


def test_explain_tells_what_the_reader_takes_it_for(claims):
    told = claims("explain", "-", stdin=b"Ann Roe said the levy would rise.").stdout.decode()
    assert "the reader takes this for an attribution: " in told
    assert "; its cue: said" in told
    assert (
        "the reader takes"
        not in claims("explain", "--fast", "-", stdin=b"Ann Roe said the levy would rise.").stdout.decode()
    )


def test_a_setting_turns_the_reader_off_and_the_command_line_on_again(claims, tmp_path):
    (tmp_path / "claims.yaml").write_text("fast: true\n", encoding="utf-8")
    ask = ("explain", "-")
    text = b"Ann Roe said the levy would rise."
    assert "the reader takes" not in claims(*ask, stdin=text, cwd=tmp_path).stdout.decode()
    assert "the reader takes" in claims(*ask, "--no-fast", stdin=text, cwd=tmp_path).stdout.decode()
    (tmp_path / "claims.yaml").write_text("fast: maybe\n", encoding="utf-8")
    broken = claims(*ask, stdin=text, cwd=tmp_path)
    assert broken.returncode == 3
    assert b"fast must be true or false" in broken.stderr


def test_results_with_and_without_the_reader_are_kept_apart():
    from claims_cli.rulebook import RuleSources
    from claims_cli.rulebook.files import fingerprint

    assert fingerprint(RuleSources(fast=True)) != fingerprint(RuleSources())

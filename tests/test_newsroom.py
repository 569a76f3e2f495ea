"""The invented newsroom and its answers hold together: every answer is printed where it is said to be."""

import json
from collections.abc import Iterator

import pytest

from tests import newsroom
from tests.newsroom import COLUMNS, Article, Place

ARTICLES: dict[str, Article] = {article.id: article for article in newsroom.articles()}
ANSWERS = newsroom.answers()


def places() -> Iterator[Place]:
    """Every place that an answer names."""
    for group in ANSWERS.groups:
        yield from group.versions
    for miss in ANSWERS.near_misses + ANSWERS.either + ANSWERS.not_disputes:
        yield from miss.pair
    for dispute in ANSWERS.disputes:
        yield from (dispute.one, dispute.other)
    for line in ANSWERS.lines:
        yield from line.refusals
        yield from (place for topic in line.topics for place in topic.statements)


def outlets_of(group) -> set[str]:
    return {ARTICLES[version.article].outlet for version in group.versions}


def statements_of(line) -> list[Place]:
    return [*line.refusals, *(place for topic in line.topics for place in topic.statements)]


def test_every_article_has_its_own_id_and_a_newspaper_s_length():
    assert len(ARTICLES) == len(newsroom.articles()) >= 60
    lengths = {article.id: len(article.text.split()) for article in ARTICLES.values()}
    assert {name: words for name, words in lengths.items() if not 60 <= words <= 200} == {}
    assert {article.date.strftime("%Y-%m") for article in ARTICLES.values()} <= {
        f"2026-0{month}" for month in range(3, 9)
    }


def test_words_of_an_answer_stand_once_in_their_article():
    for place in places():
        text = " ".join(ARTICLES[place.article].text.split())
        assert [piece for piece in place.pieces if text.count(piece) != 1] == [], place


def test_speakers_are_named_where_they_speak():
    said = [(group.speaker, v) for group in ANSWERS.groups for v in group.versions if not v.unnamed]
    pairs = [place for miss in ANSWERS.not_disputes for place in miss.pair]
    pairs += [place for dispute in ANSWERS.disputes for place in (dispute.one, dispute.other)]
    said += [(place.speaker, place) for place in pairs]
    said += [(line.speaker, place) for line in ANSWERS.lines for place in statements_of(line)]
    for speaker, place in said:
        assert (place.speaker or speaker).lower() in ARTICLES[place.article].text.lower(), place


class TestGroups:
    def test_there_are_enough_and_some_stand_in_many_papers(self):
        assert sum(len(outlets_of(group)) >= 2 for group in ANSWERS.groups) == len(ANSWERS.groups) >= 25
        assert sum(len(outlets_of(group)) > 4 for group in ANSWERS.groups) >= 3

    @pytest.mark.parametrize("group", ANSWERS.groups, ids=lambda group: group.id)
    def test_versions_follow_in_time_and_the_first_is_the_only_first(self, group):
        dates = [ARTICLES[version.article].date for version in group.versions]
        assert dates == sorted(dates)
        assert [version.kind == "first" for version in group.versions] == [True] + [False] * (len(dates) - 1)

    @pytest.mark.parametrize("group", ANSWERS.groups, ids=lambda group: group.id)
    def test_words_that_differ_are_told_as_they_are_printed(self, group):
        first = " ".join(group.versions[0].pieces)
        for version in group.versions[1:]:
            printed = " ".join(version.pieces)
            pairs = [*version.changed, *version.respelled]
            assert all(words in first for words in [*version.cut, *(before for before, _ in pairs)])
            assert all(words in printed for words in [*version.added, *(after for _, after in pairs)])

    def test_what_a_version_is_called_agrees_with_its_words(self):
        for version in (version for group in ANSWERS.groups for version in group.versions):
            others = version.added + version.changed + version.respelled
            assert not (version.kind in ("first", "verbatim") and (version.cut or others)), version
            assert (version.kind != "cut") or (version.cut and not others), version
            assert (version.kind != "edited") or version.cut or others, version

    def test_every_kind_of_version_is_there(self):
        kinds = [version.kind for group in ANSWERS.groups for version in group.versions]
        assert min(kinds.count(kind) for kind in ("verbatim", "cut", "edited", "altered")) >= 15
        assert sum(version.unnamed for group in ANSWERS.groups for version in group.versions) >= 4

    def test_a_version_is_wire_copy_where_its_article_is(self):
        for group in ANSWERS.groups:
            assert [v.wire for v in group.versions] == [v.article in ANSWERS.wire for v in group.versions], group.id

    def test_wire_copy_bears_the_mark_of_its_service(self):
        for name, article in ARTICLES.items():
            assert (name in ANSWERS.wire) == any(mark in article.text for mark in ("(AP)", "(Reuters)", "Reuters con"))


def test_lines_run_over_months_and_topics():
    lines = [line for line in ANSWERS.lines if len(statements_of(line)) >= 5 and len(line.topics) >= 2]
    assert len(lines) >= 6
    for line in lines:
        dates = [ARTICLES[place.article].date for place in statements_of(line)]
        assert (max(dates) - min(dates)).days > 60
        for topic in line.topics:
            dates = [ARTICLES[place.article].date for place in topic.statements]
            assert dates == sorted(dates)
            assert all(1 <= each.earlier < each.later <= len(dates) for each in topic.relations)


def test_disputes_are_between_two_and_the_near_misses_are_as_many():
    assert len(ANSWERS.disputes) >= 25
    assert sum(dispute.one.article != dispute.other.article for dispute in ANSWERS.disputes) >= 15
    assert len(ANSWERS.not_disputes) >= 25
    assert all(dispute.one.speaker != dispute.other.speaker for dispute in ANSWERS.disputes)
    assert {dispute.sure for dispute in ANSWERS.disputes} == {True, False}
    for miss in ANSWERS.not_disputes:
        assert (miss.pair[0].speaker == miss.pair[1].speaker) == (miss.why == "same speaker")


def test_voices_are_heard_in_the_articles():
    for voice in ANSWERS.voices.speakers:
        heard = {name for name, article in ARTICLES.items() if voice.speaker in article.text}
        assert heard == set(voice.articles), voice.speaker
    assert all(each.source in ARTICLES[each.article].text for each in ANSWERS.voices.unnamed)


def test_written_files_have_a_row_for_every_article(tmp_path):
    documents = newsroom.write(tmp_path)
    assert len(documents) == len(ARTICLES)
    for name, article in documents.items():
        file, row = name.split("#")
        found = json.loads((tmp_path / file).read_text(encoding="utf-8").splitlines()[int(row) - 1])
        assert list(found) == list(COLUMNS)
        assert (found["text"], found["date"]) == (article.text, article.date.isoformat())

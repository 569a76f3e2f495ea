"""Every candidate of the rules on PolNeAR, judged as the corpus's scorer judges claims."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from multiprocessing import get_context

from benchmarks.polnear import GoldArticle, Judge, articles, pieces
from claims_cli.pipeline import parser
from claims_cli.pipeline.article import Attribution
from claims_cli.pipeline.attribute.spans import grow
from claims_cli.pipeline.match.candidates import CandidateFinder
from claims_cli.pipeline.match.features import cue_word
from claims_cli.pipeline.parse.quotation_index import QuotationIndex
from claims_cli.rulebook.model import Rulebook, Settings


@dataclass(frozen=True)
class Row:
    """One judged candidate.

    Attributes:
        article: its number in the split; cue: index of the cue's token.
        rule, key: what its precision is looked up by; cue_word: the same whatever the rule.
        right, exact: whether a gold attribution pairs with it, and to the word.
    """

    article: int
    cue: int
    rule: str
    key: str
    cue_word: str
    right: bool
    exact: bool
    features: dict[str, str]


def uncalibrated(rulebook: Rulebook) -> Rulebook:
    """The rulebook without precisions: every candidate is found."""
    return replace(
        rulebook,
        precisions={},
        settings=Settings(**dict.fromkeys(Settings.__dataclass_fields__, 0.0)),
        rules=tuple(replace(rule, confidence=1.0) for rule in rulebook.rules),
    )


def is_quotation(one: Attribution, quotations: QuotationIndex) -> bool:
    """Whether a content begins with a quotation of the speaker's, which may go on elsewhere."""
    return quotations.holder[one.content[0][0]] is not None and quotations.holder[one.head] is None


def judged(article: GoldArticle, finder: CandidateFinder, number: int) -> Iterator[Row]:
    """Every candidate of an article that does not lie in another gold content."""
    syntax, quotations, judge = article.read.syntax, article.read.quotations, Judge(article)
    for one in finder.find(syntax, quotations):
        grown = grow(one, article.read)
        if grown is None:
            continue
        by_piece = is_quotation(grown, quotations)
        content, source = pieces(grown.content, syntax), pieces(grown.source, syntax)
        gold = judge.match(content, source, pieces(grown.cue, syntax) if by_piece else ())
        if judge.is_nested(pieces(grown.cue, syntax), gold):
            continue
        exact = gold is not None and judge.is_exact(content, gold, by_piece)
        features = finder.features.read(syntax, quotations, one.rule, one.tokens, one.quotation)
        word = cue_word(syntax, one.cue)
        yield Row(number, one.cue, one.rule.id, one.key, word, gold is not None, exact, features)


class Split:
    """The articles of a split, worked on by as many processes as there are cores."""

    def __init__(self, name: str):
        self.articles = articles(name, parser())

    def map(self, work, *arguments) -> list:
        """`work(split, number, *arguments)` for each article, in order."""
        with get_context("fork").Pool(os.cpu_count(), adopt, (self, work, arguments)) as pool:
            return pool.map(run, range(len(self.articles)), chunksize=16)

    def rows(self, rulebook: Rulebook) -> list[Row]:
        """Judged candidates of every article."""
        finder = CandidateFinder(uncalibrated(rulebook))
        return [row for rows in self.map(rows_of, finder) for row in rows]


def rows_of(split: Split, number: int, finder: CandidateFinder) -> list[Row]:
    """Judged candidates of one article."""
    return list(judged(split.articles[number], finder, number))


INHERITED: dict = {}


def adopt(split: Split, work, arguments: tuple) -> None:
    """What a worker needs; it is inherited by fork and never sent."""
    INHERITED.update(split=split, work=work, arguments=arguments)


def run(number: int):
    """The work on one article."""
    return INHERITED["work"](INHERITED["split"], number, *INHERITED["arguments"])

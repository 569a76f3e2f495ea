"""Every candidate of the rules on PolNeAR, judged as the corpus's scorer judges claims."""

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

from benchmarks.polnear import GoldArticle, Judge, articles, pieces
from claims_cli.pipeline import parser
from claims_cli.pipeline.article import Attribution
from claims_cli.pipeline.attribute.spans import grow
from claims_cli.pipeline.encoder.network import small_reader
from claims_cli.pipeline.encoder.places import places_of
from claims_cli.pipeline.match.candidates import CandidateFinder, Draft
from claims_cli.pipeline.match.features import cue_word
from claims_cli.pipeline.match.second_look import CueWords, seen
from claims_cli.pipeline.parse.quotation_index import QuotationIndex
from claims_cli.rulebook.model import Rulebook, Settings

SHIPPED_SEED = 1  # of the small reader


@dataclass(frozen=True)
class Row:
    """One judged candidate.

    Attributes:
        article: its number in the split; cue: index of the cue's token.
        rule, key: what its precision is looked up by; cue_word: the same whatever the rule.
        right, exact: whether a gold attribution pairs with it, and to the word.
        places: the words that the small reader looks at (`encoder.places`); evidence: what it says.
    """

    article: int
    cue: int
    rule: str
    key: str
    cue_word: str
    right: bool
    exact: bool
    features: dict[str, str]
    places: tuple[int, ...] = ()
    evidence: dict[str, float] | None = None


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


def judged(article: GoldArticle, finder: CandidateFinder, number: int, small: Path | None = None) -> Iterator[Row]:
    """Every candidate of an article that does not lie in another gold content.

    `small`: the folder of a small reader whose evidence is wanted.
    """
    syntax, quotations, judge = article.read.syntax, article.read.quotations, Judge(article)
    drafts = finder.drafts(syntax, quotations)
    for draft, evidence in zip(drafts, evidence_of(drafts, article, finder.rulebook, small), strict=True):
        one = finder.weighed(draft)
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
        word, places = cue_word(syntax, one.cue), places_of(one, syntax)
        yield Row(number, one.cue, one.rule.id, one.key, word, gold is not None, exact, features, places, evidence)


def evidence_of(
    drafts: Sequence[Draft], article: GoldArticle, rulebook: Rulebook, folder: Path | None
) -> Iterable[dict[str, float] | None]:
    """What a small reader says of each candidate; nothing where none is asked."""
    if folder is None:
        return repeat(None, len(drafts))
    small, syntax = small_reader(folder), article.read.syntax
    paragraphs = CueWords(rulebook).paragraphs(syntax, article.read.quotations, drafts)
    return seen(small, small.read(syntax, article.read.quotations, paragraphs), drafts, syntax)


class Split:
    """The articles of a split, worked on by as many processes as there are cores."""

    def __init__(self, name: str):
        self.articles = articles(name, parser())

    def map(self, work, *arguments) -> list:
        """`work(split, number, *arguments)` for each article, in order."""
        with get_context("fork").Pool(os.cpu_count(), adopt, (self, work, arguments)) as pool:
            return pool.map(run, range(len(self.articles)), chunksize=16)

    def rows(self, rulebook: Rulebook, halves: Sequence[Path] = ()) -> list[Row]:
        """Judged candidates of every article; `halves`: see `other_half`."""
        finder = CandidateFinder(uncalibrated(rulebook))
        return [row for rows in self.map(rows_of, finder, halves) for row in rows]


def rows_of(split: Split, number: int, finder: CandidateFinder, halves: Sequence[Path] = ()) -> list[Row]:
    """Judged candidates of one article."""
    return list(judged(split.articles[number], finder, number, other_half(halves, number)))


def halves_of(seed: int) -> list[Path]:
    """The small readers of a seed that were trained on every second article, the even ones first."""
    folder = readers_folder()
    found = [folder / f"half{half}-{seed}" for half in (0, 1)]
    if not all(one.is_dir() for one in found):
        raise SystemExit(f"no small readers in {folder}; try: python -m benchmarks.train_reader --half 0, and 1")
    return found


def reader_of(seed: int) -> Path:
    """The small reader of a seed that was trained on all of train and is not shipped."""
    folder = readers_folder() / f"all-{seed}"
    if not folder.is_dir():
        raise SystemExit(f"no small reader in {folder}; try: python -m benchmarks.train_reader --seed {seed}")
    return folder


def readers_folder() -> Path:
    """Where `benchmarks.train_reader` keeps what is not shipped: `$READERS`, or a folder among the temporary ones."""
    return Path(os.environ.get("READERS", Path(tempfile.gettempdir()) / "claims-readers"))


def other_half(halves: Sequence[Path], number: int) -> Path | None:
    """The small reader that was not trained on an article: `halves` are those of the even numbers and of the odd."""
    return halves[(number + 1) % 2] if halves else None


INHERITED: dict = {}


def adopt(split: Split, work, arguments: tuple) -> None:
    """What a worker needs; it is inherited by fork and never sent."""
    INHERITED.update(split=split, work=work, arguments=arguments)


def run(number: int):
    """The work on one article."""
    return INHERITED["work"](INHERITED["split"], number, *INHERITED["arguments"])

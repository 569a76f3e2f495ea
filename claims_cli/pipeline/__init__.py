"""A parsed text in, its claims out: parse → match → attribute → resolve → claims. Here alone the steps are chained."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from claims_cli.pipeline.article import Article, Attribution, Candidate
from claims_cli.pipeline.attribute.alone import LoneQuotations
from claims_cli.pipeline.attribute.nesting import settle
from claims_cli.pipeline.attribute.spans import grow
from claims_cli.pipeline.attribute.tagged import TaggedAttributions
from claims_cli.pipeline.attribute.tagged_edges import with_tagged_edges
from claims_cli.pipeline.attribute.voices import VoiceLexicon
from claims_cli.pipeline.claims import ArticlePlace, ClaimLexicon, claims_of
from claims_cli.pipeline.encoded import Encoded
from claims_cli.pipeline.encoder.network import small_reader
from claims_cli.pipeline.match.attachments import Attacher
from claims_cli.pipeline.match.candidates import CandidateFinder, Draft
from claims_cli.pipeline.match.choice import choose
from claims_cli.pipeline.match.second_look import CueWords, seen
from claims_cli.pipeline.match.suppositions import Suppositions
from claims_cli.pipeline.parse.model import parser
from claims_cli.pipeline.parse.quotation_index import QuotationIndex
from claims_cli.pipeline.parse.quotations import quotations_of
from claims_cli.pipeline.parse.reading import Reading
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.pipeline.resolve import resolved
from claims_cli.rulebook.model import Rulebook

MOST_ROUNDS = 4  # of choosing anew without those that came to nothing

__all__ = ["ArticlePlace", "ArticleReader", "ClaimLexicon", "attributed", "claims_of", "parsed", "parser"]


def parsed(doc: Doc, rulebook: Rulebook, reading: Reading | None = None) -> Article:
    """A `Doc` as an article: its syntax and its quotations.

    Args:
        rulebook: has other spellings of lemmas.
        reading: what the `Doc` was made of, where that is not its text as it is.
    """
    syntax = Syntax(doc, reading, rulebook.spellings)
    return Article(syntax, QuotationIndex(syntax, quotations_of(syntax)))


@dataclass(frozen=True)
class Winner:
    """A candidate that won its cue, with the roles attached to it, and grown to its spans: None where none are left."""

    candidate: Candidate
    attached: Candidate
    grown: Attribution | None


class ArticleReader:
    """The steps behind the parser, with the rules of one rulebook made ready."""

    def __init__(self, rulebook: Rulebook):
        self.rulebook = rulebook
        self.finder = CandidateFinder(rulebook)
        self.attacher = Attacher(rulebook.rules)
        self.suppositions = Suppositions.of(rulebook)
        self.voices = VoiceLexicon.of(rulebook)
        self.lone = LoneQuotations(rulebook)
        self.cue_words = CueWords(rulebook)
        self.small = small_reader(rulebook.reader) if rulebook.reader else None
        self.tagged = TaggedAttributions(rulebook, self.small)

    def read(self, doc: Doc, reading: Reading | None = None) -> Article:
        """The article after all steps; arguments as those of `parsed`."""
        *_, article = self.steps(doc, reading)
        return article

    def steps(self, doc: Doc, reading: Reading | None = None) -> Iterator[Article]:
        """The article after each step: matched, with its edges moved, nested, lone quotations beside, resolved."""
        article = self.matched(parsed(doc, self.rulebook, reading))
        yield article
        article = attributed(article)
        yield article
        article = self.tagged.added(settle(article, self.rulebook.settings, self.voices))
        yield article
        article = self.lone.added(article)
        yield article
        yield resolved(article, self.rulebook)

    def matched(self, article: Article) -> Article:
        """The article with its candidates, and those chosen among them that are no mere questions or conditions."""
        syntax, quotations = article.syntax, article.quotations
        drafts = self.finder.drafts(syntax, quotations)
        encoded = self.encoded(article, drafts)
        candidates = self.finder.kept(self.weighed(article, drafts, encoded))
        winners, lost_to = self.chosen_among(candidates, article)
        telling = [winner for winner in winners if not self.suppositions.hold(winner.candidate, syntax, quotations)]
        return replace(
            article,
            candidates=tuple(candidates),
            chosen=tuple(winner.attached for winner in telling),
            attributions=tuple(winner.grown for winner in telling if winner.grown is not None),
            lost_to=lost_to,
            encoded=encoded,
        )

    def weighed(self, article: Article, drafts: Sequence[Draft], encoded: Encoded | None) -> Iterator[Candidate]:
        """Candidates with their scores, by what the small reader says where it has read the article."""
        if self.small is None or encoded is None:
            return map(self.finder.weighed, drafts)
        return map(self.finder.weighed, drafts, seen(self.small, encoded, drafts, article.syntax))

    def chosen_among(self, candidates: list[Candidate], article: Article) -> tuple[list[Winner], dict[int, str]]:
        """The winners, and by the place of each loser the rule that it lost to.

        A candidate of which nothing is left when its spans are grown wins no cue.
        """
        places, barred, known = list(range(len(candidates))), set[int](), dict[int, Winner]()
        for _ in range(MOST_ROUNDS):
            chosen, lost = choose([candidates[place] for place in places])
            lost_to = {places[place]: rule for place, rule in lost.items()}
            known.update((id(one), self.winner(one, article)) for one in chosen if id(one) not in known)
            winners = [known[id(one)] for one in chosen]
            empty = {id(winner.candidate) for winner in winners if winner.grown is None}
            more = {place for place in places if id(candidates[place]) in empty}
            if not more:
                break
            barred |= more
            places = [place for place in places if place not in barred]
        return winners, lost_to

    def winner(self, candidate: Candidate, article: Article) -> Winner:
        """A candidate that won its cue, as it stands then."""
        attached = self.attacher.attached(article.syntax, article.quotations, candidate)
        return Winner(candidate, attached, grow(attached, article))

    def encoded(self, article: Article, drafts: Sequence[Draft]) -> Encoded | None:
        """The article as the small reader reads it, None where the rules read alone."""
        if self.small is None:
            return None
        paragraphs = self.cue_words.paragraphs(article.syntax, article.quotations, drafts)
        return self.small.read(article.syntax, article.quotations, paragraphs)


def attributed(article: Article) -> Article:
    """The article with the contents of its attributions ending where the small reader has them."""
    return replace(article, attributions=with_tagged_edges(article.attributions, article))

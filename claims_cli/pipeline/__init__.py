"""A parsed text in, its claims out: parse → match → attribute → resolve → claims. Here alone the steps are chained."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc

from claims_cli.pipeline.article import Article
from claims_cli.pipeline.attribute.alone import LoneQuotations
from claims_cli.pipeline.attribute.nesting import settle
from claims_cli.pipeline.attribute.spans import grow
from claims_cli.pipeline.attribute.voices import VoiceLexicon
from claims_cli.pipeline.claims import ArticlePlace, ClaimLexicon, claims_of
from claims_cli.pipeline.match.attachments import Attacher
from claims_cli.pipeline.match.candidates import CandidateFinder
from claims_cli.pipeline.match.choice import choose
from claims_cli.pipeline.match.suppositions import Suppositions
from claims_cli.pipeline.parse.model import parser
from claims_cli.pipeline.parse.quotation_index import QuotationIndex
from claims_cli.pipeline.parse.quotations import quotations_of
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.pipeline.resolve import resolved
from claims_cli.rulebook.model import Rulebook

__all__ = ["ArticlePlace", "ArticleReader", "ClaimLexicon", "attributed", "claims_of", "parsed", "parser"]


def parsed(doc: Doc, rulebook: Rulebook, surface: str | None = None) -> Article:
    """A `Doc` as an article: its syntax and its quotations.

    Args:
        rulebook: has other spellings of lemmas.
        surface: the text as its headlines are written on the page, where `doc.text` has them in small letters.
    """
    syntax = Syntax(doc, surface, rulebook.spellings)
    return Article(syntax, QuotationIndex(syntax, quotations_of(syntax)))


class ArticleReader:
    """The steps behind the parser, with the rules of one rulebook made ready."""

    def __init__(self, rulebook: Rulebook):
        self.rulebook = rulebook
        self.finder = CandidateFinder(rulebook)
        self.attacher = Attacher(rulebook.rules)
        self.suppositions = Suppositions.of(rulebook)
        self.voices = VoiceLexicon.of(rulebook)
        self.lone = LoneQuotations(rulebook)

    def read(self, doc: Doc, surface: str | None = None) -> Article:
        """The article after all steps; arguments as those of `parsed`."""
        *_, article = self.steps(doc, surface)
        return article

    def steps(self, doc: Doc, surface: str | None = None) -> Iterator[Article]:
        """The article after each step: matched, with its contents grown, nested, with what no cue claims, resolved."""
        article = self.matched(parsed(doc, self.rulebook, surface))
        yield article
        article = attributed(article)
        yield article
        article = settle(article, self.rulebook.settings, self.voices)
        yield article
        article = self.lone.added(article)
        yield article
        yield resolved(article, self.rulebook)

    def matched(self, article: Article) -> Article:
        """The article with its candidates, and those chosen among them that are no mere questions or conditions."""
        syntax, quotations = article.syntax, article.quotations
        candidates = self.finder.find(syntax, quotations)
        winners, lost_to = choose(candidates)
        told = (winner for winner in winners if not self.suppositions.hold(winner, syntax, quotations))
        chosen = tuple(self.attacher.attached(syntax, quotations, winner) for winner in told)
        return replace(article, candidates=tuple(candidates), chosen=chosen, lost_to=lost_to)


def attributed(article: Article) -> Article:
    """The article with the chosen candidates grown to attributions."""
    grown = (grow(candidate, article) for candidate in article.chosen)
    return replace(article, attributions=tuple(attribution for attribution in grown if attribution is not None))

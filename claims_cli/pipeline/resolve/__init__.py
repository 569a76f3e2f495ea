"""Who speaks: the words of each source taken back to the fullest mention that the article has of them."""

from claims_cli.pipeline.article import Article, Speaker
from claims_cli.pipeline.resolve.mentions import NameFinder
from claims_cli.pipeline.resolve.speakers import ArticleResolver
from claims_cli.rulebook.model import Rulebook


class Resolver:
    """Resolves the speakers of articles."""

    def __init__(self, rulebook: Rulebook):
        self.rulebook = rulebook

    def speakers(self, article: Article) -> tuple[Speaker, ...]:
        """Who speaks in each attribution."""
        registry = NameFinder(article.syntax, self.rulebook).registry()
        resolver = ArticleResolver(article.syntax, article.quotations, self.rulebook, registry, article.attributions)
        speakers = resolver.resolve_all()
        return tuple(speakers[place] for place in range(len(article.attributions)))

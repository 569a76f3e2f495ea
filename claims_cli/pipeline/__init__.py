"""A parsed text in, its claims out: parse → match → attribute → resolve → claims (`reading` chains them)."""

from claims_cli.pipeline.claims import ClaimLexicon, Place, claims_of
from claims_cli.pipeline.parse.model import parser
from claims_cli.pipeline.reading import ArticleReader

__all__ = ["ArticleReader", "ClaimLexicon", "Place", "claims_of", "parser"]

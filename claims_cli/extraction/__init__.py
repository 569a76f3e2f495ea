"""Documents in, claims out, in order, over the cache and worker processes. Nothing here imports spaCy at once."""

from claims_cli.extraction.chunks import Chunk, blocks_in, chunks_of, prose
from claims_cli.extraction.extractor import Extractor
from claims_cli.extraction.stream import Result

__all__ = ["Chunk", "Extractor", "Result", "blocks_in", "chunks_of", "prose"]

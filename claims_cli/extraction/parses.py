"""Parses kept on disk, so that rules can be matched again over texts without parsing them again."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from claims_cli.extraction.lru_file import LruFile

STORED = ("ORTH", "TAG", "POS", "LEMMA", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE")


class ParseCache:
    """Parses by their text and by what they were made with.

    Args:
        made_with: what tells the model and the program apart from other versions of them.
    """

    def __init__(self, path: Path, made_with: str, vocab: Vocab):
        self.shelf = LruFile(path)
        self.made_with = made_with.encode()
        self.vocab = vocab

    def get(self, texts: list[str]) -> list[Doc | None]:
        """The parse of each text; None where there is none."""
        keys = [self.key_of(text) for text in texts]
        kept = self.shelf.get(keys)
        return [self.read(kept[key], text) if key in kept else None for key, text in zip(keys, texts, strict=True)]

    def read(self, data: bytes, text: str) -> Doc | None:
        """A parse from its bytes, None where they are damaged."""
        try:
            (doc,) = DocBin().from_bytes(data).get_docs(self.vocab)
        except Exception:
            return None
        return doc if doc.text == text else None

    def put(self, docs: Iterable[Doc]) -> None:
        """Keep parses."""
        self.shelf.put({self.key_of(doc.text): DocBin(attrs=STORED, docs=[doc]).to_bytes() for doc in docs})

    def key_of(self, text: str) -> bytes:
        """What a text is found by."""
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=20, key=self.made_with).digest()

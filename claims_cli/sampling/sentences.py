"""The sentences of a stored text, without a model: spaCy's rules for words, our paragraphs, and full stops."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from claims_cli.claim import Document

LEAST_WORDS = 3  # fewer are headings, labels and remains
STRETCH = 200_000  # characters that are split at once


@cache
def splitter() -> Any:
    """A pipeline that tells words, paragraphs and sentences apart and knows nothing else."""
    import spacy

    from claims_cli.pipeline.parse import paragraphs

    nlp = spacy.blank("en")
    nlp.max_length = 2 * STRETCH
    nlp.add_pipe(paragraphs.NAME)
    nlp.add_pipe("sentencizer")
    return nlp


def sentences_of(document: Document) -> Iterator[tuple[int, int]]:
    """Where each sentence of what is read of a document stands, furniture and other languages left out."""
    from claims_cli.pipeline.parse.paragraphs import plainly_spaced

    text = document.text
    start = 0
    while start < len(text):
        end = stretch_end(text, start)
        for sentence in splitter()(plainly_spaced(document.blanked(start, end))).sents:
            words = [token for token in sentence if not token.is_space]
            if sum(token.is_alpha for token in words) >= LEAST_WORDS:
                yield start + words[0].idx, start + words[-1].idx + len(words[-1])
        start = end


def stretch_end(text: str, start: int) -> int:
    """Where a stretch that is split at once ends: behind a line, if it holds one."""
    end = start + STRETCH
    if end >= len(text):
        return len(text)
    return text.rfind("\n", start, end) + 1 or end

"""What is wrongly taken for another language, and which changed copies of an article are recognised.

    python -m benchmarks.recognition

Every line of PolNeAR train and dev with eight words or more is English. Of each article of dev a copy is changed in
several ways and looked for; pairs of different articles that are taken for the same one are listed to be read.
"""

import random
import re
import time
from collections.abc import Callable

from benchmarks.polnear import FOLDER
from claims_cli.articles.duplicates import Duplicates
from claims_cli.articles.languages import ENGLISH, LEAST_WORDS, Linguist, words_in
from claims_cli.claim import ArticleSpan, Document
from claims_cli.rulebook import load

SENTENCE_END = re.compile(r"(?<=[.!?”\"])\s+")
HEADLINE = "Another headline over the same report of the day"
OPENING = "The matter occupied offices across the country for most of the day, and no end to it was in sight by night."


def changes(chance: random.Random, words: list[str]) -> dict[str, Callable[[list[str]], list[str]]]:
    """Ways to change an article, given and returned as its paragraphs."""

    def without(share: float) -> Callable[[list[str]], list[str]]:
        return lambda lines: [
            " ".join(part for part in SENTENCE_END.split(line) if chance.random() > share) for line in lines
        ]

    def edited(share: float) -> Callable[[list[str]], list[str]]:
        return lambda lines: [
            " ".join(chance.choice(words) if chance.random() < share else word for word in line.split())
            for line in lines
        ]

    return {
        "another headline": lambda lines: [HEADLINE, *lines[1:]],
        "another first paragraph": lambda lines: [HEADLINE, OPENING, *lines[2:]],
        "10 % of sentences left out": without(0.1),
        "30 % of sentences left out": without(0.3),
        "5 % of words changed": edited(0.05),
        "10 % of words changed": edited(0.1),
        "the last 40 % cut": lambda lines: lines[: max(2, len(lines) * 6 // 10)],
        "half cut": lambda lines: lines[: max(2, len(lines) // 2)],
        "all: headline, opening, 30 % left out, 3 % changed": lambda lines: edited(0.03)(
            [HEADLINE, OPENING, *without(0.3)(lines[2:])]
        ),
    }


def document(path: str, text: str) -> Document:
    """A text as a document of one article."""
    return Document(path, text, "", articles=(ArticleSpan(1, 0, len(text)),))


def languages(texts: dict[str, str]) -> None:
    """Print the lines that are taken for another language."""
    linguist = Linguist(load())
    lines = [line for text in texts.values() for line in text.splitlines() if words_in(line) >= LEAST_WORDS]
    begin = time.perf_counter()
    wrong = [line for line in lines if linguist.language_of(line) != ENGLISH]
    spent = (time.perf_counter() - begin) / len(lines)
    print(f"not taken for English: {len(wrong)} of {len(lines)} lines, {spent * 1000:.3f} ms a line")
    for line in wrong:
        print(f"  {line[:100]}")


def copies(texts: dict[str, str]) -> None:
    """Print how many changed copies are recognised."""
    chance = random.Random(1)
    words = [word for text in texts.values() for word in text.split()]
    for name, change in changes(chance, words).items():
        found = 0
        for path, text in texts.items():
            seen = Duplicates()
            seen.marked(document(path, text))
            lines = [line for line in text.splitlines() if line.strip()]
            found += bool(seen.marked(document("copy", "\n".join(change(lines)))).duplicates)
        print(f"recognised: {found} of {len(texts)} copies, {name}")


def pairs(texts: dict[str, str]) -> None:
    """Print which articles are taken for one that came before."""
    seen = Duplicates()
    begin = time.perf_counter()
    found = [seen.marked(document(path, text)) for path, text in texts.items()]
    spent = (time.perf_counter() - begin) / len(texts)
    repeated = [one for item in found for one in [(item.path, *item.notes)] if item.duplicates]
    print(f"taken for one before: {len(repeated)} of {len(texts)} articles, {spent * 1000:.2f} ms an article")
    for path, note in repeated:
        print(f"  {path} {note}")


def main() -> None:
    texts = {
        part: {path.name: path.read_text(encoding="utf-8") for path in sorted((FOLDER / part / "text").glob("*.txt"))}
        for part in ("train", "dev")
    }
    languages(texts["train"] | texts["dev"])
    copies(texts["dev"])
    pairs(texts["train"] | texts["dev"])


if __name__ == "__main__":
    main()

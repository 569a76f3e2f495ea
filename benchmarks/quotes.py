"""How long `claims quotes` takes over 100,000 claims, in how much memory, and what it finds of what was planted.

    python -m benchmarks.quotes [CLAIMS]        by default 100,000

The store is built of invented statements, whose words are as frequent as words are: few very often, most seldom. One
claim in ten is a version of a statement that others print too: word for word, cut, or with words changed. Printed are
time and greatest memory of the whole command, where what is the same is known from when the claims were stored and
where it is found out anew, and how many of the pairs of versions are found and how many pairs are none.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from multiprocessing import get_context
from pathlib import Path

from benchmarks.store import CUE, FIRST, NAMES, PER_DOCUMENT, SYLLABLES, build, claims_of, people
from claims_cli.across.recurring import groups
from claims_cli.across.same_as import words_of
from claims_cli.across.wording import Wording
from claims_cli.claim import Claim, Document
from claims_cli.rulebook import SHIPPED, load_lexicon
from claims_cli.store import opening

WORDS = 40_000
PLANTED = 0.1
MOST_VERSIONS = 8
WAYS = ("verbatim", "verbatim", "cut", "edited", "altered")
NUMBERS = [str(number) for number in range(2, 60)]


class Language:
    """Invented words, and those that every English sentence is made of."""

    def __init__(self, chance: random.Random):
        self.chance = chance
        found: dict[str, None] = {}
        while len(found) < WORDS:
            found["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))] = None
        self.words = list(found)
        self.weights = list(accumulated(1 / (rank + 10) for rank in range(WORDS)))
        self.little = sorted(load_lexicon("statements")["statements.function"])
        self.little_weights = list(accumulated(1 / (rank + 3) for rank in range(len(self.little))))

    def statement(self) -> list[str]:
        """A statement of 6 to 40 words, half of which tell little; one word in twenty is a number."""
        length = self.chance.randint(6, 40)
        little = self.chance.choices(self.little, cum_weights=self.little_weights, k=length)
        telling = self.chance.choices(self.words, cum_weights=self.weights, k=length)
        numbers = self.chance.choices(NUMBERS, k=length)
        return [self.one(*words) for words in zip(little, telling, numbers, strict=True)]

    def one(self, little: str, telling: str, number: str) -> str:
        """One of three words."""
        place = self.chance.random()
        return little if place < 0.45 else number if place < 0.5 else telling

    def version(self, words: list[str]) -> list[str]:
        """Another version of a statement."""
        way, long = self.chance.choice(WAYS), len(words)
        if way == "cut":
            start = self.chance.randint(0, long // 2)
            return words[start : start + max(6, long // 2)]
        if way in ("edited", "altered"):
            changed = list(words)
            changed[self.chance.randrange(long)] = self.chance.choice(NUMBERS if way == "altered" else self.words)
            return changed
        return words


def accumulated(weights: Iterator[float]) -> Iterator[float]:
    """The sums of weights so far."""
    total = 0.0
    for weight in weights:
        total += weight
        yield total


def documents(count: int) -> Iterator[tuple[Document, list[Claim]]]:
    """Invented documents with their claims; `row` of a claim is the number of the statement that it is a version of."""
    chance = random.Random(1)
    language, names = Language(chance), people(chance)
    weights = list(accumulated(1 / (rank + 20) for rank in range(NAMES)))
    said: list[tuple[int | None, str, list[str]]] = []
    planted = 0
    while len(said) < count:
        words, name = language.statement(), chance.choices(names, cum_weights=weights)[0]
        if chance.random() >= PLANTED / (MOST_VERSIONS / 2):
            said.append((None, name, words))
            continue
        planted += 1
        said.append((planted, name, words))
        said += [(planted, name, language.version(words)) for _ in range(chance.randint(1, MOST_VERSIONS - 1))]
    chance.shuffle(said)
    for number in range(count // PER_DOCUMENT):
        own = said[number * PER_DOCUMENT : (number + 1) * PER_DOCUMENT]
        yield document_of(number, own, chance)


def document_of(number: int, own: list, chance: random.Random) -> tuple[Document, list[Claim]]:
    """One document."""
    from dataclasses import replace

    lines = [f"{name} {CUE} {' '.join(words)}." for _, name, words in own]
    date = f"2023-03-{chance.randint(1, 28):02}"  # later it would be said anew
    outlet = chance.choice(FIRST)
    document = Document(f"folder/{number:06}.txt", "\n".join(lines), f"{number:064x}", date=date, outlet=outlet)
    claims = claims_of(document, lines, [name for _, name, _ in own], chance)
    return document, [replace(claim, row=one[0]) for claim, one in zip(claims, own, strict=True)]


def build_at(path: Path, count: int) -> None:
    """The store, made."""
    build(path, documents(count))


def found_of(path: Path) -> str:
    """How many of the pairs of planted versions are in one group, and how many pairs in one group are none."""
    with opening.readable(path) as connection:
        planted = dict(connection.execute("SELECT number, row FROM claims WHERE row IS NOT NULL").fetchall())
        found = {pair for group in groups(connection, Wording(words_of(SHIPPED))) for pair in combinations(group, 2)}
    versions = defaultdict(list)
    for number, statement in planted.items():
        versions[statement].append(number)
    true = {pair for own in versions.values() for pair in combinations(sorted(own), 2)}
    return f"of {len(true)} pairs of versions {len(true & found) / len(true):.3f} are found; " + (
        f"of {len(found)} pairs found {len(true & found) / len(found):.3f} are versions"
    )


def command(*arguments: str) -> str:
    """How long a command takes by the clock and of the processor, and in how much memory at most."""
    begin = time.perf_counter()
    words = [sys.executable, "-m", "claims_cli", *arguments]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0, arguments
    taken, processor = time.perf_counter() - begin, used.ru_utime + used.ru_stime
    return f"{taken:.1f} s ({processor:.1f} s of the processor), at most {used.ru_maxrss / 1024:.0f} MB"


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.db"
        begin = time.perf_counter()
        begun = get_context("spawn").Process(target=build_at, args=(path, count))
        begun.start()  # apart: of a child the system counts the memory of its parent too
        begun.join()
        print(f"{count} claims stored in {time.perf_counter() - begin:.1f} s, {path.stat().st_size / 1e6:.0f} MB")
        print("claims quotes, known:", command("quotes", str(path), "--type", "all", "--min-confidence", "0"))
        with opening.writable(path) as connection:
            connection.execute("DELETE FROM state WHERE name = 'statements'")
        print("claims quotes, found anew:", command("quotes", str(path), "--type", "all", "--min-confidence", "0"))
        print(found_of(path))


if __name__ == "__main__":
    main()

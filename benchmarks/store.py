"""How fast a store of 100,000 claims is asked, beside the same query in SQLite alone.

    python -m benchmarks.store [CLAIMS]        by default 100,000

The store is built of invented claims. A speaker filter may take at most twice what the same query takes in `sqlite3`,
and the whole command 0.15 s more than `claims --version`. Printed are medians of several runs, in processor time.
"""

import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from claims_cli.across.same_as import bring_claims_together
from claims_cli.browse.claim_list import ClaimList
from claims_cli.choice import Choice
from claims_cli.claim import Claim, Document, Span, claim_id
from claims_cli.manifest import now, versions
from claims_cli.models import default_model
from claims_cli.query import settle
from claims_cli.rulebook import load
from claims_cli.store import opening
from claims_cli.store.queries import Further
from claims_cli.store.reading import Reader
from claims_cli.store.writing import Writer

RUNS = 15
PER_DOCUMENT = 20
NAMES = 5000
FIRST = ["Ann", "Bob", "Carla", "David", "Elif", "Farid", "Gita", "Hanna", "Ivan", "Jamila", "Karim", "Lena"]
SYLLABLES = [consonant + vowel for consonant in "bcdfghjklmnprstvwz" for vowel in "aeiou"]
TEXT = "the bridge was unsafe and would close before winter unless money came from the ministry in time"
CUE = "said that"


def people(chance: random.Random) -> list[str]:
    """Names, the first of them spoken by most."""
    found: dict[str, None] = {}
    while len(found) < NAMES:
        last = "".join(chance.choices(SYLLABLES, k=3)).capitalize()
        found[f"{chance.choice(FIRST)} {last}"] = None
    return list(found)


def documents(count: int) -> Iterator[tuple[Document, list[Claim]]]:
    """Invented documents with their claims."""
    chance = random.Random(1)
    names = people(chance)
    weights = [1 / (rank + 20) for rank in range(NAMES)]
    for number in range(count // PER_DOCUMENT):
        said = [" ".join(chance.choices(TEXT.split(), k=chance.randint(8, 30))) for _ in range(PER_DOCUMENT)]
        speakers = chance.choices(names, weights, k=PER_DOCUMENT)
        lines = [f"{name} {CUE} {words}." for name, words in zip(speakers, said, strict=True)]
        text = "\n".join(lines)
        date = f"2023-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        document = Document(f"folder/{number:06}.txt", text, f"{number:064x}", date=date, outlet=chance.choice(FIRST))
        yield document, list(claims_of(document, lines, speakers, chance))


def claims_of(document: Document, lines: list[str], speakers: list[str], chance: random.Random) -> Iterator[Claim]:
    """The claim of each line."""
    start = 0
    for number, (line, name) in enumerate(zip(lines, speakers, strict=True), 1):
        cue = start + len(name) + 1
        content = ((cue + len(CUE) + 1, start + len(line) - 1),)
        spans = {
            "source": Span.of(document.text, ((start, start + len(name)),)),
            "cue": Span.of(document.text, ((cue, cue + len(CUE)),)),
            "content": Span.of(document.text, content),
        }
        yield Claim(
            id=claim_id(document.text_sha256, content), doc=document.path, doc_sha256=document.sha256, title=None,
            outlet=document.outlet, author=None, date=document.date, url=None, article=1, line=number, page=None,
            row=None, time=None,
            start=cue, end=content[0][1], sentence=line, speaker=name, speakers=(name,), speaker_id=None,
            speaker_basis="named", speaker_confidence=1.0, pronoun=None, anonymity=None,
            speaker_kind="person", named=True, speaker_role=None, cue_lemma="say", addressee=None, medium=None,
            when=None, quote="indirect", type=chance.choice(("statement", "statement", "denial", "thought")),
            negated=False, via=(), citing=(), rule="clause-after", confidence=round(chance.random(), 3), **spans,
        )  # fmt: skip
        start += len(line) + 1


def build(path: Path, found: Iterable[tuple[Document, list[Claim]]]) -> None:
    """A store of documents with their claims."""
    rulebook = load()
    with opening.writable(path) as connection:
        writer = Writer(connection)
        writer.begin(versions(default_model(), rulebook.fingerprint), {}, now())
        for document, claims in found:
            writer.put(document, claims)
        bring_claims_together(connection, rulebook, {})
        writer.end(now(), 0, 0)


def seconds() -> float:
    """The processor time of this process and of those that it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def median(work: Callable[[], object]) -> float:
    """The median processor time of several calls, in seconds, on which other work on the machine tells least."""
    taken = []
    for _ in range(RUNS):
        begin = seconds()
        work()
        taken.append(seconds() - begin)
    return statistics.median(taken)


def asked(name: str) -> Choice:
    """Everything that one speaker said."""
    return Choice(settle(load().settings, speakers=[name], types="all", min_confidence=0))


def compare(path: Path, name: str) -> None:
    """Our query beside the same in SQLite alone, over an open connection each."""
    with opening.readable(path) as connection:
        reader = Reader(connection)
        found = list(reader.claims(asked(name)))
        ours = median(lambda: list(reader.claims(asked(name))))
        query = (
            "SELECT * FROM claims WHERE number IN (SELECT claim FROM claim_names WHERE name IN (SELECT id FROM names "
            f"WHERE instr(' ' || name || ' ', ' {name.lower()} '))) ORDER BY document, number"
        )
        bare = median(lambda: connection.execute(query).fetchall())
    plain = median(lambda: subprocess.run(["sqlite3", path, query], stdout=subprocess.DEVNULL, check=True))
    print(f"--speaker '{name}', {len(found)} claims: {1000 * ours:.1f} ms, sqlite3 module {1000 * bare:.1f} ms "
          f"(ratio {ours / bare:.2f}), sqlite3 command {1000 * plain:.1f} ms (ratio {ours / plain:.2f})")  # fmt: skip


def leaf(path: Path) -> None:
    """What `claims browse` does before it shows a store, and at each letter of its filter."""
    everything = settle(load().settings, types="all", min_confidence=0)
    with opening.readable(path) as connection:
        opened = median(lambda: ClaimList(Reader(connection), everything, Further()))
        shelf = ClaimList(Reader(connection), everything, Further())
        for words in ("b", "bridge", "bridge mon"):
            taken = median(lambda words=words: shelf.voices(shelf.holding(words), None))
            print(f"browse, filter '{words}': {1000 * taken:.0f} ms")
    print(f"browse, opening: {1000 * opened:.0f} ms")


def command(*arguments: str) -> float:
    """The median processor time of a command."""
    words = [sys.executable, "-m", "claims_cli", *arguments]
    return median(lambda: subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True))


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.db"
        begin = time.perf_counter()
        build(path, documents(count))
        print(f"{count} claims stored in {time.perf_counter() - begin:.1f} s, {path.stat().st_size / 1e6:.0f} MB")
        names = people(random.Random(1))
        for name in (names[0], names[100], names[-1]):
            compare(path, name)
        leaf(path)
        version = command("--version")
        print(f"claims --version {version:.3f} s")
        for arguments in (
            ["list", str(path), "--speaker", names[0]],
            ["list", str(path), "--search", "bridge ministry", "--limit", "20"],
            ["list", str(path), "--limit", "20"],
            ["speakers", str(path), "--limit", "20"],
            ["stats", str(path)],
        ):
            taken = command(*arguments)
            shown = " ".join(word for word in arguments if word != str(path))
            print(f"claims {shown}: {taken:.3f} s ({taken - version:+.3f} s beside --version)")


if __name__ == "__main__":
    main()

"""How fast extraction is, beside the same model's bare `nlp.pipe`, and how much memory it takes.

    python -m benchmarks.speed [PART]...

Every part is a section below, by its name; without any, all are run (about an hour and a half on two cores). What is
compared runs in turn in one session, five rounds of it, and medians are printed with the spread: a machine may be
twice as fast an hour later, so that only ratios count.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from benchmarks import processes, rule_costs
from benchmarks.polnear import FOLDER, ROOT
from benchmarks.processes import Memory, command, compared, first_line, run, seconds, together, watched
from claims_cli.claim import Document
from claims_cli.inputs.readers import read_one
from claims_cli.inputs.walking import inputs
from claims_cli.rulebook import RuleSources

DEV, TRAIN = FOLDER / "dev" / "text", FOLDER / "train" / "text"
STORY = "Ann Roe, the mayor of Springfield, said on Monday that the bridge was safe.\n"
FIRST, MANY, MOST, SHORT = 100, 2_000, 20_000, 1_500
LONG = 50_000_000
BARE = """
import sys, spacy
from pathlib import Path
from claims_cli.models import default_model
nlp = spacy.load(default_model())
texts = [path.read_text(encoding="utf-8") for folder in sys.argv[1:] for path in sorted(Path(folder).iterdir())]
print(sum(len(doc) for doc in nlp.pipe(texts)))
"""
RULE = """
- id: opined-in-passing
  description: X opined that …
  pattern:
    cue: {lemma: opine, pos: VERB}
    source: {child_of: cue, dep: nsubj}
    content: {child_of: cue, dep: ccomp, extent: clause}
  confidence: 0.9
  examples:
    match:
      - text: The mayor opined that the bridge would be closed.
        yields: {source: The mayor, cue: opined, content: that the bridge would be closed}
"""


def read(*folders: Path) -> list[Document]:
    """The documents of folders."""
    return [read_one(item) for item in inputs(list(map(str, folders)))]


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for the time of a measurement."""
    with tempfile.TemporaryDirectory(prefix="claims-speed-") as name:
        yield Path(name)


def salted(documents: list[Document], number: int, folder: Path, size: int | None = None) -> Path:
    """A folder with so many files: the documents, or their first code points, over and over, each with its own line."""
    folder.mkdir()
    for place in range(number):
        text = documents[place % len(documents)].text[:size]
        (folder / f"{place:06}.txt").write_text(f"{text}\n\nThis is copy {place} of it.\n", encoding="utf-8")
    return folder


def start() -> None:
    """Start-up: an interpreter that does nothing, help, a store, one short text."""
    with scratch() as folder:
        story, store = folder / "story.txt", folder / "claims.db"
        story.write_text(STORY, encoding="utf-8")
        run(command("extract", story, "--db", store))
        nothing = [sys.executable, "-c", "pass"]
        kept = {"CLAIMS_CACHE_DIR": str(folder / "kept")}
        run(command("extract", story), **kept)
        medians = compared(
            {
                "python -c pass": lambda: run(nothing),
                "claims --help": lambda: run(command("--help")),
                "claims list STORE": lambda: run(command("list", store)),
                "claims extract, one short text, known": lambda: run(command("extract", story), **kept),
                "claims extract, one short text, --no-cache": lambda: run(command("extract", story, "--no-cache")),
            }
        )
        print(f"  claims --help takes {medians['claims --help'] / medians['python -c pass']:.1f} times an empty start")


def one() -> None:
    """One process, all loaded: extraction beside the model's bare `nlp.pipe` over the dev articles."""
    import spacy

    from claims_cli.extraction import Extractor
    from claims_cli.models import default_model
    from claims_cli.pipeline import parser
    from claims_cli.pipeline.accelerate.arithmetic import one_thread

    documents = read(DEV)
    texts = [document.text for document in documents]
    bare, quick = spacy.load(default_model()), parser()
    alone = RuleSources(fast=True)
    extractors = {
        "reader": Extractor(),
        "fast": Extractor(sources=alone),
        "plain": Extractor(sources=alone, plain=True),
    }

    def extracted(way: str) -> int:
        return sum(len(claims) for _, claims in extractors[way].extract(documents))

    def needed() -> int:
        with one_thread():
            return sum(len(doc) for doc in quick.pipe(texts))

    for way in extractors:
        next(iter(extractors[way].extract(documents[:1])))
    medians = compared(
        {
            "bare nlp.pipe, default components": lambda: seconds(lambda: sum(len(doc) for doc in bare.pipe(texts))),
            "the components that are needed, as they are run here": lambda: seconds(needed),
            "extraction, one process": lambda: seconds(lambda: extracted("reader")),
            "the same with --fast": lambda: seconds(lambda: extracted("fast")),
            "the latter the plain way": lambda: seconds(lambda: extracted("plain")),
        }
    )
    floor, needs, whole, quickly, plainly = medians.values()
    print(f"  extraction takes {whole / floor:.2f} times the bare model, {quickly / floor:.2f} times with --fast,")
    print(f"  {plainly / floor:.2f} times with that the plain way;")
    print(f"  the model as it is run here takes {needs / floor:.2f} times the bare one")


def jobs() -> None:
    """Whole commands over 200 articles: one process, all cores, two independent processes on the halves."""
    documents = read(DEV, TRAIN)[:200]
    with scratch() as folder:
        halves = []
        for number in (0, 1):
            halves.append(folder / str(number))
            halves[-1].mkdir()
            for place, document in enumerate(documents[number::2]):
                (halves[-1] / f"{place:03}.txt").write_text(document.text, encoding="utf-8")
        alone = ("--no-cache", "--jobs", 1, "-q", "--format", "jsonl")
        crew = ("--no-cache", "-q", "--format", "jsonl")
        bare = [sys.executable, "-c", BARE, *map(str, halves)]
        medians = compared(
            {
                "bare model: load and nlp.pipe": lambda: run(bare),
                "claims extract, one process": lambda: run(command("extract", *halves, *alone)),
                "claims extract, all cores": lambda: run(command("extract", *halves, *crew)),
                "two independent processes": lambda: together(*(command("extract", half, *alone) for half in halves)),
                "first claim, one process": lambda: first_line(command("extract", *halves, *alone)),
                "first claim, all cores": lambda: first_line(command("extract", *halves, *crew)),
            }
        )
        floor, single, several, independent = list(medians.values())[:4]
        print(f"  one process takes {single / floor:.2f} times the bare model, all cores {several / floor:.2f} times;")
        print(f"  all cores reach {independent / several:.2f} of what two independent processes reach")


def cache() -> None:
    """The 924 articles a first and a second time, and with a changed rulebook."""
    with scratch() as folder:
        rules, kept = folder / "mine.yaml", {"CLAIMS_CACHE_DIR": str(folder / "kept")}
        rules.write_text(RULE, encoding="utf-8")
        again = command("extract", DEV, TRAIN, "-q", "-o", folder / "claims.csv")
        first = run(again, **kept)
        print(f"  first run, all cores, once                                 {first:8.2f} s", flush=True)
        medians = compared({"second run": lambda: run(again, **kept)})
        changed = run([*again, "--rules", str(rules)], **kept)
        single = run([*again, "--no-cache", "--jobs", "1"])
        print(f"  with a changed rulebook, once                              {changed:8.2f} s")
        print(f"  one process without a cache, once                          {single:8.2f} s")
        second = medians["second run"]
        print(f"  the second run is {first / second:.0f} times as fast as the first on all cores,")
        print(f"  {single / second:.0f} times as fast as one process; a changed rule {first / changed:.1f} times")


def same() -> None:
    """The claims of the 924 articles by the quick way, by workers, and by the plain way, byte for byte."""
    from claims_cli.extraction import Extractor

    documents = read(DEV, TRAIN)

    def found(extractor: Extractor) -> list[str]:
        return [json.dumps([claim.to_json() for claim in claims]) for _, claims in extractor.extract(documents)]

    plain = found(Extractor(plain=True))
    for name, extractor in {"one process": Extractor(), "two processes": Extractor(jobs=2)}.items():
        differing = sum(left != right for left, right in zip(plain, found(extractor), strict=True))
        print(
            f"  {name:16} {len(plain)} articles, {differing} of them with other claims than the plain way", flush=True
        )


def profile() -> None:
    """Where the time goes: by component, and by rule."""
    sys.argv = [sys.argv[0]]
    rule_costs.main()


def over(number: int, size: int | None = None) -> None:
    """Memory and time over so many salted documents."""
    with scratch() as folder:
        texts = salted(read(DEV), number, folder / "in", size)
        early: list[Memory] = []
        seen: set[bytes] = set()

        def note(line: bytes, memory: Memory) -> None:
            if len(seen) <= FIRST:
                seen.add(line.partition(b'"doc": ')[2].partition(b",")[0])
                if len(seen) == FIRST + 1:
                    early.append(replace(memory, others=dict(memory.others)))

        taken, memory = watched(command("extract", texts, "--no-cache", "-q", "--format", "jsonl"), note)
        print(f"  {number} documents in {taken:.0f} s, {taken / number * 1000:.0f} ms each")
        print(f"  main process: {early[0].own:.0f} MB after {FIRST}, {memory.own:.0f} MB at the end")
        print(
            f"  largest worker: {early[0].largest:.0f} MB after {FIRST}, {memory.largest:.0f} MB at the end", flush=True
        )


def scale() -> None:
    """2,000 documents: the dev articles salted with a line each."""
    over(MANY)


def memory() -> None:
    """20,000 documents: the first 1,500 characters of the dev articles, salted with a line each."""
    over(MOST, SHORT)


def long() -> None:
    """One text of 50 MB."""
    with scratch() as folder:
        path = folder / "long.txt"
        texts = [document.text for document in read(DEV)]
        with path.open("w", encoding="utf-8") as stream:
            place = 0
            while stream.tell() < LONG:
                stream.write(f"{texts[place % len(texts)]}\n\nThis is copy {place} of it.\n\n")
                place += 1
        taken, memory = watched(command("extract", path, "--no-cache", "-q", "--format", "jsonl"), lambda *_: None)
        whole = memory.own + sum(memory.others.values())
        print(
            f"  {path.stat().st_size / 1e6:.0f} MB in {taken:.0f} s; at most {memory.own:.0f} MB in the main process,"
        )
        print(f"  {memory.largest:.0f} MB in a worker, {whole:.0f} MB in all", flush=True)


PARTS: dict[str, Callable[[], None]] = {
    part.__name__: part for part in (start, one, jobs, cache, same, profile, scale, long, memory)
}


def main() -> None:
    wanted = sys.argv[1:] or list(PARTS)
    print(f"{processes.ROUNDS} rounds in turn; medians, and the fastest and slowest in brackets; in {ROOT.name}")
    for name in wanted:
        print(f"\n{name}: {(PARTS[name].__doc__ or '').strip()}", flush=True)
        PARTS[name]()


if __name__ == "__main__":
    main()

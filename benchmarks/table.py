"""One table over every corpus at hand, of this tool or of what any other tool found.

    python -m benchmarks.table                              the five articles that lie in the repository
    python -m benchmarks.table --polnear DIR --gum DIR      PolNeAR (dev) and GUM, from folders that you have
    python -m benchmarks.table --gold DIR                   texts that you annotated (claims evaluate reads them too)
    python -m benchmarks.table --gum DIR --texts OUT        write the texts, for another tool to read ...
    python -m benchmarks.table --gum DIR --tool FOUND.jsonl ... and measure what it found in them

Nothing is fetched. `docs/benchmark.md` says what a line of FOUND.jsonl must hold, where the corpora are from, how their
folders look, and what each column counts.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.corpora import Corpus, Found, Row, gum_corpus, of_folder, polnear, seeds
from claims_cli import api
from claims_cli.claim import Document
from claims_cli.errors import AnnotationError, ClaimsError, InputError
from claims_cli.evaluation.attributions import Attribution
from claims_cli.evaluation.json_lines import rows as records
from claims_cli.evaluation.measuring import attribution_of
from claims_cli.evaluation.scoring import Figure
from claims_cli.evaluation.texts import Texts
from claims_cli.inputs.sources import Input

NONE = "–"
HEADINGS = ("", "texts", "marked", "found", "P", "R", "F1", "source", "words", "speaker")
WIDTHS = (-25, 6, 7, 6, 6, 6, 6, 7, 6, 8)
MOST_TOLD = 5
EXIT_BROKEN = 1


def of_claims(corpus: Corpus, fast: bool) -> Found:
    """What this tool finds in a corpus."""
    found = defaultdict(list)
    options = {"types": corpus.types, "fast": fast or corpus.fast, "duplicates": "keep", "language": "any"}
    for claim in api.extract(corpus.documents, **options):
        found[claim.doc].append(attribution_of(claim))
    return found


class Records:
    """What another tool found, read from JSON Lines: records of texts by the names that it gives them."""

    def __init__(self, path: Path):
        self.by_name: dict[str, list] = defaultdict(list)
        self.broken: list[InputError] = []
        self.used: set[str] = set()
        for row in records(str(path), path.read_text(encoding="utf-8-sig")):
            if isinstance(row, AnnotationError):
                self.broken.append(row)
            else:
                self.by_name[row.doc].append(row)

    def of(self, corpus: Corpus) -> Found:
        """What was found in the texts of a corpus; what does not fit a text is kept as broken."""
        texts = Texts({one.path: Input(one.path, None) for one in corpus.documents})
        documents = {one.path: one for one in corpus.documents}
        found = defaultdict(list)
        for name, rows in self.by_name.items():
            paths = texts.called(name)
            if len(paths) == 1:
                self.used.add(name)
                found[paths[0]] += self.attributions(rows, documents[paths[0]])
        return found

    def attributions(self, rows: list, document: Document) -> Iterator[Attribution]:
        """The records of a text."""
        for row in rows:
            try:
                yield row.attribution(document)
            except AnnotationError as error:
                self.broken.append(error)

    def lost(self) -> Iterator[str]:
        """Which names were of no text."""
        lost = sorted(set(self.by_name) - self.used)
        if lost:
            yield f"no text of these corpora, or several, is called {', '.join(lost[:3])}; left out: {len(lost)} names"


def told(broken: list[InputError]) -> Iterator[str]:
    """The first of what is broken, and how many more."""
    yield from map(str, broken[:MOST_TOLD])
    if len(broken) > MOST_TOLD:
        yield f"{len(broken) - MOST_TOLD} more are broken"


def line(cells: Iterable[str]) -> str:
    """Cells in their columns, the first to the left."""
    return "".join(f"{cell:{'<' if width < 0 else '>'}{abs(width)}}" for cell, width in zip(cells, WIDTHS, strict=True))


def f1(figure: Figure | None) -> str:
    """F1 of a figure, where there is one."""
    return f"{figure.f1:.3f}" if figure else NONE


def cells(row: Row) -> tuple[str, ...]:
    """A row as it is printed."""
    content, (right, compared) = row.content, row.speaker
    precise = (str(content.found), f"{content.precision:.3f}") if row.precise else (NONE, NONE)
    speaker = f"{right / compared:.3f}" if compared else NONE
    shares = (f"{content.recall:.3f}", f1(content) if row.precise else NONE, f1(row.source), f1(row.words), speaker)
    return row.name, str(row.texts), str(content.gold), *precise, *shares


def corpora(arguments: argparse.Namespace) -> Iterator[Corpus]:
    """The corpora that are asked for; those of the repository where none is."""
    if arguments.polnear:
        yield from polnear(arguments.polnear, arguments.part)
    if arguments.gum:
        yield gum_corpus(arguments.gum)
    for folder in arguments.gold:
        yield of_folder(folder.name, folder, arguments.nested)
    if arguments.seeds or not (arguments.polnear or arguments.gum or arguments.gold):
        yield seeds()


def write_texts(chosen: Iterable[Corpus], folder: Path) -> None:
    """Write each text under its name, for another tool to read."""
    folder.mkdir(parents=True, exist_ok=True)
    for document in (document for corpus in chosen for document in corpus.documents):
        (folder / Path(document.path).name).write_text(document.text, encoding="utf-8", newline="")


def options() -> argparse.ArgumentParser:
    """What can be asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--polnear", type=Path, metavar="DIR", help="PolNeAR: holds dev/text and dev/attributions")
    parser.add_argument("--part", choices=("dev", "train"), default="dev", help="of PolNeAR; test is never read")
    parser.add_argument("--gum", type=Path, metavar="DIR", help="GUM: holds GUM_news_afghan.conllu and more")
    parser.add_argument("--gold", type=Path, metavar="DIR", action="append", default=[], help="texts you annotated")
    parser.add_argument("--nested", action="store_true", help="in --gold, what lies in another's content counts too")
    parser.add_argument("--seeds", action="store_true", help="the repository's five articles too")
    parser.add_argument("--tool", type=Path, metavar="FILE", help="what another tool found, as JSON Lines")
    parser.add_argument("--fast", action="store_true", help="this tool by its rules alone, without the small reader")
    parser.add_argument("--texts", type=Path, metavar="OUT", help="only write the texts into this folder")
    return parser


def main() -> None:
    """Run."""
    arguments = options().parse_args()
    try:
        chosen = list(corpora(arguments))
        others = Records(arguments.tool) if arguments.tool else None
    except (ClaimsError, OSError) as error:
        sys.exit(str(error))
    if arguments.texts:
        write_texts(chosen, arguments.texts)
        return
    print(line(HEADINGS))
    for corpus in chosen:
        found = others.of(corpus) if others else of_claims(corpus, arguments.fast)
        for row in corpus.rows(found):
            print(line(cells(row)), flush=True)
        if not found:
            print(f"{corpus.name}: nothing was found in any of its texts", file=sys.stderr)
    broken = [error for corpus in chosen for error in corpus.broken] + (others.broken if others else [])
    for note in (*told(broken), *(others.lost() if others else ())):
        print(note, file=sys.stderr)
    sys.exit(EXIT_BROKEN if broken else 0)


if __name__ == "__main__":
    main()

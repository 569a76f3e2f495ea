"""What there is to learn from and to measure on: counts for the datasheet.

    python -m benchmarks.data

Of PolNeAR's train and dev parts articles, attributions, outlets and months (from the names of its files and its own
annotations); of GUM's texts documents and words by kind; of `benchmarks/gold` and `tests/golden` what was judged;
of the rulebook its rules and words.
`POLNEAR` and `GUM` name the folders; what is not there is left out.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from benchmarks.annotated import GOLD, OTHER_GOLD
from benchmarks.corpora import GUM_TEXTS
from benchmarks.gum import FOLDER as GUM
from benchmarks.gum import read
from benchmarks.polnear import FOLDER as POLNEAR
from benchmarks.polnear import ROOT, scorer
from claims_cli.rulebook import load
from tests.golden_seeds import golden

PARTS = ("train", "dev")


def counted(found: Counter) -> str:
    """Names with their numbers, most first."""
    return ", ".join(f"{name} {number}" for name, number in sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def of_polnear(part: str) -> Iterator[str]:
    """One part of PolNeAR."""
    rows = list(scorer().corpus(POLNEAR, part))
    names = [name.split("_") for name, _, _ in rows]
    months = sorted(date[:7] for _, date, *_ in names)
    words = sum(len(text.split()) for _, text, _ in rows)
    attributions = sum(len(gold) for _, _, gold in rows)
    yield f"PolNeAR {part}: {len(rows)} articles, {words:,} words, {attributions:,} attributions"
    yield f"  from {months[0]} to {months[-1]}"
    yield f"  outlets: {counted(Counter(outlet for outlet, *_ in names))}"


def of_gum() -> Iterator[str]:
    """The texts of GUM."""
    texts = [read(GUM / f"{name}.conllu") for name in GUM_TEXTS.read_text(encoding="utf-8").split()]
    words = sum(len(text.text.split()) for text in texts)
    yield f"GUM, of its train part: {len(texts)} texts, {words:,} words"
    yield f"  kinds: {counted(Counter(text.genre for text in texts))}"


def lines(pattern: str) -> Iterable[str]:
    """The lines of files in the folder of what people judged."""
    return (line for path in sorted(GOLD.glob(pattern)) for line in path.read_text(encoding="utf-8").splitlines())


def of_gold() -> Iterator[str]:
    """What was read and judged for this project."""
    articles = [path for path in GOLD.glob("*.jsonl") if not path.stem.startswith(OTHER_GOLD)]
    rows = [json.loads(line) for path in articles for line in path.read_text(encoding="utf-8").splitlines()]
    nested, doubtful = (sum(row[name] for row in rows) for name in ("nested", "doubtful"))
    yield f"articles annotated by reading: {len(articles)}, {len(rows)} claims ({nested} nested, {doubtful} doubtful)"
    seeds = [row for path in (ROOT / "seeds").glob("*.txt") for row in golden(path.stem)]
    doubtful = sum("arguable" in row for row in seeds)
    yield f"seeds annotated by reading: 5, {len(seeds)} claims ({doubtful} doubtful)"
    voices = len(list((GOLD / "voices").glob("*.txt")))
    yield f"invented documents with voices: {voices}, {len(list(lines('voices/*.jsonl')))} claims"
    yield f"speakers judged, of dev: {len(list(lines('speakers_*.jsonl')))}"
    yield f"nested claims judged, of dev and train: {len(list(lines('nested_*.jsonl')))}"


def of_rulebook() -> str:
    """What is kept by hand."""
    rulebook = load()
    words = sum(len(rulebook.words(group)) for group in rulebook.lexicons)
    return f"rulebook: {len(rulebook.rules)} rules, {words:,} words in {len(rulebook.lexicons)} groups of lexicons"


def main() -> None:
    """Run."""
    if (POLNEAR / "train").is_dir():
        for part in PARTS:
            print(*of_polnear(part), sep="\n")
    if GUM.is_dir():
        print(*of_gum(), sep="\n")
    print(*of_gold(), of_rulebook(), sep="\n")


if __name__ == "__main__":
    main()

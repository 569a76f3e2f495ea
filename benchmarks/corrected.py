"""Whether corrected shares hold the truth as often as they say: invented corpora, a tool with known errors, many draws.

    python -m benchmarks.corrected                 500 draws of each corpus
    python -m benchmarks.corrected --draws 100     fewer

Each corpus has claims of three types and sentences without claims. The invented tool finds some things that are no
claims, misses claims, and confuses types, more of each where its confidence is low, in one outlet more than in the
other. Every draw is a stratified sample as `claims sample` draws it, judged without error; printed is how many of 100
intervals hold the true share: as the tool counts it (naive), by the sample alone, and corrected; with their width.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

import numpy

from claims_cli.sampling.corrected import corrected, naive_interval, powered, truth_of, weight_of
from claims_cli.sampling.estimates import Design
from claims_cli.sampling.figures import figures
from claims_cli.sampling.strata import drawn
from claims_cli.sampling.verdicts import Judged, Sample

TYPES = ("statement", "denial", "request")
DRAWS, CLAIMS, SENTENCES = 500, 200, 200


@dataclass(frozen=True)
class Corpus:
    """An invented corpus and tool.

    Attributes:
        claims, sentences: how many the tool finds, and in how many sentences it finds none.
        shares: of the types among the true claims.
        right: how likely a claim of low and of high confidence is one.
        confused: how likely a type is taken for `statement`, with low and with high confidence.
        missed: how many sentences of a hundred hold a claim that was missed, by whether they have a sign of one.
    """

    name: str
    claims: int
    sentences: int
    shares: tuple[float, float, float]
    right: tuple[float, float]
    confused: tuple[float, float]
    missed: tuple[float, float]


CORPORA = (
    Corpus("news, few errors", 4_000, 6_000, (0.80, 0.08, 0.12), (0.80, 0.96), (0.30, 0.10), (0.10, 0.01)),
    Corpus("court, many errors", 2_000, 3_000, (0.60, 0.25, 0.15), (0.55, 0.90), (0.50, 0.25), (0.35, 0.04)),
    Corpus("rare type, large", 20_000, 30_000, (0.70, 0.04, 0.26), (0.70, 0.95), (0.40, 0.15), (0.20, 0.02)),
)


def population(corpus: Corpus, random: Random) -> list[tuple[tuple[str, ...], Judged]]:
    """Every unit with the key of its stratum, judged as it truly is."""
    found = []
    for number in range(corpus.claims):
        sure, outlet = random.random() < 0.7, random.choice(("Post", "Times"))
        truth = random.choices(TYPES, corpus.shares)[0]
        is_right = random.random() < corpus.right[sure] - 0.05 * (outlet == "Post")
        told = TYPES[0] if random.random() < corpus.confused[sure] else truth
        said = {"claim": "right", "type": truth} if is_right else {"claim": "wrong"}
        found.append((("claim", str(sure), outlet), Judged(f"c{number}", "", 0, True, outlet, told, "", "", 1, said)))
    for number in range(corpus.sentences):
        sign, outlet = random.random() < 0.2, random.choice(("Post", "Times"))
        missed = random.random() < corpus.missed[not sign]
        said = {"missed": "1", "type": random.choices(TYPES, corpus.shares)[0]} if missed else {"missed": "0"}
        found.append((("sentence", str(sign), outlet), Judged(f"s{number}", "", 0, False, outlet, "", "", "", 0, said)))
    return found


def draw(units: list[tuple[tuple[str, ...], Judged]], random: Random) -> Sample:
    """A sample as `claims sample` draws it."""
    chosen = []
    for kind, wanted, power in (("claim", CLAIMS, 1.0), ("sentence", SENTENCES, 0.5)):
        own = [(key, unit) for key, unit in units if key[0] == kind]
        for place, key, size in drawn([key for key, _ in own], wanted, random, power):
            chosen.append(replace(own[place][1], stratum="; ".join(key), size=size))
    return Sample(tuple(chosen))


def true_shares(units: list[tuple[tuple[str, ...], Judged]]) -> tuple[dict[str, float], float]:
    """The share of each type among the true claims, and the share of them that was found."""
    totals: Counter[str] = Counter()
    for _, unit in units:
        totals[truth_of(unit, "type") or ""] += int(weight_of(unit))
    found = sum(unit.said.get("claim") == "right" for _, unit in units)
    whole = sum(totals[name] for name in TYPES)
    return {name: totals[name] / whole for name in TYPES}, found / whole


@dataclass
class Held:
    """How many intervals of one kind held the truth, and how wide they were together."""

    draws: int = 0
    held: int = 0
    width: float = 0.0

    def add(self, truth: float, low: float, high: float) -> None:
        """Count one interval."""
        self.draws += 1
        self.held += low <= truth <= high
        self.width += high - low

    def __str__(self) -> str:
        return f"{100 * self.held / self.draws:5.1f} ({100 * self.width / self.draws:4.1f})"


def simulate(corpus: Corpus, draws: int, seed: int) -> dict[str, dict[str, Held]]:
    """By what is estimated, and by kind of interval, how often the truth was held."""
    units = population(corpus, Random(seed))
    truths, recall = true_shares(units)
    counts = Counter(unit.type for _, unit in units if unit.is_claim)
    right = sum(unit.said.get("claim") == "right" for _, unit in units) / corpus.claims
    held: dict[str, dict[str, Held]] = {}
    for number in range(draws):
        sample = draw(units, Random(f"{seed} {number}"))
        for row in corrected(sample, "type", counts):
            kinds = held.setdefault(row.name, {"naive": Held(), "sample": Held(), "corrected": Held()})
            truth = truths[row.name]
            kinds["naive"].add(truth, *naive_interval(row.counted, corpus.claims))
            kinds["sample"].add(truth, *alone(sample, row.name))
            kinds["corrected"].add(truth, row.estimate.low, row.estimate.high)
        for figure in figures(sample):
            if figure.section == "all" and figure.figure in ("precision", "recall"):
                kinds = held.setdefault(figure.figure, {"sample": Held()})
                truth = right if figure.figure == "precision" else recall
                kinds["sample"].add(truth, figure.estimate.low, figure.estimate.high)
    return held


def alone(sample: Sample, name: str) -> tuple[float, float]:
    """The interval without what the tool counts."""
    design = Design.of([unit.stratum for unit in sample.units], [unit.size for unit in sample.units])
    truths = [truth_of(unit, "type") for unit in sample.units]
    whole = numpy.array([float(bool(truth)) for truth in truths])
    part = numpy.array([float(truth == name) for truth in truths])
    found, _ = powered(design, part, whole, numpy.zeros(len(whole)), 0)
    return found.low, found.high


def lines(draws: int, seed: int) -> Iterator[str]:
    """What is printed."""
    yield f"of 100 intervals of 95 %, how many hold the truth (width in points); {draws} draws, seed {seed}"
    yield f"{'corpus':<20} {'share of':<10} {'naive':>12} {'sample':>12} {'corrected':>12}"
    for corpus in CORPORA:
        for name, kinds in simulate(corpus, draws, seed).items():
            cells = (str(kinds[kind]) if kind in kinds else "" for kind in ("naive", "sample", "corrected"))
            yield f"{corpus.name:<20} {name:<10} " + " ".join(f"{cell:>12}" for cell in cells)


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--draws", type=int, default=DRAWS)
    options.add_argument("--seed", type=int, default=7)
    given = options.parse_args()
    for line in lines(given.draws, given.seed):
        print(line, flush=True)


if __name__ == "__main__":
    main()

"""Count on PolNeAR train how often candidates of each rule and cue are right: `rules/lexicons/precisions.yaml`.

    python -m benchmarks.calibrate

A candidate is right when the scorer would pair it with a gold attribution, source included. Candidates inside another
gold content are left out, for the corpus marks only the outermost attribution. A cue is written down only when it was
seen in at least two articles; all others share the rule's rate for rare cues. Then the weights of the other evidence
are learned (`rules/lexicons/weights.yaml`) with each cue's precision as the other folds give it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml

from benchmarks.judging import Row, Split
from benchmarks.polnear import ROOT
from claims_cli.pipeline.match.features import record
from claims_cli.rulebook import load
from claims_cli.rulebook.model import ANY_RULE, Precision, Rulebook, Weights, log_odds

RARE = 3
STATED = 6  # how many occurrences the confidence that a rule states is worth
FOLDS = 10
LEAST_ARTICLES = 4
LEAST_SEEN = 30  # occurrences, in LEAST_SPREAD articles, of a value that gets a weight
LEAST_SPREAD = 10
LEAST_COUNTED = 12  # a rule that was seen less often keeps the confidence that it states
TELLING = 0.03  # how far a count must move a share to be written down
STRENGTH = 0.1  # of the weights: scikit-learn's C
WEIGHTS = ROOT / "rules" / "lexicons" / "weights.yaml"
TARGET = ROOT / "rules" / "lexicons" / "precisions.yaml"


@dataclass
class Count:
    """How often a cue key of a rule was right, and in which articles it was seen."""

    right: int = 0
    exact: int = 0
    seen: int = 0
    articles: set[int] = field(default_factory=set)

    def add(self, right: bool, exact: bool, article: int) -> None:
        """One more occurrence."""
        self.right += right
        self.exact += exact
        self.seen += 1
        self.articles.add(article)


Counts = dict[str, dict[str, Count]]


def count(rows: Iterable[Row]) -> Counts:
    """Counts by rule and cue over judged candidates; under `ANY_RULE`, by the cue's word over its occurrences."""
    counts: Counts = defaultdict(lambda: defaultdict(Count))
    occurrences: dict[tuple[int, int], tuple[str, bool, bool]] = {}
    for row in rows:
        counts[row.rule][row.key].add(row.right, row.exact, row.article)
        _, right, exact = occurrences.get((row.article, row.cue), ("", False, False))
        occurrences[row.article, row.cue] = row.cue_word, right or row.right, exact or row.exact
    for (article, _), (word, right, exact) in occurrences.items():
        counts[ANY_RULE][word].add(right, exact, article)
    return counts


def precisions(counts: Counts, stated: dict[str, float]) -> dict[str, Precision]:
    """The counts as a rulebook keeps them."""
    return {
        rule: of_rule(cells, stated.get(rule, 0.1))
        for rule, cells in counts.items()
        if sum(cell.seen for cell in cells.values()) >= LEAST_COUNTED
    }


def of_rule(cells: dict[str, Count], stated: float) -> Precision:
    """The precision of one rule: the rate of rare cues, and first words and whole keys where they tell more."""
    rare = [cell for cell in cells.values() if cell.seen <= RARE]
    seen = sum(cell.seen for cell in rare) + STATED
    unseen = round((sum(cell.right for cell in rare) + STATED * stated) / seen, 3)
    unseen_exact = round((sum(cell.exact for cell in rare) + STATED * stated / 2) / seen, 3)
    kept: dict[str, tuple[int, int, int]] = {}
    for group in (first_words(cells), cells):
        known = Precision(unseen, unseen_exact, dict(kept))
        for key, cell in group.items():
            if len(cell.articles) >= LEAST_ARTICLES and tells(known, key, cell):
                kept[key] = (cell.right, cell.exact, cell.seen)
    return Precision(unseen, unseen_exact, kept)


def first_words(cells: dict[str, Count]) -> dict[str, Count]:
    """Counts of keys of several words, by their first word (`voice *`)."""
    found: dict[str, Count] = defaultdict(Count)
    for key, cell in cells.items():
        first, _, rest = key.partition(" ")
        if rest:
            found[f"{first} *"].right += cell.right
            found[f"{first} *"].exact += cell.exact
            found[f"{first} *"].seen += cell.seen
            found[f"{first} *"].articles |= cell.articles
    return found


def tells(known: Precision, key: str, cell: Count) -> bool:
    """Whether a count says something that what is known without it does not say."""
    before, before_exact = known.of(key.replace("*", "?"))
    after, after_exact = (
        (count + 2 * share) / (cell.seen + 2) for count, share in ((cell.right, before), (cell.exact, before_exact))
    )
    return max(abs(after - before), abs(after_exact - before_exact)) > TELLING and (after > 0.1 or before > 0.1)


def held_out(rows: list[Row], stated: dict[str, float], rulebook: Rulebook) -> list[tuple[float, dict[str, str]]]:
    """For each candidate the precision and the record of its cue by the other folds: what a new article would see."""
    found: list = [None] * len(rows)
    for fold in range(FOLDS):
        known = precisions(count(row for row in rows if row.article % FOLDS != fold), stated)
        others = replace(rulebook, precisions=known)
        for index, row in enumerate(rows):
            if row.article % FOLDS == fold:
                precision = known.get(row.rule)
                share = precision.of(row.key, others.doubt(row.cue_word))[0] if precision else stated[row.rule]
                found[index] = share, record(known[ANY_RULE], row.cue_word)
    return found


def learn(rows: list[Row], known: list[tuple[float, dict[str, str]]], floor: float) -> Weights:
    """Weights of evidence by logistic regression, over the candidates whose cue reaches the floor."""
    import numpy
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    kept = [(row, share, {**row.features, **told}) for row, (share, told) in zip(rows, known, strict=True)]
    kept = [(row, share, features) for row, share, features in kept if share >= floor]
    common = spread((row.article, features) for row, _, features in kept)
    shapes = [
        {"lexicon": log_odds(share)} | {f"{n}={v}": 1.0 for n, v in features.items() if (n, v) in common}
        for _, share, features in kept
    ]
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=STRENGTH, max_iter=500, tol=1e-3)
    model.fit(vectorizer.fit_transform(shapes), numpy.array([row.right for row, _, _ in kept]))
    found = dict(zip(vectorizer.feature_names_, model.coef_[0].tolist(), strict=True))
    lexicon = found.pop("lexicon")
    features: dict[str, dict[str, float]] = {}
    for name, weight in sorted(found.items()):
        feature, _, value = name.partition("=")
        if abs(weight) >= 0.02:
            features.setdefault(feature, {})[value] = round(weight, 2)
    return Weights(round(float(model.intercept_[0]), 3), round(lexicon, 3), features)


def spread(seen: Iterable[tuple[int, dict[str, str]]]) -> set[tuple[str, str]]:
    """The (feature, value) pairs that stand often enough, and in enough articles, to be given a weight."""
    times: Counter = Counter()
    where: dict[tuple[str, str], set[int]] = defaultdict(set)
    for article, features in seen:
        for pair in features.items():
            times[pair] += 1
            where[pair].add(article)
    return {pair for pair, number in times.items() if number >= LEAST_SEEN and len(where[pair]) >= LEAST_SPREAD}


def calibrated(rulebook: Rulebook, rows: list[Row]) -> Rulebook:
    """The rulebook with the precisions and weights that judged candidates give."""
    stated = {rule.id: rule.confidence for rule in rulebook.rules}
    weights = learn(rows, held_out(rows, stated, rulebook), rulebook.settings.min_precision)
    return replace(rulebook, precisions=precisions(count(rows), stated), weights=weights)


def write(found: dict[str, Precision], path: Path) -> None:
    """Write the precisions as YAML that a person can read."""
    lines = ["# Counted on PolNeAR train by benchmarks/calibrate.py: [right, right to the word, seen]. Do not edit.\n"]
    for rule in sorted(found):
        lines.append(f"{rule}:\n  unseen: [{found[rule].unseen}, {found[rule].unseen_exact}]\n")
        cues = found[rule].cues
        if cues:
            lines.append("  cues:\n")
        for key in sorted(cues, key=lambda key: (-cues[key][2], key)):
            quoted = yaml.safe_dump(key, default_style='"', allow_unicode=True, width=1000).strip()
            lines.append(f"    {quoted}: [{', '.join(map(str, cues[key]))}]\n")
    path.write_text("".join(lines), encoding="utf-8")


def write_weights(weights: Weights, path: Path) -> None:
    """Write the weights as YAML that a person can read."""
    head = (
        "# Weights of evidence in log odds, learned on PolNeAR train by benchmarks/calibrate.py. Do not edit by hand.\n"
        "# A claim's confidence is 1 / (1 + e^-sum), the sum being bias + lexicon * log odds of the cue's precision\n"
        "# + the weight of each value below that the candidate has.\n"
    )
    tables = {"bias": weights.bias, "lexicon": weights.lexicon, **weights.features}
    body = yaml.safe_dump(tables, sort_keys=False, allow_unicode=True)
    path.write_text(head + body, encoding="utf-8")


def main() -> None:
    rulebook = load()
    rows = Split("train").rows(rulebook)
    found = calibrated(rulebook, rows)
    write(found.precisions, TARGET)
    write_weights(found.weights, WEIGHTS)
    counts = count(rows)
    for rule in sorted(found.precisions, key=lambda rule: -sum(cell.right for cell in counts[rule].values())):
        right = sum(cell.right for cell in counts[rule].values())
        seen = sum(cell.seen for cell in counts[rule].values())
        precision = found.precisions[rule]
        print(f"{rule:32} right {right:6} seen {seen:7} rare {precision.unseen:.3f} cues {len(precision.cues)}")


if __name__ == "__main__":
    main()

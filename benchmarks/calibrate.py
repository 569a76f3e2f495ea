"""Count on PolNeAR train how often candidates of each rule and cue are right: `rules/model/precisions.tsv`.

    python -m benchmarks.calibrate

A candidate is right when the scorer would pair it with a gold attribution, source included. Candidates inside another
gold content are left out, for the corpus marks only the outermost attribution. A cue is written down only when it was
seen in at least two articles; all others share the rule's rate for rare cues. Then the weights of the other evidence
are learned (`rules/model/weights.tsv`) with each cue's precision as the other folds give it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from benchmarks.judging import Row, Split, halves_of, other_half
from benchmarks.polnear import ROOT, Judge, pieces
from claims_cli.pipeline import ArticleReader, attributed
from claims_cli.pipeline.attribute.nesting import settle
from claims_cli.pipeline.encoder.evidence import NAMES
from claims_cli.pipeline.match.features import record
from claims_cli.rulebook import RuleSources, load
from claims_cli.rulebook.learned import PRECISIONS, READER_WEIGHTS, WEIGHTS, write_precisions, write_weights
from claims_cli.rulebook.model import ANY_RULE, STATED, Precision, Prior, Rule, Rulebook, Weights
from claims_cli.rulebook.odds import log_odds

SEED = 1  # of the small readers by whose evidence weights are learned
RARE = 3
RARE_IN_CLASS = 8
FOLDS = 10
LEAST_ARTICLES = 4
LEAST_SEEN = 30  # occurrences, in LEAST_SPREAD articles, of a value that gets a weight
LEAST_SPREAD = 10
LEAST_COUNTED = 12  # a rule that was seen less often keeps the confidence that it states
TELLING = 0.03  # how far a count must move a share to be written down
STRENGTH = 0.1  # of the weights: scikit-learn's C
MODEL = ROOT / "rules" / "model"


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


def precisions(counts: Counts, rulebook: Rulebook) -> dict[str, Precision]:
    """The counts as a rulebook keeps them."""
    rules = {rule.id: rule for rule in rulebook.rules}
    return {
        rule: of_rule(cells, rules.get(rule), rulebook)
        for rule, cells in counts.items()
        if sum(cell.seen for cell in cells.values()) >= LEAST_COUNTED and (rule not in rules or rules[rule].counted)
    }


def of_rule(cells: dict[str, Count], rule: Rule | None, rulebook: Rulebook) -> Precision:
    """The precision of one rule: the rates of rare cues, those of each class together, and cues that tell more.

    Cues of a class with a rate of its own say nothing of the rate of rare ones.
    """
    stated = rule.confidence if rule else 0.1
    rare = [cell for key, cell in cells.items() if cell.seen <= RARE and prior_of(rule, key, rulebook) is None]
    seen = sum(cell.seen for cell in rare) + STATED
    unseen = round((sum(cell.right for cell in rare) + STATED * stated) / seen, 3)
    unseen_exact = round((sum(cell.exact for cell in rare) + STATED * stated / 2) / seen, 3)
    kept = of_classes(cells, rule, rulebook)
    counted = replace(rulebook, precisions={rule.id: Precision(unseen, unseen_exact, dict(kept))}) if rule else rulebook
    for group in (first_words(cells), cells):
        known = Precision(unseen, unseen_exact, dict(kept))
        for key, cell in group.items():
            if len(cell.articles) >= LEAST_ARTICLES and tells(known, key, cell, prior_of(rule, key, counted)):
                kept[key] = (cell.right, cell.exact, cell.seen)
    return Precision(unseen, unseen_exact, kept)


def of_classes(cells: dict[str, Count], rule: Rule | None, rulebook: Rulebook) -> dict[str, tuple[int, int, int]]:
    """Counts of the rare cues of each class of attribution words, under the name of the class."""
    counts: dict[str, tuple[int, int, int]] = {}
    for key, cell in cells.items():
        known = rulebook.attribution.among(rule.parts, key.partition(" ")[0]) if rule else None
        if known is not None and rule.frame in known.frames and cell.seen <= RARE_IN_CLASS:
            right, exact, seen = counts.get(known.key, (0, 0, 0))
            counts[known.key] = right + cell.right, exact + cell.exact, seen + cell.seen
    return counts


def prior_of(rule: Rule | None, key: str, rulebook: Rulebook) -> Prior | None:
    """The class with a rate of its own that holds the cue of a key."""
    return rulebook.prior(rule, key.partition(" ")[0]) if rule else None


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


def tells(known: Precision, key: str, cell: Count, prior: Prior | None) -> bool:
    """Whether a count says something that what is known without it does not say."""
    before, before_exact = known.of(key.replace("*", "?"), prior=prior)
    after, after_exact = (
        (count + 2 * share) / (cell.seen + 2) for count, share in ((cell.right, before), (cell.exact, before_exact))
    )
    return max(abs(after - before), abs(after_exact - before_exact)) > TELLING and (after > 0.1 or before > 0.1)


def held_out(rows: list[Row], rulebook: Rulebook) -> list[tuple[float, dict[str, str]]]:
    """For each candidate the precision and the record of its cue by the other folds: what a new article would see."""
    rules = {rule.id: rule for rule in rulebook.rules}
    found: list = [None] * len(rows)
    for fold in range(FOLDS):
        known = precisions(count(row for row in rows if row.article % FOLDS != fold), rulebook)
        others = replace(rulebook, precisions=known)
        for index, row in enumerate(rows):
            if row.article % FOLDS == fold:
                rule, precision = rules[row.rule], known.get(row.rule)
                prior = prior_of(rule, row.key, others)
                stated = prior.right if prior else rule.confidence
                share = precision.of(row.key, others.doubt(row.cue_word), prior)[0] if precision else stated
                found[index] = share, record(known[ANY_RULE], row.cue_word)
    return found


def learn(rows: list[Row], known: list[tuple[float, dict[str, str]]], floor: float, reads: bool = False) -> Weights:
    """Weights of evidence by logistic regression, over the candidates whose cue reaches the floor.

    `reads`: whether what the small reader says is evidence too.
    """
    import numpy
    from scipy.sparse import hstack
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
    matrix = vectorizer.fit_transform(shapes)
    if reads:
        numbers = numpy.array([[(row.evidence or {})[name] for name in NAMES] for row, _, _ in kept])
        scale = numbers.std(0)
        matrix = hstack([matrix, numbers / scale]).tocsr()
    model = LogisticRegression(C=STRENGTH, max_iter=1000, tol=1e-3)
    model.fit(matrix, numpy.array([row.right for row, _, _ in kept]))
    learned = model.coef_[0].tolist()
    found = dict(zip(vectorizer.feature_names_, learned, strict=False))
    told = dict(zip(NAMES, learned[len(found) :] / scale, strict=True)) if reads else {}
    lexicon = found.pop("lexicon")
    features: dict[str, dict[str, float]] = {}
    for name, weight in sorted(found.items()):
        feature, _, value = name.partition("=")
        if abs(weight) >= 0.02:
            features.setdefault(feature, {})[value] = round(weight, 2)
    numbers = {name: round(float(weight), 3) for name, weight in told.items()}
    return Weights(round(float(model.intercept_[0]), 3), round(lexicon, 3), features, numbers)


def of_tagged(split: Split, rulebooks: Sequence[Rulebook]) -> list[tuple[int, dict[str, float], bool]]:
    """What only the small reader saw in each article, with what speaks for it, and whether it is right.

    `rulebooks` take turns (see `benchmarks.accuracy.in_folds`). What lies in another gold content is left out.
    """
    readers = [ArticleReader(rulebook) for rulebook in rulebooks]
    return [row for rows in split.map(tagged_in, readers) for row in rows]


def tagged_in(split: Split, number: int, readers: list[ArticleReader]) -> list[tuple[int, dict[str, float], bool]]:
    """The same of one article."""
    article, reader = split.articles[number], readers[number % len(readers)]
    found = attributed(reader.matched(article.read))
    settled, syntax, judge = settle(found, reader.rulebook.settings, reader.voices), found.syntax, Judge(article)
    rows = []
    for one in reader.tagged.found(settled):
        gold = judge.match(pieces(one.content, syntax), pieces(one.source, syntax), pieces(one.cue, syntax))
        if not judge.is_nested(pieces(one.cue, syntax), gold):
            rows.append((number, dict(one.candidate.evidence or {}), gold is not None))
    return rows


def learn_tagged(rows: list[tuple[int, dict[str, float], bool]]) -> dict[str, float]:
    """The weights of what speaks for an attribution that only the small reader saw."""
    import numpy
    from sklearn.linear_model import LogisticRegression

    names = [name for name in rows[0][1] if name != "tagged"]
    numbers = numpy.array([[evidence[name] for name in names] for _, evidence, _ in rows])
    scale = numbers.std(0)
    model = LogisticRegression(C=1.0).fit(numbers / scale, numpy.array([right for *_, right in rows]))
    weights = dict(zip(names, model.coef_[0] / scale, strict=True)) | {"tagged": model.intercept_[0]}
    return {name: round(float(weight), 3) for name, weight in weights.items()}


def with_tagged(rulebook: Rulebook, rows: list[tuple[int, dict[str, float], bool]]) -> Rulebook:
    """The rulebook with the weights that such rows teach."""
    weights = rulebook.reader_weights
    return replace(rulebook, reader_weights=replace(weights, numbers={**weights.numbers, **learn_tagged(rows)}))


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
    known, floor = held_out(rows, rulebook), rulebook.settings.min_precision
    counted = replace(rulebook, precisions=precisions(count(rows), rulebook), weights=learn(rows, known, floor))
    if rows[0].evidence is None:
        return counted
    return replace(counted, reader_weights=learn(rows, known, floor, reads=True))


def main() -> None:
    rulebook = load(RuleSources(fast=True))
    split = Split("train")
    rows = split.rows(rulebook, halves_of(SEED))
    found = calibrated(rulebook, rows)
    halves = [replace(found, reader=other_half(halves_of(SEED), number)) for number in (0, 1)]
    found = with_tagged(found, of_tagged(split, halves))
    write_precisions(found.precisions, MODEL / PRECISIONS)
    write_weights(found.weights, MODEL / WEIGHTS)
    write_weights(found.reader_weights, MODEL / READER_WEIGHTS)
    counts = count(rows)
    for rule in sorted(found.precisions, key=lambda rule: -sum(cell.right for cell in counts[rule].values())):
        right = sum(cell.right for cell in counts[rule].values())
        seen = sum(cell.seen for cell in counts[rule].values())
        precision = found.precisions[rule]
        print(f"{rule:32} right {right:6} seen {seen:7} rare {precision.unseen:.3f} cues {len(precision.cues)}")


if __name__ == "__main__":
    main()

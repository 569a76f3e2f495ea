"""Count on PolNeAR train how often candidates of each rule and cue are right: `rules/lexicons/precisions.yaml`.

    python -m benchmarks.calibrate

A candidate is right when the scorer would pair it with a gold attribution, source included. Candidates inside another
gold content are left out, for the corpus marks only the outermost attribution. A cue is written down only when it was
seen in at least two articles; all others share the rule's rate for rare cues. Then the weights of the other evidence
are learned (`rules/lexicons/weights.yaml`) with each cue's precision as the other folds give it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml
from spacy.language import Language

from benchmarks.polnear import ROOT, Article, Judge, articles, pieces
from claims_cli.pipeline import parser
from claims_cli.pipeline.candidates import CandidateFinder
from claims_cli.pipeline.evidence import logit
from claims_cli.pipeline.marks import Marks
from claims_cli.pipeline.quotations import quotations
from claims_cli.pipeline.spans import Attribution, SpanGrower
from claims_cli.rulebook import load
from claims_cli.rulebook.model import Precision, Rulebook, Settings, Weights

RARE = 3
STATED = 6  # how many occurrences the confidence that a rule states is worth
FOLDS = 10
LEAST_SEEN = 30
LEAST_COUNTED = 12  # a rule that was seen less often keeps the confidence that it states
WEIGHTS = ROOT / "rules" / "lexicons" / "weights.yaml"
TARGET = ROOT / "rules" / "lexicons" / "precisions.yaml"


def is_quotation(one: Attribution, marks: Marks) -> bool:
    """Whether a content begins with a quotation of the speaker's, which may go on elsewhere."""
    return marks.holder[one.content[0][0]] is not None and marks.holder[one.head] is None


@dataclass(frozen=True)
class Row:
    """One judged candidate."""

    article: int
    rule: str
    key: str
    right: bool
    exact: bool
    features: dict[str, str]


@dataclass
class Count:
    """How often a cue key of a rule was right, and in which articles it was seen."""

    right: int = 0
    exact: int = 0
    seen: int = 0
    articles: set[int] = field(default_factory=set)


Counts = dict[str, dict[str, Count]]


def uncalibrated(rulebook: Rulebook) -> Rulebook:
    """The rulebook without precisions: every candidate is found."""
    return replace(
        rulebook,
        precisions={},
        settings=Settings(0.0, 0.0, 0.0, 0.0),
        rules=tuple(replace(rule, confidence=1.0) for rule in rulebook.rules),
    )


def judged(article: Article, finder: CandidateFinder, number: int) -> Iterator[Row]:
    """Every candidate of an article that does not lie in another gold content."""
    doc = finder(quotations(article.doc))
    syntax, marks = doc.user_data["syntax"], doc.user_data["marks"]
    grower, judge = SpanGrower(syntax, marks), Judge(article)
    for one in doc.user_data["candidates"]:
        grown = grower.grow(one)
        if grown is None:
            continue
        by_piece = is_quotation(grown, marks)
        content, source = pieces(grown.content, syntax), pieces(grown.source, syntax)
        gold = judge.match(content, source, pieces(grown.cue, syntax) if by_piece else ())
        if judge.is_nested(pieces(grown.cue, syntax), gold):
            continue
        exact = gold is not None and judge.is_exact(content, gold, by_piece)
        features = finder.evidence.features(syntax, marks, one.rule, one.tokens, one.quotation)
        yield Row(number, one.rule.id, one.key, gold is not None, exact, features)


def count(rows: Iterable[Row]) -> Counts:
    """Counts by rule and cue over judged candidates."""
    counts: Counts = defaultdict(lambda: defaultdict(Count))
    for row in rows:
        cell = counts[row.rule][row.key]
        cell.seen += 1
        cell.right += row.right
        cell.exact += row.exact
        cell.articles.add(row.article)
    return counts


def precisions(counts: Counts, stated: dict[str, float]) -> dict[str, Precision]:
    """The counts as a rulebook keeps them."""
    return {
        rule: of_rule(cells, stated[rule])
        for rule, cells in counts.items()
        if sum(cell.seen for cell in cells.values()) >= LEAST_COUNTED
    }


def of_rule(cells: dict[str, Count], stated: float) -> Precision:
    """The precision of one rule: the rate of rare cues, then first words, then whole keys, where they tell more."""
    rare = [cell for cell in cells.values() if cell.seen <= RARE]
    seen = sum(cell.seen for cell in rare) + STATED
    unseen = round((sum(cell.right for cell in rare) + STATED * stated) / seen, 3)
    unseen_exact = round((sum(cell.exact for cell in rare) + STATED * stated / 2) / seen, 3)
    kept: dict[str, tuple[int, int, int]] = {}
    for group in (first_words(cells), cells):
        known = Precision(unseen, unseen_exact, dict(kept))
        for key, cell in group.items():
            if len(cell.articles) >= 2 and tells(known, key, cell):
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
    return max(abs(after - before), abs(after_exact - before_exact)) > 0.12 and (after > 0.2 or before > 0.2)


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


def judged_split(split: str, nlp: Language, rulebook: Rulebook) -> list[Row]:
    """Judged candidates of every article of a split."""
    finder = CandidateFinder(uncalibrated(rulebook))
    return [row for number, one in enumerate(articles(split, nlp)) for row in judged(one, finder, number)]


def held_out(rows: list[Row], stated: dict[str, float]) -> list[float]:
    """For each candidate the precision of its cue as counted on the other folds: what a new article would see."""
    shares = [0.0] * len(rows)
    for fold in range(FOLDS):
        known = precisions(count(row for row in rows if row.article % FOLDS != fold), stated)
        for index, row in enumerate(rows):
            if row.article % FOLDS == fold:
                shares[index] = known[row.rule].of(row.key)[0] if row.rule in known else stated[row.rule]
    return shares


def learn(rows: list[Row], shares: list[float], floor: float) -> Weights:
    """Weights of evidence by logistic regression, over the candidates whose cue reaches the floor."""
    import numpy
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    kept = [(row, share) for row, share in zip(rows, shares, strict=True) if share >= floor]
    values = Counter(pair for row, _ in kept for pair in row.features.items())
    common = {pair for pair, seen in values.items() if seen >= LEAST_SEEN}
    shapes = [{f"{n}={v}": 1.0 for n, v in row.features.items() if (n, v) in common} for row, _ in kept]
    for shape, (_, share) in zip(shapes, kept, strict=True):
        shape["lexicon"] = logit(share)
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=0.5, max_iter=2000)
    model.fit(vectorizer.fit_transform(shapes), numpy.array([row.right for row, _ in kept]))
    found = dict(zip(vectorizer.feature_names_, model.coef_[0].tolist(), strict=True))
    lexicon = found.pop("lexicon")
    features: dict[str, dict[str, float]] = {}
    for name, weight in sorted(found.items()):
        feature, _, value = name.partition("=")
        if abs(weight) >= 0.02:
            features.setdefault(feature, {})[value] = round(weight, 2)
    return Weights(round(float(model.intercept_[0]), 3), round(lexicon, 3), features)


def write_weights(weights: Weights, path: Path) -> None:
    """Write the weights as YAML that a person can read."""
    head = (
        "# Weights of evidence in log odds, learned on PolNeAR train by benchmarks/calibrate.py. Do not edit by hand.\n"
        "# A claim's confidence is 1 / (1 + e^-sum), the sum being bias + lexicon * log odds of the cue's precision\n"
        "# + the weight of each value below that the candidate has.\n"
    )
    body = yaml.safe_dump({"bias": weights.bias, "lexicon": weights.lexicon, **weights.features}, sort_keys=False)
    path.write_text(head + body, encoding="utf-8")


def main() -> None:
    rulebook = load()
    stated = {rule.id: rule.confidence for rule in rulebook.rules}
    rows = judged_split("train", parser(), rulebook)
    found = precisions(count(rows), stated)
    write(found, TARGET)
    write_weights(learn(rows, held_out(rows, stated), rulebook.settings.floor), WEIGHTS)
    counts = count(rows)
    for rule in sorted(found, key=lambda rule: -sum(cell.right for cell in counts[rule].values())):
        right = sum(cell.right for cell in counts[rule].values())
        seen = sum(cell.seen for cell in counts[rule].values())
        print(f"{rule:32} right {right:6} seen {seen:7} rare {found[rule].unseen:.3f} cues {len(found[rule].cues)}")


if __name__ == "__main__":
    main()

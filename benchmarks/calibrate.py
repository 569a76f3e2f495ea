"""Count on PolNeAR train how often candidates of each rule and cue are right: `rules/lexicons/precisions.yaml`.

    python -m benchmarks.calibrate

A candidate is right when the scorer would pair it with a gold attribution, source included. Candidates inside another
gold content are left out, for the corpus marks only the outermost attribution. A cue is written down only when it was
seen in at least two articles; all others share the rule's rate for rare cues.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml
from spacy.language import Language

from benchmarks.polnear import ROOT, Article, Judge, articles
from claims_cli.pipeline import parser
from claims_cli.pipeline.candidates import CandidateFinder
from claims_cli.pipeline.quotations import quotations
from claims_cli.pipeline.spans import SpanGrower
from claims_cli.rulebook import load
from claims_cli.rulebook.model import Precision, Rulebook, Settings

RARE = 3
TARGET = ROOT / "rules" / "lexicons" / "precisions.yaml"


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
    return replace(rulebook, precisions={}, settings=Settings(0.0, 0.0, 0.0))


def pieces(runs, syntax) -> list[tuple[int, int]]:
    """Token runs as code points."""
    return [(syntax.start[first], syntax.end[last]) for first, last in runs]


def judged(article: Article, finder: CandidateFinder):
    """(rule, key, right, exact) of every candidate of an article that does not lie in another gold content."""
    doc = finder(quotations(article.doc))
    syntax = doc.user_data["syntax"]
    grower, judge = SpanGrower(syntax, doc.user_data["marks"]), Judge(article)
    for candidate in doc.user_data["candidates"]:
        grown = grower.grow(candidate)
        if grown is None:
            continue
        gold = judge.match(pieces(grown.content, syntax), pieces(grown.source, syntax))
        if not judge.is_nested(pieces(grown.cue, syntax), gold):
            exact = gold is not None and judge.is_exact(pieces(grown.content, syntax), gold)
            yield candidate.rule.id, candidate.key, gold is not None, exact


def count(rows: list[list[tuple[str, str, bool, bool]]]) -> Counts:
    """Counts by rule and cue over the judged candidates of articles."""
    counts: Counts = defaultdict(lambda: defaultdict(Count))
    for number, article in enumerate(rows):
        for rule, key, right, exact in article:
            cell = counts[rule][key]
            cell.seen += 1
            cell.right += right
            cell.exact += exact
            cell.articles.add(number)
    return counts


def precisions(counts: Counts) -> dict[str, Precision]:
    """The counts as a rulebook keeps them."""
    return {rule: of_rule(cells) for rule, cells in counts.items()}


def of_rule(cells: dict[str, Count]) -> Precision:
    """The precision of one rule: the rate of rare cues, then first words, then whole keys, where they tell more."""
    rare = [cell for cell in cells.values() if cell.seen <= RARE]
    seen = sum(cell.seen for cell in rare) + 4
    unseen = round((sum(cell.right for cell in rare) + 1) / seen, 3)
    unseen_exact = round((sum(cell.exact for cell in rare) + 0.5) / seen, 3)
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
    after, after_exact = ((count + 2 * share) / (cell.seen + 2) for count, share in ((cell.right, before), (cell.exact, before_exact)))
    return max(abs(after - before), abs(after_exact - before_exact)) > 0.12 and (after > 0.2 or before > 0.2)


def write(found: dict[str, Precision], path: Path) -> None:
    """Write the precisions as YAML that a person can read."""
    lines = ["# Counted on PolNeAR train by benchmarks/calibrate.py: cue: [right, right to the word, seen]. Do not edit by hand.\n"]
    for rule in sorted(found):
        lines.append(f"{rule}:\n  unseen: [{found[rule].unseen}, {found[rule].unseen_exact}]\n")
        cues = found[rule].cues
        if cues:
            lines.append("  cues:\n")
        for key in sorted(cues, key=lambda key: (-cues[key][2], key)):
            quoted = yaml.safe_dump(key, default_style='"', allow_unicode=True, width=1000).strip()
            lines.append(f"    {quoted}: [{', '.join(map(str, cues[key]))}]\n")
    path.write_text("".join(lines), encoding="utf-8")


def judged_split(split: str, nlp: Language, rulebook: Rulebook) -> list[list[tuple[str, str, bool, bool]]]:
    """Judged candidates of every article of a split."""
    finder = CandidateFinder(uncalibrated(rulebook))
    return [list(judged(article, finder)) for article in articles(split, nlp)]


def main() -> None:
    TARGET.unlink(missing_ok=True)
    counts = count(judged_split("train", parser(), load()))
    found = precisions(counts)
    write(found, TARGET)
    for rule in sorted(counts, key=lambda rule: -sum(cell.right for cell in counts[rule].values())):
        right = sum(cell.right for cell in counts[rule].values())
        seen = sum(cell.seen for cell in counts[rule].values())
        print(f"{rule:32} right {right:6} seen {seen:7} rare {found[rule].unseen:.3f} cues {len(found[rule].cues)}")


if __name__ == "__main__":
    main()

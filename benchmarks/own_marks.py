"""By how much `claims calibrate` betters the confidence: 200 marks of one outlet, measured on the rest of that outlet.

    python -m benchmarks.own_marks                  seven outlets of PolNeAR train, each unknown to the rules' numbers
    python -m benchmarks.own_marks --marks 100      with fewer marks
    python -m benchmarks.own_marks --draws 50       with more draws of each outlet

For each outlet precisions and weights are learned on the other six (the rules read alone), so that its claims have the
confidence that a newsroom would see whose texts nobody has counted. The claims that are shown are judged by the gold
attributions; a share of them, drawn by chance, are the marks, and the others tell how close the confidence comes
(Brier score, log loss: less is better) before and after. What lies inside another gold content is left out, for the
corpus marks only outermost attributions.
"""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.calibrate import calibrated
from benchmarks.judging import Split
from benchmarks.outcomes import Components
from benchmarks.polnear import Judge, pieces
from claims_cli.rulebook import RuleSources, load

KEPT = Path(tempfile.gettempdir()) / "claims-own-marks.json"


def outlet_of(name: str) -> str:
    """The outlet of an article."""
    return name.partition("_")[0]


def judged_in(split: Split, number: int, components: dict[str, Components]) -> list[tuple[str, str, str, float, bool]]:
    """The shown claims of one article: outlet, article, rule, confidence, and whether the gold has it."""
    article, outlet = split.articles[number], outlet_of(split.articles[number].name)
    own, judge, found = components[outlet], Judge(article), []
    read = own.read(article)
    for one in own.outermost(read):
        content, source, cue = (pieces(part, read.syntax) for part in (one.content, one.source, one.cue))
        gold = judge.match(content, source, cue)
        if not judge.is_nested(cue, gold):
            found.append((outlet, article.name, one.candidate.rule.id, one.score, gold is not None))
    return found


def unknown_outlets(split: Split) -> Iterator[tuple[str, Components]]:
    """For each outlet the rules with the numbers that the other outlets teach."""
    rulebook = load(RuleSources(fast=True))
    rows = split.rows(rulebook)
    outlets = [outlet_of(article.name) for article in split.articles]
    for outlet in sorted(set(outlets)):
        print(outlet, flush=True)
        yield outlet, Components(calibrated(rulebook, [row for row in rows if outlets[row.article] != outlet]))


def main() -> None:
    split = Split("train")
    print("parsed", flush=True)
    found = [row for rows in split.map(judged_in, dict(unknown_outlets(split))) for row in rows]
    KEPT.write_text(json.dumps(found))
    print(len(found), sum(r[-1] for r in found) / len(found))


if __name__ == "__main__":
    main()

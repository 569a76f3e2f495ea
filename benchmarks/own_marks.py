"""By how much `claims calibrate` betters the confidence: 200 marks of one outlet, measured on the rest of that outlet.

    python -m benchmarks.own_marks                  seven outlets of PolNeAR train, each unknown to the rules' numbers
    python -m benchmarks.own_marks dev              PolNeAR dev as one corpus, by the tool as it is shipped
    python -m benchmarks.own_marks --exact          by coders for whom what was said must be right to the word
    python -m benchmarks.own_marks --marks 100      with fewer marks; --draws 50 with more draws

On train, precisions and weights are learned on the six other outlets for each (the rules read alone), so that its
claims have the confidence that a newsroom would see whose texts nobody has counted. Claims that are shown are judged by
the gold attributions; some drawn by chance are the marks, and all others tell how close the confidence comes to what
is right (Brier score, log loss: less is better) as shipped, calibrated in any case, and as the command does it, which
keeps only what was better in its folds. Claims inside another gold content are left out, for the corpus marks only
outermost attributions.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import fmean

from benchmarks.calibrate import calibrated
from benchmarks.judging import Split, is_quotation
from benchmarks.outcomes import Components
from benchmarks.polnear import Judge, pieces
from claims_cli.rulebook import RuleSources, load
from claims_cli.sampling.logistic import Case, Loss, learned, loss, trial

MARKS, DRAWS, SEED = 200, 20, 7
WHOLE = "dev, all outlets"
WAYS = ("shipped", "always", "command")
Row = tuple[str, str, str, float, bool, bool]


def outlet_of(name: str) -> str:
    """The outlet of an article."""
    return name.partition("_")[0]


def judged_in(split: Split, number: int, components: dict[str, Components]) -> list[Row]:
    """The shown claims of one article: corpus, article, rule, confidence, whether the gold has it, and to the word."""
    article = split.articles[number]
    corpus = outlet_of(article.name) if outlet_of(article.name) in components else WHOLE
    own, judge, found = components[corpus], Judge(article), []
    read = own.read(article)
    for one in own.outermost(read):
        content, source, cue = (pieces(part, read.syntax) for part in (one.content, one.source, one.cue))
        gold = judge.match(content, source, cue)
        if not judge.is_nested(cue, gold):
            by_piece = is_quotation(one, read.quotations)
            exact = gold is not None and judge.is_exact(content, gold, by_piece)
            found.append((corpus, article.name, one.candidate.rule.id, one.score, gold is not None, exact))
    return found


def unknown_outlets(split: Split) -> Iterator[tuple[str, Components]]:
    """For each outlet the rules with the numbers that the other outlets teach."""
    rulebook = load(RuleSources(fast=True))
    rows = split.rows(rulebook)
    outlets = [outlet_of(article.name) for article in split.articles]
    for outlet in sorted(set(outlets)):
        yield outlet, Components(calibrated(rulebook, [row for row in rows if outlets[row.article] != outlet]))


def judged(part: str, exactly: bool) -> dict[str, list[Case]]:
    """The claims of each corpus, judged; kept in the temporary folder for the next time."""
    kept = Path(tempfile.gettempdir()) / f"claims-own-marks-{part}-{load().fingerprint}.json"
    if not kept.exists():
        split = Split(part)
        components = {WHOLE: Components(load())} if part == "dev" else dict(unknown_outlets(split))
        kept.write_text(json.dumps([row for rows in split.map(judged_in, components) for row in rows]))
    found: dict[str, list[Case]] = {}
    for corpus, article, rule, share, is_right, exact in json.loads(kept.read_text()):
        found.setdefault(corpus, []).append(Case(share, rule, exact if exactly else is_right, article))
    return found


@dataclass(frozen=True)
class Draw:
    """One draw of marks, measured on what was not drawn.

    Attributes:
        shipped, always: the loss as shipped, and calibrated; kept: whether the command keeps it.
    """

    shipped: Loss
    always: Loss
    kept: bool

    @property
    def command(self) -> Loss:
        """The loss after the command."""
        return self.always if self.kept else self.shipped


def drawn(cases: Sequence[Case], marks: int, random: Random) -> Draw:
    """Mark some claims, learn, and measure on the others."""
    places = set(random.sample(range(len(cases)), marks))
    own = [case for place, case in enumerate(cases) if place in places]
    rest = [case for place, case in enumerate(cases) if place not in places]
    made = learned(own)
    before, after = [case.share for case in rest], [made.after(case.share, case.key) for case in rest]
    return Draw(loss(rest, before), loss(rest, after), trial(own).is_better)


def row_of(name: str, cases: Sequence[Case], draws: Sequence[Draw]) -> str:
    """What is printed of one corpus."""
    right = sum(case.is_right for case in cases) / len(cases)
    said = sum(case.share for case in cases) / len(cases)
    cells = [f"{name:<17} {len(cases):>6} {said:>5.3f} {right:>6.3f} "]
    for kind in ("brier", "log_loss"):
        cells += [f" {fmean(getattr(getattr(draw, way), kind) for draw in draws):.4f}" for way in WAYS]
    kept = sum(draw.kept for draw in draws)
    worse = sum(draw.command.brier > draw.shipped.brier for draw in draws)
    return " ".join([*cells, f"{f'{kept}/{len(draws)}':>7} {worse:>6}"])


def lines(part: str, exactly: bool, marks: int, draws: int, seed: int) -> Iterator[str]:
    """What is printed."""
    told = " right to the word" if exactly else ""
    yield f"PolNeAR {part}, {marks} marks{told}, {draws} draws, seed {seed}; on all other claims of the same"
    yield f"{'':<37}{'Brier score':<24} {'log loss':<24} draws"
    yield f"{'corpus':<17} claims  said  right  {' '.join(f'{way:>7}' for way in WAYS * 2)}    kept  worse"
    every: list[Draw] = []
    corpora = judged(part, exactly)
    for name, cases in sorted(corpora.items()):
        found = [drawn(cases, marks, Random(f"{seed} {name} {number}")) for number in range(draws)]
        every += found
        yield row_of(name, cases, found)
    if len(corpora) > 1:
        yield row_of("all", [case for cases in corpora.values() for case in cases], every)


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("part", nargs="?", default="train", choices=("train", "dev"))
    options.add_argument("--exact", action="store_true", help="content must be right to the word")
    options.add_argument("--marks", type=int, default=MARKS, metavar="N", help="how many claims are marked")
    options.add_argument("--draws", type=int, default=DRAWS, metavar="N", help="how often they are drawn")
    options.add_argument("--seed", type=int, default=SEED, metavar="N")
    given = options.parse_args()
    for line in lines(given.part, given.exact, given.marks, given.draws, given.seed):
        print(line, flush=True)


if __name__ == "__main__":
    main()

"""How far a reader can trust what `extract` prints on PolNeAR dev: precision, and what a confidence means.

    python -m benchmarks.reader

Of the outermost claims that plain `extract` prints (types that are said, from 0.40), and of those of `--strict`, the
share that pairs with a gold attribution (its content; and its source too). Then, over claims of every type: precision
and recall from four confidences, and the expected calibration error, the mean over ten equal ranges of confidence of
the difference between confidence and the share that was right (an attribution of the scorer), weighted by claims
(Naeini, Cooper and Hauskrecht, AAAI 2015).
"""

from dataclasses import dataclass
from pathlib import Path

from benchmarks.polnear import FOLDER, scorer
from claims_cli.claim import SAID, Claim
from claims_cli.evaluation.attributions import Attribution
from claims_cli.evaluation.pairing import outermost, pairs, worded
from claims_cli.evaluation.words import Words
from claims_cli.extraction import Extractor
from claims_cli.inputs.readers import read_one
from claims_cli.inputs.walking import inputs
from claims_cli.rulebook import load

RANGES = 10
STEPS = (0.40, 0.50, 0.70, 0.90)


@dataclass(frozen=True)
class Verdict:
    """One outermost claim: whether its content pairs with a gold one, and its source too."""

    claim: Claim
    detected: bool
    right: bool


def shape_of(claim: Claim) -> Attribution:
    """A claim as attributions are compared."""
    source, cue = (part.spans if part else () for part in (claim.source, claim.cue))
    return Attribution(source, cue, claim.content.spans, claim=claim)


def verdicts(text: str, gold: list, claims: list[Claim]) -> list[Verdict]:
    """The outermost of an article's claims, judged one to one as PolNeAR's scorer judges."""
    words = Words(text)
    found = [worded(one, words) for one in outermost([shape_of(claim) for claim in claims if not claim.nested])]
    wanted = [worded(Attribution(*map(tuple, (one.source, one.cue, one.content))), words) for one in gold]
    paired = {id(pair.found): pair.same_source for pair in pairs(wanted, found)}
    return [Verdict(one.attribution.claim, id(one) in paired, paired.get(id(one), False)) for one in found]


def judged() -> tuple[list[Verdict], dict[float, list[Verdict]], int]:
    """Verdicts from 0.05 up, those over what is shown from each step (which nests anew), and the number of gold."""
    gold = {name: (text, marks) for name, text, marks in scorer().corpus(FOLDER, "dev")}
    documents = [read_one(item) for item in inputs([str(FOLDER / "dev" / "text")])]
    steps: dict[float, list[Verdict]] = {step: [] for step in STEPS}
    every: list[Verdict] = []
    for document, claims in Extractor().extract(documents):
        text, marks = gold[Path(document.path).stem]
        every += verdicts(text, marks, claims)
        for step, kept in steps.items():
            kept += verdicts(text, marks, [claim for claim in claims if claim.confidence >= step])
    return every, steps, sum(len(marks) for _, marks in gold.values())


def calibration_error(found: list[Verdict]) -> float:
    """Expected calibration error over equal ranges of confidence."""
    error = 0.0
    for place in range(RANGES):
        bottom, top = place / RANGES, (place + 1) / RANGES
        held = [one for one in found if bottom <= one.claim.confidence < top or one.claim.confidence == top == 1]
        if held:
            mean = sum(one.claim.confidence for one in held) / len(held)
            share = sum(one.right for one in held) / len(held)
            print(f"    {bottom:.1f}-{top:.1f}  claims {len(held):5}  confidence {mean:.3f}  right {share:.3f}")
            error += abs(mean - share) * len(held) / len(found)
    return error


def main() -> None:
    settings = load().settings
    every, steps, gold = judged()
    print("what is shown, of types that are said")
    for name, step in (("extract", settings.threshold), ("extract --strict", settings.strict)):
        shown = [one for one in steps[step] if one.claim.type in SAID]
        detected, right = sum(one.detected for one in shown), sum(one.right for one in shown)
        print(f"  {name:18} claims {len(shown):5}  pair with a gold attribution {detected / len(shown):.3f}", end="")
        print(f"  source too {right / len(shown):.3f}  recall of all gold {detected / gold:.3f}")
    print("claims of every type, by confidence (attribution of the scorer)")
    for step, kept in steps.items():
        right = sum(one.right for one in kept)
        print(f"  from {step:.2f}  precision {right / len(kept):.3f}  recall {right / gold:.3f}")
    print("calibration, claims of every type that are shown")
    shown = [one for one in every if one.claim.confidence >= settings.threshold]
    print(f"  expected calibration error {calibration_error(shown):.3f}")


if __name__ == "__main__":
    main()

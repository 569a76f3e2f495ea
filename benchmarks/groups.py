"""How often a claim is right, by how it was found and what it is: on PolNeAR dev, and its speaker on read texts.

    python -m benchmarks.groups                     every breakdown
    python -m benchmarks.groups confidence rule     some of them

Claims of every type from the default threshold, outermost, on PolNeAR's dev part: `right` where content and source are
those of a marked attribution, with Wilson's 95 % interval. By `basis` it is the speaker that is judged: on GUM's chains
of mentions (`benchmarks.coreference`) and on the 20 articles annotated by reading (`benchmarks.annotated`, by the rules
alone), `wrong` where somebody else is named. Groups of fewer than 20 are told together.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from benchmarks.annotated import articles
from benchmarks.coreference import judged as judged_by_chains
from benchmarks.corpora import bare
from benchmarks.reader import Verdict, judged
from claims_cli.claim import Claim
from claims_cli.evaluation.measuring import attribution_of
from claims_cli.evaluation.pairing import pairs, worded
from claims_cli.evaluation.words import Words
from claims_cli.names import folded_name
from claims_cli.rulebook import load
from claims_cli.store.stats import interval

LEAST = 20
OTHERS = "(fewer than 20 each)"
STEPS = (0.40, 0.55, 0.70, 0.85, 0.95)


@cache
def verdicts() -> list[Verdict]:
    """Every claim on dev that is shown, judged."""
    _, steps, _ = judged()
    return steps[load().settings.threshold]


def stretch(claim: Claim) -> str:
    """Between which steps a confidence lies."""
    bottom = max(step for step in STEPS if step <= claim.confidence)
    above = [step for step in STEPS if step > bottom]
    return f"{bottom:.2f} to {above[0]:.2f}" if above else f"{bottom:.2f} and more"


def outlet(claim: Claim) -> str:
    """The outlet that the name of a file of PolNeAR begins with."""
    return Path(claim.doc).name.split("_")[0]


BREAKDOWNS: dict[str, Callable[[Claim], str]] = {
    "confidence": stretch,
    "type": lambda claim: claim.type,
    "quotation": lambda claim: claim.quote,
    "outlet": outlet,
    "rule": lambda claim: claim.rule,
}


def of_claims(name: str) -> Iterator[str]:
    """How many claims of each group are right."""
    counts: dict[str, list[bool]] = defaultdict(list)
    for one in verdicts():
        counts[BREAKDOWNS[name](one.claim)].append(one.right)
    ordered = sorted(counts, key=(lambda group: group) if name == "confidence" else lambda group: -len(counts[group]))
    yield f"{name:34}{'claims':>8}{'right':>8}{'95 %':>16}"
    small = [verdict for group in ordered if len(counts[group]) < LEAST for verdict in counts[group]]
    rows = [(group, counts[group]) for group in ordered if len(counts[group]) >= LEAST]
    for group, found in (*rows, *([(OTHERS, small)] if small else [])):
        _, low, high = interval(sum(found), len(found))
        yield f"{group:34}{len(found):8}{sum(found) / len(found):8.3f}{f'{low:.3f}–{high:.3f}':>16}"


def read_speakers() -> Iterator[tuple[str, str]]:
    """On the 20 articles: the basis of each found claim's speaker, and the verdict."""
    for document, gold, claims in articles():
        words = Words(document.text)
        found = [worded(attribution_of(claim), words) for claim in claims]
        for pair in pairs([worded(one, words) for one in gold], found):
            claim = pair.found.attribution.claim
            if not pair.same_source or pair.gold.attribution.doubtful:
                continue
            wanted, told = (folded_name(bare("speaker", name) or "") for name in
                            (pair.gold.attribution.stated["speaker"], claim.speaker))  # fmt: skip
            yield claim.speaker_basis, "right" if wanted == told else "wrong" if claim.named else "words"


def of_speakers(title: str, found: Iterable[tuple[str, str]]) -> Iterator[str]:
    """How many speakers of each basis are right, somebody else, or the bare words."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for basis, verdict in found:
        counts[basis][verdict] += 1
    yield f"{title:34}{'claims':>8}{'right':>8}{'wrong':>8}{'words':>8}"
    rows = sorted(counts.items(), key=lambda row: -row[1].total())
    small = sum((one for _, one in rows if one.total() < LEAST), Counter())
    kept = [row for row in rows if row[1].total() >= LEAST]
    for basis, one in (*kept, *([(OTHERS, small)] if small else [])):
        shares = "".join(f"{one[verdict] / one.total():8.3f}" for verdict in ("right", "wrong", "words"))
        yield f"{basis:34}{one.total():8}{shares}"


def main() -> None:
    """Run."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("wanted", nargs="*", default=[*BREAKDOWNS, "basis"], metavar="NAME")
    asked = options.parse_args().wanted
    unknown = set(asked) - {*BREAKDOWNS, "basis"}
    if unknown:
        options.error(f"no breakdown is called {', '.join(sorted(unknown))}: {', '.join((*BREAKDOWNS, 'basis'))}")
    for name in asked:
        if name == "basis":
            told = ((claim.speaker_basis, verdict) for _, claim, _, verdict in judged_by_chains())
            print(*of_speakers("basis, GUM", told), "", sep="\n")
            print(*of_speakers("basis, 20 articles", read_speakers()), "", sep="\n")
        else:
            print(*of_claims(name), "", sep="\n")


if __name__ == "__main__":
    main()

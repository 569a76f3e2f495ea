"""What the rules cost: the share of each pipeline component, and of each rule in the matching.

    python -m benchmarks.rule_costs [FOLDER]        a folder of texts, by default PolNeAR dev

Components are timed one after the other over the same documents, the medians of five runs taken; the rulebook (matching
and weighing, `claims_candidates`) may cost at most 10 % of the whole. Rules are then matched one by one.
"""

import statistics
import sys
import time
from pathlib import Path

from spacy.tokens import Doc

from benchmarks.polnear import FOLDER
from claims_cli.inputs.readers import read_one
from claims_cli.inputs.walking import inputs
from claims_cli.pipeline import build
from claims_cli.pipeline.match.candidates import CandidateFinder
from claims_cli.pipeline.match.patterns import Pattern, worthwhile_cues
from claims_cli.pipeline.parse.paragraphs import readable
from claims_cli.rulebook import load

RUNS = 5
MATCHING = "claims_candidates"


def component_seconds(texts: list[str]) -> tuple[dict[str, float], list[Doc]]:
    """The wall time of the tokenizer and of each component in one run, and the finished documents."""
    nlp = build()
    began = time.perf_counter()
    docs = [nlp.make_doc(text) for text in texts]
    spent = {"tokenizer": time.perf_counter() - began}
    for name, component in nlp.pipeline:
        began = time.perf_counter()
        docs = list(component.pipe(docs, batch_size=64)) if hasattr(component, "pipe") else [component(d) for d in docs]
        spent[name] = time.perf_counter() - began
    return spent, docs


def rule_seconds(docs: list[Doc]) -> dict[str, float]:
    """The wall time of matching each rule alone."""
    rulebook = load()
    finder = CandidateFinder(rulebook)
    spent = {}
    for rule in (rule for rule in rulebook.rules if not rule.attach_to):
        pattern = Pattern(rule, worthwhile_cues(rule, rulebook))
        began = time.perf_counter()
        for doc in docs:
            syntax, marks = doc.user_data["syntax"], doc.user_data["marks"]
            for cue in range(syntax.length):
                if (pattern.pos is None or syntax.pos[cue] in pattern.pos) and pattern.takes(syntax.lemma[cue]):
                    finder.at(syntax, marks, pattern, cue)
        spent[rule.id] = time.perf_counter() - began
    return spent


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER / "dev" / "text"
    texts = [readable(read_one(item).text) for item in inputs([str(folder)])]
    runs = [component_seconds(texts) for _ in range(RUNS)]
    medians = {name: statistics.median(spent[name] for spent, _ in runs) for name in runs[0][0]}
    whole = sum(medians.values())
    for name, seconds in medians.items():
        print(f"{name:20} {seconds:7.3f} s {seconds / whole:6.1%}")
    share = medians[MATCHING] / whole
    print(f"the rulebook costs {share:.1%} of {whole:.2f} s over {len(texts)} texts (at most 10 %)\n")
    spent = rule_seconds(runs[-1][1])
    total = sum(spent.values())
    print(f"matching each rule alone: {total:.3f} s, the costliest first")
    for rule, seconds in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"{rule:32} {seconds * 1000:7.1f} ms {seconds / total:6.1%}")


if __name__ == "__main__":
    main()

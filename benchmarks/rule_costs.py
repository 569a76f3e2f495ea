"""What the rules cost: the share of each step, and of each rule in the matching.

    python -m benchmarks.rule_costs [FOLDER]        a folder of texts, by default PolNeAR dev

Steps are timed one after the other over the same documents, the medians of five runs taken; the rulebook (matching,
weighing and choosing) may cost at most 10 % of the whole. Rules are then matched one by one.
"""

import statistics
import sys
import time
from pathlib import Path

from spacy.language import Language

from benchmarks.polnear import FOLDER
from claims_cli.inputs.readers import read_one
from claims_cli.inputs.walking import inputs
from claims_cli.pipeline import ArticleReader, attributed, parsed, parser
from claims_cli.pipeline.article import Article
from claims_cli.pipeline.attribute.nesting import settle
from claims_cli.pipeline.match.patterns import Pattern, worthwhile_cues
from claims_cli.pipeline.parse.reading import Reading
from claims_cli.pipeline.resolve import resolved
from claims_cli.rulebook import load
from claims_cli.rulebook.model import Rulebook

RUNS = 5
MATCHING = "matching"


def step_seconds(nlp: Language, rulebook: Rulebook, texts: list[str]) -> tuple[dict[str, float], list[Article]]:
    """The wall time of the model and of each step behind it in one run, and the articles as they were parsed."""
    reader, spent = ArticleReader(rulebook), {}

    def timed(name: str, work, items: list) -> list:
        began = time.perf_counter()
        results = [work(item) for item in items]
        spent[name] = time.perf_counter() - began
        return results

    articles = timed("model", lambda doc: parsed(nlp(doc), rulebook), [nlp.make_doc(text) for text in texts])
    matched = timed(MATCHING, reader.matched, articles)
    grown = timed("spans", attributed, matched)
    nested = timed("nesting", lambda article: settle(article, rulebook.settings, reader.voices), grown)
    timed("speakers", lambda article: resolved(article, rulebook), nested)
    return spent, articles


def rule_seconds(rulebook: Rulebook, articles: list[Article]) -> dict[str, float]:
    """The wall time of matching each rule alone."""
    spent = {}
    for rule in (rule for rule in rulebook.rules if rule.finds):
        pattern = Pattern(rule, worthwhile_cues(rule, rulebook))
        began = time.perf_counter()
        for syntax, quotations in ((article.syntax, article.quotations) for article in articles):
            for cue in range(syntax.length):
                if (pattern.pos is None or syntax.pos[cue] in pattern.pos) and pattern.takes(syntax.lemma[cue]):
                    pattern.matches(syntax, quotations, {"cue": cue})
        spent[rule.id] = time.perf_counter() - began
    return spent


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER / "dev" / "text"
    texts = [Reading.of(read_one(item).text).prepared for item in inputs([str(folder)])]
    nlp, rulebook = parser(), load()
    runs = [step_seconds(nlp, rulebook, texts) for _ in range(RUNS)]
    medians = {name: statistics.median(spent[name] for spent, _ in runs) for name in runs[0][0]}
    whole = sum(medians.values())
    for name, seconds in medians.items():
        print(f"{name:20} {seconds:7.3f} s {seconds / whole:6.1%}")
    share = medians[MATCHING] / whole
    print(f"the rulebook costs {share:.1%} of {whole:.2f} s over {len(texts)} texts (at most 10 %)\n")
    spent = rule_seconds(rulebook, runs[-1][1])
    total = sum(spent.values())
    print(f"matching each rule alone: {total:.3f} s, the costliest first")
    for rule, seconds in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"{rule:32} {seconds * 1000:7.1f} ms {seconds / total:6.1%}")


if __name__ == "__main__":
    main()

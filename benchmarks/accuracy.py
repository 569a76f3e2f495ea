"""How close the claims come to PolNeAR's gold attributions.

    python -m benchmarks.accuracy [dev|train]        the four figures on one split
    python -m benchmarks.accuracy train --rules      and how each rule fares

All types are taken, at the default threshold.
"""

import argparse
from collections import Counter
from collections.abc import Iterator

from benchmarks.polnear import Article, Judge, articles, pieces, scorer
from claims_cli.pipeline import AFTER_PARSER, build
from claims_cli.pipeline.spans import Attribution
from claims_cli.rulebook import load


def attributions(article: Article, nlp) -> Iterator[Attribution]:
    """What the pipeline finds in a parsed article, at the default threshold."""
    doc = article.doc
    for name in AFTER_PARSER:
        doc = nlp.get_pipe(name)(doc)
    threshold = load().settings.threshold
    return (one for one in doc.user_data["attributions"] if one.score >= threshold)


def predictions(article: Article, nlp) -> list[tuple]:
    """(rule, gold-shaped attribution) of an article."""
    found = list(attributions(article, nlp))
    syntax = article.doc.user_data["syntax"]
    shape = scorer().Attribution
    return [
        (one, shape(pieces(one.content, syntax), pieces(one.source, syntax), pieces(one.cue, syntax))) for one in found
    ]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("split", nargs="?", default="dev", choices=("dev", "train"))
    options.add_argument("--rules", action="store_true", help="also print how each rule fares")
    options.add_argument("--errors", type=int, default=0, help="print this many misses and extras")
    arguments = options.parse_args()
    nlp, score, by_rule = build(), scorer().Score(), Counter()
    errors: list[str] = []
    for article in articles(arguments.split, nlp):
        found = predictions(article, nlp)
        kept = scorer().outermost([shape for _, shape in found])
        used_gold, used = score.add(article.text, article.gold, kept)
        if arguments.rules or arguments.errors:
            judge = Judge(article)
            for rule, shape in ((one.candidate.rule.id, shape) for one, shape in found if shape in kept):
                by_rule[rule, judge.match(shape.content, shape.source) is not None] += 1
            errors += list_errors(article, used_gold, used, kept, found)
    score.show(f"PolNeAR {arguments.split}")
    if arguments.rules:
        for rule in sorted({rule for rule, _ in by_rule}, key=lambda rule: -by_rule[rule, False]):
            print(f"  {rule:30} right {by_rule[rule, True]:5} wrong {by_rule[rule, False]:5}")
    for line in errors[:: max(1, len(errors) // arguments.errors)] if arguments.errors else []:
        print(line)


def list_errors(article: Article, used_gold, used, kept, found) -> list[str]:
    """Misses and extras in words."""
    rules = {id(shape): one.candidate for one, shape in found}

    def words(spans) -> str:
        return " … ".join(article.text[start:end] for start, end in spans).replace("\n", "⏎")

    def row(kind: str, one) -> str:
        return f"{kind} {article.name[:20]} S[{words(one.source)}] C[{words(one.cue)}] K[{words(one.content)}]"

    lines = [row("MISS", gold) for index, gold in enumerate(article.gold) if index not in used_gold]
    for index, one in enumerate(kept):
        if index not in used:
            rule = rules[id(one)]
            lines.append(row(f"EXTRA {rule.rule.id} {rule.score:.2f}", one))
    return lines


if __name__ == "__main__":
    main()

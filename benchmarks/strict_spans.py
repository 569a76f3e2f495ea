"""Spans of source, cue and content to the word on PolNeAR dev, beside CofeNet's on test (Wang et al., COLING 2022).

    python -m benchmarks.strict_spans            and with --fast, of the rules alone

CofeNet is given passages that hold an attribution, and tags them; so here spans count in the lines of an article that
hold one, over all outermost attributions at the default threshold. Spans are runs of the corpus scorer's word tokens.
"""

import argparse
from collections import Counter
from collections.abc import Iterable

from benchmarks.judging import Split
from benchmarks.outcomes import Components
from benchmarks.polnear import GoldArticle, Offsets, pieces, scorer
from claims_cli.rulebook import RuleSources, load

ROLES = ("source", "cue", "content")
COFENET = {"source": 0.832, "cue": 0.753, "content": 0.729}  # on PolNeAR's test part

Run = tuple[int, int]


def runs(spans: Iterable[Offsets], tokens) -> set[Run]:
    """Unbroken runs of the words of each attribution, as their first and last word."""
    found: set[Run] = set()
    for one in spans:
        words = sorted(tokens.inside(one))
        starts = [word for word in words if word - 1 not in words]
        ends = [word for word in words if word + 1 not in words]
        found.update(zip(starts, ends, strict=True))
    return found


def counts(split: Split, number: int, components: Components) -> Counter[tuple[str, str]]:
    """Of one article by role how many spans there are in gold, were found, and are in both."""
    article = split.articles[number]
    read = components.read(article)
    shape, syntax = scorer().Attribution, read.syntax
    shapes = [
        shape(pieces(one.content, syntax), pieces(one.source, syntax), pieces(one.cue, syntax))
        for one in components.outermost(read)
    ]
    found, tokens, known = scorer().outermost(shapes), scorer().Tokens(article.text), Counter()
    lines = list(lines_with_attributions(article))
    for role in ROLES:
        gold, own = (
            {run for run in runs((getattr(one, role) for one in side), tokens) if stands_in(tokens, run, lines)}
            for side in (article.gold, found)
        )
        known.update({(role, "gold"): len(gold), (role, "found"): len(own), (role, "both"): len(gold & own)})
    return known


def lines_with_attributions(article: GoldArticle) -> Iterable[Run]:
    """Where the lines stand that hold a cue or a part of a content."""
    start = 0
    for line in article.text.splitlines(keepends=True):
        end = start + len(line)
        if any(start <= begin < end for one in article.gold for begin, _ in (*one.cue, *one.content)):
            yield start, end
        start = end


def stands_in(tokens, run: Run, lines: list[Run]) -> bool:
    """Whether the first word of a run stands in one of some lines."""
    place = tokens.words[run[0]][0]
    return any(start <= place < end for start, end in lines)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--fast", action="store_true", help="the rules alone, without the small reader")
    split = Split("dev")
    components = Components(load(RuleSources(fast=options.parse_args().fast)))
    total = sum(split.map(counts, components), Counter())
    print(f"{'':10}{'F1':>7}{'CofeNet, on test':>20}")
    for role in ROLES:
        gold, found, both = (total[role, what] for what in ("gold", "found", "both"))
        print(f"{role:10}{2 * both / (gold + found):7.3f}{COFENET[role]:20.3f}")


if __name__ == "__main__":
    main()

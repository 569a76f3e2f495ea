"""Figures by class, costliest errors, and what a change won and lost."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

EXAMPLES = 4
LEAST = 20


@dataclass(frozen=True)
class Item:
    """One gold attribution (`side` gold) or one claim (`side` found), with its classes and its verdict."""

    side: str
    rule: str
    construction: str
    type: str
    quote: str
    score: float
    detected: bool
    attributed: bool
    exact: bool
    strict: dict[str, bool]
    start: int
    reason: str
    words: str


@dataclass(frozen=True)
class Outcome:
    """One article: the scorer's sums, and its items."""

    name: str
    sums: dict[str, int]
    items: list[Item]

    def to_json(self) -> dict:
        """What `--save` keeps."""
        return asdict(self)


def measure(hits: int, predicted: int, gold: int) -> str:
    """Precision, recall and F1 in one line."""
    precision, recall = hits / max(1, predicted), hits / max(1, gold)
    total = precision + recall
    return f"P {precision:.3f}  R {recall:.3f}  F1 {2 * precision * recall / total if total else 0:.3f}"


def details(found: list[Outcome]) -> Iterator[str]:
    """Strict spans, then attribution by construction, type of cue, quote kind and rule."""
    items = [item for one in found for item in one.items]
    sides = {side: [item for item in items if item.side == side] for side in ("gold", "found")}
    yield "  strict spans (the same words, of all attributions)"
    for role in ("source", "cue", "content"):
        hits = sum(item.strict[role] for item in sides["found"])
        yield f"    {role:40} {measure(hits, len(sides['found']), len(sides['gold']))}"
    for name in ("construction", "type", "quote"):
        yield f"  attribution by {name}"
        yield from by_class(sides, lambda item, name=name: getattr(item, name))
    yield "  attribution by rule"
    right = Counter(item.rule for item in sides["found"] if item.attributed)
    seen = Counter(item.rule for item in sides["found"])
    for rule, number in seen.most_common():
        yield f"    {rule:40} P {right[rule] / number:.3f}  claims {number}"


def by_class(sides: dict[str, list[Item]], of: Callable[[Item], str]) -> Iterator[str]:
    """Precision over the claims of a class, recall over its gold attributions."""
    gold, found = Counter(map(of, sides["gold"])), Counter(map(of, sides["found"]))
    recalled = Counter(of(item) for item in sides["gold"] if item.attributed)
    right = Counter(of(item) for item in sides["found"] if item.attributed)
    for name, number in gold.most_common():
        if number + found[name] < LEAST:
            continue
        precision, recall = right[name] / max(1, found[name]), recalled[name] / number
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        yield f"    {name:40} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  gold {number}  found {found[name]}"


def kind(item: Item) -> str:
    """What kind of error an item is; empty where it is none."""
    if item.reason:
        missed = "missed" if item.side == "gold" else f"extra, {item.rule}"
        return f"{missed}, {item.reason}: {item.construction}, {item.type}"
    if item.side == "gold" and not item.attributed:
        return f"wrong source: {item.construction}, {item.type}"
    if item.side == "gold" and not item.exact:
        return f"wrong boundaries: {item.construction}, {item.type}"
    return ""


def costliest(found: list[Outcome], number: int) -> Iterator[str]:
    """The kinds of error that occur most often, each with examples spread over the articles."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for one in found:
        for item in one.items:
            if kind(item):
                kinds[kind(item)].append(f"{one.name}: {item.words[:240]}")
    for name in sorted(kinds, key=lambda name: (-len(kinds[name]), name))[:number]:
        yield f"{len(kinds[name]):5}  {name}"
        for example in kinds[name][:: max(1, len(kinds[name]) // EXAMPLES)][:EXAMPLES]:
            yield f"         {example}"


def compare(before: list[dict], after: list[Outcome]) -> Iterator[str]:
    """Gold attributions that a change won or lost, and extras that it added or dropped."""
    earlier = {one["name"]: [Item(**item) for item in one["items"]] for one in before}
    totals: Counter = Counter()
    lines = []
    for one in after:
        for side, good, bad in (("gold", "won", "lost"), ("extra", "gone", "new")):
            was, now = states(earlier.get(one.name, []), side), states(one.items, side)
            for words in sorted(now.keys() | was.keys()):
                if was.get(words, False) != now.get(words, False):
                    gain = (side == "gold") == now.get(words, False)
                    verdict = good if gain else bad
                    totals[f"{side} {verdict}"] += 1
                    lines.append(f"  {side} {verdict}: {one.name}: {words[:200]}")
    yield "  since the run that was kept: " + (", ".join(f"{k} {n}" for k, n in sorted(totals.items())) or "no change")
    yield from lines


def states(items: list[Item], side: str) -> dict[str, bool]:
    """By the words of an item: whether a gold attribution is found, or that a claim is an extra."""
    if side == "gold":
        return {item.words: item.attributed for item in items if item.side == "gold"}
    return {item.words: True for item in items if item.side == "found" and not item.attributed}

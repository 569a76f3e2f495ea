"""Who says it, on GUM: is the speaker of a claim one of the chain of mentions that its source stands in?

    python -m benchmarks.coreference             by form of the source, and by kind of text
    python -m benchmarks.coreference --wrong     and each that names somebody else, to read

Of every claim that a plain `extract` lists and whose source is one speaker. `right`: the name given stands in a mention
of the gold chain; or no name is given and the chain has none. `words`: no name is given, though the chain has one.
`wrong`: the name is none of the chain's. `named`: the source's head is a proper noun; `description`: another noun;
`pronoun`: of the third person. The folder of the corpus is `$GUM`, or `../shared/gum` beside the checkout.
"""

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks.attribution_verbs import is_shown
from benchmarks.gum import FOLDER, GumText, Word, read
from claims_cli import api
from claims_cli.claim import Claim, Document

ENTITY = re.compile(r"Entity=([^|\s]*)")
BRACKET = re.compile(r"\((?P<chain>\d+)-(?P<type>[a-z]+)(?P<more>[^()]*)(?P<alone>\))?|(?P<closed>\d+)\)")
FIRST_OR_SECOND = frozenset({"i", "we", "you", "my", "our", "me", "us", "your", "who", "which", "that"})
FORMS = ("named", "description", "pronoun")


@dataclass(frozen=True)
class GoldMention:
    """A mention of the corpus: its chain, its words and its head."""

    chain: int
    words: tuple[Word, ...]
    head: Word

    @property
    def is_named(self) -> bool:
        """Whether its head is a proper noun."""
        return self.head.pos == "PROPN"


@dataclass
class Chains:
    """The chains of one text."""

    text: GumText
    mentions: list[GoldMention]

    @cached_property
    def names(self) -> dict[int, set[str]]:
        """The words of each chain's names, in small letters."""
        found: dict[int, set[str]] = defaultdict(set)
        for mention in self.mentions:
            if mention.is_named:
                text = self.text.text[mention.words[0].start : mention.words[-1].end]
                found[mention.chain].update(re.findall(r"\w+", text.casefold()))
        return found

    def at(self, start: int, end: int) -> GoldMention | None:
        """The longest mention whose head stands in a stretch, the first of them."""
        inside = [one for one in self.mentions if start <= one.head.start < end and one.words[-1].end <= end + 2]
        return min(inside, key=lambda one: (one.words[0].start, -one.words[-1].end), default=None)


def chains(path: Path) -> Chains:
    """The chains of a text."""
    text = read(path)
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line[:1].isdigit()]
    rows = [row for row in rows if row[0].isdigit()]
    return Chains(text, list(mentions(text, rows)))


def mentions(text: GumText, rows: list[list[str]]) -> Iterator[GoldMention]:
    """Every mention, in the order of their ends."""
    opened: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for place, (word, row) in enumerate(zip(text.words, rows, strict=True)):
        told = ENTITY.search(row[-1])
        for bracket in BRACKET.finditer(told[1] if told else ""):
            if bracket["alone"]:
                yield GoldMention(int(bracket["chain"]), (word,), word)
            elif bracket["chain"]:
                opened[int(bracket["chain"])].append((place, bracket["more"]))
            elif opened[int(bracket["closed"])]:
                first, more = opened[int(bracket["closed"])].pop()
                words = tuple(text.words[first : place + 1])
                yield GoldMention(int(bracket["closed"]), words, words[min(head_of(more), len(words) - 1)])


def head_of(more: str) -> int:
    """The place of the last word of a mention's least span (`-new-sssss-cf1-1,2-coref`), counted from 0."""
    least = more.split("-")[4] if more.count("-") > 3 else "1"
    return int(least.split(",")[-1]) - 1 if re.fullmatch(r"[\d,]+", least) else 0


def form_of(mention: GoldMention) -> str | None:
    """The form of a source; None for `I`, `we`, `who`."""
    if mention.head.pos == "PRON":
        return None if mention.head.lemma in FIRST_OR_SECOND else "pronoun"
    return "named" if mention.is_named else "description"


def verdict(claim: Claim, mention: GoldMention, known: Chains) -> str:
    """Whether a claim's speaker is whom its source's chain tells."""
    names = known.names.get(mention.chain, set())
    if not claim.named:
        return "words" if names else "right"
    words = re.findall(r"\w+", (claim.speaker or "").casefold())
    return "right" if words and words[-1] in names else "wrong"


def judged() -> Iterator[tuple[Chains, Claim, str, str]]:
    """Every claim that is judged, with the form of its source and the verdict."""
    known = {path.stem: chains(path) for path in sorted(FOLDER.glob("*.conllu"))}
    documents = [Document(name, one.text.text) for name, one in known.items()]
    for claim in api.extract(documents, duplicates="keep", language="any"):
        if claim.source is None or len(claim.speakers) > 1 or not is_shown(claim):
            continue
        mention = known[claim.doc].at(claim.source.spans[0][0], claim.source.spans[-1][1])
        form = form_of(mention) if mention else None
        if mention is not None and form is not None:
            yield known[claim.doc], claim, form, verdict(claim, mention, known[claim.doc])


def main() -> None:
    """Run."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--wrong", action="store_true", help="each that names somebody else")
    is_asked = options.parse_args().wrong
    table: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for known, claim, form, found in judged():
        table["all", form][found] += 1
        table[known.text.genre, form][found] += 1
        if is_asked and found == "wrong" and claim.source and claim.cue:
            start, end = max(0, claim.start - 300), claim.end
            print(f"{claim.doc} {form} {claim.source.text!r} -> {claim.speaker!r}\n   …{known.text.text[start:end]}\n")
    print(f"{'':24}{'n':>6}{'right':>8}{'wrong':>8}{'words':>8}")
    for genre in ("all", *sorted({genre for genre, _ in table} - {"all"})):
        for form in FORMS:
            counts = table[genre, form]
            number = sum(counts.values())
            shares = "".join(f"{counts[one] / max(1, number):8.3f}" for one in ("right", "wrong", "words"))
            print(f"{genre + ': ' + form:24}{number:6}{shares}")


if __name__ == "__main__":
    main()

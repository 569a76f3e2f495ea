"""Turns of transcripts and interviews: how many paragraphs stand whole under their speaker, and who `I` is in them.

    python -m benchmarks.turns                      briefings, interviews in three settings, and articles without turns
    python -m benchmarks.turns briefings names      some of them: briefings, names, above, marks, articles
    python -m benchmarks.turns --misses             and each miss, to read

What the collections are says `benchmarks/transcripts.py` and `benchmarks/interviews.py`.

`whole`: a paragraph counts where a claim that a plain `extract` lists is its turn: without a cue, or found by the rule
of turns; by the speaker of the label; its content has all of the paragraph but white space, punctuation and what stands
in brackets, and no word of another speaker's turn. `labelled` are those of them that have the label over them.
`I, we`: of all claims (any type and confidence) whose source is `I`, `we`, `my` or `our` in a turn, and not in a
quotation there, those by the turn's speaker.
`articles`: how many turns are found in the articles of PolNeAR's dev part, which have none.

A speaker is the label's where the name has its last word; for a label that names nobody (`Q`) where the claim's source
is the label, or it has the speaker of such a claim, and the name is nobody else's who speaks there.
`TRANSCRIPTS`, `GUM` and `POLNEAR` name the collections' folders.
"""

import argparse
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from benchmarks import interviews, polnear
from benchmarks.attribution_verbs import is_shown
from benchmarks.transcripts import Label, Paragraph, Transcript, briefings, folded_words
from claims_cli import api
from claims_cli.claim import Claim, Document, Span

TURN = "turn"  # how the rules of turns begin
SELF = {"i", "we", "my", "our"}
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|``.*?(?:\"|'')", re.DOTALL)
PARTS = ("briefings", *interviews.SETTINGS, "articles")


@dataclass
class Share:
    """How many of some are right, and those that are not, in words."""

    name: str
    right: int = 0
    missed: list[str] = field(default_factory=list)

    def add(self, is_right: bool, words: str) -> None:
        self.right += is_right
        if not is_right:
            self.missed.append(words)

    def __str__(self) -> str:
        number = self.right + len(self.missed)
        return f"{self.name:24}{number:6}{self.right / max(1, number):9.3f}"


@dataclass
class Read:
    """A transcript and the claims found in it."""

    transcript: Transcript
    claims: list[Claim]

    @cached_property
    def turns(self) -> list[Claim]:
        """The listed claims that may be turns."""
        return [one for one in self.claims if is_shown(one) and (one.cue is None or is_turn(one))]

    @cached_property
    def under(self) -> dict[int, Paragraph]:
        """The paragraph of each letter of the turns."""
        return {at: one for one in self.transcript.paragraphs for at in one.letters}

    @cached_property
    def askers(self) -> dict[Label, set[str]]:
        """The speakers of the claims whose source is a label."""
        over = {at: one.label for one in self.transcript.paragraphs for at in one.label_letters}
        found = defaultdict(set)
        for claim in self.turns:
            for label in {over[at] for at in places(claim.source) if at in over}:
                found[label].add(speaker(claim))
        return found

    def is_by(self, label: Label, claim: Claim) -> bool:
        """Whether a claim's speaker is the label's."""
        words = set(folded_words(speaker(claim)))
        if label.who:
            return bool(label.names & words)
        return speaker(claim) in self.askers[label] and not words & self.transcript.others(label)

    def is_whole(self, one: Paragraph) -> bool:
        """Whether a paragraph stands whole under its speaker."""
        return bool(one.letters) and any(
            self.covers(claim, one) and self.is_by(one.label, claim) for claim in self.turns
        )

    def covers(self, claim: Claim, one: Paragraph) -> bool:
        """Whether a claim's content has a paragraph, and nothing of another speaker's."""
        content = set(places(claim.content))
        return content.issuperset(one.letters) and all(
            self.under[at].label.names == one.label.names for at in content if at in self.under
        )

    def own(self) -> Iterator[tuple[Paragraph, Claim]]:
        """The claims of who speaks of himself in a turn, not in a quotation there."""
        text = self.transcript.document.text
        for claim in self.claims:
            one = self.under.get(claim.source.spans[0][0]) if claim.source else None
            if one and claim.source.text.casefold() in SELF:
                first, last = one.letters[0], one.letters[-1]
                at = claim.source.spans[0][0]
                if not any(quoted.start() <= at < quoted.end() for quoted in QUOTED.finditer(text, first, last)):
                    yield one, claim

    def miss(self, one: Paragraph) -> str:
        """A paragraph that does not stand whole under its speaker, and the listed claims that have some of it."""
        letters = set(one.letters)
        found = [claim for claim in self.claims if is_shown(claim) and letters.intersection(places(claim.content))]
        label = f"{'' if one.first else '…'}{one.label.words}"
        words = "not in the text: " * (not letters) + short(one.text, 100)
        return "\n    ".join([f"{Path(self.transcript.document.path).name} [{label}] {words}", *map(in_a_line, found)])


def is_turn(claim: Claim) -> bool:
    """Whether a claim was found by a rule of turns."""
    return claim.rule.startswith(TURN)


def places(span: Span | None) -> Iterator[int]:
    """Every code point of a span."""
    for start, end in span.spans if span else ():
        yield from range(start, end)


def speaker(claim: Claim) -> str:
    """Who says it, or the words that name the source."""
    return claim.speaker or (claim.source.text if claim.source else "")


def short(text: str, length: int) -> str:
    return " ".join(text.split())[:length]


def in_a_line(claim: Claim) -> str:
    return f"{claim.rule} {claim.confidence:.2f}, {speaker(claim) or 'nobody'}: {short(claim.content.text, 80)}"


def claims_of(documents: Iterable[Document]) -> dict[str, list[Claim]]:
    """All claims of every document, by its path."""
    claims = defaultdict(list)
    for claim in api.extract(documents, types="all", min_confidence=0, duplicates="keep", language="any"):
        claims[claim.doc].append(claim)
    return claims


def measured(name: str, transcripts: list[Transcript]) -> list[Share]:
    """The shares of a collection."""
    claims = claims_of(one.document for one in transcripts)
    whole, labelled, own = Share(f"{name}: whole"), Share("  labelled"), Share("  I, we")
    for read in [Read(one, claims[one.document.path]) for one in transcripts]:
        for one in read.transcript.paragraphs:
            is_whole = read.is_whole(one)
            whole.add(is_whole, "" if is_whole else read.miss(one))
            if one.first:
                labelled.add(is_whole, "")
        for one, claim in read.own():
            words = f"{Path(claim.doc).name} [{one.label.words}] I, we: {in_a_line(claim)}"
            own.add(read.is_by(one.label, claim), words)
    labelled.missed = [""] * len(labelled.missed)
    return [whole, labelled, own]


def turns_in_articles() -> tuple[int, list[Claim]]:
    """How many articles PolNeAR's dev part has, and the turns found in them."""
    documents = [Document(name, text) for name, text, _ in polnear.scorer().corpus(polnear.FOLDER, "dev")]
    return len(documents), [one for found in claims_of(documents).values() for one in found if is_turn(one)]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("parts", nargs="*", help=", ".join(PARTS))
    options.add_argument("--misses", action="store_true", help="what is wrong, to read")
    arguments = options.parse_args()
    parts = arguments.parts or PARTS
    misses: list[str] = []
    print(f"{'':24}{'n':>6}{'share':>9}")
    for part in (one for one in parts if one != "articles"):
        shares = measured(part, briefings() if part == "briefings" else interviews.interviews(part))
        print(*shares, sep="\n", flush=True)
        misses += [words for share in shares for words in share.missed if words]
    if "articles" in parts:
        number, turns = turns_in_articles()
        print(f"{'turns in ' + str(number) + ' articles':24}{len(turns):6}")
        misses += [f"{one.doc}: a turn: {in_a_line(one)}" for one in turns]
    if arguments.misses:
        print(*misses, sep="\n")


if __name__ == "__main__":
    main()

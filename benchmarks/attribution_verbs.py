"""Verbs of saying, and verbs of action, in five positions each: how many of their statements a plain `extract` lists.

    python -m benchmarks.attribution_verbs            the shares, and what was missed or listed in error

200 verbs are drawn with a fixed seed from VerbNet's classes of saying, 100 from its classes of action. A statement of
the first is right where it is listed with its speaker. Of the second nothing should be listed: their sentences have
neither `that` nor quotation marks. VerbNet's table is the file that `VERBNET` names.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.verbnet import of_action, of_saying, past
from claims_cli import api
from claims_cli.claim import SAID, Claim, Document
from claims_cli.rulebook import load

SEED = 19
SPEAKER = "Peter Quinn"
STATEMENT = "invoices were approved"
SAYING = {
    "that clause": "Peter Quinn {} that the invoices were approved.",
    "quotation, speaker, verb": "“The invoices were approved,” Peter Quinn {}.",
    "quotation, verb, speaker": "“The invoices were approved,” {} Peter Quinn.",
    "verb, colon, quotation": "Peter Quinn {}: “The invoices were approved.”",
    "clause, speaker, verb": "The invoices were approved, Peter Quinn {}.",
}
ACTION = {
    "bare clause": "Peter Quinn {} the invoices were approved.",
    "clause, speaker, verb": "The invoices were approved, Peter Quinn {}.",
    "clause, verb, speaker": "The invoices were approved, {} Peter Quinn.",
    "verb, colon, clause": "Peter Quinn {}: The invoices were approved.",
    "inside the clause": "The invoices, Peter Quinn {}, were approved.",
}
Verdict = Callable[[list[Claim]], str]


@dataclass
class Sentences:
    """Drawn verbs, and what each comes to in every position: a verdict, `listed` or why it is not."""

    name: str
    verbs: list[str]
    verdicts: dict[str, dict[str, str]]

    def share(self, position: str) -> float:
        """The share of the verbs that are listed in a position."""
        return sum(verdict == "listed" for verdict in self.verdicts[position].values()) / len(self.verbs)

    def lines(self) -> Iterator[str]:
        """The share of every position, and of all."""
        shares = [self.share(position) for position in self.verdicts]
        yield f"{self.name}: {len(self.verbs)} verbs"
        yield from (f"  {position:28}{share:.3f}" for position, share in zip(self.verdicts, shares, strict=True))
        yield f"  {'all':28}{sum(shares) / len(shares):.3f}"
        anywhere = {verb for verdicts in self.verdicts.values() for verb in verdicts if verdicts[verb] == "listed"}
        yield f"  {'in any position':28}{len(anywhere) / len(self.verbs):.3f}"

    def with_verdict(self, wanted: Callable[[str], bool]) -> Iterator[str]:
        """The verbs of every position by verdict."""
        for position, verdicts in self.verdicts.items():
            verbs = defaultdict(list)
            for verb, verdict in verdicts.items():
                verbs[verdict].append(verb)
            for verdict, found in sorted(verbs.items()):
                if wanted(verdict):
                    yield f"  {position}, {verdict}: {' '.join(found)}"


def measured(name: str, verbs: list[str], positions: dict[str, str], verdict: Verdict) -> Sentences:
    """Every verb in every position, each a text of its own, judged."""
    places = [(position, verb) for position in positions for verb in verbs]
    documents = [Document(str(i), positions[place].format(past(verb)) + "\n") for i, (place, verb) in enumerate(places)]
    claims = defaultdict(list)
    for claim in api.extract(documents, types="all", min_confidence=0, duplicates="keep"):
        claims[claim.doc].append(claim)
    verdicts = {position: {} for position in positions}
    for document, (position, verb) in zip(documents, places, strict=True):
        verdicts[position][verb] = verdict(claims[document.path])
    return Sentences(name, verbs, verdicts)


def is_shown(claim: Claim) -> bool:
    """Whether a plain `extract` lists a claim."""
    return claim.type in SAID and claim.confidence >= load().settings.threshold


def as_said(claims: list[Claim]) -> str:
    """`listed` where the statement is, with its speaker, or why it is not."""
    found = [claim for claim in claims if STATEMENT in claim.content.text]
    shown = [claim for claim in found if is_shown(claim)]
    if any(claim.speaker == SPEAKER for claim in shown):
        return "listed"
    if shown:
        return f"by {shown[0].speaker}"
    if not found:
        return "not found"
    best = max(found, key=lambda claim: claim.confidence)
    return f"a {best.type}" if best.type not in SAID else "below the threshold"


def as_done(claims: list[Claim]) -> str:
    """`listed` where anything is."""
    return "listed" if any(map(is_shown, claims)) else "nothing"


def main() -> None:
    said = random.Random(SEED).sample(of_saying(), 200)
    done = random.Random(SEED).sample(of_action(), 100)
    saying = measured("of saying, listed with its speaker", said, SAYING, as_said)
    action = measured("of action, listed in error", done, ACTION, as_done)
    print(*saying.lines(), *action.lines(), sep="\n")
    reasons = Counter(verdict for verdicts in saying.verdicts.values() for verdict in verdicts.values())
    del reasons["listed"]
    print("missed:", ", ".join(f"{verdict} {count}" for verdict, count in reasons.most_common()))
    print(*saying.with_verdict(lambda verdict: verdict != "listed"), sep="\n")
    print("listed in error:", *action.with_verdict(lambda verdict: verdict == "listed"), sep="\n")


if __name__ == "__main__":
    main()

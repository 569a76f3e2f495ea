"""What two clauses with different predicates are to each other where the one follows from what the other says is not.

What is not ready by August is not delivered by August; where jobs are cut, somebody loses one.
"""

from dataclasses import dataclass
from itertools import pairwise

from claims_cli.across.clauses import Clause
from claims_cli.across.contrasts import CONTRADICTS, SAME, Contrast, Likeness, together
from claims_cli.across.reading import Read
from claims_cli.across.sides import FEW, Sides
from claims_cli.across.syntax import DONE, FUTURE, MONTHS, NAMED, SELF
from claims_cli.across.vocabulary import WORD


@dataclass(frozen=True)
class Consequences:
    """Holds what follows from a clause against another clause."""

    likeness: Likeness

    def of(self, sides: Sides) -> Contrast | None:
        """How two clauses are against each other by what follows from one of them."""
        if self.is_believed(sides):
            return opposed(self.likeness, sides, sides.other.statement.keys & sides.one.statement.keys, False)
        if not sides.is_opposed or sides.is_limited or sides.own.conditional or sides.others.conditional:
            return None
        if self.is_too_late(sides) or self.is_lost(sides) or self.is_planned_since(sides):
            return opposed(self.likeness, sides, sides.crossed, True)
        if self.is_offered(sides):
            return opposed(self.likeness, sides, sides.crossed, sides.are_of_one_speaker)
        return opposed(self.likeness, sides, sides.crossed, False) if self.is_by_name(sides) else None

    def is_too_late(self, sides: Sides) -> bool:
        """Whether one is not ready by the time up to which the other says that something is done with it."""
        denied, said = sides.denied_and_said
        thing = denied.subject or denied.head
        if denied.predicate not in self.likeness.keys_of("ready") or not (
            denied.spans and said.spans and denied.times == said.times
        ):
            return False
        are_future = denied.standing.mood == said.standing.mood == FUTURE
        return are_future and bool(denied.times and thing) and thing <= said.about and denied.objects <= said.about

    def is_lost(self, sides: Sides) -> bool:
        """Whether one takes away what nobody loses after the other, and both tell of where or of whom."""
        denied, said = sides.denied_and_said
        if not {denied.predicate, said.predicate} <= self.likeness.keys_of("losing") or denied.measures:
            return False
        are_future = denied.standing.mood == said.standing.mood == FUTURE
        heads = denied.head & said.head
        near = together(sides.one, sides.other) or sides.are_of_one_speaker
        return are_future and near and bool(heads) and len(sides.crossed - heads) > 0

    def is_offered(self, sides: Sides) -> bool:
        """Whether that is done to something for which it is not there after the other (`not for sale`, `sold it`)."""
        denied, said = sides.denied_and_said
        is_for = not denied.tells and denied.objects == {said.predicate} and said.tells
        return is_for and bool(denied.subject & (said.head or said.subject))

    def is_planned_since(self, sides: Sides) -> bool:
        """Whether it was not planned before a month in which the other had said already that it was.

        The titles tell that both are of one matter.
        """
        denied, said = sides.denied_and_said
        reads = (sides.one, sides.other) if said is sides.own else (sides.other, sides.one)
        is_same = denied.predicate == said.predicate and denied.predicate in self.likeness.keys_of("planning")
        patient = denied.subject or denied.head
        if not is_same or denied.form != DONE or not patient or not patient <= said.about:
            return False
        titles = self.likeness.titles(sides.one) & self.likeness.titles(sides.other)
        return len(titles) >= FEW and denied.spans and is_before(reads[0], reads[1], denied)

    def is_by_name(self, sides: Sides) -> bool:
        """Whether the same will and will not be done to what one names and the other tells by a noun (`the hospital`).

        Whether the name is that of the thing, the words do not tell.
        """
        own, others = sides.own, sides.others
        if not together(sides.one, sides.other) or own.predicate != others.predicate or not own.tells:
            return False
        if not own.standing.mood == others.standing.mood == FUTURE or own.objects & others.objects:
            return False
        heads = own.head or own.objects, others.head or others.objects
        told = (heads[0], sides.one, heads[1], sides.other), (heads[1], sides.other, heads[0], sides.one)
        return any(self.is_noun(head, read) and self.is_name(name, other) for head, read, name, other in told)

    def is_noun(self, head: frozenset[str], read: Read) -> bool:
        """Whether something is told by one noun behind an article."""
        words = WORD.findall(read.statement.claim.content.text.casefold())
        behind = {self.likeness.vocabulary.key(word) for before, word in pairwise(words)
                  if before in self.likeness.vocabulary.words("reference.definite")}  # fmt: skip
        return len(head) == 1 and head <= behind

    def is_name(self, head: frozenset[str], read: Read) -> bool:
        """Whether something is told by a name."""
        words = WORD.findall(read.statement.claim.content.text)
        told = [word for word in words if self.likeness.vocabulary.key(word.casefold()) in head]
        return bool(told) and all(word[0].isupper() for word in told)

    def is_believed(self, sides: Sides) -> bool:
        """Whether one says he believed in that of which the other says that he knew it would not be so."""
        told = (sides.own, sides.one, sides.others, sides.other), (sides.others, sides.other, sides.own, sides.one)
        return any(self.is_known(*side) for side in told)

    def is_known(self, knows: Clause, one: Read, believes: Clause, other: Read) -> bool:
        """The same, with the clauses in order."""
        if knows.predicate not in self.likeness.keys_of("knowing") or knows.form != NAMED or knows.standing.negated:
            return False
        if (
            believes.predicate not in self.likeness.keys_of("trusting")
            or believes.form != SELF
            or believes.standing.negated
        ):
            return False
        not_so = [clause.about for clause in one.clauses if clause.standing.negated and not clause.standing.asserted]
        is_his = self.likeness.of_speaker(knows, one, other) == SAME
        return is_his and any(about & believes.objects for about in not_so)


def opposed(likeness: Likeness, sides: Sides, shared: frozenset[str], sure: bool) -> Contrast:
    """The contrast of two clauses, in their words."""
    about = f", both of: {likeness.surface(shared, sides.other)}" if shared else ""
    why = f"“{sides.own.words}” against “{sides.others.words}”{about}"
    return Contrast(CONTRADICTS, why, sure and likeness.tells(shared), shared)


def is_before(said: Read, denied: Read, clause: Clause) -> bool:
    """Whether a statement is of a day before the one month that a clause of another one of that year tells."""
    months = [MONTHS[word] for word in clause.times if word in MONTHS]
    days = said.statement.day, denied.statement.day
    if len(months) != 1 or len(clause.times) != 1 or None in days:
        return False
    (year, month, _), (other, *_) = (day.split("-") for day in days)  # type: ignore[union-attr]
    return year == other and int(month) < months[0]

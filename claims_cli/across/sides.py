"""A clause of each of two statements, held beside each other."""

from dataclasses import dataclass

from claims_cli.across.clauses import Clause
from claims_cli.across.reading import Read
from claims_cli.across.syntax import DONE, FUTURE, MISSING, MONTHS, OBLIGING, SELF, TAKEN_UP

FEW, MANY = 2, 3


@dataclass(frozen=True)
class Sides:
    """A clause of each of two statements.

    Attributes:
        own, others: the clauses; one, other: the statements.
    """

    own: Clause
    one: Read
    others: Clause
    other: Read

    @property
    def shared(self) -> frozenset[str]:
        """The keys of whom and what both are about."""
        shared = (self.own.subject & self.others.subject) | (self.own.objects & self.others.objects)
        if DONE in (self.own.form, self.others.form):
            shared |= (self.own.head & self.others.subject) | (self.own.subject & self.others.head)
        return shared

    @property
    def crossed(self) -> frozenset[str]:
        """The same, wherever they stand."""
        own, others = ({*side.subject, *side.objects, side.predicate} for side in (self.own, self.others))
        return frozenset(own & others)

    @property
    def predicates(self) -> int:
        """1 where a telling word is what both clauses say, or do not say."""
        return int((self.own.tells or self.others.tells) and self.own.predicate == self.others.predicate)

    @property
    def is_of_none(self) -> bool:
        """Whether one says that there is none of what the other has (`no layoffs`), and both say where."""
        pairs = ((self.own, self.others), (self.others, self.own))
        return len(self.crossed) >= FEW and any(
            one.standing.negated and one.form == MISSING and one.predicate in other.objects for one, other in pairs
        )

    @property
    def denied_and_said(self) -> tuple[Clause, Clause]:
        """That which is negated, and the other one."""
        return (self.own, self.others) if self.own.standing.negated else (self.others, self.own)

    @property
    def is_brought_about(self) -> bool:
        """Whether one says that none does what the other says they are made to do (`no ship`, `drive ships away`)."""
        denied, said = self.denied_and_said
        return len(self.crossed) >= MANY and bool(denied.subject & said.head)

    @property
    def is_covered(self) -> bool:
        """Whether what one says is not so is what the other says, and no circumstance of it (`not in public`)."""
        denied, said = self.denied_and_said
        beside = denied.objects - said.subject - said.objects - {said.predicate}
        return not self.is_opposed or len(beside) <= len(denied.objects) / 2

    @property
    def is_taken_back(self) -> bool:
        """Whether one speaker says that there will be none of what he says he will do (`no strike`, `will strike`)."""
        forms = {self.own.form, self.others.form}
        return self.are_of_one_speaker and self.predicates > 0 and forms == {SELF, MISSING}

    @property
    def are_of_one_mood(self) -> bool:
        """Whether both are of one mood; what one speaker will do and what he must do is of one."""
        moods = {self.own.standing.mood, self.others.standing.mood}
        return len(moods) == 1 or (moods <= {FUTURE, OBLIGING} and self.are_of_one_speaker)

    @property
    def are_selves(self) -> bool:
        """Whether one speaker says both of himself."""
        return self.own.form == self.others.form == SELF and self.are_of_one_speaker

    @property
    def are_of_themselves(self) -> bool:
        """Whether two speakers may each say it of themselves: pronouns tell of whom."""
        forms = {self.own.form, self.others.form}
        reported = all(read.statement.claim.quote == "indirect" for read in (self.one, self.other))
        return not self.are_of_one_speaker and reported and forms <= {SELF, TAKEN_UP} and SELF in forms

    @property
    def are_of_other_times(self) -> bool:
        """Whether both tell when, and not the same, nor from when and up to when."""
        own, others = self.own, self.others
        return bool(own.times and others.times) and not own.times & others.times and not (own.spans and others.spans)

    @property
    def may_both_be(self) -> bool:
        """Whether what is not so is only so if something else is, or only before a month earlier than the other's."""
        if not self.is_opposed:
            return False
        months = [[MONTHS[word] for word in clause.times if word in MONTHS] for clause in self.denied_and_said]
        is_earlier = list(map(len, months)) == [1, 1] and months[0] < months[1]
        return self.denied_and_said[0].conditional or (self.own.spans and self.others.spans and is_earlier)

    @property
    def is_opposed(self) -> bool:
        """Whether one is negated and the other is not."""
        return self.own.standing.negated != self.others.standing.negated

    @property
    def is_limited(self) -> bool:
        """Whether what is negated is only some of the things."""
        return any(clause.standing.negated and clause.limited for clause in (self.own, self.others))

    @property
    def are_of_one_speaker(self) -> bool:
        """Whether the statements have a speaker in common."""
        return bool(self.one.statement.speakers & self.other.statement.speakers)

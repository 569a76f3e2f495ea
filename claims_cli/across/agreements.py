"""Whether two statements of one speaker say the same, in other words."""

from dataclasses import dataclass

from claims_cli.across.clashes import Clashes
from claims_cli.across.contrasts import OTHER, Likeness, of_things
from claims_cli.across.measures import MONEY, SHARE
from claims_cli.across.reading import Read
from claims_cli.across.sides import FEW, Sides
from claims_cli.across.statements import NO_COMMENT, QUESTION
from claims_cli.across.syntax import FUTURE

SILENT = (NO_COMMENT, QUESTION, "request")


@dataclass(frozen=True)
class Agreements:
    """Holds statements of one speaker beside each other."""

    likeness: Likeness

    def are_one(self, one: Read, other: Read) -> bool:
        """Whether a clause of one says what a clause of the other says."""
        types = {one.statement.claim.type, other.statement.claim.type}
        if types & set(SILENT) or len(types) > 1:
            return False
        return any(map(self.agree, Clashes(self.likeness).sides(one, other)))

    def agree(self, sides: Sides) -> bool:
        """Whether two clauses say the same of the same."""
        own, others = sides.own, sides.others
        if self.is_of_one_number(sides):
            return True
        if own.standing != others.standing:
            return False
        if own.standing.negated and own.standing.mood == FUTURE and len(sides.crossed) >= FEW:
            return True  # `no layoffs`, `nobody would lose a job`
        if OTHER in (self.likeness.of_one(own, sides.one, others, sides.other), of_things(own, others)):
            return False
        if own.predicate != others.predicate or own.direction * others.direction < 0:
            return False
        return len(sides.shared) + sides.predicates >= FEW and not sides.are_of_other_times

    def is_of_one_number(self, sides: Sides) -> bool:
        """Whether both have the same sum or share, and a word beside it."""
        pairs = ((one, other) for one in sides.own.measures for other in sides.others.measures)
        same = any(one.of == other.of in (MONEY, SHARE) and one.low == other.low for one, other in pairs)
        return same and self.likeness.tells(sides.one.statement.keys & sides.other.statement.keys)

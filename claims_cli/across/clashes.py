"""Whether a clause of one statement says the opposite of a clause of another, or has another number."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from claims_cli.across.clauses import Clause
from claims_cli.across.consequences import Consequences, opposed
from claims_cli.across.contrasts import (
    NUMBERS,
    OTHER,
    SAME,
    UNKNOWN,
    Contrast,
    Likeness,
    of_things,
    together,
)
from claims_cli.across.measures import MONEY, SHARE, Measure
from claims_cli.across.reading import Read
from claims_cli.across.sides import FEW, MANY, Sides
from claims_cli.across.syntax import FUTURE, MISSING, NAMED, OBLIGING, SELF, TAKEN_UP
from claims_cli.across.vocabulary import WORD


@dataclass(frozen=True)
class Clashes:
    """Holds the clauses of two statements against each other."""

    likeness: Likeness

    @cached_property
    def consequences(self) -> Consequences:
        """Holds what follows from one clause against another."""
        return Consequences(self.likeness)

    def of(self, one: Read, other: Read) -> Contrast | None:
        """The clearest contrast of two clauses; None where there is none."""
        found = [contrast for sides in self.sides(one, other) for contrast in self.clashing(sides) if contrast]
        return max(found, key=lambda contrast: (contrast.sure, len(contrast.shared)), default=None)

    def sides(self, one: Read, other: Read) -> Iterator[Sides]:
        """Each clause that one asserts with each of the other."""
        yield from (
            Sides(own, one, others, other)
            for own in one.clauses if own.standing.asserted
            for others in other.clauses if others.standing.asserted
        )  # fmt: skip

    def clashing(self, sides: Sides) -> Iterator[Contrast | None]:
        """In what two clauses are against each other."""
        yield self.against(sides)
        yield self.counted(sides)
        yield self.near(sides)
        yield self.left_out(sides)
        yield self.consequences.of(sides)

    def against(self, sides: Sides) -> Contrast | None:
        """Two clauses of one thing of which one says what the other says is not."""
        own, others = sides.own, sides.others
        if not self.is_of_one_time(sides) or not self.is_opposite(sides) or sides.is_limited or sides.may_both_be:
            return None
        if {own.predicate, others.predicate} & self.likeness.vocabulary.turning:
            return None  # `refused to name them` is `did not name them`
        if sides.are_of_themselves and not self.are_stances(own, others):
            return None
        subject, objects = self.likeness.of_one(own, sides.one, others, sides.other), of_things(own, others)
        if self.are_stances(own, others):
            if not all(clause.form in (SELF, TAKEN_UP) for clause in (own, others)) and subject != SAME:
                return None  # what others are for or against
            both = own.objects & others.objects
            is_one = bool(both) and both in (own.objects, others.objects)  # no `wolf hunt` beside a `duck hunt`
            is_same = (own.head & others.head and is_one) or own.objects == others.objects != frozenset()
            subject = SAME if objects == SAME and is_same else OTHER
        if self.likeness.vocabulary.are_appraisals(own.predicate, others.predicate):
            return opposed(self.likeness, sides, sides.shared, False) if subject == SAME and own.subject else None
        sure = self.is_sure(sides, subject, objects)
        told = not sides.own.form == sides.others.form == TAKEN_UP and sides.is_covered
        return None if sure is None else opposed(self.likeness, sides, sides.shared, sure and told)

    def is_sure(self, sides: Sides, subject: str, objects: str) -> bool | None:
        """Whether little doubt is left that two clauses are of one thing; None where they are hardly of one."""
        shared, near = sides.shared, together(sides.one, sides.other)
        if OTHER in (subject, objects) or subject == objects == UNKNOWN:
            forms = sides.own.form, sides.others.form
            things = objects == SAME and bool(sides.own.objects)
            named = sides.is_opposed and forms == (NAMED, NAMED) and things  # `the figure`, `the number`
            is_near = near and len(shared) >= FEW and (named or OTHER not in (subject, objects))
            return False if is_near else None
        if not near and not sides.are_of_one_speaker and {TAKEN_UP, MISSING} & {sides.own.form, sides.others.form}:
            return None
        strength = len(shared) + sides.predicates
        opposite = (sides.own.predicate, sides.others.predicate) in self.likeness.vocabulary.opposites
        strength += (opposite and subject == SAME) + sides.are_selves
        is_reply = self.likeness.is_reply(sides.one, sides.other)
        if is_reply and shared and strength + (sides.own.takes_up or sides.others.takes_up) >= FEW:
            return True
        apart = sides.are_of_other_times
        if subject == objects == SAME and (shared or sides.are_selves):
            return (strength > 1 and not apart) or (bool(shared) and near)
        if near and shared:
            return len(shared) > 1
        if strength < FEW:
            return None
        empty = not sides.own.objects or not sides.others.objects
        return subject == SAME and empty and strength + len(sides.own.times & sides.others.times) > FEW

    def is_opposite(self, sides: Sides) -> bool:
        """Whether two clauses cannot both hold, by their predicates, what negates them, and more and less."""
        own, others = sides.own, sides.others
        if own.predicate == others.predicate:
            return sides.is_opposed != (own.direction * others.direction < 0)
        return self.likeness.vocabulary.are_opposed(own.predicate, others.predicate) and not sides.is_opposed

    def are_stances(self, own: Clause, others: Clause) -> bool:
        """Whether two clauses are that somebody is for or against something."""
        vocabulary = self.likeness.vocabulary
        verbs = vocabulary.words("supporting") | vocabulary.words("opposing") | vocabulary.words("siding")
        return {own.predicate, others.predicate} <= set(map(vocabulary.key, verbs))

    def is_of_one_time(self, sides: Sides) -> bool:
        """Whether two clauses are of one mood and one time; what is reported outside quotation marks is in the past."""
        own, others = sides.own, sides.others
        reported = any(
            clause.past and read.statement.claim.quote != "direct"
            for clause, read in ((own, sides.one), (others, sides.other))
        )
        moods = {own.standing.mood, others.standing.mood}
        is_one_mood = sides.are_of_one_mood or (FUTURE in moods and self.is_told_back(sides))
        return is_one_mood and (own.past == others.past or reported)

    def is_told_back(self, sides: Sides) -> bool:
        """Whether what `would` be is next to what was, both reported: it may be one time."""
        indirect = all(read.statement.claim.quote == "indirect" for read in (sides.one, sides.other))
        return indirect and sides.own.past and sides.others.past and self.likeness.is_reply(sides.one, sides.other)

    def counted(self, sides: Sides) -> Contrast | None:
        """Two clauses of one thing with different numbers of it."""
        own, others = sides.own, sides.others
        costs = {own.predicate, others.predicate} <= self.likeness.keys_of("costing")
        wants = sides.are_of_one_speaker and {own.predicate, others.predicate} <= self.likeness.keys_of("wanting")
        moods = own.standing.mood == others.standing.mood or wants or (costs and own.predicate != others.predicate)
        if own.standing.negated or others.standing.negated or not moods or own.conditional or others.conditional:
            return None
        subject, objects = self.likeness.of_one(own, sides.one, others, sides.other), of_things(own, others)
        is_same = own.predicate == others.predicate
        with_shares = (is_same or wants) and subject == SAME and sides.are_of_one_speaker  # two polls differ
        pair = differing(own.measures, others.measures, with_shares)
        if pair is None or (own.times and others.times and not own.times & others.times):
            return None
        mine, theirs = ([one for one in clause.measures if one not in pair] for clause in (own, others))
        if differing(mine, theirs, True):
            return None  # what a tax of 2 percent brings, and one of 5
        shared = sides.crossed - {pair[0].of, own.predicate, others.predicate}
        if is_same and own.form != others.form and TAKEN_UP in (own.form, others.form):
            shared |= (own.subject | others.subject) if self.likeness.is_reply(sides.one, sides.other) else frozenset()
        if not (shared if is_same or wants else self.is_of_one_sum(sides, shared)):
            return None
        near = together(sides.one, sides.other)
        if is_same and OTHER in (subject, objects):
            return None
        is_answer = self.likeness.is_reply(sides.one, sides.other)
        if is_same and pair[0].of in (MONEY, SHARE) and not (subject == SAME and own.subject) and not is_answer:
            return None
        if not near and len(shared) + own.tells + len(own.times & others.times) < FEW and not wants:
            return None
        sure = near or len(shared) > 1
        about = self.likeness.surface(shared | {own.predicate}, sides.other)
        why = f"“{pair[0].words}” against “{pair[1].words}”: {about}"
        return Contrast(NUMBERS, why, sure and self.likeness.tells(shared), shared)

    def left_out(self, sides: Sides) -> Contrast | None:
        """Two numbers of one speaker, of which one does not say of what: `we need 5 percent`, under titles that do."""
        if not sides.are_of_one_speaker or sides.own.standing.negated or sides.others.standing.negated:
            return None
        pair = differing(sides.own.measures, sides.others.measures, True)
        titles = self.likeness.titles(sides.one) & self.likeness.titles(sides.other)
        if pair is None or len(titles) < FEW:
            return None
        for one, other in ((sides.own, sides.others), (sides.others, sides.own)):
            shared = titles & (other.subject | other.objects)
            if not one.subject and one.objects <= {pair[0].of} and shared:
                about = ", ".join(word for word in WORD.findall(sides.one.statement.claim.title or "")
                                  if self.likeness.vocabulary.key(word) in titles)  # fmt: skip
                why = f"“{pair[0].words}” against “{pair[1].words}”, in the titles of both: {about}"
                return Contrast(NUMBERS, why, False, frozenset(shared))
        return None

    def is_of_one_sum(self, sides: Sides, shared: frozenset[str]) -> bool:
        """Whether clauses with different predicates count the same."""
        if {sides.own.predicate, sides.others.predicate} <= self.likeness.keys_of("costing"):
            return len(sides.crossed) >= FEW
        return len(shared) + len(sides.own.times & sides.others.times) >= MANY

    def near(self, sides: Sides) -> Contrast | None:
        """Two clauses of which one is negated, next to one another, with much in common."""
        if not sides.is_opposed or sides.is_limited or sides.may_both_be or not sides.are_of_one_mood:
            return None
        own, others = sides.own, sides.others
        brought_about = self.likeness.is_reply(sides.one, sides.other) and sides.is_brought_about
        heads = bool(own.head & others.head) and len(sides.crossed) >= FEW and together(sides.one, sides.other)
        when = bool(own.times & others.times) and self.likeness.of_one(own, sides.one, others, sides.other) == SAME
        will_not = heads or sides.is_of_none or (when and bool(sides.shared)) or sides.is_taken_back
        if not brought_about and not (will_not and own.standing.mood in (FUTURE, OBLIGING)):
            return None
        return opposed(self.likeness, sides, sides.crossed, brought_about)


def differing(
    own: Iterable[Measure], others: Iterable[Measure], with_shares: bool
) -> tuple[Measure, Measure] | None:  # fmt: skip
    """Two numbers of one thing of which only one can be right."""
    for one in own:
        for other in others:
            fits = one.told <= other.told or other.told <= one.told
            if one.of == other.of and (one.of != SHARE or with_shares) and fits and one.excludes(other):
                return one, other
    return None

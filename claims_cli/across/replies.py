"""Which statements of a document stand behind one another: who is reported next mostly answers."""

from collections import defaultdict
from collections.abc import Iterable

from claims_cli.across.reading import is_told
from claims_cli.across.statements import DENIAL, NO_COMMENT, Statement
from claims_cli.across.vocabulary import WORD, Vocabulary

NEAR = 2  # lines from a paragraph to the next, an empty one between them


class Replies:
    """The order of statements in their documents.

    A statement that only says that something is denied (`rejected that`) has no place of its own: it announces what the
    same speaker says next.
    """

    def __init__(self, statements: Iterable[Statement] = (), vocabulary: Vocabulary | None = None):
        self.places: dict[tuple[str, str], int] = {}
        self.at: dict[tuple[str, int], Statement] = {}
        self.announcing: dict[tuple[str, int], Statement] = {}
        documents: dict[str, list[Statement]] = defaultdict(list)
        for one in statements:
            if one.claim.type != NO_COMMENT:
                documents[one.claim.doc].append(one)
        for document, members in documents.items():
            self.order(document, members, vocabulary)

    def order(self, document: str, members: list[Statement], vocabulary: Vocabulary | None) -> None:
        """Give each statement of a document its place; what stands inside another has none."""
        outer: list[Statement] = []
        for one in sorted(members, key=lambda one: (one.claim.content.spans[0][0], -one.claim.content.spans[-1][1])):
            if not (outer and one.is_inside(outer[-1])) and vocabulary and is_told(one, (), vocabulary):
                outer.append(one)
        place = 0
        for one in outer:
            self.places[one.identity] = place
            if vocabulary is not None and is_bare(one, vocabulary):
                self.announcing[document, place] = one
            else:
                self.at[document, place] = one
                place += 1

    def is_reply(self, one: Statement, other: Statement) -> bool:
        """Whether the first stands next behind the second."""
        places = self.places.get(one.identity), self.places.get(other.identity)
        return one.claim.doc == other.claim.doc and None not in places and places[0] == places[1] + 1  # type: ignore[operator]

    def before(self, one: Statement) -> Statement | None:
        """The statement that stands next before one."""
        place = self.places.get(one.identity)
        return self.at.get((one.claim.doc, place - 1)) if place else None

    def announced(self, one: Statement) -> Statement | None:
        """The denial before a statement of the same speaker that does not say what it denies."""
        place = self.places.get(one.identity)
        found = self.announcing.get((one.claim.doc, place)) if place is not None else None
        if found is None or found is one or not found.speakers & one.speakers:
            return None
        before = self.before(one)
        return found if before is not None and are_near(before, found) and are_near(found, one) else None


def are_near(one: Statement, other: Statement) -> bool:
    """Whether two statements of a document stand in one paragraph or in neighbouring ones, as far as lines tell."""
    lines = one.claim.line, other.claim.line
    return None in lines or abs(lines[0] - lines[1]) <= NEAR  # type: ignore[operator]


def is_bare(one: Statement, vocabulary: Vocabulary) -> bool:
    """Whether a denial does not say what it denies: `rejected that`, `denied the allegations`."""
    if one.claim.type != DENIAL or one.claim.negated or one.reported:
        return False
    sayings = frozenset(map(vocabulary.key, vocabulary.words("sayings")))
    return one.keys <= sayings and bool(WORD.findall(one.text))


def is_pointing(denial: Statement, vocabulary: Vocabulary) -> bool:
    """Whether a bare denial points to what stands before it: `rejected that`, `denied the charges`."""
    first, *others = (word.casefold() for word in WORD.findall(denial.text))
    charges = frozenset(map(vocabulary.key, vocabulary.words("charges")))
    return first in vocabulary.words("pointing") or bool(charges.intersection(map(vocabulary.key, others)))

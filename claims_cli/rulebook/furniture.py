"""Rules of furniture (`furniture/*.yaml`): which lines of a text are no prose of its article.

A rule says in words what a line is like. There are no regular expressions in it, so that none can run away.
"""

from dataclasses import dataclass

from claims_cli.errors import RuleProblem

SETS_ASIDE = ("line", "label", "block", "pair")
CAPITALS = ("first", "all")
ENCLOSED = ("round", "square")
CLASSES = ("$names", "$numbers")
MOST_WORDS = 1000


@dataclass(frozen=True)
class LineTest:
    """What a line, or a part of one, must be like; what is None or empty is not asked.

    Attributes:
        begins, ends, equals, holds: phrases, of which one must stand there.
        made_of: phrases of which the whole line consists; with `names` and `numbers` also of these.
        label, brackets, tail: tests of a part of the line.
        alternatives: of these at least one must hold (`any`).
        barred: of these none may hold (`not`).
    """

    begins: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()
    equals: frozenset[str] = frozenset()
    holds: frozenset[str] = frozenset()
    made_of: frozenset[str] | None = None
    names: bool = False
    numbers: bool = False
    label: "LineTest | None" = None
    brackets: "LineTest | None" = None
    tail: "LineTest | None" = None
    most_words: int | None = None
    least_words: int | None = None
    capitals: str | None = None
    enclosed: str | None = None
    alternatives: tuple["LineTest", ...] = ()
    barred: tuple["LineTest", ...] = ()


@dataclass(frozen=True)
class FurnitureRule:
    """One rule of furniture; `furniture_language` tells what its fields say.

    Attributes:
        origin: `shipped`, or the path of a user's file.
        place: a problem without words, at the rule's first line.
        written: the rule's own lines of the file.
    """

    id: str
    description: str
    test: LineTest
    origin: str
    place: RuleProblem
    written: str
    sets_aside: str = "line"
    sentences: bool = False
    opens_article: bool = False
    ends_article: bool = False
    override: bool = False
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()

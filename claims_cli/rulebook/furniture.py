"""Rules of furniture (`furniture/*.yaml`): which lines of a text are no prose of its article.

A rule says in words what a line is like. There are no regular expressions in it, so that none can run away.
"""

from dataclasses import dataclass

from claims_cli.errors import RuleProblem

PHRASE_KEYS = {
    "begins": "the line begins with one of these",
    "ends": "the line ends with one of these",
    "equals": "the line is one of these, marks at its ends aside",
    "holds": "one of these stands somewhere in the line",
}
PART_KEYS = {
    "label": "a test of the words before the line's first colon, bar or dash; there must be one",
    "brackets": "a test of the words in the brackets that end the line; there must be some",
    "tail": "a test of the words behind the line's last whole sentence or bar; there must be one before them",
}
NUMBER_KEYS = {"most_words": "the line has no more words than this", "least_words": "the line has no fewer"}
TEST_KEYS = {
    **PHRASE_KEYS,
    "made_of": "the line has no other words than these; $names stands for capitalized words, $numbers for figures",
    **PART_KEYS,
    **NUMBER_KEYS,
    "capitals": "the line's first word, or all of its words, are in capital letters",
    "enclosed": "the whole line stands in brackets",
    "any": "at least one of these tests holds",
    "not": "none of these tests holds",
}
RULE_KEYS = {
    "id": "unique among the rules of furniture and of claims",
    "description": "one line that says what the rule sets aside",
    "line": "what the line is like",
    "sets_aside": "how much is set aside: the line; its label (a dateline); the block of lines that it opens, up to "
    "the next prose; the pair of it and the line right above it",
    "sentences": "the line may also be a whole sentence; otherwise prose wins, and a sentence is never set aside",
    "opens_article": "the line stands at the beginning of an article",
    "ends_article": "what comes behind the line is another article",
    "override": "takes the place of the shipped rule of the same id",
    "examples": "what proves the rule: `match`, lines that it sets aside; `no_match`, lines that it must leave alone",
}
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
    """One rule of furniture; `RULE_KEYS` tells what its fields say.

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

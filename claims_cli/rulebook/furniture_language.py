"""The language of the rules of furniture, defined once: every key with what it takes and what it says."""

from collections.abc import Sequence
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, ValidationInfo, model_validator

from claims_cli.rulebook.furniture import CAPITALS, CLASSES, ENCLOSED, MOST_WORDS, SETS_ASIDE
from claims_cli.rulebook.language import (
    Text,
    Truth,
    Words,
    enum,
    expanded,
    key,
    known_group,
    listed,
    many,
    one_of,
    problem,
)


def known_material(word: str, info: ValidationInfo) -> str:
    """A word, the name of a lexicon group, or a class of words."""
    return word if word in CLASSES else known_group(word, info)


def material(words: Sequence[str], info: ValidationInfo) -> frozenset[str]:
    """The words of which a line is made, and the classes by their names."""
    classes = frozenset(CLASSES).intersection(words)
    return classes | expanded([word for word in words if word not in CLASSES], info)


Material = Annotated[
    tuple[Annotated[Text, AfterValidator(known_material)], ...],
    BeforeValidator(listed),
    Field(min_length=1),
    AfterValidator(material),
]
Number = Annotated[int, Field(ge=1, le=MOST_WORDS)]
Capitals = Annotated[Text, one_of(CAPITALS), enum(CAPITALS)]
Enclosed = Annotated[Text, one_of(ENCLOSED), enum(ENCLOSED)]
Reach = Annotated[Text, one_of(SETS_ASIDE), enum(SETS_ASIDE)]


class LineText(BaseModel, extra="forbid", frozen=True):
    """What a line is like."""

    begins: Words = many("the line begins with one of these", frozenset())
    ends: Words = many("the line ends with one of these", frozenset())
    equals: Words = many("the line is one of these, marks at its ends aside", frozenset())
    holds: Words = many("one of these stands somewhere in the line", frozenset())
    made_of: Material = many(
        "the line has no other words than these; $names stands for capitalized words, $numbers for figures"
    )
    label: "LineText" = key("a test of the words before the line's first colon, bar or dash; there must be one")
    brackets: "LineText" = key("a test of the words in the brackets that end the line; there must be some")
    tail: "LineText" = key(
        "a test of the words behind the line's last whole sentence or bar; there must be one before them"
    )
    most_words: Number = key("the line has no more words than this")
    least_words: Number = key("the line has no fewer")
    capitals: Capitals = key("the line's first word, or all of its words, are in capital letters")
    enclosed: Enclosed = key("the whole line stands in brackets")
    any_of: "Lines" = many("at least one of these tests holds", (), alias="any")
    none_of: "Lines" = many("none of these tests holds", (), alias="not")

    @model_validator(mode="after")
    def says_something(self) -> Self:
        """A test without a key would hold of every line."""
        if not self.model_fields_set:
            raise problem("a test without a key holds of every line", "say what it is like")
        return self


Lines = Annotated[tuple[LineText, ...], BeforeValidator(listed)]
Prose = Annotated[tuple[Text, ...], BeforeValidator(listed)]


class LineExamplesText(BaseModel, extra="forbid", frozen=True):
    """The examples of a rule of furniture."""

    match: Prose = many("lines that it sets aside", ())
    no_match: Prose = many("lines that it must leave alone", ())


class FurnitureText(BaseModel, extra="forbid", frozen=True):
    """A rule of furniture."""

    id: Text = Field(description="unique among the rules of furniture and of claims")
    description: Text = Field(description="one line that says what the rule sets aside")
    line: LineText = Field(description="what the line is like")
    sets_aside: Reach = key(
        "how much is set aside: the line; its label (a dateline); the block of lines that it opens, up to the next "
        "prose; the pair of it and the line right above it",
        "line",
    )
    sentences: Truth = key(
        "the line may also be a whole sentence; otherwise prose wins, and a sentence is never set aside", False
    )
    opens_article: Truth = key("the line stands at the beginning of an article", False)
    ends_article: Truth = key("what comes behind the line is another article", False)
    override: Truth = key("takes the place of the shipped rule of the same id", False)
    examples: LineExamplesText = key("what proves the rule", LineExamplesText())


MODELS: dict[str, Any] = {
    "": FurnitureText,
    **dict.fromkeys(("line", "label", "brackets", "tail", "any", "not"), LineText),
    "examples": LineExamplesText,
}

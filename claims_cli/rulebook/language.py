"""The rule language, defined once: every key of a rule of claims with what it takes and what it says.

The reader (`reading`), the JSON Schema (`schema`) and the page of the language (`outputs.rule_pages`) come from here.
What refers to something outside of its own value (roles, named nodes, classes) is checked by the reader.
"""

from collections.abc import Sequence
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, ValidationInfo, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from claims_cli.claim import QUOTES, TYPES
from claims_cli.names import suggest
from claims_cli.rulebook.attribution_words import FRAMES
from claims_cli.rulebook.model import (
    EXTENTS,
    HIGHEST,
    QUOTATION_LINKS,
    RELATIONS,
    ROLES,
    RULE_BASES,
    STANDINGS,
)
from claims_cli.rulebook.vocabulary import Vocabulary
from claims_cli.rulebook.yaml_nodes import Bare


def problem(message: str, hint: str = "") -> PydanticCustomError:
    """An error in our own words; `{key}` in the message is the key that it is about."""
    return PydanticCustomError("claims", "{message}", {"message": message, "hint": hint})


def not_bare(value: Any) -> Any:
    """A value that YAML does not read as yes or no where a word is meant."""
    if isinstance(value, Bare):
        raise problem(f"{{key}}: YAML reads bare {value} as yes or no", f'write "{value}" in quotes')
    return value


def truth(value: Any) -> Any:
    """`true` or `false`."""
    if value in ("true", "false"):
        return value == "true"
    raise problem("{key} must be true or false")


def listed(value: Any) -> Any:
    """A value alone stands for a list of one."""
    return value if isinstance(value, list) else [value]


def known_group(word: str, info: ValidationInfo) -> str:
    """A word, or the name of a lexicon group that there is."""
    vocabulary: Vocabulary | None = info.context
    if word.startswith("$") and vocabulary is not None and word[1:] not in vocabulary.words:
        near = suggest(word, [f"${group}" for group in vocabulary.words])
        raise problem(f"there is no lexicon group '{word}'", near)
    return word


def expanded(words: Sequence[str], info: ValidationInfo) -> frozenset[str]:
    """Words, those of lexicon groups among them."""
    vocabulary: Vocabulary | None = info.context
    groups = vocabulary.words if vocabulary is not None else {}
    parts = (groups.get(word[1:], frozenset()) if word.startswith("$") else frozenset((word,)) for word in words)
    return frozenset().union(*parts)


def or_list(schema: dict[str, Any]) -> None:
    """In the JSON Schema too a value alone stands for a list of one."""
    items = schema.pop("items")
    least = {"minItems": schema.pop("minItems")} if "minItems" in schema else {}
    del schema["type"]
    schema["anyOf"] = [items, {"type": "array", "items": items, **least}]


def many(description: str, default: Any = None, **more: Any) -> Any:
    """A key that takes a value or a list of values."""
    return Field(default=default, description=description, json_schema_extra=or_list, **more)


def key(description: str, default: Any = None, **more: Any) -> Any:
    """A key that may be left out."""
    return Field(default=default, description=description, **more)


def one_of(allowed: Sequence[str]) -> AfterValidator:
    """The check that a word stands in a closed list."""

    def check(word: str) -> str:
        if word in allowed:
            return word
        near = suggest(word, allowed)
        raise problem(f"{{key}} cannot be '{word}'", f"{near}{'  ' if near else ''}allowed: {', '.join(allowed)}")

    return AfterValidator(check)


def enum(allowed: Sequence[str]) -> WithJsonSchema:
    """A closed list in the JSON Schema."""
    return WithJsonSchema({"enum": list(allowed)})


Text = Annotated[str, BeforeValidator(not_bare)]
Truth = Annotated[bool, BeforeValidator(truth)]
Share = Annotated[float, Field(ge=0, le=1)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(listed), Field(min_length=1)]
Word = Annotated[Text, AfterValidator(known_group)]
Words = Annotated[tuple[Word, ...], BeforeValidator(listed), Field(min_length=1), AfterValidator(expanded)]
Role = Annotated[Text, one_of(ROLES), enum(ROLES)]
Type = Annotated[Text, one_of(TYPES), enum(TYPES)]
Quote = Annotated[Text, one_of(QUOTES), enum(QUOTES)]
Standing = Annotated[Text, one_of(STANDINGS), enum(STANDINGS)]
RuleBasis = Annotated[Text, one_of(RULE_BASES), enum(RULE_BASES)]
Extent = Annotated[Text, one_of(EXTENTS), enum(EXTENTS)]
Link = Annotated[Text, one_of(QUOTATION_LINKS), enum(QUOTATION_LINKS)]
Frame = Annotated[Text, one_of(FRAMES), enum(FRAMES)]
InQuotation = Annotated[Text, one_of(("quotation",)), enum(("quotation",))]
AnyClaim = Annotated[Text, one_of(("any",)), enum(("any",))]
NodeName = Text
VALUES = "a value, a list of values, or $lexicon.group"


class TestText(BaseModel, extra="forbid", frozen=True):
    """A token test."""

    lemma: Words = many(f"base form of the word, in small letters: {VALUES}")
    lower: Words = many(f"the word itself, in small letters: {VALUES}")
    pos: Words = many(f"part of speech (Universal Dependencies): {VALUES}")
    tag: Words = many(f"part of speech (Penn Treebank): {VALUES}")
    dep: Words = many(f"dependency on its head: {VALUES}")
    ent_type: Words = many(f"entity type: {VALUES}")
    known_as: Words = many(f"entity type; PERSON too for a name that is a person's elsewhere in the text: {VALUES}")
    shape: Words = many(f"how it is written, as spaCy has it (XXXX for capitals throughout): {VALUES}")
    any_of: "Tests" = many("at least one of these tests holds", (), alias="any")
    has: "Tests" = many("some child passes each of these tests", ())
    lacks: "Tests" = many("no child passes any of these tests", ())
    none_of: "Tests" = many("the token itself passes none of these tests", (), alias="not")


Tests = Annotated[tuple[TestText, ...], BeforeValidator(listed)]


class QuotationText(BaseModel, extra="forbid", frozen=True):
    """Where a quotation stands."""

    before: NodeName = key("it stands before that node")
    after: NodeName = key("it stands behind that node")
    around: NodeName = key("that node stands inside it")
    link: Annotated[tuple[Link, ...], BeforeValidator(listed)] = many(
        "what stands between the quotation and the clause", QUOTATION_LINKS
    )
    alone: Truth = key("true: no words lead into it (`He wrote “Salt,” …`)", False)

    @model_validator(mode="after")
    def says_where(self) -> Self:
        """A quotation stands on one side of one node."""
        if not (self.before or self.after or self.around):
            raise problem("a quotation says where it stands", "before, after, around")
        return self


class StretchText(BaseModel, extra="forbid", frozen=True):
    """Of which node a stretch of the sentence is all that stands before or behind it."""

    before: NodeName = key("the sentence before that node")
    after: NodeName = key("the line behind that node")
    below: NodeName = key("the paragraph below that node's, which ends with a colon; all of a block that is set off")

    @model_validator(mode="after")
    def says_where(self) -> Self:
        """A stretch lies before, behind or below a node."""
        if not (self.before or self.after or self.below):
            raise problem("a stretch says where it lies", "before, after, below")
        return self


class NodeText(TestText, extra="forbid", frozen=True):
    """A node of a pattern: a token test, and where the node stands."""

    child_of: NodeName = key("hangs on that node")
    head_of: NodeName = key("that node hangs on it")
    under: NodeName = key("stands somewhere below that node in the tree")
    over: NodeName = key("stands somewhere above that node in the tree")
    subject_of: NodeName = key(
        "is the subject of that verb, or of the verb above it where it has none of its own; also its agent"
    )
    just_before: NodeName = key("the noun phrase right before that verb")
    apposed_before: NodeName = key("the noun phrase before that verb, set off by commas")
    just_behind: NodeName = key("a noun of the phrase right behind that token")
    opens_line: NodeName = key("the noun phrase that is all that stands in the line before that token")
    closes_line: NodeName = key("the noun phrase that is all that stands in the line after that token")
    before: NodeName = key("stands before that node")
    after: NodeName = key("stands behind that node")
    quotation: QuotationText = key("the node is a quotation that stands there")
    stretch: StretchText = key("the node is all that stands before or behind another")
    inside: InQuotation = key("the token stands inside quotation marks")
    outside: InQuotation = key("the token stands outside quotation marks")
    extent: Extent = key("how the head word grows to a span")
    extends: Role = key("the role whose span this node's words join")
    optional: Truth = key("the rule matches without it too", False)
    use: Text = key("a named node of nodes.yaml, to which the other keys are added or whose place they take")

    @model_validator(mode="after")
    def hangs_once(self) -> Self:
        """A node hangs in one place."""
        relations = [name for name in RELATIONS if getattr(self, name)]
        if len(relations) > 1:
            raise problem(f"a node hangs in one place, not two: {', '.join(relations)}", "use a helper for the other")
        return self


class NamedNodeText(NodeText, extra="forbid", frozen=True):
    """A node of `nodes.yaml` that rules share."""

    description: Text = Field(description="one line that says what the node is")


class ExampleText(BaseModel, extra="forbid", frozen=True):
    """An example."""

    text: Text = Field(description="a sentence or two")
    yields: dict[str, Annotated[Texts, Field(json_schema_extra=or_list)]] = key(
        "the words of each role, as they stand in the text", {}
    )
    why: Text = key("why it is missed, for a known gap", "")


class ExamplesText(BaseModel, extra="forbid", frozen=True):
    """The examples of a rule."""

    match: tuple[ExampleText, ...] = key("what it must find, each role to the word", ())
    no_match: Annotated[tuple[Text, ...], BeforeValidator(listed)] = many("texts in which it must find nothing", ())
    known_gap: tuple[ExampleText, ...] = key("what it should find and does not yet; fails once it does", ())


class RuleText(BaseModel, extra="forbid", frozen=True):
    """A rule."""

    id: Text = Field(description="unique; stands in every claim that the rule finds")
    description: Text = Field(description="one line that says what the rule finds")
    pattern: dict[str, NodeText] = Field(
        description="named nodes; the cue anchors, every other says where it hangs; _helpers land in no claim"
    )
    score: Texts = many("the nodes whose lemmas the precision is counted by; the cue by default", ("cue",))
    type: Type = key("the type of every claim of this rule")
    default_type: Type = key("the type where the lexicon of types has none for the cue", "statement")
    quote: Quote = key("the kind of quotation")
    negated: Truth = key("whether its claims deny that it was said")
    confidence: Share = key("how often its author thinks that it is right; counts until it is counted", 0.5)
    frame: Frame = key(
        "what stands as the content; a cue takes the type and rate of its class (lexicons/attribution.yaml) "
        "where the class has that frame"
    )
    weighed: Truth = key("false: only the precision of its cue counts", True)
    counted: Truth = key("false: keeps the confidence that it states, where a corpus marks such claims otherwise", True)
    priors: Texts = many("classes of cues (lexicons/priors.yaml) that have a rate of their own", ())
    nests: Truth = key("false: not inside what another claim says", True)
    priority: Annotated[int, Field(ge=0, le=HIGHEST)] = key(
        "at one cue the highest takes the place of all lower ones (0 by default); "
        "a quotation only gives way to another reading of a quotation",
        0,
    )
    replaces: Texts = many("ids of rules that give way at the same cue", ())
    attach_to: AnyClaim = key("adds its roles to a claim that another rule found")
    stands: Standing = key(
        "finds quotations that no cue claims, where they stand there; its pattern has a source alone, "
        "which says what the voice or the subject must be whose words they are"
    )
    basis: RuleBasis = key(
        "how the speaker is known where not by the words beside the cue: carried (from another clause), quotation "
        "(by where it stands), signature (signed, or announced)"
    )
    override: Truth = key("takes the place of the shipped rule of the same id", False)
    tags: Texts = many("words to choose rules by", ())
    examples: ExamplesText = key(
        "what proves the rule: what it must find, must not find, and is known to miss", ExamplesText()
    )


class ClassText(BaseModel, extra="forbid", frozen=True):
    """A class of attribution words."""

    description: Text = key("one line that says what those do who do it", "")
    type: Type = key("the type of the claims that its words make in its frames")
    frames: Annotated[tuple[Frame, ...], BeforeValidator(listed)] = many("what stands as their content", FRAMES)
    right: Share = key("how often a word of it is right that was hardly seen", 0.5)
    quoted: Type = key("the type where the content is a quotation, if another")
    evidence: Truth = key("true: documents, and people who report what they found, give evidence by its words", False)
    verbs: Texts = many("lemmas of verbs", ())
    nouns: Texts = many("lemmas of nouns", ())
    adjectives: Texts = many("lemmas of adjectives", ())

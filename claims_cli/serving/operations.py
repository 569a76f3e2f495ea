"""What can be asked over HTTP, as one table: routes, checks of parameters, OpenAPI and the page of docs are its."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import StringIO
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from claims_cli.claim import KINDS, QUOTES, SAID, TYPES
from claims_cli.errors import UsageError
from claims_cli.names import one_of, suggest
from claims_cli.query import SORTS, TYPE_GROUPS
from claims_cli.serving.queries import LIMIT, MOST, MOST_ON_PAGE, MOST_SPEAKERS, Store
from claims_cli.store.queries import MARKED

OPTION = re.compile(r"--([a-z]+(?:-[a-z]+){0,3})")
TRUTHS = {"true": True, "1": True, "false": False, "0": False}
MOST_WORDS = 500
LAST = 10**15
TEXT = {"type": "string", "maxLength": MOST_WORDS}
HTML = "text/html"


@dataclass(frozen=True)
class Parameter:
    """One parameter of a request.

    Attributes:
        schema: as JSON Schema has it: a string, integer, number or boolean, or an array of strings.
        where: `query` or `path`.
    """

    name: str
    schema: dict[str, Any]
    description: str
    where: str = "query"

    def read(self, values: list[str]) -> Any:
        """The value that a query string gives.

        Raises:
            UsageError: it is none.
        """
        kind = self.schema["type"]
        if kind == "array":
            return [self.checked(value) for value in values]
        if len(values) > 1:
            raise UsageError(f"{self.name} was given {len(values)} times", "give it once")
        value = self.checked(values[0])
        return value if kind == "string" else self.converted(value, kind)

    def checked(self, value: str) -> str:
        """A text that is not too long, and one of those that are meant.

        Raises:
            UsageError: it is none.
        """
        if len(value) > MOST_WORDS:
            raise UsageError(f"{self.name} is longer than {MOST_WORDS} characters", "give fewer words")
        if "enum" in self.schema:
            one_of(f"value of {self.name}", [value], self.schema["enum"])
        return value

    def converted(self, value: str, kind: str) -> Any:
        """A number within its bounds, or a truth value."""
        try:
            if kind == "boolean":
                return TRUTHS[value.lower()]
            number = float(value) if kind == "number" else int(value)
            if self.schema.get("minimum", number) <= number <= self.schema.get("maximum", number):
                return number
        except (ValueError, KeyError):
            pass
        raise UsageError(f"{self.name} '{value}' is no {self.wanted}", "leave it out for what is usual")

    @property
    def wanted(self) -> str:
        """What a value must be, in words."""
        kind, bounds = self.schema["type"], [self.schema.get(name) for name in ("minimum", "maximum")]
        if kind == "boolean":
            return "truth value (true or false)"
        return f"{kind}" + (f" from {bounds[0]} to {bounds[1]}" if bounds[1] is not None else f" from {bounds[0]} on")


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked.

    Attributes:
        answer: gives it, from the store, the parameters by name, and the body where there is one.
        returns: the name of the schema of what is given (`openapi.SCHEMAS`); empty for a page.
        body: what the body must be; only such an operation writes, and wants the token.
    """

    method: str
    path: str
    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    answer: Callable[..., Any]
    returns: str = ""
    body: type[msgspec.Struct] | None = None

    def read(self, given: Mapping[str, list[str]]) -> dict[str, Any]:
        """The parameters of a query string, by name.

        Raises:
            UsageError: there is no such parameter, or a value is none.
        """
        known = {one.name: one for one in self.parameters if one.where == "query"}
        for name in given:
            if name not in known:
                hint = suggest(name, known) or f"there are: {', '.join(known) or 'none'}"
                raise UsageError(f"there is no parameter '{name}'", hint)
        return {name: known[name].read(values) for name, values in given.items()}


def in_parameters(told: str) -> str:
    """A message of ours where the options of the command line are called as parameters are."""
    return OPTION.sub(lambda match: match[1].replace("-", "_"), told)


def listed(values: Any) -> str:
    """Values for a description."""
    return ", ".join(values)


def many(name: str, description: str) -> Parameter:
    """A parameter that may come several times."""
    return Parameter(name, {"type": "array", "items": TEXT}, f"{description} Repeatable.")


def one(name: str, description: str) -> Parameter:
    """A parameter that is text."""
    return Parameter(name, TEXT, description)


def switch(name: str, description: str) -> Parameter:
    """A parameter that is true or false."""
    return Parameter(name, {"type": "boolean", "default": False}, description)


def limit(usual: int, most: int, what: str) -> Parameter:
    """The parameter that bounds how much is given."""
    schema = {"type": "integer", "minimum": 1, "maximum": most, "default": usual}
    return Parameter("limit", schema, f"How many {what} to give at most.")


FILTERS = (
    many("speaker", "Only this speaker: whole words of the name; capitals and accents do not matter."),
    one("speaker_kind", f"Speaker kinds, comma-separated: {listed(KINDS)}."),
    switch("unnamed", "Only speakers whom no name identifies."),
    one("type", f"Claim types, comma-separated: {listed((*TYPE_GROUPS, *TYPES))}; said ({listed(SAID)}) is usual."),
    one("quote", f"Kinds of quotation, comma-separated: {listed(QUOTES)}."),
    many("cue", "Only this cue: a lemma (deny) or words of it (according to)."),
    one("search", 'Full text of statement, speaker and sentence: words, "a phrase", begin*, AND, OR, NOT.'),
    one("doc", "Only documents whose path holds this, or fits it (2023/*)."),
    many("outlet", "Only documents of this outlet: whole words of its name."),
    one("after", "Only documents of this day (2024-03-01) or later."),
    one("before", "Only documents of this day or earlier."),
    one("via", "Only what this voice passes on."),
    one("citing", "Only what rests on this basis."),
    one("addressee", "Only what was said to this one."),
    one("role", "Only speakers of this title."),
    switch("negated", "Only what was not said: did not tell, did not specify."),
    switch("new", "Only what the last run brought into the store."),
    Parameter("marked", {"type": "string", "enum": list(MARKED)}, "Only claims that were marked."),
    Parameter("min_confidence", {"type": "number", "minimum": 0, "maximum": 1}, "The lowest confidence to give."),
)
OFFSET = Parameter(
    "offset",
    {"type": "integer", "minimum": 0, "maximum": LAST, "default": 0},
    "How many to pass over: next_offset of the last answer.",
)
SORT = one("sort", f"Sort by {listed(SORTS)}; several with commas, a minus before one turns it round.")
ID = Parameter("id", TEXT, "The claim's id, or how it begins.", "path")


class Judgement(msgspec.Struct, forbid_unknown_fields=True):
    """What somebody makes of a claim: at least one of verdict, note and speaker, or `remove`.

    Attributes:
        by: who judges; verdict: `right` or `wrong`; speaker: who said it, where that was found wrong.
        remove: take the own mark away, whatever else is given.
    """

    by: Annotated[str, Meta(min_length=1, max_length=200)]
    verdict: Literal["right", "wrong"] | None = None
    note: Annotated[str, Meta(max_length=4000)] | None = None
    speaker: Annotated[str, Meta(max_length=500)] | None = None
    remove: bool = False


def page(store: Store, **asked: Any) -> str:
    """The page of claims."""
    stream = StringIO()
    store.page(stream, **asked)
    return stream.getvalue()


def mark(store: Store, id: str, body: Judgement) -> dict[str, Any]:
    """What somebody makes of a claim, kept or taken away.

    Raises:
        UsageError: nobody judges, nothing is said, or there is no such claim.
        OutputError: the store cannot be written to.
    """
    by, note, speaker = (" ".join((text or "").split()) or None for text in (body.by, body.note, body.speaker))
    if by is None:
        raise UsageError("by is empty", "say who judges")
    return store.unmark(id, by) if body.remove else store.mark(id, by, body.verdict, note, speaker)


OPERATIONS = (
    Operation(
        "GET", "/", "page", "The claims on a page, in their articles; filters as for /api/claims.",
        (*FILTERS, SORT, limit(MOST_ON_PAGE, 10 * MOST_ON_PAGE, "claims")), page,
    ),
    Operation(
        "GET", "/api/claims", "claims", "The claims that fit, in the order of the documents or sorted, and how many.",
        (*FILTERS, SORT, limit(LIMIT, MOST, "claims"), OFFSET), Store.claims, "Claims",
    ),
    Operation(
        "GET", "/api/claims/{id}", "claim", "One claim in its paragraph, with its chain of voices and why.", (ID,),
        Store.claim, "ClaimPage",
    ),
    Operation(
        "POST", "/api/claims/{id}/mark", "mark", "Judge a claim: right, wrong, who said it, or a note.", (ID,), mark,
        "ClaimPage", Judgement,
    ),
    Operation(
        "GET", "/api/speakers", "speakers", "Who speaks in the claims that fit, most claims first.",
        (*FILTERS, limit(LIMIT, MOST, "speakers"), OFFSET), Store.speakers, "Speakers",
    ),
    Operation(
        "GET", "/api/stats", "stats", "How much is said, by whom, in which form, when and where.",
        (*FILTERS, limit(MOST_SPEAKERS, MOST, "speakers")), Store.stats, "Stats",
    ),
)  # fmt: skip

"""The MCP server: tools by which a language model extracts claims and searches a store."""

from collections.abc import Callable
from functools import wraps
from inspect import cleandoc
from typing import Annotated, Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError
from mcp_types import ToolAnnotations
from pydantic import Field, ValidationError

from claims_cli import __version__
from claims_cli.errors import ClaimsError
from claims_cli.names import suggest
from claims_cli.outputs.escapes import spelled
from claims_cli.serving import queries, texts
from claims_cli.serving.operations import in_parameters
from claims_cli.serving.queries import Store
from claims_cli.serving.texts import Texts

INSTRUCTIONS = """
A claim is one attributed statement in a document: who (speaker) said what (content), by which words (cue), through whom
(via) and resting on what (citing). It is what a document says that somebody said, and no judgement whether it is true.

- Quote with the offsets: text[start:end] of the document, in code points, is the very words. `content.spans` has the
  pieces of the statement, `source` and `cue` the words that name the speaker and attribute.
- `speaker` may be null or `speaker_kind` `unknown`: the text names nobody. Say so, and do not guess a name. `named`
  false is somebody whom no name identifies (an official). `speaker_basis` tells how the speaker is known,
  `speaker_confidence` how likely that is right.
- `confidence`, from 0 to 1, is how many such claims are right. Show it with what you report, and what is below 0.7 as
  uncertain. `negated` claims were NOT said. Nothing found is no proof that nothing was said.
- Answers come in parts: `total` says how many there are; `next_offset` is the `offset` of the next part, null at the
  end.
""".strip()
OF_STORE = "The tools search, show and speakers ask the store {name}, which holds claims of documents read before."
READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
MOST_WORDS = 500
REMEDY = "the tool's input schema tells what it takes"

Words = Annotated[str | None, Field(max_length=MOST_WORDS)]
Text = Annotated[str, Field(description=f"The text, at most {texts.MOST_LETTERS:,} characters.")]
Paths = Annotated[
    list[str],
    Field(description=f"Files, folders and globs, at most {texts.MOST_PATHS}; web pages, PDFs, Word, tables, mail …"),
]
Types = Annotated[
    str | None,
    Field(
        max_length=MOST_WORDS,
        description="Claim types, comma-separated: said (as it is), held (thoughts and attitudes), all, or statement, "
        "denial, question, request, commitment, appraisal …",
    ),
]
Least = Annotated[float | None, Field(ge=0, le=1, description="The lowest confidence; as it is 0.40.")]
Fast = Annotated[
    bool | None, Field(description="Whether the rules read alone: half the time, somewhat less often right.")
]
Offset = Annotated[int, Field(ge=0, le=2**53, description="How many to pass over: next_offset of the last answer.")]
FewClaims = Annotated[int, Field(ge=1, le=texts.MOST, description="How many to give at most.")]
Speaker = Annotated[
    str | None, Field(max_length=MOST_WORDS, description="Whole words of a speaker's name; every spelling is found.")
]
Query = Annotated[
    str | None,
    Field(
        max_length=MOST_WORDS,
        description='Full text of statement, speaker and sentence: words, "a phrase", begin*, AND, OR, NOT.',
    ),
]
Path = Annotated[
    str | None, Field(max_length=MOST_WORDS, description="Part of a document's path, or a pattern of it (2023/*).")
]
Day = Annotated[str | None, Field(max_length=MOST_WORDS, description="A day of the document: 2024-03-01.")]
Id = Annotated[str, Field(max_length=MOST_WORDS, description="The claim's id, or how it begins.")]


def server(asked: Texts, store: Store | None) -> MCPServer:
    """The server over texts, and over a store where one is named."""
    told = [INSTRUCTIONS, *([OF_STORE.format(name=spelled(store.path.name))] if store else [])]
    made = Server(
        "claims", title="Who said what", instructions="\n\n".join(told), version=__version__, log_level="CRITICAL"
    )
    for tool in (*of_texts(asked), *(of_store(store) if store else ())):
        made.add_tool(refusing(tool), description=cleandoc(tool.__doc__ or ""), annotations=READS)
    return made


def of_texts(asked: Texts) -> list[Callable]:
    """The tools that read texts."""

    def extract_text(
        text: Text,
        types: Types = None,
        min_confidence: Least = None,
        fast: Fast = None,
        limit: FewClaims = texts.LIMIT,
        offset: Offset = 0,
    ) -> dict[str, Any]:
        """Who said what in a text. Each claim is the full record; its offsets count code points of the text."""
        options = {"types": types, "min_confidence": min_confidence, "fast": fast}
        return asked.of_text(text, limit, offset, **options)

    def extract_files(
        paths: Paths,
        types: Types = None,
        min_confidence: Least = None,
        fast: Fast = None,
        limit: FewClaims = texts.LIMIT,
        offset: Offset = 0,
    ) -> dict[str, Any]:
        """Who said what in files: claims in the order of documents, `failed` inputs with reason and remedy, `notes`.

        Offsets count code points of the document's text as it is read, which of formats other than plain text is what
        `claims text FILE` prints.
        """
        options = {"types": types, "min_confidence": min_confidence, "fast": fast}
        return asked.of_files(paths, limit, offset, **options)

    def explain(text: Text) -> dict[str, Any]:
        """Why a text yields the claims it does: what each sentence's candidates read, what lost and why."""
        return asked.explain(text)

    return [extract_text, extract_files, explain]


def of_store(store: Store) -> list[Callable]:
    """The tools that ask a store."""

    def search(
        query: Query = None,
        speaker: Speaker = None,
        type: Types = None,
        doc: Path = None,
        after: Day = None,
        before: Day = None,
        min_confidence: Least = None,
        limit: FewClaims = texts.LIMIT,
        offset: Offset = 0,
    ) -> dict[str, Any]:
        """The claims of the store that fit, in the order of the documents; all filters must be met.

        `kept_back` counts what fits but for its type or confidence; `unknown_speakers` has near names of a speaker
        whom nobody is called.
        """
        filters = {"search": query, "speaker": None if speaker is None else [speaker], "type": type, "doc": doc}
        days = {"after": after, "before": before}
        return store.claims(limit, offset, **filters, **days, min_confidence=min_confidence)

    def show(id: Id) -> dict[str, Any]:
        """One claim of the store: its record, its paragraph with the roles of its words, the chain of voices, why."""
        return store.claim(id)

    def speakers(
        speaker: Speaker = None, type: Types = None, limit: FewClaims = texts.LIMIT, offset: Offset = 0
    ) -> dict[str, Any]:
        """Who speaks in the store: names, spellings, roles, how many claims and documents; most claims first."""
        return store.speakers(limit, offset, speaker=None if speaker is None else [speaker], type=type)

    return [search, show, speakers]


def refusing(tool: Callable) -> Callable:
    """A tool whose errors are told with reason and remedy."""

    @wraps(tool)
    def run(**values: Any) -> Any:
        try:
            return queries.sendable(tool(**values))
        except ClaimsError as error:
            raise ToolError(in_parameters(str(error))) from None
        except Exception as error:
            raise ToolError(f"a fault of claims: {type(error).__name__}: {error}; please report it") from None

    return run


class Server(MCPServer):
    """A server that tells what is wrong with arguments in a line each."""

    async def call_tool(self, name: str, arguments: dict[str, Any], context: Any = None) -> Any:
        """Call a tool.

        Raises:
            ToolError: it fails, or there is none of this name.
        """
        refuse_unknown(name, arguments, {tool.name: tool.parameters for tool in self._tool_manager.list_tools()})
        try:
            return await super().call_tool(name, arguments, context)
        except UnexpectedToolError:
            raise
        except ToolError as error:
            if isinstance(error.__cause__, ValidationError):
                raise ToolError(wrong(error.__cause__)) from None
            raise ToolError(str(error).removeprefix(f"Error executing tool {name}: ")) from None


def refuse_unknown(name: str, arguments: dict[str, Any], known: dict[str, dict[str, Any]]) -> None:
    """Refuse arguments that a tool does not take, which the library passes over.

    Raises:
        ToolError: there is one, or no such tool.
    """
    if name not in known:
        raise ToolError(f"there is no tool '{name}'; there are: {', '.join(known)}")
    takes = known[name].get("properties", {})
    for argument in arguments:
        if argument not in takes:
            hint = suggest(argument, takes) or f"there are: {', '.join(takes)}"
            raise ToolError(f"there is no argument '{argument}'; {hint}")


def wrong(error: ValidationError) -> str:
    """What is wrong with arguments."""
    parts = [f"{'.'.join(map(str, one['loc'])) or 'arguments'}: {one['msg']}" for one in error.errors()]
    return "; ".join([*parts, REMEDY])

"""The HTTP server over one store: the page, the JSON interface, its description. Only marks write, with the token."""

import hmac
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from claims_cli.errors import ClaimsError, OutputError, UsageError
from claims_cli.outputs.html import own_policy, policy
from claims_cli.serving import openapi
from claims_cli.serving.operations import HTML, OPERATIONS, Operation, in_parameters
from claims_cli.serving.queries import Store, sendable

HERE = Path(__file__).parent
MOST_BYTES = 16_384
MOST_FIELDS = 64
NOTHING_LOADED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}
BEARER = "bearer "


class Refused(Exception):
    """That a request is not answered.

    Attributes:
        status: of HTTP; error: why.
    """

    def __init__(self, status: int, reason: str, remedy: str):
        super().__init__(reason)
        self.status = status
        self.error = UsageError(reason, remedy)


def application(store: Store, hosts: list[str], token: str | None) -> Starlette:
    """The application.

    Args:
        hosts: the names and addresses by which it may be called; a page elsewhere whose name was turned to this machine
            (DNS rebinding) is none of them.
        token: what whoever marks must show; None where nobody may.
    """
    description = openapi.described(writes=token is not None)
    routes = [
        Route(one.path, partial(answered, operation=one, store=store, token=token), methods=[one.method])
        for one in OPERATIONS
    ]
    routes.append(Route("/openapi.json", lambda request: JSONResponse(description)))
    routes.append(Route("/docs", partial(documented, writes=token is not None)))
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guarded), Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False)],
        exception_handlers={HTTPException: unrouted},
    )


class Guarded:
    """Adds to every answer the headers that keep browsers from doing more with it than showing it."""

    def __init__(self, app: Callable):
        self.app = app

    async def __call__(self, scope: Any, receive: Callable, send: Callable) -> None:
        """Pass a request on."""

        async def sent(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                had = {name for name, _ in message["headers"]}
                own = {**HEADERS, "content-security-policy": NOTHING_LOADED}
                added = [(name.encode(), value.encode()) for name, value in own.items() if name.encode() not in had]
                message = {**message, "headers": [*message["headers"], *added]}
            await send(message)

        await self.app(scope, receive, sent if scope["type"] == "http" else send)


async def answered(request: Request, operation: Operation, store: Store, token: str | None) -> Response:
    """The answer to a request, or why there is none; never a traceback."""
    try:
        values = {**operation.read(query_of(request)), **request.path_params}
        if operation.body is not None:
            refuse_strangers(request, token)
            values["body"] = await body_of(request, operation.body)
        answer = await run_in_threadpool(operation.answer, store, **values)
        return found(answer) if operation.returns else page(answer)
    except Refused as refusal:
        return failed(refusal.error, refusal.status)
    except ClaimsError as error:
        return failed(error, status_of(error, request))
    except Exception as error:
        told = f"a fault of this program: {type(error).__name__}: {error}"
        sys.stderr.write(f"claims: {told!a}\n")
        return failed(UsageError("a fault of this program", "what went wrong stands where the server runs"), 500)


def query_of(request: Request) -> dict[str, list[str]]:
    """The values of a query string, by name.

    Raises:
        UsageError: there are too many.
    """
    try:
        return parse_qs(request.url.query, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise UsageError("too many parameters", f"give at most {MOST_FIELDS}") from None


def refuse_strangers(request: Request, token: str | None) -> None:
    """Let nobody write who does not show the token.

    Raises:
        Refused: nobody may, or the token is missing or wrong.
    """
    if token is None:
        raise Refused(403, "nothing may be written here", "start it without --read-only")
    given = request.headers.get("authorization", "")
    shown = given[len(BEARER) :] if given[: len(BEARER)].lower() == BEARER else ""
    if not hmac.compare_digest(shown.encode(), token.encode()):
        raise Refused(401, "the token is missing or wrong", "send the header Authorization: Bearer TOKEN")


async def body_of(request: Request, kind: type[msgspec.Struct]) -> msgspec.Struct:
    """The body of a request, which is JSON of a kind.

    Raises:
        Refused: it is too large, or no JSON.
        UsageError: it is not of that kind.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused(415, "the body is no JSON", "send the header Content-Type: application/json")
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > MOST_BYTES:
            raise Refused(413, f"the body is larger than {MOST_BYTES:,} bytes", "say less")
    try:
        return msgspec.json.decode(bytes(data), type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError(f"the body is wrong: {error}", "/docs shows what it holds") from None


def status_of(error: ClaimsError, request: Request) -> int:
    """The status of HTTP that an error has."""
    if isinstance(error, OutputError):
        return 503
    is_unknown = "id" in request.path_params and "id" in error.reason.split()
    return 404 if is_unknown else 400


def found(answer: Any) -> Response:
    """An answer as JSON."""
    return JSONResponse(sendable(answer))


def page(text: str) -> Response:
    """A page, by whose policy only its own style and script count."""
    headers = {"content-security-policy": f"{own_policy()}; frame-ancestors 'none'"}
    return Response(text.encode("utf-8", "replace"), media_type=HTML, headers=headers)


def failed(error: ClaimsError, status: int) -> Response:
    """Why there is no answer."""
    told = {"reason": in_parameters(error.reason), "remedy": in_parameters(error.remedy)}
    headers = {"www-authenticate": "Bearer"} if status == 401 else {}
    return JSONResponse(sendable({"error": told}), status, headers)


async def unrouted(request: Request, error: Exception) -> Response:
    """That an address leads nowhere, or is asked in a way that it is not made for."""
    assert isinstance(error, HTTPException)
    told = UsageError(error.detail.lower(), "/docs lists what can be asked")
    answer = failed(told, error.status_code)
    answer.headers.update(error.headers or {})
    return answer


def documented(request: Request, writes: bool) -> Response:
    """The page that lists what can be asked."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    style = Markup((HERE / "docs.css").read_text(encoding="utf-8"))
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    shown = [(one, openapi.fields(one.body)) for one in OPERATIONS if writes or one.body is None]
    text = environment.get_template("docs.html").render(operations=shown, style=style, kind=openapi.in_words)
    headers = {"content-security-policy": f"{policy(style, '')}; frame-ancestors 'none'"}
    return Response(text.encode(), media_type=HTML, headers=headers)

"""`claims serve`: a store over HTTP, for a browser and for programs on this machine."""

import ipaddress
import os
import secrets
import socket
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claims_cli.commands.extract import ending
from claims_cli.commands.messages import Messages
from claims_cli.commands.options import RuleOptions, sharing
from claims_cli.commands.sources import ENVIRONMENT, needing, store_named
from claims_cli.config import Config
from claims_cli.errors import EXIT_INTERRUPTED, UsageError

if TYPE_CHECKING:
    import uvicorn

HOST, PORT = "127.0.0.1", 8765
TOKEN = "CLAIMS_TOKEN"
LEAST_TOKEN = 16
ANY = ("0.0.0.0", "::")
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
MOST_AT_ONCE = 64


@sharing("ruled", RuleOptions)
def serve(
    store: Annotated[
        Path | None, typer.Argument(metavar="[STORE]", help=f"The store; by default that which {ENVIRONMENT} names.")
    ] = None,
    *,
    ruled: RuleOptions,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help=f"Listen there; {HOST} is reached from this machine only.")
    ] = HOST,
    port: Annotated[
        int, typer.Option(metavar="N", min=0, max=65535, help=f"The port ({PORT}); 0 takes a free one.")
    ] = PORT,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Answer also when called by this name. Repeatable."),
    ] = None,
    token: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT", envvar=TOKEN, help="What whoever marks must show; as it is a new one, said at the start."
        ),
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Nobody marks.")] = False,
) -> None:
    """Serve a store to a browser and to programs, over HTTP.

    \b
    Examples:
      claims serve claims.db                      then open the address it says
      claims serve claims.db --port 0 --read-only
      curl 'http://127.0.0.1:8765/api/claims?speaker=Nasrallah&limit=2'

    / is the page, /api/claims the same as JSON, /docs lists what can be asked, /openapi.json describes it. Who can
    reach it can read the whole store.
    """
    messages = Messages()
    with ending(messages):
        needing("starlette", "serve")
        needing("uvicorn", "serve")
        secret = settled_token(token, read_only)
        config = ruled.settle_aloud()
        path = store_named(store)
        with listening(host, port) as listener:
            running = server(path, config, hosts(host, allow_host or []), secret)
            tell(messages, path, listener, host, secret if token is None else None)
            raise typer.Exit(run(running, listener))


def settled_token(token: str | None, read_only: bool) -> str | None:
    """The token that marks want; None where nobody marks.

    Raises:
        UsageError: it is short, or there is one for nothing.
    """
    if read_only:
        return None
    if token is not None and (len(token) < LEAST_TOKEN or not (token.isascii() and token.isprintable())):
        raise UsageError(
            f"a token has {LEAST_TOKEN} letters or more, all of them ASCII", "leave --token out, and a new one is made"
        )
    return token or secrets.token_urlsafe(24)


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Raises:
        UsageError: there is no such address here, or another program has the port.
    """
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(address[:2], family=family)
    except (OSError, UnicodeError) as error:
        known = isinstance(error, OSError) and not isinstance(error, socket.gaierror) and error.errno
        reason = os.strerror(known) if known else getattr(error, "strerror", None) or "no such address"
        raise UsageError(
            f"cannot listen on {host} port {port}: {reason.lower()}", "give another --port (0 takes a free one)"
        ) from None


def hosts(host: str, further: list[str]) -> list[str]:
    """The names and addresses by which the server may be called.

    Raises:
        UsageError: a name stands for any, which lets other sites' pages in.
    """
    if any("*" in name for name in further):
        raise UsageError("--allow-host takes a name, not a pattern", "give it once a name")
    own = [socket.gethostname(), *addresses()] if host in ANY else [bracketed(host)]
    return list(dict.fromkeys([*LOOPBACK, *own, *map(bracketed, further)]))


def addresses() -> list[str]:
    """The addresses of this machine, as far as its name tells them."""
    try:
        return [bracketed(str(found[4][0])) for found in socket.getaddrinfo(socket.gethostname(), None)]
    except OSError:
        return []


def bracketed(host: str) -> str:
    """A name or an address as it stands in a URL."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def server(path: Path, config: Config, names: list[str], token: str | None) -> "uvicorn.Server":
    """The server over a store.

    Raises:
        UsageError: it is none.
        OutputError: it cannot be read.
    """
    import uvicorn

    from claims_cli.serving.queries import Store
    from claims_cli.serving.web import application

    store = Store(path, config)
    with store.reader():  # what is none is refused at once, an older one brought up to date
        pass
    settings = uvicorn.Config(
        application(store, names, token), lifespan="off", ws="none", log_level="critical", access_log=False,
        server_header=False, proxy_headers=False, limit_concurrency=MOST_AT_ONCE, timeout_graceful_shutdown=2,
    )  # fmt: skip
    return uvicorn.Server(settings)


def tell(messages: Messages, path: Path, listener: socket.socket, host: str, token: str | None) -> None:
    """Say where the server is, who can reach it, and what marks want."""
    port = listener.getsockname()[1]
    messages.tell(
        f"{path} is served at http://{bracketed(host)}:{port}/ (/docs lists what can be asked); Ctrl-C ends it"
    )
    if not is_loopback(host):
        messages.tell(f"--host {host}: whoever reaches this machine can read the whole store, unencrypted")
    if token is not None:
        messages.tell(f"marks want the header: Authorization: Bearer {token}")


def run(running: "uvicorn.Server", listener: socket.socket) -> int:
    """Serve until somebody ends it; the exit code."""
    with suppress(KeyboardInterrupt):
        running.run(sockets=[listener])
    return EXIT_INTERRUPTED

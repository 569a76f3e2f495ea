"""Pages fetched from the web, where the user asks for it: one after the other, as robots.txt allows, never in a hurry.

The fetcher is trafilatura's, under our own name; robots.txt is read as RFC 9309 says: what a server does not answer is
closed, what it does not have is open.
"""

import ipaddress
import logging
import re
import socket
import time
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from claims_cli import __version__
from claims_cli.errors import InputError

WEB = re.compile(r"https?://[^\s/]+", re.I)
AGENT = "claims"
WAIT = 2.0  # seconds between two requests to one server, where it asks for no more
LONGEST_WAIT = 60.0
LARGEST = 20_000_000
SECONDS = 30
MOST_REDIRECTS = 5
NONE_FOR_US = range(400, 500)  # of HTTP: there is no robots.txt, or none that we may see
OK = 200


@dataclass(frozen=True)
class Fetched:
    """What a server sent.

    Attributes:
        address: where it came from in the end.
        content_type: with its charset, as the server wrote it.
        moment: when, as ISO 8601.
    """

    address: str
    content_type: str
    moment: str
    data: bytes


@dataclass
class Server:
    """What is known of one server.

    Attributes:
        allows: whether it lets us have an address; wait: seconds between two requests.
        asked: when the last request ended.
    """

    allows: Callable[[str], bool]
    wait: float
    asked: float = field(default_factory=time.monotonic)


class Fetcher:
    """Fetches pages."""

    def __init__(self) -> None:
        self.servers: dict[str, Server] = {}

    def page(self, address: str) -> Fetched:
        """What an address holds.

        Raises:
            InputError: it is not to be had, or robots.txt forbids it.
        """
        server = self.server(address)
        if not server.allows(address):
            raise forbidden(address)
        time.sleep(max(0.0, server.asked + server.wait - time.monotonic()))
        response = answer(address)
        server.asked = time.monotonic()
        if response is None or response.status is None:
            raise InputError(address, "did not answer, or is no page", "check the address, and try again later", "find")
        if response.status != OK:
            raise InputError(address, f"was answered with {response.status}", "check the address", "find")
        final = response.url or address
        if not self.allows_redirect(address, final):
            raise forbidden(final)
        if len(response.data) > LARGEST:
            raise InputError(address, "is far larger than web pages are", "save it as a file", "find")
        headers = {key.lower(): value for key, value in (response.headers or {}).items()}
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        return Fetched(final, headers.get("content-type", ""), moment, response.data)

    def allows_redirect(self, address: str, final: str) -> bool:
        """Whether the address to which another led may be fetched; one of the same server is asked for as that is."""
        return urlsplit(final).netloc == urlsplit(address).netloc or self.server(final).allows(final)

    def server(self, address: str) -> Server:
        """The server of an address; its robots.txt is read once.

        Raises:
            InputError: it has no server.
        """
        parts = urlsplit(address)
        base = f"{parts.scheme}://{parts.netloc}"
        if base not in self.servers:
            self.servers[base] = self.asked(base)
        return self.servers[base]

    def asked(self, base: str) -> Server:
        """A server as its robots.txt describes it."""
        from trafilatura.spider import parse_robots

        response = answer(f"{base}/robots.txt")
        if response is not None and response.status in NONE_FOR_US:
            return Server(lambda address: True, WAIT)
        if response is None or response.status != OK:
            return Server(lambda address: False, WAIT)
        rules = parse_robots(f"{base}/robots.txt", response.data.decode("utf-8", "replace"))
        if rules is None:
            return Server(lambda address: True, WAIT)
        delay = float(rules.crawl_delay(AGENT) or 0)
        return Server(lambda address: rules.can_fetch(AGENT, address), min(max(WAIT, delay), LONGEST_WAIT))


def is_address(name: str) -> bool:
    """Whether a name is an address of the web."""
    return WEB.match(name) is not None


def forbidden(address: str) -> InputError:
    """That a server does not let programs have an address."""
    reason = "is closed to programs (robots.txt), or its server does not answer"
    return InputError(address, reason, "open it in a browser and save the page", "find")


def answer(address: str) -> Any:
    """What a server answers; None where it does not."""
    from trafilatura.downloads import fetch_response

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what fails is told by our own message
    return fetch_response(address, config=settings(address))


def settings(address: str) -> Any:
    """The fetcher's settings: our name, no doubtful certificate, no way from the web into a network of one's own."""
    from trafilatura.settings import DEFAULT_CONFIG

    config = deepcopy(DEFAULT_CONFIG)
    config["DEFAULT"].update(
        download_timeout=str(SECONDS),
        max_file_size=str(LARGEST + 1),
        min_file_size="1",
        max_redirects=str(MOST_REDIRECTS),
        user_agents=f"{AGENT}/{__version__} (reads one page at a time, as robots.txt allows)",
        insecure_ssl_fallback="off",
        ssrf_protection="off" if is_private(address) else "on",
    )
    return config


@lru_cache(maxsize=1_000)
def is_private(address: str) -> bool:
    """Whether an address, which the user gave, is of one's own machine or network."""
    host = urlsplit(address).hostname or ""
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, None)}
    except OSError:
        return False
    return any(not ipaddress.ip_address(str(one).partition("%")[0]).is_global for one in found)

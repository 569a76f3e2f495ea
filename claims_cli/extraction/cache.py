"""Results kept on disk by what they rest on: the text, the model, the rulebook and this program."""

import hashlib
import os
import platform
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path

from claims_cli.claim import Document
from claims_cli.extraction.lru_file import LruFile
from claims_cli.extraction.results import Analysis
from claims_cli.models import model_version
from claims_cli.rulebook import RuleSources, load
from claims_cli.rulebook.files import fingerprint

FOLDER = "CLAIMS_CACHE_DIR"
RESULTS, PARSES, CHECKED = "results.sqlite3", "parses.sqlite3", "rulebooks.sqlite3"
MODE = 0o700
OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH
WAIT = 1.0  # seconds that results wait to be written together


def folder() -> Path:
    """Where results are kept."""
    named = os.environ.get(FOLDER)
    if named:
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("claims", appauthor=False)


def files(path: Path) -> list[Path]:
    """The files of the cache in a folder, with what SQLite lays beside them."""
    return [found for name in (RESULTS, PARSES, CHECKED) for found in sorted(path.glob(f"{name}*"))]


def trouble_with(path: Path) -> str | None:
    """Why a folder cannot be used, which is made where it is not there; None where it can.

    What stands in it is believed, so it must be its user's alone.
    """
    try:
        path.mkdir(mode=MODE, parents=True, exist_ok=True)
        found = path.stat()
        if hasattr(os, "getuid") and found.st_uid != os.getuid():
            return "it belongs to somebody else"
        if found.st_mode & OTHERS_MAY_WRITE:
            path.chmod(MODE)
    except OSError as error:
        return error.strerror or str(error)
    return None


@cache
def program() -> str:
    """What tells this program apart from any other version of it, also from one that is being written."""
    digest = hashlib.blake2b(digest_size=16)
    root = Path(__file__).parents[1]
    for path in sorted(root.rglob("*.py")):
        digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return f"{digest.hexdigest()} {platform.python_version()} {version('spacy')}"


def made_with(model: str) -> str:
    """What tells the parses of a model and this program apart from others, in 64 characters."""
    parts = [program(), model, model_version(model), *files_of(model)]
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=32).hexdigest()


def files_of(model: str) -> Iterator[str]:
    """The files of a model that is a folder, with their sizes and times; nothing for an installed one."""
    root = Path(model)
    for path in sorted(root.rglob("*")) if root.is_dir() else ():
        found = path.stat()
        yield f"{path.relative_to(root)} {found.st_size} {found.st_mtime_ns}"


@lru_cache(maxsize=8)
def fingerprint_of(sources: RuleSources, caches: bool) -> str:
    """That of a rulebook whose rules are right; with a cache they are read and checked once, and again when changed.

    Raises:
        RulebookError: something in it is wrong.
        UsageError: a path that was given does not exist, or a rule that is disabled.
    """
    if not caches or not sources.can_be_read_again or trouble_with(folder()):
        return load(sources).fingerprint
    found = fingerprint(sources)
    key = hashlib.blake2b(f"{program()} rulebook {found}".encode(), digest_size=20).digest()
    shelf = LruFile(folder() / CHECKED)
    if not shelf.get([key]):
        load(sources)
        shelf.put({key: b""})
    shelf.close()
    return found


def part_key(key: bytes, number: int) -> bytes:
    """What a part of a document is found by, whose own key is given: its text is not read again for each part."""
    return hashlib.blake2b(key + str(number).encode(), digest_size=20).digest()


class Cache:
    """The results of a run's documents, and where its workers keep parses.

    Args:
        rulebook: the rulebook's fingerprint.

    Attributes:
        trouble: why nothing is kept, None where all is well.
    """

    def __init__(self, path: Path, model: str, rulebook: str, language: str):
        self.path = path
        self.trouble = trouble_with(path)
        self.results = LruFile(path / RESULTS)
        self.made_with = made_with(model)
        self.ground = hashlib.blake2b("\0".join((self.made_with, rulebook, language)).encode()).digest()
        self.waiting: dict[bytes, bytes] = {}
        self.since = time.monotonic()

    @property
    def parses(self) -> str | None:
        """The file of the parses."""
        return None if self.trouble else str(self.path / PARSES)

    def key_of(self, document: Document) -> bytes:
        """What the analysis of a document is found by."""
        told = (document.articles, document.furniture, document.author, document.title, document.pages, document.times)
        digest = hashlib.blake2b(document.text.encode("utf-8", "surrogatepass"), digest_size=20, key=self.ground)
        digest.update(b"\0" + repr(told).encode("utf-8", "surrogatepass"))
        return digest.digest()

    def get(self, document: Document, key: bytes | None = None) -> Analysis | None:
        """What was found out about a document, or a part of it by its key, before; None where nothing was."""
        key = key or self.key_of(document)
        data = None if self.trouble else self.results.get([key]).get(key)
        try:
            return Analysis.from_bytes(data, document) if data is not None else None
        except ValueError:
            return None

    def put(self, document: Document, analysis: Analysis, key: bytes | None = None) -> None:
        """Keep what was found out about a document, or a part of it; it is written with others, or by `flush`."""
        if self.trouble or analysis.failure:
            return
        with suppress(UnicodeEncodeError):
            self.waiting[key or self.key_of(document)] = analysis.to_bytes()
        if time.monotonic() - self.since > WAIT:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        if self.waiting and not self.trouble:
            self.results.put(self.waiting)
            self.trouble = self.results.trouble
        self.waiting = {}
        self.since = time.monotonic()

"""What programs ask of texts: the claims of a text or of files, and why a text yields what it yields.

Files are read only below the folders that were named when the server began, whatever path or link leads elsewhere.
"""

import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from claims_cli import api
from claims_cli.claim import Claim, Document
from claims_cli.config import settle
from claims_cli.errors import InputError, InputWarning, UsageError
from claims_cli.inputs.fetching import is_address
from claims_cli.rulebook import load
from claims_cli.serving.queries import place

if TYPE_CHECKING:
    from claims_cli.explanation import DocumentExplainer, Sentence

T = TypeVar("T")
MOST_LETTERS = 200_000
MOST_EXPLAINED = 20_000
MOST_PATHS = 100
MOST_FILES = 200
MOST_BYTES = 32_000_000
LIMIT, MOST = 25, 500


@dataclass(frozen=True)
class Roots:
    """The folders below which files are read; a path that is not absolute counts from the first."""

    folders: tuple[Path, ...]

    @classmethod
    def of(cls, folders: Iterable[Path]) -> "Roots":
        """These folders.

        Raises:
            UsageError: one is none.
        """
        given = tuple(folders) or (Path(),)
        for folder in given:
            if not folder.is_dir():
                raise UsageError(f"--root {folder} is no folder", "name a folder that holds the documents")
        return cls(given)

    def files(self, paths: Iterable[str]) -> Iterator[Path | InputError]:
        """The files that paths, folders and globs stand for; what leads out of the folders comes as its error."""
        from claims_cli.inputs.walking import inputs

        for path in paths:
            named = self.named(path)
            if isinstance(named, InputError):
                yield named
                continue
            for item in inputs([str(named)]):
                if isinstance(item, InputError):
                    yield item
                elif item.path is None or not self.hold(item.path):
                    yield outside(item.name)
                else:
                    yield item.path

    def named(self, path: str) -> Path | InputError:
        """A path as it is opened, or why it is not."""
        if path == "-":
            return InputError(path, "is standard input, which is not read here", "give the text to extract_text")
        if is_address(path):
            return InputError(path, "is an address, and nothing is fetched", "save the page to a file, and name that")
        found = self.folders[0] / path
        return found if self.hold(found) else outside(path)

    def hold(self, path: Path) -> bool:
        """Whether a path, all its links followed, stands below one of the folders."""
        try:
            real = path.resolve()
            return any(real.is_relative_to(folder.resolve()) for folder in self.folders)
        except (OSError, ValueError, RuntimeError):  # a circle of links, a null character
            return False


def outside(path: str) -> InputError:
    """That a path leads out of the folders, which tells nothing of what is there."""
    return InputError(path, "is not below a folder that this server reads", "claims mcp --root FOLDER names one")


class Texts:
    """Texts and files, analysed one after the other by one model, which is loaded at the first of them.

    Args:
        roots: where files are read.
        rules: files and folders of the user's own rules; config: whether `claims.yaml` is used.
        fast: whether the rules read alone where nobody says; None leaves it to `claims.yaml`.
    """

    def __init__(self, roots: Roots, rules: tuple[str, ...] = (), config: bool = False, fast: bool | None = None):
        self.roots = roots
        self.rules = rules
        self.config = config
        self.fast = fast
        self.analyst = ThreadPoolExecutor(1)  # the cache of results belongs to the thread that opened it

    def analysed(self, analysis: Callable[[], T]) -> T:
        """What an analysis gives, when those before it are done."""
        return self.analyst.submit(analysis).result()

    def of_text(self, text: str, limit: int = LIMIT, offset: int = 0, **options: Any) -> dict[str, Any]:
        """The claims of a text; offsets count its code points.

        Raises:
            UsageError: it is too long, or an option asks for what there is not.
            InputError: it cannot be analysed.
        """
        check_length(text, MOST_LETTERS, "give it in parts, or save it to a file and use extract_files")
        return part_of(self.analysed(partial(api.extract_text, text, **self.options(options))), limit, offset)

    def of_files(self, paths: list[str], limit: int = LIMIT, offset: int = 0, **options: Any) -> dict[str, Any]:
        """The claims of files, folders and globs, and of each input that failed why; what is doubtful in `notes`.

        Raises:
            UsageError: there are too many, or an option asks for what there is not.
        """
        files, failed = self.chosen(paths)
        found, notes = self.analysed(partial(noting, files, on_error=failed.append, **self.options(options)))
        return {**part_of(found, limit, offset), "failed": [one.to_json() for one in failed], "notes": notes}

    def chosen(self, paths: list[str]) -> tuple[list[str], list[InputError]]:
        """The files to read, and what cannot be.

        Raises:
            UsageError: there are too many of them, or too much in them.
        """
        if not 0 < len(paths) <= MOST_PATHS:
            raise UsageError(f"{len(paths)} paths were given", f"give from 1 to {MOST_PATHS}; a folder is one")
        files: list[str] = []
        failed: list[InputError] = []
        size = 0
        for item in self.roots.files(paths):
            if isinstance(item, InputError):
                failed.append(item)
                continue
            files.append(str(item))
            size += size_of(item)
            if len(files) > MOST_FILES or size > MOST_BYTES:
                least = f"{MOST_FILES} files or {MOST_BYTES // 1_000_000} MB"
                raise UsageError(
                    f"these are more than {least}", "name fewer of them, or keep all with: claims extract … --db FILE"
                )
        return files, failed

    def options(self, given: dict[str, Any]) -> dict[str, Any]:
        """What `api.extract` is told, with the defaults of this server."""
        own = {"rules": self.rules, "config": self.config, "fast": self.fast, "cache": True}
        return {**own, **{name: value for name, value in given.items() if value is not None}}

    def explain(self, text: str) -> dict[str, Any]:
        """What was found in each sentence, by which rule and why, and what lost; offsets count the text's code points.

        Raises:
            UsageError: it is too long.
            ModelMissing, RulebookError: as their names say.
        """
        check_length(text, MOST_EXPLAINED, "give the sentences that are in question")
        document = Document("text", text)
        return self.analysed(lambda: explained(self.explainer, document))

    @cached_property
    def explainer(self) -> "DocumentExplainer":
        """What explains, with a model of its own that keeps the steps."""
        from claims_cli.explanation import DocumentExplainer

        return DocumentExplainer(load(settle(self.rules, use_file=self.config, fast=self.fast).sources))


def noting(files: list[str], **options: Any) -> tuple[list[Claim], list[str]]:
    """The claims of files, and what is doubtful in how they were read."""
    with warnings.catch_warnings(record=True) as noted:
        warnings.simplefilter("always", InputWarning)
        found = list(api.extract(files, **options)) if files else []
    return found, [str(one.message) for one in noted if issubclass(one.category, InputWarning)]


def explained(explainer: "DocumentExplainer", document: Document) -> dict[str, Any]:
    """The sentences of a document with what was found in them, and its lines of furniture."""
    aside = [{"line": line, "text": words, "rule": rule} for line, words, rule in explainer.set_aside(document)]
    return {"sentences": [told(line, one) for line, one in explainer.sentences(document)], "set_aside": aside}


def told(line: int, sentence: "Sentence") -> dict[str, Any]:
    """A sentence and its candidates, trees left out."""
    return {
        "line": line,
        "start": sentence.start,
        "text": sentence.text,
        "found": [asdict(one) for one in sentence.found],
        "not_shown": [asdict(one) for one in sentence.lost],
    }


def check_length(text: str, most: int, remedy: str) -> None:
    """Raises:
    UsageError: a text is empty, or too long.
    """
    if not text.strip():
        raise UsageError("the text is empty", "give some sentences")
    if len(text) > most:
        raise UsageError(f"the text has {len(text):,} characters, and at most {most:,} are taken", remedy)


def part_of(found: list[Claim], limit: int, offset: int) -> dict[str, Any]:
    """Some of the claims, as records, and where the rest goes on."""
    shown = [claim.to_json() for claim in found[offset : offset + limit]]
    return {"claims": shown, **place(len(found), offset, len(shown))}


def size_of(path: Path) -> int:
    """The bytes of a file; what cannot be told is told when it is read."""
    try:
        return path.stat().st_size
    except OSError:
        return 0

"""The files of a rulebook, and its fingerprint."""

import hashlib
import os
from importlib.util import find_spec
from pathlib import Path

from claims_cli.errors import UsageError
from claims_cli.rulebook.origins import SHIPPED, RuleSources
from claims_cli.rulebook.yaml_nodes import read_bytes

SETTINGS = "settings.yaml"
LEXICONS = "lexicons"
FURNITURE = "furniture"
NODES = "nodes.yaml"
MODEL = "model"
LIBRARIES = ("onnxruntime", "tokenizers")
READER = "reader"  # the folder of the small reader's weights
PIECE = 1 << 20  # bytes


def fingerprint(sources: RuleSources = SHIPPED) -> str:
    """That of the rulebook, without reading its rules: 12 hex digits of SHA-256 over the files and what is changed.

    Raises:
        RulebookError: a file cannot be read, or is too large.
        UsageError: a path that was given does not exist.
    """
    digest = hashlib.sha256()
    for path in files_of(sources):
        digest.update(os.fsencode(path.name) + b"\0" + read_bytes(path, str(path)) + b"\0")
    changes = (sources.disabled, sources.words, sources.settings)
    digest.update(repr(changes).encode() if any(changes) else b"")
    for path in reader_files(sources):
        digest.update(path.name.encode() + b"\0")
        with path.open("rb") as stream:
            while piece := stream.read(PIECE):  # of weights no more than that is held in memory
                digest.update(piece)
        digest.update(b"\0")
    return digest.hexdigest()[:12]


def files_of(sources: RuleSources) -> list[Path]:
    """The files that `load` reads.

    Raises:
        UsageError: a path that was given does not exist.
    """
    base, added = sources.folder, [existing(path) for path in sources.added]
    lexicons = [*lexicon_files(base), base / SETTINGS, *(file for path in added for file in lexicon_files(path))]
    nodes = [file for path in (base, *added) for file in node_files(path)]
    rules = [file for path in (base, *added) for file in rule_files(path)]
    learned = [existing(sources.calibration)] if sources.calibration else []
    return lexicons + model_files(base) + nodes + rules + learned


def lexicon_files(folder: Path) -> list[Path]:
    """The lexicons of a rulebook folder."""
    return sorted((folder / LEXICONS).glob("*.yaml"))


def model_files(folder: Path) -> list[Path]:
    """What was counted and learned for the shipped rules."""
    return sorted([*(folder / MODEL).glob("*.tsv"), *(folder / MODEL).glob("*.yaml")])


def reader_folder(sources: RuleSources) -> Path | None:
    """Where the small reader's weights lie; None where the rules read alone, or the libraries for it are missing."""
    folder = sources.folder / MODEL / READER
    return folder if not sources.fast and folder.is_dir() and not missing_libraries() else None


def missing_libraries() -> list[str]:
    """Which of the libraries that run the small reader are not installed."""
    return [name for name in LIBRARIES if find_spec(name) is None]


def reader_files(sources: RuleSources) -> list[Path]:
    """The small reader's weights, where it reads."""
    folder = reader_folder(sources)
    return sorted([*folder.glob("*.onnx"), *folder.glob("*.json")]) if folder else []


def node_files(folder: Path) -> list[Path]:
    """The file of named nodes of a rulebook folder, where it has one."""
    return [folder / NODES] if (folder / NODES).is_file() else []


def rule_files(folder: Path) -> list[Path]:
    """The rule files of a rulebook folder: of claims, and of furniture in the folder of that name; of a file itself."""
    if folder.exists() and not folder.is_dir():
        return [folder]
    rules = [path for path in sorted(folder.glob("*.yaml")) if path.name not in (SETTINGS, NODES)]
    return [*rules, *sorted((folder / FURNITURE).glob("*.yaml"))]


def existing(path: str) -> Path:
    """A file or folder of rules that was named.

    Raises:
        UsageError: it does not exist.
    """
    named = Path(path)
    if not named.exists():
        raise UsageError(f"there are no rules at {path}", "check the path")
    return named

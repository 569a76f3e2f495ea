"""What a paper needs to repeat a run: versions, rulebook, options, inputs with their hashes, counts."""

import json
import platform
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from claims_cli import __version__
from claims_cli.articles.languages import ENGLISH
from claims_cli.choice import Choice
from claims_cli.claim import Document, plain
from claims_cli.errors import InputError
from claims_cli.models import model_version
from claims_cli.outputs.files import whole_file
from claims_cli.rulebook.calibration import UNCALIBRATED, Calibration

SCHEMA = 1


def now() -> str:
    """The time, in UTC and to the second (ISO 8601)."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def versions(model: str, rulebook: str) -> dict[str, str]:
    """What a result rests on: the versions of the tool and what it runs on, and the fingerprint of the rulebook."""
    return {
        "claims": __version__,
        "python": platform.python_version(),
        "spacy": version("spacy"),
        "model": model,
        "model_version": model_version(model),
        "rulebook": rulebook,
    }


def metadata(document: Document) -> dict[str, str]:
    """What is known of a document: its columns where it is a row, its title, outlet, author, date and URL."""
    told = {name: getattr(document, name) for name in ("title", "outlet", "author", "date", "url")}
    return {**dict(document.metadata), **{name: value for name, value in told.items() if value}}


def entry(document: Document, claims: int) -> dict[str, Any]:
    """What is recorded of an input."""
    return {
        "path": document.path,
        "sha256": document.sha256,
        "format": document.format,
        "encoding": document.encoding,
        "metadata": metadata(document),
        "characters": len(document.text),
        "articles": len(document.articles),
        "language": document.language,
        "duplicate_of": plain(document.duplicates),
        "claims": claims,
        "notes": list(document.notes),
    }


@dataclass
class Manifest:
    """The record of one run.

    Attributes:
        model: name of the spaCy pipeline.
        rulebook: fingerprint of the rules, lexicons and settings.
        lists_inputs: whether the inputs are kept one by one, to be written.
        inputs: one object an input, in order.
        documents: how many inputs were read; failed: how many failed, some of them on the way.
        claims: how many were found, of any type and confidence.
        last: the path of the input that was read last.
        left_out: kinds of files in folders that no reader knows or an ignore file names, with their numbers.
        foreign: how many inputs were not parsed because they are in another language.
        duplicates: how many inputs hold an article that was read before; skipped: of how many it was left out.
        calibration: what the user's own marks say of the confidence, where it is corrected by that.
    """

    model: str
    rulebook: str
    started: str = field(default_factory=now)
    lists_inputs: bool = False
    inputs: list[dict[str, Any]] = field(default_factory=list)
    documents: int = 0
    failed: int = 0
    claims: int = 0
    last: str | None = None
    left_out: Counter = field(default_factory=Counter)
    foreign: int = 0
    duplicates: int = 0
    skipped: int = 0
    calibration: Calibration = UNCALIBRATED

    def add(self, document: Document, claims: int) -> bool:
        """Record how many claims of any type and confidence were found in a document, or in a further piece of it.

        Returns:
            Whether the document is a new one.
        """
        self.claims += claims
        if self.last == document.path:
            if self.lists_inputs:
                self.inputs[-1]["claims"] += claims
            return False
        self.last = document.path
        self.documents += 1
        self.foreign += bool(document.foreign) and document.language != ENGLISH
        self.duplicates += bool(document.duplicates)
        self.skipped += bool(document.skipped)
        if self.lists_inputs:
            self.inputs.append(entry(document, claims))
        return True

    def add_failed(self, error: InputError) -> None:
        """Record an input that failed."""
        self.failed += 1
        self.last = None
        if self.lists_inputs:
            self.inputs.append({"path": error.path, "error": error.to_json()})

    def write(self, path: Path, choice: Choice, options: dict[str, Any]) -> None:
        """Write the record as JSON.

        Raises:
            OutputError: the file cannot be written.
        """
        record = {
            "manifest": SCHEMA,
            "options": options,
            **self.facts(choice),
            "finished": now(),
            "inputs": self.inputs,
        }
        with whole_file(path, encoding="utf-8") as stream:
            json.dump(record, stream, ensure_ascii=False, indent=2)
            stream.write("\n")

    def facts(self, choice: Choice) -> dict[str, Any]:
        """Versions, what is shown, when the run began, and counts."""
        return {
            "versions": versions(self.model, self.rulebook),
            "calibration": self.calibration.to_json() if self.calibration != UNCALIBRATED else None,
            "shown": choice.query.to_json(),
            "started": self.started,
            "counts": self.counts(choice),
        }

    def counts(self, choice: Choice) -> dict[str, Any]:
        """How much was read, found, shown and kept back."""
        return {
            "documents": self.documents,
            "failed": self.failed,
            "not_english": self.foreign,
            "duplicates": self.duplicates,
            "claims": self.claims,
            **choice.tally.to_json(),
            "not_read_in_folders": dict(sorted((+self.left_out).items())),
        }

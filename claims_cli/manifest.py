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
from claims_cli.claim import TYPES, Document
from claims_cli.errors import InputError
from claims_cli.filters import Filters
from claims_cli.models import model_version
from claims_cli.outputs.files import whole_file

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


@dataclass
class Manifest:
    """The record of one run.

    Attributes:
        model: name of the spaCy pipeline.
        rulebook: fingerprint of the rules, lexicons and settings.
        inputs: one object an input, in order.
        left_out: kinds of files in folders that no reader knows, with their numbers.
    """

    model: str
    rulebook: str
    started: str = field(default_factory=now)
    inputs: list[dict[str, Any]] = field(default_factory=list)
    left_out: Counter = field(default_factory=Counter)

    @property
    def failed(self) -> int:
        """How many inputs failed."""
        return sum("error" in item for item in self.inputs)

    @property
    def documents(self) -> int:
        """How many inputs were read to the end."""
        return len(self.inputs) - self.failed

    def add(self, document: Document, claims: int) -> bool:
        """Record how many claims of any type and confidence were found in a document, or in a further piece of it.

        Returns:
            Whether the document is a new one.
        """
        if self.inputs and self.inputs[-1]["path"] == document.path:
            self.inputs[-1]["claims"] += claims
            return False
        self.inputs.append(
            {
                "path": document.path,
                "sha256": document.sha256,
                "encoding": document.encoding,
                "characters": len(document.text),
                "articles": len(document.articles),
                "claims": claims,
                "notes": list(document.notes),
            }
        )
        return True

    def add_failed(self, error: InputError) -> None:
        """Record an input that failed."""
        self.inputs.append({"path": error.path, "error": error.to_json()})

    def write(self, path: Path, filters: Filters, options: dict[str, Any]) -> None:
        """Write the record as JSON.

        Raises:
            OutputError: the file cannot be written.
        """
        record = {
            "manifest": SCHEMA,
            "versions": versions(self.model, self.rulebook),
            "options": options,
            "shown": {"types": [name for name in TYPES if name in filters.types], "confidence": filters.threshold},
            "started": self.started,
            "finished": now(),
            "counts": self.counts(filters),
            "inputs": self.inputs,
        }
        with whole_file(path, encoding="utf-8") as stream:
            json.dump(record, stream, ensure_ascii=False, indent=2)
            stream.write("\n")

    def counts(self, filters: Filters) -> dict[str, Any]:
        """How much was read, found, shown and kept back."""
        return {
            "documents": self.documents,
            "failed": self.failed,
            "claims": sum(item.get("claims", 0) for item in self.inputs),
            "shown": filters.shown,
            "kept_back_by_limit": filters.cut,
            "kept_back_by_type": dict(sorted(filters.kept_back.items())),
            "kept_back_by_confidence": filters.uncertain,
            "not_read_in_folders": dict(sorted((+self.left_out).items())),
        }

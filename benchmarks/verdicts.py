"""Verdicts of readers on single claims, kept by article and offsets, without text."""

import json
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.polnear import ROOT
from claims_cli.claim import Claim, Offsets, Span

GOLD = ROOT / "benchmarks" / "gold"
DEFAULT = 0.40  # the confidence from which claims are judged
SIZE = 200


def pieces(span: Span | None) -> Offsets:
    """Where a span stands, so that it can be compared with what was read from JSON."""
    return tuple((start, end) for start, end in span.spans) if span else ()


def read_verdicts(path: Path, places: tuple[str, ...], verdict: str) -> dict[tuple, Any]:
    """Each verdict of a file by the article and the values of `places`."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        key = (tuple(map(tuple, row[name])) if isinstance(row[name], list) else row[name] for name in places)
        found[(row["doc"], *key)] = row[verdict]
    return found


def chosen(found: list, seed: int) -> list:
    """`SIZE` of the claims that were found, or all where there are fewer, in their order."""
    places = random.Random(seed).sample(range(len(found)), min(SIZE, len(found)))
    return [found[place] for place in sorted(places)]


def words(claim: Claim) -> dict[str, Any]:
    """What a reader needs to see of a claim."""
    spans = {name: getattr(claim, name) for name in ("source", "cue", "content")}
    texts = {name: span.text if span else None for name, span in spans.items()}
    told = {"type": claim.type, "line": claim.line, "via": [voice.speaker for voice in claim.via]}
    return {"speaker": claim.speaker, **texts, **told, "sentence": claim.sentence}


def write_sample(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Write claims to be judged, one a line."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")

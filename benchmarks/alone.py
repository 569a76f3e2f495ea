"""Quotations without a cue, judged by reading: how often the speaker that is shown is who said them.

    python -m benchmarks.alone                  those of PolNeAR
    python -m benchmarks.alone FOLDER …         those of other collections too, whose files lie in these folders

The verdicts stand in `benchmarks/gold/quotations_alone.jsonl`: where a quotation stands, and who says it there to a
reader who knew no rule (None: nobody). Kind `alone`: a claim of its own, without a cue; `run`: in a paragraph of its
own it goes on with a claim that has one. Reading 1 was made of what was shown before its faults were mended, reading 2
of what was shown only after. What is no longer shown is counted apart.
"""

import argparse
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.polnear import FOLDER
from benchmarks.verdicts import DEFAULT, GOLD
from claims_cli import api
from claims_cli.claim import SAID, Claim
from claims_cli.inputs.readers import read_one
from claims_cli.inputs.walking import inputs

VERDICTS = GOLD / "quotations_alone.jsonl"
SPLITS = ("train", "dev")


def judged(folders: list[Path]) -> Iterator[tuple[dict, list[Claim]]]:
    """Each verdict whose file lies in one of the folders, with the claims shown by default that hold the quotation."""
    by_text = defaultdict(list)
    for line in VERDICTS.read_text(encoding="utf-8").splitlines():
        verdict = json.loads(line)
        by_text[verdict["text_sha256"]].append(verdict)
    names = tuple({verdict["file"] for verdicts in by_text.values() for verdict in verdicts})
    items = [item for item in inputs([str(folder) for folder in folders]) if Path(item.path).name.endswith(names)]
    documents = {}
    for item in items:
        document = read_one(item)
        if hashlib.sha256(document.text.encode()).hexdigest() in by_text:
            documents[document.path] = document
    shown = defaultdict(list)
    for claim in api.extract(list(documents.values()), duplicates="keep"):
        if claim.type in SAID and claim.confidence >= DEFAULT:
            shown[claim.doc].append(claim)
    for path, document in documents.items():
        for verdict in by_text.pop(hashlib.sha256(document.text.encode()).hexdigest(), ()):
            yield verdict, [claim for claim in shown[path] if holds(claim, verdict["start"])]


def holds(claim: Claim, start: int) -> bool:
    """Whether a claim's content holds the quotation that begins at a code point."""
    return any(first <= start < last for first, last in claim.content.spans)


def outcome(verdict: dict, claims: list[Claim]) -> str:
    """How a quotation is shown now, against who says it."""
    if not claims:
        return "not shown"
    if verdict["verdict"] == "unclear":
        return "unclear"
    speaker = verdict["speaker"]
    return "right" if speaker and any(same(speaker, claim.speaker) for claim in claims) else "wrong"


def same(first: str, second: str | None) -> bool:
    """Whether two names end alike, or one of them has the other's last word."""
    words, others = ([word.strip(".,").casefold() for word in (name or "").split()] for name in (first, second))
    return bool(words and others) and (words[-1] in others or others[-1] in words)


def main() -> None:
    """Run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    folders = [*(FOLDER / split / "text" for split in SPLITS), *parser.parse_args().folders]
    table: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    for verdict, claims in judged(folders):
        table[verdict["reading"], verdict["kind"]][outcome(verdict, claims)] += 1
    for (reading, kind), counts in sorted(table.items()):
        print(f"reading {reading}, {kind}: {dict(counts)}")
    whole = sum((counts for (_, kind), counts in table.items() if kind == "alone"), Counter())
    shown = whole["right"] + whole["wrong"]
    print(f"alone: {whole['right']} of {shown} that are shown and clear are right ({whole['right'] / shown:.3f})")


if __name__ == "__main__":
    main()

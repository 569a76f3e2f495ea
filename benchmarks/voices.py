"""Who relays whom: `via` on 20 invented documents of as many kinds, annotated before the tool was run on them.

    python -m benchmarks.voices [A|B]              figures, for one half or for both
    python -m benchmarks.voices --differences      and every difference, to read

Texts and annotations are `benchmarks/gold/voices/`. A claim found is that of an annotation whose content begins inside
it, or the other way round, and whose cue is the same. Of those pairs in which either side has voices between reader and
speaker, `via` is right where they are the same, in order, by full or short names. Rules were mended by what the first
half (A) showed; the second (B) was only measured.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

from benchmarks.polnear import ROOT
from claims_cli import api
from claims_cli.claim import Claim
from claims_cli.names import folded_name
from claims_cli.rulebook import load_settings

FOLDER = ROOT / "benchmarks" / "gold" / "voices"


def is_same(one: str | None, other: str | None) -> bool:
    """Whether two names are of the same, one of them perhaps shorter or with an article before it."""
    first, second = (folded_name(name or "").removeprefix("the ").removeprefix("a ") for name in (one, other))
    return bool(first and second) and (first in second or second in first)


def fits(row: dict, claim: Claim, text: str) -> bool:
    """Whether a claim is what a row annotates."""
    start = text.index(row["content"])
    end = start + len(row["content"])
    touches = any(first < end and start < last for first, last in claim.content.spans)
    cue = " ".join(claim.cue.text.lower().split()) if claim.cue else ""
    wanted = (row["cue"] or "").lower()
    same_cue = bool(cue and wanted and (cue in wanted or wanted in cue)) or not (cue or wanted)
    return touches and same_cue


def pairs(path: Path) -> list[tuple[dict, Claim | None]]:
    """Each annotation of a text with its claim, each claim taken once."""
    text = path.read_text(encoding="utf-8")
    claims = [claim for claim in api.extract([str(path)]) if claim.confidence >= load_settings().threshold]
    found = []
    for line in path.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        start = text.index(row["content"])
        fitting = [claim for claim in claims if fits(row, claim, text)]
        best = min(fitting, key=lambda claim: abs(claim.content.spans[0][0] - start), default=None)
        if best is not None:
            claims.remove(best)
        found.append((row, best))
    return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("half", nargs="?", default="", choices=("", "A", "B"))
    options.add_argument("--differences", action="store_true")
    arguments = options.parse_args()
    counts: Counter[str] = Counter()
    for path in sorted(FOLDER.glob(f"{arguments.half}*.txt")):
        for row, claim in pairs(path):
            counts["annotated"] += 1
            counts["annotated with voices"] += bool(row["via"])
            if claim is None:
                if arguments.differences and row["via"]:
                    print(
                        f"{path.stem} MISSED {row['speaker']} | {row['cue']} | {row['content'][:60]} | via {row['via']}"
                    )
                continue
            counts["found"] += 1
            counts["speaker right"] += is_same(row["speaker"], claim.speaker) or row["speaker"] is claim.speaker is None
            own = [voice.speaker for voice in claim.via]
            if row["via"] or own:
                counts["with voices"] += 1
                same = len(own) == len(row["via"]) and all(map(is_same, row["via"], own))
                counts["voices right"] += same
                if not same and arguments.differences:
                    print(f"{path.stem} VIA {row['via']} but {own} | {row['cue']} | {row['content'][:70]}")
    for name, of in (("found", "annotated"), ("speaker right", "found"), ("voices right", "with voices")):
        print(f"{name:14} {counts[name] / max(1, counts[of]):.3f} of {counts[of]}")


if __name__ == "__main__":
    main()

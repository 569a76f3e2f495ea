"""What it is known to get wrong: invented texts, what a reader would list of them, and what a plain `extract` lists.

    python -m benchmarks.failures

The texts are in `benchmarks/failures.yaml`. One that comes out as a reader would have it is told as mended, and may go.
"""

import textwrap
from collections.abc import Iterator
from pathlib import Path

import yaml

from benchmarks.corpora import bare
from claims_cli import api
from claims_cli.claim import Claim
from claims_cli.names import folded_name

DATA = Path(__file__).with_suffix(".yaml")
WIDTH = 92


def as_row(claim: Claim) -> str:
    """`speaker | content`."""
    return f"{claim.speaker or '(nobody)'} | {claim.content.text}"


def folded(row: str) -> str:
    """A row without what does not matter: capitals, quotation marks and an article before the speaker."""
    speaker, _, content = row.partition(" | ")
    return folded_name(bare("speaker", speaker)) + folded_name(content.strip('“”".,'))


def told(name: str, rows: list[str]) -> Iterator[str]:
    """Rows under what they are."""
    for row in rows or ["nothing"]:
        yield f"  {name + ':':12} {row}"


def main() -> None:
    """Run."""
    for number, known in enumerate(yaml.safe_load(DATA.read_text(encoding="utf-8")), 1):
        found = [as_row(claim) for claim in api.extract_text(known["text"] + "\n")]
        is_mended = sorted(map(folded, found)) == sorted(map(folded, known["wanted"]))
        print(f"{number}. {known['kind']}{' (mended)' if is_mended else ''}")
        print(textwrap.fill(known["text"], WIDTH, initial_indent="  ", subsequent_indent="  "))
        print(*told("to a reader", known["wanted"]), *told("found", found), "", sep="\n")


if __name__ == "__main__":
    main()

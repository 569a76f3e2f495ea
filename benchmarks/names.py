"""Is every name equal? The speaker, and that it is a person, for 240 invented names of twelve origins in ten sentences.

    python -m benchmarks.names              the share that is right, by origin and for women and men
    python -m benchmarks.names --misses     and each that is not, to read

A text is right where each of its claims has the whole name as its speaker; its kind where each has `person`. The names
and the sentences are in `benchmarks/names.yaml`.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from claims_cli import api
from claims_cli.claim import Claim
from claims_cli.formats import plain

DATA = Path(__file__).with_suffix(".yaml")
SURNAME_FIRST = "(first)"
TITLE = "Dr. "


@dataclass(frozen=True)
class Case:
    """A sentence about an invented person."""

    group: str
    is_woman: bool
    name: str
    text: str

    @property
    def wanted(self) -> int:
        """How many claims it has."""
        return self.text.count(". ") - self.text.count(TITLE) + 1


def cases() -> Iterator[Case]:
    """Every name in every sentence."""
    data = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    for group, told in data["groups"].items():
        women, men = ([name.strip() for name in part.split(",")] for part in told.split("|"))
        for name in (*women, *men):
            last = name.split()[0] if group.endswith(SURNAME_FIRST) else surname(name)
            for template in data["templates"]:
                text = template.format(n=name, l=last, p="She" if name in women else "He")
                yield Case(group.removesuffix(SURNAME_FIRST).strip(), name in women, name, text)


def surname(name: str) -> str:
    """The last word of a name, with the particle before it."""
    *_, before, last = ["", *name.split()]
    return f"{before} {last}" if before.islower() and before else last


def is_by(case: Case, claims: list[Claim]) -> bool:
    """Whether every claim is by the person of a sentence."""
    names = {case.name, TITLE + case.name}
    return len(claims) >= case.wanted and all(claim.speaker in names for claim in claims)


def main() -> None:
    """Run."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--misses", action="store_true", help="each that is not right")
    is_asked = options.parse_args().misses
    told = list(cases())
    found: dict[str, list[Claim]] = defaultdict(list)
    texts = [plain.read(str(number), f"{case.text}\n".encode()) for number, case in enumerate(told)]
    for claim in api.extract(texts, duplicates="keep"):
        found[claim.doc].append(claim)
    table: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for number, case in enumerate(told):
        claims = found[str(number)]
        right = is_by(case, claims), bool(claims) and all(claim.speaker_kind == "person" for claim in claims)
        for row in (case.group, "women" if case.is_woman else "men", "all"):
            table[row].append(right)
        if is_asked and not all(right):
            print(case.text, [(claim.speaker, claim.speaker_kind) for claim in claims])
    print(f"{'':28}{'n':>6}{'speaker':>9}{'kind':>9}")
    for row, rights in table.items():
        speaker, kind = (sum(one[place] for one in rights) / len(rights) for place in (0, 1))
        print(f"{row:28}{len(rights):6}{speaker:9.3f}{kind:9.3f}")


if __name__ == "__main__":
    main()

"""The seeds' golden files, and how the output differs from them.

python -m tests.golden_seeds        prints every difference, declared or not
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from claims_cli.claim import SAID, Claim

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"
SPANS = ("source", "cue", "content", "addressee", "medium", "when")
PLAIN = ("speaker", "speakers", "speaker_kind", "named", "type", "quote", "negated", "article")
EDGES = re.compile(r"^\W+|\W+$")


@dataclass
class Differences:
    """What is wrong with the output on one article."""

    missed: list[dict] = field(default_factory=list)
    extra: list[Claim] = field(default_factory=list)
    fields: list[tuple[dict, str, object, object]] = field(default_factory=list)
    stale: list[tuple[dict, str]] = field(default_factory=list)
    total: int = 0
    declared_missed: int = 0


def golden(name: str) -> list[dict]:
    """The expected claims of a seed."""
    return yaml.safe_load((GOLDEN / f"{name}.yaml").read_text(encoding="utf-8"))


def spans_of(text: str, expected: str | list[str], near: int) -> list[tuple[int, int]]:
    """Where the pieces of an expected span stand, nearest to an offset; `A .. B` is all from A to B."""
    pieces = []
    for piece in [expected] if isinstance(expected, str) else expected:
        begin, _, finish = piece.partition(" .. ")
        places = [match.start() for match in re.finditer(re.escape(begin), text)]
        start = min(places, key=lambda place: abs(place - near))
        end = text.index(finish, start + len(begin)) + len(finish) if finish else start + len(begin)
        pieces.append((start, end))
    return pieces


def line_start(text: str, line: int) -> int:
    """Where a 1-based line begins."""
    return sum(len(part) + 1 for part in text.split("\n")[: line - 1])


def cues_in_line(text: str, cue: str, line: int) -> list[tuple[int, int]]:
    """Every place in a line where the words of a cue stand."""
    start = line_start(text, line)
    words = text[start:].split("\n", 1)[0]
    return [(start + match.start(), start + match.end()) for match in re.finditer(re.escape(cue), words)]


def overlap(one: list, other: list) -> float:
    """Dice of the code points of two spans."""
    a = {i for start, end in one for i in range(start, end)}
    b = {i for start, end in other for i in range(start, end)}
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def pair(text: str, expected: list[dict], claims: list[Claim]) -> list[tuple[dict, Claim | None]]:
    """Each expected claim with the found one whose cue overlaps its cue and whose content is most alike."""
    free = list(claims)
    pairs = []
    for want in expected:
        near = line_start(text, want["line"])
        content = spans_of(text, want["content"], near)
        cues = cues_in_line(text, want["cue"], want["line"])
        fitting = [one for one in free if one.cue and overlap(cues, list(one.cue.spans)) > 0]
        fitting = [one for one in fitting if overlap(content, list(one.content.spans)) >= 0.4]
        best = max(fitting, key=lambda one: overlap(content, list(one.content.spans)), default=None)
        if best is not None:
            free.remove(best)
        pairs.append((want, best))
    return pairs


def compare(text: str, expected: list[dict], claims: list[Claim]) -> Differences:
    """The differences between the golden claims of an article and those found."""
    found = Differences(total=sum("arguable" not in want for want in expected))
    pairs = pair(text, expected, claims)
    for want, got in pairs:
        if "arguable" in want:
            continue
        if got is None:
            (found.missed.append(want) if "missed" not in want else None)
            found.declared_missed += "missed" in want
            continue
        if "missed" in want:
            found.stale.append((want, "missed"))
        compare_fields(text, want, got, found)
    matched = {id(got) for _, got in pairs if got is not None}
    found.extra = [one for one in claims if id(one) not in matched and one.type in SAID]
    return found


def compare_fields(text: str, want: dict, got: Claim, found: Differences) -> None:
    """Note each field that differs and is not declared, and each declared one that does not differ."""
    gaps = want.get("gap", {})
    for name in (*SPANS, *PLAIN, "via"):
        if name not in want:
            continue
        expected, value = want[name], actual(got, name)
        if name in SPANS and expected is not None:
            near = got.content.spans[0][0] if name != "content" else line_start(text, want["line"])
            pieces = [expected] if isinstance(expected, str) else expected
            expected = " … ".join(text[a:b] for a, b in spans_of(text, pieces, near))
        same = bare(value) == bare(expected)
        if not same and name not in gaps:
            found.fields.append((want, name, expected, value))
        if same and name in gaps:
            found.stale.append((want, name))


def actual(claim: Claim, name: str):
    """A field's value in the golden files' form."""
    value = getattr(claim, name)
    if name == "via":
        return [voice.speaker for voice in value]
    if name == "speakers":
        return list(value)
    return value.text if name in SPANS and value is not None else value


def bare(value):
    """A value without the punctuation at its edges, which no reader would call a difference."""
    return EDGES.sub("", value) if isinstance(value, str) and len(value) > 1 else value


def main() -> None:
    from claims_cli.extraction import Extractor
    from claims_cli.inputs.readers import read_one
    from claims_cli.inputs.walking import inputs

    documents = [read_one(item) for item in inputs([str(ROOT / "seeds")])]
    total = missed = 0
    for document, claims in Extractor().extract(documents):
        shown = [one for one in claims if one.confidence >= 0.4]
        found = compare(document.text, golden(Path(document.path).stem), shown)
        total += found.total
        missed += found.declared_missed + len(found.missed)
        print(f"== {Path(document.path).name}")
        for want in found.missed:
            print(f"MISSED {want['line']} {want['speaker']} <{want['cue']}> {want['content']}")
        for one in found.extra:
            found_by = f"{one.rule} {one.confidence}"
            print(f"EXTRA  {one.line} {one.speaker} <{one.cue.text}> {one.content.text[:70]} [{found_by}]")
        for want, name, expected, value in found.fields:
            print(f"FIELD  {want['line']} <{want['cue']}> {name}: {expected!r} but {value!r}")
        for want, name in found.stale:
            print(f"STALE  {want['line']} <{want['cue']}> {name}")
    print(f"{total} claims, {missed} missed")


if __name__ == "__main__":
    main()

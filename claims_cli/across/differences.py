"""Two runs compared: which claims are new, gone or changed, whose speaker is another, and by which rule."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from claims_cli.claim import Claim, Offsets, Span

NEW, GONE, CHANGED, SAME = "new", "gone", "changed", "same"
KINDS = (NEW, GONE, CHANGED)
WORDS = ("source", "cue", "content", "addressee", "medium", "when", "anonymity")
PLAIN = ("speaker", "speaker_role", "speaker_kind", "speaker_basis", "named", "pronoun", "type", "quote", "negated")
FIELDS = ("speaker", *WORDS, *PLAIN[1:], "via", "citing", "rule")
LEAST_SHARED = 0.5


@dataclass(frozen=True)
class Difference:
    """A claim of one run beside that of the other.

    Attributes:
        kind: `new`, `gone`, `changed` or `same`.
        before, after: the claim of each run; None where it has none.
        fields: the names of the fields that changed; a confidence is none of them.
    """

    kind: str
    before: Claim | None
    after: Claim | None
    fields: tuple[str, ...] = ()

    @property
    def claim(self) -> Claim:
        """The claim of the later run, of what is gone that of the earlier."""
        found = self.after or self.before
        assert found is not None
        return found

    def told(self, field: str) -> tuple[str, str]:
        """The value of a field before and after, in words; of what is `changed` or `same`."""
        assert self.before is not None
        assert self.after is not None
        return value(self.before, field), value(self.after, field)


@dataclass(frozen=True)
class Count:
    """How a rule, or a speaker, fared: claims before and after, and what became of them.

    Attributes:
        name: of the rule or the speaker; of a claim that changed the later one counts.
        before, after: how many claims each run has of it.
    """

    name: str
    before: int
    after: int
    new: int
    gone: int
    changed: int


@dataclass(frozen=True)
class Comparison:
    """All that two runs differ in.

    Attributes:
        differences: in the order of the documents and of their text, what is the same among them.
        altered: the documents whose bytes are not the same in the two.
        only_before, only_after: the documents that one of them does not have.
    """

    differences: tuple[Difference, ...]
    altered: tuple[str, ...] = ()
    only_before: tuple[str, ...] = ()
    only_after: tuple[str, ...] = ()

    def count(self, kind: str) -> int:
        """How many claims are of a kind."""
        return sum(one.kind == kind for one in self.differences)

    def by(self, field: str) -> list[Count]:
        """What changed by the `rule` or the `speaker`, most changes first; what has none is left out."""
        before = Counter(value(one.before, field) for one in self.differences if one.before)
        after = Counter(value(one.after, field) for one in self.differences if one.after)
        kinds = Counter((value(one.claim, field), one.kind) for one in self.differences)
        rows = [
            Count(name, before[name], after[name], *(kinds[name, kind] for kind in KINDS)) for name in before | after
        ]
        found = [row for row in rows if row.new or row.gone or row.changed or row.before != row.after]
        return sorted(found, key=lambda row: (-(row.new + row.gone + row.changed), row.name))

    def speakers(self) -> tuple[list[str], list[str]]:
        """The names of speakers that only the later run has, and those that only the earlier one has."""
        before = {one.before.speaker for one in self.differences if one.before and one.before.speaker}
        after = {one.after.speaker for one in self.differences if one.after and one.after.speaker}
        return sorted(after - before), sorted(before - after)


def compare(
    before: Iterable[Claim], after: Iterable[Claim], was: Mapping[str, str], now: Mapping[str, str]
) -> Comparison:
    """Compare the claims of two runs.

    A document is the same by its path, otherwise by its bytes. In it claims are paired by id; those that are left, by
    the share of their words that they have in common, or where the text is another, by the words themselves.

    Args:
        before, after: the claims of each run.
        was, now: SHA-256 of each document's bytes, by its path.
    """
    paths = paths_of(was, now)
    origins = {path: old for old, path in paths.items()}
    earlier, later = by_document(before), by_document(after)
    gone = tuple(path for path in was if path not in paths)
    found: list[Difference] = []
    for path in now:
        old = origins.get(path, path)
        likeness = alike_by_place if was.get(old) == now[path] else alike_by_words
        found += differences(earlier.get(old, []), later.get(path, []), likeness)
    for path in gone:
        found += [Difference(GONE, claim, None) for claim in earlier.get(path, [])]
    altered = tuple(path for path in now if path in was and was[path] != now[path])
    return Comparison(tuple(found), altered, gone, tuple(path for path in now if path not in origins))


def paths_of(was: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """For each earlier document that the later run has too, its path there: the same, or that of the same bytes."""
    same = {path: path for path in was if path in now}
    free = {now[path]: path for path in now if path not in same}
    moved = {path: free.pop(hashed) for path, hashed in was.items() if path not in same and hashed in free}
    return {**same, **moved}


def by_document(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """Claims by the paths of their documents."""
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        found[claim.doc].append(claim)
    return found


def differences(
    before: list[Claim], after: list[Claim], likeness: Callable[[Claim, Claim], float]
) -> Iterator[Difference]:
    """Every claim of one document in either run, in the order of the text."""
    pairs = paired(before, after, likeness)
    partners = {id(new): old for old, new in pairs}
    taken = {id(old) for old, _ in pairs}
    found = [difference(partners.get(id(claim)), claim) for claim in after]
    found += [Difference(GONE, claim, None) for claim in before if id(claim) not in taken]
    yield from sorted(found, key=lambda one: (one.claim.start, one.claim.end))


def paired(
    before: list[Claim], after: list[Claim], likeness: Callable[[Claim, Claim], float]
) -> list[tuple[Claim, Claim]]:
    """Claims of the two runs that are the same: those of one id, then the most alike, each once."""
    by_id = {claim.id: claim for claim in before}
    pairs = [(by_id[claim.id], claim) for claim in after if claim.id in by_id]
    taken = {id(claim) for pair in pairs for claim in pair}
    left = [claim for claim in before if id(claim) not in taken]
    rest = [claim for claim in after if id(claim) not in taken]
    alike = [(likeness(old, new), old, new) for old in left for new in rest]
    order = sorted((one for one in alike if one[0] >= LEAST_SHARED), key=lambda one: (-one[0], one[1].start))
    for _, old, new in order:
        if id(old) not in taken and id(new) not in taken:
            taken |= {id(old), id(new)}
            pairs.append((old, new))
    return pairs


def alike_by_place(one: Claim, other: Claim) -> float:
    """The share of places that two claims of one text have in common; none where their contents do not touch."""
    if one.end <= other.start or other.end <= one.start:
        return 0.0
    if not shared(one.content.spans, other.content.spans):
        return 0.0
    mine, its = places(one), places(other)
    common = shared(mine, its)
    return common / min(length(mine), length(its))


def alike_by_words(one: Claim, other: Claim) -> float:
    """1 where two claims of two texts say the same in the same words, otherwise 0."""
    return float(words(one.content) == words(other.content) and words(one.cue) == words(other.cue))


def places(claim: Claim) -> Offsets:
    """Where cue and content stand."""
    return (*(claim.cue.spans if claim.cue else ()), *claim.content.spans)


def length(pieces: Offsets) -> int:
    """How many characters pieces have."""
    return sum(end - start for start, end in pieces)


def shared(some: Offsets, others: Offsets) -> int:
    """How many characters two lists of pieces have in common."""
    return sum(max(0, min(end, stop) - max(start, begin)) for start, end in some for begin, stop in others)


def words(span: Span | None) -> str:
    """The words of a span, however they are broken into lines."""
    return " ".join(span.text.split()) if span else ""


def difference(before: Claim | None, after: Claim) -> Difference:
    """What became of a claim."""
    if before is None:
        return Difference(NEW, None, after)
    fields = tuple(field for field in FIELDS if value(before, field) != value(after, field))
    return Difference(CHANGED if fields else SAME, before, after, fields)


def value(claim: Claim | None, field: str) -> str:
    """A field of a claim in words; nothing where there is nothing."""
    return VALUES[field](claim) if claim else ""


def plain(field: str, claim: Claim) -> str:
    """A field that is text or a truth value."""
    found = getattr(claim, field)
    return "" if found is None else str(found).lower() if isinstance(found, bool) else found


def spoken(field: str, claim: Claim) -> str:
    """The words of a field that is a span."""
    return words(getattr(claim, field))


VALUES: dict[str, Callable[[Claim], str]] = {
    **{field: partial(plain, field) for field in (*PLAIN, "rule")},
    **{field: partial(spoken, field) for field in WORDS},
    "via": lambda claim: "; ".join(voice.speaker or "?" for voice in claim.via),
    "citing": lambda claim: "; ".join(basis.speaker for basis in claim.citing),
}

"""Who a speaker is across documents: full and short names, spellings and aliases brought together.

Computed after extraction and never changing what a document's own words made of its speakers. Merging is conservative:
names that differ only in transliteration, a surname that only one full name of the corpus has, and what the user's
aliases say. What is merely likely is kept apart and listed as doubtful. Unnamed speakers never merge across documents.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from claims_cli.claim import Claim
from claims_cli.names import folded_name, holds_phrase, is_proper
from claims_cli.rulebook.model import Rulebook

ALIKE = 85.0  # of 100, by rapidfuzz: spellings of one sound that may be one name
LEAST_LETTERS = 3
VOWELS = str.maketrans(dict.fromkeys("aeiouy"))
PERSON = "person"


def document_of(claim: Claim) -> str:
    """What tells a claim's document apart: the hash of its bytes; of a row, which shares its file's, one of its own."""
    own = f"{claim.doc_sha256}#{claim.row}"
    return claim.doc_sha256 if claim.row is None else hashlib.sha256(own.encode()).hexdigest()


@dataclass
class Identity:
    """One speaker of a corpus.

    Attributes:
        id: words that name it in the corpus; unnamed speakers carry the document's hash too.
        name: the fullest of the spellings.
        kind: as most of its claims have it.
        roles, spellings: how often each was met.
        documents: their paths.
        perhaps: speakers that may be the same, with the reason.
        inferred: how many of its claims do not name it beside the cue.
    """

    id: str
    name: str
    kind: str
    named: bool
    roles: Counter = field(default_factory=Counter)
    spellings: Counter = field(default_factory=Counter)
    claims: int = 0
    documents: set[str] = field(default_factory=set)
    perhaps: list[tuple[str, str]] = field(default_factory=list)
    inferred: int = 0


@dataclass
class Form:
    """One way a speaker is written, particles left out: the telling words of the name, and all that was met with it."""

    parts: tuple[str, ...]
    sounds: tuple[str, ...]
    named: bool
    kinds: Counter = field(default_factory=Counter)
    roles: Counter = field(default_factory=Counter)
    spellings: Counter = field(default_factory=Counter)
    claims: int = 0
    documents: set[str] = field(default_factory=set)
    hashes: set[str] = field(default_factory=set)

    @property
    def kind(self) -> str:
        """The commonest kind that says something."""
        known = [(count, kind) for kind, count in self.kinds.items() if kind not in ("unknown", "group")]
        return max(known)[1] if known else self.kinds.most_common(1)[0][0] if self.kinds else "unknown"

    def fits(self, other: "Form") -> bool:
        """Whether two forms can be one speaker by their kinds."""
        return "unknown" in (self.kind, other.kind) or (self.kind == PERSON) == (other.kind == PERSON)

    def shares_role(self, other: "Form") -> bool:
        """Whether a word of one's roles, not too short to tell, is one of the other's."""
        words = [{word for role in one.roles for word in folded_name(role).split()} for one in (self, other)]
        return any(len(word) > LEAST_LETTERS for word in words[0] & words[1])


class Corpus:
    """The speakers of many claims."""

    def __init__(
        self, claims: Iterable[Claim], rulebook: Rulebook, aliases: Mapping[str, tuple[str, ...]] | None = None
    ):
        """Bring the speakers of claims together; `aliases` are further names by the name that stands for all."""
        self.particles = rulebook.words("people.particle")
        self.suffixes = frozenset(map(folded_name, rulebook.words("organizations.suffixes")))
        self.explained: dict[str, set[tuple]] = defaultdict(set)
        self.sounds = sorted(
            ((spelling, name.partition(".")[2]) for name, words in rulebook.lexicons.items() for spelling in words
             if name.startswith("transliteration.")),
            key=lambda pair: (-len(pair[0]), pair),
        )  # fmt: skip
        self.forms: dict[tuple, Form] = {}
        self.same: dict[tuple, tuple] = {}
        self.doubts: list[tuple[tuple, tuple, str]] = []
        self.canonical: dict[tuple, str] = {}
        for claim in claims:
            self.add(claim)
        self.bring_together(aliases or {})
        self.by_root = dict(self.gathered())
        self.identities = self.named_apart(self.by_root)

    def key_of(self, name: str, named: bool, digest: str) -> tuple:
        """What a speaker is looked up by: the telling words; of an unnamed one the document too."""
        words = folded_name(name).replace(",", " ").split()
        while len(words) > 1 and words[-1] in self.suffixes:
            words.pop()  # `Northwind Foods, Inc.`
        telling = tuple(word for word in words if word not in self.particles) or tuple(words)
        return (telling, "" if named else digest)

    def keys_of(self, claim: Claim) -> list[tuple[str, bool, tuple]]:
        """The speakers of a claim one by one: the name, whether it is a proper one, and what it is looked up by."""
        found = []
        for name in claim.speakers or ((claim.speaker,) if claim.speaker else ()):
            named = is_proper(name, claim.named)
            found.append((name, named, self.key_of(name, named, document_of(claim))))
        return found

    def speakers_of(self, claim: Claim) -> list[tuple[str, Identity]]:
        """The names of a claim's speakers, each with who that is; the claim is one of those of the corpus."""
        return [(name, self.by_root[self.root(key)]) for name, _, key in self.keys_of(claim)]

    def sound(self, word: str) -> str:
        """A word as it sounds: spellings of one sound alike, letters not doubled."""
        for spelling, read in self.sounds:
            word = word.replace(spelling, read)
        return "".join(letter for place, letter in enumerate(word) if not place or word[place - 1] != letter)

    def add(self, claim: Claim) -> None:
        """Take in the speakers of one claim, joint ones one by one."""
        keys = self.keys_of(claim)
        joint = len(keys) > 1
        for name, named, key in keys:
            form = self.forms.get(key)
            if form is None:
                form = self.forms[key] = Form(key[0], tuple(map(self.sound, key[0])), named)
            form.kinds["unknown" if joint else claim.speaker_kind] += 1
            form.spellings[name] += 1
            form.claims += 1
            form.documents.add(claim.doc)
            form.hashes.add(document_of(claim))
            if claim.speaker_role and not joint:
                form.roles[claim.speaker_role] += 1
            if named and "(" in claim.sentence:
                for short in re.findall(rf"{re.escape(name)}\s*\((@\w+|[A-Z][A-Z.&]+)\)", claim.sentence):
                    self.explained[short].add(key)

    def root(self, key: tuple) -> tuple:
        """The form that stands for all that were brought together with one."""
        while self.same.get(key, key) != key:
            key = self.same[key]
        return key

    def join(self, one: tuple, other: tuple) -> None:
        """Make two forms one speaker."""
        first, second = sorted((self.root(one), self.root(other)))
        self.same[second] = first

    def bring_together(self, aliases: Mapping[str, tuple[str, ...]]) -> None:
        """Join the named forms: by alias, by sound, by surname; the likely rest is noted as doubtful."""
        for name, others in aliases.items():
            keys = [self.key_of(one, True, "") for one in (name, *others)]
            for key in keys:
                if key in self.forms:
                    self.canonical[key] = name
                    self.join(key, keys[0])
        named = {key: form for key, form in self.forms.items() if form.named}
        by_sound: dict[tuple, list[tuple]] = defaultdict(list)
        for key, form in named.items():
            by_sound[form.sounds].append(key)
        for keys in by_sound.values():
            for one, other in combinations(keys, 2):
                if named[one].fits(named[other]):
                    self.join(one, other)
        self.join_spellings(named)
        self.join_explained(named)
        self.join_short(named)

    def join_spellings(self, named: dict[tuple, Form]) -> None:
        """Names of the same consonants that sound nearly alike: one speaker where they share a role, else doubtful."""
        from rapidfuzz import fuzz  # `--help` and the reading of a store do without it

        alike: dict[tuple, list[tuple]] = defaultdict(list)
        for key, form in named.items():
            alike[tuple(sound.translate(VOWELS) for sound in form.sounds)].append(key)
        for keys in alike.values():
            for one, other in combinations(keys, 2):
                if self.root(one) == self.root(other) or not named[one].fits(named[other]):
                    continue
                likeness = fuzz.ratio(" ".join(named[one].sounds), " ".join(named[other].sounds))
                if likeness >= ALIKE and named[one].shares_role(named[other]):
                    self.join(one, other)
                elif likeness >= ALIKE:
                    self.doubts.append((one, other, "spelled nearly alike"))

    def join_explained(self, named: dict[tuple, Form]) -> None:
        """Acronyms and handles that a text explains; one that stands for several is doubtful."""
        for short, keys in self.explained.items():
            own = self.key_of(short, True, "")
            roots = {self.root(key) for key in keys}
            if own not in named:
                continue
            if len(roots) == 1 and (short.startswith("@") or all(named[key].fits(named[own]) for key in keys)):
                self.join(own, next(iter(roots)))
            else:
                self.doubts += [(own, key, "the same letters") for key in sorted(keys)]

    def join_short(self, named: dict[tuple, Form]) -> None:
        """Surnames that only one full name has, and names without their middle part; of several, each is doubtful."""
        by_last: dict[str, list[tuple]] = defaultdict(list)
        for key, form in named.items():
            if len(form.parts) > 1 and form.kind in (PERSON, "unknown"):
                by_last[form.sounds[-1]].append(key)
        for key, form in named.items():
            if form.kind not in (PERSON, "unknown"):
                continue
            found = [
                other for other in by_last.get(form.sounds[-1], ()) if other != key and shortens(form, named[other])
            ]
            roots = sorted({self.root(other) for other in found} - {self.root(key)})
            if len(roots) == 1 and all(named[other].kind == PERSON for other in found):
                self.join(key, roots[0])
            else:
                self.doubts += [(key, other, "the same surname") for other in roots]

    def gathered(self) -> Iterator[tuple[tuple, Identity]]:
        """Each speaker from all its forms, by the form that stands for it."""
        members: dict[tuple, list[tuple]] = defaultdict(list)
        for key in self.forms:
            members[self.root(key)].append(key)
        for root, keys in members.items():
            forms = [self.forms[key] for key in keys]
            whole = Form((), (), forms[0].named)
            for form in forms:
                whole.kinds += form.kinds
                whole.roles += form.roles
                whole.spellings += form.spellings
                whole.claims += form.claims
                whole.documents |= form.documents
                whole.hashes |= form.hashes
            longest = max(forms, key=lambda form: (len(form.parts), form.claims, form.parts))
            name = next((self.canonical[key] for key in keys if key in self.canonical), None)
            name = name or longest.spellings.most_common(1)[0][0]
            digest = "" if whole.named else f"-{min(whole.hashes)[:8]}"
            slug = "-".join(folded_name(name).split()) + digest
            yield (
                root,
                Identity(
                    slug, name, whole.kind, whole.named, whole.roles, whole.spellings, whole.claims, whole.documents
                ),
            )

    def named_apart(self, by_root: dict[tuple, Identity]) -> list[Identity]:
        """The speakers, most claims first, each id once, the doubtful merges on both sides."""
        for one, other, why in self.doubts:
            first, second = by_root[self.root(one)], by_root[self.root(other)]
            if first is not second:
                for here, there in ((first, second), (second, first)):
                    if (there.name, why) not in here.perhaps:
                        here.perhaps.append((there.name, why))
        ordered = sorted(by_root.values(), key=lambda one: (-one.claims, one.id, one.kind))
        seen: Counter = Counter()
        for identity in ordered:
            seen[identity.id] += 1
            if seen[identity.id] > 1:
                identity.id += f"-{seen[identity.id]}"
        return ordered

    def spellings_of(self, wanted: str) -> set[str]:
        """All names, folded, of the named speakers one of whose names holds the words of `wanted`."""
        phrase = folded_name(wanted)
        found: set[str] = set()
        for identity in self.identities:
            names = {folded_name(name) for name in (*identity.spellings, identity.name)}
            if identity.named and any(holds_phrase(phrase, name) for name in names):
                found |= names
        return found


def shortens(short: Form, long: Form) -> bool:
    """Whether a name is another's surname alone, or the same without what stands between first and last."""
    if len(short.parts) >= len(long.parts) or not short.fits(long):
        return False
    return len(short.parts) == 1 or (len(short.parts) == 2 and short.sounds[0] == long.sounds[0])

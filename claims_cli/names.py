"""Names as they are compared (without case, accents, apostrophes, full stops and hyphens), and what a slip meant."""

import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from claims_cli.errors import UsageError

APOSTROPHES = "'’‘ʼʾʿ`´."
LIKE = 0.65  # how like a name a word must be to be one misspelt
CLEAR = 0.9  # and from here on before what it may mean
HYPHENS = "-‐‑‒–—"
MARKS = ',;:()[]"“”„«»'
FOLDED: dict[int, str | None] = {
    **dict.fromkeys(map(ord, APOSTROPHES)),
    **dict.fromkeys(map(ord, HYPHENS + MARKS), " "),
    **dict(zip(map(ord, "øłđħıæœ"), ("o", "l", "d", "h", "i", "ae", "oe"), strict=True)),
}


def alike(word: str, known: Iterable[str], most: int = 1, least: float = 0.6) -> list[str]:
    """The known words most like one, the nearest first; from a likeness of `least`, 1 being the same."""
    from rapidfuzz import fuzz, process  # takes a moment, and is seldom needed

    found = process.extract(word, list(known), scorer=fuzz.ratio, limit=most, score_cutoff=100 * least)
    return [name for name, _, _ in found]


def suggest(word: str, known: Iterable[str], least: float = 0.6) -> str:
    """`did you mean …?` for a word that is none of the known ones; nothing where none is like it."""
    near = alike(word, known, 1, least)
    return f"did you mean '{near[0]}'?" if near else ""


@cache
def meanings() -> dict[str, dict[str, list[str]]]:
    """What people call what has a name here, by what is asked for and that name."""
    import yaml

    return yaml.load((Path(__file__).parent / "meanings.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def meant(what: str, word: str) -> list[str]:
    """The names, of this or of other options, that a word means."""
    bare = word.strip().lower()
    words = {bare, bare.removesuffix("s")}
    return [name for name, others in meanings().get(what, {}).items() if words & set(others)]


def meaning(what: str, word: str, allowed: Iterable[str], least: float = LIKE) -> str:
    """`did you mean …?` by what a word means or how it is spelt; nothing where it is near to none."""
    allowed = list(allowed)
    near = alike(word.lower(), allowed, 1, CLEAR)
    named = near or [name for name in meant(what, word) if name in allowed or name.startswith("--")]
    named = named or alike(word.lower(), allowed, 1, least)
    return f"did you mean {' or '.join(name if name.startswith('--') else repr(name) for name in named)}?" * bool(named)


def one_of(what: str, names: Iterable[str], allowed: Iterable[str]) -> None:
    """Check names against what there is.

    Raises:
        UsageError: one is not among them.
    """
    allowed = list(allowed)
    for name in names:
        if name not in allowed:
            hint = " ".join(filter(None, [meaning(what, name, allowed), f"there are: {', '.join(allowed)}"]))
            raise UsageError(f"there is no {what} '{name}'", hint)


def nearest_names(phrase: str, names: list[str]) -> list[str]:
    """Folded names like a folded phrase: as a whole, or by one of their words."""
    words = {word: name for name in reversed(names) for word in name.split()}
    parts = [words[word] for part in phrase.split() for word in alike(part, words, 2, 0.75)]
    return list(dict.fromkeys([*alike(phrase, names, 3), *parts]))[:3]


def folded_name(name: str) -> str:
    """A name without case, accents, apostrophes, full stops, hyphens, commas and brackets."""
    bare = unicodedata.normalize("NFKD", name.casefold().translate(FOLDED))
    return " ".join("".join(letter for letter in bare if not unicodedata.combining(letter)).split())


def holds_phrase(phrase: str, text: str) -> bool:
    """Whether words stand in a text, whole and in order; both folded."""
    return bool(phrase) and f" {phrase} " in f" {text} "


def is_proper(name: str, named: bool) -> bool:
    """Whether one of a claim's speakers has a proper name: `Roe and two officials` are one who has and one who has not.

    Args:
        named: what the claim says of its speakers together.
    """
    return (named and any(word[:1].isupper() for word in name.split())) or name.startswith("@")

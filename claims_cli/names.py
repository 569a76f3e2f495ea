"""Names as they are compared: without case, accents, apostrophes, full stops and hyphens."""

import unicodedata
from difflib import get_close_matches

APOSTROPHES = "'’‘ʼʾʿ`´."
HYPHENS = "-‐‑‒–—"
FOLDED: dict[int, str | None] = {
    **dict.fromkeys(map(ord, APOSTROPHES)),
    **dict.fromkeys(map(ord, HYPHENS), " "),
    **dict(zip(map(ord, "øłđħıæœ"), ("o", "l", "d", "h", "i", "ae", "oe"), strict=True)),
}


def nearest_names(phrase: str, names: list[str]) -> list[str]:
    """Folded names like a folded phrase: as a whole, or by one of their words."""
    whole = get_close_matches(phrase, names, 3, 0.6)
    words = {word: name for name in reversed(names) for word in name.split()}
    parts = [words[word] for part in phrase.split() for word in get_close_matches(part, words, 2, 0.75)]
    return list(dict.fromkeys([*whole, *parts]))[:3]


def folded_name(name: str) -> str:
    """A name without case, accents, apostrophes, full stops and hyphens."""
    bare = unicodedata.normalize("NFKD", name.casefold().translate(FOLDED))
    return " ".join("".join(letter for letter in bare if not unicodedata.combining(letter)).split())


def holds_phrase(phrase: str, text: str) -> bool:
    """Whether words stand in a text, whole and in order; both folded."""
    return bool(phrase) and f" {phrase} " in f" {text} "

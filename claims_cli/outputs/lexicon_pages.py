"""What the rulebook knows of a word: its class, the groups that hold it, and how often it was right."""

from collections.abc import Iterator

from claims_cli.outputs.listing import print_rows
from claims_cli.rulebook.attribution_words import PARTS
from claims_cli.rulebook.classes import group_name
from claims_cli.rulebook.model import ANY_RULE, Rulebook

MOST_RULES = 12

Row = tuple[str, ...]


def is_known(word: str, rulebook: Rulebook) -> bool:
    """Whether a lexicon holds a word, or it was met where cues were counted."""
    return any(True for _ in (*class_rows(word, rulebook), *group_rows(word, rulebook), *count_rows(word, rulebook)))


def print_word(word: str, rulebook: Rulebook) -> None:
    """Print what is known of a word: classes, then groups, then counts, each a table where there is one."""
    tables: tuple[tuple[Row, list[Row]], ...] = (
        (("Class", "Group", "Type", "Frames", "Right if rare", "Says"), list(class_rows(word, rulebook))),
        (("Stands in",), list(group_rows(word, rulebook))),
        (("Rule", "Cue", "Right", "Of"), list(count_rows(word, rulebook))),
    )
    for headings, rows in tables:
        if rows:
            print_rows(headings, rows)


def class_rows(word: str, rulebook: Rulebook) -> Iterator[Row]:
    """Its class as a verb, a noun, an adjective: type, frames, and how often rare words of the class are right."""
    for part in PARTS:
        known = rulebook.attribution.among((part,), word)
        if known is not None:
            frames = " ".join(sorted(known.frames))
            kind = f"{known.type} (quoted: {known.quoted})" if known.quoted else known.type
            yield known.name, group_name(known, part), kind, frames, f"{known.right:.2f}", known.description


def group_rows(word: str, rulebook: Rulebook) -> Iterator[Row]:
    """The other lexicon groups that hold the word, or a cue that begins with it (`call for`)."""
    for group, words in sorted(rulebook.lexicons.items()):
        if not group.startswith("attribution."):
            held = sorted(entry for entry in words if entry == word or entry.startswith(f"{word} "))
            if held:
                yield (f"{group}: {', '.join(held)}",)


def count_rows(word: str, rulebook: Rulebook) -> Iterator[Row]:
    """How often its cues were right, by rule, those most seen first."""
    counted = (
        (seen, right, rule, cue)
        for rule, precision in rulebook.precisions.items()
        for cue, (right, _, seen) in precision.cues.items()
        if rule != ANY_RULE and cue.split(" ")[0] == word
    )
    for seen, right, rule, cue in sorted(counted, key=lambda row: (-row[0], row[2:]))[:MOST_RULES]:
        yield rule, cue, str(right), str(seen)

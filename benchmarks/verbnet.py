"""VerbNet for the benchmarks: which verbs are of saying, which of action, and what their past tense is.

Its table (verb, class, roles and frames, a tab between them, a membership a line) lies outside the repository; the file
is `$VERBNET`, or `../shared/verbs/verbnet.tsv` beside the checkout. `verbs.yaml` has what no class says.
"""

import csv
import os
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import yaml

from benchmarks.polnear import ROOT

TABLE = Path(os.environ.get("VERBNET", ROOT.parent / "shared" / "verbs" / "verbnet.tsv"))
WORDS = Path(__file__).with_name("verbs.yaml")
CLASS_NUMBER = re.compile(r"-(\d+(?:\.\d+)*)")
# communication, declaring and conjecture, indicating, judgment, estimates, orders, admitting, rejecting, discovering
SAYING = ("37", "29.4", "29.5", "78", "33", "34.2", "58", "64.3", "77.2", "84")
# families of which a verb may say, hold, want, perceive or feel something, or is heard: no verb of these is a near miss
MENTAL = (
    *("14", "25", "29", "30", "31", "32", "33", "34", "35", "36", "37", "38", "40", "43", "55", "58", "59", "61"),
    *("62", "63", "64", "69", "70", "71", "77", "78", "81", "82", "83", "84", "85", "86", "87", "88", "91", "93"),
    *("95", "97", "98", "99", "102", "103", "109", "110", "113"),
)


@cache
def classes() -> dict[str, frozenset[str]]:
    """The numbers of each verb's classes, without those of subclasses (`37.7` of `say-37.7-1`)."""
    found = defaultdict(set)
    with TABLE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            found[row["verb"]].add(CLASS_NUMBER.search(row["class"])[1])
    return {verb: frozenset(numbers) for verb, numbers in found.items()}


@cache
def words() -> dict:
    """The groups of `verbs.yaml`."""
    return yaml.safe_load(WORDS.read_text(encoding="utf-8"))


def is_of(number: str, families: Iterable[str]) -> bool:
    """Whether a class is one of the families, or under one (`37.7` under `37`)."""
    return any(number == family or number.startswith(family + ".") for family in families)


def of_saying() -> list[str]:
    """The single words in a class of saying, in their order."""
    return sorted(verb for verb, numbers in plain() if any(is_of(number, SAYING) for number in numbers))


def of_action() -> list[str]:
    """The single words all of whose classes are of action, in their order."""
    acting = {verb for verb, numbers in plain() if not any(is_of(number, MENTAL) for number in numbers)}
    return sorted(acting - set(words()["said"]))


def said() -> frozenset[str]:
    """The lemmas by which something is said: of saying, without those that only tell what is held."""
    return frozenset(of_saying()) - frozenset(words()["held"]) | frozenset(words()["said"])


def plain() -> list[tuple[str, frozenset[str]]]:
    """Verbs of one word in small letters, with their classes."""
    return [(verb, numbers) for verb, numbers in classes().items() if verb.isalpha() and verb.islower()]


def past(verb: str) -> str:
    """The past tense: `said`, `cried`, `begged`, `declared`."""
    if verb in words()["irregular"]:
        return words()["irregular"][verb]
    if verb.endswith("e"):
        return verb + "d"
    if re.search("[^aeiou]y$", verb):
        return verb[:-1] + "ied"
    if re.search("[aeiou]c$", verb):
        return verb + "ked"
    return verb + (verb[-1] if doubles(verb) else "") + "ed"


def doubles(verb: str) -> bool:
    """Whether the last consonant is written twice: after one vowel in a word of one syllable, or as it is listed."""
    return verb in words()["doubled"] or bool(re.fullmatch("(?:qu|[^aeiou])*[aeiou][bdfgklmnprtvz]", verb))

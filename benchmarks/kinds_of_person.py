"""Which nouns for persons are a kind of which (`rules/lexicons/kinds_of_person.yaml`), from WordNet's hierarchy.

    python -m benchmarks.kinds_of_person > rules/lexicons/kinds_of_person.yaml

For each noun for persons, the nouns that are a kind of it in the first sense in which they are persons, each seen in
WordNet's tagged texts or known to the lexicon of people. What stands right below `person` (leader, worker, expert) is
too wide to tell who is meant. The folder of WordNet 3.0's database is `$WORDNET`, or `/usr/share/wordnet`.
"""

import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.polnear import FOLDER as POLNEAR
from claims_cli.rulebook import load

FOLDER = Path(os.environ.get("WORDNET", "/usr/share/wordnet"))
PERSON = "00007846"
NEAREST = 2  # how far below `person` a noun must stand at least
FIRST = "persons"
OTHERS = ("people.organization", "people.media", "people.document", "people.place", "people.gathering")
LEAST = 3
SHORT = 3  # letters that say too little
MOST = 120  # kinds of one noun; what has more says too little
HEADER = """\
# By a noun for persons those that are a kind of it: made by benchmarks/kinds_of_person.py.
# Derived from WordNet 3.0, Copyright 2006 by Princeton University. All rights reserved. THIS SOFTWARE AND DATABASE IS
# PROVIDED "AS IS" AND PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES, EXPRESS OR IMPLIED. Permission to
# use, copy, modify and distribute it for any purpose and without fee or royalty is granted by the WordNet 3.0 license:
# https://wordnet.princeton.edu/license-and-commercial-use"""
ABOVE = ("@",)  # no single person of history


def read() -> tuple[dict[str, list[str]], dict[str, list[str]], dict[str, list[str]]]:
    """The words of each set of synonyms, the sets right above it, and the sets of each word, the commonest first."""
    words: dict[str, list[str]] = {}
    above: dict[str, list[str]] = {}
    for line in (FOLDER / "data.noun").read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        cells = line.split(" | ")[0].split()
        count = int(cells[3], 16)
        words[cells[0]] = [cells[4 + 2 * place].lower() for place in range(count)]
        pointers = cells[4 + 2 * count + 1 :]
        above[cells[0]] = [pointers[at + 1] for at in range(0, len(pointers) - 3, 4) if pointers[at] in ABOVE]
    senses: dict[str, list[str]] = {}
    for line in (FOLDER / "index.noun").read_text(encoding="utf-8").splitlines():
        if not line.startswith(" "):
            cells = line.split()
            senses[cells[0]] = cells[-int(cells[2]) :]
    return words, above, senses


def seen() -> set[str]:
    """The nouns that stand in WordNet's tagged texts."""
    rows = (line.split() for line in (FOLDER / "cntlist.rev").read_text(encoding="utf-8").splitlines())
    return {row[0].split("%")[0] for row in rows if row[0].split("%")[1].startswith("1:18")}


def chains(start: str, above: dict[str, list[str]]) -> Iterator[list[str]]:
    """The ways up from a set of synonyms to `person`, which comes last."""
    if start == PERSON:
        yield [start]
    for upper in above[start]:
        for chain in chains(upper, above):
            yield [start, *chain]


def first_senses(words: dict, above: dict, senses: dict, common: set[str], taken: set[str]) -> list[str]:
    """The nouns whose commonest sense is a person, that are no adjectives and that the lexicon has for nothing else.

    Only those that news writes: `LEAST` times or more in PolNeAR train.
    """
    adjectives = {line.split()[0] for line in (FOLDER / "index.adj").read_text(encoding="utf-8").splitlines()}
    texts = (path.read_text(encoding="utf-8") for path in (POLNEAR / "train" / "text").glob("*.txt"))
    counts = Counter(word for text in texts for word in re.findall(r"[a-z]+", text))
    found = (noun for noun in common - taken - adjectives if len(noun) > SHORT and senses.get(noun))
    found = (noun for noun in found if noun.isalpha() and counts[noun] >= LEAST)
    return sorted(noun for noun in found if any(chains(senses[noun][0], above)))


def main() -> None:
    words, above, senses = read()
    people = load().words
    known = people("people.person") | people("people.position") | people("people.title")
    common = seen() | known
    kinds: dict[str, set[str]] = defaultdict(set)
    for noun in sorted(common):
        if not noun.isalpha():
            continue
        ways = next((found for sense in senses.get(noun, []) if (found := list(chains(sense, above)))), [])
        for chain in ways:
            for upper in chain[1:-NEAREST]:
                for wider in words[upper]:
                    if wider.isalpha() and wider in common and wider != noun:
                        kinds[wider].add(noun)
    print(HEADER)
    taken = set().union(*map(people, OTHERS)) | people("people.person") | people("people.anonymous")
    print("# Nouns whose commonest sense is a person.")
    print(f"{FIRST}: [{', '.join(first_senses(words, above, senses, common, taken))}]")
    for wider, narrower in sorted(kinds.items()):
        if len(narrower) <= MOST:
            print(f'"{wider}": [{", ".join(f"{noun}" for noun in sorted(narrower))}]')


if __name__ == "__main__":
    main()

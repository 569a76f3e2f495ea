"""What statements are about: groups by the words that they share. Nothing is learned, and the order is always one."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from claims_cli.across.reading import Read
from claims_cli.across.vocabulary import Vocabulary

REST = "other matters"
LEAST_ALIKE = 0.45  # of two groups, as a mean of their statements
MOST_AT_WORD = 200  # statements that a word may have for them to be compared by it
MOST_WORDS = 3


def topics_of(
    read: Sequence[Read], weight: Callable[[str], float], vocabulary: Vocabulary, without: frozenset[str],
    related: Iterable[tuple[int, int]],
) -> list[str]:  # fmt: skip
    """What each statement is about: a phrase that it shares with others, `REST` where it is alone.

    Args:
        weight: how telling a key is.
        without: keys that tell nothing here: the name of who speaks.
        related: places of statements of which one changes the other, or says it again: they are about one thing.
    """
    keys = [one.statement.keys - without for one in read]
    found = [REST] * len(read)
    for members in groups(keys, weight, related):
        if len(members) > 1:
            name = name_of([read[place] for place in members], weight, without, vocabulary, {*found})
            for place in members:
                found[place] = name
    return found


def groups(
    keys: Sequence[frozenset[str]], weight: Callable[[str], float], related: Iterable[tuple[int, int]]
) -> list[list[int]]:
    """Statements that are alike, the most alike joined first, as long as the groups are alike in the mean."""
    of = list(range(len(keys)))
    members = {place: [place] for place in of}

    def join(one: int, other: int) -> None:
        for place in members[of[other]]:
            of[place] = of[one]
        members[of[one]] = sorted(members[of[one]] + members.pop(old))

    for one, other in related:
        old = of[other]
        if of[one] != old:
            join(one, other)
    alike = likeness(keys, weight)
    for one, other in sorted(alike, key=lambda pair: (-alike[pair], pair)):
        old = of[other]
        if of[one] == old:
            continue
        pairs = [(min(a, b), max(a, b)) for a in members[of[one]] for b in members[old]]
        if sum(alike.get(pair, 0.0) for pair in pairs) >= LEAST_ALIKE * len(pairs):
            join(one, other)
    return sorted(members.values())


def likeness(keys: Sequence[frozenset[str]], weight: Callable[[str], float]) -> dict[tuple[int, int], float]:
    """How alike each two statements are that share a word: the cosine of their weighed words."""
    at: dict[str, list[int]] = defaultdict(list)
    for place, own in enumerate(keys):
        for key in sorted(own):
            at[key].append(place)
    lengths = [math.sqrt(sum(weight(key) ** 2 for key in own)) for own in keys]
    shared: Counter[tuple[int, int]] = Counter()
    for key, places in at.items():
        for pair in combinations(places[-MOST_AT_WORD:], 2):
            shared[pair] += weight(key) ** 2  # type: ignore[assignment]
    return {(one, other): value / (lengths[one] * lengths[other]) for (one, other), value in shared.items()}


def title_of(one: Read) -> str:
    """The title of a statement's article."""
    return one.statement.claim.title or ""


def name_of(
    members: Sequence[Read], weight: Callable[[str], float], without: frozenset[str], vocabulary: Vocabulary,
    taken: set[str],
) -> str:  # fmt: skip
    """What a group is called: the phrase with the word that most of its statements have, the rarer one of equals.

    A word counts twice where it stands in the title of the article too: that tells what it is about. No name is given
    twice.
    """
    counts = Counter(key for one in members for key in one.statement.keys - without)
    counts.update(key for one in members for key in (one.statement.keys & vocabulary.keys(title_of(one))) - without)
    ordered = sorted(counts, key=lambda key: (-counts[key] * weight(key), key))
    for key in ordered:
        phrases = Counter(
            words for one in members for words in {phrase.words for phrase in one.phrases if key in phrase.keys} - taken
            if len(words.split()) <= MOST_WORDS
        )  # fmt: skip
        if phrases:
            return min(phrases, key=lambda words: (-phrases[words], len(words.split()), words.casefold(), words))
    return next((key for key in ordered if key not in taken), REST)

"""What statements are about: groups by the phrases that they share. Nothing is learned, and the order is always one."""

from collections import Counter
from collections.abc import Callable, Sequence

from claims_cli.across.reading import Read

REST = "other matters"
FEWEST = 2
MOST_WORDS = 3


def topics_of(read: Sequence[Read], weight: Callable[[str], float], without: frozenset[str]) -> list[str]:
    """What each statement is about: a phrase that it shares with others, `REST` where it shares none.

    The word that most of the statements have, the rarer ones elsewhere counting more, makes the first group, the next
    of what is left the second, and so on.

    Args:
        weight: how telling a key is.
        without: keys that tell nothing here: the name of who speaks.
    """
    keys = [frozenset().union(*(phrase.keys for phrase in one.phrases)) - without for one in read]
    found = [REST] * len(read)
    left = set(range(len(read)))
    while True:
        counts = Counter(key for place in left for key in keys[place])
        shared = [(-count * weight(key), key) for key, count in counts.items() if count >= FEWEST]
        if not shared:
            return found
        key = min(shared)[1]
        members = {place for place in left if key in keys[place]}
        name = name_of(key, [read[place] for place in sorted(members)])
        for place in members:
            found[place] = name
        left -= members


def name_of(key: str, members: Sequence[Read]) -> str:
    """What a group is called: the phrase with its word that most of its statements have, the shorter of equal ones."""
    phrases = Counter(
        words for one in members for words in {phrase.words for phrase in one.phrases if key in phrase.keys}
        if len(words.split()) <= MOST_WORDS
    )  # fmt: skip
    if not phrases:
        return key
    return min(phrases, key=lambda words: (-phrases[words], len(words.split()), words.casefold(), words))

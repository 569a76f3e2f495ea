"""Of an article only the sentences around its claims."""

from collections.abc import Iterable

from claims_cli.claim import Claim, Offsets


def sentences(text: str, claims: Iterable[Claim]) -> Offsets:
    """The stretches of a text that hold the sentences of claims, in order, none touching another."""
    found = []
    for claim in claims:
        own = [*(claim.cue.spans if claim.cue else ()), *claim.content.spans]
        found += [widened(text, claim.sentence, start, end) for start, end in own]
        found += claim.source.spans if claim.source else ()
    return merged(text, found)


def widened(text: str, sentence: str, start: int, end: int) -> tuple[int, int]:
    """A piece of a claim with what its sentences have before and behind it.

    Args:
        sentence: the sentences the claim stands in, as the record has them: their white space collapsed.
    """
    letters, reach = "".join(sentence.split()), 2 * len(sentence) + 99
    inside = "".join(text[start:end].split())
    place, best = letters.find(inside), (start, end)
    while place >= 0 and inside:
        first = start - matching(reversed(text[max(0, start - reach) : start]), reversed(letters[:place]))
        last = end + matching(text[end : end + reach], letters[place + len(inside) :])
        best = max(best, (first, last), key=lambda piece: piece[1] - piece[0])
        place = letters.find(inside, place + 1)
    return best


def matching(text: Iterable[str], letters: Iterable[str]) -> int:
    """How many characters of a text are those letters in turn, white space between them not counted against it."""
    wanted = iter(letters)
    following = next(wanted, None)
    length = 0
    for place, character in enumerate(text, 1):
        if following is None:
            break
        if character.isspace():
            continue
        if character != following:
            break
        length, following = place, next(wanted, None)
    return length


def merged(text: str, pieces: Iterable[tuple[int, int]]) -> Offsets:
    """Offsets in order, those joined that overlap or that only white space within a line parts."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(pieces):
        between = text[found[-1][1] : start] if found else ""
        if found and (start <= found[-1][1] or (not between.strip() and not set(between) & set("\r\n"))):
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def bare_name(path: str) -> str:
    """The file's name without its folders."""
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2]

"""What stands where in a sentence or a line, whatever the parser made of it."""

from bisect import bisect_left, bisect_right
from itertools import takewhile

from claims_cli.pipeline.parse.syntax import Syntax

COMMAS = frozenset({",", "”", '"', "''", "--", "—"})
ADJUNCTS = frozenset({"advcl", "prep", "npadvmod", "advmod", "punct", "cc"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
PHRASE_POS = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM", "ADP", "PART", "CCONJ"})
NAME_TOKENS = 9
APOSTROPHES = frozenset({"'", "’"})
BLOCK_MARKS = frozenset({">"})
OPENING_MARKS = frozenset({"“", '"', "‘", "'", "``", "''", "«", "-", "*", "•"})
SENTENCE_ENDS = frozenset({".", "!", "?", ";"})


def nominal_before(syntax: Syntax, index: int) -> int | None:
    """The noun whose phrase stands between a comma and the group of a verb, whatever the parser made of it."""
    begin = verb_group_start(syntax, index)
    last = begin - 1
    if last < 1 or syntax.sentence[last] != syntax.sentence[index]:
        return None
    found = None
    if syntax.lower[last] == ",":
        last = phrase_start(syntax, last - 1, index) - 1  # an apposition before the cue: `A, B of C, said`
    at = phrase_start(syntax, last, index)
    if at < syntax.sentence[index] or syntax.lower[at] not in COMMAS:
        return None
    for token in range(at + 1, last + 1):
        if syntax.pos[token] in ("NOUN", "PROPN", "PRON", "NUM") and not at < syntax.head[token] <= last:
            found = token
            break
    if found is None:
        tops = [t for t in range(at + 1, last + 1) if syntax.pos[t] in ("NOUN", "PROPN", "PRON", "NUM")]
        found = tops[0] if len(tops) == 1 else None
    return found


def phrase_start(syntax: Syntax, last: int, cue: int) -> int:
    """The token before the noun phrase that ends with `last`, in the cue's sentence."""
    while last >= syntax.sentence[cue] and (syntax.pos[last] in PHRASE_POS or syntax.lower[last] == "-"):
        last -= 1
    return last


def verb_group_start(syntax: Syntax, index: int) -> int:
    """The first token of a verb's auxiliaries and adverbs."""
    begin = index
    while (
        begin > 0 and syntax.head[begin - 1] == index and syntax.dep[begin - 1] in ("aux", "auxpass", "advmod", "neg")
    ):
        begin -= 1
    return begin


def stretch_before(syntax: Syntax, target: int, cue: int) -> tuple[int, int] | None:
    """The tokens that stand in the sentence before a phrase and the comma before that; a finite verb is among them.

    It is no adjunct of the cue (`Asked whether he agreed, X said`), and behind the cue nothing more may be said than
    when and where it was said.
    """
    begin = min(target, syntax.left[target]) if syntax.head[target] == cue else target
    while begin > syntax.sentence[cue] and syntax.lower[begin - 1] not in COMMAS:
        begin -= 1
    start, end = syntax.sentence[cue], begin - 1
    if end - start < 3 or end > target:
        return None
    if not any(syntax.tag[i] in FINITE for i in range(start, end)) or is_adjunct(syntax, start, end, cue):
        return None
    behind = takewhile(lambda i: syntax.lower[i] != ";", range(cue + 1, syntax.sentence_end[cue]))
    return None if any(syntax.tag[i] in FINITE for i in behind) else (start, end)


def is_adjunct(syntax: Syntax, start: int, end: int, cue: int) -> bool:
    """Whether all that a stretch of tokens holds are adverbial clauses and phrases of the cue."""
    tops = [i for i in range(start, end) if not start <= syntax.head[i] < end or syntax.head[i] == i]
    return all(syntax.head[i] == cue and syntax.dep[i] in ADJUNCTS for i in tops)


def line_bounds(syntax: Syntax, index: int) -> tuple[int, int]:
    """The tokens of a token's paragraph, white space behind them left out."""
    start = bisect_left(syntax.paragraph, syntax.paragraph[index])
    end = bisect_right(syntax.paragraph, syntax.paragraph[index])
    while end - 1 > index and syntax.pos[end - 1] == "SPACE":
        end -= 1
    return start, end


def line_after(syntax: Syntax, index: int) -> tuple[int, int] | None:
    """The tokens that stand in the paragraph after a token; a verb is among them."""
    end = line_bounds(syntax, index)[1]
    has_verb = any(syntax.pos[i] in ("VERB", "AUX") for i in range(index + 1, end))
    return (index + 1, end) if has_verb else None


def block_below(syntax: Syntax, index: int) -> tuple[int, int] | None:
    """The tokens of the paragraph below a token's, whose line ends with a colon, and of those set off as it is.

    A verb is among them, and no quotation mark opens them.
    """
    end = line_bounds(syntax, index)[1]
    begin, stop = next_line(syntax, end)
    if syntax.lower[end - 1] != ":" or begin == stop or syntax.lower[begin] in OPENING_MARKS:
        return None
    setting = set_off(syntax, begin)
    if not any(syntax.tag[i] in FINITE for i in range(begin, stop)):
        return None
    following = next_line(syntax, stop)
    while setting and following[0] < following[1] and set_off(syntax, following[0]) == setting:
        stop = following[1]
        following = next_line(syntax, stop)
    while syntax.lower[begin] in BLOCK_MARKS:
        begin += 1
    return begin, stop


def next_line(syntax: Syntax, index: int) -> tuple[int, int]:
    """The tokens of the paragraph that begins at a token or behind it, white space around them left out."""
    while index < syntax.length and syntax.pos[index] == "SPACE":
        index += 1
    return (index, line_bounds(syntax, index)[1]) if index < syntax.length else (index, index)


def set_off(syntax: Syntax, index: int) -> str:
    """How a paragraph is set off as a block: its layout, the mark that opens it, its indentation; empty for most."""
    block = syntax.reading.block_at(syntax.start[index], "quote")
    if block is not None:
        return f"{block.start}-{block.end}"
    if syntax.lower[index] in BLOCK_MARKS:
        return syntax.lower[index]
    line = syntax.text.rfind("\n", 0, syntax.start[index]) + 1
    indentation = syntax.text[line : syntax.start[index]]
    return indentation if indentation.isspace() else ""


def nominals_behind(syntax: Syntax, index: int) -> list[int]:
    """The nouns among the words right behind a token, up to a preposition, a verb or a mark."""
    found = []
    for at in range(index + 1, line_bounds(syntax, index)[1]):
        if syntax.pos[at] not in PHRASE_POS - {"ADP", "CCONJ"} and syntax.lower[at] not in APOSTROPHES:
            break
        if syntax.pos[at] in ("NOUN", "PROPN"):
            found.append(at)
    return found


def bracket_behind(syntax: Syntax, index: int, end: int) -> int:
    """Where a bracket opens behind a token (`— Ann Roe (@roe) May 6`); `end` where none does."""
    return next((at for at in range(index + 2, end) if syntax.lower[at] == "("), end)


def line_phrase(syntax: Syntax, index: int, before: bool) -> int | None:
    """The head of the noun phrase that is all that stands in the paragraph before (or after) a token."""
    start, end = line_bounds(syntax, index)
    words = range(start, index) if before else range(index + 1, bracket_behind(syntax, index, end))
    if before and start < index and syntax.pos[start] in ("ADP", "CCONJ"):
        return None  # `And from Ann Roe:`
    known = [i for i in words if syntax.known_as[i] == "PERSON"]
    if not 0 < len(words) <= NAME_TOKENS or any(syntax.tag[i] in FINITE for i in words if i not in known):
        return None
    if any(syntax.lower[i] in SENTENCE_ENDS for i in words[:-1]):
        return None
    nouns = [i for i in words if syntax.pos[i] in ("NOUN", "PROPN") or i in known]
    tops = [i for i in nouns if syntax.head[i] not in words or syntax.head[i] == i]
    found = tops or nouns
    return found[0] if found else None

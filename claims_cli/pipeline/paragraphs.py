"""Paragraph boundaries, set before the parser, so that a heading or a caption does not run into the next line.

Measured on PolNeAR, boundaries set before parsing are worth more than a point of attribution F1.
"""

import re

from spacy.language import Language
from spacy.tokens import Doc

ODD_SPACE = re.compile(
    r"[\t\x00-\x09\x0b-\x1f\x7f\xa0\u2000-\u200b\u202f\u205f\u3000\ufeff\u00ad\u200e\u200f\ud800-\udfff]"
)
# spaCy's tokenizer takes minutes over a long run of marks without a space
LONG_RUN = re.compile(r"([^\w\s])\1{39,}")
WRAP_WIDTH = 40
HEADLINE = re.compile(r"(?m)^[^\n]{15,160}$")
CAPITAL_INSIDE = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]*")
SENTENCE_END = frozenset(".!?:\"”’'…)")


def readable(text: str) -> str:
    """The text for the tokenizer: every odd space or line end as the common one, every offset kept.

    The small models were not trained on no-break spaces and treat a word beside one as unknown.
    """
    text = text.replace("\r\n", " \n").replace("\r", "\n")
    text = LONG_RUN.sub(lambda match: " " * len(match.group()), text)
    text = re.sub("[\x0b\x0c\x85\u2028\u2029]", "\n", text)
    return without_title_case(ODD_SPACE.sub(" ", text))


def without_title_case(text: str) -> str:
    """The text with the small words of Title Case Headlines in small letters, every offset kept.

    Taggers take every capitalized word of a headline for a name. A word keeps its capital where the prose writes it so
    inside a sentence.
    """
    lines = [line for line in text.split("\n") if not is_title_case(line)]
    names = {name for line in lines for name in CAPITAL_INSIDE.findall(line)}
    return HEADLINE.sub(lambda match: small_words(match.group(), names), text)


def is_title_case(line: str) -> bool:
    """Whether most words of a line begin with a capital."""
    words = re.findall(r"[A-Za-z][\w’'-]*", line)
    return len(words) >= 4 and sum(word[0].isupper() for word in words) >= 0.7 * len(words) and not line.isupper()


def small_words(line: str, names: set[str]) -> str:
    """A headline whose words begin with small letters unless they are names; any other line unchanged."""
    if not is_title_case(line):
        return line

    def small(match: re.Match) -> str:
        word = match.group()
        plain = word[1:].islower() and word.isascii() and word not in names
        return word[0].lower() + word[1:] if plain else word

    first = re.match(r"\W*\w+", line)
    start = first.end() if first else 0
    return line[:start] + re.sub(r"\b[A-Z][\w’'-]*", small, line[start:])


def is_hard_wrapped(text: str) -> bool:
    """Whether the lines of `text` were broken at a width: most single line ends are followed by a small letter."""
    ends = re.findall(rf"[^\n]{{{WRAP_WIDTH},}}\n[ ]*([^\s])", text)
    return len(ends) >= 3 and sum(letter.islower() for letter in ends) > 0.5 * len(ends)


def breaks_paragraph(before: str, gap: str, after: str, hard_wrapped: bool) -> bool:
    """Whether the white space `gap` between two pieces of text ends a paragraph.

    A blank line always does. A single line end does not where the line was broken at a width, or where it
    stands inside a sentence.
    """
    if gap.count("\n") == 0:
        return False
    if gap.count("\n") > 1:
        return True
    if hard_wrapped:
        return False
    last_line = before.rpartition("\n")[2].rstrip()
    inside = len(last_line) >= WRAP_WIDTH and last_line[-1] not in SENTENCE_END and after[:1].islower()
    return not inside


@Language.component("claims_paragraphs")
def paragraphs(doc: Doc) -> Doc:
    """Mark the first token of each paragraph as the start of a sentence."""
    starts = paragraph_starts(doc)
    doc.user_data["paragraph_starts"] = starts
    for index in starts:
        doc[index].is_sent_start = True
    return doc


def paragraph_starts(doc: Doc) -> list[int]:
    """Indices of the tokens that begin a paragraph."""
    text = doc.text
    hard_wrapped = is_hard_wrapped(text)
    starts: list[int] = []
    last_end = 0
    for token in doc:
        if token.is_space:
            continue
        gap = text[last_end : token.idx]
        if not starts or breaks_paragraph(text[max(0, last_end - 400) : last_end], gap, token.text, hard_wrapped):
            starts.append(token.i)
        last_end = token.idx + len(token)
    return starts

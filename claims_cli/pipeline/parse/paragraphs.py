"""Paragraph boundaries, set before the parser, so that a heading or a caption does not run into the next line.

Measured on PolNeAR, boundaries set before parsing are worth more than a point of attribution F1.
"""

import re
from itertools import pairwise

import numpy
from spacy.attrs import IDX, IS_SPACE, LENGTH, ORTH, SENT_START
from spacy.language import Language
from spacy.tokens import Doc

from claims_cli.articles.wrapping import joins_of

NAME = "claims_paragraphs"
ODD_SPACE = re.compile(r"[\t\x00-\x09\x0b-\x1f\x7f\xa0\u2000-\u200a\u202f\u205f\u3000\ud800-\udfff]")
# spaCy's tokenizer takes minutes over a long run of marks; a stretch this long without a space is no prose
MARKS_IN_A_ROW = re.compile(r"(?:[^\w\s]\s*){40,}")
LONG_CHUNK = re.compile(r"\S{500,}")
SIGNING = re.compile(r"(?:(?<=[\"”’] )|(?<=[\"”’]\n)|(?<=[\"”’]\n\n))-(?=[A-Z])|―")
SIGNATURE = ("—", "–", "~")
HEADLINE = re.compile(r"(?m)^[^\n]{15,160}$")
CAPITAL_INSIDE = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]*")
LINE_END = re.compile("\n")
LONGEST_SENTENCE = 400
SENTENCE_MARKS = frozenset(".!?…")


def plainly_spaced(text: str) -> str:
    """The text with every odd space or line end as the common one, and with what is no prose blanked.

    The small models were not trained on no-break spaces and treat a word beside one as unknown.
    """
    text = text.replace("\r\n", " \n").replace("\r", "\n")
    text = ODD_SPACE.sub(" ", re.sub("[\x0b\x0c\x85\u2028\u2029]", "\n", text))
    text = SIGNING.sub("—", text)  # the tokenizer would leave these on the name
    return MARKS_IN_A_ROW.sub(blank, LONG_CHUNK.sub(blank, text))


def blank(match: re.Match) -> str:
    """Spaces in place of what was matched, as many; line ends stay."""
    return re.sub(r"[^\n]", " ", match.group())


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
    if line.rstrip().endswith((".", ":")) or line.lstrip().startswith(SIGNATURE):
        return False  # a sentence, or words that announce or sign what is said above or below
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


@Language.component(NAME)
def paragraphs(doc: Doc) -> Doc:
    """Mark the first token of each paragraph as the start of a sentence, and break up what is too long for one."""
    read_gaps_alike(doc)
    starts = paragraph_starts(doc)
    marks = numpy.zeros(len(doc), dtype="uint64")  # a token's own setter asks the whole text each time
    marks[[*starts, *breaks(doc, starts)]] = 1
    return doc.from_array([SENT_START], marks)


def read_gaps_alike(doc: Doc) -> None:
    """Let the model read line ends with blanked furniture between them as line ends: it tells white space apart."""
    for index in doc.to_array(IS_SPACE).nonzero()[0].tolist():
        text = doc[index].text
        if " " in text and "\n" in text:
            gap, bare = doc.vocab[text], doc.vocab["\n" * min(2, text.count("\n"))]
            gap.norm, gap.prefix, gap.suffix, gap.shape = bare.norm, bare.prefix, bare.suffix, bare.shape


def breaks(doc: Doc, starts: list[int]) -> list[int]:
    """Indices of tokens before which a stretch without any end of a sentence is broken: lists, tables, junk."""
    marks = [doc.vocab.strings[mark] for mark in sorted(SENTENCE_MARKS)]
    ends = numpy.isin(doc.to_array(ORTH), numpy.array(marks, dtype="uint64")).nonzero()[0].tolist()
    edges = [-1, *sorted({*starts, *ends}), len(doc)]
    return [
        index for since, until in pairwise(edges) for index in range(since + LONGEST_SENTENCE, until, LONGEST_SENTENCE)
    ]


def paragraph_starts(doc: Doc) -> list[int]:
    """Indices of the tokens that begin a paragraph."""
    text = doc.text
    begins, lengths, is_space = doc.to_array([IDX, LENGTH, IS_SPACE]).astype("int64").T
    words = (is_space == 0).nonzero()[0]
    if not len(words):
        return []
    first, ends = begins[words], (begins + lengths)[words]
    line_ends = numpy.array([end.start() for end in LINE_END.finditer(text)], dtype="int64")
    lines = numpy.searchsorted(line_ends, first)
    is_start = numpy.append(True, lines[1:] > numpy.searchsorted(line_ends, ends[:-1]))
    is_start[1:] &= ~numpy.isin(first[1:], [join.first for join in joins_of(text)])
    return words[is_start].tolist()

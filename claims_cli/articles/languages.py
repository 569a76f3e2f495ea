"""Which language a text is in: only English is read, and what is not is set aside and told.

In comes a document whose articles are told apart; out comes the same with its language, and what is foreign in it.

Each line with words enough is judged for itself. An article is in English where a third of its words are, else in the
language of most of them; of one in English only the long lines in another language are set aside.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import Any

from claims_cli.articles.lines import lines_of
from claims_cli.articles.long_lists import lists_among, without
from claims_cli.articles.stretches import stretches_of
from claims_cli.articles.wrapping import is_next_line
from claims_cli.claim import ArticleSpan, Document
from claims_cli.rulebook import Rulebook

ENGLISH = "en"
LANGUAGES = (ENGLISH, "any")
KNOWN = (
    "af Afrikaans|am Amharic|ar Arabic|az Azerbaijani|be Belarusian|bg Bulgarian|bn Bengali|bs Bosnian|ca Catalan|"
    "cs Czech|cy Welsh|da Danish|de German|el Greek|en English|eo Esperanto|es Spanish|et Estonian|eu Basque|"
    "fa Persian|fi Finnish|fr French|ga Irish|gl Galician|gu Gujarati|he Hebrew|hi Hindi|hr Croatian|"
    "ht Haitian Creole|hu Hungarian|hy Armenian|id Indonesian|is Icelandic|it Italian|ja Japanese|ka Georgian|"
    "kk Kazakh|km Khmer|kn Kannada|ko Korean|ku Kurdish|ky Kyrgyz|la Latin|lo Lao|lt Lithuanian|lv Latvian|"
    "mk Macedonian|ml Malayalam|mn Mongolian|mr Marathi|ms Malay|mt Maltese|my Burmese|ne Nepali|nl Dutch|"
    "no Norwegian|pa Punjabi|pl Polish|ps Pashto|pt Portuguese|ro Romanian|ru Russian|rw Kinyarwanda|si Sinhala|"
    "sk Slovak|sl Slovenian|so Somali|sq Albanian|sr Serbian|sv Swedish|sw Swahili|ta Tamil|te Telugu|tg Tajik|"
    "th Thai|tl Tagalog|tr Turkish|ug Uyghur|uk Ukrainian|ur Urdu|uz Uzbek|vi Vietnamese|xh Xhosa|yo Yoruba|"
    "zh Chinese|zu Zulu"
)
NAMES = dict(language.split(" ", 1) for language in KNOWN.split("|"))
NO_LANGUAGE = "zxx"
DOUBTFUL = "doubtful"
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
LETTERS_A_WORD = 2
QUOTATION = re.compile(r"“[^“”]+”|«[^«»]+»|\"[^\"]+\"")
SAMPLE = 10_000
LEAST_WORDS = 8
LONG = 25
FREQUENT = 0.08
LEAST_ENGLISH = 0.001
ENOUGH_ENGLISH = 1 / 3
LEAST_SURE = 0.5
MOST_LINES = 10
SET_ASIDE = "is in {} and set aside (--language any reads it)", "are in {} and set aside (--language any reads them)"
QUOTES = "quotes {} at length, which is read as it stands", "quote {} at length, which is read as it stands"
Judge = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """A line that was judged: where it stands (code points), its language, and how many words it has in it."""

    start: int
    end: int
    words: int
    language: str


def words_in(text: str) -> int:
    """How many words a text has; where none are spaced, as many as its letters would be."""
    return len(text.split()) + len(UNSPACED.findall(text)) // LETTERS_A_WORD


@cache
def identifier() -> Any:
    """What knows languages by the frequency of their letters."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([*NAMES, NO_LANGUAGE])
    return identifier


class Linguist:
    """Tells the languages of documents.

    Args:
        rulebook: whose lexicon `languages.english` holds frequent words.
        reads_all: whether what is not English is parsed too.
    """

    def __init__(self, rulebook: Rulebook, reads_all: bool = False):
        self.frequent = rulebook.words("languages.english")
        self.reads_all = reads_all

    def language_of(self, text: str) -> str:
        """The language of some words; English unless that is next to impossible: names alone are of no language."""
        if self.presumed(text) == ENGLISH:
            return ENGLISH
        ranked = identifier().rank(text[:SAMPLE])
        (first, sure), english = ranked[0], dict(ranked)[ENGLISH]
        return first if first in NAMES and sure >= LEAST_SURE and english < LEAST_ENGLISH else ENGLISH

    def presumed(self, text: str) -> str:
        """English where words surely are, otherwise `DOUBTFUL`."""
        return ENGLISH if self.is_surely_english(text[:SAMPLE].lower().split()) else DOUBTFUL

    def is_surely_english(self, words: list[str]) -> bool:
        """Whether words, in small letters, hold as many frequent ones as nothing but English does."""
        frequent = sum(map(self.frequent.__contains__, words))
        return frequent > 0 and frequent >= FREQUENT * len(words)

    def recognise(self, document: Document) -> Document:
        """The document with its language, what is not English in it set aside and noted."""
        text = document.text
        document = replace(document, text=without(text, lists_among(text, document.furniture)))
        judged = self.judged(document)
        languages = {number: main_language(lines) for number, lines in judged.items()}
        language = main_language(line for lines in judged.values() for line in lines)
        if self.reads_all:
            return replace(document, text=text, language=language)
        whole = [article for article in document.articles if languages[article.number] not in (None, ENGLISH)]
        english = [number for number in judged if languages[number] == ENGLISH]
        lines = [line for number in english for line in judged[number]]
        long = [line for line in stretches(document, lines) if line.language != ENGLISH and line.words >= LONG]
        notes = [*notes_of_articles(document, whole, languages), *notes_of_lines(document, long, *SET_ASIDE)]
        notes += notes_of_lines(document, self.quotations(document, lines), *QUOTES)
        foreign = sorted(
            [*((article.start, article.end) for article in whole), *((line.start, line.end) for line in long)]
        )
        told = (*document.notes, *notes)
        return replace(document, text=text, language=language, foreign=tuple(foreign), notes=told)

    def judged(self, document: Document) -> dict[int, list[JudgedLine]]:
        """The lines of each article by its number.

        Where all articles are in English whatever their doubtful lines are, only long ones of these are looked into,
        and short ones that may be one, broken at a width: no other is set aside, and a closer look takes long.
        """
        presumed = {article.number: self.judged_by(self.presumed, document, article) for article in document.articles}
        if not all(map(is_mostly_english, presumed.values())):
            return {
                article.number: self.judged_by(self.language_of, document, article) for article in document.articles
            }
        joined = stretches(document, [line for lines in presumed.values() for line in lines])
        long = [line for line in joined if line.language == DOUBTFUL and line.words >= LONG]
        return {number: [self.settled(document, line, long) for line in lines] for number, lines in presumed.items()}

    def settled(self, document: Document, line: JudgedLine, long: list[JudgedLine]) -> JudgedLine:
        """A line with its language; a doubtful one that is in no long stretch of such counts as English."""
        if line.language == ENGLISH:
            return line
        if any(stretch.start <= line.start < stretch.end for stretch in long):
            text = document.text[line.start : line.end]
            return self.line(self.language_of, line.start, line.end, line.words, text)
        return replace(line, language=ENGLISH)

    def judged_by(self, judge: Judge, document: Document, article: ArticleSpan) -> list[JudgedLine]:
        """The lines of an article that have words enough; all of it as one where none has."""
        lines = list(self.lines_of(judge, document, article.start, article.end))
        if not lines:
            text = document.text[article.start : article.end]
            if words_in(text) >= LEAST_WORDS:
                lines = [JudgedLine(article.start, article.end, words_in(text), judge(text))]
        return lines

    def lines_of(self, judge: Judge, document: Document, start: int, end: int) -> Iterator[JudgedLine]:
        """The lines of a stretch that are read and have words enough."""
        unread = set(document.unread_in(start, end))
        spans = stretches_of(document.text, start, end)
        for line in (line for span in spans for line in lines_of(document.text, *span)):
            words = words_in(line.text)
            if words >= LEAST_WORDS and (line.start, line.end) not in unread:
                yield self.line(judge, line.start, line.end, words, line.text)

    def line(self, judge: Judge, start: int, end: int, words: int, text: str) -> JudgedLine:
        """A line; one that quotes another language at length is in English where what stands around that is."""
        language = judge(text)
        if language != ENGLISH:
            around = QUOTATION.sub(" ", text).lower().split()
            if len(around) < words and self.is_surely_english(around):
                return JudgedLine(start, end, len(around), ENGLISH)
        return JudgedLine(start, end, words, language)

    def quotations(self, document: Document, lines: list[JudgedLine]) -> list[JudgedLine]:
        """The long quotations in another language inside lines in English, which are parsed with them."""
        quotations = []
        for line in lines:
            if line.language == ENGLISH and line.end - line.start > LONG:
                for match in QUOTATION.finditer(document.text, line.start, line.end):
                    words = words_in(match.group())
                    if words >= LONG:
                        quotations.append(JudgedLine(*match.span(), words, self.language_of(match.group())))
        return [quotation for quotation in quotations if quotation.language != ENGLISH]


def is_mostly_english(lines: list[JudgedLine]) -> bool:
    """Whether an article is in English whatever its doubtful lines are."""
    english = sum(line.words for line in lines if line.language == ENGLISH)
    return english >= ENOUGH_ENGLISH * sum(line.words for line in lines)


def stretches(document: Document, lines: list[JudgedLine]) -> Iterator[JudgedLine]:
    """Lines of one language that follow each other without an empty line as one: they may be one, broken at a width.

    Whether they were is not asked: where nouns are capitalized, or there are no small letters, no line tells.
    """
    before: JudgedLine | None = None
    for line in lines:
        if before and before.language == line.language and is_next_line(document.text, before.end, line.start):
            before = JudgedLine(before.start, line.end, before.words + line.words, line.language)
            continue
        if before:
            yield before
        before = line
    if before:
        yield before


def notes_of_articles(document: Document, whole: list[ArticleSpan], languages: dict[int, str | None]) -> Iterator[str]:
    """That articles are in another language."""
    for article in whole:
        which = f"article {article.number} is" if len(document.articles) > 1 else "is"
        name = NAMES[languages[article.number] or ENGLISH]
        yield f"{which} in {name}; only English is read, no claims were looked for (--language any does)"


def main_language(lines: Iterable[JudgedLine]) -> str | None:
    """English where enough words are, else the language of most; None where there are none."""
    words: Counter[str] = Counter()
    for line in lines:
        words[line.language] += line.words
    if words[ENGLISH] >= ENOUGH_ENGLISH * words.total():
        return ENGLISH if words else None
    return max(words, key=lambda name: words[name])


def notes_of_lines(document: Document, lines: list[JudgedLine], single: str, several: str) -> Iterator[str]:
    """That lines of articles in English are, or quote, another language; the first `MOST_LINES` by their numbers."""
    for language, group in groupby(sorted(lines, key=by_language), key=by_language):
        numbers = [str(document.line_of(line.start)) for line in group]
        more = f" and {len(numbers) - MOST_LINES} more" if len(numbers) > MOST_LINES else ""
        if len(numbers) == 1:
            yield f"line {numbers[0]} {single.format(NAMES[language])}"
        else:
            yield f"lines {', '.join(numbers[:MOST_LINES])}{more} {several.format(NAMES[language])}"


def by_language(line: JudgedLine) -> str:
    """The language of a line, to sort by."""
    return line.language

"""A claim in words for the screen: its article with its spans marked, and what is known of it on a few lines.

Nothing here is read as markup: text of documents goes into `Text` as it is, without control and direction marks.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from rich.console import Console
from rich.text import Text

from claims_cli.browse.claim_list import ClaimRow, ListedVoice
from claims_cli.claim import LINE_END, Claim, Document
from claims_cli.outputs.claim_page import LOOKS, Part, chain, cut_at, publication, sentence
from claims_cli.outputs.doubt import how_known
from claims_cli.outputs.escapes import PICTURED, clean, spelled
from claims_cli.store.marks import Mark

STYLES = {"content": "green underline", "source": "bold", "cue": "bold cyan"}
LEGEND = "«statement» [source] <cue>"
VERDICTS = {"right": "✓", "wrong": "✗", "disputed": "≠"}
NOTED = "✎"
INFERRED = "*"
UNNAMED = "?"
DOT = " · "
ON_LINE = {**PICTURED, 9: " "}
MOST_BEFORE = 100_000  # characters of an article before a claim, and as many behind it
SHORT_NAME = 20
MOST_PLACES = 3
CONSOLE = Console(width=80)


WIDE = 70  # cells from which a list of claims has room for the titles of articles


def voice_line(voice: ListedVoice, most: int) -> Text:
    """A speaker in a list: the number of claims (of `most` at most), `?` before one without a name, the name."""
    unnamed = " " if voice.named else UNNAMED
    return Text.assemble(f"{voice.claims:>{len(str(most))}} ", (unnamed, "bold"), " ", clean(voice.name))


def row_line(row: ClaimRow, width: int) -> Text:
    """A claim in a list: the verdict or that there is a note, `?` before a speaker without a name, the statement."""
    told = f"{clean(row.speaker) or '(nobody named)'}{INFERRED * row.inferred}"
    name = Text(told, "bold" if row.named else "")
    name.truncate(max(SHORT_NAME, width // 4), overflow="ellipsis")
    sign = VERDICTS.get(row.verdict or "") or (NOTED if row.noted else " ")
    line = Text.assemble(sign, "  " if row.named else f"{UNNAMED} ", name, ": ", clean(row.statement))
    if width < WIDE or not row.article:
        return line
    article = Text(f"{DOT}{clean(row.article)}", "dim")
    article.truncate(width // 4, overflow="ellipsis")
    line.truncate(width - article.cell_len, overflow="ellipsis", pad=True)
    return line + article


def heading(claim: Claim) -> str:
    """What stands above an article: its title, and how the claim is marked in it."""
    return DOT.join(filter(None, (LEGEND, clean(claim.title))))


def article_lines(claim: Claim, document: Document, width: int) -> tuple[list[Text], int]:
    """The article of a claim in lines of a width (cells) with the claim marked, and the line in which it begins."""
    lines: list[Text] = []
    first = None
    for parts in by_line(parts_of(claim, document)):
        if any(role for _, role in parts):
            first = len(lines) if first is None else first
            lines += marked(parts).wrap(CONSOLE, width)
        else:
            lines += map(Text, wrapped("".join(words for words, _ in parts), width))
    return lines, first_marked(lines, first or 0)


def first_marked(lines: list[Text], start: int) -> int:
    """The first line from some line on that holds words of the claim."""
    return next((number for number in range(start, len(lines)) if lines[number].spans), start)


def parts_of(claim: Claim, document: Document) -> Iterable[Part]:
    """The article cut at the claim's spans; the claim's sentence where the text is not known."""
    if not document.text:
        return sentence(claim)
    found = (one for one in document.articles if one.start <= claim.start and claim.end <= one.end)
    article = next(found, None)
    start, end = (article.start, article.end) if article else (0, len(document.text))
    stretch = max(start, claim.start - MOST_BEFORE), min(end, claim.end + MOST_BEFORE)
    return cut_at(document.text, stretch, claim)


def by_line(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """The parts of each line, which end where the text's lines do; marks stand around each part of a claim."""
    line: list[Part] = []
    for words, role in parts:
        pieces = LINE_END.split(words)
        for place, piece in enumerate(pieces):
            if place:
                yield line
                line = []
            shown = piece.translate(ON_LINE)
            if role:
                before = LOOKS[role][1] if place == 0 else ""
                behind = LOOKS[role][2] if place == len(pieces) - 1 else ""
                shown = f"{before}{shown}{behind}"
            line.append((shown, role))
    yield line


def marked(parts: list[Part]) -> Text:
    """The parts of one line."""
    return Text.assemble(*((words, STYLES.get(role, "")) for words, role in parts))


@lru_cache(maxsize=20_000)
def wrapped(line: str, width: int) -> tuple[str, ...]:
    """A line without a claim, in lines of a width in cells."""
    return tuple(part.plain for part in Text(line).wrap(CONSOLE, width)) or ("",)


def facts(claim: Claim, marks: list[Mark], same: Sequence[Claim] = ()) -> Text:
    """What is known of a claim: what people made of it, who speaks to whom through whom, why it was found, where."""
    about = ", ".join(filter(None, (claim.speaker_role, claim.speaker_kind if claim.speaker else "")))
    who = f"{claim.speaker or 'nobody named'}{f' ({about})' if about else ''}{'' if claim.named else ', unnamed'}"
    told = [(in_words(mark), "yellow") for mark in marks]
    told.append((who, "bold"))
    spans = (("to", claim.addressee), ("through", claim.medium), ("when", claim.when))
    told += [(f"{label} {span.text}", "") for label, span in spans if span]
    told.append((f"{'NEGATED ' if claim.negated else ''}{claim.type}, {claim.quote}", ""))
    told.append((chain(claim), "magenta"))
    told += [(f"citing {basis.speaker}", "magenta") for basis in claim.citing]
    told += [(also_in(same), "yellow")] if same else []
    told.append((how_known(claim), "cyan"))
    told.append((f"rule {claim.rule}, confidence {claim.confidence:.2f}", "cyan"))
    parts = [Text(clean(words), style) for words, style in told]
    return Text(DOT).join([*parts, Text(place(claim))])


def also_in(same: Sequence[Claim]) -> str:
    """Where else the same statement stands; of many the first few."""
    places = [publication(claim) for claim in same[:MOST_PLACES]]
    more = f" and {len(same) - MOST_PLACES} more" if len(same) > MOST_PLACES else ""
    return f"also in {'; '.join(places)}{more}"


def in_words(mark: Mark) -> str:
    """A mark with its sign, its note and whose it is."""
    return f"{VERDICTS.get(mark.verdict or '', NOTED)} {mark.in_words} ({mark.by})"


def place(claim: Claim) -> str:
    """Where the claim stands, and when that was published."""
    page = f" p. {claim.page}" if claim.page is not None else ""
    return spelled(f"{claim.doc}:{claim.line}{page}{f', {claim.date}' if claim.date else ''}")

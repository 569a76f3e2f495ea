"""One claim on a page: its words in their paragraph, who said it through whom, and why it was found."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import IO

from claims_cli.claim import LINE_END, Claim, Offsets, Span
from claims_cli.outputs.doubt import how_known
from claims_cli.outputs.escapes import PICTURED, clean, spelled
from claims_cli.outputs.links import clock

LOOKS = {"content": ("green", "«", "»"), "source": ("bold", "[", "]"), "cue": ("bold cyan", "<", ">")}
ARROW = " → "
MOST_CONTEXT = 1500
LABEL = 10
PRINTABLE = {code: picture for code, picture in PICTURED.items() if code != 10}


@dataclass(frozen=True)
class ClaimPage:
    """What is shown of a claim.

    Attributes:
        text: the document's text; empty where it is not known.
        rule: what the rule that found it says of itself.
        marks: what people made of it, a line each.
        elsewhere: other documents that have the same text.
        same: where the same statement stands in other words or documents, a line each.
    """

    claim: Claim
    text: str = ""
    rule: str = ""
    marks: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    same: tuple[str, ...] = ()


Part = tuple[str, str]  # words, and the role that they have (nothing for the words around)


def paragraph(page: ClaimPage) -> list[Part]:
    """The lines in which the claim stands, cut at its spans; its sentence where the text is not known."""
    claim = page.claim
    if not page.text:
        return sentence(claim)
    start, end = lines_around(page.text, claim.start, claim.end)
    cut = max(start, claim.start - MOST_CONTEXT // 2), min(end, claim.end + MOST_CONTEXT // 2)
    parts = list(cut_at(page.text, cut, claim))
    before, after = "… " * (cut[0] > start), " …" * (cut[1] < end)
    return [*([(before, "")] if before else []), *parts, *([(after, "")] if after else [])]


def lines_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the lines begin and end in which a stretch stands."""
    starts = [match.end() for match in LINE_END.finditer(text, 0, start)]
    behind = LINE_END.search(text, end)
    return (starts[-1] if starts else 0), (behind.start() if behind else len(text))


def cut_at(text: str, stretch: tuple[int, int], claim: Claim) -> Iterator[Part]:
    """A stretch of a text in parts of one role each; where roles overlap, the later one of `LOOKS` is shown."""
    spans = {role: span.spans if (span := getattr(claim, role)) else () for role in LOOKS}
    edges = {edge for pieces in spans.values() for piece in pieces for edge in piece}
    places = sorted({*stretch, *(edge for edge in edges if stretch[0] < edge < stretch[1])})
    for start, end in pairwise(places):
        roles = [role for role, pieces in spans.items() if is_inside(start, pieces)]
        yield text[start:end], roles[-1] if roles else ""


def is_inside(place: int, pieces: Offsets) -> bool:
    """Whether a code point stands in one of some pieces."""
    return any(start <= place < end for start, end in pieces)


def sentence(claim: Claim) -> list[Part]:
    """The claim's sentence, with those of its words marked that are found in it as they are."""
    parts: list[Part] = [(claim.sentence, "")]
    for role in LOOKS:
        span: Span | None = getattr(claim, role)
        for piece in span.pieces if span else ():
            parts = [new for part in parts for new in split_at(part, " ".join(piece.split()), role)]
    return parts


def split_at(part: Part, words: str, role: str) -> list[Part]:
    """A part in three where it is of no role yet and holds some words."""
    text, had = part
    if had or not words or words not in text:
        return [part]
    before, _, after = text.partition(words)
    return [one for one in ((before, ""), (words, role), (after, "")) if one[0]]


def facts(page: ClaimPage) -> Iterator[tuple[str, str]]:
    """What is told of a claim, a label and words each."""
    claim = page.claim
    about = ", ".join(filter(None, (claim.speaker_role, claim.speaker_kind if claim.speaker else "")))
    yield (
        "Speaker",
        f"{claim.speaker or 'nobody named'}{f' ({about})' if about else ''}{'' if claim.named else ', unnamed'}",
    )
    yield "", how_known(claim)
    if claim.anonymity:
        yield "Unnamed", claim.anonymity.text
    yield "Statement", claim.content.text
    for label, span in (("To", claim.addressee), ("Through", claim.medium), ("When", claim.when)):
        if span:
            yield label, span.text
    yield "Chain", chain(claim)
    if claim.citing:
        yield "Citing", "; ".join(basis.speaker for basis in claim.citing)
    yield "Type", f"{claim.type}{', negated: this was not said' if claim.negated else ''}"
    yield "Quotation", claim.quote
    yield "Where", place(claim)
    for other in page.elsewhere:
        yield "", f"also {other}"
    for number, other in enumerate(page.same):
        yield "" if number else "Also in", other
    yield "Why", f"rule {claim.rule}{f': {page.rule}' if page.rule else ''}"
    yield "", sureness(claim.confidence)
    for number, mark in enumerate(page.marks):
        yield "" if number else "Marks", mark


def publication(claim: Claim) -> str:
    """Where a claim was published, and when, as far as that is known; its document where no outlet is."""
    return ", ".join(filter(None, (claim.outlet or claim.doc, claim.date)))


def chain(claim: Claim) -> str:
    """The voices between the reader and the statement, outermost first."""
    outlet = claim.outlet or "the document"
    voices = [f"{voice.speaker or 'somebody'} ({voice.cue or '?'})" for voice in claim.via]
    cue = claim.cue.text if claim.cue else "no cue"
    return ARROW.join([outlet, *voices, f"{claim.speaker or 'nobody named'} ({cue})"])


def place(claim: Claim) -> str:
    """Where the claim stands, and when that was published."""
    parts = [f"{claim.doc}:{claim.line}"]
    parts += [f"page {claim.page}"] if claim.page else []
    parts += [f"at {clock(claim.time)}"] if claim.time is not None else []
    parts += [f"characters {claim.start} to {claim.end}"]
    parts += [f"“{claim.title}”"] if claim.title else []
    return ", ".join([*parts, *([claim.date] if claim.date else [])])


def sureness(confidence: float) -> str:
    """A confidence in words."""
    return f"confidence {confidence:.2f}: of claims like this, about {round(100 * confidence)} of 100 were right"


def write(page: ClaimPage, stream: IO[str]) -> None:
    """The page: coloured on a terminal, with marks round the words when piped."""
    heading = f"{page.claim.id}{f'  {page.claim.mark}' if page.claim.mark else ''}"
    if stream.isatty():
        draw(page, heading, stream)
        return
    shown = "".join(f"{LOOKS[role][1]}{words}{LOOKS[role][2]}" if role else words for words, role in paragraph(page))
    stream.write(f"{heading}\n\n{shown.translate(PRINTABLE)}\n\n")
    for label, words in facts(page):
        stream.write(f"{label:{LABEL}} {tidy(label, words)}\n")


def tidy(label: str, words: str) -> str:
    """Words on one line without a control character; a path keeps its own as escapes."""
    return spelled(words) if label == "Where" else clean(words)


def draw(page: ClaimPage, heading: str, stream: IO[str]) -> None:
    """The page with rich."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    console = Console(file=stream, highlight=False)
    shown = Text()
    for words, role in paragraph(page):
        shown.append(words.translate(PRINTABLE), LOOKS[role][0] if role else "")
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for label, words in facts(page):
        table.add_row(label, Text(tidy(label, words), STYLES.get(label, "")))
    console.print(Text(heading, "dim"))
    console.print(Padding(shown, (1, 2)))
    console.print(table)


STYLES = {"Speaker": "bold", "Statement": "green", "Marks": "yellow"}

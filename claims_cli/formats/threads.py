"""Who wrote which part of an e-mail: what it takes over of other messages belongs to their writers.

In comes the text of a message; out come its text without the marks of quoting of whoever is known, its parts as posts
with their writers, and what stood in a message that was read before. Read line by line, so that no text takes long.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice

from claims_cli.claim import Block, Document
from claims_cli.formats.dates import is_iso, iso_date

QUOTED = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
ADDRESS = re.compile(r"<?\s?(?:mailto:)?([\w.+-]{1,64}@[\w.-]{1,200})\s?>?")
CLOCK = re.compile(r"\d\d?[:.h]\d\d|\b\d{4}\b")
BEHIND_CLOCK = re.compile(r"^[,\s]*(?:[AaPp]\.?[Mm]\b\.?)?(?:,?\s*\(?(?:[A-Z]{3,4}|UTC[+-]\d{1,2})\)?,)?[,\s]*")
LAST_NUMBER = re.compile(r"^.*\d\S*")
RULES = re.compile(r"[-_=*\s>]{5,}")
HEADER = re.compile(r"\*?([^\W\d_][\w' -]{0,20}?)\s?:\*?[ \t]{0,8}(\S.*)?$")
LONGEST = 300  # characters of the lines that tell who wrote what follows
MOST_LINES = 3  # over which such a line is broken
FEWEST_HEADERS = 3  # where no line parts them from what stands before
MOST_HEADERS = 12
MOST_PARTS = 2_000  # no exchange of messages has as many
SHORTEST = 20  # letters of a paragraph that is told to be the same as another


@dataclass(frozen=True)
class Words:
    """The words of a lexicon by which parts are told; all in small letters."""

    attributed: re.Pattern
    parting: frozenset[str]
    sender: frozenset[str]
    sent: frozenset[str]
    headers: frozenset[str]


@dataclass(frozen=True)
class Writer:
    """Who wrote a part, and on which day, where it tells; None of whom is not known."""

    name: str | None
    date: str | None = None


@dataclass
class Part:
    """Lines of one writer that stand together.

    Attributes:
        taken: whether they are taken over from another message.
        heads: the places among the lines of those that tell who wrote what follows.
    """

    writer: Writer | None
    taken: bool
    lines: list[str] = field(default_factory=list)
    heads: set[int] = field(default_factory=set)


def parted(document: Document, seen: set[str]) -> Document:
    """The document of a message with its parts as posts of their writers, where it has others' words.

    Args:
        seen: the letters of the paragraphs that were read before, to which this message's are added.
    """
    parts = list(islice(parts_of(document.text, Writer(document.author, document.date)), MOST_PARTS + 1))
    if len(parts) > MOST_PARTS or all(part.writer is None or not part.taken for part in parts):
        seen.update(filter(None, map(letters, document.text.split("\n\n"))))
        return document
    pieces, blocks, aside, start = [], [], [], 0
    for part in parts:
        words, known = read_part(part, seen)
        if not words:
            continue
        pieces.append(words)
        if part.writer is not None:
            blocks.append(Block("post", start, start + len(words), author=part.writer.name, date=part.writer.date))
        aside += [(start + begin, start + end) for begin, end in known]
        start += len(words) + 2
    return replace(document, text="\n\n".join(pieces) + "\n", blocks=tuple(blocks), furniture=tuple(aside))


def read_part(part: Part, seen: set[str]) -> tuple[str, list[tuple[int, int]]]:
    """The text of a part without empty lines around it, and the stretches of it that are not read."""
    while part.lines and not part.lines[-1].strip():
        part.lines.pop()
    aside, start = [], 0
    for paragraph in paragraphs(part):
        aside += [(start + begin, start + end) for begin, end in set_aside(paragraph, part, seen)]
        start += sum(len(line) + 1 for line, _ in paragraph)
    return "\n".join(part.lines), aside


def paragraphs(part: Part) -> Iterator[list[tuple[str, bool]]]:
    """The lines of each paragraph, each with whether it tells who wrote what follows; an empty one ends a paragraph."""
    paragraph: list[tuple[str, bool]] = []
    for place, line in enumerate(part.lines):
        paragraph.append((line, place in part.heads))
        if not line.strip():
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


def set_aside(paragraph: list[tuple[str, bool]], part: Part, seen: set[str]) -> Iterator[tuple[int, int]]:
    """The lines of a paragraph that are not read: heads, and what was read before where it is taken over."""
    whole = letters("".join(line for line, is_head in paragraph if not is_head))
    is_known = part.taken and whole in seen
    if whole:
        seen.add(whole)
    place = 0
    for line, is_head in paragraph:
        if line.strip() and (is_head or is_known):
            yield place, place + len(line)
        place += len(line) + 1


def letters(text: str) -> str:
    """The letters and digits of a paragraph, marks of quoting and lines aside; nothing of a short one."""
    kept = "".join(filter(str.isalnum, text.casefold()))
    return kept if len(kept) >= SHORTEST else ""


def parts_of(text: str, sender: Writer) -> Iterator[Part]:
    """The parts of a message in order; whose marks of quoting tell nobody keeps them, as part of whoever quotes."""
    written = text.split("\n")
    lines = [depth_and_words(line) for line in written]
    writers: dict[int, Writer] = {0: sender}
    part, skip = Part(sender, False), 0
    for place, (depth, words) in enumerate(lines):
        if not skip:
            found = head_at(lines, place)
            if found is not None:
                skip, level, named = found
                writers = {known: one for known, one in writers.items() if known < level} | {level: named}
        is_head, skip = bool(skip), max(0, skip - 1)
        writer = part.writer if is_head else writers.get(depth)
        if not words.strip():
            part.lines += [""] if part.lines else []
            continue
        if writer != part.writer:
            yield part
            part = Part(writer, writer is not sender)
        if is_head:
            part.heads.add(len(part.lines))
        part.lines.append(words if writer is not None else written[place])
    yield part


def depth_and_words(line: str) -> tuple[int, str]:
    """How many marks of quoting stand before a line, and what stands behind them."""
    marks = QUOTED.match(line)
    return (marks.group().count(">"), line[marks.end() :]) if marks else (0, line)


def head_at(lines: list[tuple[int, str]], place: int) -> tuple[int, int, Writer] | None:
    """How many lines from a place on tell who wrote what follows, at which depth that stands, and who wrote it."""
    return attribution_at(lines, place) or headers_at(lines, place)


def attribution_at(lines: list[tuple[int, str]], place: int) -> tuple[int, int, Writer] | None:
    """What a line like `On …, NAME <…> wrote:` tells, which may be broken."""
    depth, joined, count = lines[place][0], "", 0
    for level, words in lines[place : place + MOST_LINES]:
        if level != depth or not words.strip():
            return None
        joined, count = f"{joined} {words.strip()}".strip(), count + 1
        if joined.endswith(":"):
            break
    else:
        return None
    match = words_known().attributed.fullmatch(joined) if len(joined) <= LONGEST else None
    if match is None or not (ADDRESS.search(joined) or CLOCK.search(joined)):
        return None
    following = next((level for level, words in lines[place + count : place + count + 3] if words.strip()), depth)
    if following <= depth and not (ADDRESS.search(joined) and CLOCK.search(joined)):
        return None
    writer = attributed(match)
    return (count, max(following, depth), writer) if writer.name else None


def attributed(match: re.Match) -> Writer:
    """Who wrote, by the line that says so."""
    told = next(match[name] for name in ("before", "behind", "name") if match[name] is not None)
    address = ADDRESS.search(told)
    bare = told[: address.start()] if address else told
    number = LAST_NUMBER.match(bare)
    rest = BEHIND_CLOCK.sub("", bare[number.end() :]) if number else bare
    name = rest.strip(" ,<>\"'*") or (address[1] if address else "")
    when = number.group() if number else match["when"] or match["day"] or ""
    return Writer(name or None, day(when))


def headers_at(lines: list[tuple[int, str]], place: int) -> tuple[int, int, Writer] | None:
    """What headers of another message tell that stand in the text, below a line that parts or alone."""
    known, depth = words_known(), lines[place][0]
    first = lines[place][1].strip()
    is_parting = bool(RULES.fullmatch(first)) or first.strip("-_=*: ").casefold() in known.parting
    at = place + is_parting
    while is_parting and at < min(len(lines), place + 3) and not lines[at][1].strip():
        at += 1
    told: dict[str, str] = {}
    for level, words in lines[at : at + MOST_HEADERS]:
        match = HEADER.match(words.strip()[:LONGEST]) if level == lines[at][0] else None
        key = match[1].strip().casefold() if match else ""
        if match is None or key not in known.sender | known.sent | known.headers:
            break
        kind = "sender" if key in known.sender else "sent" if key in known.sent else key
        told.setdefault(kind, (match[2] or "").strip())
        at += 1
    if "sender" not in told or len(told) < (2 if is_parting else FEWEST_HEADERS) or not told["sender"]:
        return None
    address = ADDRESS.search(told["sender"])
    name = (told["sender"][: address.start()] if address else told["sender"]).strip(" ,<>\"'*[(")
    level = lines[at - 1][0] if at > place else depth
    return at - place, level, Writer(name or (address[1] if address else None), day(told.get("sent", "")))


def day(words: str) -> str | None:
    """The day of a date as messages write it; None where it is not clear."""
    found = iso_date(words.strip(" ,*"))
    return found if found and is_iso(found) else None


@lru_cache(maxsize=1)
def words_known() -> Words:
    """The words of the lexicon."""
    from claims_cli.rulebook import load_lexicon  # only messages need it

    return words_of(load_lexicon("mail"))


def words_of(lexicon: Mapping[str, frozenset[str]]) -> Words:
    """The words of a lexicon, ready to be looked for."""
    wrote, at = (
        "|".join(sorted(map(re.escape, lexicon[f"mail.{group}"]), key=len, reverse=True)) for group in ("wrote", "at")
    )
    line = (
        rf"(?:(?:{at})\b\s*(?P<before>.+?)\s*,?\s(?:{wrote})|(?:{at})\b(?P<day>.+?)\s(?:{wrote})\s(?P<behind>.+?)"
        rf"|(?P<name>.+?)\s(?:{wrote})\s(?:{at})\b(?P<when>.+?))\s?:"
    )
    groups = (frozenset(lexicon[f"mail.{group}"]) for group in ("parting", "from", "sent", "headers"))
    return Words(re.compile(line, re.IGNORECASE), *groups)

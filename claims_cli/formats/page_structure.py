"""What the layout of a web page tells of its text: block quotations and who signs them, posts, bold words, rows.

The main text of a page is found by a library that keeps words and little else. So marks are put among the words before,
characters that no text has (Unicode's noncharacters), and read out of what comes back, where each tells its place.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from claims_cli.claim import Block

BEGIN, OPENS, CLOSES, ZERO = "\ufdee", "\ufdec", "\ufded", 0xFDD0
MARK = re.compile(f"{BEGIN}([\ufdd0-\ufdd9]{{1,7}})([{OPENS}{CLOSES}])")
STRAY = re.compile("[\ufdd0-\ufdef]")
QUOTES = ("blockquote",)
SIGNATURES = ("footer", "cite", "figcaption")
BOLD = ("b", "strong")
HEADINGS = ("h2", "h3", "h4", "h5", "h6")
PARAGRAPHS = re.compile("p|li|td|th|div|dd|section|article")
CELLS = ("td", "th")
BYLINE = re.compile(r"\b(?:author|byline)", re.I)
BY_HANDLE = re.compile(r"[—–-]{0,2}\s{0,4}[^\n(@]{2,60}\(@[\w.@-]{2,60}\)")  # who signs an embedded post
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d)?")
MOST_CELLS = 8
LONGEST_LABEL = 300  # characters
LONGEST_SIGNATURE = 160
LONGEST_BYLINE = 60
SHORTEST_POST = 60


@dataclass
class Structure:
    """The marks of one page.

    Attributes:
        blocks: what each mark stands for, by its number; their places are told later.
    """

    blocks: list[Block] = field(default_factory=list)

    def mark(self, block: Block, *elements: Any) -> None:
        """Put marks for a block around the words of each of some elements; nothing where they have none."""
        number = "".join(chr(ZERO + int(digit)) for digit in str(len(self.blocks)))
        self.blocks.append(block)
        for element in elements:
            places = list(text_places(element))
            if places:
                (first, name), (last, end) = places[0], places[-1]
                setattr(first, name, f"{BEGIN}{number}{OPENS}{getattr(first, name)}")
                setattr(last, end, f"{getattr(last, end)}{BEGIN}{number}{CLOSES}")


def marked(tree: Any) -> Structure:
    """The marks put into a page; the tree is changed."""
    structure = Structure()
    for element in tree.iter():
        for name in ("text", "tail"):
            words = getattr(element, name)
            if isinstance(words, str) and STRAY.search(words):
                setattr(element, name, STRAY.sub("", words))
    for container, author, date in posts_of(tree):
        # what the library leaves out of an entry, its time above all, must not take the mark with it
        structure.mark(Block("post", 0, 0, author=author, date=date), *container.iter("p", "li", *HEADINGS))
    for row in tree.iter("tr"):
        cells = [cell for cell in row if cell.tag in CELLS]
        if 1 < len(cells) <= MOST_CELLS and row.find(".//table") is None:
            structure.mark(Block("row", 0, 0), row)
            if all(cell.tag == "th" for cell in cells):
                structure.mark(Block("columns", 0, 0), row)
            for cell in cells:
                structure.mark(Block("cell", 0, 0), cell)
    for item in tree.iter("li", "dd"):
        structure.mark(Block("item", 0, 0), item)
    for quote in list(tree.iter(*QUOTES)):
        mark_quote(quote, structure)
    for element in list(tree.iter(*BOLD, *HEADINGS, "dt")):
        words = "".join(element.itertext()).strip()
        if 0 < len(words) <= LONGEST_LABEL and (element.tag not in BOLD or opens_paragraph(element)):
            structure.mark(Block("heading" if element.tag in HEADINGS else "label", 0, 0), element)
    return structure


def mark_quote(quote: Any, structure: Structure) -> None:
    """Mark a block quotation, and who signs it, inside of it or in the caption of its figure."""
    figure = quote.getparent() if quote.getparent() is not None and quote.getparent().tag == "figure" else quote
    signatures = [
        one
        for one in figure.iter(*SIGNATURES, "p")
        if (one.tag != "p" or BY_HANDLE.match("".join(one.itertext()).strip())) and is_signature(one, figure)
    ]
    for signature in signatures:
        structure.mark(Block("signature", 0, 0), signature)
        signature.tag = "p"  # else it would go with the footers of pages
    if figure is not quote:
        figure.tag = "div"  # else it would go with the pictures
    structure.mark(Block("quote", 0, 0), figure)


def is_signature(element: Any, quote: Any) -> bool:
    """Whether an element stands behind the words of a quotation, apart from them, and is no part of another such."""
    words = "".join(element.itertext()).strip()
    if not 0 < len(words) <= LONGEST_SIGNATURE:
        return False
    around = list(element.iterancestors())
    inner = around[: around.index(quote)]
    if any(one.tag in (*SIGNATURES, "p") and "".join(one.itertext()).strip() != words for one in inner):
        return False  # a title inside a sentence, or inside the signature
    before = "".join(quote.itertext()).partition(words)[0]
    return bool(before.strip()) and not (element.tail or "").strip()


def opens_paragraph(element: Any) -> bool:
    """Whether an inline element stands at the head of its paragraph."""
    parent = element.getparent()
    while parent is not None and parent[0] is element and not (parent.text or "").strip():
        if PARAGRAPHS.fullmatch(str(parent.tag)):
            return True
        element, parent = parent, parent.getparent()
    if parent is None or not PARAGRAPHS.fullmatch(str(parent.tag)):
        return False
    before = element.getprevious()
    return before is not None and before.tag == "br" and not (before.tail or "").strip()


def posts_of(tree: Any) -> Iterator[tuple[Any, str | None, str | None]]:
    """The entries of a live blog, each with its author and its moment: elements beside each other, each with a time."""
    timed = defaultdict(list)
    for moment in tree.iter("time"):
        for around in moment.iterancestors():
            timed[around].append(moment)
    found: dict[Any, list[Any]] = defaultdict(list)
    for element in timed:
        parent = element.getparent()
        if parent is not None and len("".join(element.itertext()).strip()) >= SHORTEST_POST:
            found[parent, element.tag].append(element)
    groups = {place: entries for place, entries in found.items() if len(entries) > 1}
    holding = {around for parent, _ in groups for around in (parent, *parent.iterancestors())}
    for entries in groups.values():
        if holding.isdisjoint(entries):  # else the entries stand further inside
            for entry in entries:
                yield entry, byline_of(entry), moment_of(timed[entry][0])


def byline_of(entry: Any) -> str | None:
    """Who wrote an entry, where it tells."""
    for element in entry.iter():
        told = " ".join(str(element.get(name, "")) for name in ("class", "itemprop", "rel"))
        words = " ".join("".join(element.itertext()).split()) if BYLINE.search(told) else ""
        if 0 < len(words) <= LONGEST_BYLINE:
            return words
    return None


def moment_of(element: Any) -> str | None:
    """When an entry was written, as ISO writes it, to the minute; None where it does not tell so."""
    match = MOMENT.match(element.get("datetime", "").strip())
    return match.group().replace(" ", "T") if match else None


def text_places(element: Any) -> Iterator[tuple[Any, str]]:
    """Where words stand in an element, in order: (element, `text` or `tail`)."""
    if isinstance(element.text, str) and element.text.strip() and isinstance(element.tag, str):
        yield element, "text"
    for child in element:
        yield from text_places(child)
        if isinstance(child.tail, str) and child.tail.strip():
            yield child, "tail"


def unmarked(lines: Iterable[str], structure: Structure) -> tuple[str, tuple[Block, ...]]:
    """The text of the lines, an empty one between two, without the marks; and the blocks that these told."""
    texts: list[str] = []
    begun: dict[int, int] = {}
    ended: dict[int, int] = {}
    offset = 0
    for line in lines:
        words, last = "", 0
        for mark in (*MARK.finditer(line), None):
            words += STRAY.sub("", line[last : mark.start() if mark else len(line)])
            if not words.strip() or words[-1] == " ":
                words = words.rstrip(" ") + (" " if words.strip() else "")
            if mark is None:
                break
            last = mark.end()
            if words.endswith(" ") and line[last : last + 1] == " ":
                last += 1
            number = int("".join(str(ord(digit) - ZERO) for digit in mark[1]))
            if mark[2] == OPENS:
                begun.setdefault(number, offset + len(words))
            else:
                ended[number] = offset + len(words)
        words = words.strip()
        if words:
            texts.append(words)
            offset += len(words) + 2
    text = "\n\n".join(texts)
    return text, tuple(told(text, structure.blocks, begun, ended))


def told(text: str, blocks: list[Block], begun: dict[int, int], ended: dict[int, int]) -> Iterator[Block]:
    """The blocks at their places, white space at their edges left out; a signature goes to its quotation."""
    placed = []
    for number, start in begun.items():
        end = min(ended.get(number, start), len(text))
        words = text[start:end]
        if words.strip():
            left = len(words) - len(words.lstrip())
            placed.append(replace(blocks[number], start=start + left, end=end - (len(words) - len(words.rstrip()))))
    signatures = [block for block in placed if block.kind == "signature"]
    for block in sorted(placed, key=lambda block: (block.start, -block.end)):
        own = [one for one in signatures if block.start < one.start and one.end <= block.end]
        if block.kind == "quote" and own:
            end = block.start + len(text[block.start : own[-1].start].rstrip())
            yield replace(block, end=end, over=(own[-1].start, own[-1].end))
        elif block.kind != "signature":
            yield block

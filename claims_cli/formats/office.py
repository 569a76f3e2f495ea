"""The paragraphs of word processors' XML, read as a stream: no tree is built, and entities are refused."""

from dataclasses import dataclass
from typing import Any

PIECE = 1 << 16


@dataclass(frozen=True)
class Markup:
    """What the elements of a format mean, by their names with namespace.

    Attributes:
        paragraphs: hold a paragraph.
        words: hold words; None where all text of a paragraph is words.
        signs: stand for characters.
        left_out: hold what is no text of the document, deleted text among it.
    """

    paragraphs: frozenset[str]
    words: frozenset[str] | None
    signs: dict[str, str]
    left_out: frozenset[str]


class Paragraphs:
    """Gathers the paragraphs of one XML part; one inside another (a text box, a note) comes before it."""

    def __init__(self, markup: Markup):
        self.markup = markup
        self.texts: list[str] = []
        self.open: list[list[str]] = []
        self.hidden = 0
        self.words = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag in self.markup.left_out:
            self.hidden += 1
        elif tag in self.markup.paragraphs:
            self.open.append([])
        elif self.markup.words and tag in self.markup.words:
            self.words += 1
        elif tag in self.markup.signs and self.open and not self.hidden:
            self.open[-1].append(self.markup.signs[tag])

    def data(self, text: str) -> None:
        """Characters."""
        if self.open and not self.hidden and (self.words or self.markup.words is None):
            self.open[-1].append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in self.markup.left_out:
            self.hidden -= 1
        elif tag in self.markup.paragraphs:
            text = "".join(self.open.pop()).strip()
            self.texts += [text] if text else []
        elif self.markup.words and tag in self.markup.words:
            self.words -= 1

    def close(self) -> list[str]:
        """The paragraphs in order."""
        return self.texts


class Values:
    """Gathers the text of elements that hold nothing else, by the last part of their names."""

    def __init__(self):
        self.texts: dict[str, str] = {}
        self.tag = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.tag = tag.rpartition("}")[2]

    def data(self, text: str) -> None:
        """Characters."""
        self.texts[self.tag] = self.texts.get(self.tag, "") + text

    def end(self, tag: str) -> None:
        """An element ends."""
        self.tag = ""

    def close(self) -> dict[str, str]:
        """The texts that are not empty."""
        return {tag: text.strip() for tag, text in self.texts.items() if tag and text.strip()}


def paragraphs(xml: bytes, markup: Markup) -> list[str]:
    """The paragraphs of an XML part."""
    return parsed(xml, Paragraphs(markup)) if xml else []


def values(xml: bytes) -> dict[str, str]:
    """The properties in an XML part, by the last part of their names."""
    return parsed(xml, Values()) if xml else {}


def parsed(xml: bytes, target: Paragraphs | Values) -> Any:
    """What the target gathers; a document type of its own is refused."""
    from defusedxml.ElementTree import DefusedXMLParser

    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    for place in range(0, len(xml), PIECE):
        parser.feed(xml[place : place + PIECE])
    return parser.close()

"""What is mended in the tree of a web page before its text is taken: paragraphs that are links, words run together.

The library that finds the main text takes a paragraph that is one link for a teaser, and keeps one of two line ends.
"""

import re
from typing import Any

DIVIDED = "//p/br[preceding-sibling::*[1][self::br]]"
PARAGRAPHS = re.compile("p|div|blockquote")
LISTS = re.compile("nav|aside|footer|header|ul|ol|dl|table|figure")
SENTENCE = re.compile(r"[.!?…][\"”’')\]]*$")
LEAST_WORDS = 7  # of a sentence that is one link; what is shorter points elsewhere
LEADS_ON = re.compile(r"[^.!?]{2,40}:\s")  # `Read more: …`
RUN_TOGETHER = ("span", "font")
ENDS_PIECE = re.compile(r"(?:[.,;:!?”’\")]|[^\W\d_]{2}[a-z])$")
BEGINS_PIECE = re.compile(r"[“‘\"(\w]")
BEGINS_NAME = re.compile(r"[A-Z“‘\"(]")
MARKS = frozenset('.,;:!?”’")')


def mend(tree: Any) -> None:
    """Mend all that is told above; the tree is changed."""
    divide(tree)
    unlink(tree)
    set_apart(tree)


def divide(tree: Any) -> None:
    """Make paragraphs of those that are divided by two line ends (`br`)."""
    for second in tree.xpath(DIVIDED):
        paragraph, first = second.getparent(), second.getprevious()
        if first is None or (first.tail or "").strip():
            continue  # words stand between them, or what stood before went to a paragraph of its own
        following = paragraph.makeelement("p")
        following.text = second.tail
        following.extend(list(second.itersiblings()))
        following.tail, paragraph.tail = paragraph.tail, None
        paragraph.remove(second)
        paragraph.addnext(following)


def unlink(tree: Any) -> None:
    """Take the link from a paragraph of the article that is one link and a sentence: it is no teaser."""
    for link in list(tree.iter("a")):
        paragraph = paragraph_of(link)
        if paragraph is None or any(LISTS.fullmatch(str(above.tag)) for above in paragraph.iterancestors()):
            continue
        words = " ".join("".join(link.itertext()).split())
        if len(words.split()) >= LEAST_WORDS and SENTENCE.search(words) and not LEADS_ON.match(words):
            link.tag = "span"
            link.attrib.clear()


def paragraph_of(link: Any) -> Any:
    """The paragraph, among others in its part of the page, in which nothing stands but a link; None where none is."""
    inner = link
    for above in link.iterancestors():
        if (above.text or "").strip() or len(above) > 1 or (inner.tail or "").strip():
            return None
        if PARAGRAPHS.fullmatch(str(above.tag)):
            return above
        inner = above
    return None


def set_apart(tree: Any) -> None:
    """Put a space between pieces of a line that only style sets apart (`<span>No,”</span><span>she …</span>`)."""
    for element in tree.iter(*RUN_TOGETHER):
        following = element.getnext()
        if element.tail or following is None or following.tag != element.tag:
            continue
        before, behind = "".join(element.itertext()), "".join(following.itertext())
        if not ENDS_PIECE.search(before) or not BEGINS_PIECE.match(behind):
            continue
        if before[-1] in MARKS or BEGINS_NAME.match(behind):
            element.tail = " "

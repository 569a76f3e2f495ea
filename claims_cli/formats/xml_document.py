"""XML, by its root element: NITF, NewsML-G2, JATS, TEI, TTML, pages and feeds; of other XML nobody knows what is text.

No entity is declared or fetched; what stands outside the elements of text is not read.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html.entities import html5
from typing import Any

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats import feed, html, recordings, timed_text
from claims_cli.formats.dates import iso_date
from claims_cli.formats.options import FormatOptions
from claims_cli.formats.packages import DECLARATION

LARGEST = 50_000_000  # bytes: a tree of them takes ten times the memory
NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
OWN_ENTITIES = (b"amp", b"lt", b"gt", b"quot", b"apos")
DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T.*)?")
BY = re.compile(r"by\s*:?\s+", re.IGNORECASE)
NUMBERS = re.compile(r"[\s\d,;–\[\]()*-]*")
REMEDY = (
    "export it as plain text, CSV or JSON; of XML, NITF, NewsML-G2, JATS, TEI, TTML, RSS, Atom and XHTML are read"
)  # fmt: skip


@dataclass(frozen=True)
class Markup:
    """What the elements of a format mean, by their names without namespace.

    Attributes:
        blocks: hold a paragraph each; left_out: hold what is no text of the article; label: names who speaks below it.
    """

    blocks: re.Pattern
    left_out: re.Pattern
    label: str = ""


NITF = Markup(re.compile("p|hl2|li|dt|dd|td|th|pre"), re.compile("media|table-reference|note"))
JATS = Markup(
    re.compile("p|title|td|th|verse-line|attrib"), re.compile("ref-list|disp-formula|tex-math|object-id|label")
)
TEI = Markup(re.compile("p|head|l|ab|item|cell|stage"), re.compile("note|fw|del|figDesc|teiHeader"), "speaker")


def read(name: str, data: bytes, options: FormatOptions) -> Document | Iterator[Document | InputError]:
    """The document of an XML file, or its documents where it holds several.

    Raises:
        InputError: it declares entities, is broken, or is XML of which it is not known what is text.
    """
    if feed.is_feed(data):
        return feed.read(name, data, options)
    root = parsed(name, data)
    kind = local(root)
    if kind == "html":
        return html.read(name, data, options)
    if kind == "nitf":
        return nitf(name, root)
    if kind == "article" and (found(root, "front") or found(root, "body")):
        return jats(name, root)
    if kind == "tt":
        return recordings.document(Document(name, ""), timed_text.cues(root))
    if kind in ("TEI", "TEI.2"):
        return tei(name, root)
    items = [element for element in root.iter() if local(element) in ("newsItem", "TEI")]
    if kind in ("newsItem", "newsMessage", "teiCorpus") and items:
        return several(name, items, options)
    raise InputError(name, f"is XML of the root element '{kind[:60]}', which is not read", REMEDY)


def parsed(name: str, data: bytes) -> Any:
    """The root of XML that declares nothing.

    Raises:
        InputError: it declares entities, is too large, nested too deep, or no XML.
    """
    from lxml import etree

    if len(data) > LARGEST:
        raise InputError(name, "is far larger than documents in XML are", "split it, or export it as plain text")
    for match in DECLARATION.finditer(data):
        behind = data[match.end() : data.find(b">", match.end())]
        if match.group().replace(b"\0", b"").endswith(b"ENTITY") or b"[" in behind:
            raise InputError(name, "its XML declares entities, which no article does", "do not trust it")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(NAMED.sub(numbered, data.lstrip()), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if "xcessive depth" in str(error):
            raise InputError(name, "is nested too deep", "export it as plain text") from None
        raise InputError(name, f"is no XML, or broken ({' '.join(str(error).split())[:120]})", REMEDY) from None


def numbered(match: re.Match) -> bytes:
    """An entity that HTML names, by its number, which needs no declaration."""
    characters = html5.get(match[1].decode() + ";") if match[1] not in OWN_ENTITIES else None
    return "".join(f"&#{ord(character)};" for character in characters).encode() if characters else match.group()


def several(name: str, items: list[Any], options: FormatOptions) -> Document | Iterator[Document | InputError]:
    """The documents of the items of a message or a corpus, by their numbers where there are several."""
    if len(items) == 1:
        return item_read(name, items[0], options)
    return numbered_items(name, items, options)


def numbered_items(name: str, items: list[Any], options: FormatOptions) -> Iterator[Document | InputError]:
    """A document for each item that has a text; the error of one that cannot be read."""
    empty = True
    for number, item in enumerate(items, 1):
        try:
            document = item_read(f"{name}#{number}", item, options)
        except InputError as error:
            yield error
            empty = False
            continue
        if document.text.strip():
            yield replace(document, row=number)
            empty = False
    if empty:
        raise InputError(name, "none of its items has a text", "it may hold pictures only", "decode")


def item_read(name: str, item: Any, options: FormatOptions) -> Document:
    """The document of an item of news, or of a text of a corpus."""
    return tei(name, item) if local(item) == "TEI" else news_item(name, item, options)


def nitf(name: str, root: Any) -> Document:
    """The document of an article in NITF."""
    title = text_of(first(root, "hl1")) or text_of(first(root, "title"))
    byline = first(root, "byline")
    people = [text_of(person) for person in found(byline, "person")] if byline is not None else []
    lines = [text for element in found(root, "dateline") for text in [text_of(element)] if text]
    body = [text for element in found(root, "body.content") for text in paragraphs(element, NITF)]
    issued, published = first(root, "date.issue"), first(root, "pubdata")
    rights = first(root, "doc.rights", "doc.copyright")
    return Document(
        name,
        joined(title, [*lines, *body]),
        title=title or None,
        author=", ".join(filter(None, people)) or BY.sub("", text_of(byline), count=1) or None,
        date=day(attribute(issued, "norm")) or day(attribute(published, "date.publication")),
        outlet=attribute(published, "name") or attribute(rights, "owner") or attribute(rights, "holder"),
    )


def news_item(name: str, item: Any, options: FormatOptions) -> Document:
    """The document of an item in NewsML-G2: what its content tells, and where that tells nothing, the item.

    Raises:
        InputError: its page cannot be read.
    """
    content = first(item, "contentSet")
    inner = first(content, "nitf")
    page = first(content, "html")
    headline = text_of(first(item, "headline"))
    if inner is not None:
        document = nitf(name, inner)
    elif page is not None:
        document = Document(name, joined(headline, html.blocks(page, html.UNSEEN)))
    else:
        data = first(content, "inlineData")
        document = Document(name, joined(headline, [text_of(data, keep=True)] if data is not None else []))
    provider = first(item, "provider")
    return replace(
        document,
        title=headline or document.title,
        author=document.author or BY.sub("", text_of(first(item, "by")), count=1) or None,
        date=document.date or day(text_of(first(item, "versionCreated"))),
        outlet=document.outlet or text_of(first(provider, "name")) or attribute(provider, "literal"),
    )


def jats(name: str, root: Any) -> Document:
    """The document of an article in JATS: its abstract and its body."""
    meta = first(root, "article-meta")
    title = text_of(first(meta, "article-title"))
    authors = [author_of(person) for person in found(meta, "contrib") if is_author(person)]
    parts = [*found(meta, "abstract"), *[part for part in root if local(part) == "body"]]
    for reference in found(root, "sup", "xref"):
        if first(reference, "xref") is not None and NUMBERS.fullmatch("".join(reference.itertext())):
            reference.text, reference[:] = None, []
    published = first(meta, "pub-date")
    numbers = [text_of(first(published, unit)) for unit in ("year", "month", "day")]
    known = numbers[: next((place for place, number in enumerate(numbers) if not number.isdigit()), len(numbers))]
    return Document(
        name,
        joined(title, (text for part in parts for text in paragraphs(part, JATS))),
        title=title or None,
        author=", ".join(filter(None, authors)) or None,
        date=iso_date("-".join(number.zfill(2) for number in known)),
        outlet=text_of(first(root, "journal-title")) or None,
    )


def is_author(person: Any) -> bool:
    """Whether a contributor is an author, as those are of whom it is not told."""
    return person.get("contrib-type", "author") == "author"


def author_of(person: Any) -> str:
    """The name of a contributor, the given name first."""
    name = first(person, "name")
    if name is None:
        return text_of(first(person, "string-name", "collab"))
    return " ".join(filter(None, (text_of(first(name, part)) for part in ("given-names", "surname"))))


def tei(name: str, root: Any) -> Document:
    """The document of a text in TEI."""
    header, statement = first(root, "teiHeader"), first(first(root, "teiHeader"), "titleStmt")
    title = text_of(first(statement, "title"))
    authors = [text_of(author) for author in found(statement, "author")]
    dates = [date for part in ("sourceDesc", "publicationStmt") for date in found(first(header, part), "date")]
    told = (day(date.get("when")) or day(text_of(date)) for date in dates)
    titles = found(first(header, "sourceDesc"), "title")
    body = [text for part in found(root, "body") for text in paragraphs(part, TEI)]
    return Document(
        name,
        joined(title, body),
        title=title or None,
        author=", ".join(filter(None, authors)) or None,
        date=next(filter(None, told), None),
        outlet=next((text_of(one) for one in titles if one.get("level") == "j"), None) or None,
    )


def paragraphs(part: Any, markup: Markup) -> Iterator[str]:
    """The paragraphs of a part of a tree in order, white space collapsed; one inside another divides it."""
    from lxml import etree

    pieces: list[str] = []
    label, hidden, depth, naming = "", 0, 0, 0
    for event, element in etree.iterwalk(part, events=("start", "end")):
        tag, begins = local(element), event == "start"
        is_hidden, is_block = bool(markup.left_out.fullmatch(tag)), bool(markup.blocks.fullmatch(tag))
        if is_block and not hidden:
            text, pieces = " ".join("".join(pieces).split()), []
            if text:
                yield f"{label}{text}"
                label = ""
        if tag == markup.label and not begins:
            label, pieces = labelled("".join(pieces)), []
        step = 1 if begins else -1
        hidden, depth, naming = (
            hidden + is_hidden * step,
            depth + is_block * step,
            naming + (tag == markup.label) * step,
        )
        words = element.text if begins else element.tail
        if not hidden and (depth or naming) and words and (begins or element is not part):
            pieces.append(words)


def labelled(name: str) -> str:
    """The name of a speaker as a label before what is said."""
    bare = " ".join(name.split()).rstrip(".:")
    return f"{bare}: " if bare else ""


def joined(title: str, texts: Iterable[str]) -> str:
    """Paragraphs as a text, under the title unless they begin with it; nothing where there are none."""
    kept = [text for text in texts if text]
    if title and kept and not html.same_words(title, kept[0]):
        kept.insert(0, title)
    return "\n\n".join(kept)


def local(element: Any) -> str:
    """The name of an element without its namespace; nothing of what is none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def found(part: Any, *names: str) -> list[Any]:
    """The elements of some names in a part of a tree, in order; none where there is no such part."""
    return [] if part is None else list(part.iter(*(f"{{*}}{name}" for name in names)))


def first(part: Any, *names: str) -> Any:
    """The first element of some names in a part of a tree; None where there is none."""
    return None if part is None else next(part.iter(*(f"{{*}}{name}" for name in names)), None)


def text_of(element: Any, keep: bool = False) -> str:
    """The words of an element on one line, or as they stand; nothing of none."""
    if element is None:
        return ""
    words = "".join(element.itertext())
    return words.strip() if keep else " ".join(words.split())


def attribute(element: Any, name: str) -> str | None:
    """An attribute that is filled; None where it is not."""
    value = "" if element is None else element.get(name, "")
    return value.strip() or None


def day(written: str | None) -> str | None:
    """A date with or without a time, with or without dashes, as ISO writes it."""
    match = DAY.fullmatch((written or "").strip())
    return iso_date("-".join(match.groups()) if match else written)

"""Word documents (.docx): paragraphs in order, those of tables, text boxes and footnotes among them.

Inserted text is text, deleted text is not, as when all changes are accepted. Heads and feet of pages are left out.
"""

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats import packages
from claims_cli.formats.dates import iso_date
from claims_cli.formats.office import Markup, paragraphs, values
from claims_cli.formats.options import FormatOptions

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BODY = "word/document.xml"
NOTES = ("word/footnotes.xml", "word/endnotes.xml")


def in_both_editions(*names: str) -> frozenset[str]:
    """The names of elements in both editions of the standard."""
    return frozenset(space + name for space in (WORD, STRICT) for name in names)


MARKUP = Markup(
    paragraphs=in_both_editions("p"),
    words=in_both_editions("t"),
    signs={
        **dict.fromkeys(in_both_editions("tab"), "\t"),
        **dict.fromkeys(in_both_editions("br", "cr"), "\n"),
        **dict.fromkeys(in_both_editions("noBreakHyphen"), "\u2011"),
    },
    left_out=in_both_editions("del", "moveFrom", "tabs") | {FALLBACK},
)


def read(name: str, data: bytes, options: FormatOptions) -> Document:
    """The document of a Word file.

    Raises:
        InputError: it is none, or not safe to open.
    """
    package = packages.check(name, data)
    if BODY not in package.namelist():
        raise InputError(name, "is no Word document: it has no text part", "save it as .docx or plain text")
    texts = [text for part in (BODY, *NOTES) for text in paragraphs(packages.part_of(name, package, part), MARKUP)]
    properties = values(packages.part_of(name, package, "docProps/core.xml"))
    return Document(
        name,
        "\n\n".join(texts),
        title=properties.get("title"),
        author=properties.get("creator"),
        date=iso_date(properties.get("created")),
    )

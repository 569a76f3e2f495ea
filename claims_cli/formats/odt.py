"""OpenDocument texts (.odt): paragraphs and headings in order, those of tables and notes among them."""

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats import packages
from claims_cli.formats.dates import iso_date
from claims_cli.formats.office import Markup, paragraphs, values
from claims_cli.formats.options import FormatOptions

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
BODY = "content.xml"
MARKUP = Markup(
    paragraphs=frozenset({f"{TEXT}p", f"{TEXT}h"}),
    words=None,
    signs={f"{TEXT}s": " ", f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"},
    left_out=frozenset({f"{TEXT}tracked-changes", f"{TEXT}note-citation", f"{OFFICE}annotation"}),
)


def read(name: str, data: bytes, options: FormatOptions) -> Document:
    """The document of an OpenDocument text.

    Raises:
        InputError: it is none, or not safe to open.
    """
    package = packages.check(name, data)
    if BODY not in package.namelist():
        raise InputError(name, "is no OpenDocument text: it has no text part", "save it as .odt or plain text")
    if b"manifest:encryption-data" in packages.part_of(name, package, "META-INF/manifest.xml"):
        raise InputError(name, "is locked with a password", "save it without one")
    properties = values(packages.part_of(name, package, "meta.xml"))
    return Document(
        name,
        "\n\n".join(paragraphs(packages.part_of(name, package, BODY), MARKUP)),
        title=properties.get("title"),
        author=properties.get("initial-creator") or properties.get("creator"),
        date=iso_date(properties.get("creation-date") or properties.get("date")),
    )

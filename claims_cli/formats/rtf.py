"""Rich Text Format, by striprtf."""

import re

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats.dates import iso_date
from claims_cli.formats.options import FormatOptions

OPENING = b"{\\rtf"
# what is taken is never given back (`*+`): words of an alphabet that is not Latin are written in many short pieces
INFO = re.compile(r"(?<!\\)\{\\(title|author)\s++((?:[^{}\\]++|\\'[0-9a-fA-F]{2}|\\[a-zA-Z]++-?\d*+|\\[^a-zA-Z'])*+)\}")
CREATED = re.compile(r"\{\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")
HEAD = 20_000


def read(name: str, data: bytes, options: FormatOptions) -> Document:
    """The document of an RTF file.

    Raises:
        InputError: it is none.
    """
    from striprtf.striprtf import rtf_to_text

    if not data.lstrip().startswith(OPENING):
        raise InputError(name, "is no RTF", "give it the suffix of what it is")
    source = data.decode("latin-1")  # RTF itself is ASCII, and says how each other character is written
    text = rtf_to_text(source, errors="replace")
    properties = {
        key: rtf_to_text(OPENING.decode() + " " + value + "}").strip() for key, value in INFO.findall(source[:HEAD])
    }
    created = CREATED.search(source[:HEAD])
    date = iso_date("-".join(part.zfill(2) for part in created.groups())) if created else None
    paragraphs = (line.strip() for line in text.split("\n"))
    return Document(
        name,
        "\n\n".join(line for line in paragraphs if line),
        title=properties.get("title") or None,
        author=properties.get("author") or None,
        date=date,
    )

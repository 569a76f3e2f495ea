"""Text of a document on a page: nothing in it is markup, a control, or turns the direction of what stands around it."""

import json
import re
from typing import Any
from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape

from claims_cli.outputs.escapes import CONTROL, DIRECTION, PICTURED, WITHOUT_WIDTH

# directional marks and isolates that a page may hold: each paragraph and name is isolated, and closes what it opened
KEPT = (1564, 8206, 8207, *range(8294, 8298))
SHOWN = {code: picture for code, picture in PICTURED.items() if code not in (*KEPT, 13)}
SHOWN |= {13: "\n", **{code: f"[U+{code:04X}]" for code in range(8234, 8239)}}
LONE = re.compile("[\ud800-\udfff]")
UNSAFE = re.compile(f"[{''.join(map(chr, (*CONTROL, *DIRECTION, *WITHOUT_WIDTH)))}\ud800-\udfff]")  # in an address
IN_SCRIPT = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&"}
IN_SCRIPT |= {code: f"\\u{code:04x}" for code in (*CONTROL, *DIRECTION)}


def shown(text: str) -> str:
    """Text as a page shows it: control characters as pictures of themselves, embeddings and overrides spelled."""
    return LONE.sub("\ufffd", text.translate(SHOWN))


def on_one_line(text: str | None) -> str:
    """The same, white space collapsed."""
    return shown(" ".join((text or "").split()))


def marked_up(text: str) -> Markup:
    """The same as HTML."""
    return escape(shown(text))


def web_link(url: str | None) -> str | None:
    """An address that may be a link: http and https only; what is no part of one is percent-encoded."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc:
        return None
    return UNSAFE.sub(lambda found: quote(found[0], errors="replace"), url or "")


def embedded(data: Any) -> Markup:
    """JSON that can stand in a `script` element: no character of it can end the element or a line of JavaScript."""
    return Markup(json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(IN_SCRIPT))

"""What programs that save web pages write into them: from which address, and when."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

CAPTURED = "captured"
HEAD, TAIL = 4096, 4096
ADDRESS = re.compile(
    r"(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*|savepage-url[\"']?\s+content=[\"']?|"
    r"data-scrapbook-source=[\"']?)(https?://[^\s>\"']+)"
)
SPOKEN = re.compile(
    r"(?:Page saved with SingleFile\s+url:[^\n]{0,2000}\n\s*saved date:\s*|savepage-date[\"']?\s+content=[\"']?)"
    r"(\w{3} \w{3} \d\d \d{4} \d\d:\d\d:\d\d GMT[+-]\d{4})"
)
MIRRORED = re.compile(
    r"Mirrored from [^\n]{1,2000} by HTTrack [^\n,]{1,200},\s*(\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT)"
)
ARCHIVED = re.compile(r"FILE ARCHIVED ON (\d\d:\d\d:\d\d \w{3} \d\d, \d{4})")
STAMPED = re.compile(r"data-scrapbook-create=[\"']?(\d{14})")


def address(source: str) -> str | None:
    """The address from which a page was saved, where it tells."""
    found = ADDRESS.search(source[:HEAD])
    return found[1] if found else None


def moment(source: str) -> str | None:
    """When a page was saved, as ISO 8601 with the zone that it tells, where it does."""
    head, tail = source[:HEAD], source[-TAIL:]
    try:
        if found := SPOKEN.search(head):
            return datetime.strptime(found[1], "%a %b %d %Y %H:%M:%S GMT%z").isoformat()
        if found := MIRRORED.search(head) or MIRRORED.search(tail):
            return parsedate_to_datetime(found[1]).isoformat()
        if found := ARCHIVED.search(tail):
            return datetime.strptime(found[1], "%H:%M:%S %b %d, %Y").replace(tzinfo=UTC).isoformat()
        if found := STAMPED.search(head):
            return datetime.strptime(found[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC).isoformat()
    except ValueError:
        return None
    return None

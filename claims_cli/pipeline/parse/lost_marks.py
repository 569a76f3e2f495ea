"""Marks that a change of encoding left as question marks (`?We?re late,? she said`), read as what they were.

A text of such marks is known by those inside words, where nobody asks. Every mark is read as one other: no place moves.
"""

import re

INSIDE = re.compile(r"(?<![\w/&=.@-])[^\W\d_]+(?P<mark>\?)[^\W\d_]+(?![\w/=&?@])")  # `don?t`, and not `page?id=3`
ENDING = 3  # letters behind most apostrophes, at most
LEAST = 2  # of such words in a text whose marks were lost
LOST = re.compile(
    r"(?P<inside>(?<=[^\W\d_])\?(?=[^\W\d_]))"
    r"|(?P<line>\n)"  # no quotation goes on behind it
    r"|(?P<dash>(?<=\s)\?(?=\s))"
    r"|(?P<closes>(?<=[.,!?…])\?(?!\?))"
    r"|(?P<opens>(?<![^\s(\[—–:;.])\?(?=[\w($£€]))"
    r"|(?P<behind>(?<=[\w%)])\?)"
)
ASKED = re.compile(r"\?\s+\??[^\Wa-z]")  # a question mark that a sentence follows
NEXT = re.compile(r"[.,!?…](?P<closes>\?)|(?:^|[\s.:])(?P<opens>\?)\w")
MARKS = {"apostrophe": "’", "dash": "–", "closes": "”", "opens": "“"}


def with_marks(text: str) -> str:
    """The text with the quotation marks, apostrophes and dashes that it lost; as it is where it lost none."""
    inside = list(INSIDE.finditer(text)) if "?" in text else []
    if sum(found.end() - found.end("mark") <= ENDING for found in inside) < LEAST:
        return text
    apostrophes = {found.start("mark") for found in inside}
    marks = list(text)
    is_open = False
    for match in LOST.finditer(text):
        kind = "apostrophe" if match.start() in apostrophes else kind_of(match, is_open)
        marks[match.start()] = MARKS.get(kind, match.group())
        is_open = kind == "opens" or (is_open and kind not in ("closes", "line"))
    return "".join(marks)


def kind_of(match: re.Match, is_open: bool) -> str:
    """What a mark was, where a quotation is open or none is."""
    kind, text, start = match.lastgroup or "", match.string, match.start()
    if kind == "closes":
        return closing(match, is_open)
    if kind != "behind":
        return kind
    following = text[start + 1 : start + 2]
    if following == "?":
        return "question"  # `Why??` asks, and closes a quotation
    if not ASKED.match(text, start):
        return "closes" if is_open else "question" if following in ("", "\n") else "apostrophe"
    further = NEXT.search(text, start + 1)
    return "closes" if is_open and not (further and further.lastgroup == "closes") else "question"


def closing(match: re.Match, is_open: bool) -> str:
    """A mark behind another: it closes what is open; where nothing is, it opens what comes (`Monday.?We are late`)."""
    behind = match.string[match.end() : match.end() + 1]
    return "closes" if is_open or not behind.isalnum() else "opens"

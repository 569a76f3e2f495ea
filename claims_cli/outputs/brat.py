"""Claims as a folder that brat opens: NAME.txt and NAME.ann (standoff format) for each document, and its configuration.

`claims evaluate` reads the folder back.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from claims_cli.claim import LINE_END, QUOTES, TYPES, Claim, Document, Span
from claims_cli.inputs.own import MARK
from claims_cli.outputs.background import Background
from claims_cli.outputs.escapes import clean
from claims_cli.outputs.layout import Layout

ROLES = ("source", "cue", "content")
UNSAFE = re.compile(r"[^\w.-]+")
CONFIGURATION = f"""# {MARK}
[entities]
Source
Cue
Content

[relations]
source\tArg1:Cue, Arg2:Source
source\tArg1:Content, Arg2:Source
content\tArg1:Cue, Arg2:Content

[events]

[attributes]
Type\tArg:Content, Value:{"|".join(TYPES)}
Quote\tArg:Content, Value:{"|".join(QUOTES)}
Negated\tArg:Content
"""


def write(claims: Iterable[Claim], folder: Path, layout: Layout, background: Background) -> None:
    """Two files a document that has a claim, named as it is, and `annotation.conf`."""
    held: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        held[claim.doc].append(claim)
    names = distinct_names(path for path in background.documents if path in held)
    for path, name in names.items():
        document = background.documents[path]
        put(folder / f"{name}.txt", document.text)
        put(folder / f"{name}.ann", "".join(f"{line}\n" for line in annotations(document, held[path])))
    put(folder / "annotation.conf", CONFIGURATION)


def put(path: Path, text: str) -> None:
    """Write a file as it is; what is half a character, which no file can hold, becomes a question mark."""
    path.write_text(text, encoding="utf-8", errors="replace", newline="")


def distinct_names(paths: Iterable[str]) -> dict[str, str]:
    """For each document the name of its files: that of its own without folders and suffix, numbered where it recurs."""
    seen: Counter = Counter()
    found = {}
    for path in paths:
        bare = path.replace("\\", "/").rpartition("/")[2]
        stem, _, suffix = bare.rpartition(".")
        row = suffix.partition("#")[2]
        name = UNSAFE.sub("_", f"{stem}-{row}" if stem and row else stem or bare).strip("._-") or "document"
        seen[name.lower()] += 1
        found[path] = name if seen[name.lower()] == 1 else f"{name}-{seen[name.lower()]}"
    return found


def annotations(document: Document, claims: Iterable[Claim]) -> Iterator[str]:
    """The lines of one `.ann` file: marks, relations between them, attributes, and a note with what else is known."""
    numbers: Counter = Counter()

    def numbered(letter: str) -> str:
        numbers[letter] += 1
        return f"{letter}{numbers[letter]}"

    for claim in claims:
        marks = {role: numbered("T") for role in ROLES if getattr(claim, role)}
        for role, mark in marks.items():
            yield f"{mark}\t{role.capitalize()} {places(document.text, getattr(claim, role))}"
        head = "cue" if "cue" in marks else "content"
        for role in ROLES:
            if role in marks and role not in (head, "cue"):
                yield f"{numbered('R')}\t{role} Arg1:{marks[head]} Arg2:{marks[role]}"
        yield f"{numbered('A')}\tType {marks['content']} {claim.type}"
        yield f"{numbered('A')}\tQuote {marks['content']} {claim.quote}"
        if claim.negated:
            yield f"{numbered('A')}\tNegated {marks['content']}"
        yield f"{numbered('#')}\tAnnotatorNotes {marks['content']}\t{note(claim)}"


def places(text: str, span: Span) -> str:
    """The offsets and words of a span, cut at line ends, which no mark of brat's may hold."""
    pieces = [piece for start, end in span.spans for piece in lines_of(text, start, end)]
    words = " ".join(text[start:end] for start, end in pieces)
    return ";".join(f"{start} {end}" for start, end in pieces) + "\t" + words


def lines_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a stretch that stand on one line each, those of white space left out."""
    for match in [*LINE_END.finditer(text, start, end), None]:
        stop = match.start() if match else end
        if text[start:stop].strip():
            yield start, stop
        start = match.end() if match else end


def note(claim: Claim) -> str:
    """What brat has no place for: who it is, the rule, the confidence, the id."""
    told = [claim.speaker or "nobody named", claim.speaker_role, claim.rule, f"{claim.confidence:.2f}", claim.id]
    return "; ".join(clean(part) for part in told if part)

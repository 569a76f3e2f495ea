"""Annotations as claim records: the fields that `claims extract` writes, of which source, cue and content suffice."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from claims_cli.claim import JOINER, Document, Offsets
from claims_cli.errors import AnnotationError
from claims_cli.evaluation.attributions import AnnotationReading, Attribution, check, ordered
from claims_cli.evaluation.fields import FIELDS, UNSTATED
from claims_cli.evaluation.texts import Texts

SPANS = 'write {"text": "…", "spans": [[12, 40]]}, or only [[12, 40]]'


@dataclass(frozen=True)
class AnnotationRow:
    """One record: the line where it begins (1-based), the name of its text, and its values as JSON has them."""

    file: str
    line: int
    doc: str
    values: dict[str, Any]

    def error(self, reason: str, remedy: str = "") -> AnnotationError:
        """An error in this record."""
        return AnnotationError(self.file, self.line, reason, remedy)

    def spans(self, name: str) -> tuple[list[tuple[int, int]], str | None]:
        """The pieces of a span in the order they are given, and its words where it gives them.

        Raises:
            AnnotationError: it is no span.
        """
        value = self.values.get(name)
        words = value.get("text") if isinstance(value, dict) else None
        pieces = value.get("spans") if isinstance(value, dict) else value
        if pieces is None and words is None:
            return [], None
        if not isinstance(pieces, list) or not all(map(is_piece, pieces)) or not isinstance(words, str | None):
            raise self.error(f"{name} is no span", SPANS)
        return [(start, end) for start, end in pieces], words

    def pieces(self, name: str, document: Document) -> Offsets:
        """The pieces of a span, in order; they stand in the text.

        Raises:
            AnnotationError: they do not, or it is no span.
        """
        pieces, words = self.spans(name)
        check(self.error, name, document, pieces, words or None, JOINER)
        return ordered(pieces)

    def attribution(self, document: Document) -> Attribution:
        """The attribution that the record is.

        Raises:
            AnnotationError: something in it is wrong.
        """
        source, cue, content = (self.pieces(name, document) for name in ("source", "cue", "content"))
        if not content:
            raise self.error("has no content", "give the offsets of what was said")
        stated = {name: self.stated(name, document) for name in FIELDS if name in self.values}
        stated = {name: value for name, value in stated.items() if value is not UNSTATED}
        return Attribution(source, cue, content, stated, f"{self.file}:{self.line}")

    def stated(self, name: str, document: Document) -> Any:
        """The value of a further field.

        Raises:
            AnnotationError: the field has no such values.
        """
        read = FIELDS[name].read
        if read is None:
            return self.pieces(name, document)
        try:
            return read(self.values[name])
        except ValueError as problem:
            raise self.error(f"{name} {problem}", "put it right, or leave it out") from None


def is_piece(value: Any) -> bool:
    """Whether a value is a start and an end."""
    return isinstance(value, list) and len(value) == 2 and all(type(offset) is int for offset in value)


class RecordSheet:
    """The records of one file that are of one text."""

    def __init__(self, file: str, rows: list[AnnotationRow]):
        self.file = file
        self.rows = rows

    def text_among(self, texts: Texts) -> str:
        """The path of the text that they are of.

        Raises:
            AnnotationError: there is none, or there are several of that name.
        """
        first, doc = self.rows[0], self.rows[0].doc
        found = texts.called(doc)
        count = "" if len(self.rows) == 1 else f", which {len(self.rows)} lines name"
        if not found:
            raise first.error(f"there is no text '{doc}'{count}", "put it in the folder, or correct doc")
        if len(found) > 1:
            reason = f"'{doc}'{count} may be {', '.join(found[:3])}"
            raise first.error(reason, "give its path in the folder in doc")
        return found[0]

    def of(self, document: Document) -> AnnotationReading:
        """What they say of a document."""
        reading = AnnotationReading()
        for row in self.rows:
            try:
                reading.attributions.append(row.attribution(document))
            except AnnotationError as error:
                reading.errors.append(error)
        return reading


def sheets_of(
    file: str, rows: Iterable[AnnotationRow | AnnotationError]
) -> tuple[list[RecordSheet], list[AnnotationError]]:
    """The records of a file by their texts, in the order in which they are named, and what is no record."""
    by_text: dict[str, list[AnnotationRow]] = defaultdict(list)
    errors = []
    for row in rows:
        if isinstance(row, AnnotationError):
            errors.append(row)
        else:
            by_text[row.doc].append(row)
    return [RecordSheet(file, members) for members in by_text.values()], errors


def named(file: str, line: int, values: dict[str, Any]) -> Iterator[AnnotationRow | AnnotationError]:
    """The record of some values, or that it does not name its text."""
    doc = values.get("doc")
    if isinstance(doc, str) and doc.strip():
        yield AnnotationRow(file, line, doc, values)
    else:
        yield AnnotationError(file, line, "does not name its text", "give the text's path in the folder in doc")

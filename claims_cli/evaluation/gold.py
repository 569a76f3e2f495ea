"""The annotations of a folder, found by file and joined to the texts they are of."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

from claims_cli.claim import Document
from claims_cli.errors import InputError, UsageError
from claims_cli.evaluation import brat, delimited, json_lines, xmi
from claims_cli.evaluation.attributions import AnnotationReading
from claims_cli.evaluation.texts import KINDS, Texts
from claims_cli.formats import plain
from claims_cli.inputs.sources import Input, data_of
from claims_cli.inputs.walking import files_under, inside, missing, shown_name
from claims_cli.outputs.inception import TYPES_FILE


class Sheet(Protocol):
    """What one annotation file says of one text."""

    file: str

    def text_among(self, texts: Texts) -> str: ...

    def of(self, document: Document) -> AnnotationReading: ...


FORMATS: dict[str, Callable[[str, str, str], tuple[Any, Any]]] = {
    ".ann": brat.sheets,
    ".xmi": xmi.sheets,
    ".jsonl": json_lines.sheets,
    ".ndjson": json_lines.sheets,
    ".csv": delimited.sheets,
    ".tsv": delimited.sheets,
    ".tab": delimited.sheets,
}


@dataclass
class Gold:
    """The annotated texts of a folder.

    Attributes:
        folder: as it was given.
        texts: each annotated text with its annotations, in the order of their paths.
        errors: what could not be read.
        notes: what is doubtful in how annotation files were read: file and note.
        bare: how many texts have no annotations; they are not compared.
        doubled: the texts that a further file annotates, with that file; the first one counts.
        left_out: kinds of files that are neither texts nor annotations, with their numbers.
    """

    folder: str
    texts: list[tuple[Input, Sheet]] = field(default_factory=list)
    errors: list[InputError] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    bare: int = 0
    doubled: list[tuple[str, str]] = field(default_factory=list)
    left_out: Counter = field(default_factory=Counter)


def find(folder: str) -> Gold:
    """The annotated texts of a folder.

    Raises:
        InputError: there is no such folder.
        UsageError: it is a file.
    """
    base, gold = Path(folder), Gold(shown_name(folder))
    try:
        base.stat()
    except OSError as error:
        raise missing(shown_name(folder), base, error) from None
    if not base.is_dir():
        raise UsageError(f"{shown_name(folder)} is no folder", "give the folder that holds the texts and annotations")
    texts: dict[str, Input] = {}
    annotations: list[tuple[str, Input]] = []
    for parts in files_under(base, gold.errors, gold.left_out):
        path, suffix = shown_name("/".join(parts)), Path(parts[-1]).suffix.lower()
        if suffix in KINDS and parts[-1] != TYPES_FILE:
            texts[path] = inside(folder, base, parts)
        elif suffix in FORMATS:
            annotations.append((path, inside(folder, base, parts)))
        else:
            gold.left_out[suffix or "no suffix"] += 1
    join(gold, Texts(texts), annotations)
    return gold


def join(gold: Gold, texts: Texts, annotations: list[tuple[str, Input]]) -> None:
    """Join annotation files to their texts; of several files of one text the first one counts, brat's before others."""
    order = list(FORMATS)
    found: dict[str, Sheet] = {}
    for path, item in sorted(annotations, key=lambda pair: order.index(PurePosixPath(pair[0]).suffix.lower())):
        for sheet in read(gold, path, item):
            try:
                text = sheet.text_among(texts)
            except InputError as error:
                gold.errors.append(error)
                continue
            if found.setdefault(text, sheet) is not sheet:
                gold.doubled.append((text, sheet.file))
    gold.texts = [(item, found[text]) for text, item in texts.inputs.items() if text in found]
    gold.bare = len(texts.inputs) - len(gold.texts)


def read(gold: Gold, path: str, item: Input) -> list[Sheet]:
    """What one annotation file says, text by text; what cannot be read joins the errors."""
    assert item.path is not None
    try:
        content, _, notes = plain.decode(item.name, data_of(item), mend=False)
    except InputError as error:
        gold.errors.append(error)
        return []
    gold.notes += [(item.name, note) for note in notes]
    sheets, errors = FORMATS[item.path.suffix.lower()](item.name, path, content)
    gold.errors += errors
    return sheets

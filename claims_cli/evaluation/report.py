"""What an evaluation yields, as tables and lines for reading, and as one JSON document."""

import json
from collections.abc import Callable, Iterator
from typing import IO, Any

from claims_cli.claim import TYPES, Span, plain
from claims_cli.evaluation.comparison import Difference, Finding, Place
from claims_cli.evaluation.fields import printable
from claims_cli.evaluation.measuring import Evaluation, Report
from claims_cli.evaluation.scoring import Figure, Scores, Share
from claims_cli.outputs.escapes import ESCAPED, clean, spelled
from claims_cli.outputs.listing import write_rows

SCHEMA = 1
DIGITS = 6
HEADINGS = ("Figure", "Precision", "Recall", "F1", "Right", "Found", "Annotated")
FIELD_HEADINGS = ("Field", "Share right", "Right", "Compared")
NOTHING = "–"
LINE_END = ord("\n")
Listed = Finding | Difference


def write_table(evaluation: Evaluation, kinds: tuple[str, ...], stream: IO[str]) -> None:
    """The figures, then what was missed, is extra or differs (`kinds`), a line each, by file and line."""
    scores = evaluation.report.scores
    write_rows(HEADINGS, figure_rows(scores), stream)
    fields = [(name, share) for name, share in scores.fields.items() if share.compared]
    if fields:
        stream.write("\n")
        rows = [(name, f"{one.share:.3f}", str(one.right), str(one.compared)) for name, one in fields]
        write_rows(FIELD_HEADINGS, rows, stream)
    lines = list(listed(evaluation.report, kinds))
    if lines:
        stream.write("\n")
    for line in lines:
        stream.write(line + "\n")


def figure_rows(scores: Scores) -> Iterator[tuple[str, ...]]:
    """The figures; of the strict ones those of roles that annotations mark."""
    strict = {f"strict {role}": figure for role, figure in scores.strict.items() if figure.gold}
    for name, one in {**scores.figures, **strict}.items():
        counts = (str(one.right), str(one.found), str(one.gold))
        yield name, f"{one.precision:.3f}", f"{one.recall:.3f}", f"{one.f1:.3f}", *counts


def listed(report: Report, kinds: tuple[str, ...]) -> Iterator[str]:
    """The lines of the kinds that are asked for, by file, line and kind."""
    lines: dict[str, Callable[[Any], str]] = {"missed": missed, "extra": extra, "differences": differing}
    files = {text.path: number for number, text in enumerate(report.texts)}
    found = [(one, lines[kind]) for kind in kinds for one in getattr(report, kind)]
    found.sort(key=lambda item: (files[item[0].place.doc], item[0].place.start))
    for one, line in found:
        yield f"{spelled(one.place.doc)}:{one.place.line}: {line(one)}"


def missed(one: Finding) -> str:
    """`missed SOURCE | CUE | CONTENT`."""
    return f"missed {words(one)}"


def extra(one: Finding) -> str:
    """`extra SOURCE | CUE | CONTENT (RULE, CONFIDENCE)`."""
    return f"extra {words(one)} ({clean(one.rule)}, {one.confidence:.2f})"


def differing(one: Difference) -> str:
    """`FIELD differs, annotated: …; found: … (RULE, CONFIDENCE)`."""
    values = f"annotated: {value_of(one.annotated)}; found: {value_of(one.found)}"
    return f"{one.field} differs, {values} ({clean(one.rule)}, {one.confidence:.2f})"


def words(one: Finding) -> str:
    """Source, cue and content of a claim."""
    return " | ".join(value_of(span) for span in (one.source, one.cue, one.content))


def value_of(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, Span):
        return clean(value.text)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ", ".join(map(clean, value)) or NOTHING
    return clean(value) or NOTHING


def write_json(evaluation: Evaluation, kinds: tuple[str, ...], stream: IO[str], versions: dict[str, str]) -> None:
    """One JSON document, `versions` being those of the tool, the model and the rulebook."""
    report, filters = evaluation.report, evaluation.filters
    record = {
        "evaluation": SCHEMA,
        "versions": versions,
        "compared": {
            "folder": evaluation.gold.folder,
            "types": [name for name in TYPES if name in filters.types],
            "confidence": filters.threshold,
            "nested": evaluation.nested,
        },
        "counts": counts(evaluation),
        "figures": {name: figure(one) for name, one in report.scores.figures.items()},
        "strict": {role: figure(one) for role, one in report.scores.strict.items() if one.gold},
        "fields": {name: share(one) for name, one in report.scores.fields.items() if one.compared},
        "texts": [vars(text) for text in report.texts],
        **{kind: [entry(one) for one in getattr(report, kind)] for kind in kinds},
        "errors": [error.to_json() for error in report.failed],
    }
    encoded = printable(json.dumps(record, ensure_ascii=False, indent=2))
    stream.write(encoded.translate({code: spelt for code, spelt in ESCAPED.items() if code != LINE_END}) + "\n")


def counts(evaluation: Evaluation) -> dict[str, int]:
    """How much was compared, and how much was set aside."""
    report, figures = evaluation.report, evaluation.report.scores.figures["detection"]
    return {
        "texts": len(report.texts),
        "texts_without_annotation": evaluation.gold.bare,
        "failed": len(report.failed),
        "annotated": figures.gold,
        "found": figures.found,
        "paired": figures.right,
        "missed": len(report.missed),
        "extra": len(report.extra),
        "annotated_nested": report.nested["annotated"],
        "found_nested": report.nested["found"],
        "annotated_of_other_types": report.other_types,
    }


def figure(one: Figure) -> dict[str, float]:
    """A figure, its shares from 0 to 1."""
    shares = {"precision": one.precision, "recall": one.recall, "f1": one.f1}
    rounded = {name: round(value, DIGITS) for name, value in shares.items()}
    return {**rounded, "right": one.right, "found": one.found, "annotated": one.gold}


def share(one: Share) -> dict[str, float]:
    """The share of a field that is right."""
    return {"share": round(one.share, DIGITS), "right": one.right, "compared": one.compared}


def entry(one: Listed) -> dict[str, Any]:
    """A miss, an extra or a difference; a field that it does not have is left out."""
    fields = {name: value for name, value in vars(one).items() if name != "place"}
    values = {name: plain(value) for name, value in fields.items()}
    roles = ("source", "cue", "content", "annotated", "found")
    place: Place = one.place
    kept = {name: value for name, value in values.items() if value is not None or name in roles}
    return {"doc": place.doc, "line": place.line, "start": place.start, **kept}

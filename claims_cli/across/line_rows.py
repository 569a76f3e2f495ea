"""A line as a table with bars, Markdown to print, CSV, TSV, JSON, JSON Lines or a page."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TextIO

from claims_cli.across.lines import UNDATED, Entry, Line
from claims_cli.across.places import in_words, place_of
from claims_cli.across.sheets import side, write_sheet
from claims_cli.across.statements import Statement
from claims_cli.codec import Cell
from claims_cli.inputs.own import COMMENT
from claims_cli.outputs.layout import Layout
from claims_cli.outputs.listing import write_rows
from claims_cli.outputs.statistics import BAR, bar
from claims_cli.outputs.tables import Rows, escaped, writers

BAR_WIDTH, ROW_HEIGHT = 300, 24
COLUMNS = (
    "topic", "date", "speaker", "statement", "cue", "type", "quote", "marks", "changed_from", "changed_date",
    "changed_words", "also_changed", "again_from", "again_date", "altered_from", "altered_date", "outlet", "title",
    "doc", "line", "page", "url", "confidence", "id",
)  # fmt: skip


def record(entry: Entry) -> dict[str, Any]:
    """An entry as an object."""
    claim, change, relation = entry.statement.claim, entry.change, entry.relation
    values = (
        entry.topic, entry.statement.day, entry.statement.name, claim.content.text,
        claim.cue.text if claim.cue else None, claim.type, claim.quote, list(entry.marks),
        *place_and_day(change.earlier if change else None), change.why if change else None,
        [one.earlier.claim.id for one in relation.changes[1:]],
        *place_and_day(relation.again), *place_and_day(relation.altered), claim.outlet, claim.title, claim.doc,
        claim.line, claim.page, claim.url, claim.confidence, claim.id,
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def place_and_day(earlier: Statement | None) -> tuple[str | None, str | None]:
    """The id of an earlier statement, and its day."""
    return (earlier.claim.id, earlier.day) if earlier is not None else (None, None)


def cells(entry: Entry) -> list[Cell]:
    """An entry's cells for a spreadsheet."""
    return [", ".join(value) if isinstance(value, list) else value for value in record(entry).values()]


def rows_of(line: Line, layout: Layout) -> Rows:
    """A line as rows, and as objects."""
    entries = (*line.entries, *line.perhaps)
    return Rows(COLUMNS, map(cells, entries), map(record, entries))


def write_table(line: Line, stream: TextIO, layout: Layout) -> None:
    """For reading: bars by month and a table by topic on a terminal, one of all rows with tabs when piped."""
    if not stream.isatty():
        headings = ("topic", "date", "statement", "marks", "earlier", "place")
        rows = [(entry.topic, entry.date, *told(entry)) for entry in (*line.entries, *line.perhaps)]
        write_rows(headings, rows, stream)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, highlight=False)
    months = line.by_month()
    most = max((count for _, count in months), default=1)
    for month, count in months:
        console.print(Text.assemble((f"{month:8} ", "dim"), (f"{bar(count / most, BAR):{BAR}} ", "cyan"), f"{count:,}"))
    for topic, entries in sections(line):
        console.print(Text(f"\n{escaped_line(topic)} ({len(entries)})", "bold"))
        write_rows(
            ("Date", "Statement", "Where"), [(entry.date, said(entry), where(entry)) for entry in entries], stream
        )


def sections(line: Line) -> Iterator[tuple[str, Sequence[Entry]]]:
    """What stands under one heading: each topic, and apart what is only perhaps the speaker's."""
    yield from line.by_topic()
    if line.perhaps:
        yield f"perhaps {line.speaker}, who is only described there", line.perhaps


def words_of(entry: Entry) -> str:
    """The statement, behind the description of who makes it where that is all the article tells."""
    claim = entry.statement.claim
    return f"{claim.speaker}: {in_words(claim)}" if entry.statement.perhaps else in_words(claim)


def escaped_line(text: str) -> str:
    """Text on one line without what a terminal obeys."""
    from claims_cli.outputs.escapes import clean

    return clean(text)


def said(entry: Entry) -> str:
    """The statement, and behind it what stands out in it."""
    marks = f" [{', '.join(entry.marks)}]" if entry.marks else ""
    return f"{words_of(entry)}{marks} {beside(entry)}".rstrip()


def beside(entry: Entry) -> str:
    """The day of the earlier statement to which one stands, and what it changes of that."""
    change, earlier = entry.change, next(entry.relation.earlier, None)
    day = (earlier.day or UNDATED) if earlier is not None else ""
    return f"{day}: {change.why}" if change else day


def where(entry: Entry) -> str:
    """The outlet, and the place in the document."""
    claim = entry.statement.claim
    return f"{claim.outlet}: {place_of(claim)}" if claim.outlet else place_of(claim)


def told(entry: Entry) -> tuple[str, str, str, str]:
    """Statement, marks, what changed, and the place."""
    return words_of(entry), ", ".join(entry.marks), beside(entry), where(entry)


def write_markdown(line: Line, stream: TextIO, layout: Layout) -> None:
    """To print: a heading for each topic, a paragraph for each statement."""
    stream.write(f"{COMMENT}# {escaped(line.speaker)}\n")
    for topic, entries in sections(line):
        stream.write(f"\n## {escaped(topic)}\n\n")
        for entry in entries:
            stream.write(paragraph(entry, layout.raw))


def paragraph(entry: Entry, raw: bool) -> str:
    """A statement as an item of a list: its day, its words, what stands out, and where it stands."""
    change = entry.change
    marks = "".join(f" *{mark}*" for mark in entry.marks)
    place = escaped(where(entry), raw)
    marks += f" {beside(entry)}" if change is None and beside(entry) else ""
    changed = ""
    if change is not None:
        before = escaped(in_words(change.earlier.claim), raw)
        changed = f"\n  {escaped(change.why, raw)}; before, {change.earlier.day}: {before}"
    return f"- **{entry.date}** {escaped(words_of(entry), raw)}{marks} ({place}){changed}\n"


def write_page(line: Line, stream: TextIO, layout: Layout) -> None:
    """A page for a browser."""
    from claims_cli.outputs.page.safe import on_one_line

    months = line.by_month()
    scale = BAR_WIDTH / max((count for _, count in months), default=1)
    bars = [
        {"name": month, "count": count, "top": place * ROW_HEIGHT, "width": round(count * scale, 1)}
        for place, (month, count) in enumerate(months)
    ]
    topics = [(on_one_line(topic), list(map(on_page, entries))) for topic, entries in sections(line)]
    undated = sum(entry.statement.day is None for entry in line.entries)
    values = {"speaker": on_one_line(line.speaker), "total": len(line.entries), "topics": topics, "bars": bars}
    write_sheet("line.html", {**values, "undated": undated}, stream)


def on_page(entry: Entry) -> dict[str, Any]:
    """An entry as the template is given it."""
    from claims_cli.outputs.page.safe import on_one_line

    first = next(entry.relation.earlier, None)
    earlier = side(first) if first is not None else None
    why = on_one_line(entry.change.why) if entry.change else ""
    told = {**side(entry.statement), "text": on_one_line(words_of(entry))}
    return {**told, "marks": entry.marks, "earlier": earlier, "why": why}


WRITERS: dict[str, Callable[..., None]] = {
    **writers(rows_of), "table": write_table, "md": write_markdown, "html": write_page,
}  # fmt: skip

"""A sheet of people as a file: a row a speaker, with columns that the user fills and adds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from claims_cli.corpus import Identity
from claims_cli.errors import InputError, UsageError
from claims_cli.formats import plain
from claims_cli.formats.delimited import delimiter_of, records
from claims_cli.inputs.sources import Input, data_of
from claims_cli.outputs.files import whole_file
from claims_cli.outputs.layout import Layout
from claims_cli.outputs.speakers import ranked
from claims_cli.outputs.tables import Rows, undelimited, write_delimited

ID, NAME, KIND = "id", "name", "kind"
OWN = (ID, NAME, KIND, "spellings", "roles", "claims")  # what the program writes
FREE = ("qid", "party", "gender", "organisation", "note")  # what a new sheet has for the user
DELIMITERS = {".csv": ",", ".tsv": "\t", ".tab": "\t"}
REMEDY = "claims speakers STORE --sheet FILE.csv writes a new one"


@dataclass(frozen=True)
class Row:
    """One row of a sheet: its number as a spreadsheet counts, 0 for a new one, and its cells by column."""

    number: int
    cells: Mapping[str, str]

    def filled(self, columns: Iterable[str]) -> dict[str, str]:
        """What is filled in of some columns."""
        return {column: cell.strip() for column in columns if (cell := self.cells.get(column, "")).strip()}


@dataclass(frozen=True)
class Sheet:
    """A sheet of people.

    Attributes:
        columns: all its columns, in order.
        delimiter: what stands between cells.
    """

    path: Path
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    delimiter: str

    @property
    def free(self) -> tuple[str, ...]:
        """The columns that the user fills."""
        return tuple(column for column in self.columns if column not in OWN)

    def updated(self, speakers: Iterable[Identity], rows: Mapping[str, Row]) -> "Sheet":
        """The sheet with what is known of speakers now, those whom it lacks behind the others; no entry is lost.

        Args:
            rows: the row of each speaker that has one, by his id.
        """
        found = {one.id: one for one in speakers}
        whose = {row.number: speaker for speaker, row in rows.items()}
        known = [
            replace(row, cells={**row.cells, **own_cells(found[whose[row.number]])})
            if whose.get(row.number) in found
            else row
            for row in self.rows
        ]
        new = [Row(0, own_cells(one)) for one in found.values() if one.id not in rows]
        columns = (*self.columns, *(column for column in OWN if column not in self.columns))
        return replace(self, columns=columns, rows=(*known, *new))

    def write(self) -> None:
        """Write it to its file, which appears whole or stays as it was.

        Raises:
            OutputError: it cannot be written.
        """
        cells = ([row.cells.get(column, "") for column in self.columns] for row in self.rows)
        with whole_file(self.path, encoding="utf-8-sig", newline="") as stream:
            write_delimited(self.delimiter, Rows(self.columns, cells, ()), stream, Layout())


def own_cells(one: Identity) -> dict[str, str]:
    """What the program tells of a speaker."""
    lists = ("; ".join(ranked(names)) for names in (one.spellings, one.roles))
    return dict(zip(OWN, (one.id, one.name, one.kind, *lists, str(one.claims)), strict=True))


def new_sheet(path: Path) -> Sheet:
    """A sheet without rows.

    Raises:
        UsageError: the suffix is that of no table of text.
    """
    if path.suffix.lower() not in DELIMITERS:
        raise UsageError(f"{path} is no name for a sheet of people", f"one of {', '.join(DELIMITERS)} is its suffix")
    return Sheet(path, (*OWN, *FREE), (), DELIMITERS[path.suffix.lower()])


def read_sheet(path: Path) -> Sheet:
    """Read a sheet: CSV with any usual delimiter, or TSV.

    Raises:
        UsageError: it cannot be read, or does not say whose its rows are.
    """
    delimiter = new_sheet(path).delimiter
    try:
        text = plain.decoded(str(path), data_of(Input(str(path), path))).text
        delimiter = delimiter if delimiter != "," else delimiter_of(text)
        lines = [numbered(item) for item in records(str(path), text, delimiter)]
    except InputError as error:
        raise UsageError(str(error), REMEDY) from None
    lines = [(number, cells) for number, cells in lines if any(map(str.strip, cells))]
    columns = header(path, lines[0][1] if lines else [])
    return Sheet(path, columns, tuple(row(path, columns, *line) for line in lines[1:]), delimiter)


def numbered(item: tuple[int, list[str]] | InputError) -> tuple[int, list[str]]:
    """A line with its number.

    Raises:
        InputError: it cannot be read.
    """
    if isinstance(item, InputError):
        raise item
    return item[0], [undelimited(cell) for cell in item[1]]


def header(path: Path, cells: list[str]) -> tuple[str, ...]:
    """The names of the columns.

    Raises:
        UsageError: one has none or stands twice, or none names speakers.
    """
    names = tuple(cell.strip() for cell in cells)
    while names and not names[-1]:
        names = names[:-1]
    twice = next((name for place, name in enumerate(names) if not name or name in names[:place]), None)
    if twice is not None:
        reason = f"{path} has two columns '{twice}'" if twice else f"{path} has a column without a name"
        raise UsageError(reason, "give each column a name of its own")
    if not {ID, NAME} & set(names):
        raise UsageError(f"{path} has no column that names speakers", f"call it {NAME} or {ID}; {REMEDY}")
    return names


def row(path: Path, columns: tuple[str, ...], number: int, cells: list[str]) -> Row:
    """One row.

    Raises:
        UsageError: it has more cells than there are columns.
    """
    if any(cell.strip() for cell in cells[len(columns) :]):
        raise UsageError(f"row {number} of {path} has more cells than columns", "name the column, or empty the cells")
    return Row(number, dict(zip(columns, cells, strict=False)))

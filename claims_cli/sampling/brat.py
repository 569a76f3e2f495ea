"""A sample as a folder that brat opens: the texts, what was drawn marked in them, a place for verdicts."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from claims_cli.claim import QUOTES, TYPES, Span, claim_id
from claims_cli.outputs.brat import distinct_names, places, put
from claims_cli.outputs.files import whole_folder
from claims_cli.sampling.draw import CLAIM, Unit, spans_of
from claims_cli.sampling.sentences import sentences_of
from claims_cli.sampling.sheet import write_key
from claims_cli.store.reading import Reader

VERDICTS = "right|wrong|unsure"
KEY = "sample.csv"
CONFIGURATION = f"""[entities]
Claim
Sentence

[relations]

[events]

[attributes]
claim\tArg:Claim, Value:{VERDICTS}
speaker_right\tArg:Claim, Value:{VERDICTS}
content_right\tArg:Claim, Value:{VERDICTS}
type\tArg:Claim|Sentence, Value:{"|".join(TYPES)}
quote\tArg:Claim|Sentence, Value:{"|".join(QUOTES)}
missed\tArg:Claim|Sentence, Value:0|1|2|3|4|5
"""


def write(folder: Path, units: Sequence[Unit], reader: Reader) -> None:
    """Two files a document of which something was drawn, `annotation.conf`, and the key, which coders leave closed.

    Raises:
        OutputError: the folder cannot be written.
    """
    held: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        held[unit.doc].append(unit)
    with whole_folder(folder) as made:
        for path, name in distinct_names(sorted(held)).items():
            document = reader.document(path)
            put(made / f"{name}.txt", document.text)
            put(made / f"{name}.ann", "".join(lines(held[path], places_of(reader, path), document.text)))
        put(made / "annotation.conf", CONFIGURATION)
        write_key(made / KEY, units)


def places_of(reader: Reader, path: str) -> dict[str, Span]:
    """Where each claim and each sentence of a document stands, by its id."""
    document = reader.document(path)
    found = {}
    for start, end in sentences_of(document):
        span = ((start, end),)
        found[claim_id(document.text_sha256, span)] = Span(document.text[start:end], span)
    query = "SELECT claims.id FROM claims JOIN documents ON documents.id = document WHERE path = ?"
    for (name,) in reader.connection.execute(query, (path,)).fetchall():
        claim = next(claim for claim, _ in reader.claims_called(name) if claim.doc == path)
        spans = tuple(sorted(spans_of(claim)))
        found[name] = Span(" … ".join(document.text[start:end] for start, end in spans), spans)
    return found


def lines(units: Sequence[Unit], found: dict[str, Span], text: str) -> Iterator[str]:
    """The lines of one `.ann` file: a mark a unit, and a note with its id and who is said to speak."""
    for number, unit in enumerate(units, 1):
        kind = "Claim" if unit.unit == CLAIM else "Sentence"
        told = f"{unit.id}; {unit.speaker or 'nobody named'}" if unit.unit == CLAIM else unit.id
        yield f"T{number}\t{kind} {places(text, found[unit.id])}\n"
        yield f"#{number}\tAnnotatorNotes T{number}\t{' '.join(told.split())}\n"

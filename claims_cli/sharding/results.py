"""What a shard leaves behind: its claims, its documents, what failed, and last that it is done.

All are lines of JSON, packed but for the failures and what is done; files appear whole, and the same inputs give the
same bytes, so that it does no harm if two machines do one shard.
"""

import base64
import gzip
import hashlib
import json
import zlib
from array import array
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from claims_cli.articles.duplicates import Sketch, sketches_of
from claims_cli.claim import Claim, Document
from claims_cli.codec import ENCODE, FLAGS
from claims_cli.errors import InputError, OutputError
from claims_cli.inputs import remote
from claims_cli.outputs.files import whole_file

CLAIMS, DOCUMENTS = "claims-{:05}.jsonl.gz", "documents-{:05}.jsonl.gz"
FAILURES, DONE = "failures-{:05}.jsonl", "done-{:05}.json"
RESULTS = (CLAIMS, DOCUMENTS, FAILURES)  # of a shard; that it is done is written last
LEVEL = 6
UNKEPT = ("turns", "blocks")  # what only finds claims
Found = tuple[Document, tuple[Sketch, ...], list[Claim]]


@dataclass(frozen=True)
class Done:
    """That a shard is done.

    Attributes:
        files: the hash of each, by its name.
        started, finished: as ISO 8601.
    """

    shard: int
    documents: int
    claims: int
    failed: int
    files: dict[str, str]
    started: str
    finished: str
    machine: str


class ShardWriter:
    """Writes the results of one shard; they appear when `with` ends well, and otherwise leave no trace."""

    def __init__(self, folder: Path, number: int):
        self.folder, self.number = folder, number
        self.documents = self.claims = self.failed = 0
        self.stack = ExitStack()

    def __enter__(self) -> "ShardWriter":
        self.files = [self.opened(name, name != FAILURES) for name in RESULTS]
        return self

    def __exit__(self, *raised: Any) -> Any:
        return self.stack.__exit__(*raised)

    def opened(self, name: str, packs: bool) -> Any:
        """A file that is written."""
        stream = self.stack.enter_context(whole_file(self.folder / name.format(self.number), "wb"))
        if not packs:
            return stream
        # no name and no time in its head: the same claims are the same bytes
        return self.stack.enter_context(gzip.GzipFile("", "wb", LEVEL, stream, mtime=0))

    def put(self, document: Document, claims: list[Claim]) -> None:
        """Keep a document and its claims."""
        claims_file, documents_file, _ = self.files
        documents_file.write(line(document_record(document, claims)))
        for claim in claims:
            claims_file.write(line(claim.record()))
        self.documents += 1
        self.claims += len(claims)

    def fail(self, error: InputError) -> None:
        """Keep why something was not read."""
        self.files[2].write(line(error.to_json()))
        self.failed += 1


def line(record: dict[str, Any]) -> bytes:
    """A record as a line; half a character, which no UTF-8 holds, as its escape."""
    text = ENCODE(record)
    try:
        return text.encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(record).encode() + b"\n"


def document_record(document: Document, claims: list[Claim]) -> dict[str, Any]:
    """A document with its text, the sketches of its articles, and what is kept of each claim beside its record."""
    fields = {name: value for name, value in asdict(document).items() if name not in UNKEPT}
    beside = [[getattr(claim, name) for name in FLAGS] for claim in claims]
    return {**fields, "sketches": [packed(sketch) for sketch in sketches_of(document)], "claims": beside}


def packed(sketch: Sketch) -> list[Any]:
    """A sketch as JSON has it."""
    hashes = base64.b64encode(sketch.hashes.tobytes()).decode()
    return [sketch.digest.hex(), sketch.words, hashes, sketch.whole]


def unpacked(value: list[Any]) -> Sketch:
    """What `packed` made."""
    digest, words, hashes, whole = value
    return Sketch(bytes.fromhex(digest), words, array("I", base64.b64decode(hashes)), whole)


def read(folder: Path, number: int) -> Iterator[Found]:
    """Each document of a shard that is done, with the sketches of its articles and its claims.

    Raises:
        OutputError: a file is damaged.
    """
    claims = lines_of(folder / CLAIMS.format(number))
    try:
        for record in lines_of(folder / DOCUMENTS.format(number)):
            sketches = tuple(map(unpacked, record.pop("sketches")))
            beside = record.pop("claims")
            document = msgspec.convert(record, Document)
            yield document, sketches, [claim_of(next(claims), flags) for flags in beside]
    except (StopIteration, ValueError, KeyError, TypeError) as error:
        raise damaged(folder, number) from error


def claim_of(record: dict[str, Any], flags: list[Any]) -> Claim:
    """The claim of a record, with what was kept beside it."""
    return replace(Claim.from_json(record), **dict(zip(FLAGS, flags, strict=True)))


def keep_failure(folder: Path, number: int, error: InputError) -> None:
    """Keep why a shard was not done, where that can be written; when it is done, its own failures take the place."""
    with suppress(OutputError), whole_file(folder / FAILURES.format(number), "wb") as stream:
        stream.write(line(error.to_json()))


def failures(folder: Path, number: int) -> Iterator[InputError]:
    """What failed in a shard."""
    for record in lines_of(folder / FAILURES.format(number)):
        yield InputError(record["path"], record["reason"], record["remedy"], record["stage"])


def lines_of(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a file.

    Raises:
        OutputError: it cannot be read, or is damaged.
    """
    try:
        with path.open("rb") as packed, gzip.open(packed) if path.suffix == ".gz" else packed as stream:
            for text in stream:
                yield json.loads(text)
    except (OSError, EOFError, ValueError, zlib.error):
        remedy = "remove the done file of its shard, and do it again"
        raise OutputError(f"{path} cannot be read, or is damaged", remedy) from None


def damaged(folder: Path, number: int) -> OutputError:
    """That the files of a shard do not belong together."""
    remedy = f"remove {DONE.format(number)}, and do the shard again"
    return OutputError(f"the files of shard {number} in {folder} do not belong together", remedy)


def finish(folder: Path, done: Done) -> None:
    """Write that a shard is done, after all its files are there.

    Raises:
        OutputError: it cannot be written.
    """
    with whole_file(folder / DONE.format(done.shard), encoding="utf-8") as stream:
        json.dump(asdict(done), stream, ensure_ascii=False, indent=1)
        stream.write("\n")


def done_of(folder: Path, number: int) -> Done | None:
    """That a shard is done; None where it is not, or a file of it is missing."""
    try:
        done = msgspec.json.decode((folder / DONE.format(number)).read_bytes(), type=Done)
    except (OSError, msgspec.MsgspecError):
        return None
    return done if all((folder / name).is_file() for name in done.files) else None


def undone(folder: Path, shards: int) -> list[int]:
    """The numbers of the shards that are not done now.

    Raises:
        OutputError: the folder cannot be read.
    """
    there = names_in(folder)
    return [number for number in range(shards) if not {name.format(number) for name in (*RESULTS, DONE)} <= there]


def names_in(folder: Path) -> set[str]:
    """The names of the files in a folder, as it is now.

    Raises:
        OutputError: it cannot be read.
    """
    try:
        if remote.is_elsewhere(folder):
            folder.fs.invalidate_cache()  # type: ignore[attr-defined]
        return {path.name for path in folder.iterdir()}
    except (FileNotFoundError, NotADirectoryError):  # in a bucket a folder is there when something is in it
        return set()
    except Exception as error:  # each file system elsewhere has its own
        reason, remedy = remote.why(str(folder), error)
        raise OutputError(f"{folder} cannot be read: {reason}", remedy) from None


def hashes(folder: Path, number: int) -> dict[str, str]:
    """The hash of each file of a shard."""
    found = {}
    for name in RESULTS:
        with (folder / name.format(number)).open("rb") as stream:
            found[name.format(number)] = hashlib.file_digest(stream, "sha256").hexdigest()
    return found

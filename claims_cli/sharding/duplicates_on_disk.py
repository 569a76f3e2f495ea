"""Articles that come again over millions of documents: what is remembered of each lies on disk, not in memory."""

import sqlite3
import tempfile
from array import array
from pathlib import Path
from types import TracebackType

from claims_cli.articles.duplicates import MOST_AT_KEY, Duplicates, Sketch, SketchedArticle, keys_of

SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -65536;
CREATE TABLE articles (id INTEGER PRIMARY KEY, digest BLOB UNIQUE, words INTEGER, hashes BLOB, whole INTEGER, path TEXT,
                       number INTEGER);
CREATE TABLE keys (hash INTEGER, article INTEGER, PRIMARY KEY (hash, article)) WITHOUT ROWID;
"""
COLUMNS = "digest, words, hashes, whole, path, number"


class DuplicatesOnDisk(Duplicates):
    """The same as `Duplicates`, in a file that is gone when `with` ends; a bounded part of it is in memory."""

    def __init__(self, skips: bool = False):
        super().__init__(skips)
        self.folder = tempfile.TemporaryDirectory(prefix="claims-")
        path = Path(self.folder.name) / "articles.db"
        # a library that writes claims may take them in a thread of its own, one at a time
        self.connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.connection.executescript(SCHEMA)
        self.connection.execute("BEGIN")

    def __enter__(self) -> "DuplicatesOnDisk":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()
        self.folder.cleanup()

    def same(self, sketch: Sketch) -> SketchedArticle | None:
        """The article before that has the same words; None where none has."""
        query = f"SELECT {COLUMNS} FROM articles WHERE digest = ?"
        found = self.connection.execute(query, (sketch.digest,)).fetchone()
        return article_of(found) if found else None

    def keep(self, article: SketchedArticle) -> None:
        """Remember an article."""
        sketch = article.sketch
        values = (sketch.digest, sketch.words, sketch.hashes.tobytes(), sketch.whole, article.path, article.number)
        number = self.connection.execute(
            f"INSERT INTO articles ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", values
        ).lastrowid
        for key in keys_of(sketch):
            (there,) = self.connection.execute("SELECT count(*) FROM keys WHERE hash = ?", (key,)).fetchone()
            if there < MOST_AT_KEY:
                self.connection.execute("INSERT OR IGNORE INTO keys VALUES (?, ?)", (key, number))

    def alike(self, sketch: Sketch) -> list[SketchedArticle]:
        """The articles before one of whose smallest hashes is among those of a sketch, in the order they are found."""
        found: dict[int, None] = {}
        for key in sketch.hashes:
            found.update(
                (row[0], None) for row in self.connection.execute("SELECT article FROM keys WHERE hash = ?", (key,))
            )
        query = f"SELECT {COLUMNS} FROM articles WHERE id = ?"
        return [article_of(self.connection.execute(query, (number,)).fetchone()) for number in found]


def article_of(row: tuple) -> SketchedArticle:
    """The article of a row."""
    digest, words, hashes, whole, path, number = row
    return SketchedArticle(path, number, Sketch(digest, words, array("I", hashes), bool(whole)))
